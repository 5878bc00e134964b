"""A newer program meets a file: a proved backup first, and only then is anything written. An older program is refused.

Which program wrote a file last stands in its log: each row carries the version, and nothing is written without a row.
The backup is there, whole and proved, before the transaction begins that brings the file up and logs both; so a program
killed at any moment leaves the file as it was or as it shall be, and never without the backup once it is brought up.
Older backups of this kind are removed once a newer one is proved; a backup that somebody made is never removed.

Versions of the program, compared as numbers: 0.10 comes after 0.9.
"""

import contextlib
import re
from datetime import datetime, timedelta
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import CannotWrite, NewerVersion
from pupil_desk.basics.files import make_folder
from pupil_desk.basics.words import _
from pupil_desk.domain.unit.staff import Role
from pupil_desk.store.file import audit, backup, migrate
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.vault import Upgrade, Vault

_NUMBERS = re.compile(r"\d{1,9}(?:\.\d{1,9})*", re.ASCII)


def as_numbers(version: str) -> tuple[int, ...]:
    """A version for comparing: «0.2.0» and «0.2» are the same one; what is no version at all, (), is older than any."""
    match = _NUMBERS.match(version.strip())
    numbers = [int(part) for part in match[0].split(".")] if match else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


FOLDER = "backups-before-upgrade"  # beside the unit's file
ACTION = "backup-before-upgrade"  # as it stands in the log
KEPT = 3  # always the latest so many
KEPT_DAYS = 90  # and those younger than this; of several of the same log, as a program leaves that is killed each time, the latest
_PART = ".part"  # the ending of a file that is not yet whole
_MEGABYTE = 1024 * 1024


def last_version(con: Connection, path: Path) -> str | None:
    """The program that wrote the file last; None if none has yet."""
    with translated(path):
        row = con.execute("SELECT app_version FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def refuse_older_program(path: Path, *, last: str | None, now: str) -> None:
    """Raises NewerVersion, with nothing written, if the file was last written by a newer program.

    Its form may be the same, but not its rules: what a newer program keeps, an older one may read wrongly.
    """
    if last is not None and as_numbers(last) > as_numbers(now):
        raise NewerVersion(
            _(
                "{file} was last used with Pupil Desk {theirs}, which is newer than this one ({ours}). Install {theirs} on this PC; "
                "nothing has been changed."
            ).format(file=path.name, theirs=last, ours=now)
        )


def is_needed(steps: tuple[migrate.Script, ...], *, last: str | None, now: str) -> bool:
    """Whether a backup must come first: the file's form is older, or an older program wrote it last."""
    return bool(steps) or (last is not None and as_numbers(last) < as_numbers(now))


def bring_up(
    vault: Vault, con: Connection, steps: tuple[migrate.Script, ...], *, last: str | None, now: str, actor: str, clock: Clock
) -> Upgrade:
    """Make the backup and prove it; then run the steps and write the log row, in one transaction.

    ``actor`` is the user who signs in, empty for the recovery code. Raises CannotWrite if there is no room for the backup,
    Damaged if the copy does not pass its checks; nothing is changed then.
    """
    moment = clock.now()
    new_backup = _backed_up(vault, moment=moment, now=now)
    role = _role(vault, actor)
    with migrate.rebuilding(con, vault.path), vault.transaction():
        migrate.run(con, steps)
        audit.append(
            vault,
            moment=moment,
            user_id=actor,
            role=role,
            action=ACTION,
            kind="backup",
            object_id=new_backup.sha256[:16],
            reason=f"from {last or '?'} to {now}",
            app_version=now,
        )
    _remove_older_backups(new_backup.path, vault.vault_id, moment)
    return Upgrade(last or "?", now, new_backup.path)


def _backed_up(vault: Vault, *, moment: datetime, now: str) -> backup.BackupMade:
    folder = vault.path.parent / FOLDER
    try:
        make_folder(folder)
        return backup.make(vault, folder, moment=moment, app_version=now)
    except CannotWrite as error:
        with contextlib.suppress(OSError):
            folder.rmdir()  # if it is empty: nothing is left behind
        raise CannotWrite(
            _(
                "This is a newer Pupil Desk ({version}). Before it opens {file} it makes a backup in {folder}, and that could not be written. "
                "See that this disk has {size} MB free and is not read-only, then sign in again. Nothing has been changed."
            ).format(version=now, file=vault.path.name, folder=folder, size=_room_wanted(vault.path))
        ) from error


def _room_wanted(path: Path) -> int:
    """Megabytes for the working copy and the backup, with room to spare."""
    size = 0
    for part in (path, path.with_name(path.name + "-wal")):
        with contextlib.suppress(OSError):
            size += part.stat().st_size
    return size * 22 // (10 * _MEGABYTE) + 10


def _role(vault: Vault, user_id: str) -> str:
    """By plain SQL: the file still has its old form. The recovery code counts as a data officer."""
    row = vault.first_row("SELECT role FROM staff WHERE id = ?", (user_id,))
    return str(row[0]) if row else Role.DATA_OFFICER.value if not user_id else ""


def _remove_older_backups(newest: Path, vault_id: str, moment: datetime) -> None:
    """Remove this unit's older backups of this kind, and what a killed program left of one; what cannot be removed stays."""
    names = [file.name for file in newest.parent.iterdir()]
    parts = [name for name in names if _name_pattern(vault_id).fullmatch(name.removesuffix(_PART)) and name.endswith(_PART)]
    for old in (*too_many(names, vault_id, moment), *parts):
        if old != newest.name:
            with contextlib.suppress(OSError):
                (newest.parent / old).unlink()


def too_many(names: list[str], vault_id: str, moment: datetime) -> list[str]:
    """The names of those that need not be kept. Names that are not ours, or of another unit, are never among them."""
    dated = []
    for name in names:
        if match := _name_pattern(vault_id).fullmatch(name):
            with contextlib.suppress(ValueError):  # a day that is none
                made_at = datetime.strptime(match[1], "%Y-%m-%d_%H%M").astimezone()
                dated.append((made_at, int(match[2]), int(match[3] or 1), name))
    dated.sort(reverse=True)
    young = moment - timedelta(days=KEPT_DAYS)
    latest = {log_seq: name for _made_at, log_seq, _count, name in reversed(dated)}
    distinct = [(made_at, name) for made_at, log_seq, _count, name in dated if latest[log_seq] == name]
    old = {name for place, (made_at, name) in enumerate(distinct) if place >= KEPT and made_at < young}
    return [name for *_order, name in dated if name in old or name not in latest.values()]


def _name_pattern(vault_id: str) -> re.Pattern[str]:
    """The name that ``store.file.backup`` gives: the minute, the unit, the log's length, and a count if need be."""
    return re.compile(rf"(\d{{4}}-\d\d-\d\d_\d{{4}})_{re.escape(vault_id[:8])}_(\d+)(?:-(\d+))?{re.escape(backup.ENDING)}", re.ASCII)
