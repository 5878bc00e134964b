"""One table model over frozen rows, for every list in the program. It never sorts: a list asks the store again."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pupil_desk.domain.pupils.badges import GRAVE_SIGNS
from pupil_desk.ui.kit.lists.signs_in_view import Sign, Tone, explain_signs_of, rows_in_view
from pupil_desk.ui.kit.words import tip

NAME = 44  # characters: the most that a column of names takes of the room
ROW_ROLE = Qt.ItemDataRole.UserRole
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
    ``shorter`` are words that stand in place of those of a cell, tried in turn, where these have no room; where not even the last have, they are cut
    before their ``end``, which is whole. ``first``: a stretching column has room for its words before the others share what is left.
    ``places`` are the icons that its ``signs`` may have, in their order: where the names leave room each stands beneath its like, as in a column of its own.
    ``stands_in`` is the key of another column whose icon is beside the words of this one while that has no room.
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
    shorter: Callable[[R], Sequence[str]] | None = None
    end: Callable[[R], str] | None = None
    first: bool = False
    places: Sequence[str] = ()
    stands_in: str = ""


class Rows[R](QAbstractTableModel):
    """Rows as given, in their order."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[R] = ()
        self.hidden: set[str] = set()  # the keys of the columns that are not in sight now

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
                shown = next((other for other in self.columns if other.key == column.stands_in and other.key in self.hidden), column)
                return icon_of(shown.icon(row), shown.tone(row) if shown.tone else "") if shown.icon else None
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        return None


def places_of[R](column: Column[R], rows: Sequence[R]) -> list[str]:
    """The icons among its ``places`` that its signs have in the first of these rows."""
    if not column.places or column.signs is None:
        return []
    found = {name for row in rows[:_LOOKED_AT] for name, _tone in column.signs(row)}
    return [name for name in column.places if name in found]


def in_places(signs: Sequence[Sign], places: Sequence[str]) -> Sequence[Sign | None]:
    """The signs of a name, each in its place, from the first of them on; None is a place that stays empty. As they are where one has no place."""
    by_name = {sign[0]: sign for sign in signs}
    if not by_name.keys() <= set(places):
        return signs
    placed = [by_name.get(name) for name in places]
    return placed[next((place for place, sign in enumerate(placed) if sign), len(placed)) :]


_LOOKED_AT = 200  # rows by whose signs it is known which have a place
ROOM_AROUND = 30  # pixels that the sheet and Qt leave around the signs and the words of a cell, whatever the text size


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
    A name is not cut for a sign beside it, but for a grave one.
    """

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._places: tuple[Any, dict[str, list[str]]] = (None, {})  # by column, and of which rows
        explain_signs_of(view, _signs_in_view)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        QStyledItemDelegate.initStyleOption(self, option, index)
        model = index.model()
        if not isinstance(model, Rows):
            return
        column, row = model.columns[index.column()], index.data(ROW_ROLE)
        option.decorationPosition = QStyleOptionViewItem.Position.Right
        option.icon = QIcon()
        if signs := _with_room(column, row, option.fontMetrics, option.rect.width()):
            mode = QIcon.Mode.Selected if option.state & QStyle.StateFlag.State_Selected else QIcon.Mode.Normal
            picture = picture_of(self._placed(signs, column, row, option), mode)
            option.icon.addPixmap(picture, mode)
            option.decorationSize = picture.deviceIndependentSize().toSize()
        else:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.text = _that_fits(option, column, row)

    def _placed[R](self, signs: Sequence[Sign], column: Column[R], row: R, option: QStyleOptionViewItem) -> Sequence[Sign | None]:
        """The signs in the places of their like, where the words of the cell are whole beside them; else as close as they can be."""
        view = self.parent()
        if not column.places or not isinstance(view, QTableView) or not isinstance(model := view.model(), Rows):
            return signs
        if self._places[0] is not model.rows:
            self._places = (model.rows, {})
        places = self._places[1].get(column.key)
        if places is None:
            places = self._places[1][column.key] = places_of(column, model.rows)
        placed = in_places(signs, places)
        room = option.rect.width() - option.fontMetrics.horizontalAdvance(column.text(row)) - ROOM_AROUND
        return placed if wide_of(placed) <= room else signs


def _with_room[R](column: Column[R], row: R, metrics: QFontMetrics, width: int) -> Sequence[Sign]:
    """The signs that a cell so wide has room for beside the shortest words of its name, and those that are grave in any case,
    in whatever colour they are drawn."""
    signs = list(column.signs(row)) if column.signs else []
    if not signs:
        return signs
    shortest = (column.shorter(row) if column.shorter else ())[-1:] or (column.text(row),)
    room = width - metrics.horizontalAdvance(shortest[0]) - ROOM_AROUND
    while wide_of(signs) > room and (light := [sign for sign in signs if sign[0] not in GRAVE_SIGNS]):
        signs.remove(light[-1])
    return signs


def _signs_in_view(view: QTableView) -> set[Sign]:
    """The signs that are drawn in the rows of a list that are in view."""
    model = view.model()
    if not isinstance(model, Rows):
        return set()
    places = [place for place, column in enumerate(model.columns) if column.signs and not view.isColumnHidden(place)]
    return {
        sign
        for place in places
        for row in rows_in_view(view)
        for sign in _with_room(model.columns[place], model.rows[row], view.fontMetrics(), view.columnWidth(place))
    }


def _that_fits[R](option: QStyleOptionViewItem, column: Column[R], row: R) -> str:
    """The words of a cell, or the first shorter ones for which there is room; where there is room for none, the shortest, cut before their end."""
    if column.shorter is None:
        return option.text
    metrics = option.fontMetrics
    room = option.rect.width() - (option.decorationSize.width() if not option.icon.isNull() else 0) - ROOM_AROUND
    shorter = column.shorter(row)
    for words in (option.text, *shorter):
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
    return icon(name, {"good": scheme.good, "check": scheme.check, "bad": scheme.bad, "muted": scheme.muted}[tone])


def wide_of(signs: Sequence[Sign | None]) -> int:
    """How wide icons side by side are, in pixels."""
    from pupil_desk.ui.style import tokens
    from pupil_desk.ui.style.look import sized

    return sized(tokens.ICON) * len(signs) + tokens.THIN * max(0, len(signs) - 1)


def picture_of(signs: Sequence[Sign | None], mode: QIcon.Mode = QIcon.Mode.Normal) -> Any:
    """Icons side by side in one picture, with a gap for each that is None, as sharp as the screen; None for no place at all. A list asks for the same few pictures again and again."""
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
    picture = QPixmap(round(wide_of(signs) * ratio), round(mark * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    for place, sign in enumerate(signs):
        if sign is not None:
            icon_of(*sign).paint(painter, QRect(place * (mark + tokens.THIN), 0, mark, mark), mode=mode)
    painter.end()
    QPixmapCache.insert(name, picture)
    return picture
