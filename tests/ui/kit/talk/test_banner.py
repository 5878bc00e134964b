"""The banner at the foot of the window."""

from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.banner import Banner


def test_what_is_offered_at_the_foot_looks_for_no_letter_in_a_dialog_over_it(qtbot: QtBot) -> None:
    """Its keys press nothing there meanwhile; and to look into the system's dialog of files ended the program's act that had opened it."""
    window = QWidget()
    qtbot.addWidget(window)
    banner, dialog = Banner(window), QDialog(window)
    QPushButton("&Up", dialog)
    window.show()
    banner.quietly("The box is moved.", undo=("&Undo", lambda: None))
    dialog.open()
    banner._keep_letter()
    assert banner._button.text() == "&Undo"
    dialog.reject()
    QPushButton("&Up", window).show()
    banner._keep_letter()
    assert banner._button.text() == "U&ndo"
