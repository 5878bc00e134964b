"""An authority's calendar read as terms: the forms in which authorities publish them, and what is not understood."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.register.calendar import beyond_known_years
from pupil_desk.domain.register.school_year import CalendarEvent, school_year_of
from pupil_desk.domain.unit.settings import Term


def event(title: str, first: str, last: str = "") -> CalendarEvent:
    return CalendarEvent(date.fromisoformat(first), date.fromisoformat(last or first), title)


def terms_of(*events: CalendarEvent) -> list[tuple[str, str]]:
    return [(term.start.isoformat(), term.end.isoformat()) for term in school_year_of(events).terms]


HALVES = [("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18")]


@pytest.mark.parametrize(
    "events",
    [
        [event("Autumn term", "2026-09-02", "2026-12-18"), event("October half term", "2026-10-26", "2026-10-30")],
        [event("Autumn Half Term 1", "2026-09-02", "2026-10-23"), event("Autumn Half Term 2", "2026-11-02", "2026-12-18")],
        [
            event("Autumn term starts", "2026-09-02"),
            event("Half-term holiday", "2026-10-24", "2026-11-01"),
            event("Autumn term ends", "2026-12-18"),
        ],
        [
            event("First day of term", "2026-09-02"),
            event("Last day of half term", "2026-10-23"),
            event("Pupils return", "2026-11-02"),
            event("School breaks up for Christmas", "2026-12-18"),
        ],
        [
            event("Term 1", "2026-09-02", "2026-10-23"),
            event("Term 2", "2026-11-02", "2026-12-18"),
            event("Christmas holiday", "2026-12-19", "2027-01-03"),
        ],
    ],
)
def test_terms_are_read_however_they_are_published(events: list[CalendarEvent]) -> None:
    found = school_year_of(reversed(events))
    assert [(term.start.isoformat(), term.end.isoformat()) for term in found.terms] == HALVES
    assert found.left_out == ()


def test_closed_days_are_those_within_terms_and_the_rest_is_named() -> None:
    found = school_year_of(
        [
            event("Autumn term", "2026-09-02", "2026-12-18"),
            event("INSET day", "2026-11-27"),
            event("School closed", "2026-12-17", "2026-12-20"),
            event("Bank holiday", "2026-08-31"),
            event("Governors’ meeting", "2026-09-10"),
            event("Spring term begins", "2027-01-05"),
        ]
    )
    assert [(day.day.isoformat(), day.reason) for day in found.closures] == [
        ("2026-11-27", "INSET day"),
        ("2026-12-17", "School closed"),
        ("2026-12-18", "School closed"),
    ]
    assert found.left_out == ("Bank holiday, 31 Aug 2026", "Governors’ meeting, 10 Sep 2026", "Spring term begins, 5 Jan 2027")


def test_holidays_alone_are_no_terms() -> None:
    found = school_year_of([event("October half term", "2026-10-26", "2026-10-30")])
    assert found.terms == ()
    assert found.left_out == ("October half term, 26 Oct 2026 to 30 Oct 2026",)


def test_a_day_beyond_the_last_known_school_year() -> None:
    terms = [Term(start=date(2026, 9, 2), end=date(2027, 7, 21))]
    today = date(2026, 11, 28)
    assert [beyond_known_years(day, terms, today) for day in (date(2020, 1, 1), date(2027, 7, 31), date(2027, 8, 1), date(2036, 9, 3))] == [
        False,
        False,
        True,
        True,
    ]
    assert [beyond_known_years(day, [], today) for day in (date(2027, 7, 31), date(2027, 8, 1))] == [False, True]


titles = st.sampled_from(
    ["Term", "Half term", "Term starts", "Term ends", "Easter holiday", "INSET", "Closed", "Meeting", "Summer term", "breaks up", "x"]
)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(
    st.lists(
        st.builds(
            lambda title, first, number: CalendarEvent(first, first + timedelta(days=number), title), titles, days, st.integers(0, 120)
        ),
        max_size=20,
    )
)
def test_whatever_the_events_each_term_is_of_working_days_and_nothing_is_dropped(events: list[CalendarEvent]) -> None:
    found = school_year_of(events)
    for term in found.terms:
        assert term.start <= term.end
        assert {term.start.weekday(), term.end.weekday()} <= {0, 1, 2, 3, 4}
    meetings = [one.words for one in events if one.title in ("Meeting", "x")]
    assert not set(meetings) - set(found.left_out)
    assert all(any(term.start <= day.day <= term.end for term in found.terms) for day in found.closures)
