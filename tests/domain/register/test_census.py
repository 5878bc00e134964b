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


KNOWN = """
    2018-01-18 2018-05-17 2018-10-04 2019-01-17 2019-05-16 2020-01-16 2020-10-01 2021-01-21 2021-05-20 2022-05-19 2022-10-06
    2023-01-19 2023-05-18 2023-10-05 2024-01-18 2024-05-16 2024-10-03 2025-01-16 2025-05-15 2025-10-02 2026-01-15 2026-05-21
"""
"""Reference days as pages of DfE's and of authorities named them. One page of a firm says 14 May 2026; Norfolk and East Sussex say the 21st."""


@pytest.mark.parametrize("named", KNOWN.split())
def test_the_rule_gives_the_reference_days_that_were_named(named: str) -> None:
    assert on(date.fromisoformat(named)).day == date.fromisoformat(named)


def test_attendance_is_a_term_in_arrears_and_in_autumn_two_blocks() -> None:
    autumn, spring, summer = on(date(2027, 10, 20)), on(date(2027, 2, 1)), on(date(2027, 6, 1))
    assert spring.blocks == ((date(2026, 8, 1), date(2026, 12, 31)),)
    assert summer.blocks == ((date(2027, 1, 1), date(2027, 3, 28)),)
    assert autumn.blocks == ((date(2027, 3, 29), date(2027, 5, 30)), (date(2027, 5, 31), date(2027, 7, 31)))
    assert autumn.told == (date(2027, 3, 29), date(2027, 7, 31))
    assert spring.suspensions == (date(2026, 4, 6), date(2026, 12, 31))
    assert summer.suspensions == (date(2026, 8, 1), date(2027, 3, 28))
    assert autumn.suspensions == (date(2027, 1, 1), date(2027, 7, 31))


SIX_TERMS = """
    AUT 2025-10-02 | 2025-04-21 2025-05-25 | 2025-05-26 2025-07-31 | 2025-01-01 2025-07-31 | 2025-05-15 2025-10-02
    SPR 2026-01-15 | 2025-08-01 2025-12-31 |                       | 2025-04-21 2025-12-31 | 2025-10-02 2026-01-15
    SUM 2026-05-21 | 2026-01-01 2026-04-05 |                       | 2025-08-01 2026-04-05 | 2026-01-15 2026-05-21
    AUT 2026-10-01 | 2026-04-06 2026-05-24 | 2026-05-25 2026-07-31 | 2026-01-01 2026-07-31 | 2026-05-21 2026-10-01
    SPR 2027-01-21 | 2026-08-01 2026-12-31 |                       | 2026-04-06 2026-12-31 | 2026-10-01 2027-01-21
    SUM 2027-05-20 | 2027-01-01 2027-03-28 |                       | 2026-08-01 2027-03-28 | 2027-01-21 2027-05-20
"""
"""By hand from a calendar and the domain reference, 3.1: term and reference day | attendance | its second block | suspensions | places elsewhere."""


def test_the_windows_of_six_terms_are_those_worked_out_by_hand() -> None:
    def span(text: str) -> tuple[date, ...] | None:
        return tuple(map(date.fromisoformat, text.split())) or None

    for line in SIX_TERMS.strip().splitlines():
        head, attendance, second, suspensions, placed = (part.strip() for part in line.split("|"))
        term, reference = head.split()
        found = on(date.fromisoformat(reference))
        assert (found.term.code, found.day.isoformat()) == (term, reference)
        assert (found.attendance, found.second, found.suspensions, found.placements) == tuple(
            map(span, (attendance, second, suspensions, placed))
        )


def test_the_published_windows_of_two_springs() -> None:
    """Stockton: spring 2025 took suspensions of 1 April to 31 December 2024, places of 3 October 2024 to 16 January 2025; SIMS: spring 2020 from 22 April 2019."""
    spring = on(date(2025, 1, 16))
    assert spring.suspensions == (date(2024, 4, 1), date(2024, 12, 31))
    assert spring.placements == (date(2024, 10, 3), date(2025, 1, 16))
    assert on(date(2020, 1, 16)).suspensions == (date(2019, 4, 22), date(2019, 12, 31))


def test_a_day_that_is_named_takes_the_place_of_the_rules_own() -> None:
    assert on(date(2026, 10, 7), date(2026, 10, 8)).day == date(2026, 5, 21)
    found = on(date(2026, 10, 8), date(2026, 10, 8))
    assert (found.term.code, found.day) == ("AUT", date(2026, 10, 8))
    assert on(date(2027, 1, 25), date(2026, 10, 8)).day == date(2027, 1, 21), "one of a term gone by changes no other"
    assert on(date(2026, 11, 1), date(2026, 7, 20)).day == date(2026, 10, 1), "one near no rule's day is of no census"
