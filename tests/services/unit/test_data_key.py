"""The file's data key: due after a leaver or a used code, made anew, and what old passwords still open."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, WrongPassword, WrongUse
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.checks import check_file
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import data_key, staff, units
from pupil_desk.store.file import keyfile, restoring
from pupil_desk.store.file.epochs import rotating
from tests.services.exports.made import OFFICER, PASSWORD, Unit, recovery_code
from tests.services.state import log_of

NEW = "window copper garden ladder"


def _sam(unit: Unit) -> StaffMember:
    return staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)


def _as_at_first(desk: Desk, user: str) -> None:
    """Somebody's slot as an earlier version left it, or the recovery code's («»)."""
    slot = next(slot for slot in desk.vault.keys.slots if slot.user == user)
    with desk.vault.transaction():
        desk.vault._save(desk.vault.keys.with_slot(dataclasses.replace(slot, public="", sealed="")))


def test_a_leaver_leaves_a_new_key_due_until_it_is_made(unit: Unit, tmp_path: Path) -> None:
    sam = _sam(unit)
    made, _changed = backups.make(unit.desk, tmp_path, removable=True)
    assert data_key.state(unit.desk) == data_key.DataKey(1, data_key.state(unit.desk).since, "", (), False, False)
    staff.disable(unit.desk, sam)
    assert data_key.state(unit.desk).due == "somebody was disabled"
    unit.desk.vault.close()  # a kill came between
    desk = units.sign_in(unit.file, name=OFFICER, password=PASSWORD, clock=unit.desk.clock)
    assert data_key.state(desk).due
    assert desk.vault.remarks == ["A new key for the file is due: somebody was disabled. Make it on the page Users, with “New key…”."]
    new = data_key.new_key(desk, folders=[tmp_path])
    assert (new.epoch, new.resealed, new.still_open) == (2, (made.path,), ())
    state = data_key.state(desk)
    assert (state.epoch, state.since, state.due) == (2, desk.clock.now(), "")
    assert log_of(desk)[-2][1::2] == ("new-key", "number 2")
    assert log_of(desk)[-1][1] == "backup-resealed"
    with pytest.raises(WrongPassword):
        restoring.verify(made.path, name="Sam Whitlock", password=PASSWORD)
    assert restoring.verify(made.path, name=OFFICER, password=PASSWORD).ok
    assert not any(defect.serious for defect in check_file(desk))
    desk.vault.close()


@pytest.mark.acceptance(26)
def test_backups_out_of_reach_are_listed_and_one_within_it_says_where(unit: Unit, tmp_path: Path) -> None:
    for name in ("stick", "shelf"):
        (tmp_path / name).mkdir()
        backups.make(unit.desk, tmp_path / name, removable=name == "stick")
    assert data_key.still_open(unit.desk) == []
    new = data_key.new_key(unit.desk)
    assert sorted((older.removable, older.path) for older in new.still_open) == [(False, None), (True, None)]
    (on_stick,) = [older for older in data_key.still_open(unit.desk, [tmp_path / "stick"]) if older.path]
    assert on_stick.removable
    late = backups.make(unit.desk, tmp_path / "shelf")[0]
    assert len(data_key.still_open(unit.desk, [tmp_path / "shelf"])) == 2
    new = data_key.new_key(unit.desk, folders=[tmp_path / "stick", tmp_path / "shelf"])
    assert new.resealed == (late.path,)  # the other two are of an epoch whose key nobody has any more
    assert len(new.still_open) == 2
    row = unit.desk.vault.first_row("SELECT sha256, epoch FROM backup_made ORDER BY rowid DESC LIMIT 1")
    assert row
    assert (row["sha256"], row["epoch"]) == (restoring.verify(late.path).sha256, 3)


def test_how_it_was_is_kept_until_the_next_backup_is_proved(unit: Unit, tmp_path: Path) -> None:
    data_key.new_key(unit.desk)
    (kept,) = rotating.kept_as_it_was(unit.file, unit.desk.vault.vault_id)
    assert restoring.verify(kept, name=OFFICER, password=PASSWORD).ok
    assert data_key.state(unit.desk).kept_before
    backups.make(unit.desk, tmp_path)
    assert not kept.exists()
    assert not data_key.state(unit.desk).kept_before


def test_nobody_is_locked_out_unasked(unit: Unit) -> None:
    sam, desk = _sam(unit), unit.desk
    code = recovery_code(desk)
    _as_at_first(desk, "")
    with pytest.raises(WrongUse, match="Make a new recovery code first"):
        data_key.new_key(desk, leave_out=True)
    code = recovery_code(desk)
    _as_at_first(desk, sam.id)
    assert data_key.state(desk).waiting == (sam,)
    with pytest.raises(WrongUse, match="Sam Whitlock have not signed in"):
        data_key.new_key(desk)
    assert desk.vault.keys.epoch == 1
    data_key.new_key(desk, leave_out=True)
    assert sam.id not in desk.vault.slot_users()
    assert log_of(desk)[-1][1:4] == ("manage-users", sam.id, "left out of the new key")
    staff.set_password_anew(desk, sam, NEW)
    desk.vault.close()
    for how in (("Sam Whitlock", NEW), (OFFICER, PASSWORD)):
        units.sign_in(unit.file, name=how[0], password=how[1], clock=desk.clock).vault.close()
    units.open_with_recovery_code(unit.file, code, desk.clock).close()


def test_an_officer_whose_own_slot_is_of_before_is_never_left_out(unit: Unit) -> None:
    _as_at_first(unit.desk, unit.desk.user.id)
    with pytest.raises(WrongUse, match="Sign out, sign in again"):
        data_key.new_key(unit.desk, leave_out=True)


def test_a_used_code_gives_the_file_a_new_key_unless_somebody_waits(unit: Unit) -> None:
    sam, code = _sam(unit), recovery_code(unit.desk)
    _as_at_first(unit.desk, sam.id)
    old = keyfile.read(unit.file)
    unit.desk.vault.close()
    for epoch in (1, 2):
        recovered = units.open_with_recovery_code(unit.file, code, unit.desk.clock)
        officer = next(user for user in recovered.users() if user.name == OFFICER)
        made = recovered.new_password(officer, NEW)
        desk, code = made.put_in_force(), made.secret
        assert (desk.vault.keys.epoch, bool(data_key.state(desk).due)) == (epoch, epoch == 1)
        if epoch == 1:
            staff.set_password_anew(desk, sam, PASSWORD)
        desk.vault.close()
    assert old.epoch == 1
    units.sign_in(unit.file, name=sam.name, password=PASSWORD, clock=unit.desk.clock).vault.close()


def test_a_full_disk_leaves_the_used_code_dead_and_the_key_due(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    code = recovery_code(unit.desk)
    unit.desk.vault.close()
    recovered = units.open_with_recovery_code(unit.file, code, unit.desk.clock)

    def full(*_args: object, **_named: object) -> None:
        raise CannotWrite("full")

    monkeypatch.setattr(rotating, "rotate", full)
    desk = recovered.new_password(recovered.users()[0], NEW).put_in_force()
    assert (desk.vault.keys.epoch, data_key.state(desk).due) == (1, "the recovery code was used")
    monkeypatch.undo()
    assert data_key.new_key(desk).epoch == 2
    desk.vault.close()


def test_everybody_may_ask_for_one(unit: Unit) -> None:
    data_key.ask_for(Desk(unit.desk.vault, _sam(unit), unit.desk.clock), "somebody may know a password")
    assert data_key.state(unit.desk).due == "somebody may know a password"
