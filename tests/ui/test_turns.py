"""The window has its turns while a page, a part of a record or a tab is made, whatever falls into them."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.watch import making
from pupil_desk.ui.kit.watch.making import Making
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.consents.page import ConsentsPage
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.window import Window
from tests.ui.pages.made import keep_safeguarding, pupil_called
from tests.ui.whole import whole_window

A_FORM, A_LIST = 20, 3  # turns at least, while a part with several forms is made, or with one list


class Turns:
    """In each turn of the window it is asked what it is asked in the program: whether something is typed, and what."""

    def __init__(self, window: Window) -> None:
        self.count, self._window = 0, window
        self._beat = QTimer(window, interval=0)
        self._beat.timeout.connect(self._take)
        self._beat.start()

    def _take(self) -> None:
        if self._window.making.is_under_way:
            self.count += 1
            for page in self._window.open_pages:
                assert not page.dirty
                page.draft()


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    """With every page on the rail, that of safeguarding too."""
    keep_safeguarding(invented_desk)
    return invented_desk


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Window]:
    monkeypatch.setattr(making, "_STEP", 0.0)

    def opened(*, in_steps: bool) -> Window:
        made = whole_window(qtbot, desk, tmp_path, 1366, 768)
        made.making.in_steps = in_steps
        made.show()
        return made

    return opened


def test_nothing_half_made_is_met_in_a_turn_while_pages_tabs_and_parts_are_made(open_window: Callable[..., Window], desk: Desk) -> None:
    window = open_window(in_steps=True)
    turns, seen = Turns(window), []
    for page in pages():
        window.go(page.name)
        seen.append(window.page.name)
        for tabs in window.page.findChildren(Tabs):
            for place in range(tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(place)
    window.go("pupils", pupil_called(desk, "Priya").id)
    for key, _words, _kind in PARTS:
        window.page.view.turn_to(key)  # type: ignore[attr-defined]
        assert window.page.view.part.isVisible()  # type: ignore[attr-defined]
    assert seen == [page.name for page in pages()]
    assert turns.count > len(seen) + len(PARTS)


@pytest.mark.parametrize(("part", "least", "most"), [("stays", A_FORM, 200), ("attachments", A_LIST, 100)])
def test_a_part_with_many_fields_gives_the_window_many_turns_and_comes_into_it_piece_by_piece(
    open_window: Callable[..., Window], desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, least: int, most: int
) -> None:
    """Qt dresses all that comes in at once with one call: of a large part that took 70 ms."""
    window = open_window(in_steps=True)
    window.go("pupils", pupil_called(desk, "Priya").id)
    turns, stack, pause = Turns(window), window.page.view.stack, Making.pause  # type: ignore[attr-defined]
    there = [len(stack.findChildren(QWidget))]
    monkeypatch.setattr(Making, "pause", lambda making: there.append(len(stack.findChildren(QWidget))) or pause(making))
    window.page.view.turn_to(part)  # type: ignore[attr-defined]
    assert turns.count >= least
    assert max(now - before for before, now in pairwise(there)) <= most


def test_the_cursor_goes_from_one_tab_to_the_first_stop_of_another_though_that_is_made_in_turns(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    window = open_window(in_steps=True)
    qtbot.waitActive(window)
    window.go("consents")
    page = window.page
    assert isinstance(page, ConsentsPage)
    page.search()
    assert QApplication.focusWidget() is page.pupil_view.find_box
    page.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.many.subject
