"""The epochs of a file's data key: with which key what was sealed in each is proved, after another has begun.

A new data key makes new keys for everything. The log's rows of before stay as they are, and so do receipts on paper and notes
on sticks. So the file keeps, inside itself, the two keys by which those are proved: that of the log and that of receipts.
Neither opens anything.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.vault import Row, Vault

_COLUMNS = {"audit-mac": "log_key", "receipt-mac": "receipt_key"}
_PAST = "SELECT {}, last_seq FROM past_epoch ORDER BY epoch"


class EpochKey(NamedTuple):
    """The key of an epoch for one purpose, and the number of its last row in the log; None for the present one, which goes on."""

    key: bytes
    last_seq: int | None


def keys(vault: Vault, purpose: str) -> list[EpochKey]:
    """The keys of all epochs for the log or for receipts, the first one first and the present one last."""
    present = EpochKey(vault.key(purpose), None)
    if vault.keys.epoch == 1:  # an older file, which has no table of them, too
        return [present]
    return [*map(_past, vault.rows(_PAST.format(_COLUMNS[purpose]))), present]


def of_file(con: Connection, present: bytes, purpose: str) -> list[EpochKey]:
    """The same of a file that is being looked at, by the key of its present epoch."""
    has_any = con.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'past_epoch'").fetchone()
    rows = con.execute(_PAST.format(_COLUMNS[purpose])).fetchall() if has_any else []
    return [*map(_past, rows), EpochKey(present, None)]


def _past(row: Row) -> EpochKey:
    return EpochKey(bytes.fromhex(row[0]), int(row[1]))


def key_of(keys: Sequence[EpochKey], seq: int) -> bytes:
    """The one of these by which a row of the log is proved."""
    return next(key for key, last_seq in keys if last_seq is None or seq <= last_seq)


def end(vault: Vault, old_ring: KeyRing, *, moment: str) -> None:
    """Keep, in the copy that begins another epoch, the keys of the one that ends; inside its transaction."""
    row = vault.first_row("SELECT coalesce(max(seq), 0) FROM log")
    vault.execute(
        "INSERT INTO past_epoch (epoch, last_seq, ended_at, log_key, receipt_key) VALUES (?, ?, ?, ?, ?)",
        (old_ring.in_force.epoch, row[0] if row else 0, moment, old_ring.key("audit-mac").hex(), old_ring.key("receipt-mac").hex()),
    )


def since(vault: Vault) -> str:
    """When the present epoch began."""
    row = vault.first_row("SELECT coalesce((SELECT max(ended_at) FROM past_epoch), made_at) FROM identity")
    return str(row[0]) if row else ""
