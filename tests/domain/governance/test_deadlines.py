"""By when the law wants an answer: every worked example, and what must hold of any day."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.governance.deadlines import Pause, acknowledgement_due, answer_due, report_due
from pupil_desk.services.unit.calendars import bank_holidays

_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))
_HOLIDAYS = bank_holidays(2025, 2036)
_DAYS = st.dates(date(2026, 1, 1), date(2035, 6, 30))


@pytest.mark.parametrize("example", _EXAMPLES["answer_due"], ids=lambda example: str(example["received"]))
def test_a_request_is_answered_within_a_month_or_three(example: dict[str, Any]) -> None:
    assert answer_due(example["received"], _HOLIDAYS) == example["due"]
    assert answer_due(example["received"], _HOLIDAYS, extended=True) == example["due_if_extended"]


def test_the_clock_stops_between_asking_and_the_answer() -> None:
    pause = Pause(asked=date(2026, 11, 30), answered=date(2026, 12, 10))
    assert answer_due(date(2026, 11, 24), _HOLIDAYS, pauses=[pause]) == date(2027, 1, 4)


def test_an_answer_on_the_day_of_the_question_stops_nothing() -> None:
    pause = Pause(asked=date(2026, 12, 1), answered=date(2026, 12, 1))
    assert answer_due(date(2026, 11, 24), _HOLIDAYS, pauses=[pause]) == date(2026, 12, 24)


@given(_DAYS)
def test_it_is_never_due_on_a_day_without_post(received: date) -> None:
    due = answer_due(received, _HOLIDAYS)
    assert due.weekday() < 5
    assert due not in _HOLIDAYS
    assert timedelta(days=28) <= due - received <= timedelta(days=31 + 4)


@given(_DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_never_brings_the_day_forward(received: date, after: int, days: int) -> None:
    asked = received + timedelta(days=after)
    pause = Pause(asked=asked, answered=asked + timedelta(days=days))
    assert answer_due(received, _HOLIDAYS, pauses=[pause]) >= answer_due(received, _HOLIDAYS)


def test_a_complaint_is_acknowledged_within_thirty_days() -> None:
    assert acknowledgement_due(date(2026, 11, 24)) == date(2026, 12, 24)


def test_a_breach_is_reported_within_seventy_two_hours() -> None:
    assert report_due(datetime(2026, 11, 27, 16, 30)) == datetime(2026, 11, 30, 16, 30)
