"""One person's time at the desk: drafts, and the backup on the way out."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import drafts, staff
from pupil_desk.services.unit.drafts import NOT_NOTED
from pupil_desk.services.unit.signing_in import sign_in
from pupil_desk.store.file.vault import Upgrade
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.jobs import Job, Jobs
from pupil_desk.ui.kit.page import BESIDE
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.passphrase import ShownSecret
from pupil_desk.ui.kit.watch.making import Making
from pupil_desk.ui.window import Window
from tests.ui.conftest import PASSWORD, USER
from tests.ui.session_pages import Begin, Help, Reading, Record, begin, kept, log_of, restarted, type_into  # noqa: F401 - two are fixtures

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


def test_no_draft_is_kept_while_something_is_made_which_may_hold_the_file(begin: Begin, desk: Desk) -> None:
    session = begin()
    type_into(session, "Ash")
    session.window.context.making.is_under_way = True
    session._drafts.timeout.emit()
    assert kept(desk) == []
    session.window.context.making.is_under_way = False
    session._drafts.timeout.emit()
    assert kept(desk) == [("record", "p1", "Ash")]


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


def test_a_file_that_is_open_is_kept_by_a_lock_and_goes_at_signing_out(begin: Begin, desk: Desk) -> None:
    session = begin()
    session.window.go("reading")
    session.window.page.file = "pupils.csv"  # type: ignore[attr-defined]
    session.window.go("help")
    session.keep_drafts()
    assert kept(desk) == [("reading", "", "pupils.csv")]
    session.keep_drafts(at_end=True)
    assert kept(desk) == []


def test_a_file_that_was_open_is_open_again_and_what_was_typed_is_in_view(begin: Begin, desk: Desk) -> None:
    drafts.keep(desk, "reading", "", {BESIDE: True, "line": "pupils.csv"})
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    session = begin()
    (reading,) = [page for page in session.window.open_pages if isinstance(page, Reading)]
    assert reading.file == "pupils.csv"
    assert isinstance(session.window.page, Record)
    assert session.window.page.line.text() == "Ashd"


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


def test_a_page_that_was_let_go_with_nothing_typed_any_more_is_asked_nothing(begin: Begin, desk: Desk) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    session = begin()
    record = session.window.page
    assert isinstance(record, Record)
    record.save()
    session.window.go("home")
    shiboken6.delete(session.window.stack._views.pop("record")[1])
    session._drafts.timeout.emit()
    assert session.window.banner.words == ""
    assert drafts.own_drafts(desk) == []


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


@pytest.mark.parametrize(
    ("typed", "left"), [({"id": "p1"}, ""), ({"id": "p1", "line": 5}, ""), ({"id": "p1", "line": "Ashd", "tab": "third"}, "Ashd")]
)
def test_a_draft_that_an_earlier_version_kept_otherwise_is_said_and_stops_no_sign_in(
    begin: Begin, desk: Desk, caplog: pytest.LogCaptureFixture, typed: dict[str, object], left: str
) -> None:
    """What of it can be put back is; the rest goes, and the next sign-in says nothing more of it."""
    drafts.keep(desk, "record", "p1", typed)
    session = begin()
    record = session.window.page
    assert isinstance(record, Record)
    assert record.line.text() == left
    assert session.window.banner.words.endswith(drafts.NOT_WHOLE)
    assert "Ashd" not in caplog.text
    assert kept(desk) == ([("record", "p1", "Ashd")] if left else [])


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


@pytest.mark.parametrize("by", ["the mouse", "Ctrl+Q"])
def test_who_stays_is_where_they_were_and_esc_works(begin: Begin, answers: Answers, qtbot: QtBot, by: str) -> None:
    session = begin()
    record = type_into(session, "Ash")
    record.line.setFocus()
    answers.answers = ["stay"]
    if by == "the mouse":
        session.window.rail.sign_out.setFocus()
        qtbot.mouseClick(session.window.rail.sign_out, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(record.line, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert session.window.focusWidget() is record.line
    qtbot.keyClick(session.window.focusWidget(), Qt.Key.Key_Escape)
    assert record.line.text() == ""


# -- the rest


def test_f1_opens_the_help_on_the_page(begin: Begin) -> None:
    session = begin()
    session.window.help_wanted.emit("record")
    page = session.window.page
    assert isinstance(page, Help)
    assert page.topic == "record"


def test_a_backup_made_on_a_page_shows_in_the_status_bar(begin: Begin, desk: Desk, tmp_path: Path) -> None:
    session = begin()
    assert "none yet" in session.window.foot.backup.text()
    _made, changed = backups.make(desk, tmp_path)
    session.window.news.tell(changed)
    assert session.window.foot.backup.text() == "Proved backup: 24 November 2026"
    session.window.news.tell(Changed.of("staff"))


def test_a_clock_that_goes_back_meanwhile_is_told_and_logged_once(begin: Begin, desk: Desk) -> None:
    session = begin()
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment -= timedelta(hours=3)
    for _each in range(2):
        session._drafts.timeout.emit()
    assert "before the last entry in the log" in session.window.banner.words
    assert [row["action"] for row in desk.vault.rows("SELECT action FROM log WHERE action LIKE 'clock%'")] == ["clock-back"]


def test_while_one_only_looks_no_form_can_be_typed_into(begin: Begin, desk: Desk) -> None:
    desk.vault.read_only = "only looking"
    session = begin()
    form = Form(Pupil, today=desk.today)
    assert form.fields["surname"].editor.findChild(QLineEdit).isReadOnly()
    session._stop()
    assert not Form(Pupil, today=desk.today).fields["surname"].editor.findChild(QLineEdit).isReadOnly()


def test_a_password_that_work_ends_with_as_the_window_locks_is_kept_as_one_that_was_shown(begin: Begin, desk: Desk) -> None:
    began, locked, told = Event(), Event(), []
    jobs = Jobs()
    session = begin(jobs=jobs)

    def work(_job: Job) -> ShownSecret:
        began.set()
        locked.wait()
        return ShownSecret("Password of the file", "File: transport.xlsx", "four plain short words")

    jobs.run(session.window, work, told.append, title="Export", untold=session.window.context.not_kept.append)
    began.wait()
    jobs.stop_all = locked.set  # type: ignore[method-assign]  # the lock asks it to stop, after its last step
    session.lock()
    assert told == []
    again = sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=desk.clock)
    (draft,) = drafts.own_drafts(again)
    assert draft.page == NOT_NOTED
    assert draft.typed["secrets"] == [{"name": "Password of the file", "opens": "File: transport.xlsx", "secret": "four plain short words"}]
    again.vault.close()


def test_a_password_that_went_with_an_old_one_of_a_person_is_said_at_their_next_sign_in_and_once(begin: Begin, desk: Desk) -> None:
    member = staff.add_user(desk, "Ben Office", Role.OFFICE, PASSWORD)
    desk.vault.close()
    theirs = sign_in(desk.vault.path, name="Ben Office", password=PASSWORD, clock=desk.clock)
    drafts.keep(theirs, NOT_NOTED, "", {"secrets": []})
    theirs.vault.close()
    officer = sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=desk.clock)
    staff.set_password_anew(officer, member, "another long one, given anew")
    officer.vault.close()
    for words in ("A password that was shown to you and not noted went with your old password. Make the files that it opens again.", ""):
        session = begin(sign_in(desk.vault.path, name="Ben Office", password="another long one, given anew", clock=desk.clock))
        assert session.window.banner.words == words
        assert drafts.own_drafts(session.desk) == []
        session.lock()


# -- the beginning


def test_the_window_comes_with_its_page_and_has_a_turn_before_what_was_typed_is_back(
    begin: Begin, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep(desk, "record", "p1", {"id": "p1", "line": "Ashd"})
    seen: list[tuple[bool, list[str]]] = []

    def turn(made: Making) -> None:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window) and each.making is made)
        seen.append((window.isVisible(), [page.name for page in window.open_pages]))

    monkeypatch.setattr(Making, "turn", turn)
    assert begin().window.page.name == "record"
    assert seen == [(True, ["home"])]
