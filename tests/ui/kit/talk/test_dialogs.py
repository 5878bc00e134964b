"""Questions on the screen: verbs on the buttons, the safe answer preset, never two at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.ask import Answers, Choice, leave_choices
from pupil_desk.ui.kit.talk.dialogs import Dialogs, _TextQuestion


@pytest.fixture
def dialogs() -> Dialogs:
    return Dialogs()


def when_open(do: Callable[[QDialog], None]) -> None:
    """Do something with the question as soon as it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isActiveWindow():
            do(dialog)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_esc_gives_the_safe_answer(dialogs: Dialogs, qtbot: QtBot) -> None:
    when_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert dialogs.choose("Save your changes?", "", leave_choices(), safe="stay") == "stay"


def test_the_safe_button_has_the_focus(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(dialog.focusWidget().text())  # type: ignore[attr-defined]
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)

    when_open(look)
    assert not dialogs.confirm("Remove 3 records?", "They go for good.", "Remove 3 records", danger=True)
    assert seen == ["Cancel"]


def test_the_verb_is_pressed(dialogs: Dialogs, qtbot: QtBot) -> None:
    when_open(lambda dialog: qtbot.mouseClick(dialog.buttons["yes"], Qt.MouseButton.LeftButton))  # type: ignore[attr-defined]
    assert dialogs.confirm("Make a backup?", "", "Make it")


def test_a_typed_word_is_asked_for_until_it_is_right(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        qtbot.keyClicks(dialog.edit, "Ash")
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
        seen.append(dialog._wrong.text())
        qtbot.keyClicks(dialog.edit, "worth")
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)

    when_open(answer)
    assert dialogs.confirm_typed("Erase?", "", "Ashworth", "Erase 1 record")
    assert seen == ["That is not «Ashworth». Type it to go on, or cancel."]


def test_a_text_is_given_or_not(dialogs: Dialogs, qtbot: QtBot) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        qtbot.keyClicks(dialog.edit, "because")
        qtbot.mouseClick(dialog.buttons["yes"], Qt.MouseButton.LeftButton)

    when_open(answer)
    assert dialogs.text("Why?", "", "Reason") == "because"
    when_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert dialogs.text("Why?", "", "Reason") is None


def test_a_secret_is_not_shown(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        qtbot.keyClicks(dialog.edit, "geheim")
        seen.append(dialog.edit.displayText())
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)

    when_open(answer)
    assert dialogs.secret("Password", "", "Password") == "geheim"
    assert "geheim" not in seen[0]


def test_dismissing_gives_the_safe_answer(dialogs: Dialogs) -> None:
    when_open(lambda dialog: dialogs.dismiss())
    assert dialogs.choose("Save?", "", leave_choices(), safe="stay") == "stay"


@pytest.mark.parametrize("words", [15, 32, 60, 150])
@pytest.mark.parametrize("typed", [False, True])
def test_a_question_shows_all_its_words(dialogs: Dialogs, words: int, typed: bool) -> None:
    """As tall as its words where the screen has room: nothing to scroll, and no last line cut."""
    seen: list[tuple[int, int]] = []

    def look(dialog: QDialog) -> None:
        area = dialog.findChild(QScrollArea)
        assert area is not None
        seen.append((area.verticalScrollBar().maximum(), area.viewport().height() - area.widget().heightForWidth(area.viewport().width())))
        dialog.reject()

    when_open(look)
    text = " ".join(("gone", "for", "good")[place % 3] for place in range(words))
    if typed:
        dialogs.confirm_typed("Remove the record?", text, "Ashworth", "Remove")
    else:
        dialogs.confirm("Remove the record?", text, "Remove")
    hidden, spare = seen[0]
    assert hidden == 0
    assert spare >= 0


def test_two_at_once_is_a_bug(dialogs: Dialogs) -> None:
    def second(dialog: QDialog) -> None:
        with pytest.raises(RuntimeError):
            dialogs.tell("Second", "")
        dialogs.dismiss()

    when_open(second)
    dialogs.tell("First", "")


def test_answers_refuse_what_is_not_offered() -> None:
    with pytest.raises(AssertionError, match="not offered"):
        Answers("burn").choose("Save?", "", (Choice("save", "Save"), Choice("stay", "Stay")), safe="stay")
    with pytest.raises(AssertionError, match="no answer prepared"):
        Answers().confirm("Remove?", "", "Remove")
