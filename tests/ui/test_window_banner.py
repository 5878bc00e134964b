"""What the window says in its banner: how long it stays, that it moves nothing, and that it can be read whole."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.tabs import SteadyTabs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.window import Window
from tests.ui.window_pages import Home, People, Record


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> Window:
    window = Window((Home, Record, People), desk=desk, jobs=ImmediateJobs(), ask=answers, memory=Memory(tmp_path / "w.json"))
    qtbot.addWidget(window, before_close_func=lambda closing: closing.page.discard())
    window.go("home")
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_what_is_said_belongs_to_its_page_and_is_there_again_on_coming_back(window: Window) -> None:
    window.banner.success("Deleted.", undo=("Undo", lambda: None))
    window.go("record")
    assert window.banner.words == ""
    window.banner.problem("Choose who signed the form.")
    window.back()
    assert (window.banner.words, window.banner.look, window.banner._button.isVisible()) == ("Deleted.", "success", True)
    window.go("record")
    assert (window.banner.words, window.banner.look) == ("Choose who signed the form.", "problem")
    assert not window.banner.hasFocus(), "it was heard when it was said"


def test_what_was_refused_is_not_said_of_another_row_tab_or_view(window: Window, qtbot: QtBot) -> None:
    column = Column[str]("name", "Name", str)
    table: Table[str] = Table((column,), name="Names", id_of=str)
    tabs, body = SteadyTabs(), Body(QLineEdit(), QLineEdit())
    for words in ("One", "Two"):
        tabs.addTab(QLineEdit(), words)
    for part in (table, tabs, body):
        window.page.column.addWidget(part)
        part.show()
    table.show_rows(["Ash", "Birch"])
    table.setFocus()
    turns = (lambda: qtbot.keyClick(table, Qt.Key.Key_Down), lambda: tabs.setCurrentIndex(1), lambda: body.setCurrentIndex(1))
    for turn in turns:
        window.banner.success("Deleted.", undo=("Undo", lambda: None))
        window.banner.problem("Enter the day on which it was said.")
        table.setFocus()
        QApplication.processEvents()
        turn()
        assert window.banner.words == "Deleted.", "it was not about what is in hand now, and its Undo still is"
    table.current_changed.connect(lambda _row: window.banner.problem("Save it first."))
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert window.banner.words == "Save it first.", "the turning itself was refused"


def test_the_next_act_ends_what_was_said_and_its_undo_on_every_page(window: Window) -> None:
    window.banner.success("Deleted.", undo=("Undo", lambda: None))
    window.go("record")
    window.banner.problem("list.csv: There is no column. Nothing was changed.")
    QApplication.processEvents()
    window.context.keep(lambda: Changed.of("pupil"))
    assert window.banner.words == ""
    window.go("home")
    assert window.banner.words == ""
    window.news.changed.connect(lambda _changed: window.banner.note("Look at this."))
    window.context.keep(lambda: Changed.of("pupil"))
    assert window.banner.words == "Look at this.", "what the news itself says stays"


def test_a_refused_act_gives_the_words_typed_for_it_back_and_one_that_is_done_ends_them(
    window: Window, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = list[bool]()
    monkeypatch.setattr(answers, "end_answer", lambda *, refused: ended.append(refused))

    def refuse() -> Changed:
        raise CannotWrite("The stick was taken out.")

    window.context.keep(refuse)
    window.context.keep(lambda: Changed.of("pupil"))
    assert ended == [True, False]


def test_what_an_act_says_stays_whether_it_tells_the_news_before_or_after(window: Window) -> None:
    window.banner.success("Saved 5 files.")
    window.news.tell(Changed.of("paper_form"))
    assert window.banner.words == "Saved 5 files."
    QApplication.processEvents()
    window.news.tell(Changed.of("paper_form"))
    assert window.banner.words == ""


def test_an_undo_stays_until_the_next_act_and_a_plain_success_only_loses_its_tint(window: Window) -> None:
    window.banner.success("Deleted.", undo=("Undo", lambda: None))
    assert not window.banner._fade.isActive()
    window.banner.success("Printed.")
    window.banner._fade.timeout.emit()
    assert (window.banner.words, window.banner.look) == ("Printed.", "said")
    assert not window.banner._dismiss.isVisible()


def test_ctrl_z_presses_the_undo_at_the_foot_but_first_takes_back_what_is_typed_in_a_field(window: Window, qtbot: QtBot) -> None:
    pressed: list[str] = []
    home = window.page
    assert isinstance(home, Home)
    home.line.setFocus()

    def press() -> None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    window.banner.success("Deleted.", undo=("Undo", lambda: pressed.append("undo")))
    assert window.banner._button.toolTip() == "Ctrl+Z"
    qtbot.keyClicks(home.line, "ash")
    press()
    assert (home.line.text(), pressed) == ("", [])
    press()
    assert pressed == ["undo"]
    window.banner.success("Added.", act=("Next step", lambda: pressed.append("next")))
    press()
    assert (pressed, window.banner.words) == (["undo"], "Added.")


def test_ctrl_z_is_the_page_s_first_where_it_undoes_by_steps(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []
    steps = ["typed"]
    monkeypatch.setattr(window.page, "undo", lambda: bool(steps and pressed.append(steps.pop()) is None))
    window.banner.success("Saved.", undo=("Undo saving", lambda: pressed.append("saving")))
    for _press in range(2):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["typed", "saving"]


def parts_and_places(window: Window) -> list[tuple[str, QRect]]:
    return [(type(part).__name__, part.geometry()) for part in (window.rail, window.stack, window.page, window.foot, window.banner)]


def test_what_is_said_moves_nothing(window: Window) -> None:
    window.resize(900, 600)
    QApplication.processEvents()
    before = parts_and_places(window)
    window.banner.problem("The stick is full. Use another one. " * 20)
    QApplication.processEvents()
    assert parts_and_places(window) == before
    window.banner.note("Look.", act=("&Go there", lambda: None))
    window.show_locking(12)
    QApplication.processEvents()
    assert parts_and_places(window) == before


def test_in_a_low_window_what_is_said_moves_nothing_but_what_stands_beside_it(window: Window) -> None:
    window.resize(900, 440)
    for _turn in range(4):  # a foot that becomes one line tells it up to the window
        QApplication.processEvents()
    before = parts_and_places(window)[:-1]
    window.banner.problem("The stick is full. Use another one. " * 20)
    QApplication.processEvents()
    assert parts_and_places(window)[:-1] == before
    assert window.banner._whole.isVisible()
    window.banner.note("Look.", act=("&Go there", lambda: None))
    window.show_locking(12)
    QApplication.processEvents()
    assert parts_and_places(window)[:-1] == before
    assert window.foot._locking.width() >= window.foot._locking.sizeHint().width(), "the time until the lock is read whole"


def test_the_work_under_way_is_shown_in_the_same_bar_and_moves_nothing(window: Window, qtbot: QtBot) -> None:
    window.resize(900, 600)
    window.banner.note("Making the backup before you go…")
    QApplication.processEvents()
    before, foot, strip, job = parts_and_places(window), window.foot, window.foot.progress, Job("Backup", window, print, None)
    window.context.jobs.started.emit(job)
    qtbot.waitUntil(strip.isVisible)
    assert [foot.user.isVisible(), foot.backup.isVisible(), window.banner.isVisible()] == [False, False, True]
    foot.show_locking(12)
    assert not strip.isVisible(), "that the window locks is said before all else"
    foot.show_locking(0)
    assert (strip.isVisible(), parts_and_places(window)) == (True, before)
    window.context.jobs.finished.emit(job)
    assert [foot.user.isVisible(), foot.backup.isVisible()] == [True, True]


def test_what_has_no_room_can_be_read_whole(window: Window, qtbot: QtBot, answers: Answers) -> None:
    window.resize(900, 600)
    window.banner.note("Saved 3 files.")
    assert not window.banner._whole.isVisible()
    long = "Left out: Noah Zander (nobody with parental responsibility is on file). " * 8
    window.banner.note(long, act=("&Undo", lambda: None))
    assert window.banner._whole.isVisible()
    assert window.banner._words.toolTip() == long
    assert window.banner.accessibleName() == f"Note: {long}"
    qtbot.mouseClick(window.banner._whole, Qt.MouseButton.LeftButton)
    assert (answers.questions[-1].title, answers.questions[-1].text) == ("Note", long)
    assert window.banner.words == long, "it is read, not dismissed"


def test_what_leaving_a_page_says_is_said_on_the_next(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave() -> bool:
        window.banner.quietly("Saved 09:13")
        return True

    monkeypatch.setattr(window.page, "leave", leave)
    window.go("record")
    assert window.banner.words == "Saved 09:13"
    window.go("people")
    assert window.banner.words == ""


def test_a_problem_of_a_job_takes_the_focus_and_stays(window: Window, qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        raise CannotWrite("The stick is full. Use another one.")

    window.context.jobs.run(window, work, lambda _done: None, title="Writing")
    assert window.banner.words == "The stick is full. Use another one."
    assert window.banner.look == "problem"
    assert window.banner.hasFocus()
    assert window.banner.accessibleName() == "There is a problem: The stick is full. Use another one."
    qtbot.keyClick(window.banner, Qt.Key.Key_Escape)
    assert window.banner.words == ""
    assert window.page.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("how", ["mouse", "key"])
def test_after_undo_at_the_foot_one_is_where_one_worked(window: Window, qtbot: QtBot, how: str) -> None:
    window.go("record")
    first, second = (QLineEdit(), QLineEdit())
    for line in (first, second):
        window.page.column.addWidget(line)
        line.show()
    second.setFocus()
    undone: list[bool] = []
    window.banner.success("Recorded.", undo=("&Undo", lambda: (undone.append(True), window.banner.success("Undone."))))
    if how == "mouse":
        qtbot.mouseClick(window.banner._button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(second, "u", Qt.KeyboardModifier.AltModifier)
    assert undone
    assert QApplication.focusWidget() is second


def test_words_stand_in_one_place_only(window: Window) -> None:
    window.context.banner.success("Saved 09:12.")
    assert [label.text() for label in window.findChildren(QLabel)].count("Saved 09:12.") == 1
