"""One person's time at the desk: drafts, the lock, and the backup on the way out."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import drafts, units
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Upgrade
from pupil_desk.store.tables import ledger
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job, Jobs
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.watch.clipboard import copy_text
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.watch.session_watch import Left
from pupil_desk.ui.session import BACKUP_FOLDER, Session
from tests.ui.conftest import NOW, PASSWORD, USER


class Home(Page):
    name, title, icon = "home", "Home", "house"


class Help(Page):
    name, title, icon = "help", "Help", "question"

    def on_show(self, object_id: str | None = None) -> None:
        self.topic = object_id


class Record(Page):
    """One line; what is kept stands in a file of the test."""

    name, title, icon = "record", "Record", "user"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.line = QLineEdit()
        self.line.setAccessibleName("Surname")
        self.column.addWidget(self.line)
        self.kept, self.at = "", ""

    def on_show(self, object_id: str | None = None) -> None:
        self.at = object_id or self.at

    @property
    def dirty(self) -> bool:
        return self.line.text() != self.kept

    def save(self) -> bool:
        self.kept = self.line.text()
        return True

    def discard(self) -> None:
        self.line.setText(self.kept)

    def draft(self) -> dict[str, Any] | None:
        return {"id": self.at, "line": self.line.text()} if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.line.setText(draft["line"])


TOO_LATE = 3_000  # ms

type Begin = Callable[..., Session]


@pytest.fixture
def restarted() -> list[Path]:
    """The files for which the program was started again."""
    return []


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, answers: Answers, restarted: list[Path], tmp_path: Path) -> Begin:
    """Begins a session on a desk; ``folder`` is where the last backup went."""
    made: list[Session] = []

    def make(seat: Desk = desk, *, folder: Path | None = None, ask: Any = answers, jobs: Jobs | None = None) -> Session:
        memory = Memory(tmp_path / "window.json")
        memory.keep(BACKUP_FOLDER, str(folder) if folder else None)
        session = Session(seat, (Home, Record, Help), jobs or ImmediateJobs(), ask, memory, restart=restarted.append)
        made.append(session)
        qtbot.addWidget(session.window, before_close_func=lambda window: setattr(window, "is_gone", True))
        session.begin()
        qtbot.waitUntil(session.window.isActiveWindow)
        return session

    yield make  # type: ignore[misc]
    for session in made:
        session._watch.stop()
        session.idle.stop()
        session._drafts.stop()
        session._mishaps.remove()


def type_into(session: Session, text: str, object_id: str = "p1") -> Record:
    session.window.go("record", object_id)
    record = session.window.page
    assert isinstance(record, Record)
    record.line.setText(text)
    return record


def kept(desk: Desk) -> list[tuple[str, str, object]]:
    return [(draft.page, draft.object_id, draft.typed["line"]) for draft in drafts.own_drafts(desk)]


def log_of(path: Path) -> list[str]:
    desk = units.sign_in(path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    found = [row["action"] for row in ledger.log_rows(desk.vault, user_id=None, object_id=None, limit=-1)]
    desk.vault.close()
    return found[1:]  # without this sign-in


# -- drafts


def test_only_what_is_typed_and_not_saved_is_kept(begin: Begin, desk: Desk, qtbot: QtBot) -> None:
    session = begin()
    session._drafts.setInterval(1)
    assert kept(desk) == []
    record = type_into(session, "Ash")
    qtbot.waitUntil(lambda: kept(desk) == [("record", "p1", "Ash")])
    record.line.setText("Ashdown")
    qtbot.waitUntil(lambda: kept(desk) == [("record", "p1", "Ashdown")])
    record.save()
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_drafts_are_kept_every_few_seconds(begin: Begin) -> None:
    session = begin()
    assert session._drafts.isActive()
    assert 1_000 <= session._drafts.interval() <= 5_000


def test_a_draft_that_cannot_be_kept_is_said(begin: Begin, monkeypatch: Any, caplog: pytest.LogCaptureFixture) -> None:
    session = begin()
    type_into(session, "Ash")

    def full(*_: Any) -> None:
        raise CannotWrite("The disk is full. Make room.")

    monkeypatch.setattr(drafts, "keep", full)
    session._drafts.timeout.emit()
    assert session.window.banner.words == "The disk is full. Make room."
    assert "Ash" not in caplog.text


def test_it_is_offered_back_to_its_author(begin: Begin, desk: Desk) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    session = begin()
    record = session.window.page
    assert isinstance(record, Record)
    assert (record.at, record.line.text()) == ("p1", "Ashd")
    assert session.window.banner.words.startswith("What you had typed at ")
    record.save()
    session.keep_drafts()
    assert kept(desk) == []


def test_after_an_upgrade_the_banner_says_where_the_backup_is(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    desk.vault.upgraded = Upgrade("0.1.0", "0.2.0", tmp_path / "before.pupilbackup")
    session = begin()
    assert (
        session.window.banner.words
        == f"Pupil Desk was upgraded to 0.2.0. A backup of how things were is at {tmp_path / 'before.pupilbackup'}."
    )
    assert session.window.banner.look == "note"


def test_after_an_upgrade_a_draft_is_spoken_of_too(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    desk.vault.upgraded = Upgrade("0.1.0", "0.2.0", tmp_path / "before.pupilbackup")
    words = begin().window.banner.words
    assert words.startswith("Pupil Desk was upgraded to 0.2.0.")
    assert "What you had typed at" in words


def test_nothing_more_is_said_of_a_draft_once_it_is_saved_or_gone(begin: Begin, desk: Desk) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    session = begin()
    record = session.window.page
    assert isinstance(record, Record)
    record.edited.emit()
    assert "is back" in session.window.banner.words  # still typed, still said
    record.save()
    record.edited.emit()
    assert session.window.banner.words == ""


def test_it_is_not_offered_to_a_colleague(begin: Begin, desk: Desk, desk_as: Callable[[Role], Desk]) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    session = begin(desk_as(Role.OFFICE))
    assert session.window.page.name == "home"
    assert session.window.banner.words == ""
    assert kept(desk) == [("record", "p1", "Ashd")]


def test_a_draft_that_has_been_saved_meanwhile_goes(begin: Begin, desk: Desk) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": ""})
    drafts.keep(desk, "a page that is no more", "", {"line": "x"})
    session = begin()
    assert session.window.banner.words == ""
    assert drafts.own_drafts(desk) == []


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


def test_who_asks_for_the_lock_is_asked_about_a_password_shown_once_and_the_clock_asks_nothing(
    begin: Begin, desk: Desk, restarted: list[Path]
) -> None:
    answers = Answers()
    session = begin(ask=answers)
    page = session.window.page
    shown = Passphrase("Password of the file", parent=page)
    page.column.addWidget(shown)
    shown.show_secret("four plain short words")
    answers.answers = ["stay", "stay"]
    session.window.lock_wanted.emit()
    session.window.close()
    assert (restarted, shown.showing, session.window.isVisible()) == ([], True, True)
    session.idle.expired.emit()
    assert_locked(session, desk, restarted)
    assert [asked.title for asked in answers.questions] == ["Have you noted the password?"] * 2


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
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_the_minutes_follow_the_settings(begin: Begin, desk: Desk, monkeypatch: Any) -> None:
    import dataclasses

    from pupil_desk.services.unit import settings

    session = begin()
    assert session.idle._limit == 5 * 60
    changed = settings.save_settings(desk, dataclasses.replace(desk.settings, lock_minutes=2))
    session.window.news.tell(changed)
    assert session.idle._limit == 2 * 60


# -- signing out


def test_closing_makes_and_proves_a_backup_where_the_last_one_went(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    session = begin(folder=folder)
    session.window.close()
    assert not session.window.isVisible()
    (made,) = folder.glob("*.pupilbackup")
    assert backups.verify(made, name=USER, password=PASSWORD).ok
    assert log_of(desk.vault.path)[:2] == ["sign-out", "back-up"]


def test_without_a_folder_it_just_closes(begin: Begin, desk: Desk, answers: Answers) -> None:
    session = begin()
    session.window.sign_out_wanted.emit()
    assert not session.window.isVisible()
    assert answers.questions == []
    assert log_of(desk.vault.path)[0] == "sign-out"


def test_a_backup_that_fails_asks_once_and_one_may_stay(begin: Begin, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    session = begin(folder=tmp_path / "stick pulled out")
    answers.answers = [False]
    session.window.close()
    assert session.window.isVisible()
    assert session.window.stack.isEnabled()
    assert len(answers.questions) == 1
    assert "Sign out without a backup?" in answers.questions[0].text
    assert session.window.banner.look == "problem"
    assert session.idle._timer.isActive()
    answers.answers = [True]
    session.window.close()
    assert not session.window.isVisible()
    assert log_of(desk.vault.path)[0] == "sign-out"


def test_closing_with_something_typed_asks_first(begin: Begin, answers: Answers) -> None:
    session = begin()
    record = type_into(session, "Ash")
    answers.answers = ["stay"]
    session.window.close()
    assert session.window.isVisible()
    answers.answers = ["save"]
    session.window.close()
    assert not session.window.isVisible()
    assert record.kept == "Ash"


# -- the rest


def test_f1_opens_the_help_on_the_page(begin: Begin) -> None:
    session = begin()
    session.window.help_wanted.emit("record")
    page = session.window.page
    assert isinstance(page, Help)
    assert page.topic == "record"


def test_a_backup_made_on_a_page_shows_in_the_status_bar(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    session = begin()
    assert "none yet" in session.window._backup.text()
    _made, changed = backups.make(desk, tmp_path)
    session.window.news.tell(changed)
    assert session.window._backup.text() == "Proved backup: 24 November 2026"
    session.window.news.tell(Changed.of("staff"))
