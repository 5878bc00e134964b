"""Versions compared as numbers."""

import pytest

from pupil_desk.store.file.upgrade import as_numbers


@pytest.mark.parametrize(
    ("older", "newer"), [("0.1.0", "0.2.0"), ("0.9.9", "0.10.0"), ("0.2", "0.2.1"), ("", "0.1"), ("nightly", "0.0.1"), ("1.9", "2")]
)
def test_a_later_version_is_the_greater(older: str, newer: str) -> None:
    assert as_numbers(older) < as_numbers(newer)


@pytest.mark.parametrize(("one", "other"), [("0.2.0", "0.2"), (" 1.0.0 ", "1"), ("0.3.0-2", "0.3.0"), ("0.3rc1", "0.3"), ("0", "none")])
def test_the_same_version_in_two_ways(one: str, other: str) -> None:
    assert as_numbers(one) == as_numbers(other)
