"""Roll numbers: how many were on roll, came and left."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from pupil_desk.basics.words import _
from pupil_desk.services.figures.asking import HALF_TERMS, MONTHS, TERMS, WEEKS, YEARS, FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import answer
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort

_MOVES = (
    FigureColumn(key="joined", title=_("Joined"), sort=Sort.EVENTS, part_of="on-roll", chain="on-roll"),
    FigureColumn(key="left", title=_("Left"), sort=Sort.EVENTS, head="joined"),
)
_AT_THE_END = FigureColumn(key="on-roll", title=_("On roll at the end"))
_IN_TIME = (_AT_THE_END, *_MOVES)
_OF_GROUPS = (FigureColumn(key="at-first", title=_("On roll at the start"), head="on-roll"), *_MOVES, _AT_THE_END)
_NOTES = (
    _(
        "On roll: registered here alone, or here and at another school, on the last day of the row’s time; the leaving day is still on roll. Guests and pupils of colleges are not."
    ),
    _(
        "Joined and left: each time somebody came on to the roll or went off it. A change of status without a gap is neither. Somebody has left on the day after the leaving day."
    ),
)


def _make(prepared: PreparedQuestion) -> Figure:
    columns = _IN_TIME if prepared.timely else _OF_GROUPS
    all_times = _Times(prepared.people.all.values())
    return answer(
        prepared,
        ROLL,
        columns,
        _NOTES,
        main="on-roll",
        day_before=True,
        of_part=lambda number, _people: all_times.counts(prepared.parts[number]),
        of_people=lambda people: _Times(people).counts(prepared.full_period),
    )


class _Times:
    """When these pupils came on to the roll, and the days after which they were off it, in order."""

    def __init__(self, people: Iterable[Person]) -> None:
        times = [time for person in people for time in _times(person)]
        self._came = sorted(came for came, _off_roll in times)
        self._off_roll = sorted(off_roll for _came, off_roll in times)

    def counts(self, period: Period) -> Counts:
        """Of a period: on roll on the day before it and on its last, and who came and went between."""
        first, last = period.first.isoformat(), period.last.isoformat()
        came, left = (bisect_right(days, last) for days in (self._came, self._off_roll))
        came_before, gone_before = (bisect_left(days, first) for days in (self._came, self._off_roll))
        return {"at-first": came_before - gone_before, "on-roll": came - left, "joined": came - came_before, "left": left - gone_before}


def _times(person: Person) -> list[tuple[str, str]]:
    """The times of one pupil on the roll, each from its first day to the day after its last; stays without a gap are one."""
    times: list[tuple[str, str]] = []
    for stay in sorted(person.stays, key=lambda stay: stay.first):
        after = _day_after(stay.last)
        if times and stay.first <= times[-1][1]:
            times[-1] = (times[-1][0], max(times[-1][1], after))
        elif stay.first < after:
            times.append((stay.first, after))
    return times


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except OverflowError:
        return day  # the last day there is, for a stay that goes on


ROLL = FigureKind("roll", _("Pupils on roll"), _make, in_time=(WEEKS, MONTHS, HALF_TERMS, TERMS, YEARS))
