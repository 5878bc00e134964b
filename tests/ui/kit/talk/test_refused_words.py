"""Words typed for an act that was refused stand in the same question when it is asked again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.dialogs import Dialogs, _TextQuestion
from tests.ui.kit.talk.test_dialogs import when_open


def test_words_with_which_the_act_was_refused_stand_there_again_and_those_of_an_act_that_was_done_do_not(qtbot: QtBot) -> None:
    dialogs, read = Dialogs(), list[str]()

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        read.append(dialog.edit.text())
        dialog.edit.setText(dialog.edit.text() or "A long story")
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)

    for refused in (True, False, False):
        when_open(answer)
        assert dialogs.text("Why?", "", "Reason") == "A long story"
        dialogs.end_answer(refused=refused)
    dialogs.end_answer(refused=True)
    when_open(answer)
    dialogs.text("Why?", "", "Reason")
    assert read == ["", "A long story", "", ""]
