"""What the tests of the entry stand on: an entry that works at once, in an empty home, and passwords that cost little."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from tests.ui.conftest import NOW

type OpenEntry = Callable[..., Entry]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "PROGRAMDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setattr(units, "calibrated", lambda: FLOOR)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What this PC remembers: nothing at first."""
    return Memory(tmp_path / "window.json")


@pytest.fixture
def desks() -> Iterator[list[Desk]]:
    """The desks that the entry opened, in order; their files are closed in the end."""
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.vault.close()


@pytest.fixture
def open_entry(qtbot: QtBot, answers: Answers, memory: Memory, desks: list[Desk]) -> OpenEntry:
    """Makes an entry and shows it; ``path`` as the command line gives it."""

    def make(path: Path | None = None) -> Entry:
        entry = Entry(ImmediateJobs(), answers, memory, path=path, clock=FixedClock(NOW))
        qtbot.addWidget(entry, before_close_func=lambda closing: setattr(closing.panel, "loses", ""))
        entry.opened.connect(desks.append)
        entry.show()
        qtbot.waitUntil(entry.isActiveWindow)
        return entry

    return make
