"""A backup restored on a PC that has no file: the old one is lost."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.dates import show_date
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.entry.restoring import Restore
from pupil_desk.ui.kit.talk.ask import Answers
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import COLLEAGUE, FIRST, press, said, sign_in_as, title, type_in, unit_file, words


@pytest.fixture(scope="session")
def made_backup(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("restoring")
    path, code = unit_file(folder)
    desk = units.sign_in(path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    made, _news = backups.make(desk, folder)
    desk.vault.close()
    return made.path, code


@pytest.fixture
def at_restore(open_entry: OpenEntry, answers: Answers, made_backup: tuple[Path, str]) -> tuple[Entry, Restore]:
    """The backup has been chosen on a PC without a file."""
    entry = open_entry()
    answers.answers = [made_backup[0]]
    press(entry, "Restore a backup")
    assert isinstance(entry.panel, Restore)
    return entry, entry.panel


def test_a_data_officer_restores_and_signs_in(qtbot: QtBot, at_restore: tuple[Entry, Restore], desks: list[Desk], tmp_path: Path) -> None:
    entry, _panel = at_restore
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert title(entry) == "Sign in"
    assert "The backup is restored" in words(entry)
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert desks[0].vault.path == (tmp_path / "data" / "pupil-desk" / "unit.pupildesk").resolve()


def test_the_recovery_code_restores_too(qtbot: QtBot, at_restore: tuple[Entry, Restore], made_backup: tuple[Path, str]) -> None:
    entry, panel = at_restore
    type_in(qtbot, panel.code, made_backup[1], enter=True)
    press(entry, "Restore") if not said(entry) and title(entry) != "Sign in" else None
    assert title(entry) == "Sign in", said(entry)


def test_office_may_not_restore_and_nothing_is_left(qtbot: QtBot, at_restore: tuple[Entry, Restore]) -> None:
    entry, panel = at_restore
    sign_in_as(qtbot, entry, COLLEAGUE, FIRST)
    assert "data officer" in said(entry)
    assert not panel._target.exists()


def test_a_damaged_backup_is_named(
    qtbot: QtBot, open_entry: OpenEntry, answers: Answers, made_backup: tuple[Path, str], tmp_path: Path
) -> None:
    data = bytearray(made_backup[0].read_bytes())
    data[len(data) // 2] ^= 1
    hurt = tmp_path / "hurt.pupilbackup"
    hurt.write_bytes(data)
    entry = open_entry()
    answers.answers = [hurt]
    press(entry, "Restore a backup")
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert "hurt.pupilbackup is damaged" in said(entry)


def test_anybody_looks_something_up_in_it_and_nothing_is_restored(
    qtbot: QtBot, at_restore: tuple[Entry, Restore], desks: list[Desk], made_backup: tuple[Path, str]
) -> None:
    entry, panel = at_restore
    panel.look_only.setChecked(True)
    assert title(entry) == "Look something up in a backup"
    assert "a data officer" not in words(entry)
    assert panel.place.isHidden()
    assert panel.forward.text() == "&Open it to look"
    panel.look_only.setChecked(False)
    assert (title(entry), panel.forward.text()) == ("Restore a backup", "&Restore")
    assert not panel.place.isHidden()
    panel.look_only.setChecked(True)
    before = made_backup[0].read_bytes()
    sign_in_as(qtbot, entry, USER, PASSWORD)
    [desk] = desks
    assert desk.vault.read_only.startswith(f"This backup of {show_date(NOW.astimezone().date())} at ")
    assert "looked at alone" in desk.vault.read_only
    desk.vault.close()
    assert not panel._target.exists()
    assert made_backup[0].read_bytes() == before
    assert entry._memory.get("unit/file") is None


def test_with_the_recovery_code_alone_nobody_looks(at_restore: tuple[Entry, Restore], made_backup: tuple[Path, str]) -> None:
    entry, panel = at_restore
    panel.look_only.setChecked(True)
    panel.code.setText(made_backup[1])
    press(entry, "Open it to look")
    assert "The recovery code restores only" in said(entry)
