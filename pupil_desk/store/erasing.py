"""The one way out of the file: an erasure order, and the rows that it names."""

import json
from collections.abc import Collection, Mapping

from pupil_desk.store.rows import insert_row
from pupil_desk.store.vault import Vault

ALL_TABLES = "*"


def tables_of_pupils(vault: Vault) -> dict[str, frozenset[str]]:
    """Every table with a pupil's rows, each with the tables that its rows refer to; read from the file's own shape."""
    found: dict[str, frozenset[str]] = {}
    for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"):
        table = row["name"]
        columns = {column["name"] for column in vault.rows(f'PRAGMA table_info("{table}")')}
        if "pupil_id" in columns and table != "erasure_order":
            found[table] = frozenset(ref["table"] for ref in vault.rows(f'PRAGMA foreign_key_list("{table}")'))
    return found


def open_order(vault: Vault, *, order_id: str, pupil_id: str, tables: Collection[str], authority: str, at: str, by: str) -> None:
    """Open an order for one pupil, or with an empty ``pupil_id`` for all; no ``tables`` means all of the pupil's."""
    named = f" {' '.join(sorted(tables))} " if tables else ALL_TABLES
    insert_row(vault, "erasure_order", {"id": order_id, "pupil_id": pupil_id, "tables": named, "authority": authority,
                                        "opened_at": at, "opened_by": by})  # fmt: skip


def close_order(vault: Vault, order_id: str, counts: Mapping[str, int], at: str) -> None:
    """Close an order, with how many rows of each table went."""
    vault.execute("UPDATE erasure_order SET closed_at = ?, counts = ? WHERE id = ?", (at, json.dumps(dict(counts)), order_id))


def delete_rows(vault: Vault, table: str, pupil_id: str) -> int:
    """Delete a pupil's rows of a table, or with an empty ``pupil_id`` all of them; how many they were."""
    if pupil_id:
        return vault.execute(f'DELETE FROM "{table}" WHERE pupil_id = ?', (pupil_id,))
    return vault.execute(f'DELETE FROM "{table}"')


def delete_amendments(vault: Vault, kinds: Collection[str], pupil_id: str) -> int:
    """Delete what the records of these kinds said before."""
    return sum(
        vault.execute("DELETE FROM amendment WHERE kind = ? AND ? IN ('', pupil_id)", (kind, pupil_id)) for kind in kinds
    )


def delete_pupil(vault: Vault, pupil_id: str) -> int:
    """Delete the pupil's own row, the words it is found by, and drafts that name it; 1, or 0 for one there is not."""
    vault.execute("DELETE FROM pupil_find WHERE id = ?", (pupil_id,))
    vault.execute("DELETE FROM draft WHERE object_id = ? OR instr(body, ?) > 0", (pupil_id, pupil_id))
    return vault.execute("DELETE FROM pupil WHERE id = ?", (pupil_id,))


def referred_to(vault: Vault, table: str, tables: Collection[str], pupil_id: str) -> str:
    """A table outside ``tables`` whose rows refer to those of ``table`` that would go; empty for none."""
    for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        for ref in vault.rows(f'PRAGMA foreign_key_list("{row["name"]}")'):
            if ref["table"] != table or row["name"] in tables or ref["to"] != "id":
                continue
            held = vault.one(
                f'SELECT 1 FROM "{row["name"]}" r JOIN "{table}" t ON t.id = r."{ref["from"]}" WHERE ? IN (\'\', t.pupil_id)',
                (pupil_id,),
            )
            if held:
                return str(row["name"])
    return ""
