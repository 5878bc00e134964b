"""A unit works again from nothing but its backup; a restore that does not end well leaves nothing."""

import shutil
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite, Damaged, NotAllowed, WrongPassword, WrongUse
from pupil_desk.store.file import audit, checks, opening, restoring
from pupil_desk.store.file.backup import BackupMade
from pupil_desk.store.file.vault import Vault
from tests.store.file.backups import names, restored_log_row
from tests.store.made import NAME, PASSWORD, USER, Unit

# -- restoring


@pytest.mark.acceptance(62)
@pytest.mark.parametrize("by", ["password", "recovery code"])
def test_with_nothing_but_the_backup_a_unit_works_again(made: BackupMade, unit: Unit, tmp_path: Path, by: str) -> None:
    elsewhere = tmp_path / "new pc"
    elsewhere.mkdir()
    ways: dict[str, str] = {"name": NAME, "password": PASSWORD} if by == "password" else {"recovery_code": unit.recovery_code}
    told: list[str] = []

    def then(vault: Vault, user_id: str) -> None:
        told.append(user_id)
        restored_log_row(vault, user_id)

    seen = restoring.restore(made.path, elsewhere / "again.pupildesk", **ways, app_version=__version__, then=then)  # type: ignore[arg-type]
    assert seen.ok
    assert told == [USER if by == "password" else ""]
    assert names(elsewhere) == ["again.pupildesk", "again.pupildesk.anchor", "again.pupildesk.keys", "again.pupildesk.keys.bak"]
    with opening.unlock(elsewhere / "again.pupildesk", name=NAME, password=PASSWORD).vault as vault:
        assert [row["surname"] for row in vault.rows("SELECT surname FROM pupil")] == ["Marker-Zeta"] * 3
        assert audit.head(vault).seq == made.log_head.seq + 1
        assert checks.verify_log(vault) == []
        assert checks.look_over(vault) == []


def test_a_restore_never_goes_over_a_file(made: BackupMade, unit: Unit) -> None:
    held = {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()}
    for taken in (unit.path, unit.path.with_name("other")):
        unit.path.with_name("other-wal").write_bytes(b"x")
        with pytest.raises(WrongUse, match="already there"):
            restoring.restore(made.path, taken, name=NAME, password=PASSWORD, app_version="1", then=restored_log_row)
    unit.path.with_name("other-wal").unlink()
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()} == held


def _refuse(_vault: Vault, _user: str) -> None:
    raise NotAllowed("Only a data officer restores.")


@pytest.mark.parametrize(
    ("password", "then", "kind"),
    [("wrong", restored_log_row, WrongPassword), (PASSWORD, _refuse, NotAllowed), (PASSWORD, lambda *_: 1 / 0, ZeroDivisionError)],
)
def test_a_restore_that_does_not_end_well_leaves_nothing(
    made: BackupMade, tmp_path: Path, password: str, then, kind: type[Exception]
) -> None:  # type: ignore[no-untyped-def]
    elsewhere = tmp_path / "new pc"
    elsewhere.mkdir()
    with pytest.raises(kind):
        restoring.restore(made.path, elsewhere / "a.pupildesk", name=NAME, password=password, app_version="1", then=then)
    assert names(elsewhere) == []


@pytest.mark.acceptance(61)
def test_a_damaged_backup_is_not_restored_and_the_part_is_named(made: BackupMade, tmp_path: Path) -> None:
    whole = bytearray(made.path.read_bytes())
    whole[len(whole) // 2] ^= 1
    made.path.write_bytes(whole)
    with pytest.raises(Damaged, match=r"not restored \(data.db\)"):
        restoring.restore(made.path, tmp_path / "a.pupildesk", name=NAME, password=PASSWORD, app_version="1", then=restored_log_row)
    assert not (tmp_path / "a.pupildesk").exists()


def test_a_full_disk_during_a_restore_leaves_nothing(made: BackupMade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def full(_file: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("pupil_desk.store.file.staging.flush", full)
    elsewhere = tmp_path / "new pc"
    elsewhere.mkdir()
    with pytest.raises(CannotWrite, match="is full"):
        restoring.restore(made.path, elsewhere / "a", name=NAME, password=PASSWORD, app_version="1", then=restored_log_row)
    assert names(elsewhere) == []


def test_guesses_at_a_backup_are_counted_on_this_pc_and_slowed(made: BackupMade, unit: Unit, tmp_path: Path) -> None:
    """Wherever the backup lies, and whether it is looked at or restored."""
    other = tmp_path / "other stick"
    other.mkdir()
    copy = Path(shutil.copy(made.path, other))
    for place in (made.path, copy, made.path, copy, made.path):
        with pytest.raises(WrongPassword, match="is wrong"):
            restoring.verify(place, name=NAME, password="wrong")
    with pytest.raises(WrongPassword, match="Try again at"):
        restoring.verify(copy, name=NAME, password=PASSWORD)
    with pytest.raises(WrongPassword, match="Try again at"):
        restoring.restore(
            copy, tmp_path / "new.pupildesk", name=NAME, password=PASSWORD, app_version=__version__, then=lambda *_restored: None
        )
    unit.unlock().close()  # at the live file nothing was tried
