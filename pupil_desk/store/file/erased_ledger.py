"""``<file>.erased``: which erasures were carried out, beside the unit's file and beside its backups.

A backup is older than what was erased after it. When it is restored, the orders noted here that the backup does not know are carried
out again (``services.erasure.erased_again``). The note holds identities without meaning, names of tables and moments, sealed with a key of the
file, so that nobody can add an order to it: with one of each epoch of the data key, since the backup may be of an earlier one. Whoever deletes it takes the comparison away: a speed bump, as the anchor is.
"""

import contextlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import write_whole
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.keyslots import canonical
from pupil_desk.store.rows import erasing

if TYPE_CHECKING:
    from pupil_desk.store.file.vault import Vault

ENDING = ".erased"
_MOST = 32 * 1024 * 1024  # bytes: some hundred thousand orders


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """One order that was carried out: on whom («» for everybody), which tables («*» for all), when, and which parts of them, if not all."""

    id: str
    pupil_id: str
    tables: str
    closed_at: str
    parts: str = ""


def place(path: Path) -> Path:
    """Where the note of a unit's file lies."""
    return path.with_name(path.name + ENDING)


def place_in(folder: Path, vault_id: str) -> Path:
    """Where the note lies among a unit's backups."""
    return folder / f"{vault_id[:8]}{ENDING}"


def orders_of(vault: "Vault") -> list[ErasureOrder]:
    """The orders carried out in the file itself."""
    return [ErasureOrder(row["id"], row["pupil_id"], row["tables"], row["closed_at"], row["parts"]) for row in erasing.closed_orders(vault)]


def write(vault: "Vault", *, destination: Path | None = None, further_orders: Iterable[ErasureOrder] = ()) -> None:
    """Note the file's own orders, those noted before, and further ones: beside the file, or where ``destination`` says.

    Nothing is written where nothing was ever erased. A folder that does not take it is no reason to stop: what was done is done.
    """
    target = destination or place(vault.path)
    orders_by_id = {order.id: order for order in (*read(vault, [place(vault.path), target]), *further_orders, *orders_of(vault))}
    if not orders_by_id:
        return
    orders = [asdict(order) for order in sorted(orders_by_id.values(), key=lambda order: (order.closed_at, order.id))]
    facts: dict[str, Any] = {"vault": vault.vault_id, "orders": orders}
    seal, *later = _seals(vault, facts)
    text = json.dumps({**facts, "seal": seal, "later": later}, indent=1)
    with contextlib.suppress(CannotWrite, OSError):
        write_whole(target, text.encode("ascii"), replace=True)
        os.chmod(target, 0o600)


def write_what_lacks(vault: "Vault") -> None:
    """Note beside the file the orders of its own that the note lacks: it could not be written then, or did not come along."""
    noted_ids = {order.id for order in read(vault, [place(vault.path)])}
    if any(order.id not in noted_ids for order in orders_of(vault)):
        write(vault)


def read(vault: "Vault", places: Iterable[Path]) -> list[ErasureOrder]:
    """The orders that these notes hold, each once; one that is not there, cannot be read, or was not sealed by this unit's key counts for nothing."""
    orders_by_id: dict[str, ErasureOrder] = {}
    for note_path in dict.fromkeys(places):
        orders_by_id |= {order.id: order for order in _read(vault, note_path)}
    return sorted(orders_by_id.values(), key=lambda order: (order.closed_at, order.id))


def notes_in(folders: Iterable[Path]) -> list[Path]:
    """Every note that lies in these folders."""
    notes: list[Path] = []
    for folder in dict.fromkeys(folders):
        with contextlib.suppress(OSError):
            notes += sorted(folder.glob(f"*{ENDING}"))
    return notes


def _read(vault: "Vault", path: Path) -> list[ErasureOrder]:
    try:
        with open(path, "rb") as file:
            data = json.loads(file.read(_MOST))
        facts = {name: data[name] for name in ("vault", "orders")}
        seals = {str(seal).encode("utf-8", "replace") for seal in (data["seal"], *data.get("later", ()))}
        our_seals = [seal.encode() for seal in _seals(vault, facts)]
        if facts["vault"] != vault.vault_id or not any(hmac.compare_digest(seal, our_seal) for seal in seals for our_seal in our_seals):
            return []
        return [ErasureOrder(**{name: str(value) for name, value in order.items()}) for order in facts["orders"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _seals(vault: "Vault", facts: dict[str, Any]) -> list[str]:
    """One for each epoch, the first one first: a backup of an earlier epoch knows its own, and a note may have been written in one."""
    return [hmac.digest(key, b"erased" + canonical(facts), "sha256").hex() for key, _last_seq in sealing_keys.keys(vault, "audit-mac")]
