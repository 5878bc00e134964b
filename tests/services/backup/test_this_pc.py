"""Is this PC a safe place for the unit's file: each thing looked at, in words, and the line on Home."""

from pathlib import Path

import pytest

from pupil_desk.basics.pc import access, disk_encryption, placement_check
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.basics.pc.placement import Objection
from pupil_desk.services.backup import this_pc
from pupil_desk.services.backup.this_pc import ThisPc, look_round
from pupil_desk.services.home import home
from tests.services.exports.made import new_unit

PLACE, DISK, PEOPLE = range(3)


def seen(*, objection: Objection | None = None, encryption: DiskEncryption = DiskEncryption.ON, others: list[str] | None = None) -> ThisPc:
    return ThisPc(Path("/records/unit.pupildesk"), objection, encryption, others)


def test_a_pc_as_it_should_be() -> None:
    findings = seen(others=[]).checks()
    assert [found.ok for found in findings] == [True, True, True]
    assert len({found.title for found in findings}) == 3
    assert str(Path("/records")) in findings[PLACE].words


@pytest.mark.parametrize("objection", Objection)
def test_a_wrong_place_says_why(objection: Objection) -> None:
    found = seen(objection=objection).checks()[PLACE]
    assert found.ok is False
    assert found.words == placement_check.sentence(objection, Path("/records/unit.pupildesk"))


@pytest.mark.parametrize(
    ("state", "ok", "words"),
    [
        (DiskEncryption.OFF, False, "Ask your technician"),
        (DiskEncryption.UNDER_WAY, None, "being encrypted now"),
        (DiskEncryption.NOT_KNOWN, None, "Ask your technician"),
    ],
)
def test_a_disk_that_is_not_encrypted_or_not_known_says_what_to_do(state: DiskEncryption, ok: bool | None, words: str) -> None:
    found = seen(encryption=state).checks()[DISK]
    assert found.ok is ok
    assert words in found.words


@pytest.mark.parametrize(("system", "program"), [("nt", "manage-bde -status"), ("posix", "lsblk")])
def test_the_technician_is_told_what_to_look_with(system: str, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pc = seen(encryption=DiskEncryption.NOT_KNOWN)
    monkeypatch.setattr(this_pc, "_WINDOWS", system == "nt")
    assert program in pc.checks()[DISK].words


def test_others_are_named_for_a_person_to_judge() -> None:
    found = seen(others=["OFFICE-PC\\Records staff", "Users"]).checks()[PEOPLE]
    assert found.ok is None
    assert "OFFICE-PC\\Records staff and Users" in found.words
    assert seen(others=None).checks()[PEOPLE].ok is None


def test_others_who_can_only_list_the_folder_are_no_worry() -> None:
    found = ThisPc(Path("/records/unit.pupildesk"), None, DiskEncryption.ON, ["everybody on this PC"], only_listed=True).checks()[PEOPLE]
    assert found.ok is True
    assert "neither open, copy nor delete" in found.words


def test_a_look_round_asks_the_system_of_the_file_and_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "unit.pupildesk"
    monkeypatch.setattr(placement_check, "objection_to", {path: Objection.REMOVABLE}.__getitem__)
    monkeypatch.setattr(disk_encryption, "state_of", {path: DiskEncryption.UNDER_WAY}.__getitem__)
    monkeypatch.setattr(access, "others_with_access", {tmp_path: ["Users"]}.__getitem__)
    monkeypatch.setattr(access, "others_only_list", {tmp_path: True}.__getitem__)
    assert look_round(path) == ThisPc(path, Objection.REMOVABLE, DiskEncryption.UNDER_WAY, ["Users"], only_listed=True)


@pytest.mark.parametrize(
    ("state", "training", "open_"),
    [
        (DiskEncryption.OFF, False, True),
        (DiskEncryption.OFF, True, False),  # invented pupils
        (DiskEncryption.NOT_KNOWN, False, False),
        (DiskEncryption.UNDER_WAY, False, False),
        (DiskEncryption.ON, False, False),
    ],
)
def test_home_warns_of_an_open_disk_under_real_records_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: DiskEncryption, training: bool, open_: bool
) -> None:
    monkeypatch.setattr(disk_encryption, "state_of", lambda _path: state)
    unit = new_unit(tmp_path / "unit" / "unit.pupildesk", training=training)
    assert home.tasks(unit.desk).disk_is_open is open_
    unit.desk.vault.close()


def test_the_system_is_asked_once_in_a_sitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def ask(path: Path) -> DiskEncryption:
        asked.append(path)
        return DiskEncryption.OFF

    monkeypatch.setattr(disk_encryption, "state_of", ask)
    unit = new_unit(tmp_path / "unit" / "unit.pupildesk")
    assert home.tasks(unit.desk).disk_is_open
    assert home.tasks(unit.desk).disk_is_open
    assert asked == [unit.desk.vault.path]
    unit.desk.vault.close()
