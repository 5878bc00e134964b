"""The rail of pages on the left: an icon and a name each, the current one marked by a bar, bold and colour."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

_FIRST = Qt.ItemDataRole.UserRole + 1  # whether it is the first of a further group
_MOST = 4.5  # the window is at least so many times as wide as a rail with names; under that it shows icons only


class _Line(QStyledItemDelegate):
    """A page's line; folded, its icon alone: the name is still what is searched for by typing, and read out."""

    folded = False
    _GAP = tokens.S - tokens.HAIR  # above the first of a group, with a thin line in the middle

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        if self.folded:
            option.text = ""
        if index.data(_FIRST):
            option.rect = option.rect.adjusted(0, self._GAP, 0, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        return super().sizeHint(option, index) + QSize(0, self._GAP if index.data(_FIRST) else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        if index.data(_FIRST):
            place = option.rect
            painter.fillRect(place.x(), place.y() + self._GAP // 2, place.width(), tokens.HAIR, colours().line)


class Rail(QWidget):
    """Up and Down move, Enter, Space or a click opens. ``chosen`` carries the page's name.

    ``pages``: name, title, icon, and the group that a thin line parts from the next.
    """

    chosen = Signal(str)
    find_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail-frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setObjectName("rail")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marked = ""
        self._beside = 0
        self._lines = _Line(self.list)
        self.list.setItemDelegate(self._lines)
        for number, (name, title, sign, group) in enumerate(pages, start=1):
            line = QListWidgetItem(icon(sign), title, self.list)
            line.setData(Qt.ItemDataRole.UserRole, name)
            line.setData(_FIRST, number > 1 and group != pages[number - 2][3])
            line.setToolTip(f"{title} (Ctrl+{number})" if number < 10 else title)
        self.list.itemClicked.connect(self._open)
        self.find_button = button(_("Find"), self.find_wanted.emit, "quiet", icon_name="magnifying-glass")
        self.find_button.setToolTip(_("Find a pupil by anything, a page or a chapter of the help (Ctrl+E)"))
        self.find_button.setProperty("look", "head")
        self.lock = button(_("Lock"), self.lock_wanted.emit, "quiet", icon_name="lock-simple")
        self.lock.setToolTip(_("Lock (Ctrl+L)"))
        self.sign_out = button(_("Sign out"), self.sign_out_wanted.emit, "quiet", icon_name="sign-out")
        self.sign_out.setToolTip(_("Sign out (Ctrl+Q)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.S, 0, tokens.S)
        column.setSpacing(tokens.XS)
        column.addWidget(self.list, 1)
        column.insertWidget(0, self.find_button)  # after the list all the same, which is where F6 comes to
        for foot in (self.lock, self.sign_out):
            foot.setProperty("look", "foot")
            column.addWidget(foot)
        self.setTabOrder(self.find_button, self.list)
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

    @property
    def folded(self) -> bool:
        """Whether it shows icons only."""
        return self._lines.folded

    def fit_beside(self, width: int) -> None:
        """Leave the page its room in a window of that width: where the rail would take too much, it shows icons only."""
        self._beside = width
        self._set_width()

    def _set_width(self) -> None:
        whole, mark = sized(tokens.RAIL), sized(tokens.ICON)
        self._lines.folded = 0 < self._beside < _MOST * whole
        for foot, words in ((self.find_button, _("Find")), (self.lock, _("Lock")), (self.sign_out, _("Sign out"))):
            foot.setText("" if self.folded else words)
        self.list.setIconSize(QSize(mark, mark))
        self.list.doItemsLayout()
        self.setFixedWidth(mark + 2 * tokens.XXL if self.folded else whole)

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
