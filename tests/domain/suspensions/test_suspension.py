"""Suspensions by the worked examples and the rules: sessions, the limit, the committee's step, day six, reasons of the day."""

import dataclasses
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.register.calendar import AM, PM, CalendarEnds, SchoolCalendar, easter_monday, law_term, school_calendar, school_year
from pupil_desk.domain.suspensions.limit import DayTotal, board_step, days_in_year, may_cancel
from pupil_desk.domain.suspensions.suspension import (
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    SuspensionStanding,
    check_suspension,
    day_six,
)
from pupil_desk.domain.unit.settings import Term

_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))
TERMS = [
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
]
CLOSED = {date(2026, 11, 27): "Closed", date(2027, 1, 4): "Closed", date(2027, 5, 3): "May Day"}
CALENDAR = school_calendar([Term(start=start, end=end) for start, end in TERMS], CLOSED)
ONE = Suspension(id="a", decision="a", category="SUSP", start=date(2026, 11, 24), session=AM, sessions=4, reason_1="DB")


@pytest.mark.parametrize("example", _EXAMPLES["suspension"], ids=str)
def test_worked_suspensions(example: dict[str, Any]) -> None:
    halves = CALENDAR.take(date.fromisoformat(str(example["start"])), str(example["session"]), int(str(example["sessions"])))
    back = CALENDAR.after(halves[-1])
    assert back is not None
    six = day_six(halves)
    assert {"day_six": None} | example["expect"] == {
        "days": f"{len(halves) / 2:.1f}",
        "first": [halves[0][0].isoformat(), halves[0][1]],
        "last": [halves[-1][0].isoformat(), halves[-1][1]],
        "back": [back[0].isoformat(), back[1]],
        "day_six": six.isoformat() if six else None,
    }


@pytest.mark.parametrize("example", _EXAMPLES["suspension_limit"], ids=str)
def test_worked_limits(example: dict[str, Any]) -> None:
    total = DayTotal(float(str(example["days_before"])), float(str(example["new_days"])))
    assert (f"{total.days:.1f}", total.allowed, total.warn) == (example["total"], example["allowed"], example["warn"])


@pytest.mark.parametrize("example", _EXAMPLES["board_step"], ids=str)
def test_worked_steps_of_the_committee(example: dict[str, Any]) -> None:
    assert board_step(float(str(example["term_days"])), permanent=bool(example["permanent"])) == example["step"]


@pytest.mark.parametrize("example", _EXAMPLES["calendar"], ids=str)
def test_worked_calendar(example: dict[str, Any]) -> None:
    days = CALENDAR.school_days(date.fromisoformat(str(example["from"])), date.fromisoformat(str(example["to"])))
    assert (len(days), 2 * len(days)) == (example["school_days"], example["sessions"])


@pytest.mark.parametrize("example", _EXAMPLES["school_days_15"], ids=str)
def test_fifteen_school_days_after_a_day(example: dict[str, Any]) -> None:
    assert CALENDAR.school_days_after(date.fromisoformat(example["start"]), 15) == date.fromisoformat(example["due"])


def test_nothing_is_counted_from_a_school_year_without_terms() -> None:
    """From July they were counted as from September."""
    left = date(2026, 7, 10)
    assert CALENDAR.school_days_after(left, 15) is None
    assert CALENDAR.school_days_or_weekdays_after(left, 5) == date(2026, 7, 17)
    with pytest.raises(CalendarEnds):
        CALENDAR.take(left, AM, 1)
    assert CALENDAR.school_days_after(date(2026, 8, 20), 1) == date(2026, 9, 2), "in August the next year has begun"
    both_years = school_calendar([Term(start=date(2026, 6, 8), end=date(2026, 7, 17)), *CALENDAR.terms], CLOSED)
    assert both_years.school_days_after(left, 15) == date(2026, 9, 15)


def test_over_the_limit_and_over_the_committees_marks() -> None:
    assert not DayTotal(45, 0.5).allowed
    assert not DayTotal(39, 0.5).warn
    assert board_step(5.5, permanent=False) == "on-request"
    assert board_step(15.5, permanent=False) == "automatic"
    assert board_step(1, permanent=False, exam_missed=True) == "automatic"


_DAYS = some.dates(date(2026, 9, 1), date(2027, 6, 20))


@given(_DAYS, some.sampled_from([AM, PM]), some.integers(1, 60), some.sets(_DAYS, max_size=25))
def test_sessions_never_fall_on_a_closed_day(start: date, half: str, number: int, closed: set[date]) -> None:
    calendar = SchoolCalendar(CALENDAR.terms, {**CLOSED, **dict.fromkeys(closed, "Closed")})
    found = [each for each, _place in zip(calendar.halves_from(start, half), range(number), strict=False)]
    assert all(calendar.is_open(day) and day.weekday() < 5 and day not in closed for day, _half in found)
    assert found == sorted(set(found))
    assert all(each >= (start, half) for each in found)
    between = [(day, each) for day in calendar.school_days(start, found[-1][0] if found else start) for each in (AM, PM)]
    assert found == [each for each in between if (start, half) <= each <= found[-1]] if found else True


def test_the_eleventh_session_is_day_six() -> None:
    assert day_six(CALENDAR.take(date(2026, 11, 5), AM, 12)) == date(2026, 11, 12)
    assert day_six(CALENDAR.take(date(2026, 11, 5), PM, 11)) == date(2026, 11, 12)
    assert day_six(CALENDAR.take(date(2026, 11, 5), PM, 10)) is None


def test_reasons_are_of_the_day_and_stand_once() -> None:
    new = dataclasses.replace(ONE, start=date(2026, 7, 1), reason_1="VR", reason_2="DB", reason_3="DB")
    assert [(problem.column, problem.code) for problem in check_suspension(new)] == [
        ("reason_1", "retired_code"),
        ("reason_3", "reason_twice"),
    ]
    assert check_suspension(dataclasses.replace(new, start=date(2026, 8, 1), reason_3=None)) == ()
    fresh = [code for code in codelist("exclusion_reason").codes.values() if code.since == date(2026, 8, 1)]
    assert len(fresh) == 13


def test_sessions_belong_to_the_kind() -> None:
    assert [p.code for p in check_suspension(dataclasses.replace(ONE, sessions=0))] == ["missing"]
    assert [p.code for p in check_suspension(dataclasses.replace(ONE, category="PERM"))] == ["sessions_of_permanent"]
    assert check_suspension(dataclasses.replace(ONE, category="PERM", sessions=None)) == ()


def _event(kind: SuspensionEventKind, on: date, time: str | None = None) -> SuspensionEvent:
    return SuspensionEvent(decision="a", kind=kind, on=on, time=time)


def test_days_served_count_after_a_cancellation_and_none_after_a_mistake() -> None:
    halves = CALENDAR.take(date(2026, 11, 24), AM, 4)
    case = SuspensionCase(ONE, halves)
    assert days_in_year([case], 2026, CALENDAR) == 2
    assert days_in_year([case], 2025, CALENDAR) == 0
    at_noon = dataclasses.replace(case, events=(_event(SuspensionEventKind.CANCELLED, date(2026, 11, 25), "12:30"),))
    assert days_in_year([at_noon], 2026, CALENDAR) == 1.5
    assert at_noon.standing(date(2026, 12, 1)) is SuspensionStanding.CANCELLED
    assert (
        days_in_year([dataclasses.replace(case, events=(_event(SuspensionEventKind.MISTAKEN, date(2026, 11, 25)),))], 2026, CALENDAR) == 0
    )


def test_lunchtimes_are_half_a_day_each() -> None:
    lunch = dataclasses.replace(ONE, category="LNCH", sessions=3)
    days = tuple((day, PM) for day in (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)))
    assert days_in_year([SuspensionCase(lunch, days)], 2026, CALENDAR) == 1.5


def test_a_permanent_exclusion_is_not_cancelled_after_45_days() -> None:
    case = SuspensionCase(dataclasses.replace(ONE, category="PERM", sessions=None))
    assert may_cancel(case, [case], CALENDAR, date(2027, 1, 5), AM)
    assert not may_cancel(case, [case], CALENDAR, date(2027, 2, 26), AM)
    met = dataclasses.replace(case, events=(_event(SuspensionEventKind.BOARD_MET, date(2026, 12, 1)),))
    assert not may_cancel(met, [met], CALENDAR, date(2026, 12, 2), AM)
    cancelled = dataclasses.replace(case, events=(_event(SuspensionEventKind.CANCELLED, date(2027, 1, 12), "12:00"),))
    assert days_in_year([cancelled], 2026, CALENDAR) == 23.5
    assert days_in_year([cancelled], 2025, CALENDAR) == 0
    second = SuspensionCase(dataclasses.replace(case.suspension, decision="b", start=date(2027, 2, 22)))
    cases = [cancelled, second]
    assert may_cancel(second, cases, CALENDAR, date(2027, 3, 23), PM)
    assert not may_cancel(second, cases, CALENDAR, date(2027, 3, 24), AM), "the days out under the first count too"


def test_the_terms_of_the_law_and_the_school_year() -> None:
    assert [easter_monday(year) for year in (2024, 2026, 2027)] == [date(2024, 4, 1), date(2026, 4, 6), date(2027, 3, 29)]
    assert law_term(date(2026, 9, 2)) == law_term(date(2026, 12, 31)) != law_term(date(2027, 1, 4))
    assert law_term(date(2027, 3, 29)) != law_term(date(2027, 3, 30))
    assert school_year(date(2026, 7, 31)) == 2025 != school_year(date(2026, 7, 31) + timedelta(days=1))
