"""Dates as people write them, and ages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.dates import age_on, birthday, read_date, short_date, show_date, why_no_day


@pytest.mark.parametrize(
    "typed",
    [
        "27/3/2007",
        "27/03/07",
        "27 3 2007",
        "27 Mar 2007",
        "27th March 2007",
        "27-Mar-07",
        "2007-03-27",
        "27.3.2007",
        "39168",
        "2007-03-27 00:00:00",
    ],
)
def test_one_day_in_many_hands(typed: str) -> None:
    assert read_date(typed, latest=date(2026, 11, 24)) == date(2007, 3, 27)


@pytest.mark.parametrize("typed", ["3/27/2007", "27/3", "Mar-07", "31/09/2026", "2007", "", "27 Foo 2007", "1/1/1850", "123456"])
def test_no_date(typed: str) -> None:
    with pytest.raises(ValueError):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/02/2012", "February 2012 has 29 days."),
        ("29 Feb 2011", "February 2011 has 28 days."),
        ("31/04/2026", "April 2026 has 30 days."),
        ("0/4/2026", "April 2026 has 30 days."),
        ("2026-02-30", "February 2026 has 28 days."),
        ("3/27/2007", "There is no month 27. Write the day first, then the month."),
        ("1/1/1850", "1850 is not a year that is taken: only those from 1900 to 2199 are."),
        ("27 Foo 2007", "Write it otherwise."),
        ("27/3", "Write it otherwise."),
        ("31/2", "February has 28 or 29 days."),
        ("30 2 ", "February has 28 or 29 days."),
        ("29/2", "Write it otherwise."),
        ("31/4", "April has 30 days."),
        ("1/13", "There is no month 13. Write the day first, then the month."),
    ],
)
def test_a_day_that_no_calendar_has_is_told_from_what_is_no_date(typed: str, why: str) -> None:
    assert why_no_day(typed, "Write it otherwise.") == why


def test_two_digits_lie_in_the_past_where_it_must() -> None:
    assert read_date("1/1/27", latest=date(2026, 11, 24)) == date(1927, 1, 1)
    assert read_date("1/1/27") == date(2027, 1, 1)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_what_we_show_we_read(day: date) -> None:
    assert read_date(show_date(day)) == read_date(short_date(day)) == read_date(day.isoformat()) == day


@pytest.mark.parametrize(("dob", "age", "on"), [(date(2012, 2, 29), 16, date(2028, 2, 29)), (date(2012, 2, 29), 13, date(2025, 3, 1))])
def test_born_on_29_february(dob: date, age: int, on: date) -> None:
    assert birthday(dob, age) == on


@given(st.dates(date(2000, 1, 1), date(2020, 12, 31)), st.integers(0, 30))
def test_an_age_begins_on_its_birthday(dob: date, age: int) -> None:
    on = birthday(dob, age)
    assert age_on(dob, on) == age
    assert age == 0 or age_on(dob, date.fromordinal(on.toordinal() - 1)) == age - 1
