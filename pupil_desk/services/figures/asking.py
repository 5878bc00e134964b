"""What is asked of a figure: what it is of, for which days, and by what. And what there is to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.calendar import SchoolCalendar, school_year
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.people import GROUPS, Group, People, group_called
from pupil_desk.services.figures.periods import Period, half_terms, months, terms_of, weeks, year_of, years_since
from pupil_desk.services.figures.shape import Figure, in_text
from pupil_desk.services.unit.calendars import school_calendar, terms
from pupil_desk.store.tables import figures as store
from pupil_desk.store.tables import statistics

TERMS, HALF_TERMS, MONTHS, WEEKS, YEARS = "terms", "half-terms", "months", "weeks", "years"
IN_TIME = {TERMS: _("Term"), HALF_TERMS: _("Half-term"), MONTHS: _("Month"), WEEKS: _("Week from"), YEARS: _("School year")}
"""Rows that follow in time, each with the heading of its column."""
USUAL = (TERMS, HALF_TERMS, MONTHS, YEARS)


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """``kind`` names the figure, ``grouping`` is one of IN_TIME, the key of a group, or one of the figure's own.

    ``only`` counts the pupils of one group alone: the group's key, «=», and a code; empty counts all.
    """

    kind: str
    period: Period
    grouping: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class PreparedQuestion:
    """A question with all that an answer needs: the pupils, today, and the rows in time that it wants."""

    desk: Desk
    question: FigureQuestion
    people: People
    full_period: Period
    parts: tuple[Period, ...]
    calendar: SchoolCalendar

    @property
    def timely(self) -> bool:
        """Whether the rows follow in time."""
        return self.question.grouping in IN_TIME


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure there is. ``own_ways`` are ways to show it that no other has: key and words. ``in_time`` those of IN_TIME it has.

    ``switch`` is the setting by which a unit that does not use it switches it off; ``outlasts`` is whether it is kept of a school year before the first pupil of it is erased.
    """

    name: str
    title: str
    make: Callable[[PreparedQuestion], Figure]
    in_time: tuple[str, ...] = USUAL
    own_ways: tuple[tuple[str, str], ...] = ()
    outlasts: bool = True
    switch: str = ""

    @property
    def ways(self) -> list[tuple[str, str]]:
        """The ways to show it: in time, its own, by group."""
        in_time = [(key, IN_TIME[key] if key != WEEKS else _("Week")) for key in self.in_time]
        return [*in_time, *self.own_ways, *((group.key, group.label) for group in GROUPS)]


def prepare(desk: Desk, question: FigureQuestion) -> PreparedQuestion:
    """A question made ready. Days that are still to come are left out."""
    period = question.period
    if question.grouping == YEARS:
        years = [year_of(year) for year in _years(desk)]
        period = Period(years[0].first, years[-1].last, _("All school years on file") if len(years) > 1 else years[0].label)
    full_period = period.clipped(date.min, desk.today) or Period(period.first, period.first, period.label)
    parts = [
        part for candidate in _parts(desk, question.grouping, period) if (part := candidate.clipped(full_period.first, full_period.last))
    ]
    calendar = school_calendar(desk.vault)
    parts = [replace(part, label=_with_days(part, calendar, desk.today)) for part in parts]
    people = People(desk.vault, desk.today)
    group, code = _only(question)
    if group is not None:
        people.keep(group, code, full_period)
    return PreparedQuestion(desk, question, people, full_period, tuple(parts), calendar=calendar)


def _with_days(part: Period, calendar: SchoolCalendar, today: date) -> str:
    """What a row in time is called. Its noughts are no count of days at school where there were none."""
    if not _lacks_school_days(part, calendar):
        return part.label
    return (_("{period} (no school days yet)") if part.last >= today else _("{period} (no school days)")).format(period=part.label)


def _lacks_school_days(period: Period, calendar: SchoolCalendar) -> bool:
    """Whether no school day lies in a period, as far as the terms of its school year are on file."""
    return _has_terms(calendar, period) and not calendar.school_days(period.first, period.last)


def _has_terms(calendar: SchoolCalendar, period: Period) -> bool:
    """Whether the terms of the school year in which a period begins are on file."""
    year = year_of(school_year(period.first))
    return any(year.first <= term.start <= year.last for term in calendar.terms)


def days_so_far(prepared: PreparedQuestion) -> str:
    """How many school days the numbers of a period that goes on are of, in a sentence; empty for one that is over, or whose terms are not on file."""
    today, calendar = prepared.desk.today, prepared.calendar
    going_on = prepared.parts[-1] if prepared.timely and prepared.parts else prepared.full_period
    is_over = prepared.question.period.last <= today or going_on.last < today
    if is_over or prepared.question.grouping == YEARS or not _has_terms(calendar, going_on):
        return ""
    days = count_of(len(calendar.school_days(going_on.first, going_on.last)), _("school day"), _("school days"))
    return _("{period}: its numbers are of {days}, up to {day}.").format(period=going_on.label, days=days, day=show_date(today))


def _only(question: FigureQuestion) -> tuple[Group | None, str]:
    key, _equals, code = question.only.partition("=")
    return group_called(key), code


def narrower(desk: Desk, period: Period) -> list[tuple[str, str]]:
    """The groups that there are in a period, to count one alone: keys for ``only`` and words, «SEN provision: SEN support»."""
    people = People(desk.vault, desk.today)
    people_on_roll = people.on_roll(period)
    choices = []
    for group in GROUPS:
        codes = {group.code_of(person, people.day_of(person, period)) for person in people_on_roll}
        choices += [(f"{group.key}={code}", f"{group.label}: {group.words(code)}") for code in sorted(codes, key=group.order)]
    return choices


def _parts(desk: Desk, grouping: str, period: Period) -> Sequence[Period]:
    on_file, year = terms(desk), school_year(period.first)
    if grouping == YEARS:
        return [year_of(start_year) for start_year in _years(desk)]
    if grouping == TERMS:
        return terms_of(on_file, year)
    if grouping == HALF_TERMS:
        return half_terms(on_file, year)
    return {MONTHS: months, WEEKS: weeks}[grouping](period) if grouping in (MONTHS, WEEKS) else []


def _years(desk: Desk) -> list[int]:
    """The school years that can be counted: not those of which pupils are erased, since what is left of them would tell of who is gone."""
    years_kept = statistics.years(desk.vault)
    return [year for year in years_since(store.first_day(desk.vault), desk.today) if year not in years_kept]


def periods(desk: Desk) -> list[Period]:
    """The periods to choose from: the present school year, its terms and half-terms that have begun; then the years before, those whose pupils are erased among them."""
    on_file, choices = terms(desk), []
    for year in reversed(_years(desk)):
        full_year, parts = year_of(year), terms_of(on_file, year)
        halves = half_terms(on_file, year)
        choices += [candidate for candidate in dict.fromkeys((full_year, *parts, *halves)) if candidate.first <= desk.today]
    older = (year_of(year) for year in sorted(statistics.years(desk.vault), reverse=True))
    return [*choices, *(candidate for candidate in older if candidate not in choices)]


def of_whom_and_when(prepared: PreparedQuestion) -> str:
    """The period in words, «School year 2026/27, to 24 November 2026» while it goes on; and the group that alone is counted."""
    period, today = prepared.question.period, prepared.desk.today
    if prepared.question.grouping == YEARS:
        words = prepared.full_period.label
    else:
        words = _("{period}, to {day}").format(period=period.label, day=show_date(today)) if period.last > today else period.label
        if _lacks_school_days(prepared.full_period, prepared.calendar):
            words = (_("{period}, no school days yet") if period.last > today else _("{period}, no school days")).format(period=words)
    group, code = _only(prepared.question)
    return (
        words
        if group is None
        else _("{period}; only {group}: {words}").format(period=words, group=in_text(group.label), words=group.words(code))
    )
