"""What a file changed of records that are no pupil's: schools, providers with their checks, routes. Plain SQL."""

from collections.abc import Collection, Mapping
from typing import Any

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert_row, read_first, stored_value

WHOLE = ""
"""The item of a row that says that the record itself was added."""
TAKEN_BACK = "taken back"
"""The item of a row that says that a record of which nothing is written over counts no more."""


def add(vault: Vault, *, kind: str, record_id: str, changes: Mapping[str, tuple[Any, Any]], moment: str, actor: str, act: str) -> None:
    """Keep of each item what it said before, and what it says now; ``WHOLE`` where the record is new."""
    for item, (old, new) in changes.items():
        values = {
            "kind": kind,
            "record_id": record_id,
            "item": item,
            "old": as_text(old),
            "new": as_text(new),
            "at": moment,
            "by": actor,
            "act": act,
        }
        insert_row(vault, "keyed_amendment", **values)


def as_text(value: Any) -> str | None:
    """A value as it is kept here."""
    return None if value is None else str(stored_value(value))


def of_act(vault: Vault, act: str) -> list[Row]:
    """What an act changed, in order."""
    return vault.rows("SELECT kind, record_id, item, old, new FROM keyed_amendment WHERE act = ? ORDER BY seq", (act,))


def added_at(vault: Vault, kind: str, record_id: str) -> str:
    """The moment at which a file added a record; «» for one that no file added."""
    sql = "SELECT at FROM keyed_amendment WHERE kind = ? AND record_id = ? AND item = ?"
    row = vault.first_row(sql, (kind, record_id, WHOLE))
    return str(row["at"]) if row is not None else ""


def record(vault: Vault, kind: str, record_type: type, record_id: str) -> Any | None:
    """The record that was changed, as it is now. ``kind`` is the name of a table of ours."""
    return read_first(vault, record_type, f'SELECT {columns(record_type)} FROM "{kind}" WHERE id = ?', (record_id,))


def beside(vault: Vault, kind: str, record_id: str, names: Collection[str]) -> dict[str, str | None]:
    """What columns beside its items say of a record, by name; nothing where it is not on file. ``kind`` and ``names`` are those of a table of ours."""
    row = vault.first_row(f'SELECT {", ".join(names)} FROM "{kind}" WHERE id = ?', (record_id,)) if names else None
    return {name: row[name] for name in names} if row is not None else {}


def remove(vault: Vault, kind: str, record_id: str) -> None:
    """Take a record away, with what files changed of it. ``kind`` is the name of a table of ours."""
    vault.execute("DELETE FROM keyed_amendment WHERE kind = ? AND record_id = ?", (kind, record_id))
    vault.execute(f'DELETE FROM "{kind}" WHERE id = ?', (record_id,))
