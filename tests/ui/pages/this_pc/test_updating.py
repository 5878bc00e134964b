"""An update from a stick, in the window: asked about with what it brings, copied, handed to what puts it in place; a refused one does nothing."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.pc import installed, own_program
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.program import updates
from pupil_desk.services.program.update_file import Payload, Update, UpdateRefused
from pupil_desk.services.program.updates import SYSTEM, UpdateSeen
from pupil_desk.services.unit import logbook
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.this_pc import ThisPcPage, updating
from tests.ui.pages.made import as_role

UPDATE = Update(
    "9.1.0", "0.1.0", date(2026, 11, 24), date(2027, 11, 24), (1, 999), ("Registers open faster.",), {SYSTEM: Payload("new.bin", 3, "")}
)


@pytest.fixture
def page(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ThisPcPage:
    """The page of an installed copy, on a stick with an update."""
    monkeypatch.setattr(installed, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(updates, "look", lambda path, **_facts: UpdateSeen(path, UPDATE, 0))
    monkeypatch.setattr(updates, "take", lambda _seen, report: _copied(tmp_path))
    monkeypatch.setattr(own_program, "_at_end", [])
    context.jobs.known_error.connect(context.banner.problem)
    page = ThisPcPage(context)
    qtbot.addWidget(page)
    page.show()
    return page


def _copied(folder: Path) -> Path:
    (folder / "new.bin").write_bytes(b"new")
    return folder / "new.bin"


def press(page: ThisPcPage) -> None:
    page.heading.button_of("update").click()


def test_on_windows_it_asks_signs_out_and_starts_the_installer_at_the_end(
    page: ThisPcPage, context: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(updating, "SYSTEM", updating.WINDOWS)
    answers.answers += [tmp_path / "u.pupilupdate", True]
    press(page)
    question = answers.questions[-1]
    assert question.title == "Update Pupil Desk?"
    for words in ("Pupil Desk 9.1.0 of 24 November 2026", "Registers open faster.", "You are signed out", "this version stays as it is"):
        assert words in question.text
    ((words, as_administrator),) = own_program._at_end
    assert words[0] == str(tmp_path / "new.bin")
    assert not as_administrator
    assert not page.isVisible()  # the window was asked to close, which signs out
    assert [(row.action, row.object_id) for row in logbook.rows(context.desk, limit=1)] == [("edit-settings", "9.1.0")]


def test_on_linux_it_goes_beside_this_version_and_says_where(
    page: ThisPcPage, context: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(updating, "SYSTEM", "linux")
    monkeypatch.setattr(updates, "put_beside", lambda _copy, version, _report: tmp_path / f"pupil-desk-{version}")
    answers.answers += [tmp_path / "u.pupilupdate", True]
    press(page)
    assert str(tmp_path / "pupil-desk-9.1.0") in context.banner.words
    assert page.isVisible()
    assert not own_program._at_end
    assert not (tmp_path / "new.bin").exists()


def test_who_says_no_changes_nothing(
    page: ThisPcPage, context: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(updates, "take", lambda *_args, **_more: pytest.fail("copied"))
    before = len(logbook.rows(context.desk))
    answers.answers += [tmp_path / "u.pupilupdate", False]
    press(page)
    answers.answers += [None]
    press(page)
    assert len(logbook.rows(context.desk)) == before
    assert not own_program._at_end


def test_one_that_is_refused_says_why_and_asks_nothing(
    page: ThisPcPage, context: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(path: Path, **_facts: object) -> UpdateSeen:
        raise UpdateRefused("is an update that nobody has signed", name=path.name)

    monkeypatch.setattr(updates, "look", refuse)
    answers.answers += [tmp_path / "u.pupilupdate"]
    press(page)
    assert "u.pupilupdate is an update that nobody has signed." in context.banner.words


def test_from_its_source_it_says_why_not(qtbot: QtBot, context: Context) -> None:
    page = ThisPcPage(context)
    qtbot.addWidget(page)
    assert not page.heading.button_of("update").isEnabled()
    assert page.heading.button_of("update").toolTip() == "This copy runs from its source, and is updated there"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_OFFICER])
def test_only_who_may_change_settings_may(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, role: Role
) -> None:
    monkeypatch.setattr(installed, "program_folder", lambda: tmp_path)
    context.desk = as_role(context.desk, role)
    page = ThisPcPage(context)
    qtbot.addWidget(page)
    assert not page.heading.button_of("update").isEnabled()


def test_a_lock_forgets_what_waited_for_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(own_program, "_start_apart", lambda words, _as_administrator: started.append(words))
    own_program.start_at_end(["first"])
    own_program.start_at_end(["second"])
    own_program.start_what_waits()
    own_program.start_at_end(["third"])
    own_program.forget_what_waits()
    own_program.start_what_waits()
    assert started == [["second"]]


def test_what_cannot_be_started_stops_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.delenv("PYINSTALLER_RESET_ENVIRONMENT", raising=False)
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "")
    own_program.start_at_end(["/nowhere/setup.exe"])
    own_program.start_what_waits()
    assert "not started at the end" in caplog.text
