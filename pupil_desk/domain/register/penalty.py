"""When a school must consider a penalty notice: so many sessions missed without leave within so many school weeks together.

A school week is one, Monday to Sunday, with at least one school day; weeks without any, as in a holiday, are passed over, and the terms
that the weeks lie in do not matter. Numbers, codes, sources and how sure we are: ``resources/attendance/penalty.toml``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.domain.register.calendar import SchoolCalendar

type SchoolWeek = Sequence[date]
"""The school days of one week, in order: one at least."""


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """From how many sessions on, within how many school weeks, with which codes; and ``most_notices`` in so many ``years``.

    ``looked_back`` is in how many school weeks up to today such a stretch is looked for.
    A notice to improve gives ``least_improvement`` to ``most_improvement`` weeks. ``outside`` are the kinds of unit of which it is not asked.
    """

    sessions: int
    weeks: int
    looked_back: int
    most_notices: int
    years: int
    least_improvement: int
    most_improvement: int
    codes: frozenset[str]
    outside: frozenset[str]


@by_rules
def penalty_rule() -> PenaltyRule:
    """As the file of rules in force has it."""
    data = rule_data("attendance", "penalty.toml")
    return PenaltyRule(
        sessions=data["sessions"]["value"],
        weeks=data["weeks"]["value"],
        looked_back=data["looked_back"]["value"],
        most_notices=data["limit"]["most"],
        years=data["limit"]["years"],
        least_improvement=data["improvement"]["least"],
        most_improvement=data["improvement"]["most_weeks"],
        codes=frozenset(data["missed"]["codes"]),
        outside=frozenset(data["outside"]["kinds"]),
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """The sessions missed without leave in some school weeks: how many, and the first and the last day with one."""

    sessions: int
    first: date
    last: date


def school_weeks(calendar: SchoolCalendar, until: date, number: int) -> list[SchoolWeek]:
    """The last so many school weeks up to a day, in order, the week of that day among them with its days so far; fewer where the terms on file begin later."""
    begin = min((term.start for term in calendar.terms), default=date.max)
    weeks: list[SchoolWeek] = []
    monday, last = until - timedelta(days=until.weekday()), until
    while len(weeks) < number and last >= begin:
        if days := calendar.school_days(monday, last):
            weeks.append(days)
        monday, last = monday - timedelta(days=7), monday - timedelta(days=1)
    return weeks[::-1]


def threshold_met(codes_by_day: Mapping[date, Collection[str]], weeks: Sequence[SchoolWeek]) -> Missed | None:
    """The newest stretch of school weeks together in which a pupil's marks meet the threshold; None where they do in none.

    ``codes_by_day`` are the codes of each day's sessions, ``weeks`` school weeks in order: of more than the rule names, each stretch of so many is tried.
    """
    rule = penalty_rule()
    missed = [[day for day in week for code in codes_by_day.get(day, ()) if code in rule.codes] for week in weeks]
    for end in range(len(weeks), min(rule.weeks, len(weeks)) - 1, -1):
        days = [day for week in missed[max(end - rule.weeks, 0) : end] for day in week]
        if len(days) >= rule.sessions:
            return Missed(len(days), days[0], days[-1])
    return None


def missed_lately(codes_by_day: Mapping[date, Collection[str]], weeks: Sequence[SchoolWeek]) -> Missed | None:
    """What meets the threshold; where nothing does, what was missed in the last school weeks of the rule; None where nothing was."""
    rule = penalty_rule()
    lately = weeks[-rule.weeks :]
    days = [day for week in lately for day in week for code in codes_by_day.get(day, ()) if code in rule.codes]
    return threshold_met(codes_by_day, weeks) or (Missed(len(days), days[0], days[-1]) if days else None)
