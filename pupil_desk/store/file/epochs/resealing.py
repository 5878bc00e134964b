"""Backups within reach, given the key and the slots of a new epoch: the passwords of before no longer open them.

Only as a new key is made is the one of before still known. One that is damaged, of another unit or epoch, or written by an earlier
version of the program stays as it is: the latter is there to go back to that version.
"""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from pupil_desk.basics.errors import Known
from pupil_desk.store.file import backup, backup_file, checks, staging
from pupil_desk.store.file.backup_file import Inspection
from pupil_desk.store.file.epochs.rekeying import give_key
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.vault import Vault


@dataclass(frozen=True, slots=True)
class Resealed:
    """A backup under the new key: the digest by which it was known, and the one it has now."""

    path: Path
    before: str
    now: str


def reseal(path: Path, vault: Vault, old_ring: KeyRing, *, moment: str) -> Resealed | None:
    """The backup at ``path`` under the vault's present key; None, and as it was, if it stays under the old one."""
    with contextlib.suppress(Known, OSError), staging.working_copy(vault.path) as copy:
        with backup_file.open_backup(path) as file:
            inspection = backup_file.look(file, path)
            if inspection.parts is None or not _is_of(inspection, vault, old_ring):
                return None
            copy.unlink()
            backup_file.copy_out(file, inspection.parts.data, copy)
        says, new_ring = inspection.parts.manifest, vault.ring_of(copy)
        before = checks.facts_of(copy, old_ring.key("db"))
        give_key(copy, old_ring, new_ring, moment=moment)
        messages, facts = checks.opened_anew(copy, vault.key("db"))
        if messages or {**facts.rows, "past_epoch": 0} != {**before.rows, "past_epoch": 0} or facts.log_head != says.log_head:
            return None
        says = replace(says, epoch=vault.keys.epoch, rows=None)
        digest, _size = backup.write(path, says, vault.keys, copy, vault, replace=True)
        return Resealed(path, inspection.sha256, digest)
    return None


def _is_of(inspection: Inspection, vault: Vault, old_ring: KeyRing) -> bool:
    says, schema = inspection.manifest, vault.first_row("PRAGMA user_version")
    return (
        says is not None
        and (says.vault_id, says.epoch, says.schema) == (vault.vault_id, old_ring.in_force.epoch, schema and schema[0])
        and says.sealed_by(old_ring.key("manifest-mac"))
    )
