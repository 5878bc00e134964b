"""A line that offers names opens its list as every drop-down does, beneath it, and a beginning that one name has is taken from the list."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import LastNameCompleter, NameCompleter, NamesOffered, offer_names
from pupil_desk.ui.style.look import Look, dress

NAMES = ("Larkfield Motors", "Larkfield Farm", "The Brick Yard")


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit(window)
    window.resize(500, 400)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    yield line
    window.close()


@pytest.mark.parametrize("by", ["F4", "Alt+Down", "click"])
def test_it_opens_beneath_the_line_with_all_names(line: QLineEdit, by: str) -> None:
    NamesOffered(line, NameCompleter(NAMES, line))
    if by == "click":
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    elif by == "F4":
        QTest.keyClick(line, Qt.Key.Key_F4)
    else:
        QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = line.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == len(NAMES)
    assert popup.y() >= line.mapToGlobal(line.rect().bottomLeft()).y()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_beginning_that_one_name_has_is_taken_and_one_of_several_or_in_the_middle_is_not(line: QLineEdit, key: Qt.Key) -> None:
    NamesOffered(line, NameCompleter(NAMES, line))
    for typed, stands in (("the b", "The Brick Yard"), ("lark", "lark"), ("brick", "brick")):
        line.clear()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line.completer().popup(), key)
        assert line.text() == stands


def test_esc_leaves_ones_own_words(line: QLineEdit) -> None:
    NamesOffered(line, NameCompleter(NAMES, line))
    QTest.keyClicks(line, "the b")
    QTest.keyClick(line.completer().popup(), Qt.Key.Key_Escape)
    assert (line.text(), line.completer().popup().isVisible()) == ("the b", False)


def test_after_a_comma_the_next_name_is_found_and_those_before_stay(line: QLineEdit) -> None:
    NamesOffered(line, LastNameCompleter(NAMES, line))
    QTest.keyClicks(line, "Larkfield Farm, the")
    QTest.keyClick(line.completer().popup(), Qt.Key.Key_Return)
    assert line.text() == "Larkfield Farm, The Brick Yard"


def test_other_names_take_their_place_and_a_line_that_is_only_read_opens_none(line: QLineEdit) -> None:
    offered = NamesOffered(line, NameCompleter(NAMES, line))
    offered.offer(["Mill House"])
    QTest.keyClick(line, Qt.Key.Key_F4)
    assert [line.completer().popup().model().index(0, 0).data()] == ["Mill House"]
    line.completer().popup().hide()
    line.setReadOnly(True)
    QTest.keyClick(line, Qt.Key.Key_F4)
    assert not line.completer().popup().isVisible()


def test_an_item_that_is_offered_names_again_has_one_list_of_the_last_ones_whose_keys_are_taken(qtbot: QtBot) -> None:
    form = Form(Placement, today=date(2026, 3, 2))
    qtbot.addWidget(form)
    for names in (NAMES, ("Mill House",), ("Larkfield Farm", "Mill Lane")):
        offer_names(form, "provider", names)
    form.show_record(None)
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    line = form.fields["provider"].editor.field
    assert isinstance(line, QLineEdit)
    assert (len(line.findChildren(NamesOffered)), len(line.findChildren(NameCompleter))) == (1, 1)
    line.setFocus()
    QTest.keyClicks(line, "mill")
    QTest.keyClick(line.completer().popup(), Qt.Key.Key_Tab)
    assert line.text() == "Mill Lane"


def test_a_list_of_more_lines_than_it_shows_has_a_scroll_bar(qtbot: QtBot, look: Look) -> None:
    box = ChoiceBox(name="Group")
    dress(box)
    qtbot.addWidget(box)
    box.show()
    for number in (10, 11):
        box.offer([(str(place), f"Group {place}") for place in range(number)])
        box.showPopup()
        QApplication.processEvents()
        assert box.view().verticalScrollBar().isVisible() is (number > box.maxVisibleItems())
        box.hidePopup()
