"""Leaving: compulsory school age, and what the admission register must say of one who goes (Education Act 1996 section 8; SI 2024/208 regulation 9)."""

from collections.abc import Iterator
from datetime import date, timedelta

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.pupils.enrolment import Enrolment

DUAL_ENDED = "9(1)(c)"
_FRIDAY = 4


def compulsory_age_ends(dob: date) -> date:
    """The last Friday in June of the school year (September to August) in which the pupil becomes 16."""
    sixteen = birthday(dob, 16)
    last = date(sixteen.year + (sixteen.month >= 9), 6, 30)
    return last - timedelta(days=(last.weekday() - _FRIDAY) % 7)


def compulsory_age_begins(dob: date) -> date:
    """The last day of December, March or August on or after the fifth birthday: of school age from the term that follows."""
    five = birthday(dob, 5)
    ends = (date(five.year, 3, 31), date(five.year, 8, 31), date(five.year, 12, 31))
    return next(day for day in ends if five <= day)


def of_compulsory_age(dob: date, day: date) -> bool:
    """Whether a pupil is of compulsory school age on a day."""
    return compulsory_age_begins(dob) <= day <= compulsory_age_ends(dob)


@gathered
def check_leaving(stay: Enrolment, dob: date) -> Iterator[Problem]:
    """What the register still lacks of a stay that has a leaving day. It warns: the day is kept all the same."""
    if _leaves_the_roll(stay) and not stay.deletion_ground and of_compulsory_age(dob, stay.end_date or date.max):
        message = _("A pupil of compulsory school age leaves the register on one of the grounds of the law. Choose it.")
        yield Problem.warning("deletion_ground", "no_deletion_ground", message)
    if stay.deletion_ground and not stay.end_date:
        message = _("There is a ground for taking the pupil off the register, but no leaving day. Enter the day.")
        yield Problem.warning("end_date", "ground_without_day", message)
    if stay.next_school_start and stay.end_date and stay.next_school_start < stay.end_date and stay.status not in ("S", "M"):
        message = _("The first day at the next school is before the leaving day. Check the two days.")
        yield Problem.warning("next_school_start", "starts_before_end", message)


def _leaves_the_roll(stay: Enrolment) -> bool:
    """Whether the stay ends a time on the roll, on a day that can be true."""
    if stay.end_date is None or not stay.puts_on_roll:
        return False
    return stay.start_date is None or stay.start_date <= stay.end_date
