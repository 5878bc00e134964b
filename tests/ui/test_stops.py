"""How often Tab is pressed until it comes round: at most forty times on each page, with a training unit's work in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.ui.scenes import busiest
from tests.ui.whole import copy_at_desk

MOST = 40
MOST_OF_ALL = 200


@pytest.fixture(scope="module")
def window(training_unit: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("stops")
    with copy_at_desk(training_unit, folder, OFFICER, PASSWORD) as desk:
        made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(folder / "window.json"), training=True)
        made.resize(1366, 737)
        made.show()
        made.activateWindow()
        yield made
        made.page.discard()
        made.close()
        made.deleteLater()


def stops(window: Window, qtbot: QtBot) -> list[str]:
    """What Tab comes to, from the list of pages until it is there again."""
    QApplication.processEvents()
    window.rail.list.setFocus()
    met: list[str] = []
    while len(met) < MOST_OF_ALL:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is window.rail.list:
            return met
        met.append(now.accessibleName())
    return met


@pytest.mark.parametrize("of_a_pupil", [False, True], ids=["page", "pupil"])
@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_tab_comes_round_within_forty_stops(window: Window, qtbot: QtBot, name: str, of_a_pupil: bool) -> None:
    window.go(name, busiest(window.context.desk) if of_a_pupil else None)
    assert len(met := stops(window, qtbot)) <= MOST, met
