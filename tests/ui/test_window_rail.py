"""The rail in the window: its groups for each role, the keys with a number, and the menu at the top where it has no room."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.groups import DAILY, FAMILIES, LEAVING
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.lists.rail_lines import KEY_ROLE
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.ui.window_pages import Home, People, Record


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> Callable[..., Window]:
    def make(seat: Desk = desk) -> Window:
        window = Window((Home, Record, People), desk=seat, jobs=ImmediateJobs(), ask=answers, memory=Memory(tmp_path / "w.json"))
        qtbot.addWidget(window, before_close_func=lambda closing: closing.page.discard())
        window.go("home")
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


def names_on(window: Window) -> list[str]:
    return [window.rail.list.item(place).text() for place in range(window.rail.list.count())]


def test_the_rail_is_a_named_menu_at_the_top_where_it_would_take_the_page_its_room(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window()
    window.resize(1180, 700)
    qtbot.waitUntil(window.rail.list.isVisible)
    wide = window.rail.width()
    qtbot.waitUntil(lambda: window.stack.mapTo(window, QPoint(0, 0)).x() == wide)
    window.resize(700, 500)
    qtbot.waitUntil(lambda: window.rail.width() == 700)
    qtbot.waitUntil(lambda: window.rail.menu.text() == "Pages: Home")
    assert (window.rail.find_button.text(), window.rail.lock.text()) == ("Find", "Lock")
    assert window.stack.mapTo(window, QPoint(0, 0)).x() == 0
    assert window.rail.list.isHidden()
    window.rail.menu.setFocus()
    qtbot.keyClick(window.rail.menu, Qt.Key.Key_Return)
    choices = QApplication.activePopupWidget()
    assert isinstance(choices, QMenu)
    assert [act.text() for act in choices.actions()] == ["Home\tCtrl+1", "Record\tCtrl+2", "Users\tCtrl+3"]
    qtbot.keyClick(choices, Qt.Key.Key_Down)
    qtbot.keyClick(choices, Qt.Key.Key_Return)
    assert window.page.name == "record"
    assert window.rail.menu.text() == "Pages: Record"
    window.resize(1180, 700)
    qtbot.waitUntil(lambda: window.rail.width() == wide)
    qtbot.waitUntil(window.rail.list.isVisible)


def test_ctrl_and_a_number_opens_what_has_that_number_on_the_rail(
    open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Home, "group", DAILY)
    monkeypatch.setattr(Record, "group", FAMILIES)
    window = open_window()
    assert names_on(window) == ["Daily", "Home", "Families", "Record", "Users"]
    assert window.rail.list.item(4).toolTip() == "Users (Ctrl+3)"
    assert window.rail.list.item(4).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Ctrl+3"
    beside = [window.rail.list.item(place).data(KEY_ROLE) for place in (1, 3, 4)]
    assert beside == ["Ctrl+1", "Ctrl+2", "Ctrl+3"]
    assert [window.rail.list.item(place).icon().isNull() for place in (0, 2)] == [True, False], "the group where one is folds not"
    window.rail.fold("families", folded=True)
    assert names_on(window) == ["Daily", "Home", "Families", "Users"]
    assert window.rail.list.item(3).toolTip() == "Users (Ctrl+2)"
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page.name == "people"
    assert not any(window.rail.list.item(place).icon().isNull() for place in (0, 2))


def test_a_group_is_folded_for_a_role_until_it_is_opened_and_stays_so(
    open_window: Callable[..., Window], desk_as: Callable[[Role], Desk], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Home, "group", DAILY)
    monkeypatch.setattr(Record, "group", LEAVING)
    office = desk_as(Role.OFFICE)
    window = open_window(office)
    assert names_on(window) == ["Daily", "Home", "What leaves"]
    assert window.rail.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole) == "What leaves, 1 page, folded"
    window.rail.list.setCurrentRow(2)
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Return)
    assert names_on(window) == ["Daily", "Home", "What leaves", "Record"]
    assert window.rail.list.currentItem().text() == "What leaves"
    assert names_on(open_window(office)) == ["Daily", "Home", "What leaves", "Record"]
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Left)
    assert names_on(open_window(office)) == ["Daily", "Home", "What leaves"]


def test_where_one_is_stays_shown(
    open_window: Callable[..., Window], desk_as: Callable[[Role], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Home, "group", DAILY)
    monkeypatch.setattr(Record, "group", LEAVING)
    window = open_window(desk_as(Role.OFFICE))
    window.go("record")
    assert names_on(window) == ["Daily", "Home", "What leaves", "Record"]
    window.rail.fold("leaving", folded=True)
    assert window.rail.list.currentItem().text() == "Record"
    window.go("home")
    assert names_on(window) == ["Daily", "Home", "What leaves", "Record"]  # nothing moves under the pointer by leaving


def test_each_role_finds_its_groups() -> None:
    """Every page stands beside the others of its group; what an office seldom uses is folded for it."""
    groups = [page.group for page in pages()]
    in_order = [group for group, _pages in groupby(groups)]
    assert [group.title for group in in_order] == ["Daily", "Families", "What leaves", "The unit", ""]
    assert [group.title for group in in_order if Role.OFFICE in group.seldom] == ["What leaves", "The unit"]
    assert [group.title for group in in_order if Role.DATA_OFFICER in group.seldom] == []
