"""Starting the window: what is done once it stands.

The process that held the key ends, whatever still stands on the screen.

The name in the taskbar: told to Windows before the first window, and no trouble where there is none.
"""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication

from pupil_desk.basics import rulefacts
from pupil_desk.basics.pc import installed
from pupil_desk.services.desk import Desk
from pupil_desk.services.program import guides
from pupil_desk.ui import start
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.taskbar import PROGRAM_ID, name_the_program

TOO_LATE = 10  # seconds


def test_older_versions_are_removed_beside_the_window_not_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, done, go_on = [], threading.Event(), threading.Event()

    def remove() -> list[str]:
        go_on.wait(TOO_LATE)  # as slow as a disk may be
        asked.append(threading.current_thread())
        done.set()
        return []

    monkeypatch.setattr(installed, "remove_older", remove)
    start._remove_older_versions()
    assert asked == []
    go_on.set()
    assert done.wait(TOO_LATE)
    assert asked[0] is not threading.main_thread()
    assert asked[0].daemon


def test_no_source_of_the_program_is_read_and_kept() -> None:
    """PySide would read that of each module, and Python keep it: 6 MB until the person has signed in."""
    said = (
        "import linecache, sys; from PySide6.QtCore import QTimer; from pupil_desk.ui import start; linecache.getlines(start.__file__);"
        "start.keep_no_sources(); import pupil_desk.ui.entry.entry; print(len(linecache.cache))"
    )
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.strip() == "0"


def test_the_help_and_the_rules_are_read_beside_the_window_before_anybody_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[threading.Thread] = []
    for module, name in ((guides, "passages"), (rulefacts, "all_facts")):
        monkeypatch.setattr(module, name, lambda: read.append(threading.current_thread()))
    start._read_ahead().join(TOO_LATE)
    assert len(read) == 2
    assert threading.main_thread() not in read


def test_off_screen_nothing_is_said_of_hints_and_all_else_is(capsys: pytest.CaptureFixture[str]) -> None:
    with start._no_hints():
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning("No fonts here")
    assert capsys.readouterr().err == "No fonts here\n"


class Plain(Page):
    """A page with a few words."""

    name, title, icon = "plain", "Plain", "house"

    def on_show(self, object_id: str | None = None) -> None:
        self.column.addWidget(label("A few words"))


class HalfThere(Plain):
    """A page that breaks when Qt asks it to paint, which Qt only prints."""

    name, title = "half-there", "Half there"

    def paintEvent(self, event: QPaintEvent) -> None:
        raise LookupError("a part of it is missing")


class LaidOutByTurns(Plain):
    """A page whose parts tell their height one a turn, as what wraps in a part of a tab does."""

    name, title = "by-turns", "By turns"
    painted: ClassVar[list[int]] = []  # how many parts had told it by then

    def on_show(self, object_id: str | None = None) -> None:
        super().on_show(object_id)
        self.parts = 0
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        self.parts += 1
        if self.parts < 5:
            QTimer.singleShot(0, self._tell)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(self.parts)


type Draw = Callable[..., list[Path]]


@pytest.fixture
def draw(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Pictures of these pages, drawn in the application that runs, which is dressed already."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def made(*pages: type[Page]) -> list[Path]:
        monkeypatch.setattr("pupil_desk.ui.pages.pages", lambda: pages)
        return start.draw_pages(desk, tmp_path)

    return made


def test_each_page_is_a_picture_that_says_what_drew_it(draw: Draw, tmp_path: Path) -> None:
    (picture,) = draw(Plain)
    drawn = QImage(str(picture))
    assert drawn.text("Software").startswith("Qt 6.")
    assert drawn.text("Software").endswith(QApplication.platformName())
    assert len({drawn.pixel(x, y) for x in range(0, drawn.width(), 7) for y in range(0, drawn.height(), 7)}) > 1
    assert list(tmp_path.glob("*.json")) == []


def test_a_page_is_drawn_once_each_part_has_told_its_height(draw: Draw) -> None:
    draw(LaidOutByTurns)
    assert LaidOutByTurns.painted[-1] == 5


@pytest.mark.qt_no_exception_capture
def test_a_page_that_breaks_while_it_is_painted_is_no_picture(draw: Draw) -> None:
    with pytest.raises(LookupError, match="a part of it is missing"):
        draw(Plain, HalfThere)


_HELD = """
import subprocess, sys, threading
from pathlib import Path
from PySide6.QtWidgets import QApplication
from pupil_desk.basics.pc import own_program
from pupil_desk.ui import start

app = QApplication([])
subprocess.Popen = lambda command, env, **_: print(*command[1:], "for", env["PUPIL_DESK_LOCKED"])
start.LAST_MOMENT = float(sys.argv[1])
start.start_again(Path("unit.pupildesk"), "Dana Officer")
sys.stdout.flush()
if sys.argv[2] == "held":
    threading.Event().wait(50)  # as a dialog of the system's own holds it
    sys.exit(3)
"""


def _run(last: float, how: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", _HELD, str(last), how],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env=surroundings,
        timeout=60,
    )


def test_it_ends_while_a_dialog_of_the_system_holds_it() -> None:
    ended = _run(0.1, "held")
    assert (ended.returncode, ended.stdout.strip()) == (0, "-m pupil_desk --unit unit.pupildesk for Dana Officer")


def test_it_does_not_wait_for_the_last_moment() -> None:
    assert _run(3_000, "free").returncode == 0


START = Path(__file__).parents[2] / "pupil_desk" / "ui" / "start.py"


def test_the_name_is_one_that_windows_takes() -> None:
    assert re.fullmatch(r"[A-Za-z]+\.[A-Za-z]+", PROGRAM_ID)  # company and product, no spaces
    assert len(PROGRAM_ID) < 128


@pytest.mark.skipif(sys.platform == "win32", reason="there it is told")
def test_elsewhere_there_is_nothing_to_tell() -> None:
    assert name_the_program() is False


def test_it_is_told_before_there_is_a_window() -> None:
    text = START.read_text(encoding="utf-8")
    assert text.index("name_the_program()") < text.index("QApplication(sys.argv")
