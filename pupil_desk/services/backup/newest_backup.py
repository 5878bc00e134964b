"""Which of these sticks is the newest: the backups that lie on drives, by what their heads say. Nothing is unlocked for it."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.pc.drives import ours_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file import backup_file


@dataclass(frozen=True, slots=True)
class OnStick:
    """A backup that lies in a folder: when it was made, the log's row that it ends with, whether it is of the unit at the desk, and
    whether it is the newest of those. Only opening it proves it: the head says what it would be.
    """

    path: Path
    moment: datetime
    log_seq: int
    is_of_this_unit: bool
    newest: bool = False


def backups_on(desk: Desk, folders: Iterable[Path]) -> list[OnStick]:
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
        OnStick(stick.path, stick.moment, stick.log_seq, stick.is_of_this_unit, newest=stick.is_of_this_unit and number == 0)
        for number, stick in enumerate(sticks)
    ]


def _read_head(desk: Desk, path: Path) -> OnStick | None:
    manifest = backup_file.head_of(path)
    if manifest is None:
        return None
    with contextlib.suppress(ValueError):
        return OnStick(path, local_time(manifest.made_at), manifest.log_head.seq, manifest.vault_id == desk.vault.vault_id)
    return None
