"""Whoever clicks into the box to which the cursor has gone astray wants it there: the display's words are played by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.stray_focus import StrayFocus
from pupil_desk.ui.kit.words import column_of


@pytest.mark.parametrize("meanwhile", ["nothing", "click", "hidden"])
def test_the_cursor_goes_back_unless_the_box_is_clicked_or_what_had_it_is_gone(qtbot: QtBot, qapp: QApplication, meanwhile: str) -> None:
    box, people = QLineEdit(), QListWidget()
    people.addItem("Aoife")
    window, listed = column_of(box, people), QListWidget(box)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    listed.setWindowFlag(Qt.WindowType.Popup)
    listed.show()
    listed.hide()
    people.setFocus()
    watching = StrayFocus(qapp)
    watching.start()
    try:
        qapp.sendEvent(listed.windowHandle(), QFocusEvent(QFocusEvent.Type.FocusIn))
        box.setFocus()  # which is what Qt does then
        qapp.focusWindowChanged.emit(listed.windowHandle())
        if meanwhile == "click":
            qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
        people.setHidden(meanwhile == "hidden")
        qapp.focusWindowChanged.emit(window.windowHandle())
        people.show()
        assert QApplication.focusWidget() is (people if meanwhile == "nothing" else box)
    finally:
        watching.stop()
