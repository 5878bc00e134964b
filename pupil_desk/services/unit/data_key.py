"""The data key of the unit's file: since when it is, whether a new one is due and why, and making it.

A leaver, a used recovery code, a password or sheet that somebody may have seen: each leaves a row in the log that a new key is due, in the
transaction of what it follows from. The new key comes after it, by itself; a kill or a full disk between leaves it due.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk import __version__
from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, WrongUse
from pupil_desk.basics.pc.drives import ours_in
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file import audit, backup_file, upgrade
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import ledger
from pupil_desk.store.tables import staff as staff_store

if TYPE_CHECKING:
    from pupil_desk.store.file.epochs.resealing import Resealed

KEPT_BEFORE = _(
    "How the file was before lies beside it, in “backup-before-new-key”, and opens by the passwords and codes of then. Make a backup: once it is proved, that copy is taken away."
)
DUE, MADE, RESEALED = "new-key-due", "new-key", "backup-resealed"  # as they stand in the log


@dataclass(frozen=True, slots=True)
class OlderBackup:
    """A backup that passwords and codes of before the present key still open; ``path`` is where it lies, if that is within reach."""

    moment: datetime
    removable: bool
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class DataKey:
    """The present key: its number, counted from 1, and since when it is. ``due``: why a new one ought to be made, empty if none.

    ``waiting``: who may sign in and cannot be given a new key, for they have not signed in since an earlier version of the program;
    ``code_waits``: the recovery code on paper is of one. ``kept_before``: how the file was before its key still lies beside it.
    """

    epoch: int
    since: datetime
    due: str
    waiting: tuple[StaffMember, ...]
    code_waits: bool
    kept_before: bool


def state(desk: Desk) -> DataKey:
    """The key of the file, for who manages users."""
    desk.require(Action.MANAGE_USERS, "unit", desk.vault.vault_id)
    return _state(desk.vault)


def _state(vault: Vault) -> DataKey:
    from pupil_desk.store.file.epochs import rotating  # it moves whole files: every sign-in asks only whether a key is due

    older = {slot.user for slot in vault.keys.slots if not slot.public}
    members = {member.id: member for member in staff_store.all_staff(vault)}
    return DataKey(
        epoch=vault.keys.epoch,
        since=local_time(sealing_keys.since(vault)),
        due=_due(vault),
        waiting=tuple(members[user] for user in sorted(older) if user in members),
        code_waits="" in older,
        kept_before=bool(rotating.kept_as_it_was(vault.path, vault.vault_id)),
    )


def remark_if_due(desk: Desk) -> None:
    """Have a data officer who signs in told that a new key is due."""
    if desk.may(Action.MANAGE_USERS) and (reason := _due(desk.vault)):
        desk.vault.remark(_("A new key for the file is due: {reason}. Make it on the page Users, with “New key…”.").format(reason=reason))


def _due(vault: Vault) -> str:
    row = vault.first_row(
        "SELECT reason FROM log WHERE action = ? AND seq > (SELECT coalesce(max(last_seq), 0) FROM past_epoch) ORDER BY seq DESC LIMIT 1",
        (DUE,),
    )
    return str(row[0]) if row else ""


def ask_for(desk: Desk, reason: str) -> Changed:
    """Somebody says that a new key is due, since a password or a code may be known: everybody may, and a data officer makes it."""
    with desk.act(Action.CHANGE_OWN_PASSWORD, "unit", desk.vault.vault_id, "new key asked for") as work:
        work.note(DUE, "unit", desk.vault.vault_id, reason)
    return Changed.of("staff")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new key in force: its number, the backups that were given it too, and those that were not."""

    epoch: int
    resealed: tuple[Path, ...]
    still_open: tuple[OlderBackup, ...]
    changed: Changed


def new_key(desk: Desk, *, folders: Iterable[Path] = (), leave_out: bool = False) -> NewKey:
    """Make a new key for the file, put it in force, and give it to the backups in these folders and beside the file.

    ``leave_out``: those who wait lose their way in, and need a new password from a data officer; without it they stop this. Raises
    WrongUse where somebody waits, CannotWrite, Damaged, InUse: the key is then the one there was. Raises FileClosed if the file could not
    be opened again, whichever key is in force.
    """
    desk.require(Action.MANAGE_USERS, "unit", desk.vault.vault_id)
    before = _state(desk.vault)
    _refuse_waiting(desk, before, leave_out=leave_out)
    if not before.due:
        with desk.act(Action.MANAGE_USERS, "unit", desk.vault.vault_id, "new key asked for") as work:
            work.note(DUE, "unit", desk.vault.vault_id, _("asked for"))
    return _make(desk, before, tuple(folders))


def make_if_nobody_waits(desk: Desk) -> None:
    """Make a new key at once, after the recovery code was used, whoever is at the desk; what stops it leaves it due.

    Raises FileClosed if the file could not be opened again.
    """
    try:
        before = _state(desk.vault)
        if not before.waiting and not before.code_waits:
            _make(desk, before, ())
    except (CannotWrite, Damaged, InUse):
        return


def _refuse_waiting(desk: Desk, before: DataKey, *, leave_out: bool) -> None:
    if desk.user.id in {member.id for member in before.waiting}:
        raise WrongUse(_("Your own way of signing in is of an earlier version. Sign out, sign in again, and make the new key then."))
    if before.code_waits:
        raise WrongUse(
            _("The recovery code on paper is of an earlier version, and could not open the file any more. Make a new recovery code first.")
        )
    if before.waiting and not leave_out:
        raise WrongUse(
            _(
                "{names} have not signed in since Pupil Desk was upgraded, and could not sign in any more. Let them sign in once, or give each a new password, and then make the new key."
            ).format(names=join_words([member.name for member in before.waiting]))
        )


def _make(desk: Desk, before: DataKey, folders: tuple[Path, ...]) -> NewKey:
    from pupil_desk.store.file.epochs import rotating  # as above

    vault, moment = desk.vault, desk.clock.now()

    def note(new: Vault) -> None:
        audit.append(
            new,
            moment=moment,
            user_id=desk.user.id,
            role=desk.user.role.value,
            action=MADE,
            kind="unit",
            object_id=vault.vault_id,
            reason=f"number {before.epoch + 1}",
            app_version=__version__,
        )

    resealed = rotating.rotate(vault, moment=moment, app_version=__version__, note=note, backups=_places(vault.path, folders))
    older: list[OlderBackup] = []
    with contextlib.suppress(CannotWrite):  # the key is in force: what cannot be noted now is listed once more than it need be
        _note_given(desk, resealed, before.waiting, moment)
        older = _still_open(desk, folders)
    return NewKey(before.epoch + 1, tuple(backup.path for backup in resealed), tuple(older), Changed.of("staff", "backup"))


def _note_given(desk: Desk, resealed: "list[Resealed]", left_out: tuple[StaffMember, ...], moment: datetime) -> None:
    if not resealed and not left_out:
        return
    with desk.vault.transaction():
        for backup in resealed:
            ledger.backup_resealed(desk.vault, before=backup.before, now=backup.now, epoch=desk.vault.keys.epoch)
            desk.append(moment, RESEALED, "backup", backup.now[:16], f"was {backup.before[:16]}")
        for member in left_out:
            desk.append(moment, Action.MANAGE_USERS, "staff", member.id, "left out of the new key")


def still_open(desk: Desk, folders: Iterable[Path] = ()) -> list[OlderBackup]:
    """The backups that old passwords and codes still open, the latest first: those of the log, and those found in these folders and beside the file."""
    desk.require(Action.MANAGE_USERS, "unit", desk.vault.vault_id)
    return _still_open(desk, tuple(folders))


def _still_open(desk: Desk, folders: tuple[Path, ...]) -> list[OlderBackup]:
    vault = desk.vault
    found = {}
    for place in _places(vault.path, folders):
        says = backup_file.head_of(place)
        if says is not None and says.vault_id == vault.vault_id and says.epoch < vault.keys.epoch:
            found[says.log_head.seq] = OlderBackup(local_time(says.made_at), removable=False, path=place)
    told = [
        OlderBackup(local_time(row["at"]), bool(row["removable"]), older.path if (older := found.pop(row["log_seq"], None)) else None)
        for row in ledger.backups_before(vault, vault.keys.epoch)
    ]
    return sorted((*told, *found.values()), key=lambda older: older.moment, reverse=True)


def _places(path: Path, folders: Iterable[Path]) -> list[Path]:
    """The backups in these folders, and in those beside the file."""
    beside = (path.parent, path.parent / upgrade.FOLDER)
    return [folder / name for folder in dict.fromkeys((*folders, *beside)) for name in ours_in(folder).backups]
