"""How long a yes lasts: to the end of the year, of its months, of the stay, of the trip, or to the day somebody set."""

from datetime import date, timedelta

import pytest

from pupil_desk.domain.consents.consent import GIVEN, Occasion
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.sharing.choice import PUPIL
from tests.domain.consents.families import (
    DAY,
    MEDICINES,
    PHOTOS,
    TRIP,
    TRIPS,
    USE,
    asked,
    born,
    found,
    given_,
    kind,
    lapsed,
    unasked,
    waiting,
    word,
)

CLIMB = Occasion(id="e1", occasion_id="o", consent_type="trip", name="Climbing", start=date(2026, 12, 3), end=date(2026, 12, 4))


# -- how a yes ends


@pytest.mark.parametrize(
    ("on", "until"), [(date(2026, 9, 1), date(2027, 7, 31)), (date(2027, 7, 31), date(2027, 7, 31)), (date(2027, 8, 1), date(2028, 7, 31))]
)
def test_a_yearly_yes_ends_with_the_school_year(on: date, until: date) -> None:
    assert asked(PHOTOS, word(GIVEN, on=on), use="press", day=on).until == until
    assert asked(PHOTOS, word(GIVEN, on=on), use="press", day=until).standing is given_
    assert asked(PHOTOS, word(GIVEN, on=on), use="press", day=until + timedelta(days=1)).standing is lapsed


def test_lapsed_and_asked_again_is_waiting_and_says_so() -> None:
    said = [word(GIVEN, on=date(2026, 5, 4))]
    assert asked(PHOTOS, *said, use="press").standing is lapsed
    assert asked(PHOTOS, *said, word("asked", on=date(2026, 6, 1)), use="press").standing is lapsed  # before it lapsed
    assert asked(PHOTOS, *said, word("asked", on=date(2026, 9, 4)), use="press").standing is waiting


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_so_many_months(on: date, months: int, until: date) -> None:
    rule = kind("transport", lapses="months", months=months)
    assert asked(rule, word(GIVEN, on=on), day=on).until == until


def test_a_yes_never_outlasts_the_stay_and_another_stay_begins_anew() -> None:
    first = Enrolment(status="C", start_date=date(2025, 9, 3), end_date=date(2026, 7, 17))
    again = Enrolment(status="C", start_date=date(2026, 9, 2))
    ended = asked(TRIPS, word(GIVEN, on=date(2025, 9, 10)), stays=(first, again))
    assert ended.standing is lapsed
    assert "the stay at the unit ended on 17 July 2026" in ended.reason
    assert asked(TRIPS, word(GIVEN, on=date(2026, 8, 20)), stays=(first, again)).standing is given_  # on the admission form
    assert asked(TRIPS, word(GIVEN), stays=(first, again)).until is None


def test_a_yes_to_a_trip_ends_with_it_and_a_changed_trip_is_asked_anew() -> None:
    on = date(2026, 11, 10)
    verdict = asked(TRIP, word(GIVEN, on=on), occasion=CLIMB)
    assert (verdict.standing, verdict.until) == (given_, date(2026, 12, 4))
    assert asked(TRIP, word(GIVEN, on=on), occasion=CLIMB, day=date(2026, 12, 5)).standing is lapsed
    told = word(GIVEN, on=DAY)
    assert asked(TRIP, told, occasion=CLIMB, changed_on=DAY).standing is given_
    assert asked(TRIP, told, occasion=CLIMB, changed_on=DAY, outdated={told.id: DAY}).standing is lapsed


def test_the_last_day_that_somebody_set_ends_it() -> None:
    said = word(GIVEN, valid_to=date(2026, 10, 1))
    assert asked(TRIPS, said, day=date(2026, 10, 1)).standing is given_
    assert asked(TRIPS, said, day=date(2026, 10, 2)).standing is lapsed


def test_of_two_yeses_that_each_suffice_the_longer_counts_and_of_two_that_are_needed_the_shorter() -> None:
    said = (word(GIVEN, valid_to=date(2026, 12, 1)), word(GIVEN, "dad", valid_to=date(2027, 1, 1)))
    assert asked(TRIPS, *said).until == date(2027, 1, 1)
    assert asked(kind("trips", parents="each"), *said).until == date(2026, 12, 1)
    assert asked(TRIPS, said[0], word(GIVEN, "dad")).until is None


def test_nothing_said_after_the_day_counts() -> None:
    assert asked(TRIPS, word(GIVEN, on=DAY + timedelta(days=1))).standing is unasked


def test_a_birthday_on_29_february_falls_on_1_march() -> None:
    leap = date(2008, 2, 29)
    case = {"dob": leap, "found": [found("competent", on=date(2024, 1, 1))]}
    said = word(GIVEN, on=date(2026, 2, 1))
    assert asked(USE, said, word(GIVEN, PUPIL, on=date(2026, 2, 1)), day=date(2026, 2, 28), **case).standing is given_
    assert asked(USE, said, word(GIVEN, PUPIL, on=date(2026, 2, 1)), day=date(2026, 3, 1), **case).standing is unasked


def test_a_yes_said_on_the_birthday_itself_is_the_pupils_own() -> None:
    sixteenth = born(16).replace(year=born(16).year + 16)
    for days, stands in ((-1, unasked), (0, given_)):
        said = word(GIVEN, PUPIL, on=sixteenth + timedelta(days=days))
        assert asked(MEDICINES, said, age=16).standing is stands
