"""Pick lists by keyboard, by code and by words, and out of the wheel's reach."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox
from pupil_desk.ui.style.look import Look

TODAY = date(2026, 11, 24)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[CodeBox]:
    window = QWidget()
    qtbot.addWidget(window)
    made = CodeBox("ethnicity", today=TODAY, name="Ethnic group")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield made  # noqa: PT022 - the window must live as long


@pytest.mark.parametrize("typed", ["WBRI", "wbri", "White - British", "white - british (wbri)"])
def test_a_code_is_found_by_code_and_by_words(box: CodeBox, typed: str) -> None:
    box.take_text("")
    box.setEditText(typed)
    assert box.code() == "WBRI"


def test_what_is_typed_finds_as_it_goes(box: CodeBox, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClicks(box.lineEdit(), "british")
    found = box.completer().completionModel()
    words = [found.index(row, 0).data() for row in range(found.rowCount())]
    assert "White - British (WBRI)" in words
    assert all("british" in word.casefold() for word in words)


def test_the_list_that_finds_is_dressed_as_the_boxs_own(box: CodeBox, look: Look) -> None:
    box.setFocus()
    popup = box.completer().popup()
    assert (popup.property("look"), popup.styleSheet()) == ("popup", look.sheet)


def test_leaving_tidies_what_is_typed(box: CodeBox, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClicks(box.lineEdit(), "wbri")
    qtbot.keyClick(box.completer().popup(), Qt.Key.Key_Tab)
    assert box.currentText() == "White - British (WBRI)"


def test_what_is_none_of_the_list_is_kept_as_typed(box: CodeBox) -> None:
    box.setEditText("Martian")
    assert box.code() is None
    assert box.typed_text() == "Martian"


def test_it_can_be_emptied(box: CodeBox) -> None:
    box.set_code("WBRI")
    box.setEditText("")
    assert box.typed_text() == ""


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_never_edits(qtbot: QtBot, focused: bool) -> None:
    box = ChoiceBox([("a", "One"), ("b", "Two")], name="Which")
    qtbot.addWidget(box)
    box.show()
    if focused:
        box.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.key() == "a"


def test_the_keyboard_chooses(qtbot: QtBot) -> None:
    box = ChoiceBox([("a", "One"), ("b", "Two")], name="Which")
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.key() == "b"


def test_other_choices_are_offered_without_a_word_and_what_was_chosen_stays(qtbot: QtBot) -> None:
    box, told = ChoiceBox([("a", "Ann"), ("b", "Bea")]), list[int]()
    qtbot.addWidget(box)
    box.currentIndexChanged.connect(told.append)
    box.offer([("c", "Cy"), ("b", "Bea")], "b")
    assert (box.key(), box.count()) == ("b", 2)
    box.offer([("d", "Dee"), ("e", "Eve")], "b")
    assert box.key() == "d"
    box.offer([])
    assert (box.key(), box.currentIndex(), told) == ("", -1, [])
