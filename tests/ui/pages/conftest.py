"""What the tests of pages stand on: a small invented unit, and the window's services without a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context, News
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.watch.presses import PressGuard


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    """The unit of ``made.py``, a data officer at the desk."""
    return invented_desk


@pytest.fixture
def went() -> list[tuple[str, str | None]]:
    """Where pages led: page and record, in order."""
    return []


@pytest.fixture
def context(qtbot: QtBot, desk: Desk, answers: Answers, went: list[tuple[str, str | None]], tmp_path: Path) -> Context:
    """What a page is handed: work done at once, the prepared ``answers``, a memory of its own."""
    banner = Banner()
    qtbot.addWidget(banner)

    def go(name: str, object_id: str | None = None) -> bool:
        went.append((name, object_id))
        return True

    return Context(desk=desk, jobs=ImmediateJobs(), ask=answers, news=News(), banner=banner, memory=Memory(tmp_path / "window.json"), go=go)


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[None]:
    """Presses are watched, as they are in the program."""
    watching = PressGuard()
    watching.start()
    yield
    watching.stop()
