"""The backups that the program makes on its own, at signing out: which are kept, and which are removed as another takes their place.

Kept are the latest of each of 7 days, of 5 weeks and of 12 months (security reference, 3.7). Removed are only such as the log says were
made at signing out, and still are what was proved then, byte for byte: one that somebody asked for is never removed, nor one of
another unit, nor anything else that lies there. And none goes for one that is no longer whole: a bad one does not count.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import Known
from pupil_desk.basics.files import sha256_of
from pupil_desk.basics.pc.drives import ours_in
from pupil_desk.domain.changes import Changed
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.backups import BackupMade
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.data_key import RESEALED
from pupil_desk.store.file import audit, backup_file
from pupil_desk.store.tables import ledger

DAYS, WEEKS, MONTHS = 7, 5, 12
AT_SIGN_OUT, REMOVED = "at signing out", ledger.BACKUP_REMOVED  # as they stand in the log


@dataclass(frozen=True, slots=True)
class OwnBackup:
    """A backup that the program made on its own: the day, the last row of the log in it, where it lies, and the digest that it had when it was proved."""

    day: date
    log_seq: int
    path: Path
    sha256: str

    @property
    def is_whole(self) -> bool:
        """Whether it is what was proved; what cannot be read is not."""
        with contextlib.suppress(OSError):
            return sha256_of(self.path) == self.sha256
        return False


def make_at_sign_out(desk: Desk, folder: Path, *, removable: bool = False) -> tuple[BackupMade, Changed]:
    """Make and prove a backup, as ``backups.make``; then remove those of its kind in the folder whose place it takes. Raises CannotWrite, NotAllowed."""
    made = backups.make(desk, folder, removable=removable, reason=AT_SIGN_OUT)
    with contextlib.suppress(Known):  # the backup is there; what stays today goes another day
        thin_out(desk, folder)
    return made


def thin_out(desk: Desk, folder: Path) -> list[Path]:
    """Remove the program's own backups in a folder that need not be kept, each with its row in the log; returns what was removed."""
    desk.require(Action.BACK_UP, "backup")
    removed = []
    for old in to_remove(list(_own_in(desk, folder)), lambda own: own.is_whole):
        with contextlib.suppress(OSError), desk.vault.transaction():  # one that cannot be removed stays, and has no row
            desk.append(desk.clock.now(), REMOVED, "backup", old.sha256[:16], "kept: 7 days, 5 weeks, 12 months")
            old.path.unlink()
            removed.append(old.path)
    return removed


def to_remove(own: Sequence[OwnBackup], is_whole: Callable[[OwnBackup], bool]) -> list[OwnBackup]:
    """Those that need not be kept, themselves whole. Of the others those are looked at that stand in the place of one, and the latest."""
    seen: dict[OwnBackup, bool] = {}

    def bad(backup: OwnBackup) -> bool:
        if backup not in seen:
            seen[backup] = is_whole(backup)
        return not seen[backup]

    counting = sorted(own, key=lambda backup: backup.log_seq, reverse=True)
    while surplus := _surplus(counting):
        matter = [counting[0], *surplus, *(one for one in counting if any(_stands_for(one, old) for old in surplus))]
        bad_backup = next((backup for backup in matter if bad(backup)), None)
        if bad_backup is None:
            return surplus
        counting.remove(bad_backup)
    return []


def _surplus(newest_first: Sequence[OwnBackup]) -> list[OwnBackup]:
    kept: set[OwnBackup] = set()
    for most, period_of in _PERIODS:
        latest: dict[object, OwnBackup] = {}
        for backup in newest_first:
            latest.setdefault(period_of(backup.day), backup)
        kept.update(list(latest.values())[:most])
    return [backup for backup in newest_first if backup not in kept]


def _stands_for(one: OwnBackup, old: OwnBackup) -> bool:
    return any(period_of(one.day) == period_of(old.day) for _most, period_of in _PERIODS)


_PERIODS: Sequence[tuple[int, Callable[[date], object]]] = (
    (DAYS, lambda day: day),
    (WEEKS, lambda day: day.isocalendar()[:2]),
    (MONTHS, lambda day: (day.year, day.month)),
)


def _own_in(desk: Desk, folder: Path) -> Iterator[OwnBackup]:
    """Those of this unit in a folder that the program made on its own, and knows by the row of the log with which each ends."""
    own = _made_at_sign_out(desk)
    by_seq = {row["log_seq"]: row for row in ledger.backups(desk.vault) if row["sha256"][:16] in own}
    for name in ours_in(folder).backups:
        says = backup_file.head_of(folder / name)
        if says is not None and says.vault_id == desk.vault.vault_id and (row := by_seq.get(says.log_head.seq)) is not None:
            yield OwnBackup(local_time(row["at"]).date(), row["log_seq"], folder / name, row["sha256"])


def _made_at_sign_out(desk: Desk) -> set[str]:
    """The beginnings of their digests, by the log; one that was given another key since has another digest, and is the same backup."""
    own: set[str] = set()
    for entry in audit.proved_entries(desk.vault, (Action.BACK_UP.value, RESEALED)):
        if entry.reason == AT_SIGN_OUT or (entry.action == RESEALED and entry.reason.removeprefix("was ") in own):
            own.add(entry.object_id)
    return own
