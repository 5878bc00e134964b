"""After a lock one is where one was, with what one had typed: kept in the unit's file for that person alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, FileClosed
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import drafts, units
from pupil_desk.services.unit.drafts import NOT_NOTED
from pupil_desk.ui import start
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.talk.shown_again import ShownAgain
from pupil_desk.ui.kit.watch.memory import SAY_AT_SIGN_IN, Memory
from pupil_desk.ui.kit.watch.session_watch import Left
from pupil_desk.ui.session import Session
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.session_pages import Begin, Reading, Record, begin, kept, log_of, restarted, type_into  # noqa: F401 - two are fixtures


def test_with_nothing_typed_one_is_led_back_to_where_the_lock_came(begin: Begin, desk: Desk) -> None:
    session = begin()
    session.window.go("record", "p1")
    session.window.page.speak_of("p1")
    session.window.page.tabs.setCurrentIndex(1)  # type: ignore[attr-defined]
    session.lock()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert [draft.page for draft in drafts.own_drafts(again)] == ["place"]
    page = begin(again).window.page
    assert isinstance(page, Record)
    assert (page.at, page.tabs.currentIndex()) == ("p1", 1)
    assert drafts.own_drafts(again) == []
    again.vault.close()


@pytest.mark.parametrize("at", ["home", "reading", "record"])
def test_a_file_that_stays_open_leads_nobody_away_from_where_the_lock_came(begin: Begin, desk: Desk, at: str) -> None:
    session = begin()
    session.window.go("reading")
    session.window.page.file = "pupils.csv"  # type: ignore[attr-defined]
    session.window.go(at)
    session.lock()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    window = begin(again).window
    assert window.page.name == at
    assert [page.file for page in window.open_pages if isinstance(page, Reading)] == ["pupils.csv"]
    again.vault.close()


def test_after_signing_out_work_begins_at_home(begin: Begin, desk: Desk) -> None:
    session = begin()
    session.window.go("record", "p1")
    session.window.close()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert begin(again).window.page.name == "home"
    again.vault.close()


def test_what_was_typed_in_a_question_stands_there_when_the_same_is_asked_again(begin: Begin, desk: Desk) -> None:
    ask, fresh, seen = Dialogs(), Dialogs(), list[str]()
    session = begin(ask=ask)

    def typed() -> QLineEdit:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        line = question.findChild(QLineEdit)
        assert line is not None
        return line

    def look() -> None:
        seen.append(typed().text())
        fresh.dismiss()

    QTimer.singleShot(0, lambda: (QTest.keyClicks(typed(), "The mother rang"), session.lock()))
    assert ask.text("Withdraw this entry?", "Ann Ash: English.", "Why it is withdrawn") is None
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    banner = begin(again, ask=fresh).window.banner
    assert banner.words == "What you had typed under “Withdraw this entry?” stands there again when you come to it."
    for about in ("Bea Birch: English.", "Ann Ash: English."):
        QTimer.singleShot(0, look)
        fresh.text("Withdraw this entry?", about, "Why it is withdrawn")
    assert seen == ["", "The mother rang"]
    assert drafts.own_drafts(again) == []
    again.vault.close()


def test_a_password_typed_in_a_question_is_kept_nowhere(begin: Begin, desk: Desk) -> None:
    ask = Dialogs()
    session = begin(ask=ask)

    def lock() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        QTest.keyClicks(question.findChild(QLineEdit), "secret words")
        session.lock()

    QTimer.singleShot(0, lock)
    assert ask.secret("Change my password", "", "Present password") is None
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert drafts.own_drafts(again) == []
    again.vault.close()


# -- a password that is shown once


def _show_passwords(session: Session, secrets: Sequence[tuple[str, str]] = (("", "four plain short words"),)) -> None:
    box = Passphrase("Password of the file", parent=session.window.page)
    session.window.page.column.addWidget(box)
    box.show_each(secrets, "File: transport.xlsx")


def _shown_again(session: Session) -> ShownAgain | None:
    """The dialog that shows a password again; none where there is none."""
    return next((dialog for dialog in session.window.findChildren(ShownAgain) if dialog.isVisible()), None)


def _words_of(session: Session) -> tuple[str, str, str] | None:
    """The name of the password that is shown again, what it opens, and itself."""
    dialog = _shown_again(session)
    if dialog is None:
        return None
    return dialog.secret.name, dialog.secret.secret.accessibleDescription(), dialog.secret.secret.toPlainText()


def _signed_in_again(begin: Begin, session: Session) -> Session:
    return begin(units.sign_in(session.desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW)), ask=Dialogs())


_SEEN = ("Password of the file", "File: transport.xlsx", "four plain short words")


def test_the_key_that_locks_asks_nothing_beside_a_password_and_neither_loses_nor_doubles_it(begin: Begin, desk: Desk) -> None:
    session = begin(ask=Dialogs())
    _show_passwords(session)
    session.window.lock_wanted.emit()
    assert desk.vault.is_closed
    again = _signed_in_again(begin, session)
    assert _words_of(again) == _SEEN
    dialog = _shown_again(again)
    assert dialog is not None
    dialog.noted_button.click()
    assert _words_of(again) is None, "it was kept once"
    again.desk.vault.close()


def test_the_key_that_locks_pressed_over_the_question_whether_it_is_noted_loses_no_password(
    begin: Begin, desk: Desk, qapp: QApplication
) -> None:
    session = begin(ask=Dialogs())
    watching = start.watch(qapp, session.lock)
    _show_passwords(session)

    def press() -> None:
        question = QApplication.activeModalWidget()
        assert question is not None
        assert question.windowTitle() == "Have you noted the password?"
        QTest.keyClick(question, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    QTimer.singleShot(0, press)
    session.window.close()
    for watcher in watching:
        watcher.stop()
    assert desk.vault.is_closed
    again = _signed_in_again(begin, session)
    assert _words_of(again) == _SEEN
    again.desk.vault.close()


@pytest.mark.parametrize("left", [*(left for left in Left if left is not Left.ENDING), None])
def test_who_leaves_the_pc_beside_a_password_finds_it_again_until_it_is_noted(begin: Begin, left: Left | None) -> None:
    session = begin(ask=Dialogs())
    _show_passwords(session)
    if left is None:
        session.idle.expired.emit()
    else:
        session._watch.left.emit(left)
    for answer in ("later_button", "noted_button"):
        session = _signed_in_again(begin, session)
        assert _words_of(session) == _SEEN
        dialog = _shown_again(session)
        assert dialog is not None
        getattr(dialog, answer).click()
        assert dialog.secret.secret.toPlainText() == ""
        session.lock()
    session = _signed_in_again(begin, session)
    assert _words_of(session) is None
    assert drafts.own_drafts(session.desk) == []
    session.desk.vault.close()


def test_a_password_beside_which_the_pc_is_switched_off_is_kept_too(begin: Begin, desk: Desk) -> None:
    session = begin()
    _show_passwords(session)
    session._watch.ending(None)  # type: ignore[arg-type]  # no test can make Qt's session manager
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert [(draft.page, draft.typed["secrets"]) for draft in drafts.own_drafts(again)] == [
        (NOT_NOTED, [dict(zip(("name", "opens", "secret"), _SEEN, strict=True))])
    ]
    (row,) = again.vault.rows("SELECT body FROM draft")
    assert "plain short" not in str(row["body"]), "it is under the key of whoever saw it, which the file alone does not give"
    again.vault.close()


def _cannot_keep(monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    """The file takes every draft but those of one name."""
    keep = drafts.keep

    def keeps(desk: Desk, page: str, object_id: str, values: dict[str, object]) -> None:
        if page == which:
            raise CannotWrite("full")
        keep(desk, page, object_id, values)

    monkeypatch.setattr(drafts, "keep", keeps)


def test_beside_a_password_that_cannot_be_kept_the_lock_is_asked_about_and_the_clock_asks_nothing(
    begin: Begin, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers("stay")
    session = begin(ask=answers)
    _show_passwords(session)
    _cannot_keep(monkeypatch, NOT_NOTED)
    shown = session.window.page.findChild(Passphrase)
    assert isinstance(shown, Passphrase)
    shown.copy.setFocus()
    session.window.lock_wanted.emit()
    assert (desk.vault.is_closed, shown.showing) == (False, True)
    assert shown.secret.hasFocus(), "a key that is typed blind copies nothing"
    session.idle.expired.emit()
    assert desk.vault.is_closed
    assert [asked.title for asked in answers.questions] == ["Have you noted the password?"]


@pytest.mark.parametrize("way", ["lock", "sign out"])
def test_a_password_that_cannot_be_kept_is_said_to_be_lost_at_the_next_sign_in_and_all_else_is_done(
    begin: Begin, desk: Desk, restarted: list[Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    session = begin(ask=Dialogs())
    type_into(session, "Ashd")
    _show_passwords(session)
    _cannot_keep(monkeypatch, NOT_NOTED)
    if way == "lock":
        session.lock()
    else:
        session.sign_out()
    assert desk.vault.is_closed
    monkeypatch.undo()
    assert log_of(desk.vault.path)[0] == way.replace(" ", "-")
    memory = Memory(tmp_path / "window.json")
    entry = Entry(ImmediateJobs(), Answers(), memory, path=desk.vault.path, clock=FixedClock(NOW))
    qtbot.addWidget(entry)
    assert [line.words for line in entry.panel.problem.lines] == [
        "What was on the screen to be noted could not be kept and is lost: Password of the file. Make the files that it opens again."
    ]
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert kept(again) == [("record", "p1", "Ashd")]
    again.vault.close()


def test_a_file_that_was_closed_for_good_keeps_no_password_and_both_are_said(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    session = begin()
    _show_passwords(session)
    desk.vault.close()
    session._jobs.known_error.emit(FileClosed("Sign in again."))
    assert Memory(tmp_path / "window.json").get(SAY_AT_SIGN_IN) == (
        "Sign in again. What was on the screen to be noted could not be kept and is lost: Password of the file. Make the files that it opens again."
    )


def test_of_drafts_that_cannot_be_kept_neither_the_password_nor_the_row_of_the_lock_suffers(
    begin: Begin, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = begin(ask=Dialogs())
    type_into(session, "Ashd")
    _show_passwords(session)
    _cannot_keep(monkeypatch, "record")
    session.lock()
    assert [record.getMessage() for record in caplog.records] == ["not done at the end: CannotWrite"]
    monkeypatch.undo()
    assert log_of(desk.vault.path)[0] == "lock"
    again = _signed_in_again(begin, session)
    assert _words_of(again) == _SEEN
    again.desk.vault.close()


def test_a_password_on_a_page_out_of_view_is_shown_again_to_who_signed_out(begin: Begin) -> None:
    session = begin(ask=Dialogs())
    session.window.go("record", "p1")
    page = session.window.page
    session.window.go("home")
    box = Passphrase("Password of the file", parent=page)
    box.show_secret("four plain short words", "File: transport.xlsx")  # as an export that ends while one is elsewhere
    page.column.addWidget(box)
    session.window.close()
    assert session.desk.vault.is_closed
    again = _signed_in_again(begin, session)
    assert _words_of(again) == _SEEN
    again.desk.vault.close()


def test_of_several_passwords_each_is_noted_by_itself_and_a_lock_between_them_keeps_the_rest_and_a_new_one(begin: Begin) -> None:
    session = begin(ask=Dialogs())
    _show_passwords(session, [("north.zip", "first words"), ("south.zip", "second words")])
    session.lock()
    session = _signed_in_again(begin, session)
    dialog = _shown_again(session)
    assert dialog is not None
    assert (dialog.secret.name, dialog.secret.secret.toPlainText()) == ("north.zip", "first words")
    dialog.noted_button.click()
    assert _words_of(session) == ("south.zip", "File: transport.xlsx", "second words")
    _show_passwords(session)
    session.lock()
    session = _signed_in_again(begin, session)
    for expected in (("south.zip", "File: transport.xlsx", "second words"), _SEEN):
        assert _words_of(session) == expected
        dialog = _shown_again(session)
        assert dialog is not None
        dialog.noted_button.click()
    assert _words_of(session) is None
    session.desk.vault.close()


def test_a_password_that_is_noted_is_kept_nowhere(begin: Begin) -> None:
    session = begin(ask=Dialogs())
    _show_passwords(session)
    for box in session.window.page.findChildren(Passphrase):
        box.forget()
    session.lock()
    session = _signed_in_again(begin, session)
    assert _words_of(session) is None
    session.desk.vault.close()
