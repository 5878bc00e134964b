"""An authority's school calendar, as events of a calendar file, read as terms and days on which the unit is closed.

Authorities publish their terms in no fixed form: spans («Autumn term 1»), holidays («October half term»), or single days («Term
starts»). What is read here is a proposal for a person to look at; what is not understood is named and never dropped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.unit.settings import Closure, Term

_DAY = timedelta(days=1)
_WORKING_DAYS = 5
_LONGEST_HALF_TERM_HOLIDAY = 14  # days; «half term» that lasts longer is a half of a term
_SHORTEST_TERM = 10  # days

_BEGINS = re.compile(
    r"\b(term|school|college|pupils?|students?)\b.*\b(starts?|begins?|opens?|returns?|back)\b|\b(start|beginning|first day) of (the )?(\w+ )?(half[ -])?term\b"
)
_ENDS = re.compile(
    r"\b(term|school|college|pupils?|students?)\b.*\b(ends?|closes?|breaks? up|finish(es)?)\b|\b(end|last day) of (the )?(\w+ )?(half[ -])?term\b|\bbreaks? up\b"
)
_CLOSED = re.compile(r"\b(inset|training|staff day|closed|closure|bank holiday|occasional day|non[ -]?pupil|polling)\b")
_HOLIDAY = re.compile(r"\b(holidays?|vacation|break)\b")
_HALF_TERM = re.compile(r"\bhalf[ -]?term\b")
_TERM = re.compile(r"\bterm\b")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something in a calendar: its first and its last day, both counted, and its title."""

    first: date
    last: date
    title: str

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """Such as «Half term, 26 Oct 2026 to 30 Oct 2026»."""
        if self.first == self.last:
            return _("{title}, {day}").format(title=self.title, day=short_date(self.first))
        return _("{title}, {first} to {last}").format(title=self.title, first=short_date(self.first), last=short_date(self.last))


@dataclass(frozen=True, slots=True)
class SchoolYearRead:
    """What the events come to: terms and closures in order, and in words each event that neither took."""

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    left_out: tuple[str, ...]

    def with_other_years(self, terms: Iterable[Term], closures: Iterable[Closure]) -> tuple[list[Term], list[Closure]]:
        """What was read, in the place of its own school years among these terms and closures; those of other years stay."""
        years = {school_year(term.start) for term in self.terms}
        other_terms = [term for term in terms if school_year(term.start) not in years]
        other_closures = [closure for closure in closures if school_year(closure.day) not in years]
        return (
            sorted([*other_terms, *self.terms], key=lambda term: term.start),
            sorted([*other_closures, *self.closures], key=lambda closure: closure.day),
        )


def school_year_of(events: Iterable[CalendarEvent]) -> SchoolYearRead:
    """Read the events of one or more school years. Terms that overlap are left as they are: whoever keeps them is told."""
    sorted_events = sorted(events, key=lambda event: (event.first, event.last))
    kinds: dict[str, list[CalendarEvent]] = {kind: [] for kind in ("begins", "ends", "closed", "holiday", "term", "")}
    for event in sorted_events:
        kinds[_kind(event)].append(event)
    paired, unpaired = _paired(kinds["begins"], kinds["ends"])
    spans = [(event.first, event.last) for event in kinds["term"]] + paired
    terms = tuple(sorted(_without_holidays(spans, kinds["holiday"]), key=lambda term: term.start))
    closures = {
        day: event.title for event in kinds["closed"] for day in _weekdays(event) if any(term.start <= day <= term.end for term in terms)
    }
    unused = [*unpaired, *kinds[""], *(event for event in kinds["closed"] if not closures.keys() & set(_weekdays(event)))]
    if not spans:
        unused += kinds["holiday"]
    left_out = tuple(event.words for event in sorted(unused, key=lambda event: (event.first, event.last)))
    return SchoolYearRead(terms, tuple(Closure(day=day, reason=title) for day, title in sorted(closures.items())), left_out)


def _kind(event: CalendarEvent) -> str:
    """What an event says, by its title and its length; «» for one that is not understood."""
    title = event.title.casefold()
    if event.days > 1 and _HALF_TERM.search(title):
        return "holiday" if event.days <= _LONGEST_HALF_TERM_HOLIDAY else "term"
    if event.days == 1 and _BEGINS.search(title):
        return "begins"
    if event.days == 1 and _ENDS.search(title):
        return "ends"
    if event.days > _WORKING_DAYS and _HOLIDAY.search(title) and not _CLOSED.search(title):
        return "holiday"
    if event.days <= _WORKING_DAYS and (_CLOSED.search(title) or _HALF_TERM.search(title) or _HOLIDAY.search(title)):
        return "closed" if event.days == 1 or _CLOSED.search(title) else "holiday"
    if event.days >= _SHORTEST_TERM and _TERM.search(title):
        return "term"
    return ""


def _paired(begins: Sequence[CalendarEvent], ends: Sequence[CalendarEvent]) -> tuple[list[tuple[date, date]], list[CalendarEvent]]:
    """Each first day with the first last day after it; and the events that found no other."""
    pairs, unpaired = [], list(ends)
    for place, event in enumerate(begins):
        limit = begins[place + 1].first if place + 1 < len(begins) else date.max
        end = next((candidate for candidate in unpaired if event.first < candidate.last < limit), None)
        if end is None:
            unpaired.append(event)
        else:
            unpaired.remove(end)
            pairs.append((event.first, end.last))
    return pairs, unpaired


def _without_holidays(spans: Iterable[tuple[date, date]], holidays: Iterable[CalendarEvent]) -> Iterable[Term]:
    """The spans without the holidays within them, begun and ended on working days."""
    parts = list(spans)
    for holiday in holidays:
        pieces: list[tuple[date, date]] = []
        for first, last in parts:
            if last < holiday.first or holiday.last < first:
                pieces.append((first, last))
            else:
                pieces += [(first, holiday.first - _DAY), (holiday.last + _DAY, last)]
        parts = [(first, last) for first, last in pieces if first <= last]
    for first, last in parts:
        working = [
            day for day in (first + timedelta(days=number) for number in range((last - first).days + 1)) if day.weekday() < _WORKING_DAYS
        ]
        if working:
            yield Term(start=working[0], end=working[-1])


def _weekdays(event: CalendarEvent) -> list[date]:
    days = (event.first + timedelta(days=number) for number in range(min(event.days, 366)))
    return [day for day in days if day.weekday() < _WORKING_DAYS]
