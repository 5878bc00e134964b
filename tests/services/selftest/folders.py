"""The folders that a self-test stands on and leaves nothing in."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.selftest import stands_on

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go: looked at after each test."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for data: not there yet, as before the first start."""
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(stands_on, "home_of_data", lambda: tmp_path / "home" / "pupil-desk")
    return tmp_path / "home"
