"""Tabs ask for the room of the one in view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import Look, dress


def test_a_hidden_tab_that_needs_more_room_asks_for_none(qtbot: QtBot) -> None:
    tabs = Tabs("Parts")
    qtbot.addWidget(tabs)
    small, large = QWidget(), QWidget()
    small.setMinimumSize(200, 100)
    large.setMinimumSize(700, 600)
    tabs.addTab(small, "Small")
    tabs.addTab(large, "Large")
    tabs.show()
    bar = tabs.tabBar().sizeHint().height()
    assert (tabs.minimumSizeHint().width(), tabs.minimumSizeHint().height()) == (200, 100 + bar)
    tabs.setCurrentIndex(1)
    assert (tabs.minimumSizeHint().width(), tabs.minimumSizeHint().height()) == (700, 600 + bar)
    assert tabs.accessibleName() == tabs.tabBar().accessibleName() == "Parts"


def test_ctrl_and_page_keys_turn_the_tabs_that_the_cursor_is_in(qtbot: QtBot) -> None:
    outer, inner = Tabs("Outer"), Tabs("Inner")
    qtbot.addWidget(outer)
    lines = [QLineEdit() for _number in range(4)]
    for number, line in enumerate(lines[:3]):
        inner.addTab(line, f"Inner {number}")
    outer.addTab(inner, "First")
    outer.addTab(lines[3], "Second")
    inner.setTabVisible(1, False)
    outer.show()
    outer.activateWindow()
    qtbot.waitActive(outer)

    def press(key: Qt.Key, at: QLineEdit) -> tuple[int, int]:
        at.setFocus()
        qtbot.waitUntil(at.hasFocus)
        qtbot.keyClick(at, key, Qt.KeyboardModifier.ControlModifier)
        return outer.currentIndex(), inner.currentIndex()

    assert press(Qt.Key.Key_PageDown, lines[0]) == (0, 2)
    assert press(Qt.Key.Key_PageDown, lines[2]) == (0, 2), "there is no further one"
    assert press(Qt.Key.Key_PageUp, lines[2]) == (0, 0)
    outer.setCurrentIndex(1)
    assert press(Qt.Key.Key_PageUp, lines[3]) == (0, 0)


def test_tab_comes_to_the_tabs_once_before_what_is_in_them(qtbot: QtBot) -> None:
    window = QWidget()
    before, within = QLineEdit(), QLineEdit()
    tabs = Tabs("Parts")
    tabs.addTab(within, "Only one")
    column_in(window, 0, before, tabs)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    stops = []
    for _stop in range(3):
        stops.append(QApplication.focusWidget())
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert stops == [before, tabs.tabBar(), within]


@pytest.mark.parametrize("size", [100, 200])
def test_no_tab_moves_or_changes_its_width_as_another_is_chosen(qtbot: QtBot, look: Look, size: int) -> None:
    look.set_text_size(size)
    try:
        tabs = Tabs("Parts")
        qtbot.addWidget(tabs)
        for words in ("One pu&pil", "Given and ac&knowledged", "Types"):
            tabs.addTab(QWidget(), words)
        tabs.setTabIcon(2, icon("lock"))
        dress(tabs)
        tabs.resize(1200, 200)
        tabs.show()
        places = []
        for chosen in range(3):
            tabs.setCurrentIndex(chosen)
            QApplication.processEvents()
            places.append([tabs.tabBar().tabRect(place) for place in range(3)])
        assert places[0] == places[1] == places[2]
        bold = QFont(tabs.tabBar().font())
        bold.setBold(True)
        words = QFontMetrics(bold).horizontalAdvance("Given and acknowledged")
        assert places[0][1].width() >= words + 2 * tokens.S  # none is cut
        assert places[0][2].width() >= QFontMetrics(bold).horizontalAdvance("Types") + tabs.iconSize().width() + 2 * tokens.S
        tabs.resize(300, 200)
        arrows = [arrow for arrow in tabs.tabBar().findChildren(QToolButton) if arrow.isVisible()]
        assert len(arrows) == 2
        assert all(arrow.width() >= tokens.scaled(tokens.TARGET_LEAST, size) for arrow in arrows), "as large as the text"
        for arrow in arrows:
            drawn = arrow.grab(arrow.rect().adjusted(4, 4, -4, -4)).toImage()
            assert len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}) > 1, "which way it leads is seen"
    finally:
        look.set_text_size(100)


def test_a_click_on_a_tab_brings_the_cursor_into_its_part(qtbot: QtBot) -> None:
    window, beside = QWidget(), QLineEdit()
    tabs, parts = Tabs("Parts"), [QWidget(), QWidget()]
    lines = [QLineEdit(), QLineEdit()]
    for number, part in enumerate(parts):
        column_in(part, 0, QLabel("Words"), lines[number])
        tabs.addTab(part, f"Part {number}")
    column_in(window, 0, beside, tabs)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    for number in (1, 0, 0):
        beside.setFocus()
        qtbot.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=tabs.tabBar().tabRect(number).center())
        qtbot.waitUntil(lines[number].hasFocus)
    beside.setFocus()
    tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert beside.hasFocus(), "nobody clicked"


@pytest.mark.parametrize("by_keys", [False, True])
def test_a_part_that_has_its_rows_once_it_is_turned_to_has_the_cursor_in_its_list(qtbot: QtBot, by_keys: bool) -> None:
    """A list without rows is no stop: the cursor went to the picture beside it, and stayed there as the rows came."""
    window, first_part, line = QWidget(), QWidget(), QLineEdit()
    tabs, lists = Tabs("Parts"), []

    def make() -> QWidget:
        part, rows = QWidget(), Table[str]((Column("name", "Name", str),), name="Registers", id_of=str)
        column_in(part, 0, rows, QLineEdit())
        rows.show_rows([])
        lists.append(rows)
        return tabs.put("later", part)

    column_in(first_part, 0, line)
    tabs.addTab(first_part, "First")
    tabs.add_later("later", make, "Later")
    tabs.currentChanged.connect(lambda _place: lists[0].show_rows(["7A", "8B"]))
    column_in(window, 0, tabs)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    if by_keys:
        qtbot.keyClick(line, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=tabs.tabBar().tabRect(1).center())
    qtbot.waitUntil(lambda: bool(lists) and lists[0].hasFocus())
