"""The rail of pages on the left: an icon and a name each, the current one marked by a bar, bold and colour.

However many pages there are, all are in view where that can be: in a low window the lines stand closer, down to what a finger
still hits, and the two buttons at the foot share a line. Where even that is not enough, the list scrolls.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import button, column_in, growing, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

_FIRST = Qt.ItemDataRole.UserRole + 1  # whether it is the first of a further group
_MOST = 4.5  # the window is at least so many times as wide as a rail with names; under that it shows icons only
_LEAST = 24  # pixels: the least height of what is clicked (WCAG 2.2, 2.5.8)
_WIDE, _NARROW = tokens.S - tokens.HAIR, tokens.THIN + tokens.HAIR  # above the first of a group, with a thin line in the middle


class _LineDelegate(QStyledItemDelegate):
    """A page's line; folded, its icon alone: the name is still what is searched for by typing, and read out."""

    folded = False
    height = 0  # of a line, without the gap of a group; 0 for what its style asks for
    gap = _WIDE

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        if self.folded:
            option.text = ""
        if index.data(_FIRST):
            option.rect = option.rect.adjusted(0, self.gap, 0, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), (self.height or hint.height()) + (self.gap if index.data(_FIRST) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        if index.data(_FIRST):
            place = option.rect
            painter.fillRect(place.x(), place.y() + self.gap // 2, place.width(), tokens.HAIR, colours().line)


class Rail(QWidget):
    """Up and Down move, Enter, Space or a click opens. ``page_chosen`` carries the page's name.

    ``pages``: name, title, icon, and the group that a thin line parts from the next. ``keys``: by name, the keys that open a page.
    """

    page_chosen = Signal(str)
    find_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str, str]], keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.setObjectName("rail-frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setObjectName("rail")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marked = ""
        self._window_width = 0
        self._lines = _LineDelegate(self.list)
        self.list.setItemDelegate(self._lines)
        for number, (name, title, sign, group) in enumerate(pages, start=1):
            line = QListWidgetItem(icon(sign), title, self.list)
            line.setData(Qt.ItemDataRole.UserRole, name)
            line.setData(_FIRST, number > 1 and group != pages[number - 2][3])
            key = (keys or {}).get(name)
            line.setToolTip(f"{title} ({key})" if key else title)
        self.list.itemClicked.connect(self._open)
        self.find_button = button(_("Find"), self.find_wanted.emit, "quiet", icon_name="magnifying-glass")
        self.find_button.setToolTip(_("Find a pupil by anything, a page or a chapter of the help (Ctrl+E)"))
        self.find_button.setProperty("look", "head")
        self.lock = button(_("Lock"), self.lock_wanted.emit, "quiet", icon_name="lock-simple")
        self.lock.setToolTip(_("Lock (Ctrl+L)"))
        self.sign_out = button(_("Sign out"), self.sign_out_wanted.emit, "quiet", icon_name="sign-out")
        self.sign_out.setToolTip(_("Sign out (Ctrl+Q)"))
        column = column_in(self, tokens.XS, growing(self.list), top=tokens.S, bottom=tokens.S)
        column.insertWidget(0, self.find_button)  # after the list all the same, which is where F6 comes to
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for foot in (self.lock, self.sign_out):
            foot.setProperty("look", "foot")
            self._foot.addWidget(foot)
        column.addLayout(self._foot)
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
            is_open = line.data(Qt.ItemDataRole.UserRole) == name
            line.setData(Qt.ItemDataRole.AccessibleTextRole, _("{page}, open now").format(page=line.text()) if is_open else line.text())
            font = line.font()
            font.setBold(is_open)
            line.setFont(font)
            if is_open:
                self.list.setCurrentRow(place)

    def _open(self, line: QListWidgetItem) -> None:
        self.page_chosen.emit(line.data(Qt.ItemDataRole.UserRole))

    @property
    def folded(self) -> bool:
        """Whether it shows icons only."""
        return self._lines.folded

    def fit_beside(self, width: int) -> None:
        """Leave the page its room in a window of that width: where the rail would take too much, it shows icons only."""
        self._window_width = width
        self._set_width()

    def _set_width(self) -> None:
        full_width, mark = sized(tokens.RAIL), sized(tokens.ICON)
        self._lines.folded = 0 < self._window_width < _MOST * full_width
        for foot, words in ((self.find_button, _("Find")), (self.lock, _("Lock")), (self.sign_out, _("Sign out"))):
            foot.setText("" if self.folded else words)
        self.setFixedWidth(mark + 2 * tokens.XXL if self.folded else full_width)
        self._fit_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        """Have the lines as high as all of them can be in view together, between what their style asks for and the least."""
        lines, mark = self._lines, sized(tokens.ICON)
        self.list.setIconSize(QSize(mark, mark))
        lines.height, lines.gap = 0, _WIDE
        usual = self.list.sizeHintForRow(0)
        firsts = sum(bool(self.list.item(place).data(_FIRST)) for place in range(self.list.count()))
        self._put_feet(in_line=False)
        if self._room() < usual * self.list.count() + lines.gap * firsts:
            self._put_feet(in_line=True)
            if self.folded:
                self.setFixedWidth(max(self.width(), self._foot.sizeHint().width()))
            elif self._foot.sizeHint().width() > self.contentsRect().width():
                self._put_feet(in_line=False)
            lines.gap = _NARROW
            lowest = max(_LEAST, 0 if self.folded else self.list.fontMetrics().height())
            height = (self._room() - lines.gap * firsts) // max(1, self.list.count())
            lines.height = min(usual, max(lowest, height))
            small = min(mark, lines.height - 2 * tokens.XS)
            self.list.setIconSize(QSize(small, small))
        self.list.doItemsLayout()
        if (line := self.list.currentItem()) is not None:
            self.list.scrollToItem(line)

    def _room(self) -> int:
        """The pixels of height that the list has, once the buttons have theirs."""
        edges, column = self.contentsMargins(), self.layout()
        assert column is not None  # made with it
        margins = column.contentsMargins()
        used_height = self.find_button.sizeHint().height() + self._foot.sizeHint().height() + 2 * column.spacing()
        return self.height() - edges.top() - edges.bottom() - margins.top() - margins.bottom() - used_height

    def _put_feet(self, *, in_line: bool) -> None:
        """The two buttons at the foot one under the other, or in one line with less around their words."""
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if in_line else QBoxLayout.Direction.TopToBottom)
        self._foot.setSpacing(0 if in_line else tokens.XS)
        for foot in (self.lock, self.sign_out):
            set_look(foot, "foot-beside" if in_line else "foot")
        self._foot.invalidate()  # what it knows of their sizes is from before

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
