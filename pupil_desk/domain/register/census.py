"""Which school census a day belongs to: its reference day, and the days of attendance, suspensions and places elsewhere that it tells of.

The rules are data (``resources/census/collection.toml``); here is how they are read. Source: domain reference, 3.1 (Education Act 1996, section 537A).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.register.calendar import easter_monday

type Span = tuple[date, date]
"""From one day to another, both counted."""

_DAY, _WEEK = timedelta(days=1), 7
_LAST_YEAR = "-1/"


@dataclass(frozen=True, slots=True)
class CensusTerm:
    """The census of one term: its reference day as the nth of a weekday (0 is Monday) of a month, and its days as they are written."""

    code: str
    label: str
    month: int
    weekday: int
    nth: int
    attendance: Sequence[str]
    suspensions: Sequence[str]
    second: Sequence[str] = ()

    def reference_day(self, year: int) -> date:
        """The reference day by the rule, in a calendar year."""
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % _WEEK + _WEEK * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class Census:
    """One census. ``second`` is the autumn's second block of attendance, None in the other terms; ``before`` is the reference day before this one."""

    term: CensusTerm
    day: date
    attendance: Span
    second: Span | None
    suspensions: Span
    before: date

    @property
    def year(self) -> int:
        """The calendar year of the reference day."""
        return self.day.year

    @property
    def blocks(self) -> tuple[Span, ...]:
        """The blocks of attendance, in order."""
        return (self.attendance, self.second) if self.second else (self.attendance,)

    @property
    def placements(self) -> Span:
        """The days whose places elsewhere are told: from one reference day to the next."""
        return self.before, self.day

    @property
    def told(self) -> Span:
        """From the first to the last day of the attendance told."""
        return self.blocks[0][0], self.blocks[-1][1]


def census_on(terms: Iterable[CensusTerm], day: date, override: date | None = None) -> Census:
    """The census of the last reference day on or before a day; ``override`` takes the place of the rule's day that lies nearest to it."""
    every_term = list(terms)
    days = [(term.reference_day(year), term) for year in range(day.year - 2, day.year + 2) for term in every_term]
    if override is not None:
        nearest = min(range(len(days)), key=lambda place: abs(days[place][0] - override))
        if abs(days[nearest][0] - override) <= timedelta(days=_NEAR):
            days[nearest] = (override, days[nearest][1])
    reference, term = max(((reference_day, term) for reference_day, term in days if reference_day <= day), key=lambda pair: pair[0])
    return Census(
        term,
        reference,
        _span(term.attendance, reference.year),
        _span(term.second, reference.year) if term.second else None,
        _span(term.suspensions, reference.year),
        before=max(reference_day for reference_day, _term in days if reference_day < reference),
    )


_NEAR = 42  # days: a day farther from every rule's own is one that was set for a year gone by


def _span(texts: Sequence[str], year: int) -> Span:
    since, until = (day_written(text, year) for text in texts)
    return since, until


def day_written(text: str, year: int) -> date:
    """The day that a text of the data means in a calendar year. Raises ValueError for a text that means none."""
    if text.startswith(_LAST_YEAR):
        return day_written(text.removeprefix(_LAST_YEAR), year - 1)
    holiday = date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())  # the last Monday in May
    moving = {
        "easter-sunday": easter_monday(year) - _DAY,
        "easter-monday": easter_monday(year),
        "before-spring-bank-holiday": holiday - _DAY,
        "spring-bank-holiday": holiday,
    }
    return moving[text] if text in moving else date.fromisoformat(f"{year}-{text}")
