"""Keys that mean something only where the cursor is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.keys import shortcut_within


def test_a_key_acts_inside_and_not_beside(qtbot: QtBot) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    beside, field = QLineEdit(), QLineEdit()
    QVBoxLayout(inside).addWidget(field)
    column = QVBoxLayout(window)
    column.addWidget(beside)
    column.addWidget(inside)
    pressed: list[str] = []
    shortcut_within(inside, "Ctrl+J", lambda: pressed.append("Ctrl+J"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for cursor in (beside, field):
        cursor.setFocus()
        qtbot.keyClick(cursor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+J"]
    beside.setFocus()
    qtbot.keyClick(beside, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+J"]
