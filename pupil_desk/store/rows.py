"""Records to rows and back: one place that knows how a date and a yes/no are kept."""

import dataclasses
import types
import typing
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from pupil_desk.domain.items import attributes_of
from pupil_desk.store.vault import Row, Vault


def new_id() -> str:
    """An identity given by us."""
    return str(uuid.uuid4())


def kept(value: Any) -> Any:
    """A value as the file keeps it: dates as ISO text, yes/no as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _read_hints(record_type: type) -> tuple[tuple[str, type | None], ...]:
    hints = typing.get_type_hints(record_type)
    return tuple((name, _special(hints[name])) for name in attributes_of(record_type))


_readers: Callable[[type], tuple[tuple[str, type | None], ...]] = cache(_read_hints)


def _special(hint: Any) -> type | None:
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next((kind for kind in (date, bool) if kind in parts), None)


def record_of[R](record_type: type[R], row: Row) -> R:
    """The record that a row holds; the row may have further columns."""
    values: dict[str, Any] = {}
    for name, special in _readers(record_type):
        value = row[name]
        if value is not None and special is not None:
            value = date.fromisoformat(value) if special is date else bool(value)
        values[name] = value
    return record_type(**values)


@cache
def columns(record_type: type, alias: str = "") -> str:
    """The columns of a record type, quoted, for a SELECT."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{name}"' for name in attributes_of(record_type))


def by_pupil[R](vault: Vault, record_type: type[R], sql: str) -> defaultdict[str, list[R]]:
    """The records that a query finds, each under its ``pupil_id``, in the order of the query."""
    found: defaultdict[str, list[R]] = defaultdict(list)
    for row in vault.rows(sql):
        found[str(row["pupil_id"])].append(record_of(record_type, row))
    return found


def insert(vault: Vault, table: str, record: Any, **further: Any) -> None:
    """Add a record's row; ``further`` are columns of the row that are no attributes of the record."""
    values = {name: kept(getattr(record, name)) for name in attributes_of(type(record))} | further
    insert_row(vault, table, values)


def insert_all(vault: Vault, table: str, records: Sequence[Any], further: Mapping[str, Callable[[Any], Any]]) -> None:
    """Add the rows of many records of one type at once; ``further`` makes a column of the row from its record."""
    if not records:
        return
    attributes = attributes_of(type(records[0]))
    value_of = attrgetter(*attributes)
    special = [place for place, (_name, kind) in enumerate(_readers(type(records[0]))) if kind is not None]
    rows = []
    for record in records:
        row = [*value_of(record), *(make(record) for make in further.values())]
        for place in special:
            row[place] = kept(row[place])
        rows.append(row)
    names = ", ".join(f'"{name}"' for name in (*attributes, *further))
    vault.execute_many(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(rows[0]))})', rows)


def insert_row(vault: Vault, table: str, values: Mapping[str, Any]) -> None:
    """Add a row of plain values. ``table`` and the names are ours, never from outside."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    vault.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(kept(v) for v in values.values()))


def update(vault: Vault, table: str, record: Any, **further: Any) -> None:
    """Write a record over its row, found by ``id``."""
    values = {name: kept(getattr(record, name)) for name in attributes_of(type(record)) if name != "id"} | further
    sets = ", ".join(f'"{name}" = ?' for name in values)
    vault.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*values.values(), record.id))


def differences(old: Any, new: Any) -> dict[str, tuple[Any, Any]]:
    """The attributes in which two records of one type differ: name to (old, new)."""
    return {
        field.name: (getattr(old, field.name), getattr(new, field.name))
        for field in dataclasses.fields(old)
        if getattr(old, field.name) != getattr(new, field.name)
    }
