"""backup, verify, restore."""

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit.units import sign_in
from tests.cli.ran import CLOCK, OFFICE, OFFICER, Ran, left_in, remembered_as_last
from tests.services import erased_at_once
from tests.store.file.backups import wrapped

Run = Callable[..., Ran]


@pytest.fixture
def backup(run: Run, unit: Path, out: Path) -> Path:
    """A backup of the training unit, made by command."""
    return Path(run("backup", unit, "--to", out, user=OFFICE, as_json=True).told["file"])


def test_a_backup_is_one_file_with_its_digest(run: Run, unit: Path, out: Path) -> None:
    made = run("backup", unit, "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    assert {"file", "sha256", "rows", "log_head"} <= set(made.told)
    file = Path(made.told["file"])
    assert left_in(out) == {file.name}
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.told["sha256"]
    assert made.told["rows"]["pupil"] == 30
    assert "was made and proved" in run("backup", unit, "--to", out, user=OFFICE).out


def test_verify_opens_it_by_a_password(run: Run, backup: Path) -> None:
    told = run("verify", backup, user=OFFICE, as_json=True)
    assert told.status == 0
    assert {"file", "sha256", "rows", "log_head"} <= set(told.told)
    assert (told.told["ok"], told.told["how"], told.told["rows"]["pupil"]) == (True, "password", 30)


def test_verify_opens_it_by_the_recovery_code_which_is_not_used_up(
    run: Run, backup: Path, monkeypatch: pytest.MonkeyPatch, recovery_code: str
) -> None:
    monkeypatch.setenv("PUPIL_DESK_RECOVERY_CODE", recovery_code)
    for _each in range(2):
        assert (run("verify", backup, as_json=True).told["how"]) == "recovery-code"
    monkeypatch.setenv("PUPIL_DESK_RECOVERY_CODE", recovery_code[:-1] + "?")
    assert run("verify", backup).status == 3


def test_verify_without_a_sign_in_compares_digests_and_says_so(run: Run, backup: Path) -> None:
    told = run("verify", backup, as_json=True)
    assert (told.status, told.told["ok"], told.told["how"]) == (1, True, "digests")
    assert told.told["rows"] == {}  # nobody counts what is in it without opening it
    assert "only its digests were compared" in told.err


@pytest.mark.parametrize("signed_in", [True, False])
def test_one_flipped_byte_is_named(run: Run, backup: Path, signed_in: bool) -> None:
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    told = run("verify", backup, user=OFFICE if signed_in else None, as_json=True)
    assert told.status == 5
    assert [finding["where"] for finding in told.told["findings"]] == ["data.db"]
    assert told.err == f"{backup.name} is damaged (data.db). Use another backup.\n"


def test_a_damaged_backup_is_not_restored(run: Run, backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    refused = run("restore", backup, tmp_path / "new.pupildesk", user=OFFICER)
    assert refused.status == 5
    assert "data.db" in refused.sentence
    assert not (tmp_path / "new.pupildesk").exists()


def test_what_is_no_backup_is_not_ours(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("verify", unit, user=OFFICE).status == 5
    assert run("verify", tmp_path / "none.pupilbackup", user=OFFICE).status == 2


def test_a_restored_file_opens_and_holds_the_same(run: Run, unit: Path, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "restored" / "unit.pupildesk"
    new.parent.mkdir()
    made = run("restore", backup, new, user=OFFICER, as_json=True)
    assert made.status == 0
    assert {"file", "sha256", "rows", "log_head"} <= set(made.told)
    held = run("pupils", unit, "--all", user=OFFICE, as_json=True).told
    assert run("pupils", new, "--all", user=OFFICE, as_json=True).told == held
    assert run("check", new, user=OFFICE, as_json=True).told["ok"]


def test_restoring_by_the_recovery_code(
    run: Run, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recovery_code: str
) -> None:
    monkeypatch.setenv("PUPIL_DESK_RECOVERY_CODE", recovery_code)
    assert run("restore", backup, tmp_path / "new.pupildesk").status == 0
    assert run("pupils", tmp_path / "new.pupildesk", user=OFFICE).status == 0


def test_only_a_data_officer_restores_and_never_over_a_file(run: Run, unit: Path, backup: Path, tmp_path: Path) -> None:
    assert run("restore", backup, tmp_path / "new.pupildesk", user=OFFICE).status == 3
    assert run("restore", backup, tmp_path / "new.pupildesk").status == 2  # nobody signed in
    before = unit.read_bytes()
    assert run("restore", backup, unit, user=OFFICER).status == 2
    assert unit.read_bytes() == before
    assert not list(tmp_path.glob("new*"))


def test_a_backup_to_a_folder_that_is_gone(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("backup", unit, "--to", tmp_path / "gone", user=OFFICE).status == 7


def test_a_backup_of_a_newer_version(run: Run, backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["manifest.json"] = held["manifest.json"].replace(b'"version": 2', b'"version": 3')
    backup.write_bytes(wrapped(held))
    refused = run("verify", backup, user=OFFICE)
    assert refused.status == 6
    assert "newer version" in refused.sentence


def test_a_backup_of_before_an_erasure_brings_nobody_back(
    run: Run, unit: Path, backup: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    gone = pupils.all_pupils(desk)[0]
    erased_at_once.erase_pupil(desk, gone.id, authority="A court")
    desk.vault.close()
    run("backup", unit, "--to", out, user=OFFICE)  # leaves the note of erasures beside the older one
    new = tmp_path / "restored" / "unit.pupildesk"
    new.parent.mkdir()
    made = run("restore", backup, new, user=OFFICER, as_json=True)
    assert (made.status, made.told["erased_again"]) == (0, 1)
    refs = {row["ref"] for row in run("pupils", new, "--all", user=OFFICE, as_json=True).told}
    assert len(refs) == 29
    assert gone.ref not in refs
    (new.parent / "again").mkdir()
    remembered_as_last(unit, tmp_path, monkeypatch)  # beside it lies a note too
    for note in out.glob("*.erased"):
        note.unlink()
    said = run("restore", backup, new.parent / "again" / "unit.pupildesk", user=OFFICER).out
    assert "Carried out again in it: 1 erasure made after this backup." in said


def test_the_drill_leaves_a_certificate_and_nothing_else(run: Run, unit: Path, backup: Path, out: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    done = run("drill", unit, backup, "--to", papers, user=OFFICER, as_json=True)
    assert done.status == 0
    assert (done.told["ok"], done.told["pupils"], done.told["read"]) == (True, 30, 10)
    assert left_in(papers) == {done.told["files"][0]["name"]} == {"restore-drill-2026-11-24.pdf"}
    assert left_in(out) == {backup.name}
    assert run("drill", unit, backup, "--to", papers, user=OFFICE).status == 3


def test_the_drill_tries_the_recovery_code(
    run: Run, unit: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recovery_code: str
) -> None:
    monkeypatch.setenv("PUPIL_DESK_RECOVERY_CODE", recovery_code)
    assert "was restored for a try and passed its checks" in run("drill", unit, backup, "--to", tmp_path, user=OFFICER).out
    monkeypatch.setenv("PUPIL_DESK_RECOVERY_CODE", recovery_code[:-1] + "?")
    assert run("drill", unit, backup, "--to", tmp_path, user=OFFICER).status == 3
