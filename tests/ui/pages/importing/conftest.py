"""The Import page as a person has it, and files to choose."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.unit.calendars import confirm_calendar
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.importing import ImportPage
from tests.ui.pages.made import CLOCK, PASSWORD, USER

type Opener = Callable[[Context], ImportPage]


@pytest.fixture
def open_page(qtbot: QtBot) -> Opener:
    """Opens the page in a context."""

    def opened(context: Context) -> ImportPage:
        made = ImportPage(context)
        qtbot.addWidget(made)
        context.jobs.known_error.connect(context.banner.problem)
        made.resize(1000, 700)
        made.show()
        made.on_show()
        return made

    return opened


@pytest.fixture
def page(context: Context, open_page: Opener) -> ImportPage:
    return open_page(context)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of these lines, and says where."""

    def write(*lines: str, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_text("\r\n".join(lines) + "\r\n", "utf-8")
        return path

    return write


@pytest.fixture
def empty_page(context: Context, open_page: Opener, tmp_path: Path) -> Iterator[ImportPage]:
    """The page in a unit without pupils, where the real input goes."""
    settings = UnitSettings(name="Larkfield Education Support Centre", la="919", estab="1100")
    path = tmp_path / "empty" / "unit.pupildesk"
    path.parent.mkdir()
    desk, _code = create_unit(path, settings, user=USER, password=PASSWORD, clock=CLOCK, cost=FLOOR)
    confirm_calendar(desk)
    yield open_page(dataclasses.replace(context, desk=desk))
    desk.vault.close()
