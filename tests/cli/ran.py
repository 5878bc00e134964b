"""What the tests of commands are made of: the training unit of a fixed day, and what one run of a command said."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics import places
from pupil_desk.basics.clock import FixedClock

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CLOCK = FixedClock(NOW)
OFFICER, ASSISTANT, OFFICE = "Morgan Bailey", "Sam Whitlock", "Alex Penn"
WITHHELD, NOBODY, UNDER_ORDER = ("P0016", "P0018", "P0017")  # pupils of the training unit whose story is told by their place


@dataclass(frozen=True)
class Ran:
    """The exit status, and what stood on standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """What a failed command said: one line on standard error, nothing on standard output."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.strip()


def left_in(folder: Path) -> set[str]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def remembered_as_last(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window remembers that unit's file as the office's own."""
    monkeypatch.setattr(places, "home_of_preferences", lambda: folder)
    places.window_memory().write_text(json.dumps({places.OWN_UNIT: str(path)}))
