"""What a decision would come to beside the pupil's others: sessions by the calendar, the year's total, what stops it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.register.calendar import AM, CalendarEnds, Half, SchoolCalendar, school_year
from pupil_desk.domain.suspensions.limit import MOST_DAYS, DayTotal, back_to_back, days_in_year
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, Suspension, SuspensionCase, day_six
from pupil_desk.domain.unit.settings import UnitSettings


@dataclass(frozen=True, slots=True)
class Planned:
    """A decision's sessions, when the pupil is back, the day from which education is owed, the year's total, and problems."""

    halves: tuple[Half, ...] = ()
    back: Half | None = None
    day_six: date | None = None
    total: DayTotal = DayTotal(0, 0)
    problems: tuple[Problem, ...] = ()


def plan(
    suspension: Suspension, cases: Sequence[SuspensionCase], calendar: SchoolCalendar, settings: UnitSettings, *, imported: bool = False
) -> Planned:
    """What a checked decision comes to. One that was imported, or is another school's, is kept and flagged where ours is refused."""
    is_ours = not imported and suspension.school in (None, settings.dfe_number)
    other_cases = [case for case in cases if case.suspension.decision != (suspension.decision or "-")]
    halves, problems = _halves(suspension, calendar, stops=is_ours)
    case = SuspensionCase(suspension, halves)
    years = {school_year(day) for day, _half in halves} or {school_year(suspension.start)}
    totals = [DayTotal(days_in_year(other_cases, year, calendar), days_in_year([case], year, calendar)) for year in years]
    total = max(totals, key=lambda candidate: candidate.days)
    problems += _of_limit(total, stops=is_ours)
    taken_halves = {half for other_case in other_cases if other_case.suspension.category != LUNCHTIME for half in other_case.counted}
    if suspension.category != LUNCHTIME and taken_halves & set(halves):
        words = _("The pupil is suspended on some of these sessions already.")
        problems.append(Problem("start", "overlaps", words, "error" if is_ours else "warning"))
    if back_to_back(case, other_cases, calendar):
        words = _(
            "It follows another suspension without a day between. Check whether the pupil is owed education from day six of both together."
        )
        problems.append(Problem.warning("start", "back_to_back", words))
    back = calendar.after(halves[-1]) if halves and suspension.category != LUNCHTIME else None
    six = day_six(halves) if suspension.category != LUNCHTIME else None
    return Planned(halves, back, six, total, tuple(problems))


def _halves(suspension: Suspension, calendar: SchoolCalendar, *, stops: bool) -> tuple[tuple[Half, ...], list[Problem]]:
    severity = "error" if stops else "warning"
    problems = []
    if not calendar.confirmed:
        words = _(
            "Nobody has confirmed the school year, by which the days are counted. A data officer does it in Settings, under School year."
        )
        return (), [Problem("start", "calendar_unconfirmed", words, severity)]
    if not calendar.reaches(suspension.start):
        words = _("No terms of the school year of {day} are in Settings. Enter them there first.").format(day=show_date(suspension.start))
        return (), [Problem("start", "no_terms", words, severity)]
    if not calendar.is_open(suspension.start):
        words = _("The unit is closed on {day}. A suspension begins on a school day.").format(day=show_date(suspension.start))
        problems.append(Problem("start", "closed_day", words, severity))
    if suspension.permanent:
        return (), problems
    try:
        if suspension.category == LUNCHTIME:
            return _lunchtimes(suspension, calendar), problems
        return calendar.take(suspension.start, suspension.session, suspension.sessions or 0), problems
    except CalendarEnds:
        words = _("The terms in Settings end before the suspension does. Enter the next terms there first.")
        return (), [*problems, Problem("sessions", "calendar_ends", words, severity)]


def _lunchtimes(suspension: Suspension, calendar: SchoolCalendar) -> tuple[Half, ...]:
    """A lunchtime a school day, each under the session named."""
    days = calendar.take(suspension.start, AM, 2 * (suspension.sessions or 0))[::2]
    return tuple((day, suspension.session) for day, _half in days)


def _of_limit(total: DayTotal, *, stops: bool) -> list[Problem]:
    if not total.new:
        return []
    numbers = {"days": f"{total.days:g}", "most": f"{MOST_DAYS:g}"}
    if not total.allowed:
        words = _("The pupil would be suspended for {days} school days in the school year, at all schools together. The law allows {most}.")
        return [Problem("sessions", "over_limit", words.format(**numbers), "error" if stops else "warning")]
    if total.warn:
        words = _("With this, the pupil has been suspended for {days} of at most {most} school days in the school year.")
        return [Problem.warning("sessions", "near_limit", words.format(**numbers))]
    return []
