"""Signing in, changing a first password, and getting in again by the recovery code."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlcipher

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, Damaged
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.entry.shown_code import ShownCode
from pupil_desk.ui.entry.sign_in import NewPassword, RecoveryCode, ResetPassword, SignIn
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import COLLEAGUE, FIRST, press, said, sign_in_as, title, type_in, unit_file

NEW = "five other plain words here"


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return unit_file(tmp_path_factory.mktemp("entry-pattern"))


@pytest.fixture
def file(_pattern: tuple[Path, str], tmp_path: Path) -> Path:
    """A unit's file, closed."""
    shutil.copytree(_pattern[0].parent, tmp_path / "office")
    return tmp_path / "office" / _pattern[0].name


@pytest.fixture
def code(_pattern: tuple[Path, str]) -> str:
    """Its recovery code."""
    return _pattern[1]


def test_two_lines_and_enter_twice(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    entry = open_entry(file)
    panel = entry.panel
    assert isinstance(panel, SignIn)
    assert panel.name.hasFocus()
    qtbot.keyClicks(panel.name, USER)
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.password.hasFocus()
    assert panel.password.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(panel.password, PASSWORD)
    qtbot.keyClick(panel.password, Qt.Key.Key_Return)
    assert [desk.user.name for desk in desks] == [USER]


def test_a_wrong_password_is_said_in_place_and_is_typed_again(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    entry = open_entry(file)
    sign_in_as(qtbot, entry, USER, "not the right words at all")
    panel = entry.panel
    assert isinstance(panel, SignIn)
    assert said(entry) != ""
    assert "damaged" not in said(entry)
    assert (panel.name.text(), panel.password.text()) == (USER, "")
    assert panel.password.hasFocus()
    assert panel.isEnabled()
    assert panel.forward.text() == "Sign in"
    type_in(qtbot, panel.password, PASSWORD, enter=True)
    assert len(desks) == 1


def test_what_went_wrong_moves_no_field_and_no_button_under_the_pointer(qtbot: QtBot, open_entry: OpenEntry, file: Path) -> None:
    entry = open_entry(file)
    panel = entry.panel
    assert isinstance(panel, SignIn)
    QApplication.processEvents()
    before = [part.mapToGlobal(part.rect().center()) for part in (panel.name, panel.password, panel.forward)]
    panel.refused(Damaged("The file is damaged. Restore a backup."))
    QApplication.processEvents()
    assert panel.doubts.isVisible()
    assert "The file is damaged" in said(entry)
    assert [part.mapToGlobal(part.rect().center()) for part in (panel.name, panel.password, panel.forward)] == before


@pytest.mark.parametrize(("name", "password", "expected"), [("", "x", "Enter your name."), (USER, "", "Enter your password.")])
def test_an_empty_line_is_asked_for(open_entry: OpenEntry, file: Path, name: str, password: str, expected: str) -> None:
    entry = open_entry(file)
    assert isinstance(entry.panel, SignIn)
    entry.panel.name.setText(name)
    entry.panel.password.setText(password)
    press(entry, "Sign in")
    assert said(entry) == expected
    assert (entry.panel.password if name else entry.panel.name).hasFocus()


def test_the_file_used_last_is_asked_for_next_time(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    sign_in_as(qtbot, open_entry(file), USER, PASSWORD)
    desks[0].vault.close()
    entry = open_entry()
    assert title(entry) == "Sign in"
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert desks[1].vault.path == file.resolve()


def test_a_file_that_has_gone_is_named_with_what_to_do(open_entry: OpenEntry, memory: Memory, tmp_path: Path) -> None:
    memory.keep("unit/file", str(tmp_path / "stick" / "unit.pupildesk"))
    entry = open_entry()
    assert title(entry) == "Welcome to Pupil Desk"
    assert said(entry).startswith("unit.pupildesk is not in ")
    assert "plug that in" in said(entry)


def test_a_damaged_file_is_told_from_a_wrong_password(qtbot: QtBot, open_entry: OpenEntry, file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[200:400] = bytes(200)
    file.write_bytes(data)
    entry = open_entry(file)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "damaged" in said(entry)
    assert "backup" in said(entry)


@pytest.mark.acceptance(16)
def test_a_file_that_is_not_worked_on_is_looked_at_with_a_tick_and_the_password(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]
) -> None:
    file.write_bytes(file.read_bytes() + bytes(4096))
    entry = open_entry(file)
    assert isinstance(entry.panel, SignIn)
    assert not entry.panel.doubts.isVisible()
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "is not worked on" in said(entry)
    doubts = entry.panel.doubts
    assert doubts.look_only.isVisible()
    assert not doubts.reason.isVisible()
    qtbot.keyClick(doubts.look_only, Qt.Key.Key_Space)
    type_in(qtbot, entry.panel.password, PASSWORD, enter=True)
    [desk] = desks
    assert desk.vault.read_only.startswith("The file is open to be looked at alone")


@pytest.mark.acceptance(7)
def test_on_a_full_disk_the_file_can_be_looked_at(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = units.sign_in

    def full(path: Path, *, read_only: bool, **how: Any) -> Desk:
        if not read_only:
            raise CannotWrite("The disk that holds the file is full. Free some space and try again.")
        return real(path, read_only=True, **how)

    monkeypatch.setattr(units, "sign_in", full)
    entry = open_entry(file)
    assert isinstance(entry.panel, SignIn)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "is full" in said(entry)
    doubts = entry.panel.doubts
    assert doubts.isVisible()
    assert not doubts.reason.isVisible()
    qtbot.keyClick(doubts.look_only, Qt.Key.Key_Space)
    type_in(qtbot, entry.panel.password, PASSWORD, enter=True)
    assert [desk.vault.read_only[:42] for desk in desks] == ["The file is open to be looked at alone: no"]


def test_a_copy_of_a_damaged_file_is_saved_as_it_is(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, tmp_path: Path, answers: Answers
) -> None:
    file.write_bytes(file.read_bytes()[:-4096])
    (tmp_path / "stick").mkdir()
    answers.answers.append(tmp_path / "stick")
    entry = open_entry(file)
    assert isinstance(entry.panel, SignIn)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    entry.panel.doubts.copy.click()
    assert "A copy of the file, with what belongs to it, is in" in entry.panel.doubts.saved.text()
    assert entry.panel.doubts.saved.isVisible()
    assert "damaged" in said(entry)
    [made] = (tmp_path / "stick").iterdir()
    assert (made / file.name).read_bytes() == file.read_bytes()


@pytest.mark.acceptance(19)
def test_an_older_file_goes_on_when_a_data_officer_says_why(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    older = file.read_bytes()
    for _day in range(2):
        units.sign_out(units.sign_in(file, name=USER, password=PASSWORD, clock=FixedClock(NOW)))
    file.write_bytes(older)
    entry = open_entry(file)
    assert isinstance(entry.panel, SignIn)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "log entries missing since" in said(entry)
    assert desks == []
    type_in(qtbot, entry.panel.doubts.reason, "The disk broke; this is a copy of Friday")
    type_in(qtbot, entry.panel.password, PASSWORD, enter=True)
    [desk] = desks
    assert "goes on from here, as you said" in desk.vault.remarks[0]
    [taken] = desk.vault.rows("SELECT * FROM log WHERE action = 'older-file-taken'")
    assert taken["reason"].endswith(" Why it goes on: The disk broke; this is a copy of Friday")
    assert taken["user_id"] == desk.user.id
    desk.vault.close()
    units.sign_out(units.sign_in(file, name=USER, password=PASSWORD, clock=FixedClock(NOW)))


def test_a_file_that_is_no_units_file(qtbot: QtBot, open_entry: OpenEntry, tmp_path: Path) -> None:
    other = tmp_path / "letter.pupildesk"
    other.write_bytes(b"Dear parents, " * 1000)
    entry = open_entry(other)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "letter.pupildesk" in said(entry)
    assert "password" not in said(entry).lower()


def test_a_file_in_use_says_so(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    holder = units.sign_in(file, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    entry = open_entry(file)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "is open" in said(entry)
    assert "close it there first" in said(entry).lower()
    holder.vault.close()
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert len(desks) == 1


def test_a_file_of_a_newer_version(qtbot: QtBot, open_entry: OpenEntry, file: Path) -> None:
    desk = units.sign_in(file, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    key = desk.vault.key("db").hex()
    desk.vault.close()
    con = sqlcipher.connect(str(file))
    con.execute(f"PRAGMA key = \"x'{key}'\"")
    con.execute("PRAGMA user_version = 999")
    con.close()
    entry = open_entry(file)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "newer version" in said(entry)
    assert "Install that version" in said(entry)


def test_another_units_file_and_back(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, tmp_path: Path, answers: Answers, desks: list[Desk]
) -> None:
    other = tmp_path / "other" / "second.pupildesk"
    shutil.copytree(file.parent, other.parent)
    for each in list(other.parent.iterdir()):
        each.rename(each.with_name(each.name.replace("unit.", "second.")))
    entry = open_entry(file)
    press(entry, "Another unit")
    press(entry, "Back to sign-in")
    assert title(entry) == "Sign in"
    press(entry, "Another unit")
    answers.answers = [None]
    press(entry, "Open a unit")
    assert title(entry) == "Welcome to Pupil Desk"
    answers.answers = [other]
    press(entry, "Open a unit")
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert desks[0].vault.path == other.resolve()


def test_a_first_password_is_changed_before_anything_else(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    entry = open_entry(file)
    sign_in_as(qtbot, entry, COLLEAGUE, FIRST)
    panel = entry.panel
    assert isinstance(panel, NewPassword)
    assert desks == []
    assert panel.old.hasFocus()
    type_in(qtbot, panel.old, FIRST)
    type_in(qtbot, panel.new, "short")
    type_in(qtbot, panel.repeat_field, "short", enter=True)
    assert "too short" in said(entry)
    type_in(qtbot, panel.new, NEW)
    type_in(qtbot, panel.repeat_field, NEW + "x", enter=True)
    assert "not the same" in said(entry)
    type_in(qtbot, panel.repeat_field, NEW, enter=True)
    assert [(desk.user.name, desk.user.must_change_password) for desk in desks] == [(COLLEAGUE, False)]
    desks[0].vault.close()
    again = open_entry(file)
    sign_in_as(qtbot, again, COLLEAGUE, NEW)
    assert len(desks) == 2


def test_the_wrong_first_password_is_said(qtbot: QtBot, open_entry: OpenEntry, file: Path, desks: list[Desk]) -> None:
    entry = open_entry(file)
    sign_in_as(qtbot, entry, COLLEAGUE, FIRST)
    panel = entry.panel
    assert isinstance(panel, NewPassword)
    type_in(qtbot, panel.old, "no idea of it")
    type_in(qtbot, panel.new, NEW)
    type_in(qtbot, panel.repeat_field, NEW, enter=True)
    assert "present password is wrong" in said(entry)
    assert panel.old.hasFocus()
    press(entry, "Back to sign-in")
    sign_in_as(qtbot, entry, USER, PASSWORD)  # the file was let go
    assert len(desks) == 1


def test_the_recovery_code_gives_a_new_password_and_a_new_code(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, code: str, desks: list[Desk]
) -> None:
    entry = open_entry(file)
    press(entry, "I have forgotten")
    panel = entry.panel
    assert isinstance(panel, RecoveryCode)
    assert panel.code.hasFocus()
    type_in(qtbot, panel.code, code[:-1], enter=True)
    assert "28 characters" in said(entry)
    type_in(qtbot, panel.code, code.lower().replace("-", " "), enter=True)
    reset = entry.panel
    assert isinstance(reset, ResetPassword)
    assert [reset.user.itemText(place) for place in range(reset.user.count())] == ["Dana Officer, data officer", "Olu Brand, office"]
    type_in(qtbot, reset.new, NEW)
    type_in(qtbot, reset.repeat_field, NEW, enter=True)
    shown = entry.panel
    assert isinstance(shown, ShownCode)
    fresh = shown.secret.secret.toPlainText()
    assert fresh != code
    assert "still does" in shown.loses  # open the file: the code that was used
    type_in(qtbot, shown.second, fresh.split("-")[1])
    type_in(qtbot, shown.last, fresh.split("-")[-1], enter=True)
    assert [desk.user.name for desk in desks] == [USER]
    desks[0].vault.close()
    again = open_entry(file)
    sign_in_as(qtbot, again, USER, PASSWORD)
    assert said(again) != ""  # the old one is dead
    sign_in_as(qtbot, again, USER, NEW)
    assert len(desks) == 2


@pytest.mark.parametrize("chosen", [False, True])
def test_leaving_after_the_code_changes_nothing(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, code: str, desks: list[Desk], chosen: bool
) -> None:
    """Neither before a new password was chosen, nor while the new code is shown and not yet typed back."""
    entry = open_entry(file)
    press(entry, "I have forgotten")
    assert isinstance(entry.panel, RecoveryCode)
    type_in(qtbot, entry.panel.code, code, enter=True)
    if chosen:
        assert isinstance(entry.panel, ResetPassword)
        type_in(qtbot, entry.panel.new, NEW)
        type_in(qtbot, entry.panel.repeat_field, NEW, enter=True)
        assert isinstance(entry.panel, ShownCode)
    press(entry, "Leave everything as it was")
    units.open_with_recovery_code(file, code, entry._clock).close()
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert len(desks) == 1
