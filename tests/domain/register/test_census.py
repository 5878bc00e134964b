"""Which census a day belongs to, and the days that it tells of."""

from datetime import date

import pytest

from pupil_desk.domain.register.census import Census, census_on
from pupil_desk.services.formats.census import terms


def on(day: date, named: date | None = None) -> Census:
    return census_on(terms(), day, named)


@pytest.mark.parametrize(
    ("day", "term", "reference"),
    [
        (date(2026, 9, 30), "SUM", date(2026, 5, 21)),
        (date(2026, 10, 1), "AUT", date(2026, 10, 1)),
        (date(2026, 12, 31), "AUT", date(2026, 10, 1)),
        (date(2027, 1, 20), "AUT", date(2026, 10, 1)),
        (date(2027, 1, 21), "SPR", date(2027, 1, 21)),
        (date(2027, 5, 19), "SPR", date(2027, 1, 21)),
        (date(2027, 5, 20), "SUM", date(2027, 5, 20)),
    ],
)
def test_the_last_reference_day_on_or_before_the_day(day: date, term: str, reference: date) -> None:
    found = on(day)
    assert (found.term.code, found.day, found.year) == (term, reference, reference.year)


def test_attendance_is_a_term_in_arrears_and_in_autumn_two_blocks() -> None:
    autumn, spring, summer = on(date(2027, 10, 20)), on(date(2027, 2, 1)), on(date(2027, 6, 1))
    assert spring.blocks == ((date(2026, 8, 1), date(2026, 12, 31)),)
    assert summer.blocks == ((date(2027, 1, 1), date(2027, 3, 28)),)
    assert autumn.blocks == ((date(2027, 3, 29), date(2027, 5, 30)), (date(2027, 5, 31), date(2027, 7, 31)))
    assert autumn.told == (date(2027, 3, 29), date(2027, 7, 31))
    assert spring.suspensions == (date(2026, 8, 1), date(2026, 12, 31))
    assert summer.suspensions == (date(2026, 8, 1), date(2027, 3, 28))
    assert autumn.suspensions == (date(2026, 8, 1), date(2027, 7, 31))


def test_a_day_that_is_named_takes_the_place_of_the_rules_own() -> None:
    assert on(date(2026, 10, 7), date(2026, 10, 8)).day == date(2026, 5, 21)
    found = on(date(2026, 10, 8), date(2026, 10, 8))
    assert (found.term.code, found.day) == ("AUT", date(2026, 10, 8))
    assert on(date(2027, 1, 25), date(2026, 10, 8)).day == date(2027, 1, 21), "one of a term gone by changes no other"
    assert on(date(2026, 11, 1), date(2026, 7, 20)).day == date(2026, 10, 1), "one near no rule's day is of no census"
