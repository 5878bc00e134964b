"""In what a dose differs from what is written, and from what was given that day: only by what can be read with certainty."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.care.dose_doubts import differences, same_words, times_written
from pupil_desk.domain.care.health import Dose, Medicine

MEDICINE = Medicine(name="Ritalin", dose="10 mg", taken="On school days")
DOSE = Dose(given_on=date(2026, 11, 28), given_time="12:30", amount="10 mg", given_by="Ann", was_given=True)


def at(time: str) -> Dose:
    return dataclasses.replace(DOSE, given_time=time)


@pytest.mark.parametrize(
    ("taken", "times"),
    [("12:30", 1), ("8.30 and 12:30", 2), ("8:30, 12:30; 15:00", 3), ("At noon", 0), ("between 12:00 and 12:30", 0), ("twice", 0), ("", 0)],
)
def test_how_often_is_known_where_nothing_but_times_is_written(taken: str, times: int) -> None:
    assert times_written(taken) == times


def test_the_same_words_but_for_case_and_blanks() -> None:
    assert same_words("10mg", " 10  MG")
    assert not same_words("10 mg", "10.0 mg")
    assert not same_words("2 puffs", "two puffs")


def test_a_dose_as_it_is_written_differs_in_nothing() -> None:
    assert differences(DOSE, MEDICINE, [], school_day=True) == ()


def test_double_the_dose_a_minute_later_on_a_saturday_differs_in_all_three() -> None:
    assert differences(dataclasses.replace(DOSE, amount="20 mg"), MEDICINE, [at("12:29")], school_day=False) == (
        "With this it was given 2 times on that day, 1 minute apart.",
        "The amount is other than written: “10 mg”.",
        "28 November 2026 is not a school day.",
    )


def test_what_is_over_or_past_its_use_by_day_is_told_from_the_day_after() -> None:
    last = dataclasses.replace(MEDICINE, end_date=date(2026, 11, 28), expiry=date(2026, 11, 28))
    assert differences(DOSE, last, [], school_day=True) == ()
    assert differences(dataclasses.replace(DOSE, given_on=date(2026, 11, 30)), last, [], school_day=True) == (
        "It was to be given until 28 November 2026.",
        "It was past its use-by day, 28 November 2026.",
    )


def test_written_times_allow_as_many_doses_but_not_within_the_hour() -> None:
    twice = dataclasses.replace(MEDICINE, taken="9:00 and 12:30")
    assert differences(DOSE, twice, [at("09:00")], school_day=True) == ()
    assert differences(DOSE, twice, [at("11:31")], school_day=True) == ("With this it was given 2 times on that day, 59 minutes apart.",)
    (words,) = differences(DOSE, twice, [at("09:00"), at("10:15")], school_day=True)
    assert words == "With this it was given 3 times on that day, 2 hours and 15 minutes apart."
