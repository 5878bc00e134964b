"""How the lines of the rail are drawn: a page with the key that opens it, where that is wanted, and the heading of a group."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours

NAME_ROLE = Qt.ItemDataRole.UserRole  # of a page's line the page
GROUP_ROLE = Qt.ItemDataRole.UserRole + 1  # of a heading the group
FIRST_ROLE = Qt.ItemDataRole.UserRole + 2  # whether a gap parts it from what is above
KEY_ROLE = Qt.ItemDataRole.UserRole + 3  # the key that opens it, such as Ctrl+2
WIDE, NARROW = tokens.S - tokens.HAIR, tokens.THIN + tokens.HAIR  # above the first of a group
_AT_THE_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
OF_AN_ICON = 0.75  # the sign by which a group folds
_POINTED_AT = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus


class RailLines(QStyledItemDelegate):
    """The key of a page is seen under the mouse, where the focus is, and of every page while Ctrl is held: at rest a digit beside «Requests»
    would read as how many there are."""

    height = 0  # of a line, without the gap of a group; 0 for what its style asks for
    gap = WIDE
    shows_keys = False

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def show_keys(self, are_shown: bool) -> None:
        """Show the keys of all pages, or only where the mouse or the focus is."""
        self.shows_keys = are_shown
        self._view.viewport().update()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        if index.data(FIRST_ROLE):
            option.rect = option.rect.adjusted(0, self.gap, 0, 0)
        if index.data(GROUP_ROLE) is not None:  # its words stand before the pages, and what folds it at the other end
            option.palette.setColor(QPalette.ColorRole.Text, colours().muted)
            option.decorationPosition = QStyleOptionViewItem.Position.Right
            option.decorationSize = option.decorationSize * OF_AN_ICON

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), (self.height or hint.height()) + (self.gap if index.data(FIRST_ROLE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        key = index.data(KEY_ROLE)
        if key and (self.shows_keys or option.state & _POINTED_AT):
            painter.save()
            painter.setFont(small(option.font))
            painter.setPen(colours().on_accent_soft if option.state & QStyle.StateFlag.State_Selected else colours().muted)
            place = option.rect.adjusted(0, self.gap if index.data(FIRST_ROLE) else 0, -tokens.S, 0)
            painter.drawText(place, _AT_THE_END, self._as_has_room(key, place, option, index))
            painter.restore()

    def _as_has_room(self, key: str, place: QRect, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> str:
        """The key. Beside a name that leaves no room for it, its number alone while Ctrl is held, and else nothing: the tip says it."""
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        name = option.decorationSize.width() + 2 * tokens.M + QFontMetrics(font).horizontalAdvance(index.data() or "")
        has_room = place.width() - name >= QFontMetrics(small(option.font)).horizontalAdvance(key) + tokens.S
        return key if has_room else key.rpartition("+")[2] if self.shows_keys else ""


def show_arrow(heading: QListWidgetItem, *, is_open: bool, stays: bool) -> None:
    """The arrow of a heading that folds its group away or opens it; none while the group stays open, as the one where one is."""
    if heading.icon().isNull() is not stays:  # else the list would measure each of its lines again
        heading.setIcon(QIcon() if stays else icon("caret-down" if is_open else "caret-right"))


def small(font: QFont) -> QFont:
    """The same in the small size."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * tokens.TEXT_SMALL / tokens.TEXT)
    return made
