"""The register in view: what is kept and what is typed, cell by cell. No widget is touched here.

Marks that are typed and not saved: what stands where, and one step back at a time.

What typed signs mean: a code is taken at once when no longer one begins so; C, J and Y wait for their second sign.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.register import Cell, RegisterRow, RegisterView

PRESENT = {Session.AM: "/", Session.PM: "\\"}


@dataclass(frozen=True, slots=True)
class SignReading:
    """What came of one sign. ``code_here`` is taken in this cell; ``after`` is the sign to read anew in the next; ``waiting`` waits for a second sign.

    Nothing of all that means that no code begins so.
    """

    code_here: str = ""
    waiting: str = ""
    after: str = ""

    @property
    def finds_nothing(self) -> bool:
        """No code begins so."""
        return not (self.code_here or self.waiting or self.after)


def read_sign(waiting: str, sign: str, codes: Collection[str], session: Session) -> SignReading:
    """Read one more sign, after ``waiting`` typed in the same cell. Either slash is «present» of the session it is typed in."""
    sign = PRESENT[session] if sign in "/\\" else sign.upper()
    typed_code = waiting + sign
    if any(code.startswith(typed_code) and code != typed_code for code in codes):
        return SignReading(waiting=typed_code)
    if typed_code in codes:
        return SignReading(code_here=typed_code)
    if waiting in codes:
        return SignReading(code_here=waiting, after=sign)
    return SignReading()


type Place = tuple[str, date, Session]
"""One cell of the register: a pupil, a day, a session."""


class UnsavedMarks:
    """The marks typed since the last saving, and what each step changed."""

    def __init__(self) -> None:
        self._marks: dict[Place, Mark] = {}
        self._steps: list[dict[Place, Mark | None]] = []  # of each step, what stood there before

    def __bool__(self) -> bool:
        return bool(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All of them, in the order of typing."""
        return tuple(self._marks.values())

    @property
    def days(self) -> set[date]:
        """The days that have any."""
        return {day for _pupil, day, _session in self._marks}

    def get(self, place: Place) -> Mark | None:
        return self._marks.get(place)

    def add(self, marks: Sequence[Mark], *, untyped: Iterable[Place] = ()) -> None:
        """Type these, and untype what stands at other places: one step, however many."""
        after: dict[Place, Mark | None] = {mark.key: mark for mark in marks}
        after |= dict.fromkeys(place for place in untyped if place in self._marks)
        if after:
            self._step(after)

    def take_out(self, places: Iterable[Place]) -> None:
        """Untype what stands there: one step too."""
        self.add((), untyped=places)

    def undo(self) -> list[Place]:
        """One step back; the cells that it changed, or none where there is nothing to undo."""
        if not self._steps:
            return []
        before = self._steps.pop()
        self._set(before)
        return list(before)

    def clear(self) -> None:
        """All of it was saved, or put back."""
        self._marks.clear()
        self._steps.clear()

    def _step(self, after: dict[Place, Mark | None]) -> None:
        self._steps.append({place: self._marks.get(place) for place in after})
        self._set(after)

    def _set(self, values: dict[Place, Mark | None]) -> None:
        for place, mark in values.items():
            if mark is None:
                self._marks.pop(place, None)
            else:
                self._marks[place] = mark

    def draft(self) -> list[list[Any]]:
        """As JSON holds it, for a draft."""
        return [[m.pupil_id, m.day.isoformat(), m.session.value, m.code, m.minutes_late, m.note] for m in self.marks]

    def take_draft(self, draft: Iterable[Sequence[Any]]) -> None:
        """Put back what ``draft`` gave."""
        self.add(
            [
                Mark(pupil_id=pupil_id, day=date.fromisoformat(day), session=Session(session), code=code, minutes_late=minutes, note=note)
                for pupil_id, day, session, code, minutes, note in draft
            ]
        )


SESSIONS = (Session.AM, Session.PM)
NOTHING = Cell(code=None, amended=False, is_planned=False, late=False, minutes_late=None, note=None)


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """What one cell shows. ``code`` is what is typed, else what is kept; ``closed`` is why the unit is closed; ``on_roll`` whether the pupil is."""

    place: Place
    code: str
    saved_cell: Cell
    unsaved_mark: Mark | None
    expected: str
    closed: str
    has_begun: bool
    on_roll: bool

    @property
    def open(self) -> bool:
        """Whether something can be entered here."""
        return self.on_roll and not self.closed

    @property
    def missing(self) -> bool:
        """Whether an entry is due here and there is none, nor one that is only planned."""
        return self.open and self.has_begun and self.unsaved_mark is None and (self.saved_cell.code is None or self.saved_cell.is_planned)

    @property
    def changes(self) -> bool:
        """Whether what is typed changes an entry that is kept, and so needs a reason."""
        unsaved_mark, saved_cell = self.unsaved_mark, self.saved_cell
        if unsaved_mark is None or saved_cell.code is None:
            return False
        return (
            unsaved_mark.code != saved_cell.code
            or unsaved_mark.minutes_late not in (None, saved_cell.minutes_late)
            or unsaved_mark.note not in (None, saved_cell.note)
        )

    @property
    def filled_by(self) -> str:
        """The code that filling gives: what was planned or expected, else present."""
        return self.saved_cell.code or self.expected or PRESENT[self.place[2]]


class RegisterSheet:
    """A view of the register with what is typed over it. ``rows`` are the pupils that are shown, one a row: all, or those of a group."""

    def __init__(self, view: RegisterView, unsaved: UnsavedMarks, rows: Sequence[RegisterRow] | None = None) -> None:
        self.view, self.unsaved = view, unsaved
        self.rows: Sequence[RegisterRow] = view.rows if rows is None else rows
        self.columns: tuple[tuple[date, Session], ...] = tuple((day, session) for day in view.days for session in SESSIONS)

    def cell_at(self, row: int, column: int) -> RegisterCell:
        """The cell in a row and column, from 0."""
        return self._cell(self.rows[row], *self.columns[column])

    @property
    def changed_entries(self) -> int:
        """How many entries that are kept what is typed changes, of pupils out of sight too."""
        rows = {row.pupil_id: row for row in self.view.rows}
        return sum(self._cell(rows[mark.pupil_id], mark.day, mark.session).changes for mark in self.unsaved.marks if mark.pupil_id in rows)

    def _cell(self, pupil: RegisterRow, day: date, session: Session) -> RegisterCell:
        place = (pupil.pupil_id, day, session)
        saved_cell, unsaved_mark = pupil.cells.get((day, session)), self.unsaved.get(place)
        cell = saved_cell or NOTHING
        return RegisterCell(
            place=place,
            code=unsaved_mark.code if unsaved_mark else cell.code or "",
            saved_cell=cell,
            unsaved_mark=unsaved_mark,
            expected=pupil.expected.get((day, session), ""),
            closed=self.view.closed.get(day, ""),
            has_begun=(day, session) in self.view.begun_sessions,
            on_roll=day in pupil.on_register,
        )

    def row_of(self, pupil_id: str) -> int | None:
        """The row of a pupil."""
        return next((row for row, pupil in enumerate(self.rows) if pupil.pupil_id == pupil_id), None)

    def column_of(self, day: date, session: Session) -> int | None:
        """The column of a session."""
        return self.columns.index((day, session)) if (day, session) in self.columns else None

    def missing_in(self, column: int) -> list[RegisterCell]:
        """The cells of a session in which an entry is due and there is none."""
        return [cell for row in range(len(self.rows)) if (cell := self.cell_at(row, column)).missing]

    def missing(self) -> list[tuple[int, int]]:
        """Row and column of every such cell, session by session."""
        return [(row, column) for column in range(len(self.columns)) for row in range(len(self.rows)) if self.cell_at(row, column).missing]

    def first_column(self) -> int:
        """Where a person begins: the first session with something missing, else the last that has begun."""
        begun_columns = [column for column, session in enumerate(self.columns) if session in self.view.begun_sessions]
        return next((column for column in begun_columns if self.missing_in(column)), begun_columns[-1] if begun_columns else 0)
