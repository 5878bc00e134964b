"""The clocks of a case: every worked example, a clock paused and resumed across holidays, and what must hold of any days."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.governance.deadlines import Pause, marks_due, merged
from pupil_desk.domain.register.calendar import SchoolCalendar, school_calendar
from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.clock import Pressing, RequestClock, clock_of
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.unit.calendars import bank_holidays

_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))
_HOLIDAYS = bank_holidays(2025, 2040)
_TERMS = [(date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 2, 12))]
_CALENDAR = school_calendar(
    [Term(start=start, end=end) for start, end in _TERMS], {**_HOLIDAYS, date(2026, 11, 27): "Training", date(2027, 1, 4): "Training"}
)
_DAYS = st.dates(date(2026, 1, 1), date(2034, 6, 30))
_STEPS = st.lists(st.tuples(st.sampled_from(["identity", "clarification"]), st.integers(0, 50), st.integers(0, 60)), max_size=5)


def case(received: date, kind: CaseKind = CaseKind.COPY) -> RequestCase:
    return RequestCase(
        id="c", ref="R2026-001", pupil_id="p", kind=kind, received=received, channel="email", requester="Ann Penn", capacity="parent"
    )


def event(kind: RequestEventKind, on: date, **items: Any) -> RequestEvent:
    return RequestEvent(id=f"{kind}{on}", case_id="c", kind=kind, on=on, **items)


def clock(
    of: RequestCase, *events: RequestEvent, today: date | None = None, calendar: SchoolCalendar = _CALENDAR, record_days: int = 15
) -> RequestClock:
    return clock_of(
        of,
        sorted(events, key=lambda each: each.on),
        today=today or of.received,
        holidays=_HOLIDAYS,
        calendar=calendar,
        record_days=record_days,
    )


@pytest.mark.parametrize("example", _EXAMPLES["answer_due"], ids=lambda example: str(example["received"]))
def test_a_copy_is_due_in_a_month_or_three(example: dict[str, Any]) -> None:
    received = example["received"]
    assert clock(case(received)).due == example["due"]
    assert clock(case(received)).extended_due == example["due_if_extended"]
    assert clock(case(received), event(RequestEventKind.EXTENDED, received, note="Much")).due == example["due_if_extended"]


def test_asking_what_is_meant_stops_the_clock_and_the_answer_starts_it_again() -> None:
    asked, answered = event(RequestEventKind.CLARIFICATION_ASKED, date(2026, 11, 30)), event(RequestEventKind.CLARIFIED, date(2026, 12, 10))
    still = clock(case(date(2026, 11, 24)), asked, today=date(2026, 12, 10))
    assert (still.due, still.still_since, still.pressing(date(2026, 12, 10))) == (None, date(2026, 11, 30), Pressing.STANDING)
    assert still.month_due == date(2027, 1, 4)  # what it would be if the answer came today
    assert clock(case(date(2026, 11, 24)), asked, answered, today=date(2027, 1, 2)).due == date(2027, 1, 4)


def test_a_clock_is_paused_and_resumed_across_christmas() -> None:
    """16 days stand still; what is then 7 January falls on no weekend or holiday. The school days run on, and skip the holidays."""
    of = case(date(2026, 11, 22), CaseKind.BOTH)
    events = event(RequestEventKind.CLARIFICATION_ASKED, date(2026, 12, 20)), event(RequestEventKind.CLARIFIED, date(2027, 1, 5))
    resumed = clock(of, *events, today=date(2027, 1, 6))
    assert resumed.month_due == date(2027, 1, 7)
    assert resumed.record_due == clock(of).record_due == date(2026, 12, 14)


@pytest.mark.parametrize("example", _EXAMPLES["school_days_15"], ids=lambda example: str(example["start"]))
def test_the_educational_record_is_due_in_fifteen_school_days(example: dict[str, Any]) -> None:
    start, due = date.fromisoformat(example["start"]), date.fromisoformat(example["due"])
    assert clock(case(start, CaseKind.RECORD)).due == due
    assert clock(case(start, CaseKind.BOTH)).record_due == due


def test_a_unit_that_is_not_bound_by_it_has_no_such_clock() -> None:
    both = clock(case(date(2026, 11, 24), CaseKind.BOTH), record_days=0)
    assert (both.record_due, both.due) == (None, date(2026, 12, 24))
    assert clock(case(date(2026, 11, 24), CaseKind.RECORD), record_days=0).due == date(2026, 12, 24)


def test_terms_that_end_too_soon_are_told() -> None:
    assert clock(case(date(2027, 2, 10), CaseKind.RECORD)).beyond_terms
    assert not clock(case(date(2026, 11, 24), CaseKind.RECORD)).beyond_terms


def test_the_record_given_first_leaves_the_clock_of_the_copy() -> None:
    given_ = clock(
        case(date(2026, 11, 24), CaseKind.BOTH), event(RequestEventKind.RECORD_GIVEN, date(2026, 12, 1)), today=date(2026, 12, 2)
    )
    assert (given_.due, given_.answered, given_.record_given) == (date(2026, 12, 24), None, date(2026, 12, 1))


def test_proof_of_identity_pauses_and_never_gives_more_than_a_month_from_the_proof() -> None:
    """By the pause alone it would be 13 March; a month from the proof is 10 March, which is earlier and holds."""
    events = event(RequestEventKind.IDENTITY_ASKED, date(2027, 1, 1)), event(RequestEventKind.IDENTITY, date(2027, 2, 10), answer="yes")
    assert clock(case(date(2027, 1, 1)), *events, today=date(2027, 2, 11)).due == date(2027, 3, 10)


def test_a_proof_that_does_not_convince_starts_nothing() -> None:
    events = event(RequestEventKind.IDENTITY_ASKED, date(2026, 11, 25)), event(RequestEventKind.IDENTITY, date(2026, 12, 1), answer="no")
    assert clock(case(date(2026, 11, 24)), *events, today=date(2026, 12, 2)).still_since == date(2026, 11, 25)


def test_two_questions_at_once_count_each_day_once() -> None:
    both = (
        event(RequestEventKind.IDENTITY_ASKED, date(2026, 11, 24)),
        event(RequestEventKind.CLARIFICATION_ASKED, date(2026, 11, 24)),
        event(RequestEventKind.IDENTITY, date(2026, 12, 4), answer="yes"),
        event(RequestEventKind.CLARIFIED, date(2026, 12, 4)),
    )
    assert clock(case(date(2026, 11, 24)), *both, today=date(2026, 12, 5)).due == date(2027, 1, 4)  # 24 December and 10 days, a Sunday


def test_a_complaint_is_acknowledged_and_then_told_how_it_stands() -> None:
    of = case(date(2026, 11, 24), CaseKind.COMPLAINT)
    assert clock(of).due == date(2026, 12, 24)
    told = clock(of, event(RequestEventKind.ACKNOWLEDGED, date(2026, 12, 1)))
    assert (told.acknowledge_by, told.due) == (None, date(2026, 12, 31))
    assert clock(
        of, event(RequestEventKind.ACKNOWLEDGED, date(2026, 12, 1)), event(RequestEventKind.PROGRESS, date(2026, 12, 30))
    ).due == date(2027, 1, 29)


def test_an_answer_stops_every_clock_and_is_late_or_not() -> None:
    in_time, late = (
        clock(case(date(2026, 11, 24)), event(RequestEventKind.REPLIED, day), today=date(2027, 3, 1))
        for day in (date(2026, 12, 24), date(2026, 12, 30))
    )
    assert (in_time.due, in_time.late_by, in_time.pressing(date(2027, 3, 1))) == (None, 0, Pressing.DONE)
    assert late.late_by == 6


def test_a_case_opened_again_goes_on_from_its_answer() -> None:
    """4 days of the month were left when it was answered, and are left when it is opened again 20 days later."""
    events = event(RequestEventKind.REPLIED, date(2026, 12, 20)), event(RequestEventKind.REOPENED, date(2027, 1, 9))
    assert clock(case(date(2026, 11, 24)), *events, today=date(2027, 1, 9)).due == date(2027, 1, 13)


def test_a_record_that_was_not_whole_is_due_again_on_its_day() -> None:
    given_, again = event(RequestEventKind.RECORD_GIVEN, date(2026, 12, 1)), event(RequestEventKind.REOPENED, date(2026, 12, 3))
    opened = clock(case(date(2026, 11, 24), CaseKind.RECORD), given_, again, today=date(2027, 1, 20))
    assert (opened.record_given, opened.due, opened.pressing(date(2027, 1, 20))) == (None, date(2026, 12, 16), Pressing.LATE)
    whole = event(RequestEventKind.RECORD_GIVEN, date(2026, 12, 18))
    assert clock(case(date(2026, 11, 24), CaseKind.RECORD), given_, again, whole).late_by == 2


@pytest.mark.parametrize(("left", "pressing"), [(-1, Pressing.LATE), (0, Pressing.SOON), (7, Pressing.SOON), (8, Pressing.RUNNING)])
def test_how_pressing_it_is(left: int, pressing: Pressing) -> None:
    due = date(2026, 12, 24)
    assert clock(case(date(2026, 11, 24))).pressing(due - timedelta(days=left)) is pressing


def _asked_and_answered(received: date, steps: list[tuple[str, int, int]]) -> list[RequestEvent]:
    found = []
    for what, after, days in steps:
        asks, answers = (
            (RequestEventKind.IDENTITY_ASKED, RequestEventKind.IDENTITY)
            if what == "identity"
            else (RequestEventKind.CLARIFICATION_ASKED, RequestEventKind.CLARIFIED)
        )
        asked = received + timedelta(days=after)
        found += [event(asks, asked), event(answers, asked + timedelta(days=days), answer="yes" if what == "identity" else None)]
    return found


@given(_DAYS, _STEPS)
def test_no_question_ever_brings_the_day_forward_or_adds_more_days_than_it_took(received: date, steps: list[tuple[str, int, int]]) -> None:
    today = received + timedelta(days=400)
    plain, asked = clock(case(received)), clock(case(received), *_asked_and_answered(received, steps), today=today)
    assert plain.month_due is not None
    assert asked.month_due is not None
    assert asked.month_due >= plain.month_due
    most = sum(days for _what, _after, days in steps)
    assert (asked.month_due - plain.month_due).days <= most + 4  # and then over a weekend with its bank holidays
    assert asked.month_due.weekday() < 5
    assert asked.month_due not in _HOLIDAYS


@given(_DAYS, _STEPS)
def test_an_extension_is_always_later_and_the_school_days_hang_on_nothing(received: date, steps: list[tuple[str, int, int]]) -> None:
    of, events = case(received, CaseKind.BOTH), _asked_and_answered(received, steps)
    today = received + timedelta(days=400)
    short, long = clock(of, *events, today=today), clock(of, *events, event(RequestEventKind.EXTENDED, received, note="Much"), today=today)
    assert short.month_due is not None
    assert long.month_due is not None
    assert long.month_due > short.month_due
    assert long.record_due == short.record_due == clock(of).record_due


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=6))
def test_merged_pauses_hold_each_day_once(spans: list[tuple[int, int]]) -> None:
    first = date(2026, 11, 2)
    pauses = [Pause(asked=first + timedelta(days=start), answered=first + timedelta(days=start + days)) for start, days in spans]
    days = {pause.asked + timedelta(days=day) for pause in pauses for day in range(pause.days)}
    assert sum(pause.days for pause in merged(pauses)) == len(days)


def test_exam_marks_are_given_by_the_earlier_of_five_months_and_forty_days() -> None:
    assert marks_due(date(2026, 7, 1), date(2026, 8, 20)) == date(2026, 9, 29)
    assert marks_due(date(2026, 3, 31), date(2026, 8, 20)) == date(2026, 8, 31)
    assert marks_due(date(2026, 9, 30), None) == date(2027, 2, 28)
