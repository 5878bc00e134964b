"""Marks that are typed and not saved: what stands where, and one step back at a time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pupil_desk.domain.register.attendance import Mark, Session

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
        """What is typed there."""
        return self._marks.get(place)

    def add(self, marks: Sequence[Mark]) -> None:
        """Type these: one step, however many."""
        self._step({mark.key: mark for mark in marks})

    def take_out(self, places: Iterable[Place]) -> None:
        """Untype what stands there: one step too."""
        marked_places = [place for place in places if place in self._marks]
        if marked_places:
            self._step(dict.fromkeys(marked_places))

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

    def _step(self, after: dict[Place, Mark | None] | dict[Place, Mark]) -> None:
        self._steps.append({place: self._marks.get(place) for place in after})
        self._set(after)

    def _set(self, values: dict[Place, Mark | None] | dict[Place, Mark]) -> None:
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
