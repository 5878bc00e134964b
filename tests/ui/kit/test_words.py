"""Buttons: pressed by Enter wherever they stand, and their icon keeps its distance from the words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.words import button


def test_enter_presses_a_button_outside_a_dialog(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    made = button("Set up a unit", lambda: pressed.append("set up"))
    made.setParent(window)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert pressed == ["set up"] * 3


def test_an_icon_has_room_beside_it(qtbot: QtBot) -> None:
    made = button("Try the training unit", lambda: None, icon_name="graduation-cap")
    qtbot.addWidget(made)
    size = made.iconSize()
    assert size.width() >= size.height() + 8
