"""A backup restored on a PC that has no file: the old one is lost."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.dates import show_date
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import units
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.entry.restoring import Restore
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from tests.services import erased_at_once
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import COLLEAGUE, FIRST, press, said, sign_in_as, title, type_in, unit_file, words


@pytest.fixture(scope="session")
def made_backup(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Of a unit whose file is lost since; a pupil who is in the backup was erased before."""
    stick = tmp_path_factory.mktemp("restoring")
    path, code = unit_file(stick / "records")
    desk = units.sign_in(path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    pupil = Pupil(surname="Kestrel", forename="Nia", dob=date(2012, 3, 1))
    added = pupils.add_pupil(desk, pupil, Enrolment(status="C", start_date=date(2026, 9, 2)))
    made, _news = backups.make(desk, stick)
    erased_at_once.erase_pupil(desk, added.id, authority="Request")
    desk.vault.close()
    path.unlink()
    return made.path, code


def _lost(made_backup: tuple[Path, str]) -> Path:
    return made_backup[0].parent / "records" / "unit.pupildesk"


@pytest.fixture
def at_restore(open_entry: OpenEntry, answers: Answers, memory: Memory, made_backup: tuple[Path, str]) -> tuple[Entry, Restore]:
    """The backup has been chosen on a PC whose file is lost; what was erased is noted where it lay."""
    memory.keep("unit/file", str(_lost(made_backup)))
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
    assert "Carried out again in it: 1 erasure made after this backup." in words(entry)
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
    assert pupils.all_pupils(desk) == []
    desk.vault.close()
    assert not panel._target.exists()
    assert made_backup[0].read_bytes() == before
    assert entry._memory.get("unit/file") == str(_lost(made_backup))


def test_with_the_recovery_code_alone_nobody_looks(at_restore: tuple[Entry, Restore], made_backup: tuple[Path, str]) -> None:
    entry, panel = at_restore
    panel.look_only.setChecked(True)
    panel.code.setText(made_backup[1])
    press(entry, "Open it to look")
    assert "The recovery code restores only" in said(entry)
