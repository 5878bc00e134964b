"""The next step: a second press meant for one step does not take the next, and one who comes back is never made to wait."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.next_act import NextAct


@pytest.fixture
def heard() -> list[str]:
    return []


def test_the_second_click_of_a_double_click_does_not_take_the_step_that_has_come_in_its_place(qtbot: QtBot, heard: list[str]) -> None:
    step = NextAct()
    qtbot.addWidget(step)
    second = ("Second", lambda: heard.append("second"))
    step.offer("first", [("First", lambda: (heard.append("first"), step.offer("second", [second])))])
    step.show()
    for _press in range(2):
        qtbot.mouseClick(step.buttons[0], Qt.MouseButton.LeftButton)
    assert heard == ["first"]


def test_who_was_elsewhere_meanwhile_takes_the_next_step_at_once(qtbot: QtBot, heard: list[str]) -> None:
    stack, view, step, form = QStackedWidget(), QWidget(), NextAct(), QLineEdit()
    qtbot.addWidget(stack)
    QVBoxLayout(view).addWidget(step)
    stack.addWidget(view)
    stack.addWidget(form)
    step.offer("first", [("&First", lambda: (heard.append("first"), stack.setCurrentWidget(form)))])
    assert step.buttons[0].accessibleName() == "First"
    stack.show()
    qtbot.keyClick(step.buttons[0], Qt.Key.Key_Space)
    step.offer("second", [("Second", lambda: heard.append("second"))])
    stack.setCurrentWidget(view)
    qtbot.keyClick(step.buttons[0], Qt.Key.Key_Space)
    assert heard == ["first", "second"]
