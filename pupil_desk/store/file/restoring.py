"""A backup looked at, and restored beside: it needs nothing but somebody's password or the recovery code."""

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock, SystemClock, local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.words import _, join_words
from pupil_desk.store.file import backup_file, connecting, keyfile, opening, staging
from pupil_desk.store.file.audit import Defect, Head
from pupil_desk.store.file.backup_file import DATA, BackupParts, Inspection
from pupil_desk.store.file.checks import FileFacts
from pupil_desk.store.file.keyslots import Slot
from pupil_desk.store.file.second_key.items import HeldKeys
from pupil_desk.store.file.vault import Vault

DIGESTS, PASSWORD, RECOVERY_CODE = "digests", "password", "recovery-code"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at a backup found. ``way``: digests (nobody signed in), password or recovery-code.

    ``erased_again``: orders to erase that a restore has carried out again, since the backup was older than they.
    With ``way`` digests, ``log_head`` is what the backup says of itself, None if even that cannot be read, and ``rows`` is empty but for
    one of an earlier version: nobody counts what is in a backup without opening it. ``ok`` means: nothing was found by this way of looking.
    """

    ok: bool
    defects: tuple[Defect, ...]
    rows: Mapping[str, int]
    log_head: Head | None
    way: str
    made_at: str = ""
    app_version: str = ""
    sha256: str = ""
    erased_again: int = 0


# -- looking


def verify(path: Path, *, name: str | None = None, password: str | None = None, recovery_code: str | None = None) -> Verified:
    """Whether a backup is whole. Without a password or the recovery code only its digests are compared.

    With one (the code is not used up) it is opened by its own slots and passes all the checks. Damage is a defect
    that names the member, never an exception. Raises WrongUse (no such file), NotOurs, NewerVersion, WrongPassword.
    """
    with backup_file.open_backup(path) as file:
        inspection = backup_file.look(file, path)
        if recovery_code is None and (name is None or password is None):
            return _result(inspection, DIGESTS)
        way = PASSWORD if recovery_code is None else RECOVERY_CODE
        if inspection.parts is None:
            return _result(inspection, way)
        _slot, data_key = _credentials(inspection.parts, name, password, recovery_code)
        with tempfile.TemporaryDirectory(prefix="pupil-desk-") as folder:  # what is put there stays encrypted
            copy = Path(folder) / DATA
            backup_file.copy_out(file, inspection.parts.data, copy)
            return _result(inspection, way, *backup_file.look_inside(copy, inspection.parts, data_key))


def _credentials(parts: BackupParts, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot, bytes]:
    keys = parts.slots.way_in(name if recovery_code is None else None)
    return opening.credentials(keys, name, password, recovery_code)


def _result(inspection: Inspection, way: str, defects_inside: tuple[Defect, ...] = (), facts: FileFacts | None = None) -> Verified:
    defects = (*inspection.defects, *defects_inside)
    says = inspection.manifest
    if says is None:
        return Verified(False, defects, {}, None, way, sha256=inspection.sha256)
    return Verified(
        ok=not defects,
        defects=defects,
        rows=facts.rows if facts else says.rows or {},
        log_head=says.log_head,
        way=way,
        made_at=says.made_at,
        app_version=says.app_version,
        sha256=inspection.sha256,
    )


# -- looking something up


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """Of a backup that is open to be looked at: the user who signed in, empty for the recovery code; its digest, when it was made, its last row."""

    user_id: str
    sha256: str
    made_at: str
    log_head: Head


def open_to_look(
    path: Path, *, name: str | None = None, password: str | None = None, recovery_code: str | None = None, first: Callable[[Vault], object]
) -> tuple[Vault, OpenedBackup]:
    """A backup open to be looked at alone, proved before; the unit's file is not touched, whoever has it open.

    ``first`` is done in it before anybody sees it. What is opened is a copy in a folder of its own, as encrypted, which goes when it is
    closed. Raises WrongPassword, WrongUse (no such file), NotOurs, NewerVersion, Damaged, CannotWrite.
    """
    with contextlib.ExitStack() as stack, backup_file.open_backup(path) as file:
        inspection = backup_file.look(file, path)
        if inspection.parts is None:
            raise _refusal(_DAMAGED, path, inspection.defects)
        slot, data_key = _credentials(inspection.parts, name, password, recovery_code)
        copy = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pupil-desk-"))) / DATA
        backup_file.copy_out(file, inspection.parts.data, copy)
        defects, _facts = backup_file.look_inside(copy, inspection.parts, data_key)
        keys = inspection.parts.slots.all(data_key)
        if defects or keys is None:
            raise _refusal(_DAMAGED, path, defects)
        says, held = inspection.parts.manifest, HeldKeys(slot.user)  # restricted notes stay closed
        made = local_time(says.made_at)
        why = _(
            "This backup of {day} at {time} is open to be looked at alone: nothing in it can be changed, and nothing is logged. It holds what was entered by then; what is due is judged by today."
        ).format(day=show_date(made.date()), time=f"{made:%H:%M}")
        vault = connecting.open_copy(copy, path, keys, data_key, app_version=__version__, why=why, held=held, stack=stack, first=first)
        return vault, OpenedBackup(slot.user, inspection.sha256, says.made_at, says.log_head)


# -- restoring


def restore(
    path: Path,
    new_file: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    recovery_code: str | None = None,
    app_version: str,
    then: Callable[[Vault, str], None],
    clock: Clock | None = None,
) -> Verified:
    """A backup as a new unit's file, with the backup's own slots. All of it or nothing; never over an existing file.

    ``then(vault, user_id)`` is called with the restored file open, before it is in its place, to look at the role and
    write the log row; ``user_id`` is empty for the recovery code. What it raises ends the restore and leaves nothing.
    Raises what ``verify`` raises, Damaged if it finds anything, WrongUse if ``new_file`` exists, CannotWrite.
    """
    new_file = new_file.resolve()
    staging.refuse_existing(new_file)
    with backup_file.open_backup(path) as file:
        inspection = backup_file.look(file, path)
        if inspection.parts is None:
            raise _refusal(_NOT_RESTORED, path, inspection.defects)
        slot, data_key = _credentials(inspection.parts, name, password, recovery_code)
        with staging.building(new_file) as place:
            backup_file.copy_out(file, inspection.parts.data, place)
            defects, facts = backup_file.look_inside(place, inspection.parts, data_key)
            keys = inspection.parts.slots.all(data_key)
            if defects or keys is None:
                raise _refusal(_NOT_RESTORED, path, defects)
            keyfile.write(place, keys)
            with opening.open_with_key(place, keys, data_key, app_version=app_version, opened_by="", clock=clock or SystemClock()) as vault:
                then(vault, slot.user)
        return _result(inspection, PASSWORD if recovery_code is None else RECOVERY_CODE, (), facts)


_NOT_RESTORED = _("{file} is damaged and was not restored ({parts}). Use another backup.")
_DAMAGED = _("{file} is damaged ({parts}). Use another backup.")


def _refusal(words: str, path: Path, defects: tuple[Defect, ...]) -> Damaged:
    return Damaged(words.format(file=path.name, parts=join_words(sorted({defect.where for defect in defects}))))
