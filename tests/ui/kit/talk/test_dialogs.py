"""Questions on the screen: verbs on the buttons, the safe answer preset, never two at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.ask import Answers, Choice, leave_choices
from pupil_desk.ui.kit.talk.dialogs import Dialogs, _Question, _TextQuestion, once_answered
from pupil_desk.ui.kit.watch.making import AGAIN
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.style.ring import GAP, WIDTH


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


def test_what_a_job_asks_at_its_end_waits_for_the_question_that_is_open(dialogs: Dialogs, qtbot: QtBot) -> None:
    owner, asked = QObject(), list[str]()

    def end_of_job(dialog: QDialog) -> None:
        once_answered(owner, lambda: asked.append("asked" if QApplication.activeModalWidget() is None else "over another"))
        QTimer.singleShot(3 * AGAIN, lambda: (asked.append("answered"), qtbot.keyClick(dialog, Qt.Key.Key_Escape)))

    when_open(end_of_job)
    dialogs.choose("Save your changes?", "", leave_choices(), safe="stay")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked == ["answered", "asked"]


def test_what_a_job_asks_at_its_end_is_not_asked_once_the_window_is_locked(dialogs: Dialogs, qtbot: QtBot) -> None:
    owner, asked = QWidget(), list[str]()
    qtbot.addWidget(owner)
    owner.show()

    def lock(dialog: QDialog) -> None:
        once_answered(owner, lambda: asked.append("asked"))
        owner.hide()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_open(lock)
    dialogs.choose("Save your changes?", "", leave_choices(), safe="stay")
    ended = list[bool]()
    QTimer.singleShot(3 * AGAIN, lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(ended))
    assert asked == []


def test_the_safe_button_has_the_focus(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(dialog.focusWidget().text())  # type: ignore[attr-defined]
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)

    when_open(look)
    assert not dialogs.confirm("Remove 3 records?", "They go for good.", "Remove 3 records", danger=True)
    assert seen == ["Cancel"]


def test_where_something_is_taken_away_the_other_button_says_that_it_stays(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(dialog.focusWidget().text())  # type: ignore[attr-defined]
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_open(look)
    assert not dialogs.confirm("Remove this filter?", "It goes.", "Remove", stay="Keep it")
    assert seen == ["Keep it"]


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
    assert seen == ["That is not “Ashworth”. Type it to go on, or cancel."]


def test_a_text_is_given_or_not(dialogs: Dialogs, qtbot: QtBot) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        qtbot.keyClicks(dialog.edit, "because")
        qtbot.mouseClick(dialog.buttons["yes"], Qt.MouseButton.LeftButton)

    when_open(answer)
    assert dialogs.text("Why?", "", "Reason") == "because"
    when_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert dialogs.text("Why?", "", "Reason") is None


@pytest.mark.parametrize("way", ["Esc", "the cross of the window"])
def test_one_slip_beside_typed_words_loses_nothing_and_a_second_leaves(dialogs: Dialogs, qtbot: QtBot, way: str) -> None:
    seen: list[tuple[str, bool]] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        leave = dialog.close if way != "Esc" else lambda: qtbot.keyClick(dialog.edit, Qt.Key.Key_Escape)
        for words in ("The mother rang, ", "and said that"):
            qtbot.keyClicks(dialog.edit, words)
            leave()
            seen.append((dialog._wrong.text(), dialog.isVisible()))
        leave()

    when_open(answer)
    assert dialogs.text("Why?", "It stays on record.", "Reason") is None
    assert seen == [("Press Esc once more to leave. What you typed is not kept.", True)] * 2


def test_a_lock_closes_a_question_whatever_is_typed_in_it(dialogs: Dialogs, qtbot: QtBot) -> None:
    def lock(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        qtbot.keyClicks(dialog.edit, "The mother rang")
        dialogs.dismiss()
        assert not dialog.isVisible()

    when_open(lock)
    assert dialogs.text("Why?", "It stays on record.", "Reason") is None


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


def test_the_buttons_begin_where_the_words_do_and_the_ring_of_the_field_does_not_reach_its_name(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[tuple[bool, bool]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        name = next(text for text in dialog.findChildren(QLabel) if text.text() == "Type Ashworth to confirm")
        left = dialog.column.contentsMargins().left()
        seen.append(
            (min(made.x() for made in dialog.buttons.values()) == left, dialog.edit.y() - name.geometry().bottom() > GAP + WIDTH + 1)
        )
        dialog.reject()

    when_open(look)
    dialogs.confirm_typed("Remove the record?", "It goes for good, and with it all that was ever written about it.", "Ashworth", "Remove")
    assert seen == [(True, True)]


def test_a_question_has_no_hole_and_what_is_wrong_stands_beneath_its_buttons_none_of_which_moves(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[bool] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        verb = dialog.buttons["yes"]
        gaps = (verb.y() - dialog.edit.geometry().bottom(), dialog.height() - verb.geometry().bottom())
        before = verb.mapToGlobal(verb.rect().topLeft())
        verb.click()
        QApplication.processEvents()
        wrong = next(text for text in dialog.findChildren(QLabel) if text.text().startswith("That is not"))
        seen.extend((max(gaps) <= tokens.XL, verb.mapToGlobal(verb.rect().topLeft()) == before, wrong.y() > verb.geometry().bottom()))
        dialog.reject()

    when_open(look)
    dialogs.confirm_typed("Erase the data of this pupil?", "Hall, Ann (P0001)\nIt goes for good.", "Hall", "Erase")
    assert seen == [True, True, True]


class SmallestScreen:
    def availableSize(self) -> QSize:
        return QSize(1366, 768)


ROOM = SmallestScreen().availableSize() - QSize(24, 48)  # without the frame and the title bar


@pytest.fixture(params=[100, 150, 200])
def text_size(request: pytest.FixtureRequest, look: Look) -> Iterator[int]:
    look.set_text_size(request.param)
    yield request.param
    look.set_text_size(100)


LINES = "Everything that is typed on this page and is not saved yet would be lost when you go on. " * 5
ASKED = {
    "one line": "They go for good.",
    "some": LINES,
    "paragraphs": f"{LINES}\n\n{LINES}",
    "a list": "\n".join(f"Noah Zander, P{number:04}, year 10" for number in range(8)),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("typed", [False, True])
def test_a_question_shows_all_its_words_and_verbs_on_the_smallest_screen_at_every_text_size(
    text_size: int, asked: str, typed: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the screen's own scale is a fraction, by which a pixel is lost: the area would scroll for it, and hide a line."""
    verb = Choice("yes", "Open the record that is on file already", "primary")
    choices = (verb, Choice("add", "Add a second pupil of the same name"), Choice("cancel", "Go back to what was typed before"))
    monkeypatch.setattr(_Question, "screen", lambda _question: SmallestScreen())
    if typed:
        question: _Question = _TextQuestion(None, "Is it the same person?", ASKED[asked], "Type ERASE to confirm", verb, check=str)
    else:
        question = _Question(None, "Is it the same person?", ASKED[asked], choices, "cancel")
    qtbot.addWidget(question)
    question.fit()
    question.resize(question.size() - QSize(1, 1))
    question.show()
    QApplication.processEvents()
    area = question.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    assert question.width() <= ROOM.width()
    assert question.height() <= ROOM.height()
    for made in question.buttons.values():
        assert question.rect().contains(made.geometry())
        assert made.width() >= made.sizeHint().width()


def test_on_a_narrow_screen_the_words_take_more_lines_and_none_is_hidden(look: Look, qtbot: QtBot) -> None:
    look.set_text_size(200)
    question = _Question(None, "Is it the same person?", LINES[:270], leave_choices(), "stay")
    qtbot.addWidget(question)
    question.fit()  # the tests' screen is 800 pixels wide
    question.show()
    QApplication.processEvents()
    area = question.findChild(QScrollArea)
    look.set_text_size(100)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0


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


def test_a_box_that_saves_begins_where_one_saved_last_and_at_first_among_the_documents(
    dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, stick = tmp_path / "Documents", tmp_path / "stick"
    for folder in (documents, stick):
        folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents))
    began: list[str] = []

    def save(dialog: QFileDialog) -> bool:
        began.append(dialog.directory().path())
        dialog.setDirectory(str(stick))
        dialog.selectFile("card.pdf")
        return True

    monkeypatch.setattr(dialogs, "_run", save)
    for start in (None, None, documents, tmp_path / "gone"):
        assert dialogs.save_file("Where to save the paper", "card.pdf", (("PDF", "*.pdf"),), start) == stick / "card.pdf"
    assert began == [str(documents), str(stick), str(documents), str(stick)]


def test_where_the_act_is_to_cancel_the_other_button_says_what_it_does(dialogs: Dialogs, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, _TextQuestion)
        seen.extend(made.text() for made in dialog.buttons.values())
        qtbot.mouseClick(dialog.buttons["cancel"], Qt.MouseButton.LeftButton)

    when_open(look)
    assert dialogs.text("Cancel this suspension?", "", "Reason", verb="Cancel the suspension", stay="Keep it") is None
    assert seen == ["Cancel the suspension", "Keep it"]
