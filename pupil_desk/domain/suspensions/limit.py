"""What many suspensions of one pupil come to: 45 school days in a school year, and what the management committee must do.

Source: domain reference, 7; SI 2012/1033 regulations 13 to 16. Each lunchtime counts half a school day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.domain.register.calendar import HALVES, Half, SchoolCalendar, law_term, school_year
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, SuspensionCase, SuspensionEventKind, back_from

MOST_DAYS, WARN_FROM = 45.0, 40.0  # school days in one school year, across all schools
_MANY, _VERY_MANY = 5.0, 15.0  # school days in a term, over which the management committee has more to do
_ON_REQUEST_WITHIN, _AUTOMATIC_WITHIN = 50, 15  # school days


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The days of one school year with a further decision."""

    before: float
    new: float

    @property
    def days(self) -> float:
        return self.before + self.new

    @property
    def allowed(self) -> bool:
        """Whether the law allows so many."""
        return self.days <= MOST_DAYS

    @property
    def warn(self) -> bool:
        """Whether so many are to be pointed out."""
        return self.days >= WARN_FROM


def _counted_days(case: SuspensionCase) -> Iterator[tuple[date, float]]:
    """Each session that counts, with its days. Where no calendar gave the sessions, all stand on the first day."""
    if not case.halves:
        yield case.suspension.start, case.sessions_counted / 2
    for day, _half in case.counted:
        yield day, 0.5


def days_in_year(cases: Iterable[SuspensionCase], year: int, calendar: SchoolCalendar) -> float:
    """School days out in a school year, by the calendar year that it begins in: of suspensions, and of permanent exclusions that were cancelled."""
    total = 0.0
    for case in cases:
        total += sum(days for day, days in _counted_days(case) if school_year(day) == year)
        if case.suspension.permanent and case.ending and case.ending.kind == SuspensionEventKind.CANCELLED:
            total += _days_out(case, back_from(case.ending), year, calendar)
    return total


def days_in_term(cases: Iterable[SuspensionCase], day: date) -> float:
    """School days of suspension in the term of the law that a day belongs to."""
    return sum(days for case in cases for counted_day, days in _counted_days(case) if law_term(counted_day) == law_term(day))


class BoardStep(StrEnum):
    """What the management committee does, acting as governing board."""

    REPRESENTATIONS = "representations"
    ON_REQUEST = "on-request"
    AUTOMATIC = "automatic"


def board_step(term_days: float, *, permanent: bool, exam_missed: bool = False) -> BoardStep:
    """By the days of suspension in the term, the new decision among them. A missed exam is considered without being asked."""
    if permanent or term_days > _VERY_MANY or exam_missed:
        return BoardStep.AUTOMATIC
    return BoardStep.ON_REQUEST if term_days > _MANY else BoardStep.REPRESENTATIONS


def board_told_at_once(term_days: float, *, permanent: bool, exam_missed: bool) -> bool:
    """Whether the committee is told without delay; else with the next termly report. Ten lunchtimes are five days."""
    return permanent or exam_missed or term_days > _MANY


def board_due(step: BoardStep, told_on: date, calendar: SchoolCalendar) -> date | None:
    """By when the committee meets, counted from the day it was told; None where no day is set or the terms do not reach."""
    if step is BoardStep.REPRESENTATIONS:
        return None
    return calendar.school_days_after(told_on, _AUTOMATIC_WITHIN if step is BoardStep.AUTOMATIC else _ON_REQUEST_WITHIN)


def may_cancel(case: SuspensionCase, cases: Iterable[SuspensionCase], calendar: SchoolCalendar, day: date, half: str) -> bool:
    """Whether it may still be cancelled for a pupil who is back from that session on.

    Not once the committee has met; a permanent exclusion not when the pupil will have been out for more than 45 school
    days of the year by then.
    """
    if case.step(SuspensionEventKind.BOARD_MET):
        return False
    if not case.suspension.permanent:
        return True
    year, other_cases = school_year(day), [other_case for other_case in cases if other_case is not case]
    return days_in_year(other_cases, year, calendar) + _days_out(case, (day, half), year, calendar) <= MOST_DAYS


def _days_out(case: SuspensionCase, back: Half, year: int, calendar: SchoolCalendar) -> float:
    """The days of a school year from the first session of a permanent exclusion to that with which the pupil is back."""
    first = (case.suspension.start, case.suspension.session)
    days = calendar.school_days(first[0], back[0])
    return sum(0.5 for day in days if school_year(day) == year for half in HALVES if first <= (day, half) < back)


def back_to_back(case: SuspensionCase, cases: Iterable[SuspensionCase], calendar: SchoolCalendar) -> SuspensionCase | None:
    """Another suspension that ends with the session before this one begins: together they may reach a sixth day."""
    if not case.halves or case.suspension.category == LUNCHTIME:
        return None
    for previous in cases:
        if previous is not case and previous.counted and previous.suspension.category != LUNCHTIME:
            after = calendar.after(previous.counted[-1])
            if after == case.halves[0]:
                return previous
    return None
