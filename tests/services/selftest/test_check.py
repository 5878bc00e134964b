"""The report as plain text."""

from datetime import UTC, datetime

from pupil_desk import __version__
from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.selftest import Check, check

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
GOOD, BAD = Check("engine", True, "SQLite 3.53.4"), Check("fonts", False, "One is missing. Install Pupil Desk again.")


def test_what_failed_stands_first_and_is_counted() -> None:
    assert check.lines([GOOD, BAD]) == [
        "FAILED  fonts: One is missing. Install Pupil Desk again.",
        "good  engine: SQLite 3.53.4",
        "Something is wrong with this installation: 1 check of 2 failed.",
    ]
    assert not check.is_good([GOOD, BAD])


def test_a_good_installation_is_called_so() -> None:
    assert check.lines([GOOD])[-1] == "This installation is in order."
    assert check.is_good([GOOD])


def test_the_text_says_what_was_checked_and_when() -> None:
    text = check.text([GOOD], CLOCK)
    day = CLOCK.now().astimezone()
    assert text.splitlines()[:2] == [f"Pupil Desk {__version__}: this installation checked", f"24 November 2026 at {day:%H:%M}"]
    assert text.endswith("This installation is in order.\n")
