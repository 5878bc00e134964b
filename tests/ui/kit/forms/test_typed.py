"""Letters typed on a list of choices: one line that begins so is taken, and of several none that nobody chose."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox

TODAY = date(2026, 11, 24)


@pytest.fixture
def reasons(qtbot: QtBot) -> Iterator[CodeBox]:
    """«ph» is a code among them, and what the words of two others begin with."""
    window = QWidget()
    qtbot.addWidget(window)
    made = CodeBox("exclusion_reason", today=TODAY, name="Main reason")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made  # noqa: PT022 - the window must live as long


def test_enter_takes_none_of_several_that_begin_so_and_lights_the_first(reasons: CodeBox) -> None:
    QTest.keyClicks(reasons, "ph")
    popup = reasons.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert (reasons.currentText(), reasons.code()) == ("ph", None)
    assert popup.isVisible()
    assert popup.currentIndex().data() == "Physical assault against a pupil (PP)"
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert (reasons.code(), popup.isVisible()) == ("PP", False)


def test_enter_opens_the_list_again_where_it_was_closed(reasons: CodeBox) -> None:
    QTest.keyClicks(reasons, "ph")
    popup = reasons.completer().popup()
    popup.hide()
    QTest.keyClick(reasons, Qt.Key.Key_Return)
    assert reasons.code() is None
    assert popup.isVisible()
    assert popup.currentIndex().data() == "Physical assault against a pupil (PP)"
    popup.hide()


@pytest.mark.parametrize("typed", ["ph", "PH"])
def test_leaving_takes_none_of_several_that_begin_so(reasons: CodeBox, typed: str) -> None:
    QTest.keyClicks(reasons, typed)
    reasons.completer().popup().hide()
    reasons.window().findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).setFocus()
    assert (reasons.currentText(), reasons.code()) == (typed, None)


def test_the_only_line_that_begins_so_is_lit_while_one_types(qtbot: QtBot, reasons: CodeBox) -> None:
    popup = reasons.completer().popup()
    QTest.keyClicks(reasons, "bul")
    qtbot.waitUntil(lambda: popup.currentIndex().data() == "Bullying (BU)")
    assert reasons.currentText() == "bul"
    QTest.keyClicks(reasons, "x")
    qtbot.waitUntil(lambda: not popup.currentIndex().isValid())


YEARS = [("", "All pupils"), ("9", "Year 9"), ("10", "Year 10"), ("11", "Year 11")]


@pytest.fixture
def years(qtbot: QtBot) -> Iterator[ChoiceBox]:
    box = ChoiceBox(YEARS, name="Group")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    box.setFocus()
    yield box
    box.hidePopup()
    window.close()


def test_a_letter_that_one_line_begins_with_takes_it(years: ChoiceBox) -> None:
    years.set_key("9")
    QTest.keyClicks(years, "a")
    assert (years.key(), years.view().isVisible()) == ("", False)


def test_a_letter_that_several_begin_with_opens_the_list_and_takes_none(qtbot: QtBot, years: ChoiceBox) -> None:
    told = list[int]()
    years.activated.connect(told.append)
    QTest.keyClicks(years, "y")
    qtbot.waitUntil(years.view().isVisible)
    assert (years.key(), years.view().currentIndex().data()) == ("", "Year 9")
    QTest.keyClicks(years.view(), "y")
    assert years.view().currentIndex().data() == "Year 10"
    QTest.keyClick(years.view(), Qt.Key.Key_Escape)
    assert (years.key(), told) == ("", [])


def test_what_is_typed_on_narrows_until_one_line_is_left_which_is_taken(years: ChoiceBox) -> None:
    QTest.keyClicks(years, "y")
    QTest.keyClicks(years.view(), "ear 1")
    assert (years.key(), years.view().currentIndex().data()) == ("", "Year 10")
    QTest.keyClicks(years.view(), "1")
    assert (years.key(), years.view().isVisible()) == ("11", False)


def test_tab_takes_the_line_that_is_lit_and_goes_on(qtbot: QtBot, years: ChoiceBox) -> None:
    QTest.keyClicks(years, "y")
    QTest.keyClick(years.view(), Qt.Key.Key_Tab)
    assert (years.key(), years.view().isVisible()) == ("9", False)
    qtbot.waitUntil(lambda: not years.hasFocus())
