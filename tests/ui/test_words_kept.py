"""Nothing typed is lost by a slip: on every page, part and form of the training unit, Esc and another page ask, keep the words or offer them back."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_out
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.window import Window
from tests.trained import training_unit
from tests.ui.further_scenes import further_scenes
from tests.ui.pages.made import CLOCK
from tests.ui.scenes import Scene, busiest, scenes
from tests.ui.slips import WordsTyped
from tests.ui.still import SafeAnswers
from tests.ui.whole import copy_at_desk


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    sign_out(training_unit(folder / "unit.pupildesk", number=20, clock=CLOCK).desk)
    return folder


@pytest.fixture
def desk(kept: Path, tmp_path: Path) -> Iterator[Desk]:
    with copy_at_desk(kept, tmp_path, OFFICER, PASSWORD) as opened:
        yield opened


@pytest.fixture
def ask() -> SafeAnswers:
    return SafeAnswers()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, ask: SafeAnswers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    for dialog in (QDialog, QPrintDialog):
        monkeypatch.setattr(dialog, "exec", lambda *_how: QDialog.DialogCode.Rejected)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_address: True)
    made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=ask, memory=Memory(tmp_path / "window.json"), training=True)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.page.discard())
    made.resize(1366, 737)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("home")
    return made


def moving_house(window: Window, pupil_id: str) -> Scene:
    def begin() -> None:
        window.go("pupils", pupil_id)
        page = window.page
        assert isinstance(page, PupilsPage)
        page.view.edit()
        page.view.part.begin_move()  # type: ignore[attr-defined]

    return "record, move house", begin


@pytest.mark.parametrize("one_of", [16, pytest.param(1, marks=pytest.mark.torture)])
def test_nothing_typed_is_lost_by_esc_or_another_page(window: Window, ask: SafeAnswers, tmp_path: Path, one_of: int) -> None:
    """The suite types into one of sixteen fields: each takes a tenth of a second and more. In a house move all are typed into."""
    someone, walk, move = busiest(window.context.desk), WordsTyped(window, ask, one_of=one_of), WordsTyped(window, ask)
    walked = (
        scenes(window, someone, tmp_path)
        if one_of > 1
        else chain(scenes(window, someone, tmp_path), further_scenes(window, someone, tmp_path))
    )
    lost = [where for scene in walked for where in walk.lost(scene)]
    lost += move.lost(moving_house(window, someone))
    assert walk.typed_into * one_of > 100, "a walk that comes nowhere finds nothing"
    assert move.typed_into >= 3
    assert not lost, "\n".join(lost)


class Forgetful(QLineEdit):
    """A field that Esc empties."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)


def test_words_that_go_are_found(window: Window, ask: SafeAnswers) -> None:
    line = Forgetful()
    line.setAccessibleName("Why")
    window.page.column.addWidget(line)
    assert list(WordsTyped(window, ask).lost(("planted", lambda: None))) == ["planted: Why: Esc"]
