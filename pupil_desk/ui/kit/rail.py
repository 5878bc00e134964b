"""The rail of pages on the left: an icon and a name each, the current one marked by a bar, bold and colour."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import look, sized


class Rail(QWidget):
    """Up and Down move, Enter, Space or a click opens. ``chosen`` carries the page's name."""

    chosen = Signal(str)
    lock_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail-frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setObjectName("rail")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marked = ""
        for number, (name, title, sign) in enumerate(pages, start=1):
            line = QListWidgetItem(icon(sign), title, self.list)
            line.setData(Qt.ItemDataRole.UserRole, name)
            line.setToolTip(f"{title} (Ctrl+{number})" if number < 10 else title)
        self.list.itemClicked.connect(self._open)
        self.lock = button(_("Lock"), self.lock_wanted.emit, "quiet", icon_name="lock-simple")
        self.lock.setToolTip(_("Lock (Ctrl+L)"))
        self.sign_out = button(_("Sign out"), self.sign_out_wanted.emit, "quiet", icon_name="sign-out")
        self.sign_out.setToolTip(_("Sign out (Ctrl+Q)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.S)
        column.setSpacing(tokens.XS)
        column.addWidget(self.list, 1)
        for foot in (self.lock, self.sign_out):
            foot.setProperty("look", "foot")
            column.addWidget(foot)
        self.setFocusProxy(self.list)
        self.list.installEventFilter(self)
        self._set_width()
        if (dress := look()) is not None:
            dress.changed.connect(self._set_width)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._marked = name
        for place in range(self.list.count()):
            line = self.list.item(place)
            here = line.data(Qt.ItemDataRole.UserRole) == name
            line.setData(Qt.ItemDataRole.AccessibleTextRole, _("{page}, open now").format(page=line.text()) if here else line.text())
            font = line.font()
            font.setBold(here)
            line.setFont(font)
            if here:
                self.list.setCurrentRow(place)

    def _open(self, line: QListWidgetItem) -> None:
        self.chosen.emit(line.data(Qt.ItemDataRole.UserRole))

    def _set_width(self) -> None:
        self.list.setIconSize(QSize(sized(tokens.ICON), sized(tokens.ICON)))
        self.setFixedWidth(sized(tokens.RAIL))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.list.setProperty("focused", event.type() is QEvent.Type.FocusIn)
            self.list.style().polish(self.list)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            line = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and line is not None:
                self._open(line)
                return True
        return False
