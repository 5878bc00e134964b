"""What the tests of pages stand on: a small invented unit, and the window's services without a window."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.ui.kit.context import Context, News
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch.memory import Memory
from tests.ui.pages.made import CLOCK, PASSWORD, USER, new_unit


@pytest.fixture(scope="session")
def _pattern_unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unit-of-pages")
    sign_out(new_unit(folder))
    return folder


@pytest.fixture
def desk(_pattern_unit: Path, tmp_path: Path) -> Iterator[Desk]:
    """The unit of ``made.py``, a data officer at the desk."""
    folder = tmp_path / "unit"
    shutil.copytree(_pattern_unit, folder)
    opened = sign_in(folder / "unit.pupildesk", name=USER, password=PASSWORD, clock=CLOCK)
    yield opened
    opened.vault.close()


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
