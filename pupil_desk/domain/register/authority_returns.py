"""What makes a return to the authority due, and by when (SI 2024/208, regulation 13; domain reference 6.1 and 6.2).

Numbers of days are data (``resources/returns``), each with how sure we are of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.leaving import compulsory_age_ends
from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, codes_of
from pupil_desk.domain.register.calendar import school_year

ENTRY, DELETION = "la-new-pupil", "la-leaver"
"""The two everyday returns, by the name of their export."""
_END_OF_COMPULSORY = 11  # the year group in which compulsory school age ends


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the law, or one that it leaves open: how sure we are («high», «medium», «low», «design»), who says so, what to think of."""

    value: int
    sure: str
    source: str
    note: str


@by_rules
def limits() -> Mapping[str, Limit]:
    """The numbers by their names in the data."""
    return {name: Limit(**facts) for name, facts in rule_data("returns", "authority.toml").items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedStay:
    """A stay as it was returned: its identity, the days that the return told of, and whether it told the ground of a deletion."""

    enrolment_id: str
    start_date: date | None
    end_date: date | None
    told_ground: bool


def entry_is_due(stay: Enrolment, day: date, since: date | None) -> bool:
    """Whether a stay is an entry on the register that is returned by a day, if it has not been: it has begun, and either goes on or ended
    in the school year of that day. ``since`` is the day before which others returned it."""
    if not (stay.puts_on_roll and stay.is_dated) or (stay.start_date or date.min) > day:
        return False
    if since is not None and (stay.start_date or date.min) < since:
        return False
    return stay.end_date is None or stay.end_date >= day or school_year(stay.end_date) == school_year(day)


def deletion_is_due(stay: Enrolment, day: date, since: date | None) -> bool:
    """Whether a stay is a deletion that is returned by a day, if it has not been: the leaving day has come, or is set and its ground is met."""
    end = stay.end_date
    if end is None or not (stay.puts_on_roll and stay.is_dated) or (stay.start_date is not None and not stay.start_date <= min(end, day)):
        return False
    return (end <= day or bool(stay.deletion_ground)) and (since is None or end >= since)


def entry_deadline(stay: Enrolment) -> date | None:
    """The last day to return an entry; None where the starting day is not known."""
    return stay.start_date + timedelta(days=limits()["new_pupil_days"].value) if stay.start_date else None


type ByStay = Mapping[str, Sequence[ReturnedStay]]
"""What was returned of each stay, by the stay's identity."""


def was_returned(stay: Enrolment, kind: str, returns: ByStay) -> bool:
    """Whether a stay need not be returned again. A deletion is returned anew if another leaving day holds now, or if its ground was not told and is on file now."""
    is_deletion = kind == DELETION
    return any(
        not (is_deletion and (past_return.end_date != stay.end_date or (stay.deletion_ground and not past_return.told_ground)))
        for past_return in returns.get(stay.id, ())
    )


def leaves_with_the_seniors(stay: Enrolment, dob: date) -> bool:
    """Whether a stay ends at the end of the most senior year: from the last Friday in June of that year to its end."""
    if stay.end_date is None:
        return False
    ends = compulsory_age_ends(dob)
    later = limits()["senior_year"].value - _END_OF_COMPULSORY
    last = date(ends.year + later, 6, 30)
    friday = last - timedelta(days=(last.weekday() - ends.weekday()) % 7)
    return friday <= stay.end_date <= date(last.year, 8, 31)


def longest_run(by_day: Mapping[str, Sequence[str]], days: Sequence[date], missed: frozenset[str] | None = None) -> list[date]:
    """The longest run of school days on which every possible session was missed: without leave, or with a code of ``missed``.

    A day on which none was possible, such as one at the other school, neither counts nor breaks the run; one without marks breaks it.
    """
    missed = codes_of(UNAUTHORISED) if missed is None else missed
    possible = codes_of(ATTENDING, ELSEWHERE, AUTHORISED, UNAUTHORISED)
    best: list[date] = []
    run: list[date] = []
    for day in days:
        codes = by_day.get(day.isoformat(), ())
        possible_codes = possible.intersection(codes)
        if codes and not possible_codes:
            continue
        if possible_codes and possible_codes <= missed:
            run.append(day)
            best = run if len(run) > len(best) else best
        else:
            run = []
    return best
