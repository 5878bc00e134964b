"""The unit's school calendar: which days are open, the sessions that follow a day, and the terms of the law.

A school day has two sessions. Days outside the terms, weekends, closures and bank holidays are never counted (domain
reference, 7 and 16).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pupil_desk.domain.unit.settings import Term

AM, PM = "AM", "PM"
HALVES = (AM, PM)

type Half = tuple[date, str]
"""One session: a day, and AM or PM. In order of time, as tuples sort."""

_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarEnds(ValueError):
    """The terms on file end before so many sessions have been found, or begin in a later school year."""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The terms, and the days within them on which the unit is closed, each with the reason in words.

    ``confirmed`` is false while nobody has said that the terms on file are the unit's own: what a clock of law is handed then has no terms.
    """

    terms: tuple[Term, ...] = ()
    closed: Mapping[date, str] = field(default_factory=dict)
    confirmed: bool = True

    def is_open(self, day: date) -> bool:
        """Whether pupils are expected on a day."""
        if day.weekday() >= _SATURDAY or day in self.closed:
            return False
        return any(term.start <= day <= term.end for term in self.terms)

    def school_days(self, first: date, last: date) -> list[date]:
        """The open days from one day to another, both counted."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self.is_open(day)]

    def reaches(self, day: date) -> bool:
        """Whether terms of the school year of a day are on file: what begins on a day of another year cannot be counted."""
        return any(school_year(term.start) <= school_year(day) <= school_year(term.end) for term in self.terms)

    def halves_from(self, first: date, half: str = AM) -> Iterator[Half]:
        """Every session from one on, in order, to the end of the last term; none where the terms on file do not reach the first day."""
        end = max(term.end for term in self.terms) if self.reaches(first) else date.min
        day = first
        while day <= end:
            if self.is_open(day):
                for half_day in HALVES:
                    if (day, half_day) >= (first, half):
                        yield day, half_day
            day += _DAY

    def take(self, first: date, half: str, number: int) -> tuple[Half, ...]:
        """So many sessions from one on. Raises CalendarEnds where the terms on file do not reach."""
        halves: list[Half] = []
        for session in self.halves_from(first, half):
            if len(halves) == number:
                break
            halves.append(session)
        if len(halves) < number:
            raise CalendarEnds
        return tuple(halves)

    def after(self, last: Half) -> Half | None:
        """The session next after one; None where the terms on file end with it."""
        return next((session for session in self.halves_from(*last) if session > last), None)

    def school_days_after(self, day: date, number: int) -> date | None:
        """The day that lies so many school days after a day; None where the terms on file do not reach."""
        for place, session in enumerate(self.halves_from(day + _DAY), start=1):
            if place == 2 * number:
                return session[0]
        return None

    def school_days_or_weekdays_after(self, day: date, number: int) -> date:
        """The same; where the terms on file do not reach, so many weekdays after it."""
        school_day = self.school_days_after(day, number)
        if school_day is not None:
            return school_day
        left = number
        while left:
            day += _DAY
            left -= day.weekday() < _SATURDAY
        return day

    def school_day_or_weekday_until(self, day: date, first: date) -> date:
        """The last school day from ``first`` to a day; where there is none, the last weekday up to that day."""
        open_ = self.school_days(first, day)
        if open_:
            return open_[-1]
        return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


_TERM_BEGINS = ((9, 1), (1, 1), (4, 1))
"""Month and day from which a term counts where the calendar does not hold it: autumn, spring, summer. SI 1998/1607 parts the year so, too."""


def terms_before(day: date, number: int, terms: Iterable[Term] = ()) -> date:
    """The first day of the term that lies so many terms before the term of a day. A term is a third of the school year, not a half-term.

    A term begins with the first half-term of the calendar in it; where the calendar holds none, on its first possible day.
    """
    starts = sorted(term.start for term in terms)
    possible = sorted(date(year, *begins) for year in range(day.year - number, day.year + 1) for begins in _TERM_BEGINS)
    place = max(place for place, first in enumerate(possible) if first <= day) - number
    first, following = possible[place], possible[place + 1]
    # a term of autumn may begin in August, and one of spring or summer a little late
    earliest = first - timedelta(days=31) if first.month == _TERM_BEGINS[0][0] else first
    return next((start for start in starts if earliest <= start < following), first)


def school_calendar(terms: Iterable[Term], closed: Mapping[date, str]) -> SchoolCalendar:
    """A calendar of these terms, and of the days closed within them."""
    return SchoolCalendar(tuple(sorted(terms, key=lambda term: term.start)), dict(closed))


def school_year(day: date) -> int:
    """The school year a day belongs to, by the calendar year it begins in; it turns on 1 August.

    Education Act 1996 section 579: from the first term that begins after July.
    """
    return day.year if day.month >= 8 else day.year - 1


def beyond_known_years(day: date, terms: Iterable[Term], today: date) -> bool:
    """Whether a day lies after the last school year that is known: this one, and those of the terms on file."""
    return school_year(day) > max([school_year(today), *(school_year(term.end) for term in terms)])


def easter_monday(year: int) -> date:
    """The day after Easter Sunday of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    shift = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1) + _DAY


def law_term(day: date) -> tuple[int, int]:
    """The term of the law on exclusions that a day belongs to: the calendar year, and 1 to 3.

    Where a school year has more than three terms, as with half-terms, the regulations (SI 2012/1033) divide it at
    31 December, Easter Monday and 31 July.
    """
    if day >= date(day.year, 8, 1):
        return day.year, 3
    return day.year, 1 if day <= easter_monday(day.year) else 2


def end_of_law_term(day: date) -> date:
    """The last day of the term of the law that a day belongs to."""
    year, term = law_term(day)
    return {1: easter_monday(year), 2: date(year, 7, 31), 3: date(year, 12, 31)}[term]
