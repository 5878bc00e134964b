"""A time of day as people type it."""

import pytest

from pupil_desk.basics.clock import read_time


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
