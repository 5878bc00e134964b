"""Stretches of time that figures are made for: school years, and their terms, half-terms, months and weeks."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import MONTHS, short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.calendar import easter_monday, law_term, school_year
from pupil_desk.domain.unit.settings import Term

_DAY = timedelta(days=1)
_NAMES = {3: _("Autumn term"), 1: _("Spring term"), 2: _("Summer term")}
_HALVES = (_("first half"), _("second half"))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends counted, and its name."""

    first: date
    last: date
    label: str

    @property
    def key(self) -> str:
        """What it is told apart by."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def clipped(self, first: date, last: date) -> "Period | None":
        """What of it lies within these days."""
        begins, ends = max(first, self.first), min(last, self.last)
        return Period(begins, ends, self.label) if begins <= ends else None


def year_of(year: int) -> Period:
    """A school year, from 1 August to 31 July."""
    return Period(date(year, 8, 1), date(year + 1, 7, 31), _("School year {year}/{next:02}").format(year=year, next=(year + 1) % 100))


def half_terms(terms: Sequence[Term], year: int) -> list[Period]:
    """The terms on file of a school year, each to the day before the next, so that no day falls between them.

    Where none is on file, the three terms of the law on exclusions: to 31 December, to Easter Monday, to 31 July.
    """
    full_year = year_of(year)
    starts = sorted(term.start for term in terms if full_year.first <= term.start <= full_year.last)
    if not starts:
        starts = [full_year.first, date(year + 1, 1, 1), easter_monday(year + 1) + _DAY]
    edges = [full_year.first, *starts[1:], full_year.last + _DAY]
    half_periods = []
    for term, group in itertools.groupby(
        zip(starts, itertools.pairwise(edges), strict=True), key=lambda start_and_edges: law_term(start_and_edges[0])
    ):
        half_periods += _named_parts([edge for _start, edge in group], term)
    return half_periods


def _named_parts(edges: Sequence[tuple[date, date]], term: tuple[int, int]) -> list[Period]:
    name = _("{term} {year}").format(term=_NAMES[term[1]], year=term[0])
    if len(edges) == 1:
        return [Period(edges[0][0], edges[0][1] - _DAY, name)]
    parts = _HALVES if len(edges) == len(_HALVES) else [str(number + 1) for number in range(len(edges))]
    return [Period(first, after - _DAY, f"{name}, {part}") for (first, after), part in zip(edges, parts, strict=True)]


def terms_of(terms: Sequence[Term], year: int) -> list[Period]:
    """Autumn, spring and summer of a school year: its half-terms put together."""
    halves = half_terms(terms, year)
    term_groups = itertools.groupby(halves, key=lambda half: half.label.partition(",")[0])
    return [Period(parts[0].first, parts[-1].last, name) for name, group in term_groups if (parts := list(group))]


def months(period: Period) -> list[Period]:
    """The months of a period, its first and last perhaps cut."""
    periods, day = [], period.first
    while day <= period.last:
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        periods.append(Period(day, min(period.last, after - _DAY), f"{MONTHS[day.month - 1]} {day.year}"))
        day = after
    return periods


def weeks(period: Period) -> list[Period]:
    """The weeks of a period, Monday to Sunday, each named by its Monday."""
    periods, day = [], period.first
    while day <= period.last:
        monday = day - timedelta(days=day.weekday())
        periods.append(Period(day, min(period.last, monday + timedelta(days=6)), short_date(monday)))
        day = monday + timedelta(days=7)
    return periods


def years_since(first: date | None, today: date, limit: int = 6) -> list[int]:
    """The school years from the first that is on file to the present one, the last so many."""
    now = school_year(today)
    return list(range(max(school_year(first or today), now - limit + 1), now + 1)) or [now]
