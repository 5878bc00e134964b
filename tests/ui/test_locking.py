"""The lock and the end of the session: what is typed is kept, the file closed, nothing told to who sits there next."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import data_key, drafts, units
from pupil_desk.store.file import engine
from pupil_desk.store.file.epochs import rotating
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.ui import start
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.entry.sign_in import SignIn
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job, Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.watch.clipboard import copy_text
from pupil_desk.ui.kit.watch.memory import SAY_AT_SIGN_IN, Memory
from pupil_desk.ui.kit.watch.session_watch import Left
from pupil_desk.ui.session import Session
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.session_pages import TOO_LATE, Begin, Home, begin, kept, log_of, restarted, type_into  # noqa: F401 - two are fixtures

type Watched = Callable[[Callable[[], object]], None]


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    """Begins to watch the application as the program does from its start; what is given locks it."""
    begun: list[start.Watching] = []
    yield lambda lock: begun.extend(start.watch(qapp, lock))
    for watcher in begun:
        watcher.stop()


# -- the lock


def assert_locked(session: Session, desk: Desk, restarted: list[Path]) -> None:
    assert not session.window.isVisible()
    assert restarted == [desk.vault.path]
    with pytest.raises(StoreFault):
        desk.vault.key("db")


def test_locking_keeps_the_draft_closes_the_file_and_starts_again(begin: Begin, desk: Desk, restarted: list[Path]) -> None:
    session = begin()
    type_into(session, "Ashd")
    copy_text("a secret")
    session.window.lock_wanted.emit()
    assert_locked(session, desk, restarted)
    assert QApplication.clipboard().text() == ""
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert kept(again) == [("record", "p1", "Ashd")]
    again.vault.close()
    assert log_of(desk.vault.path)[1] == "lock"


def test_a_lock_while_a_page_is_made_comes_a_moment_later(begin: Begin, desk: Desk, restarted: list[Path], qtbot: QtBot) -> None:
    """What the page is made of may ask the file yet."""
    session = begin()
    session.window.context.making.is_under_way = True
    session.lock()
    QApplication.processEvents()
    assert session.window.isVisible()
    session.window.context.making.is_under_way = False
    qtbot.waitUntil(lambda: not session.window.isVisible())
    assert_locked(session, desk, restarted)


def test_a_window_closed_while_a_page_is_made_goes_a_moment_later(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    session.window.context.making.is_under_way = True
    session.window.close()
    QApplication.processEvents()
    assert session.window.isVisible()
    assert not session.desk.vault.is_closed
    session.window.context.making.is_under_way = False
    qtbot.waitUntil(lambda: not session.window.isVisible())


def test_after_a_lock_the_name_is_there_the_cursor_in_the_password_and_the_window_where_it_was(
    begin: Begin, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    session, started = begin(), list[tuple[Path, str]]()
    session._restart = lambda path, name: started.append((path, name))
    usual = session.window.size()
    session.window.showMaximized()
    session.window.lock_wanted.emit()
    (path, name), memory = started[0], Memory(tmp_path / "window.json")
    assert USER not in (tmp_path / "window.json").read_text()
    entry = Entry(ImmediateJobs(), Answers(), memory, path=path, name=name, clock=FixedClock(NOW))
    qtbot.addWidget(entry)
    entry.show()
    panel = entry.panel
    assert isinstance(panel, SignIn)
    assert entry.isMaximized()
    qtbot.waitUntil(panel.password.hasFocus)
    assert panel.name.text() == USER
    assert (panel.accessibleName(), panel.forward.text()) == (f"Pupil Desk is locked: {USER}", "Unlock")
    panel.name.setText("Olu Brand")
    assert panel.forward.text() == "Sign in"
    panel.name.setText(USER)
    with qtbot.waitSignal(entry.opened) as opened:
        qtbot.keyClicks(panel.password, PASSWORD)
        qtbot.keyClick(panel.password, Qt.Key.Key_Return)
    again = Session(opened.args[0], (Home,), ImmediateJobs(), Answers(), memory, restart=session._restart)
    qtbot.addWidget(again.window)
    assert again.window.isMaximized()
    again.window.showNormal()
    assert again.window.size() == usual
    again.window.is_gone = True
    again.desk.vault.close()


def test_signing_out_leaves_no_name(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    session = begin()
    path = session.desk.vault.path
    session.window.close()
    assert USER not in (tmp_path / "window.json").read_text()
    entry = Entry(ImmediateJobs(), Answers(), Memory(tmp_path / "window.json"), path=path, clock=FixedClock(NOW))
    qtbot.addWidget(entry)
    assert isinstance(entry.panel, SignIn)
    assert entry.panel.name.text() == ""


def test_beside_a_password_shown_once_the_key_that_locks_locks_at_once_and_the_way_out_asks(
    begin: Begin, desk: Desk, restarted: list[Path]
) -> None:
    answers = Answers("stay")
    session = begin(ask=answers)
    page = session.window.page
    shown = Passphrase("Password of the file", parent=page)
    page.column.addWidget(shown)
    shown.show_secret("four plain short words")
    session.window.close()
    assert (restarted, shown.showing, session.window.isVisible()) == ([], True, True)
    assert [asked.title for asked in answers.questions] == ["Have you noted the password?"]
    session.window.lock_wanted.emit()
    assert_locked(session, desk, restarted)
    assert len(answers.questions) == 1


def test_a_file_that_work_on_its_key_closed_goes_to_sign_in_and_that_is_said_there(
    begin: Begin, desk: Desk, restarted: list[Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin()
    type_into(session, "Ashd")

    def cannot(*_how: object) -> None:
        raise CannotWrite("full")

    monkeypatch.setattr(rotating, "take_name", cannot)
    monkeypatch.setattr(engine, "connect_again", cannot)
    session._jobs.run(session, lambda _job: data_key.new_key(desk), lambda _made: None, title="Giving the file a new key")
    assert_locked(session, desk, restarted)
    monkeypatch.undo()
    memory = Memory(tmp_path / "window.json")
    entry = Entry(ImmediateJobs(), Answers(), memory, path=restarted[0], clock=FixedClock(NOW))
    qtbot.addWidget(entry)
    assert [line.words for line in entry.panel.problem.lines] == [
        "unit.pupildesk could not be opened again after work on its key. Nothing is lost: sign in again."
    ]
    assert memory.get(SAY_AT_SIGN_IN) is None  # it is said once
    units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW)).vault.close()


def test_locking_closes_an_open_question_with_the_safe_answer(begin: Begin, desk: Desk, restarted: list[Path]) -> None:
    ask = Dialogs()
    session = begin(ask=ask)
    QTimer.singleShot(0, session.lock)
    assert ask.confirm("Erase?", "Everything goes.", "Erase", danger=True) is False
    assert_locked(session, desk, restarted)


def test_locking_closes_dialogs_and_menus_that_pages_opened(begin: Begin, desk: Desk, restarted: list[Path]) -> None:
    session = begin()
    dialog = QDialog(session.window)
    QVBoxLayout(dialog).addWidget(QLineEdit("first password"))
    menu = QMenu(session.window)
    menu.addAction("More")
    loose = QDialog()
    loose.show()
    menu.popup(session.window.pos())
    QTimer.singleShot(0, session.lock)
    QTimer.singleShot(TOO_LATE, dialog, dialog.accept)  # so that a dialog left open fails the test and does not hang it
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert [menu.isVisible(), loose.isVisible()] == [False, False]
    assert_locked(session, desk, restarted)


def test_the_key_that_locks_does_so_over_a_dialog(begin: Begin, desk: Desk, restarted: list[Path], watched: Watched) -> None:
    """Else the password that is typed next would go into whatever is open."""
    session = begin()
    watched(session.lock)
    dialog, line = QDialog(session.window), QLineEdit()
    QVBoxLayout(dialog).addWidget(line)
    QTimer.singleShot(0, lambda: QTest.keyClick(line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    QTimer.singleShot(TOO_LATE, dialog, dialog.accept)
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert_locked(session, desk, restarted)


def test_a_letter_with_alt_that_no_button_has_is_typed_nowhere_not_even_at_sign_in(
    begin: Begin, desk: Desk, qtbot: QtBot, watched: Watched, tmp_path: Path
) -> None:
    session = begin()
    watched(session.lock)
    entry = Entry(ImmediateJobs(), Answers(), Memory(tmp_path / "window.json"), path=desk.vault.path, clock=FixedClock(NOW))
    qtbot.addWidget(entry)
    assert isinstance(entry.panel, SignIn)
    line, question = QLineEdit(session.window), QDialog()
    qtbot.addWidget(question)
    reason = QLineEdit(question)
    for window in (line, entry, question):
        window.show()
    for box in (line, entry.panel.password, reason):
        for modifiers in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier):
            qtbot.keyClick(box, Qt.Key.Key_Z, modifiers)
        assert box.text() == "z"


def test_nobody_there_locks(begin: Begin, desk: Desk, restarted: list[Path]) -> None:
    session = begin()
    session.idle.expired.emit()
    assert_locked(session, desk, restarted)


@pytest.mark.parametrize("why", [Left.LOCKED, Left.SWITCHED, Left.DISCONNECTED, Left.ASLEEP])
def test_leaving_the_pc_locks(begin: Begin, desk: Desk, restarted: list[Path], why: Left) -> None:
    session = begin()
    type_into(session, "Ashd")
    session._watch.left.emit(why)
    assert_locked(session, desk, restarted)
    assert log_of(desk.vault.path)[0] == "lock"


def test_what_another_program_copied_is_not_taken_by_the_lock(begin: Begin) -> None:
    session = begin()
    QApplication.clipboard().setText("from a letter")
    session.lock()
    assert QApplication.clipboard().text() == "from a letter"


def test_work_under_way_is_ended_before_the_file_is_closed_and_then_told_to_nobody(
    begin: Begin, desk: Desk, restarted: list[Path], qtbot: QtBot
) -> None:
    began, locked, told = Event(), Event(), []
    jobs = Jobs()
    session = begin(jobs=jobs)

    def work(_job: Job) -> bytes:
        began.set()
        locked.wait(TOO_LATE / 1_000)
        return desk.vault.key("db")  # it can still be read: the file is open until the work has ended

    jobs.run(session.window, work, told.append, title="Long", after=lambda: told.append("after"))
    began.wait(TOO_LATE / 1_000)
    jobs.stop_all = locked.set  # type: ignore[method-assign]  # the lock asks it to stop, and it stops a little later
    session._watch.left.emit(Left.LOCKED)
    assert_locked(session, desk, restarted)
    with qtbot.waitSignal(jobs.finished):
        pass
    assert told == []


# -- the end of the session


def test_at_the_end_of_the_session_the_file_is_closed_at_once_and_nothing_begins_anew(
    begin: Begin, desk: Desk, restarted: list[Path], answers: Answers, tmp_path: Path
) -> None:
    session = begin(folder=tmp_path)
    type_into(session, "Ashd")
    session._watch.ending(None)  # type: ignore[arg-type]  # no test can make Qt's session manager
    assert not session.window.isVisible()
    assert (restarted, answers.questions, list(tmp_path.glob("*.pupilbackup"))) == ([], [], [])
    with pytest.raises(StoreFault):
        desk.vault.key("db")
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert kept(again) == [("record", "p1", "Ashd")]
    again.vault.close()
    assert log_of(desk.vault.path)[1] == "sign-out"


def test_sleep_on_the_way_to_the_end_changes_nothing(begin: Begin, restarted: list[Path]) -> None:
    session = begin()
    for why in (Left.ENDING, Left.ASLEEP):
        session._watch.left.emit(why)
    assert restarted == []


def test_locking_twice_is_locking_once(begin: Begin, restarted: list[Path]) -> None:
    session = begin()
    session.lock()
    session.lock()
    assert len(restarted) == 1


def test_a_full_disk_does_not_keep_it_unlocked(
    begin: Begin, desk: Desk, restarted: list[Path], monkeypatch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    session = begin()
    type_into(session, "Ashd")

    def full(*_: Any, **__: Any) -> None:
        raise CannotWrite("The disk is full.")

    monkeypatch.setattr(drafts, "keep", full)
    monkeypatch.setattr(units, "sign_out", full)
    session.lock()
    assert_locked(session, desk, restarted)
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_the_minutes_follow_the_settings(begin: Begin, desk: Desk, monkeypatch: Any) -> None:
    import dataclasses

    from pupil_desk.services.unit import settings

    session = begin()
    assert session.idle._limit == 5 * 60
    changed = settings.save_settings(desk, dataclasses.replace(desk.settings, lock_minutes=2))
    session.window.news.tell(changed)
    assert session.idle._limit == 2 * 60
