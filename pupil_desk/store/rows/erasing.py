"""The one way out of the file: an erasure order, and the rows that it names."""

import json
from collections.abc import Collection, Mapping

from pupil_desk.domain.catalogue.own_values import OWN, is_own
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.rows.same import as_kept, of_person

ALL_TABLES = "*"
_BY_ITSELF = ("erasure_order", "erasure_step", "findable")  # the order and its case stay; the words to find a record by go with the record
_NAMES = frozenset(
    {"title", "surname", "forename", "id", "ref", "pupil_id", "same_as", "sort_key"}
)  # what stays of somebody whose record went


def tables_of_pupils(vault: Vault) -> dict[str, frozenset[str]]:
    """Every table with a pupil's rows, each with the tables that its rows refer to; read from the file's own shape."""
    references_by_table: dict[str, frozenset[str]] = {}
    for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"):
        table = row["name"]
        columns = {column["name"] for column in vault.rows(f'PRAGMA table_info("{table}")')}
        if "pupil_id" in columns and table not in _BY_ITSELF:
            references_by_table[table] = frozenset(ref["table"] for ref in vault.rows(f'PRAGMA foreign_key_list("{table}")'))
    return references_by_table


def open_order(
    vault: Vault,
    *,
    order_id: str,
    pupil_id: str,
    tables: Collection[str],
    authority: str,
    moment: str,
    actor: str,
    parts: Collection[str] = (),
) -> None:
    """Open an order for one pupil, or with an empty ``pupil_id`` for all; no ``tables`` means all of the pupil's. ``parts`` narrow it within them."""
    named_tables = f" {' '.join(sorted(tables))} " if tables else ALL_TABLES
    insert_row(
        vault,
        "erasure_order",
        id=order_id,
        pupil_id=pupil_id,
        tables=named_tables,
        authority=authority,
        opened_at=moment,
        opened_by=actor,
        parts=named_parts(parts),
    )


def named_parts(parts: Collection[str]) -> str:
    """The parts of an order as they are kept: each with a space before, between and after; empty for none."""
    return f" {' '.join(sorted(parts))} " if parts else ""


def close_order(vault: Vault, order_id: str, counts: Mapping[str, int], moment: str) -> None:
    """Close an order, with how many rows of each table went."""
    vault.execute("UPDATE erasure_order SET closed_at = ?, counts = ? WHERE id = ?", (moment, json.dumps(dict(counts)), order_id))


def records_of(vault: Vault, pupil_id: str) -> list[str]:
    """The record kept of a person, and those that stand for it: an order reaches all of them. Empty stays empty: every pupil."""
    rows = vault.rows(f"SELECT id FROM pupil WHERE {as_kept('?1')} IN (id, same_as) ORDER BY same_as IS NOT NULL, ref", (pupil_id,))
    return [row["id"] for row in rows] or [pupil_id]


def delete_rows(vault: Vault, table: str, pupil_id: str) -> int:
    """Delete a person's rows of a table, or with an empty ``pupil_id`` all of them; how many they were."""
    if pupil_id:
        return vault.execute(f'DELETE FROM "{table}" WHERE {of_person()}', (pupil_id,))
    return vault.execute(f'DELETE FROM "{table}"')


def delete_amendments(vault: Vault, kinds: Collection[str], pupil_id: str, but: Collection[str] = ()) -> int:
    """Delete what the records of these kinds said before; of items in ``but`` it stays."""
    sql = f"DELETE FROM amendment WHERE kind = ?2 AND (?1 = '' OR {of_person()}) AND item NOT IN (SELECT value FROM json_each(?3))"
    return sum(vault.execute(sql, (pupil_id, kind, json.dumps(sorted(but)))) for kind in kinds)


def delete_contents(vault: Vault, pupil_id: str) -> int:
    """Delete the files kept of every export that a person is in, whole; with an empty ``pupil_id`` of all. Before the person's rows go."""
    where = f"SELECT f.export_id FROM export_row r JOIN export_frozen f ON f.number = r.frozen WHERE ?1 = '' OR {of_person('r')}"
    return vault.execute(f"DELETE FROM export_content WHERE export_id IN ({where})", (pupil_id,))


def empty(vault: Vault, pupil_id: str, but: Collection[str] = ()) -> None:
    """Leave of a person, and of the contacts that are still there, the name and what is in ``but``."""
    stays = _NAMES | set(but)
    for table, condition in (("pupil", "id = ?1 OR same_as = ?1"), ("contact", of_person())):
        columns = vault.rows(f'PRAGMA table_info("{table}")')
        sets = ", ".join(
            f'"{column["name"]}" = NULL' for column in columns if column["name"] not in {*stays, OWN} and not column["notnull"]
        )
        vault.execute(f'UPDATE "{table}" SET {sets}, {_OWN_LEFT} WHERE {condition}', (pupil_id, json.dumps(sorted(filter(is_own, stays)))))


_OWN_LEFT = f"""{OWN} = (SELECT nullif(json_group_object(v.key, v.value), '{{}}') FROM json_each({OWN}) v
  WHERE v.key IN (SELECT value FROM json_each(?2)))"""
"""Of the fields of the unit's own those alone that stay."""


def closed_orders(vault: Vault) -> list[Row]:
    """The orders that were carried out: identity, pupil, tables as kept, and when; the first one first."""
    return vault.rows(
        "SELECT id, pupil_id, tables, parts, closed_at FROM erasure_order WHERE closed_at IS NOT NULL ORDER BY closed_at, rowid"
    )


def emptied(vault: Vault) -> frozenset[str]:
    """The pupils whose record was erased, and of whom the name stays beside what proves choices, notices and disclosures."""
    rows = vault.rows(f"""SELECT DISTINCT {as_kept()} AS id FROM erasure_order WHERE closed_at IS NOT NULL
                           AND (instr(parts, ' pupil-record ') > 0 OR parts = '' AND instr(tables, ' pupil ') > 0)""")
    return frozenset(row["id"] for row in rows)


def has_order(vault: Vault, order_id: str) -> bool:
    """Whether the file knows of an order."""
    return vault.first_row("SELECT 1 FROM erasure_order WHERE id = ?", (order_id,)) is not None


def delete_pupil(vault: Vault, pupil_id: str) -> int:
    """Delete the person's own rows, and the words they are found by; how many rows there were."""
    return vault.execute("DELETE FROM pupil WHERE id = ?1 OR same_as = ?1", (pupil_id,))


def referred_to(
    vault: Vault, table: str, tables: Collection[str], pupil_id: str, going: Mapping[str, Collection[int]] | None = None
) -> str:
    """A table outside ``tables`` whose rows refer to those of ``table`` that would go; empty for none. Rows in ``going`` go too."""
    for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        for ref in vault.rows(f'PRAGMA foreign_key_list("{row["name"]}")'):
            if ref["table"] != table or row["name"] in tables or ref["to"] != "id":
                continue
            numbers = (going or {}).get(row["name"], ())
            reference_row = vault.first_row(
                f'SELECT 1 FROM "{row["name"]}" r JOIN "{table}" t ON t.id = r."{ref["from"]}" WHERE (?1 = \'\' OR {of_person("t")})'
                + (" AND r.rowid NOT IN (SELECT value FROM json_each(?2))" if numbers else ""),
                (pupil_id, json.dumps(list(numbers))) if numbers else (pupil_id,),
            )
            if reference_row:
                return str(row["name"])
    return ""
