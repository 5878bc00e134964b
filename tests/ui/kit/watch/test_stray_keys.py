"""Keys that would go astray: a shortcut of the window beneath a question that has opened and not yet got the keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.program import keys
from pupil_desk.ui.kit.watch.stray_keys import StrayKeys
from pupil_desk.ui.kit.words import button, column_in


@pytest.fixture
def stray_keys(qtbot: QtBot) -> Iterator[StrayKeys]:
    watching = StrayKeys()
    watching.start()
    yield watching
    watching.stop()


def press(place: QWidget, sequence: str) -> None:
    QApplication.sendEvent(place, QShortcutEvent(QKeySequence(sequence), 1, False))


@pytest.mark.usefixtures("stray_keys")
def test_a_letter_beneath_a_question_is_not_heard_and_those_of_the_question_and_the_lock_are(qtbot: QtBot) -> None:
    heard: list[str] = []
    window, dialog = QWidget(), QDialog()
    for each in (window, dialog):
        qtbot.addWidget(each)
    beneath, above = (button(words, lambda words=words: heard.append(words)) for words in ("&Back", "&Stay"))
    column_in(window, 0, beneath)
    column_in(dialog, 0, above)
    press(beneath, "Alt+B")
    assert heard == ["&Back"]
    dialog.setModal(True)
    dialog.show()
    heard.clear()
    for place, sequence in ((beneath, "Alt+B"), (above, "Alt+S"), (beneath, keys.LOCK.sequence)):
        press(place, sequence)
    assert heard == ["&Stay", "&Back"], "of those beneath only the key that locks"
