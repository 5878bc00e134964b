"""Backups: made and proved from the running program, looked at, and restored to a new name.

Which of these sticks is the newest: the backups that lie on drives, by what their heads say. Nothing is unlocked for it.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock, local_time
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.basics.pc.drives import ours_in
from pupil_desk.basics.pc.placement_check import require_good as require_good_place
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import erased_again
from pupil_desk.services.roles import Action, may, who_may
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.services.unit import standings
from pupil_desk.store.file import audit, backup_file, erased_ledger, restoring
from pupil_desk.store.file import backup as store
from pupil_desk.store.file.backup import BackupMade
from pupil_desk.store.file.epochs import rotating
from pupil_desk.store.file.restoring import Verified
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import ledger

__all__ = ["DUE", "LATE", "BackupMade", "LastBackup", "Verified", "last", "make", "open_to_look", "restore", "verify"]

DUE, LATE = 3, 7  # days after the last proved one (security reference, 3.7)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last proved backup that this file knows of."""

    moment: datetime
    removable: bool

    def days_old(self, today: date) -> int | None:
        """How many days ago it was made; None where the clock was ahead then, or is behind now: nobody knows."""
        days = (today - self.moment.date()).days
        return days if days >= 0 else None


def make(desk: Desk, folder: Path, *, removable: bool = False, reason: str = "") -> tuple[BackupMade, Changed]:
    """Make a backup in a folder and prove it by opening it; then say so in the log. Raises CannotWrite, NotAllowed.

    How the file was before its present key is no longer kept then. That it was made stands in the log after it, so the backup itself
    ends with the row before. Beside it lies a note of what was erased so far, so that an older backup in the same folder does not bring
    it back. ``reason`` is for the log, of one that nobody asked for.
    """
    desk.require(Action.BACK_UP, "backup")
    backup = store.make(desk.vault, folder, moment=desk.clock.now(), app_version=__version__)
    try:
        erased_ledger.write(desk.vault, destination=erased_ledger.place_in(folder, desk.vault.vault_id))
        with desk.act(Action.BACK_UP, "backup", backup.sha256[:16], reason) as work:
            values = {
                "id": new_id(),
                "at": work.stamp,
                "made_by": work.actor,
                "sha256": backup.sha256,
                "bytes": backup.bytes,
                "log_seq": backup.log_head.seq,
                "removable": removable,
                "epoch": desk.vault.keys.epoch,
            }
            ledger.add_backup(desk.vault, values)
    except BaseException:
        with contextlib.suppress(OSError):  # of which nothing is known is no backup; a stick may be gone
            backup.path.unlink(missing_ok=True)
        raise
    rotating.forget_as_it_was(desk.vault)
    return backup, Changed.of("backup")


def last(desk: Desk) -> LastBackup | None:
    """When the file was last backed up and proved, as far as it knows."""
    row = ledger.latest_backup(desk.vault)
    return LastBackup(local_time(row["at"]), bool(row["removable"])) if row else None


def erased_words(restored: Verified) -> list[str]:
    """What a restore says of erasures that it has carried out again: a sentence, or none."""
    if not restored.erased_again:
        return []
    orders = count_of(restored.erased_again, _("erasure"), _("erasures"))
    return [_("Carried out again in it: {orders} made after this backup. Nobody comes back.").format(orders=orders)]


def verify(path: Path, *, name: str | None = None, password: str | None = None, recovery_code: str | None = None) -> Verified:
    """Prove a backup by opening it with its own sign-in; with none, only its digests are looked at."""
    return restoring.verify(path, name=name, password=password, recovery_code=recovery_code)


def open_to_look(path: Path, clock: Clock, *, name: str, password: str, live: Path | None = None) -> Desk:
    """A desk at a backup, to look something up: nothing in it can be changed. The unit's file, and whoever works on it, is not touched.

    What was erased since is erased in what is shown, as the notes say that lie beside the backup, in the folder of data of this PC, and
    beside ``live``, the unit’s file that was in use last.
    Raises NotAllowed for a user who was disabled then, and what ``restoring.open_to_look`` raises.
    """
    with contextlib.ExitStack() as on_failure:
        vault, opened = restoring.open_to_look(path, name=name, password=password, first=lambda copy: erase_again(copy, clock, path, live))
        on_failure.callback(vault.close)
        member = standings.user(vault, opened.user_id)
        if member is None or not member.active:
            raise NotAllowed(_("This user had been disabled when the backup was made. Ask the data officer."))
        open_rules(vault)
        on_failure.pop_all()
    return Desk(vault, member, clock)


def erase_again(copy: Vault, clock: Clock, backup: Path, live: Path | None) -> None:
    """Erase in a copy of a backup what was erased after it, by the notes beside it, beside ``live`` and in the folder of data: nobody is seen again in it."""
    erased_again.carry_out(copy, None, clock, folders=_folders_of_notes(backup, live))


def _folders_of_notes(*files: Path | None) -> list[Path]:
    return [*(file.resolve().parent for file in files if file is not None), home_of_data()]


def restore(
    path: Path,
    new_file: Path,
    clock: Clock,
    *,
    name: str | None = None,
    password: str | None = None,
    recovery_code: str | None = None,
    live: Path | None = None,
) -> Verified:
    """Restore a backup to a new name, as a data officer of that backup or by its recovery code.

    What was erased after the backup was made is erased in it again: as the notes say that lie beside the backup, in the folder of the
    new file, beside ``live``, the unit’s file that is in use or was last, and in the folder of data of this PC.

    Raises NotAllowed, WrongPassword, Damaged, WrongUse for a file that is there or a place where no live file may be, CannotWrite.
    """
    require_good_place(new_file, new=True)
    folders = _folders_of_notes(path, new_file, live)
    counts_erased: list[int] = []

    def note(vault: Vault, user_id: str) -> None:
        role, member = Role.DATA_OFFICER, None
        if user_id:
            member = standings.user(vault, user_id)
            if member is None or not member.active or not may(member.role, Action.RESTORE):
                raise NotAllowed(_("Your role does not include this. Ask someone who may: {who}.").format(who=who_may(Action.RESTORE)))
            role = member.role
        head = audit.head(vault)
        with vault.transaction():
            audit.append(
                vault,
                moment=clock.now(),
                user_id=user_id,
                role=role.value,
                action=Action.RESTORE.value,
                kind="backup",
                object_id="",
                reason=f"from log {head.reference}",
                app_version=__version__,
            )
        counts_erased.append(erased_again.carry_out(vault, member, clock, folders=folders))
        erased_again.note_beside(vault, new_file.resolve(), folders=folders)

    verified = restoring.restore(
        path, new_file, name=name, password=password, recovery_code=recovery_code, app_version=__version__, then=note, clock=clock
    )
    return replace(verified, erased_again=sum(counts_erased))


@dataclass(frozen=True, slots=True)
class StickBackup:
    """A backup that lies in a folder: when it was made, the log's row that it ends with, whether it is of the unit at the desk, and
    whether it is the newest of those. Only opening it proves it: the head says what it would be.
    """

    path: Path
    moment: datetime
    log_seq: int
    is_of_this_unit: bool
    newest: bool = False


def backups_on(desk: Desk, folders: Iterable[Path]) -> list[StickBackup]:
    """The backups in these folders, of this unit first, the newest first. What cannot be read, is damaged at its head or is a newer version's is passed over.

    The newest is the one that holds most of the log, not the one of the latest date: a PC's clock may be wrong. Raises NotAllowed.
    """
    desk.require(Action.BACK_UP, "backup")
    sticks = [
        stick
        for folder in dict.fromkeys(folders)
        for name in ours_in(folder).backups
        if (stick := _read_head(desk, folder / name)) is not None
    ]
    sticks.sort(key=lambda stick: (stick.is_of_this_unit, stick.log_seq, stick.moment), reverse=True)
    return [
        StickBackup(stick.path, stick.moment, stick.log_seq, stick.is_of_this_unit, newest=stick.is_of_this_unit and number == 0)
        for number, stick in enumerate(sticks)
    ]


def _read_head(desk: Desk, path: Path) -> StickBackup | None:
    manifest = backup_file.head_of(path)
    if manifest is None:
        return None
    with contextlib.suppress(ValueError):
        return StickBackup(path, local_time(manifest.made_at), manifest.log_head.seq, manifest.vault_id == desk.vault.vault_id)
    return None
