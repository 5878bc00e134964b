"""What a record said before: every changed item, with the old and the new value, and each record added or taken away. Only ever added to.

A row names the act that made it: one transaction of a person at the desk. ``source`` is «form», «import», «period» (one began or
ended by itself), «bulk», «merge» or «undo».

What was taken away and not had back, read from the history: there is no other store of it.

Where a value came from: what one item of one record said before, who added the pupil, and which file was read when.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import Any

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_together, stored_value
from pupil_desk.store.rows.same import as_kept, of_person

WHOLE = ""
"""The item of a row that says that the record itself was added or taken away."""
HELD = "held"
"""What such a row says of before, where the record was taken away; of after, it then says why."""


@cache
def _kinds() -> Mapping[type, str]:
    from pupil_desk.domain.catalogue.catalogue import RECORDS  # it brings every type of record: who only reads does without

    return {record_type: kind for kind, record_type in RECORDS.items()}


@cache
def _insert(kind: str, rows: int = 1) -> str:
    """The query that adds so many rows about a kind of record. Each belongs to whom that record's row belongs to (``same``); a pupil's to itself."""
    lines = ", ".join(_values(kind, number * len(_COLUMNS)) for number in range(rows))
    return f"INSERT INTO amendment ({', '.join(_COLUMNS)}) VALUES {lines}"


_COLUMNS = ("kind", "record_id", "pupil_id", "item", "old", "new", "at", '"by"', "source", "act")


def _values(kind: str, before: int) -> str:
    places = [f"?{before + place}" for place in range(1, len(_COLUMNS) + 1)]
    if kind not in _WITHOUT_OWNER:
        places[2] = f'coalesce((SELECT o.pupil_id FROM "{kind}" o WHERE o.id = {places[1]}), {as_kept(places[2])})'
    return f"({', '.join(places)})"


_WITHOUT_OWNER = frozenset({"pupil", "mark"})


def last_by_item(vault: Vault, kinds: Sequence[str]) -> dict[tuple[str, str], str]:
    """When each item of each record of these kinds was changed last, by the record's identity and the item; ``WHOLE`` is when it was added."""
    places = ", ".join("?" * len(kinds))
    rows = vault.rows(
        f"SELECT record_id, item, max(at) AS at FROM amendment WHERE kind IN ({places}) GROUP BY record_id, item", tuple(kinds)
    )
    return {(row["record_id"], row["item"]): row["at"] for row in rows}


def kind_of(record: Any) -> str:
    """The short name of a record's type, as amendments bear it."""
    return _kinds()[type(record)]


def pupil_of(record: Any) -> str:
    pupil_id: str = record.id if isinstance(record, Pupil) else record.pupil_id
    return pupil_id


def add(
    vault: Vault,
    *,
    kind: str,
    record_id: str,
    pupil_id: str,
    changes: Mapping[str, tuple[Any, Any]],
    moment: str,
    actor: str,
    source: str,
    act: str,
) -> None:
    """Record what changed in one record: the items, each with what it said before and what it says now."""
    vault.execute_many(
        _insert(kind),
        [(kind, record_id, pupil_id, name, _text(old), _text(new), moment, actor, source, act) for name, (old, new) in changes.items()],
    )


def record_added(vault: Vault, records: Sequence[Any], *, moment: str, actor: str, source: str, act: str) -> None:
    """Record that these were added, whatever their types."""
    for kind, same_kind in groupby(records, kind_of):
        rows = [(kind, record.id, pupil_of(record), WHOLE, None, None, moment, actor, source, act) for record in same_kind]
        insert_together(vault, partial(_insert, kind), rows)


def taken_away(vault: Vault, records: Iterable[Any], *, reason: str = "", moment: str, actor: str, source: str, act: str) -> None:
    """Record that these were taken away, and why."""
    for kind, same_kind in groupby(records, kind_of):
        vault.execute_many(
            _insert(kind),
            [(kind, record.id, pupil_of(record), WHOLE, HELD, reason or None, moment, actor, source, act) for record in same_kind],
        )


def _text(value: Any) -> str | None:
    return None if value is None else str(stored_value(value))


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """All that was changed in a pupil's records, in order."""
    return vault.rows(
        "SELECT a.kind, a.record_id, a.item, a.old, a.new, a.at, a.source, s.name AS by FROM amendment a "
        f"LEFT JOIN staff s ON s.id = a.by WHERE {of_person('a')} ORDER BY a.seq",
        (pupil_id,),
    )


_GONE = """a.item = '' AND a.old = 'held' AND NOT EXISTS (
  SELECT 1 FROM amendment b WHERE b.record_id = a.record_id AND b.kind = a.kind AND b.item = '' AND b.seq > a.seq)"""
_SELECT = f"""SELECT a.seq, a.kind, a.record_id, {as_kept("a.pupil_id")} AS pupil_id, a.at, a."by", a.new AS why, a.source, a.act,
  p.surname, p.forename, s.name AS by_name
FROM amendment a JOIN pupil p ON p.id = a.pupil_id LEFT JOIN staff s ON s.id = a."by" """


def waiting(vault: Vault, limit: int) -> list[Row]:
    """What was taken away last, the newest first; of a pupil entered by mistake the pupil alone, with whom the rest comes back."""
    return vault.rows(
        f"{_SELECT} WHERE {_GONE} AND (a.kind = 'pupil' OR p.same_as IS NULL OR p.same_as <> p.id) ORDER BY a.seq DESC LIMIT ?", (limit,)
    )


def get(vault: Vault, kind: str, record_id: str) -> Row | None:
    """A record that was taken away and not had back."""
    return vault.first_row(f"{_SELECT} WHERE a.record_id = ? AND a.kind = ? AND {_GONE}", (record_id, kind))


def gone_with(vault: Vault, act: str, pupil_id: str) -> list[Row]:
    """What an act took away with a pupil, the last first."""
    return vault.rows(
        f"{_SELECT} WHERE a.act = ? AND a.pupil_id = ? AND a.kind <> 'pupil' AND {_GONE} ORDER BY a.seq DESC", (act, pupil_id)
    )


def values_of(vault: Vault, row: Row) -> dict[str, str]:
    """What a record said when it was taken away, by item, as the history keeps it."""
    rows = vault.rows(
        "SELECT item, old FROM amendment WHERE record_id = ? AND kind = ? AND act = ? AND item <> '' AND new IS NULL AND seq < ? ORDER BY seq",
        (row["record_id"], row["kind"], row["act"], row["seq"]),
    )
    return {item_row["item"]: item_row["old"] for item_row in rows}


def changes_of(vault: Vault, kind: str, record_id: str, item: str) -> list[Row]:
    """Each change of one item, newest first, with the name of who made it and the kind of file, where one was read."""
    return vault.rows(
        "SELECT a.old, a.new, a.at, a.source, s.name AS name, "
        f"{_FILE} AS file_kind "
        "FROM amendment a LEFT JOIN staff s ON s.id = a.by WHERE a.record_id = ? AND a.kind = ? AND a.item = ? ORDER BY a.seq DESC",
        (record_id, kind, item),
    )


def changes_beside(vault: Vault, kind: str, record_id: str, item: str, other_kind: str) -> list[Row]:
    """Each change of one item, newest first, and whether its act is about a record of the kind ``other_kind`` too, or took its own away."""
    return vault.rows(
        "SELECT a.old, a.new, EXISTS (SELECT 1 FROM amendment b WHERE b.act = a.act AND a.act <> '' "
        "AND (b.kind = ? OR b.record_id = a.record_id AND b.kind = a.kind AND b.old = 'held' AND b.item = '')) AS is_beside "
        "FROM amendment a WHERE a.record_id = ? AND a.kind = ? AND a.item = ? ORDER BY a.seq DESC",
        (other_kind, record_id, kind, item),
    )


_FILE = (
    "(SELECT i.kind FROM import_made i WHERE a.source = 'import' AND CASE WHEN a.act = '' THEN i.at = a.at ELSE i.act = a.act END LIMIT 1)"
)
"""The kind of file that an act read; one of before acts were known is told by its moment."""


def addition(vault: Vault, kind: str, record_id: str) -> Row | None:
    """Who added a record, when and how, with the kind of file; None for one of before this was kept."""
    return vault.first_row(
        f"SELECT a.at, a.source, s.name AS name, {_FILE} AS file_kind FROM amendment a LEFT JOIN staff s ON s.id = a.by "
        "WHERE a.record_id = ? AND a.kind = ? AND a.item = '' AND a.old IS NULL ORDER BY a.seq LIMIT 1",
        (record_id, kind),
    )


def row_of_adding(vault: Vault, pupil_id: str) -> Row | None:
    """The row of the log that says who added a pupil by hand, with the name; None where a file brought the pupil."""
    return vault.first_row(
        "SELECT l.at, s.name AS name FROM log l LEFT JOIN staff s ON s.id = l.user_id "
        "WHERE l.object_id = ? AND l.kind = 'pupil' AND l.reason = 'added' ORDER BY l.seq LIMIT 1",
        (pupil_id,),
    )
