"""Every table as it stands, for whoever takes the unit's records elsewhere: its shape as the file has it, and its rows as they were kept.

Rows name records as they stand: of two records of one person each row keeps its own, and the row of the pupil says that they are one.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.domain.catalogue.own_values import OWN, kind_of
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import place_of
from pupil_desk.store.rows.same import among, as_kept, id_list, of_person
from pupil_desk.store.tables import under_second_key
from pupil_desk.store.tables.under_second_key import CellMoved, UnderSecondKey

PUPIL = "pupil"
MEDIA: Mapping[tuple[str, str], str] = {
    ("attachment_content", "body"): "(SELECT a.media_type FROM attachment a WHERE a.id = t.id)",
    ("safeguarding_paper", "body"): "'application/pdf'",
    ("notice_copy", "body"): "(SELECT s.media_type FROM notice_specimen s WHERE s.digest = t.specimen)",
    ("notice_specimen", "body"): "t.media_type",
    ("notice_edition_body", "said"): "'application/json'",
    ("scan_page", "picture"): "iif(length(t.picture) > 0, 'image/jpeg', NULL)",
    ("pack_sealed", "document"): "iif(length(t.document) > 0, 'application/pdf', NULL)",
    ("pack_sealed", "data"): "iif(length(t.data) > 0, 'application/zip', NULL)",
}
"""The columns that hold a whole file, each with the query that tells of which kind it is; nothing where the file is empty."""

_OF_KEYS = frozenset({"key_id", "own_body", "own_key_id"})  # how a row is encrypted under a second key: what it says goes as it reads


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type that the file gives it, and whether it always has a value."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table: these columns there."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in order, those that tell its rows apart, the tables that its rows refer to, and the order of its rows."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    order: str

    @property
    def of_pupils(self) -> bool:
        """Whether its rows are pupils'."""
        return self.name == PUPIL or any(column.name == "pupil_id" for column in self.columns)


def shapes(vault: Vault) -> list[Shape]:
    """Every table of the file, by name, but for those of the index to find records by."""
    tables = vault.rows(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [_shape(vault, row["name"], has_rowid=not row["wr"]) for row in tables]


def _shape(vault: Vault, table: str, *, has_rowid: bool) -> Shape:
    rows = vault.rows(f'PRAGMA table_info("{table}")')
    keyed = sorted((row for row in rows if row["pk"]), key=lambda row: int(row["pk"]))
    parts: dict[int, list[Any]] = {}
    for row in sorted(vault.rows(f'PRAGMA foreign_key_list("{table}")'), key=lambda row: (int(row["id"]), int(row["seq"]))):
        parts.setdefault(row["id"], []).append(row)
    references = (
        Reference(tuple(row["from"] for row in group), group[0]["table"], tuple(row["to"] for row in group)) for group in parts.values()
    )
    key = tuple(row["name"] for row in keyed)
    return Shape(
        table,
        tuple(column for row in rows if row["name"] not in _OF_KEYS for column in _columns_of(vault, table, row)),
        key,
        tuple(sorted(references, key=lambda reference: reference.columns)),
        order="t.rowid" if has_rowid else ", ".join(f't."{name}"' for name in key),
    )


def _columns_of(vault: Vault, table: str, row: Row) -> list[Column]:
    """A column as it is described; in place of that with the fields of the unit's own one for each of them."""
    if row["name"] != OWN:
        return [Column(row["name"], row["type"], bool(row["notnull"] or row["pk"]))]
    fields = vault.rows("SELECT name FROM own_field WHERE record = ? ORDER BY seq", (table,))
    return [Column(field["name"], "INTEGER" if kind_of(field["name"]) in ("flag", "number") else "TEXT", False) for field in fields]


def rows_of_pupil(vault: Vault, shape: Shape, pupil_id: str) -> Iterator[Sequence[Any]]:
    """The rows of a person, of every record of theirs; in place of a whole file its kind stands."""
    condition = "t.id = ?1 OR t.same_as = ?1" if shape.name == PUPIL else of_person("t")
    return _rows(vault, shape, condition, (pupil_id,))


def filled(vault: Vault, shape: Shape, names: Sequence[str], ids: Iterable[str] | None) -> dict[str, frozenset[str]]:
    """Of each person those of some columns in which any row of theirs has a value; with ``ids`` of these people."""
    column = "id" if shape.name == PUPIL else "pupil_id"
    flags = ", ".join(f"max({place_of(name, 't')} IS NOT NULL)" for name in names)
    rows = vault.rows(
        f'SELECT {as_kept(f"t.{column}")} AS person, {flags} FROM "{shape.name}" t WHERE {among(f"t.{column}", 1)} GROUP BY 1',
        (id_list(ids),),
    )
    return {row["person"]: frozenset(name for name, flag in zip(names, tuple(row)[1:], strict=True) if flag) for row in rows}


def items_changed(vault: Vault, ids: Iterable[str] | None) -> dict[str, set[str]]:
    """Of each person the items, ``record.attribute``, of which it stands what they said before; with ``ids`` of these people."""
    items: dict[str, set[str]] = {}
    sql = f"SELECT DISTINCT {as_kept('t.pupil_id')} AS person, t.kind, t.item FROM amendment t WHERE t.item <> '' AND {among('t.pupil_id', 1)}"
    for row in vault.rows(sql, (id_list(ids),)):
        items.setdefault(row["person"], set()).add(f"{row['kind']}.{row['item']}")
    return items


def rows_of_nobody(vault: Vault, shape: Shape) -> Iterator[Sequence[Any]]:
    """The rows that are no pupil's on file; all of a table that holds none."""
    if shape.name == PUPIL:
        return iter(())
    condition = "t.pupil_id IS NULL OR NOT EXISTS (SELECT 1 FROM pupil p WHERE p.id = t.pupil_id)" if shape.of_pupils else "1"
    return _rows(vault, shape, condition, ())


def _rows(vault: Vault, shape: Shape, condition: str, params: tuple[str, ...]) -> Iterator[Sequence[Any]]:
    columns = ", ".join(
        f'{MEDIA.get((shape.name, column.name), place_of(column.name, "t"))} AS "{column.name}"' for column in shape.columns
    )
    what = next((what for what in under_second_key.ALL if what.table == shape.name), None)
    more = f", {what.read('t')}" if what else ""
    for row in vault.rows(f'SELECT {columns}{more} FROM "{shape.name}" t WHERE {condition} ORDER BY {shape.order}', params):
        yield _opened(vault, what, row, shape) if what else tuple(row)


def _opened(vault: Vault, what: UnderSecondKey, row: Row, shape: Shape) -> Sequence[Any]:
    """A row whose cells are under a second key: what they say to who holds it, empty to anybody else."""
    return tuple(_cell(vault, what, row, column.name) if column.name in what.columns else row[column.name] for column in shape.columns)


def _cell(vault: Vault, what: UnderSecondKey, row: Row, column: str) -> str:
    with contextlib.suppress(CellMoved):
        return under_second_key.read(vault, what, row, column) or ""
    return ""


def file_in(vault: Vault, shape: Shape, column: str, key: Sequence[Any]) -> bytes:
    """The bytes of a whole file that stands in a row, as they are kept."""
    where = " AND ".join(f'"{name}" = ?' for name in shape.key)
    row = vault.first_row(f'SELECT "{column}" FROM "{shape.name}" WHERE {where}', tuple(key))
    return bytes(row[0]) if row and row[0] is not None else b""


def ids_of_mistaken(vault: Vault) -> list[str]:
    """The pupils entered by mistake and taken away, whom no list has; by our reference."""
    return [row["id"] for row in vault.rows("SELECT id FROM pupil WHERE same_as = id ORDER BY ref")]
