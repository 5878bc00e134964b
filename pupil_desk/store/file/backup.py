"""One portable file that holds all of a unit: made from the running program, proved by opening it, restored beside.

A ``.pupilbackup`` needs nothing but somebody's password or the recovery code. It is copied from one moment of the
file, opened again with the key and checked before it gets its name, and read back from where it was written.
"""

import contextlib
import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pupil_desk.basics.clock import Clock, SystemClock, stamp
from pupil_desk.basics.errors import CannotWrite, Damaged
from pupil_desk.basics.files import cannot_write, write_whole
from pupil_desk.basics.words import _, join_words
from pupil_desk.store.file import anchor, backup_file, checks, container, engine, keyfile, opening, staging
from pupil_desk.store.file.audit import Defect, Head
from pupil_desk.store.file.backup_file import DATA, MANIFEST, SLOTS, Inspection
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.manifest import Manifest
from pupil_desk.store.file.vault import Vault

ENDING = ".pupilbackup"
DIGESTS, PASSWORD, RECOVERY_CODE = "digests", "password", "recovery-code"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was proved. ``rows``: table -> count; ``bytes``: the file's size."""

    path: Path
    sha256: str
    rows: Mapping[str, int]
    log_head: Head
    bytes: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at a backup found. ``how``: digests (nobody signed in), password or recovery-code.

    ``erased_again``: orders to erase that a restore has carried out again, since the backup was older than they.
    With ``how`` digests, ``rows`` and ``log_head`` are what the backup says of itself; ``log_head`` is None if even
    that cannot be read. ``ok`` means: nothing was found by this way of looking.
    """

    ok: bool
    findings: tuple[Defect, ...]
    rows: Mapping[str, int]
    log_head: Head | None
    how: str
    at: str = ""
    app_version: str = ""
    sha256: str = ""
    erased_again: int = 0


# -- making


def make(vault: Vault, folder: Path, *, moment: datetime, app_version: str) -> BackupMade:
    """Copy, prove, and write to ``folder``. Holds every change committed before the call.

    May run on another thread while people work; they wait only for the copy itself. Raises CannotWrite, and Damaged
    if the copy does not pass its checks, which speaks of the live file. Leaves nothing behind but the backup.
    """
    with _working_copy(vault) as copy:
        vault.copy_into(copy)
        facts = _proved(copy, vault.key("db"), vault.path)
        try:
            data = copy.read_bytes()
        except OSError as error:
            raise cannot_write(error, copy.parent) from error
    slots = vault.keys.as_bytes()
    manifest = Manifest(
        vault_id=vault.vault_id, epoch=vault.keys.epoch, app_version=app_version, schema=facts.schema, at=stamp(moment),
        members={name: (hashlib.sha256(text).hexdigest(), len(text)) for name, text in ((SLOTS, slots), (DATA, data))},
        rows=facts.rows, log_head=facts.log_head,
    )  # fmt: skip
    archive = container.wrap(
        ((MANIFEST, manifest.as_bytes(vault.key("manifest-mac"))), (SLOTS, slots), (DATA, data))
    )
    target = _free_name(folder, f"{moment.astimezone():%Y-%m-%d_%H%M}_{vault.vault_id[:8]}_{facts.log_head.seq}")
    digest = write_whole(target, archive)
    anchor.write(vault)
    return BackupMade(target, digest, facts.rows, facts.log_head, len(archive))


@contextlib.contextmanager
def _working_copy(vault: Vault) -> Iterator[Path]:
    """An empty file of ours in the unit's own folder; always deleted, with what the engine may leave beside it."""
    copy = vault.path.with_name(f".{vault.path.name}.{secrets.token_hex(8)}{opening.COPY_ENDING}")
    try:
        try:
            staging.new_file(copy)
        except OSError as error:
            raise cannot_write(error, copy.parent) from error
        yield copy
    finally:
        for left in (copy, copy.with_name(copy.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _proved(copy: Path, raw_key: bytes, unit_file: Path) -> checks.FileFacts:
    con = engine.connect(copy, raw_key, read_only=True)
    try:
        with translated(unit_file):
            messages = checks.engine_checks(con)
        if messages:
            raise Damaged(
                _(
                    "No backup was kept: {file} did not pass its check. Restore the last good backup to a new file."
                ).format(file=unit_file.name)
            )
        return checks.facts(con, unit_file)
    finally:
        con.close()


def _free_name(folder: Path, stem: str) -> Path:
    """A name that is not taken: two backups may be made within one minute."""
    names = (f"{stem}{ENDING}", *(f"{stem}-{count}{ENDING}" for count in range(2, 1000)))
    for name in names:
        if not (folder / name).exists():
            return folder / name
    raise CannotWrite(
        _("{folder} holds too many backups of this minute. Choose another folder.").format(folder=folder)
    )


# -- looking


def verify(
    path: Path, *, name: str | None = None, password: str | None = None, recovery_code: str | None = None
) -> Verified:
    """Whether a backup is whole. Without a password or the recovery code only its digests are compared.

    With one (the code is not used up) it is opened by its own slots and passes all the checks. Damage is a finding
    that names the member, never an exception. Raises WrongUse (no such file), NotOurs, NewerVersion, WrongPassword.
    """
    with backup_file.open_backup(path) as file:
        inspection = backup_file.look(file, path)
        if recovery_code is None and (name is None or password is None):
            return _result(inspection, DIGESTS)
        way = PASSWORD if recovery_code is None else RECOVERY_CODE
        if inspection.parts is None:
            return _result(inspection, way)
        _slot, data_key = opening.credentials(inspection.parts.keys, name, password, recovery_code)
        with tempfile.TemporaryDirectory(prefix="pupil-desk-") as folder:  # what is put there stays encrypted
            copy = Path(folder) / DATA
            backup_file.copy_out(file, inspection.parts.data, copy)
            return _result(inspection, way, backup_file.defects_inside(copy, inspection.parts, data_key))


def _result(inspection: Inspection, way: str, defects_inside: tuple[Defect, ...] = ()) -> Verified:
    findings = (*inspection.findings, *defects_inside)
    says = inspection.manifest
    if says is None:
        return Verified(False, findings, {}, None, way, sha256=inspection.sha256)
    return Verified(
        not findings, findings, says.rows, says.log_head, way, says.at, says.app_version, inspection.sha256
    )


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
            raise _refusal(path, inspection.findings)
        slot, data_key = opening.credentials(inspection.parts.keys, name, password, recovery_code)
        with staging.building(new_file) as place:
            backup_file.copy_out(file, inspection.parts.data, place)
            if defects := backup_file.defects_inside(place, inspection.parts, data_key):
                raise _refusal(path, defects)
            keyfile.write(place, inspection.parts.keys)
            with opening.open_with_key(
                place,
                inspection.parts.keys,
                data_key,
                app_version=app_version,
                opened_by="",
                clock=clock or SystemClock(),
            ) as vault:
                then(vault, slot.user)
        return _result(inspection, PASSWORD if recovery_code is None else RECOVERY_CODE)


def _refusal(path: Path, findings: tuple[Defect, ...]) -> Damaged:
    return Damaged(
        _("{file} is damaged and was not restored ({parts}). Use another backup.").format(
            file=path.name, parts=join_words(sorted({finding.where for finding in findings}))
        )
    )
