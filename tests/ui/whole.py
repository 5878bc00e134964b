"""The whole window, as signed in: every page, at a usual size."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window


def whole_window(qtbot: QtBot, desk: Desk, folder: Path, width: int, height: int) -> Window:
    """A training unit's window, which is not shown yet; what is typed in it is given up at the end."""
    made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(folder / "window.json"), training=True)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.page.discard())
    made.resize(width, height)
    return made
