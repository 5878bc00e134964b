"""A newer program meets a unit's file: the proved backup first, and nothing written without it."""

import errno
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.basics import files
from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import CannotWrite, Damaged, NewerVersion
from pupil_desk.store.file import audit, backup, checks, engine, keyfile, migrate, opening, restoring, upgrade
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import Vault
from tests.store import made as made_module
from tests.store.file.killed_upgrade import NEW, OLD, killed_after
from tests.store.made import NAME, PASSWORD, USER, Unit, add_pupil

STEP = "ALTER TABLE pupil ADD COLUMN shoe TEXT; UPDATE pupil SET shoe = '7';"
VAULT_ID = "0123abcd-0000-4000-8000-000000000000"


def this_is(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """From now on the program is of this version."""
    monkeypatch.setattr(pupil_desk, "__version__", version)
    monkeypatch.setattr(made_module, "__version__", version)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Unit:
    """A file with one pupil, last written by 0.1.0; the program is 0.2.0."""
    path = tmp_path / "office" / "old.pupildesk"
    path.parent.mkdir()
    this_is(monkeypatch, OLD)
    vault, code = opening.create(path, name=NAME, user_id=USER, password=PASSWORD, cost=FLOOR, app_version=OLD)
    with vault.transaction():
        vault.execute("INSERT INTO staff (id, name, name_key, role) VALUES (?, ?, ?, 'assistant-head')", (USER, NAME, NAME))
    add_pupil(vault, 1)
    vault.close()
    this_is(monkeypatch, NEW)
    return Unit(path, code)


@pytest.fixture
def later(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scripts of a later version of the program, with one more step."""
    folder = tmp_path_factory.mktemp("scripts")
    for script in migrate.SCRIPTS.glob("*.sql"):
        shutil.copy(script, folder)
    (folder / f"{len(migrate.scripts()) + 1:04d}_shoe.sql").write_text(STEP)
    monkeypatch.setattr(migrate, "SCRIPTS", folder)
    return folder


def backups(unit: Unit) -> list[Path]:
    folder = unit.path.parent / upgrade.FOLDER
    return sorted(folder.iterdir()) if folder.is_dir() else []


def bytes_of(unit: Unit) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()}


def last_row(vault: Vault) -> tuple[str, ...]:
    row = vault.first_row("SELECT action, user_id, role, reason, app_version FROM log ORDER BY seq DESC LIMIT 1")
    assert row is not None
    return tuple(row)


# -- the backup


def test_a_newer_program_of_the_same_form_backs_up_once(old: Unit) -> None:
    with old.unlock() as vault:
        assert vault.upgraded is not None
        assert (vault.upgraded.before, vault.upgraded.now) == (OLD, NEW)
        [made] = backups(old)
        assert vault.upgraded.backup == made
        assert vault.upgraded.sentence == f"Pupil Desk was upgraded to {NEW}. A backup of how things were is at {made}."
        assert last_row(vault) == ("backup-before-upgrade", USER, "assistant-head", "from 0.1.0 to 0.2.0", NEW)
        assert checks.verify_log(vault) == []
        head = audit.head(vault)
    seen = restoring.verify(made, name=NAME, password=PASSWORD)
    assert seen.ok
    assert seen.log_head is not None
    assert seen.log_head.seq == head.seq - 1
    assert seen.rows["pupil"] == 1
    assert NAME not in made.name
    with old.unlock() as vault:
        assert vault.upgraded is None
    assert backups(old) == [made]


@pytest.mark.acceptance(64)
def test_the_backup_is_proved_before_the_form_changes(old: Unit, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    real = migrate.run

    def spy(con: object, steps: tuple[migrate.Script, ...]) -> None:
        [made] = backups(old)
        found = restoring.verify(made, name=NAME, password=PASSWORD)
        assert found.ok
        seen.append((made.name, con.execute("PRAGMA user_version").fetchone()[0]))  # type: ignore[attr-defined]
        real(con, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(migrate, "run", spy)
    with old.unlock() as vault:
        assert [version for _name, version in seen] == [len(migrate.scripts()) - 1]
        assert vault.first_row("SELECT shoe FROM pupil")[0] == "7"  # type: ignore[index]
        assert vault.first_row("PRAGMA user_version")[0] == len(migrate.scripts())  # type: ignore[index]
        assert last_row(vault)[0] == "backup-before-upgrade"


def test_the_recovery_code_backs_up_too(old: Unit) -> None:
    with opening.unlock(old.path, recovery_code=old.recovery_code).vault as vault:
        assert last_row(vault) == ("backup-before-upgrade", "", "data-officer", "from 0.1.0 to 0.2.0", NEW)


def test_the_backup_restores_to_what_was(old: Unit, later: Path, tmp_path: Path) -> None:
    old.unlock().close()
    [made] = backups(old)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def then(vault: Vault, user_id: str) -> None:
        with vault.transaction():
            audit.append(vault, moment=made_module.AT, user_id=user_id, role="data-officer", action="restore", app_version=NEW)

    restoring.restore(made, elsewhere / "again.pupildesk", name=NAME, password=PASSWORD, app_version=NEW, then=then)
    assert not (elsewhere / upgrade.FOLDER).exists()  # the backup it came from is still there
    with opening.unlock(elsewhere / "again.pupildesk", name=NAME, password=PASSWORD).vault as vault:
        assert vault.upgraded is None
        assert vault.first_row("SELECT shoe FROM pupil")[0] == "7"  # type: ignore[index]


def test_a_wrong_password_makes_no_backup(old: Unit) -> None:
    before = bytes_of(old)
    with pytest.raises(Exception, match="wrong"):
        opening.unlock(old.path, name=NAME, password="not the words at all")
    assert backups(old) == []
    assert bytes_of(old)["old.pupildesk"] == before["old.pupildesk"]


# -- when it cannot be made


def test_a_full_disk_refuses_sign_in_and_changes_nothing(old: Unit, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(old)

    def full(part: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_flush", full)
        with pytest.raises(CannotWrite) as refused:
            old.unlock()
    assert "backup" in refused.value.message
    assert re.search(r"1\d MB free", refused.value.message)
    assert "Nothing has been changed" in refused.value.message
    assert not (old.path.parent / upgrade.FOLDER).exists()
    after = bytes_of(old)
    heads = [held.pop("old.pupildesk.anchor").splitlines()[0] for held in (after, before)]  # how it was left needs room to be written anew
    assert heads[0] == heads[1]
    assert after == before
    with old.unlock() as vault:  # with room again
        assert vault.upgraded is not None


def test_a_copy_that_fails_its_check_refuses_sign_in(old: Unit, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(checks, "engine_checks", lambda _con: ["page 3 is wrong"])
        with pytest.raises(Damaged, match="No backup was kept"):
            old.unlock()
    assert backups(old) == []
    with old.unlock() as vault:
        assert vault.upgraded is not None
        assert vault.upgraded.before == OLD


def test_a_failure_between_backup_and_change_leaves_the_old_form(old: Unit, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "run", broken)
        with pytest.raises(MemoryError):
            old.unlock()
    assert len(backups(old)) == 1
    with old.unlock() as vault:
        assert vault.upgraded is not None
        assert vault.upgraded.before == OLD
        assert vault.first_row("SELECT shoe FROM pupil")[0] == "7"  # type: ignore[index]
        assert vault.first_row("SELECT count(*) FROM log WHERE action = 'backup-before-upgrade'")[0] == 1  # type: ignore[index]


def test_a_failure_after_the_change_undoes_it(old: Unit, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(audit, "append", broken)
        with pytest.raises(MemoryError):
            old.unlock()
        patch.setattr(pupil_desk, "__version__", OLD)
        patch.setattr(migrate, "SCRIPTS", Path(migrate.__file__).parents[1] / "scripts")
        with old.unlock() as vault:  # the old program still opens it
            assert "shoe" not in [row["name"] for row in vault.rows("PRAGMA table_info(pupil)")]
            assert checks.look_over(vault) == []


# -- an older program


@pytest.mark.acceptance(64)
def test_an_older_program_is_refused_and_writes_nothing(old: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    old.unlock().close()
    before = bytes_of(old)
    this_is(monkeypatch, "0.1.9")
    with pytest.raises(NewerVersion) as refused:
        old.unlock()
    assert refused.value.status == 6
    assert "last used with Pupil Desk 0.2.0" in refused.value.message
    assert "(0.1.9)" in refused.value.message
    assert bytes_of(old) == before
    this_is(monkeypatch, "0.2")
    old.unlock().close()


def test_an_older_program_does_not_restore_a_newer_backup(old: Unit, tmp_path: Path) -> None:
    with old.unlock() as vault:
        newer = backup.make(vault, tmp_path, moment=made_module.AT, app_version=NEW).path
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(NewerVersion):
        restoring.restore(newer, elsewhere / "a.pupildesk", name=NAME, password=PASSWORD, app_version=OLD, then=lambda *_: None)
    assert list(elsewhere.iterdir()) == []


# -- how many are kept


def name_of(day: datetime, seq: int, more: str = "", unit: str = "0123abcd") -> str:
    return f"{day.astimezone():%Y-%m-%d_%H%M}_{unit}_{seq}{more}.pupilbackup"


def test_the_latest_three_stay_whatever_their_age_and_younger_ones_too() -> None:
    now = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
    days = [0, 100, 101, 102, 400]
    names = [name_of(now - timedelta(days=age), 500 - age) for age in days]
    assert upgrade.too_many(names, VAULT_ID, now) == names[3:]
    young = [name_of(now - timedelta(days=age), 90 - age) for age in range(6)]
    assert upgrade.too_many(young, VAULT_ID, now) == []
    many = [name_of(now - timedelta(days=age), 90 - age) for age in range(90)]
    assert upgrade.too_many(many, VAULT_ID, now) == []


def test_of_those_that_a_killed_program_left_the_latest_stays() -> None:
    now = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
    crashing = [name_of(now, 7, f"-{count}") for count in range(2, 14)]
    assert upgrade.too_many(crashing, VAULT_ID, now) == crashing[-2::-1]


def test_what_is_not_ours_is_never_removed() -> None:
    now = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
    long_ago = now - timedelta(days=900)
    strange = ["holiday.pupilbackup", "notes.txt", "2020-13-45_0000_0123abcd_1.pupilbackup"]
    others = [name_of(long_ago, seq, unit="ffffffff") for seq in range(20)]
    assert upgrade.too_many(strange + others, VAULT_ID, now) == []


def test_older_ones_go_once_a_newer_one_is_proved(old: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    with old.unlock() as vault:
        part = vault.vault_id[:8]
    [first] = backups(old)
    ages = [first.with_name(name_of(datetime.now(UTC) - timedelta(days=age), 1000 - age, unit=part)) for age in (91, 200, 300, 400)]
    for place in ages:
        shutil.copy(first, place)
    this_is(monkeypatch, "0.3.0")
    old.unlock().close()
    left = backups(old)
    assert len(left) == 3
    assert first in left
    assert ages[0] in left


def kill_in_the_middle(old: Unit, scripts: Path, times: int) -> None:
    with opening_as(old, OLD) as vault:
        data_key, raw_key = vault._ring._data_key, vault.key("db")
    pattern = {file.name: file.read_bytes() for file in old.path.parent.iterdir() if file.is_file()}
    whole = killed_after(None, old, data_key, scripts)
    ended = {False: 0, True: 0}
    moments = [1.4 * whole * number / (times - 1) for number in range(times - 1)]
    for moment in [*moments, None]:  # the last is let end, however long the machine takes
        shutil.rmtree(old.path.parent)
        old.path.parent.mkdir()
        for name, data in pattern.items():
            (old.path.parent / name).write_bytes(data)
        killed_after(moment, old, data_key, scripts)
        ended[is_brought_up(old, raw_key)] += 1
        keys, clock = keyfile.read(old.path), SystemClock()
        with opening.open_with_key(old.path, keys, data_key, app_version=NEW, opened_by="", clock=clock, upgraded_by=USER) as vault:
            assert checks.look_over(vault) == []
            assert checks.verify_log(vault) == []
            assert vault.first_row("SELECT surname FROM pupil")[0] == "Marker-Zeta"  # type: ignore[index]
        assert is_brought_up(old, raw_key)
        assert not list(old.path.parent.glob(".*"))
        assert {place.suffix for place in backups(old)} == {backup.ENDING}
    assert all(ended.values()), ended


def is_brought_up(unit: Unit, raw_key: bytes) -> bool:
    """Whether the form is the new one; the log says the same, and a proved backup is there if so."""
    con = engine.connect(unit.path, raw_key)
    version = engine.pragma(con, "user_version")
    has_shoe = "shoe" in [row["name"] for row in con.execute("PRAGMA table_info(pupil)")]
    [logged] = con.execute("SELECT count(*) FROM log WHERE action = ?", (upgrade.ACTION,)).fetchone()  # type: ignore[misc]
    con.close()
    assert (version, has_shoe, logged) in ((len(migrate.scripts()) - 1, False, 0), (len(migrate.scripts()), True, 1))
    found = [place for place in backups(unit) if place.suffix == backup.ENDING]  # a killed one is a .part
    assert all(restoring.verify(place, name=NAME, password=PASSWORD).ok for place in found)
    assert found or not has_shoe
    return has_shoe


def opening_as(unit: Unit, version: str) -> Vault:
    """The file opened by its own program, which has nothing to bring up."""
    kept, pupil_desk.__version__ = pupil_desk.__version__, version
    scripts, migrate.SCRIPTS = migrate.SCRIPTS, Path(migrate.__file__).parents[1] / "scripts"
    try:
        return unit.unlock()
    finally:
        pupil_desk.__version__, migrate.SCRIPTS = kept, scripts


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.acceptance(8, short=4, full=200)
def test_killed_in_the_middle_it_is_as_it_was_or_brought_up_with_its_backup(old: Unit, later: Path, times: int) -> None:
    kill_in_the_middle(old, later, times)
