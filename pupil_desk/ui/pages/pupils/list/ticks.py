"""Pupils ticked in the list: kept over every search, by mouse and by keyboard, without opening a record."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import is_pressed
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.pages.pupils.list.rows import PupilRow


class Ticks(QObject):
    """Which pupils are ticked. ``active`` is whether the list is in the manner in which rows are ticked instead of opened."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self._ids: dict[str, None] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The pupils ticked, in the order in which they were."""
        return tuple(self._ids)

    def holds(self, pupil_id: str) -> bool:
        """Whether that pupil is ticked."""
        return pupil_id in self._ids

    def set_ticks(self, ids: Iterable[str], *, ticked: bool = True) -> None:
        """Tick these pupils, or take their ticks away."""
        for pupil_id in ids:
            if ticked:
                self._ids[pupil_id] = None
            else:
                self._ids.pop(pupil_id, None)
        self.changed.emit()

    def flip(self, pupil_id: str) -> None:
        """Tick one that is not, and the other way."""
        self.set_ticks([pupil_id], ticked=not self.holds(pupil_id))

    def clear(self) -> None:
        """Nobody is ticked."""
        self._ids.clear()
        self.changed.emit()

    def column(self) -> Column[PupilRow]:
        """The column of ticks: a sign, with words for a screen reader."""
        return Column(
            "tick",
            _("Tick"),
            lambda _row: "",
            icon=lambda row: "check-square" if self.holds(row.id) else "square",
            accessible=lambda row: _("Ticked") if self.holds(row.id) else _("Not ticked"),
        )


class TickKeys(QObject):
    """What mouse and keys do in the list while pupils are ticked.

    A click or Space ticks a row; with Shift held, a click ticks all rows from the last one; Ctrl+A ticks all in the list.
    ``started`` carries the rows that somebody has chosen together with Ctrl or Shift while none were ticked: where they begin.
    """

    started = Signal(list)
    ticking_ended = Signal()

    def __init__(self, ticks: Ticks, table: Table[PupilRow]) -> None:
        super().__init__(table)
        self._ticks, self._table = ticks, table
        self._last = ""
        last = len(table.model_.columns) - 1  # hidden most of the time, and Qt's arrow keys go nowhere from a first column that is
        table.horizontalHeader().moveSection(last, 0)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys of the table and clicks in its rows."""
        if not self._ticks.active:
            return isinstance(event, QMouseEvent) and watched is self._table.viewport() and self._started(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        if isinstance(event, QMouseEvent) and watched is self._table.viewport():
            return self._clicked(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if is_pressed(event, keys.TICK):
            self._flip(self._table.current())
        elif is_pressed(event, keys.TICK_ALL):
            self._ticks.set_ticks(row.id for row in self._table.rows)
        elif event.key() == Qt.Key.Key_Escape:
            self.ticking_ended.emit()
        else:
            return False
        return True

    def _started(self, event: QMouseEvent) -> bool:
        """A click with Ctrl or Shift held, as in any list: it begins the ticking, with the row one was on."""
        modifiers = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        index = self._table.indexAt(event.position().toPoint())
        if (
            not modifiers
            or event.type() is not QEvent.Type.MouseButtonPress
            or event.button() is not Qt.MouseButton.LeftButton
            or not index.isValid()
        ):
            return False
        row, now = self._table.rows[index.row()], self._table.current()
        first = now.id if now is not None else row.id
        pair = [first, row.id]
        self._last = row.id
        self.started.emit(_between(self._table.rows, first, row.id) if modifiers & Qt.KeyboardModifier.ShiftModifier else pair)
        return True

    def _clicked(self, event: QMouseEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonDblClick:
            return True  # the second click of two is a click like the first
        if event.type() is not QEvent.Type.MouseButtonPress or event.button() is not Qt.MouseButton.LeftButton:
            return False
        index = self._table.indexAt(event.position().toPoint())
        if not index.isValid():
            return False
        row = self._table.rows[index.row()]
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._ticks.set_ticks(_between(self._table.rows, self._last, row.id))
        else:
            self._flip(row)
        self._last = row.id
        return False  # the table goes to the row as well

    def _flip(self, row: PupilRow | None) -> None:
        if row is None:
            return
        self._ticks.flip(row.id)
        self._last = row.id
        announce(self._table, _("Ticked") if self._ticks.holds(row.id) else _("Not ticked"))


def _between(rows: Sequence[PupilRow], first: str, last: str) -> list[str]:
    """The pupils from one to the other, whichever stands above; the last alone where the first is not in the list."""
    ids = [row.id for row in rows]
    if first not in ids:
        return [last]
    start, end = sorted((ids.index(first), ids.index(last)))
    return ids[start : end + 1]
