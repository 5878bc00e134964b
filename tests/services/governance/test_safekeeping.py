"""How the records are kept safe, for the data protection officer: each fact against the state that it tells, and all on one side."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from pupil_desk import __version__
from pupil_desk.basics.pc import disk_encryption, installed, sockets
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.basics.words import join_words
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, drill
from pupil_desk.services.exports import all_exports
from pupil_desk.services.governance import papers
from pupil_desk.services.notes import key_sheets, readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.program import own_files
from pupil_desk.services.unit import data_key, staff
from pupil_desk.store.file import tries
from pupil_desk.store.file.engine import engine_facts
from tests.services.exports.made import OFFICER, PASSWORD, Unit, new_unit

LONG_PASSWORD = "slow green kettle by the window"


def words(unit: Unit) -> str:
    return plain_text(papers.story(unit.desk, "safekeeping")[0])


def test_how_it_is_encrypted_is_what_the_file_says(unit: Unit) -> None:
    text, facts, (slot, *_more) = words(unit), engine_facts(), unit.desk.vault.keys.slots
    for fact in (
        "random key of 256 bits",
        f"SQLCipher {facts.cipher}",
        f"SQLite {facts.sqlite}",
        facts.cryptography,
        "(HMAC-SHA512)",
        f"key number {unit.desk.vault.keys.epoch}, since 24 November 2026",
        f"takes {slot.memory_kib // 1024} MB of memory, gone over {slot.passes} times",
        f"after {tries.FREE} wrong ones there is a wait of up to {tries.LONGEST} seconds",
        "10,000,000,000 guesses",
        f"by Pupil Desk {__version__}",
    ):
        assert fact in text, fact


def test_a_backup_with_an_older_key_is_counted_until_it_is_given_the_new_one(unit: Unit, tmp_path: Path) -> None:
    assert "the whole file and every backup" not in words(unit)
    assert "None that the log knows has an older key." in words(unit)
    (tmp_path / "stick").mkdir()
    backups.make(unit.desk, tmp_path / "stick")
    data_key.new_key(unit.desk)
    assert "With an older key, by the log: 1 backup." in words(unit)


def test_exports_that_are_proposed_plain_are_named_by_the_rule(unit: Unit) -> None:
    plain = [export.title for export in all_exports(unit.desk) if export.upload]
    assert f"takes nothing else: {join_words(plain)}." in words(unit)
    assert "Common Transfer File" in join_words(plain)
    assert "gives a reason" not in words(unit)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps lists, not modes")
def test_a_folder_that_others_can_only_list_is_told_as_such(unit: Unit) -> None:
    folder = unit.file.parent
    for file in folder.iterdir():
        file.chmod(0o600)
    for mode, said in ((0o755, "do no more: "), (0o777, "get at the folder: ")):
        folder.chmod(mode)
        assert said in words(unit)
        assert "everybody on this PC" in words(unit)
    folder.chmod(0o700)


def test_who_opens_it_is_who_has_a_key_and_may_sign_in(unit: Unit) -> None:
    member = staff.add_user(unit.desk, "Bea Assistant", Role.ASSISTANT_HEAD, LONG_PASSWORD)
    assert f"Data officer: {unit.desk.user.name}; Assistant head: Bea Assistant" in words(unit)
    staff.disable(unit.desk, member)
    assert "Bea Assistant" not in words(unit)


def test_who_holds_the_second_key_is_who_was_named_to_read_restricted_notes(unit: Unit) -> None:
    assert "There is none yet." in words(unit)
    member = staff.add_user(unit.desk, "Bea Assistant", Role.ASSISTANT_HEAD, LONG_PASSWORD)
    readers.set_reader(unit.desk, member, may=True, reason="Designated safeguarding lead")
    assert "without which only who wrote a note reads it. It is held by Bea Assistant. The recovery code opens it too." in words(unit)


def test_who_holds_the_key_of_the_safeguarding_files_is_told_and_not_whether_there_is_one(unit: Unit) -> None:
    assert "Safeguarding files" not in words(unit)
    member = staff.add_user(unit.desk, "Bea Assistant", Role.ASSISTANT_HEAD, LONG_PASSWORD)
    readers.set_reader(unit.desk, member, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)
    assert "not even who wrote it. It is held by Bea Assistant. The recovery code opens it too." in words(unit)


def test_the_three_sheets_are_told_as_a_way_in_once_they_are_in_force(unit: Unit) -> None:
    readers.set_reader(unit.desk, unit.desk.user, may=True, reason="Designated safeguarding lead")
    new = key_sheets.new_sheets(unit.desk)
    assert "sheets" not in words(unit)
    new.put_in_force()
    text = words(unit)
    assert "Any two of the three sheets of 24 November 2026 give it to somebody who is named to read them." in text
    assert "The recovery code opens it too." not in text


def test_the_day_of_the_recovery_code_is_that_of_the_one_in_force(unit: Unit, later: Callable[[int], None]) -> None:
    assert "The one of 24 November 2026, on paper alone." in words(unit)
    later(3)
    assert "The one of 24 November 2026, on paper alone." in words(unit)
    staff.new_recovery_code(unit.desk).put_in_force()
    assert "The one of 27 November 2026, on paper alone." in words(unit)


@pytest.fixture
def later(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets so many days pass."""
    from datetime import timedelta

    clock = unit.desk.clock

    def pass_days(days: int) -> None:
        monkeypatch.setattr(clock, "moment", clock.now() + timedelta(days=days))

    return pass_days


def test_backups_and_what_was_found_at_opening(unit: Unit, tmp_path: Path) -> None:
    text = words(unit)
    assert "Last proved backup\nNone yet." in text
    assert "Last restore drill\nNone yet." in text
    assert "Found: nothing." in text
    (tmp_path / "stick").mkdir()
    made = backups.make(unit.desk, tmp_path / "stick", removable=True)[0]
    drill.make(unit.desk, made.path, name=OFFICER, password=PASSWORD)
    unit.desk.vault.remark("A page was turned.")
    text = words(unit)
    assert "24 November 2026, on a stick" in text
    assert "Last restore drill\n24 November 2026" in text
    assert "Found: A page was turned." in text


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "open now: none. The system was asked."), (2, "open now: 2. There should be none"), (None, "does not say which")],
)
def test_open_sockets_are_looked_at(unit: Unit, monkeypatch: pytest.MonkeyPatch, count: int | None, said: str) -> None:
    monkeypatch.setattr(sockets, "open_network_sockets", lambda: count)
    assert said in words(unit)


@pytest.mark.parametrize("state", DiskEncryption)
def test_the_disk_is_as_this_pc_says(unit: Unit, monkeypatch: pytest.MonkeyPatch, state: DiskEncryption) -> None:
    monkeypatch.setattr(disk_encryption, "state_of", lambda _path: state)
    said = {"on": "encrypted as a whole", "off": "not encrypted", "under way": "being encrypted", "not known": "does not say whether"}
    assert said[state.value] in words(unit)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed copy of one file."""
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "engine.dll").write_bytes(b"engine")
    (folder / installed.MANIFEST).write_text(f"{hashlib.sha256(b'engine').hexdigest()}  engine.dll\n")
    monkeypatch.setattr(installed, "program_folder", lambda: folder)
    monkeypatch.setattr(own_files, "_compared", [])
    return folder


def test_what_is_installed_stands_beside_what_was_built(unit: Unit, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = hashlib.sha256((program / installed.MANIFEST).read_bytes()).hexdigest()
    assert f"What is installed is what was built. Both have the SHA-256 {built}" in words(unit)
    (program / "engine.dll").write_bytes(b"Engine")
    monkeypatch.setattr(own_files, "_compared", [])
    text = words(unit)
    assert f"What is installed is not what was built. Built: SHA-256 {built}. Installed: " in text
    assert "engine.dll was changed." in text


def test_from_its_source_there_is_nothing_to_compare(unit: Unit) -> None:
    assert "It runs from its source here." in words(unit)


def test_it_stands_on_one_side_for_a_unit_of_twelve_users(tmp_path: Path, program: Path) -> None:
    unit = new_unit(tmp_path / "twelve" / "unit.pupildesk")
    roles = (Role.DATA_OFFICER, Role.ASSISTANT_HEAD, Role.OFFICE)
    for number in range(11):
        staff.add_user(unit.desk, f"Bartholomew Featherstonehaugh-Cholmondeley {chr(65 + number)}", roles[number % 3], LONG_PASSWORD)
    readers.set_reader(unit.desk, unit.desk.user, may=True, reason="Designated safeguarding lead")
    key_sheets.new_sheets(unit.desk).put_in_force()
    (tmp_path / "stick").mkdir()
    backups.make(unit.desk, tmp_path / "stick")
    (program / "engine.dll").write_bytes(b"both digests stand there")
    with pypdfium2.PdfDocument(papers.pdf_of(unit.desk, "safekeeping")[1]) as pdf:
        assert len(pdf) == 1
        width, height = pdf[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    unit.desk.vault.close()
