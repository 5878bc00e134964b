"""A time of day as people type it."""

from datetime import UTC, date, datetime, tzinfo
from typing import Self

import pytest

from pupil_desk.basics import clock
from pupil_desk.basics.clock import FixedClock, SystemClock, local_time, read_time

NEAR_MIDNIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # in England the first of July already


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9:05", "09:05"),
        ("9.05", "09:05"),
        ("0928", "09:28"),
        ("928", "09:28"),
        (" 14 05 ", "14:05"),
        ("9", "09:00"),
        ("2.05 pm", "14:05"),
        ("12:10 a.m.", "00:10"),
        ("14:05:00", "14:05"),
        ("24:00", None),
        ("14:60", None),
        ("13 pm", None),
        ("99", None),
        ("9:5", None),
        ("soon", None),
        ("", None),
        ("٩:٠٥", None),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed: str, kept: str | None) -> None:
    assert read_time(typed) == kept


class _Stopped(datetime):
    """The time of a PC that stands still shortly before midnight in UTC."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NEAR_MIDNIGHT.timestamp(), tz)


@pytest.mark.usefixtures("in_england")
def test_in_summer_the_office_is_an_hour_before_what_the_file_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "datetime", _Stopped)
    assert local_time("2026-06-30T23:30:00.000000Z").strftime("%Y-%m-%d %H:%M") == "2026-07-01 00:30"
    assert local_time("2026-12-01T09:05:00.000000Z").strftime("%H:%M") == "09:05"
    assert SystemClock().today() == date(2026, 7, 1)
    assert clock.stamp(SystemClock().now()) == "2026-06-30T23:30:00.000000Z"


@pytest.mark.usefixtures("in_england")
def test_a_clock_that_is_set_has_the_date_on_the_wall_of_the_office() -> None:
    assert FixedClock(NEAR_MIDNIGHT).today() == date(2026, 7, 1)
