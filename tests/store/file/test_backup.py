"""One portable file: made from the running program, proved, and looked at."""

import contextlib
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import threading
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, Damaged, Known, NewerVersion, NotOurs, WrongPassword, WrongUse
from pupil_desk.store.file import audit, backup, backup_file, checks, migrate, opening, restoring
from pupil_desk.store.file.backup import BackupMade
from pupil_desk.store.file.vault import Vault
from tests.store.file.backups import names, parts, restored_log_row, wrapped
from tests.store.made import AT, NAME, PASSWORD, USER, Unit, add_pupil, write_log

# -- making


def test_what_is_made_says_what_it_holds(made: BackupMade, unit: Unit) -> None:
    local = AT.astimezone().strftime("%Y-%m-%d_%H%M")
    with unit.unlock() as vault:
        assert made.path.name == f"{local}_{vault.vault_id[:8]}_6.pupilbackup"
        assert made.log_head == audit.head(vault)
    assert (made.rows["pupil"], made.rows["log"], made.rows["identity"]) == (3, 6, 1)
    assert not [table for table in made.rows if table.startswith(("find_", "sqlite"))]
    assert made.bytes == made.path.stat().st_size
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == ["manifest.json", "slots.json", "data.db"]
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["log_seq"], manifest["at"], manifest["schema"]) == (6, "2026-11-24T09:12:00.000000Z", len(migrate.scripts()))
    whole = made.path.read_bytes()
    for word in (b"Marker-Zeta", NAME.encode(), b"SQLite format 3"):
        assert word not in whole


def test_nothing_else_is_left(made: BackupMade, unit: Unit) -> None:
    assert names(made.path.parent) == [made.path.name]
    assert [name for name in names(unit.path.parent) if name.startswith(".")] == []


def test_two_within_a_minute_have_two_names(unit: Unit, tmp_path: Path) -> None:
    with unit.unlock() as vault:
        first, second = (backup.make(vault, tmp_path, moment=AT, app_version="1").path for _each in range(2))
    assert second.name == first.name.replace(".pupilbackup", "-2.pupilbackup")


@pytest.mark.acceptance(59, short=5, full=50)
def test_every_edit_acknowledged_before_it_was_asked_for_is_in_it(unit: Unit, tmp_path: Path, times: int) -> None:
    with unit.unlock() as vault:
        for number in range(20):
            add_pupil(vault, number)
        acknowledged, stop, seconds = [20], threading.Event(), ([], [])  # type: ignore[var-annotated]

        def work() -> None:
            while not stop.is_set():
                add_pupil(vault, acknowledged[0])
                acknowledged[0] += 1

        def prove() -> None:
            before, began = acknowledged[0], time.monotonic()
            one = backup.make(vault, tmp_path, moment=AT, app_version="1")
            seconds[worker.is_alive()].append(time.monotonic() - began)
            assert before <= one.rows["pupil"] == one.rows["log"] - 3
            assert restoring.verify(one.path, name=NAME, password=PASSWORD).ok
            one.path.unlink()

        worker = threading.Thread(target=work)
        worker.start()
        try:
            for _each in range(times):
                prove()
        finally:
            stop.set()
            worker.join()
        for _each in range(times // 5):
            prove()
        assert acknowledged[0] > 20
        assert checks.verify_log(vault) == []
    if times > 5:  # enough of them to tell how long one takes
        assert statistics.median(seconds[True]) < 3 * statistics.median(seconds[False])


@pytest.mark.parametrize("step", ["copy_into", "write_pieces", "engine_checks"])
def test_a_backup_that_fails_leaves_nothing(unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fails(*_args: object, **_named: object) -> list[str]:
        if step == "engine_checks":
            return ["page 7 is hurt"]
        raise CannotWrite("full")

    where: object = {"copy_into": Vault, "write_pieces": backup, "engine_checks": checks}[step]
    monkeypatch.setattr(where, step, fails)
    (tmp_path / "stick").mkdir()
    with unit.unlock() as vault:
        with pytest.raises(Damaged if step == "engine_checks" else CannotWrite):
            backup.make(vault, tmp_path / "stick", moment=AT, app_version="1")
        assert names(tmp_path / "stick") == []
        assert [name for name in names(tmp_path) if "copying" in name] == []
        add_pupil(vault, 1)


def test_a_folder_that_is_gone_is_said(unit: Unit, tmp_path: Path) -> None:
    with unit.unlock() as vault, pytest.raises(CannotWrite, match="is not there"):
        backup.make(vault, tmp_path / "gone", moment=AT, app_version="1")


def test_a_working_copy_left_by_a_killed_program_is_removed(unit: Unit) -> None:
    left = unit.path.with_name(f".{unit.path.name}.0123.copying")
    left.write_bytes(b"x")
    unit.unlock().close()
    assert not left.exists()


# -- looking


def test_anybodys_password_and_the_recovery_code_prove_it(made: BackupMade, unit: Unit) -> None:
    for way, how in (({"name": NAME, "password": PASSWORD}, "password"), ({"recovery_code": unit.recovery_code}, "recovery-code")):
        seen = restoring.verify(made.path, **way)
        assert (seen.ok, seen.defects, seen.way) == (True, (), how)
        assert (dict(seen.rows), seen.log_head, seen.sha256) == (dict(made.rows), made.log_head, made.sha256)
    opening.unlock(unit.path, recovery_code=unit.recovery_code).vault.close()  # it is not used up


def test_without_a_password_only_the_digests_are_compared_and_it_says_so(made: BackupMade) -> None:
    seen = restoring.verify(made.path)
    assert (seen.ok, seen.way, seen.log_head) == (True, "digests", made.log_head)


def test_a_wrong_password_is_a_wrong_password(made: BackupMade) -> None:
    with pytest.raises(WrongPassword):
        restoring.verify(made.path, name=NAME, password="x")


def test_an_older_backup_opens_with_the_older_password(made: BackupMade, unit: Unit) -> None:
    with unit.unlock() as vault, vault.transaction():
        vault.change_password(USER, NAME, "a wholly different thing")
    assert restoring.verify(made.path, name=NAME, password=PASSWORD).ok


@pytest.mark.acceptance(61)
def test_one_flipped_bit_is_named_wherever_it_is(made: BackupMade, tmp_path: Path) -> None:
    whole, bad = made.path.read_bytes(), tmp_path / "bad.pupilbackup"
    with zipfile.ZipFile(made.path) as archive:
        starts = [(info.header_offset, info.filename) for info in archive.infolist()] + [(archive.start_dir, "the end of the file")]
    for place, (start, part) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(whole)
        for at in {*range(start, min(end, start + 60)), *range(start, end, max(1, (end - start) // 40)), end - 1}:
            bad.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
            seen = restoring.verify(bad)
            told = {finding.where for finding in seen.defects}
            assert not seen.ok, at
            assert told == {part} or (part == "the end of the file" and told), at  # a member's line in the table may name the member
            assert all(finding.where in finding.message for finding in seen.defects)


def test_a_cut_or_lengthened_file_is_damaged(made: BackupMade, tmp_path: Path) -> None:
    whole, bad = made.path.read_bytes(), tmp_path / "bad.pupilbackup"
    for data in (whole[: len(whole) // 2], whole[:-1], whole + b"\0", whole[:2000]):
        bad.write_bytes(data)
        seen = restoring.verify(bad, name=NAME, password=PASSWORD)
        assert not seen.ok
        assert seen.defects


@pytest.mark.parametrize("data", [b"", b"P", b"%PDF-1.7 ...", b"PK\x03\x04" + bytes(500), os.urandom(5000)])
def test_what_was_never_a_backup_is_not_ours(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.pupilbackup").write_bytes(data)
    with pytest.raises(NotOurs):
        restoring.verify(tmp_path / "x.pupilbackup")


def test_another_zip_is_not_ours(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("../../evil", "x")
    with pytest.raises(NotOurs):
        restoring.verify(tmp_path / "x.zip")


def test_a_missing_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no backup"):
        restoring.verify(tmp_path / "x.pupilbackup")
    with pytest.raises(WrongUse, match="cannot be read"):
        restoring.verify(tmp_path)


def test_a_manifest_rewritten_with_good_digests_is_not_sealed(made: BackupMade, tmp_path: Path) -> None:
    held = parts(made.path)
    held["manifest.json"] = held["manifest.json"].replace(b'"log_seq": 6', b'"log_seq": 7')
    bad = tmp_path / "bad.pupilbackup"
    bad.write_bytes(wrapped(held))
    assert restoring.verify(bad).ok  # digests alone cannot tell
    seen = restoring.verify(bad, name=NAME, password=PASSWORD)
    assert [finding.where for finding in seen.defects] == ["manifest.json"]
    assert "has been altered" in seen.defects[0].message


def test_another_units_data_in_the_wrapping_is_found(made: BackupMade, tmp_path: Path) -> None:
    held = parts(made.path)
    manifest = json.loads(held["manifest.json"])
    held["data.db"] = os.urandom(len(held["data.db"]))
    manifest["members"]["data.db"]["sha256"] = hashlib.sha256(held["data.db"]).hexdigest()
    held["manifest.json"] = json.dumps(manifest).encode()
    bad = tmp_path / "bad.pupilbackup"
    bad.write_bytes(wrapped(held))
    assert not restoring.verify(bad, name=NAME, password=PASSWORD).ok
    with pytest.raises(Damaged):
        restoring.restore(bad, tmp_path / "n.pupildesk", name=NAME, password=PASSWORD, app_version="1", then=restored_log_row)


def test_the_engines_checks_are_made_when_it_is_opened(made: BackupMade, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "engine_checks", lambda _con: ["page 7 is hurt"])
    seen = restoring.verify(made.path, name=NAME, password=PASSWORD)
    assert [finding.where for finding in seen.defects] == ["data.db"]
    assert not seen.ok


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"[" * 100_000, b'{"format": "pupil-desk backup"}', b'{"format": "pupil-desk backup", "version": "1"}', b"\xff"]
)
def test_a_hostile_manifest_is_damage(made: BackupMade, tmp_path: Path, text: bytes) -> None:
    bad = tmp_path / "bad.pupilbackup"
    bad.write_bytes(wrapped({**parts(made.path), "manifest.json": text}))
    seen = restoring.verify(bad, name=NAME, password=PASSWORD)
    assert "manifest.json" in [finding.where for finding in seen.defects]


def test_a_seal_that_is_no_seal_is_refused(made: BackupMade, tmp_path: Path) -> None:
    held = parts(made.path)
    manifest = {**json.loads(held["manifest.json"]), "seal": "\ud800"}
    bad = tmp_path / "bad.pupilbackup"
    bad.write_bytes(wrapped({**held, "manifest.json": json.dumps(manifest).encode()}))
    assert not restoring.verify(bad, name=NAME, password=PASSWORD).ok


def test_a_backup_of_a_newer_version_says_so(made: BackupMade, tmp_path: Path) -> None:
    held = parts(made.path)
    held["manifest.json"] = held["manifest.json"].replace(b'"version": 2', b'"version": 3')
    (tmp_path / "newer.pupilbackup").write_bytes(wrapped(held))
    with pytest.raises(NewerVersion):
        restoring.verify(tmp_path / "newer.pupilbackup")


def test_a_look_leaves_no_copy(made: BackupMade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    seen_there: list[bool] = []
    real = backup_file.look_inside

    def spy(copy: Path, *rest: object) -> tuple[tuple[audit.Defect, ...], checks.FileFacts | None]:
        seen_there.append(copy.stat().st_mode & 0o077 == 0 or os.name == "nt")
        assert copy.read_bytes()[:16] != b"SQLite format 3\0"
        return real(copy, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_file, "look_inside", spy)
    assert restoring.verify(made.path, name=NAME, password=PASSWORD).ok
    assert seen_there == [True]
    assert names(tmp_path / "temp") == []


@pytest.mark.acceptance(65)
@pytest.mark.needs("sqlcipher")
def test_debians_sqlcipher_opens_it_with_the_raw_key_and_not_without(made: BackupMade, unit: Unit, tmp_path: Path) -> None:
    """The way out if there were no program of ours: any SQLCipher 4, given the key that the data key makes."""
    (tmp_path / "data.db").write_bytes(parts(made.path)["data.db"])
    with unit.unlock() as vault:
        key = vault.key("db").hex()

    def ask(pragma: str) -> subprocess.CompletedProcess[str]:
        shutil.copy(tmp_path / "data.db", tmp_path / "copy.db")
        question = f"{pragma}\nSELECT count(*) || ' ' || min(surname) FROM pupil;\nPRAGMA journal_mode;\n"
        return subprocess.run(["sqlcipher", tmp_path / "copy.db"], input=question, capture_output=True, text=True, check=False)

    assert ask(f"PRAGMA key = \"x'{key}'\";").stdout.split("\n")[-3:-1] == ["3 Marker-Zeta", "delete"]
    assert "Marker-Zeta" not in ask("").stdout
    assert "Marker-Zeta" not in ask("PRAGMA key = 'wrong';").stdout


def test_every_refusal_is_known(made: BackupMade, tmp_path: Path) -> None:
    """Three hundred spoiled files: a finding or a Known, never a bug."""
    import random

    chance, whole, bad = random.Random(5), made.path.read_bytes(), tmp_path / "bad.pupilbackup"
    for _each in range(20):
        data = bytearray(whole)
        for _hit in range(chance.choice((1, 3, 30))):
            data[chance.choice((chance.randrange(len(data)), chance.randrange(2000), len(data) - 1 - chance.randrange(200)))] = (
                chance.randrange(256)
            )
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        bad.write_bytes(data)
        with contextlib.suppress(Known):
            assert not restoring.verify(bad).ok or bytes(data) == whole


def test_the_moment_is_shown_in_the_offices_time(unit: Unit, tmp_path: Path) -> None:
    with unit.unlock() as vault:
        write_log(vault)
        at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
        made = backup.make(vault, tmp_path, moment=at, app_version="1")
    assert made.path.name.startswith(at.astimezone().strftime("%Y-%m-%d_%H%M"))
