"""The desk of a copied unit, and the whole window as signed in: every page, at a usual size."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_in
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.ui.pages.made import CLOCK

FRAME = 31  # of Windows
LOW_WINDOWS = {"at 150 %": (911, 512 - FRAME, 100, 6), "at 200 %": (1366, 768 - FRAME, 200, 3)}
"""Of a screen of 1366 by 768: width and height at that scale or text size, the text in per cent, and how many rows are seen at the least."""


@contextmanager
def copy_at_desk(pattern: Path, folder: Path, user: str, password: str) -> Iterator[Desk]:
    """The closed unit of one folder, copied into another and opened there, on 24 November 2026."""
    unit = shutil.copytree(pattern, folder / "unit")
    desk = sign_in(unit / "unit.pupildesk", name=user, password=password, clock=CLOCK)
    yield desk
    desk.vault.close()


def whole_window(qtbot: QtBot, desk: Desk, folder: Path, width: int, height: int) -> Window:
    """A training unit's window, which is not shown yet; what is typed in it is given up at the end."""
    made = bare_window(desk, folder, width, height)
    qtbot.addWidget(made, before_close_func=lambda closing: [page.discard() for page in closing.stack.pages[-1:]])
    return made


def bare_window(desk: Desk, folder: Path, width: int, height: int) -> Window:
    """The same, which whoever makes it closes."""
    made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(folder / "window.json"), training=True)
    made.resize(width, height)
    return made
