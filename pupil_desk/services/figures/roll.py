"""Roll numbers: how many were on roll, came and left."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pupil_desk.basics.words import _
from pupil_desk.services.figures.asking import HALF_TERMS, MONTHS, TERMS, WEEKS, YEARS, Asked, Kind
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import answer
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort

_MOVES = (
    Column(key="joined", title=_("Joined"), sort=Sort.EVENTS, part_of="on-roll", chain="on-roll"),
    Column(key="left", title=_("Left"), sort=Sort.EVENTS, head="joined"),
)
_AT_THE_END = Column(key="on-roll", title=_("On roll at the end"))
_IN_TIME = (_AT_THE_END, *_MOVES)
_OF_GROUPS = (Column(key="at-first", title=_("On roll at the start"), head="on-roll"), *_MOVES, _AT_THE_END)
_NOTES = (
    _("On roll: registered here alone, or here and at another school, on the last day of the row’s time; the leaving day is still on roll. Guests and pupils of colleges are not."),
    _("Joined and left: each time somebody came on to the roll or went off it. A change of status without a gap is neither. Somebody has left on the day after the leaving day."),
)


def _make(asked: Asked) -> Figure:
    columns = _IN_TIME if asked.timely else _OF_GROUPS
    return answer(asked, ROLL, columns, _NOTES, main="on-roll", day_before=True,
                  of_part=lambda number, people: _counts(people, asked.parts[number]), of_people=lambda people: _counts(people, asked.whole))  # fmt: skip


def _counts(people: Sequence[Person], period: Period) -> Counts:
    first, last = period.first.isoformat(), period.last.isoformat()
    before = (period.first - timedelta(days=1)).isoformat()
    return {
        "at-first": sum(person.on_roll(before, before) for person in people),
        "on-roll": sum(person.on_roll(last, last) for person in people),
        "joined": sum(_joined(person, first, last) for person in people),
        "left": sum(_left(person, first, last) for person in people),
    }


def _joined(person: Person, first: str, last: str) -> int:
    return _edges(person, (stay.first for stay in person.stays if first <= stay.first <= last), -1)


def _left(person: Person, first: str, last: str) -> int:
    """By the day after the leaving day, so that the numbers of one row lead to those of the next."""
    before = _next(first, -1)
    return _edges(person, (stay.last for stay in person.stays if before <= stay.last < last), 1)


def _edges(person: Person, days: Iterable[str], by: int) -> int:
    """How many of these days border on one on which the pupil is not on roll."""
    return sum(not person.on_roll(_next(day, by), _next(day, by)) for day in set(days))


def _next(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


ROLL = Kind("roll", _("Pupils on roll"), _make, in_time=(WEEKS, MONTHS, HALF_TERMS, TERMS, YEARS))
