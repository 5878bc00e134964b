"""The banner at the foot of the window."""

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk import banner as module
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch import presses


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


def test_a_remark_takes_no_undo_away(qtbot: QtBot) -> None:
    undone: list[str] = []
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show()
    for dismissed in (True, False):
        banner.success("Deleted.", undo=("Undo", lambda: undone.append("Deleted")))
        banner.problem("Choose a pupil first.")
        banner.note("Several pupils are found.")
        assert banner.words == "Several pupils are found."
        assert banner.offers_act("")
        if dismissed:
            banner.dismiss()
            assert (banner.words, banner._button.isVisible()) == ("Deleted.", True)
        banner.undo()
        assert banner.words == ""
    assert undone == ["Deleted", "Deleted"]


def test_the_next_act_takes_away_what_a_remark_stands_before(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.success("Deleted.", undo=("Undo", lambda: pytest.fail("undone after the next act")))
    banner.note("The clock is in doubt.")
    banner.end_former()
    banner.undo()
    banner.dismiss()
    assert banner.words == ""


def test_where_undo_was_pressed_nothing_else_comes_under_the_pointer_until_it_rests_no_more(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = [0]
    for place in (module, presses):
        monkeypatch.setattr(place, "calm_in", lambda _place: rests[0])
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(120, 50)
    banner.show()
    banner.quietly("Saved.", undo=("Undo", lambda: banner.success("It is taken back, and stands as it stood. " * 9)))
    assert banner._button.isVisible()
    rests[0] = 1
    banner._button.click()
    assert banner.words.startswith("It is taken back")
    assert not any(part.isVisible() for part in (banner._button, banner._whole, banner._dismiss))
    rests[0] = 0
    qtbot.waitUntil(banner._dismiss.isVisible)
    assert banner._whole.isVisible()
