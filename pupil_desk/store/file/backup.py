"""One portable file that holds all of a unit: made from the running program, and proved by opening it.

A ``.pupilbackup`` needs nothing but somebody's password or the recovery code. It is copied from one moment of the
file, opened again with the key and checked before it gets its name, and read back from where it was written.
"""

import contextlib
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.errors import CannotWrite, Damaged
from pupil_desk.basics.files import in_words, write_pieces
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, checks, staging
from pupil_desk.store.file.audit import Head
from pupil_desk.store.file.backup_file import DATA, MANIFEST, SLOTS
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.portable import container
from pupil_desk.store.file.portable.manifest import Manifest
from pupil_desk.store.file.portable.slots import SealedSlots
from pupil_desk.store.file.vault import Vault

ENDING = ".pupilbackup"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was proved. ``rows``: table -> count; ``bytes``: the file's size."""

    path: Path
    sha256: str
    rows: Mapping[str, int]
    log_head: Head
    bytes: int


def make(vault: Vault, folder: Path, *, moment: datetime, app_version: str) -> BackupMade:
    """Copy, prove, and write to ``folder``. Holds every change committed before the call.

    May run on another thread while people work; they wait only for the copy itself. Raises CannotWrite, and Damaged
    if the copy does not pass its checks, which speaks of the live file. Leaves nothing behind but the backup.
    """
    with staging.working_copy(vault.path) as copy:
        keys = vault.copy_into(copy)
        facts = _proved(copy, vault.key("db"), vault.path)
        manifest = Manifest(
            vault_id=vault.vault_id,
            epoch=keys.epoch,
            app_version=app_version,
            schema=facts.schema,
            made_at=stamp(moment),
            members={},
            log_head=facts.log_head,
        )
        with in_words(folder):
            anchor.write(vault)  # before there is anything that would have to be taken away again
        target = _free_name(folder, f"{moment.astimezone():%Y-%m-%d_%H%M}_{vault.vault_id[:8]}_{facts.log_head.seq}")
        digest, size = write(target, manifest, keys, copy, vault)
    return BackupMade(target, digest, facts.rows, facts.log_head, size)


def write(target: Path, says: Manifest, keys: KeyFile, data: Path, vault: Vault, *, replace: bool = False) -> tuple[str, int]:
    """All of a backup: what it says of itself, with the digests of the rest, under a seal; the slots, closed; and the data.

    Returns its SHA-256 in hex and its size. No more than a piece of ``data`` is in memory at a time. Raises CannotWrite.
    """
    with in_words(data.parent):
        slots = SealedSlots.seal(keys, vault.key("backup-slots"))
        inner = [container.part_of(SLOTS, slots.as_bytes()), container.part_of(DATA, data)]
        manifest = dataclasses.replace(says, members={part.name: (part.sha256, part.size) for part in inner})
        parts = [container.part_of(MANIFEST, manifest.as_bytes(vault.key("manifest-mac"))), *inner]
        size = container.size_of(parts)
    pieces = container.wrap(parts)
    try:
        return write_pieces(target, pieces, size, replace=replace), size
    finally:
        with contextlib.suppress(OSError):  # of a file that was only read: why the writing failed is what counts
            pieces.close()


def _proved(copy: Path, raw_key: bytes, unit_file: Path) -> checks.FileFacts:
    messages, facts = checks.opened_anew(copy, raw_key)
    if messages:
        raise Damaged(
            _("No backup was kept: {file} did not pass its check. Restore the last good backup to a new file.").format(file=unit_file.name)
        )
    return facts


def _free_name(folder: Path, stem: str) -> Path:
    """A name that is not taken: two backups may be made within one minute."""
    names = (f"{stem}{ENDING}", *(f"{stem}-{count}{ENDING}" for count in range(2, 1000)))
    with in_words(folder):
        for name in names:
            if not (folder / name).exists():
                return folder / name
    raise CannotWrite(_("{folder} holds too many backups of this minute. Choose another folder.").format(folder=folder))
