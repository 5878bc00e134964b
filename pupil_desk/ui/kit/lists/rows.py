"""One table model over frozen rows, for every list in the program. It never sorts: a list asks the store again."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pupil_desk.ui.kit.lists.signs_in_view import explain_signs_of
from pupil_desk.ui.kit.words import tip

NAME = 44  # characters: the most that a column of names takes of the room
ROW_ROLE = Qt.ItemDataRole.UserRole
type Tone = Literal["", "good", "check", "bad"]
type Sign = tuple[str, Tone]  # the name of an icon, and in which colour it is drawn
type Index = QModelIndex | QPersistentModelIndex

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}
_ANSWERED = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.DecorationRole,
        ROW_ROLE,
    )
)
_NOWHERE = QModelIndex()


@runtime_checkable
class Placed(Protocol):
    """Rows that know themselves where each stands: they need not all be made to find one."""

    def place_of(self, row_id: Hashable) -> int | None:
        """The place of the row with that id; None where it is not among these."""
        ...


@dataclass(frozen=True, slots=True)
class Column[R]:
    """One column: ``text`` gives the words of a cell; ``order`` is the key the store sorts by, empty where it cannot.

    ``width`` is in characters, 0 for as wide as what it holds; ``stretch`` takes what room is left, and is never
    narrower than ``width`` (14 where that is 0), nor wider than ``most``, where there is such: a name as wide as the window would leave
    what is told of it out of sight beside it. ``longest`` are words that must have room, whatever the rows at first are.
    ``signs`` are several icons side by side, ``icon`` names the one Phosphor icon beside the words, or none, ``tone`` in which colour it is drawn, that of the words if empty; ``tip``
    says more of the cell. State is never told by the icon alone:
    ``accessible`` are the words of a cell that shows nothing but an icon, for a screen reader and the tip.
    ``longer`` are words that stand in place of those of a cell, tried in turn, where they have room; no column is made wider for them.
    ``shorter`` are words that stand in place of those of a cell, tried in turn, where these have no room; where not even the last have, they are cut
    before their ``end``, which is whole. ``first``: a stretching column has room for its words before the others share what is left.
    """

    key: str
    title: str
    text: Callable[[R], str]
    order: str = ""
    width: int = 0
    longest: str = ""
    align: Literal["left", "right"] = "left"
    stretch: bool = False
    most: int = 0
    icon: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    accessible: Callable[[R], str] | None = None
    tone: Callable[[R], Tone] | None = None
    signs: Callable[[R], Sequence[Sign]] | None = None
    longer: Callable[[R], Sequence[str]] | None = None
    shorter: Callable[[R], Sequence[str]] | None = None
    end: Callable[[R], str] | None = None
    first: bool = False


class Rows[R](QAbstractTableModel):
    """Rows as given, in their order."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[R] = ()

    def replace(self, rows: Sequence[R]) -> None:
        """Other rows instead of these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[column.align]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {(column.accessible or column.text)(row)}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip((column.tip or column.accessible or column.text)(row))
            case Qt.ItemDataRole.DecorationRole:
                if column.signs:
                    return picture_of(column.signs(row))
                return icon_of(column.icon(row), column.tone(row) if column.tone else "") if column.icon else None
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        return None


_ROOM_AROUND = 30  # pixels that the sheet and Qt leave around the signs and the words of a cell, whatever the text size


class FittingDelegate(QStyledItemDelegate):
    """Writes in each cell the words for which there is room: with shorter ones a column has no dots but where even these are cut."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, Rows):
            option.text = _that_fits(option, model.columns[index.column()], index.data(ROW_ROLE))


class SignsDelegate(FittingDelegate):
    """Draws the signs of a name at the end of its cell, so that the names stand in one line whatever is known of each.

    In the line that is chosen they are as they are elsewhere: Qt would tint the picture, until it is not seen in a contrast theme.
    Words after the name are whole or not there: a badge that is cut («life-threatening …») tells nothing.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        explain_signs_of(view)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        model = index.model()
        signs = model.columns[index.column()].signs if isinstance(model, Rows) else None
        if signs is None:
            return
        option.decorationPosition = QStyleOptionViewItem.Position.Right
        row = index.data(ROW_ROLE)
        if option.state & QStyle.StateFlag.State_Selected and not option.icon.isNull():
            chosen = QIcon()
            chosen.addPixmap(picture_of(signs(row), QIcon.Mode.Selected), QIcon.Mode.Selected)
            option.icon = chosen


def _that_fits[R](option: QStyleOptionViewItem, column: Column[R], row: R) -> str:
    """The words of a cell for which there is room, the longest first; where there is room for none, the shortest, cut before their end."""
    longer = column.longer(row) if column.longer else ()
    if not longer and column.shorter is None:
        return option.text
    metrics = option.fontMetrics
    room = option.rect.width() - (option.decorationSize.width() if not option.icon.isNull() else 0) - _ROOM_AROUND
    for words in (*longer, option.text):
        if metrics.horizontalAdvance(words) <= room:
            return words
    shorter = column.shorter(row) if column.shorter else ()
    for words in shorter:
        if metrics.horizontalAdvance(words) <= room:
            return words
    shortest, end = shorter[-1] if shorter else option.text, column.end(row) if column.end else ""
    if not end:
        return shortest
    before = shortest.removesuffix(end)
    return metrics.elidedText(before, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(end)) + end


def icon_of(name: str, tone: Tone) -> Any:
    """The icon of that name in the colour of a tone; None for no name."""
    from pupil_desk.ui.style.icons import icon
    from pupil_desk.ui.style.look import colours

    if not name or not tone:
        return icon(name) if name else None
    scheme = colours()
    return icon(name, {"good": scheme.good, "check": scheme.check, "bad": scheme.bad}[tone])


def picture_of(signs: Sequence[Sign], mode: QIcon.Mode = QIcon.Mode.Normal) -> Any:
    """Icons side by side in one picture, as sharp as the screen; None for none. A list asks for the same few pictures again and again."""
    from PySide6.QtGui import QGuiApplication, QPainter, QPixmap, QPixmapCache

    from pupil_desk.ui.style import tokens
    from pupil_desk.ui.style.look import sized

    if not signs:
        return None
    mark, ratio = sized(tokens.ICON), max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    name = f"signs {signs} {mode.value} {mark} {ratio} {QGuiApplication.palette().cacheKey()}"
    picture = QPixmap()
    if QPixmapCache.find(name, picture):
        return picture
    wide = mark * len(signs) + tokens.THIN * (len(signs) - 1)
    picture = QPixmap(round(wide * ratio), round(mark * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    for place, (icon_name, tone) in enumerate(signs):
        icon_of(icon_name, tone).paint(painter, QRect(place * (mark + tokens.THIN), 0, mark, mark), mode=mode)
    painter.end()
    QPixmapCache.insert(name, picture)
    return picture
