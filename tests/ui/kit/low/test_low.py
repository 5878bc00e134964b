"""In a low window the head of a page is one line and the boxes over a list fold behind one button; nothing is lost by it."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.low.foldable import LOW, tell_height
from pupil_desk.ui.kit.words import STRETCH, column_in, label, labelled
from pupil_desk.ui.style.look import dress

WORDS = ("New pupil", "Choose several", "Print sheet", "Sharing choices", "Notices")


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def heading(pressed: list[str]) -> Heading:
    def press(words: str) -> Callable[[], object]:
        return lambda: pressed.append(words)

    commands = [Command(words, words, press(words), shortcut="Ctrl+J" if words == "Notices" else "") for words in WORDS]
    return Heading("Pupils", commands, text="56 on roll")


def window_of(qtbot: QtBot, part: QWidget, height: int) -> QWidget:
    window = QWidget()
    column_in(window, 0, part, STRETCH)
    dress(window)
    qtbot.addWidget(window)
    window.resize(560, height)
    window.show()
    window.activateWindow()
    turn(window, height)
    return window


def turn(window: QWidget, height: int) -> None:
    window.resize(window.width(), height)
    tell_height(window)
    for _turn in range(4):
        QApplication.processEvents()


def seen(window: QWidget) -> list[str]:
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    return [button.text().replace("&", "") for button in buttons]


def more(window: QWidget) -> list[QAction]:
    menu = next(button.menu() for button in window.findChildren(QPushButton) if button.isVisible() and button.menu() is not None)
    menu.aboutToShow.emit()
    return [line for line in menu.actions() if line.isVisible()]


def test_a_high_window_has_every_button_in_its_head_and_a_low_one_a_line(qtbot: QtBot, heading: Heading, pressed: list[str]) -> None:
    window = window_of(qtbot, heading, LOW)
    assert seen(window) == list(WORDS)
    high = heading.height()
    turn(window, LOW - 1)
    title, first = heading.findChild(QLabel), heading.button_of("New pupil")
    assert seen(window)[0] == "New pupil"
    assert seen(window)[-1] == "More"
    assert heading.height() <= first.height() + 4 < high
    assert abs(title.mapTo(window, title.rect().center()).y() - first.mapTo(window, first.rect().center()).y()) <= 2
    assert [*seen(window)[:-1], *(line.text() for line in more(window))] == list(WORDS)
    more(window)[-1].trigger()
    assert pressed == ["Notices"]
    turn(window, LOW)
    assert seen(window) == list(WORDS)


def test_what_the_head_says_stays_with_its_title(qtbot: QtBot, heading: Heading) -> None:
    window = window_of(qtbot, heading, LOW - 1)
    title = heading.findChild(QLabel)
    assert "56 on roll" not in [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    assert title.toolTip() == title.accessibleDescription() == "56 on roll"
    heading.set_title("Pupils", "57 on roll")
    assert title.toolTip() == "57 on roll"
    turn(window, LOW)
    assert "57 on roll" in [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    assert title.toolTip() == ""


def test_a_button_that_cannot_be_pressed_cannot_be_under_more_either(qtbot: QtBot, heading: Heading, pressed: list[str]) -> None:
    window = window_of(qtbot, heading, LOW - 1)
    heading.enable("Notices", enabled=False, reason="Choose a pupil first.")
    line = more(window)[-1]
    assert (line.isEnabled(), line.toolTip()) == (False, "Choose a pupil first.")
    next(button.menu() for button in window.findChildren(QPushButton) if button.menu() is not None).aboutToHide.emit()
    line.trigger()
    assert pressed == []
    heading.enable("Notices", enabled=True)
    line.trigger()
    assert pressed == ["Notices"]


def filters() -> tuple[FilterRow, ChoiceBox, QLineEdit]:
    year, tick, find = ChoiceBox([("", "Every year group"), ("9", "Year 9")], name="Year group"), TickBox("&Leavers too"), QLineEdit()
    row = FilterRow(labelled("&Year group", year), tick, find=("&Find by name", find), beside=label("56 pupils"))
    return row, year, find


def test_boxes_fold_behind_a_button_that_says_what_is_chosen(qtbot: QtBot) -> None:
    row, year, find = filters()
    window = window_of(qtbot, row, LOW)
    high = row.height()
    assert year.isVisible()
    assert not row.open_button.isVisible()
    turn(window, LOW - 1)
    assert not year.isVisible()
    assert row.height() <= find.height() + 4 < high
    assert "Every year group" in [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    assert row.open_button.accessibleName() == "Choices, folded"
    assert (find.isVisible(), find.placeholderText()) == (True, "Find by name")
    row.open_button.click()
    turn(window, LOW - 1)
    assert year.isVisible()
    year.setCurrentIndex(1)
    row.open_button.click()
    assert "Year 9" in [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    turn(window, LOW)
    assert year.isVisible()
    assert (row.open_button.isVisible(), find.placeholderText()) == (False, "")


def test_the_name_of_a_box_to_find_in_stands_there_without_its_key_where_there_is_no_room_for_both(qtbot: QtBot) -> None:
    find = QLineEdit()
    row = FilterRow(find=("&Find by name or number (Ctrl+F)", find))
    window = window_of(qtbot, row, LOW - 1)
    assert find.placeholderText() == "Find by name or number (Ctrl+F)"
    find.setFixedWidth(200)
    turn(window, LOW - 1)
    assert find.placeholderText() == "Find by name or number"
    turn(window, LOW)
    assert find.placeholderText() == ""


def test_a_choice_that_another_box_says_already_is_said_with_the_name_of_its_box(qtbot: QtBot) -> None:
    figure, shown = ChoiceBox([("", "Attendance")], name="Figure"), ChoiceBox([("", "Attendance"), ("a", "Absence")], name="In the chart")
    row = FilterRow(labelled("&Figure", figure), labelled("In the &chart", shown))
    window = window_of(qtbot, row, LOW - 1)
    turn(window, LOW - 1)
    assert row._chosen.text() == "Attendance, In the chart: Attendance"
    shown.setCurrentIndex(1)
    turn(window, LOW - 1)
    assert row._chosen.text() == "Attendance, Absence"


def test_a_key_that_leads_to_a_folded_box_unfolds_it(qtbot: QtBot) -> None:
    row, year, _find = filters()
    _window = window_of(qtbot, row, LOW - 1)
    row.begin_at(year)
    assert row.open_button.hasFocus()
    row.go_to(year)
    assert year.isVisible()
    assert year.hasFocus()


def test_a_box_that_does_not_belong_here_is_not_unfolded(qtbot: QtBot) -> None:
    row, year, _find = filters()
    window = window_of(qtbot, row, LOW - 1)
    place = year.parentWidget()
    row.show_box(place, visible=False)
    row.open_button.click()
    turn(window, LOW - 1)
    assert not year.isVisible()
    row.show_box(place, visible=True)
    turn(window, LOW - 1)
    assert year.isVisible()
