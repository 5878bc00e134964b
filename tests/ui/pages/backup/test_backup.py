"""Backup: made and proved, an old one looked at, one restored to a new name, the file checked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.basics.pc.drives import Drive
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages import backup as module
from pupil_desk.ui.pages.backup import BackupPage
from tests.ui.pages.made import CLOCK, PASSWORD, USER, as_role

type OpenPage = Callable[[], BackupPage]


@pytest.fixture
def open_page(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setattr(module, "removable_drives", list)
    context.jobs.known_error.connect(context.banner.problem)

    def make() -> BackupPage:
        page = BackupPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.show()
        page.on_show()
        return page

    return make


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def made(desk: Desk, stick: Path) -> Path:
    return backups.make(desk, stick)[0].path


def result(page: BackupPage) -> str:
    return "\n".join(label.text() for label in page.result.findChildren(QLabel)) if not page.result.isHidden() else ""


def press(page: BackupPage, key: str) -> None:
    page.heading.button_of(key).click()


def test_without_a_stick_or_a_folder_it_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page()
    door = page.heading.button_of("make")
    assert not door.isEnabled()
    assert door.toolTip() == "Put a stick in, or choose a folder"
    assert page.place.placeholderText() == "No stick is plugged in"
    assert page.last.text() == "Last proved backup: none yet"


def test_a_stick_that_is_plugged_in_is_seen_by_itself_while_the_page_is_in_view(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, stick: Path
) -> None:
    page = open_page()
    drives = [Drive(stick, "REGISTER (E:)", 12_300_000_000, 16_000_000_000)]
    monkeypatch.setattr(module, "removable_drives", lambda: drives)
    page.watch.plugged = lambda: tuple((drive.path, drive.label, drive.kind, drive.read_only) for drive in drives)
    page.watch.ask()
    assert page.place.currentText() == "REGISTER (E:), 12.3 GB free"
    assert page.heading.button_of("make").isEnabled()
    drives.clear()
    stick.rmdir()
    page.watch.ask()
    assert not page.heading.button_of("make").isEnabled()
    assert page.watch.active
    page.hide()
    assert not page.watch.active


def test_a_backup_goes_to_the_folder_chosen_and_is_remembered(open_page: OpenPage, context: Context, answers: Answers, stick: Path) -> None:
    page = open_page()
    answers.answers = [stick]
    page.choose()
    press(page, "make")
    (file,) = stick.glob("*.pupilbackup")
    assert "Made and proved" in result(page)
    assert file.name in result(page)
    assert "7 pupils" in result(page)
    assert page.last.text() == "Last proved backup: 24 November 2026 at 10:00"
    assert context.banner.look == "success"
    assert backups.verify(file, name=USER, password=PASSWORD).ok
    again = open_page()
    assert again.place.currentData() == str(stick)


def test_sticks_are_listed_with_their_label_and_room_and_looked_for_by_f5(
    open_page: OpenPage, stick: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    monkeypatch.setattr(module, "removable_drives", lambda: [Drive(stick, "REGISTER (E:)", 12_400_000_000, 16_000_000_000)])
    page.refresh()
    assert page.sticks.text() == "No backup of this unit is on what is plugged in."
    assert page.place.currentText() == "REGISTER (E:), 12.4 GB free"
    press(page, "make")
    last = backups.last(desk)
    assert last is not None
    assert last.removable
    page.refresh()
    assert page.sticks.text().startswith("Newest on the sticks: REGISTER (E:), ")


def test_a_stick_that_was_pulled_out_is_said(open_page: OpenPage, context: Context, answers: Answers, tmp_path: Path) -> None:
    page = open_page()
    answers.answers = [tmp_path / "gone"]
    page.choose()
    press(page, "make")
    assert context.banner.look == "problem"
    assert result(page) == ""


def test_a_good_backup_is_proved_by_ones_own_password(open_page: OpenPage, context: Context, answers: Answers, made: Path) -> None:
    page = open_page()
    answers.answers = [made, PASSWORD]
    press(page, "verify")
    assert "The backup is good" in result(page)
    assert [asked.kind for asked in answers.questions] == ["open_file", "secret"]
    assert context.banner.look == "success"


def test_a_damaged_backup_is_called_so(open_page: OpenPage, context: Context, answers: Answers, made: Path) -> None:
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    made.write_bytes(data)
    page = open_page()
    answers.answers = [made, PASSWORD]
    press(page, "verify")
    assert "The backup is damaged: use another" in result(page)
    assert context.banner.words == "The backup is damaged. Use another one."


def test_the_wrong_password_says_nothing_of_the_backup(open_page: OpenPage, context: Context, answers: Answers, made: Path) -> None:
    page = open_page()
    answers.answers = [made, "not the right words at all"]
    press(page, "verify")
    assert context.banner.look == "problem"
    assert result(page) == ""


def test_cancelling_does_nothing(open_page: OpenPage, answers: Answers, made: Path) -> None:
    page = open_page()
    answers.answers = [None]
    press(page, "verify")
    answers.answers = [made, None]
    press(page, "restore")
    assert result(page) == ""


def test_a_backup_is_restored_beside_the_file_and_can_be_opened(
    open_page: OpenPage, context: Context, answers: Answers, made: Path, tmp_path: Path
) -> None:
    page = open_page()
    target = tmp_path / "restored.pupildesk"
    answers.answers = [made, target, PASSWORD]
    press(page, "restore")
    assert "Restored and checked" in result(page)
    assert "“Another unit’s file”" in result(page)
    desk = units.sign_in(target, name=USER, password=PASSWORD, clock=CLOCK)
    assert desk.vault.path != context.desk.vault.path
    desk.vault.close()


def test_it_never_goes_over_a_file(open_page: OpenPage, context: Context, answers: Answers, made: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pupildesk"
    taken.write_text("something")
    page = open_page()
    answers.answers = [made, taken, PASSWORD]
    press(page, "restore")
    assert context.banner.look == "problem"
    assert taken.read_text() == "something"


def test_restoring_is_for_the_data_officer(open_page: OpenPage, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    page = open_page()
    assert not page.heading.button_of("restore").isEnabled()
    assert page.heading.button_of("restore").toolTip() == "Data officer only"
    assert page.heading.button_of("verify").isEnabled()


def test_the_file_is_checked(open_page: OpenPage) -> None:
    page = open_page()
    press(page, "check")
    assert "The file and its log are whole" in result(page)


def test_what_the_check_finds_is_listed_the_serious_first(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.backup import checks
    from pupil_desk.services.backup.checks import FileDefect

    found = [FileDefect("P1", "No stay.", False), FileDefect("log", "Row 7 was changed.", True)]
    monkeypatch.setattr(checks, "check_file", lambda _desk: found)
    page = open_page()
    press(page, "check")
    assert result(page).splitlines() == ["Something is wrong", "log: Row 7 was changed.", "P1: No stay."]


def test_everything_has_a_name(open_page: OpenPage, nameless: Any) -> None:
    assert nameless(open_page()) == []


def test_the_drill_shows_its_certificate_and_says_when_it_was(open_page: OpenPage, answers: Answers, made: Path, stick: Path) -> None:
    page = open_page()
    assert page._drills.text() == "Last restore drill: none yet"
    answers.answers = [made, PASSWORD]
    press(page, "drill")
    assert "can be restored" in page.context.banner.words
    assert page.paper.isVisible()
    assert page.paper.view.data.startswith(b"%PDF")
    assert page._drills.text().startswith("Last restore drill: 24 November 2026")
    page.paper.closed.emit()
    assert not page.paper.isVisible()
    assert sorted(stick.iterdir()) == [made]


def test_looking_only_the_commands_say_why_they_cannot_be_used(open_page: OpenPage, desk: Desk) -> None:
    desk.vault.read_only = "only looking"
    page = open_page()
    for key in ("make", "restore", "drill", "check"):
        assert not page.heading.button_of(key).isEnabled()
        assert page.heading.button_of(key).toolTip() == LOOKING_ONLY
    desk.vault.read_only = ""
