"""The columns that each colleague chooses for the list of pupils: what they say, their order, and the menu of them."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import lists
from pupil_desk.services.pupils.lists import COLUMNS, Held, ListColumn
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.pages.pupils.list.rows import PupilRow
from pupil_desk.ui.style.look import sized

_ORDER = "more-"
_WIDEST = 220  # a further column at first


class MoreColumns:
    """Which further columns the person at the desk has, and what they hold. Where none is chosen, nothing is asked of the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.selected: Sequence[ListColumn] = lists.columns(desk)
        self._cells: dict[str, dict[str, Held]] = {}

    def choose(self, keys: Sequence[str]) -> None:
        """Have these from now on."""
        lists.choose_columns(self._desk, keys)
        self.selected = lists.columns(self._desk)

    def read(self) -> None:
        """What they hold now, of everyone: kept until the records change, not asked for again with each key."""
        self._cells = lists.cells(self._desk, self.selected) if self.selected else {}

    def words(self, key: str, pupil_id: str) -> str:
        """What a column says of a pupil."""
        return lists.words(COLUMNS[key], self._cells.get(key, {}).get(pupil_id))

    def is_order(self, order: str) -> bool:
        """Whether an order is by one of these columns."""
        return order.startswith(_ORDER)

    def knows(self, order: str) -> bool:
        """Whether an order is none of these columns', or of one that is chosen."""
        return not self.is_order(order) or order.removeprefix(_ORDER) in {column.key for column in self.selected}

    def ordered(self, ids: Sequence[str], order: str, *, descending: bool) -> list[str]:
        """Pupils by what a column holds; those of whom nothing is held come last either way, and equals stay as they were."""
        column = COLUMNS[order.removeprefix(_ORDER)]
        cells = self._cells.get(column.key, {})
        keys = {pupil_id: lists.order(column, cells[pupil_id]) for pupil_id in ids if pupil_id in cells}
        return [*sorted(keys, key=keys.__getitem__, reverse=descending), *(pupil_id for pupil_id in ids if pupil_id not in cells)]

    def columns(self) -> tuple[Column[PupilRow], ...]:
        """One column for each that can be chosen; the list hides those that are not."""
        return tuple(self._column(column) for column in COLUMNS.values())

    def _column(self, column: ListColumn) -> Column[PupilRow]:
        return Column(
            column.key,
            column.title,
            lambda row: self.words(column.key, row.id),
            order=f"{_ORDER}{column.key}",
            align="right" if column.key == lists.ATTENDANCE else "left",
        )


def hide_columns(table: Table[PupilRow], more_columns: MoreColumns) -> None:
    """Have those in sight that are chosen, and no others."""
    keys = {column.key for column in more_columns.selected}
    for place, column in enumerate(table.model_.columns):
        if column.key in COLUMNS:
            table.setColumnHidden(place, column.key not in keys)


def size_columns(table: Table[PupilRow], more_columns: MoreColumns, *, but: Collection[str] = ()) -> None:
    """Those chosen are as wide as what they say, within reason."""
    keys = {column.key for column in more_columns.selected}.difference(but)
    for place, column in enumerate(table.model_.columns):
        if column.key in keys:
            table.resizeColumnToContents(place)
            table.setColumnWidth(place, min(table.columnWidth(place), sized(_WIDEST)))


class ColumnMenu(QMenu):
    """Every column that can be chosen, with a tick where it is. It stays open while one ticks. ``chose`` carries the keys."""

    chose = Signal(list)

    def __init__(self, more_columns: MoreColumns, parent: QWidget) -> None:
        super().__init__(_("Columns"), parent)
        self.setAccessibleName(_("Columns"))
        self._more_columns = more_columns
        for key, column in COLUMNS.items():
            action = self.addAction(_("{column} (special category)").format(column=column.label) if column.special else column.label)
            action.setCheckable(True)
            action.setData(key)
            action.toggled.connect(lambda _checked: self._toggled())
        self._filling = False
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Tick those that are chosen now."""
        keys = {column.key for column in self._more_columns.selected}
        self._filling = True
        for action in self.actions():
            action.setChecked(action.data() in keys)
        self._filling = False

    def _toggled(self) -> None:
        if not self._filling:
            self.chose.emit([action.data() for action in self.actions() if action.isChecked()])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        action: QAction | None = self.actionAt(event.position().toPoint())  # none beside the lines, whatever its stub says
        if action is not None:
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        action = self.activeAction()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and action is not None:
            action.toggle()
            return
        super().keyPressEvent(event)
