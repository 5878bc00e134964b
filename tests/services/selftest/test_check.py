"""The report as plain text.

The self-test reads a calendar file: the reader of them, and the time zones, are parts that an installation may lack.
"""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.files import calendar_file
from pupil_desk.services.selftest import Check, check, stands_on
from pupil_desk.services.selftest.check import Bench, run

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


def checked(folder: Path) -> Check:
    return run("calendar file", stands_on.calendar_file, Bench(folder, FixedClock(datetime(2026, 11, 24, tzinfo=UTC))))


def test_a_calendar_file_is_read_with_the_zone_that_outlook_names(tmp_path: Path) -> None:
    done = checked(tmp_path)
    assert done.ok
    assert done.detail.startswith("a file of 2 events, read as it was written; icalendar ")


def test_an_installation_without_time_zones_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_zone(key: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(f"No time zone found with key {key}")

    monkeypatch.setattr(zoneinfo, "ZoneInfo", no_zone)
    done = checked(tmp_path)
    assert not done.ok
    assert "No time zone found with key Europe/London" in done.detail


def test_a_reader_that_loses_a_day_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = calendar_file.calendar_events
    monkeypatch.setattr(calendar_file, "calendar_events", lambda data: read(data)[1:])
    assert checked(tmp_path).detail.startswith("a calendar file was not read as it was written")
