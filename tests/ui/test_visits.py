"""A day at the desk leaves nothing behind: after so many visits there are as many widgets, timers and keys as before, and the program is as large."""

import gc
import resource
from collections import Counter
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called
from tests.ui.whole import whole_window

WARM = 1  # round after which all that is made once has been made
MOST_GROWN = 0.02  # of its size, over the long run: the log of the views grows by as much


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, desk, tmp_path, 1366, 768)
    made.go("home")
    made.show()
    return made


def settle() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def count() -> Counter[str]:
    """Everything that Qt holds by its class, the pages and jobs that Python does, and the widgets that Python holds though Qt has let go of them."""
    for _turn in range(3):
        settle()
        gc.collect()
    windows = QApplication.topLevelWidgets()
    found = Counter(type(each).__name__ for window in windows for each in (window, *descendants(window, QObject)))
    held = [each for each in gc.get_objects() if isinstance(each, QObject)]
    found.update(f"{type(each).__name__} in Python" for each in held if isinstance(each, Page | Job))
    found.update(f"{type(each).__name__} that has gone" for each in held if isinstance(each, QWidget) and not shiboken6.isValid(each))
    return found


def go_round(window: Window, pupil_id: str) -> int:
    """Every page with each of its tabs, and with a pupil; every part of a record; the box that finds. The number of visits."""
    visits = 0
    for page in pages():
        for record in (None, pupil_id):
            window.go(page.name, record)
            settle()
            visits += 1
        for tabs in window.page.findChildren(QTabWidget):
            for place in (*range(tabs.count()), 0):
                tabs.setCurrentIndex(place)
                settle()
        window.banner.dismiss()  # an Undo that is offered keeps its page
        window.stack.let_go()  # as the window does by itself once nobody waits for anything
    window.go("pupils", pupil_id)
    for key, _words, _kind in PARTS:
        window.page.view.turn_to(key)  # type: ignore[attr-defined]
        settle()
        visits += 1
    window.find_anything()
    window.findChildren(Finder)[-1].close()
    window.banner.dismiss()
    window.stack.let_go()
    return visits


def test_no_visit_leaves_anything_behind(window: Window) -> None:
    pupil_id = pupil_called(window.context.desk, "Priya").id
    for _round in range(WARM):
        go_round(window, pupil_id)
    before = count()
    visits = go_round(window, pupil_id)
    after = count()
    assert visits > 40
    assert {name: after[name] - before[name] for name in after if after[name] > before[name]} == {}


@pytest.mark.torture
def test_two_thousand_visits_leave_nothing_behind_and_the_program_as_large_as_it_was(window: Window) -> None:
    pupil_id = pupil_called(window.context.desk, "Priya").id
    visits = 0
    for _round in range(WARM * 6):
        visits += go_round(window, pupil_id)
    before, size = count(), resident()
    while visits < 2_000:
        visits += go_round(window, pupil_id)
    assert count() == before
    assert resident() < size * (1 + MOST_GROWN)


def resident() -> float:
    """Megabytes of this process that stand in memory."""
    pages_held = int(Path("/proc/self/statm").read_text().split()[1])
    return pages_held * resource.getpagesize() / 2**20
