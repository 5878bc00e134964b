"""Where Tab comes to in a group of answers, and what Y and N choose there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from tests.ui.kit.forms.test_typed import TODAY

WORDS = ("Yes: give it.", "No: do not give it.", "No answer to this question")


@pytest.fixture
def answers(qtbot: QtBot) -> Iterator[list[QRadioButton]]:
    """Three answers after a line of text, which has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    column, group = QVBoxLayout(window), RadioGroup(window)
    before, made = QLineEdit(), [QRadioButton(words) for words in WORDS]
    column.addWidget(before)
    for answer in made:
        group.add(answer, answer.text())
        column.addWidget(answer)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    yield made  # noqa: PT022 - the window must live as long


def tab() -> QWidget | None:
    """Where Tab comes to from what has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    return QApplication.focusWidget()


def test_tab_comes_to_the_answer_that_is_chosen_and_then_out_of_the_group(answers: list[QRadioButton]) -> None:
    answers[2].setChecked(True)
    assert tab() is answers[2]
    assert isinstance(tab(), QLineEdit)


def test_tab_comes_to_the_first_answer_where_none_is_chosen(answers: list[QRadioButton]) -> None:
    assert tab() is answers[0]
    assert not answers[0].isChecked()
    assert isinstance(tab(), QLineEdit)


def test_another_answer_chosen_by_the_program_is_where_tab_comes_to_next(answers: list[QRadioButton]) -> None:
    answers[0].setChecked(True)
    tab()
    tab()
    answers[1].setChecked(True)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is answers[1]


@pytest.mark.parametrize(("letters", "chosen"), [("y", 0), ("N", 1), ("yn", 1)])
def test_y_and_n_choose_yes_and_no_and_no_other_answer_that_begins_so(answers: list[QRadioButton], letters: str, chosen: int) -> None:
    answers[2].setChecked(True)
    tab()
    for letter in letters:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    assert [answer.isChecked() for answer in answers].index(True) == chosen
    assert QApplication.focusWidget() is answers[chosen]


def test_a_letter_with_ctrl_chooses_nothing(answers: list[QRadioButton]) -> None:
    answers[2].setChecked(True)
    tab()
    QTest.keyClick(answers[2], Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert answers[2].isChecked()


def test_what_a_letter_chose_in_a_form_is_what_the_form_holds(qtbot: QtBot) -> None:
    form = Form(Contact, today=TODAY)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    form.fields["parental_responsibility"].editor.field.setFocus()
    with qtbot.waitSignal(form.edited):
        QTest.keyClicks(QApplication.focusWidget(), "y")
    assert form.draft()["parental_responsibility"] == "yes"
