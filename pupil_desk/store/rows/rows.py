"""Records to rows and back: one place that knows how a date and a yes/no are kept."""

import types
import typing
import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache, partial
from itertools import batched, chain
from operator import attrgetter
from typing import Any

from pupil_desk.domain.catalogue.items import attributes_of, value_names_of
from pupil_desk.domain.catalogue.own_values import OWN, OwnValues, is_own
from pupil_desk.store.file.engine import Params
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import same


def new_id() -> str:
    """An identity given by us."""
    return str(uuid.uuid4())


def stored_value(value: Any) -> Any:
    """A value as the file keeps it: dates as ISO text, yes/no as 1 and 0, a member of an enumeration as its value, fields of the unit's own together."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, OwnValues):
        return value.as_kept()
    return value.isoformat() if isinstance(value, date) else value


def _read_hints(record_type: type) -> tuple[tuple[str, type | None], ...]:
    if hasattr(record_type, "__post_init__"):
        raise TypeError(f"{record_type.__name__} would miss its __post_init__: records_of fills the attributes, it calls nothing")
    hints = typing.get_type_hints(record_type)
    return tuple((name, _special(hints[name])) for name in attributes_of(record_type))


_readers: Callable[[type], tuple[tuple[str, type | None], ...]] = cache(_read_hints)


def _special(hint: Any) -> type | None:
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next((kind for kind in (date, bool, OwnValues) if kind in parts), None)


def place_of(name: str, alias: str = "") -> str:
    """Where the value of an item stands in its row, for a query: a column, or a field of the unit's own. ``name`` is the catalogue's, never from outside."""
    prefix = f"{alias}." if alias else ""
    return f"({prefix}{OWN} ->> '$.{name}')" if is_own(name) else f'{prefix}"{name}"'


def record_of[R](record_type: type[R], row: Row) -> R:
    """The record that a row holds; the row may have further columns."""
    return records_of(record_type, (row,))[0]


def records_of[R](record_type: type[R], rows: Sequence[Row]) -> list[R]:
    """The records that the rows of one query hold. They are filled column by column, in a third of the time that as many calls take."""
    if not rows:
        return []
    values_by_column: dict[str, Iterable[Any]] = dict(zip(rows[0].keys(), zip(*rows, strict=True), strict=True))
    records = [object.__new__(record_type) for _row in rows]
    for name, kind in _readers(record_type):
        values = values_by_column[name]
        if kind is date:
            values = [value if value is None else date.fromisoformat(value) for value in values]
        elif kind is bool:
            values = [value if value is None else bool(value) for value in values]
        elif kind is OwnValues:
            values = map(OwnValues.of_kept, values)
        _exhaust(map(getattr(record_type, name).__set__, records, values))
    return records


def of_row[R](record_type: type[R], row: Row, **values: Any) -> R:
    """A record with these values; its other attributes are columns of the row, as they are kept."""
    return record_type(**{name: row[name] for name in attributes_of(record_type) if name not in values}, **values)


def read[R](vault: Vault, record_type: type[R], sql: str, params: Params = ()) -> list[R]:
    """The records that a query finds, in its order."""
    return records_of(record_type, vault.rows(sql, params))


def read_first[R](vault: Vault, record_type: type[R], sql: str, params: Params = ()) -> R | None:
    """The first record that a query finds."""
    row = vault.first_row(sql, params)
    return record_of(record_type, row) if row else None


_exhaust = deque[None](maxlen=0).extend


@cache
def columns(record_type: type, alias: str = "") -> str:
    """The columns of a record type, quoted, for a SELECT; whose it is, and which contact, as the records kept (``same``)."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(
        f'{same.as_kept(f"{prefix}{name}", _KEPT[name])} AS "{name}"' if name in _KEPT else f'{prefix}"{name}"'
        for name in attributes_of(record_type)
    )


_KEPT = {"pupil_id": "pupil", "contact_id": "contact"}


def by_pupil[R](vault: Vault, record_type: type[R], sql: str, params: Params = ()) -> defaultdict[str, list[R]]:
    """The records that a query finds, each under its ``pupil_id``, in the order of the query."""
    records_by_pupil: defaultdict[str, list[R]] = defaultdict(list)
    records = read(vault, record_type, sql, params)
    for pupil_id, record in zip(map(attrgetter("pupil_id"), records), records, strict=True):
        records_by_pupil[pupil_id].append(record)
    return records_by_pupil


def insert(vault: Vault, table: str, record: Any, **extra_columns: Any) -> None:
    """Add a record's row; ``extra_columns`` are columns of the row that are no attributes of the record."""
    values = {name: stored_value(getattr(record, name)) for name in attributes_of(type(record))} | extra_columns
    insert_row(vault, table, values)


def insert_all(vault: Vault, table: str, records: Sequence[Any], extra_columns: Mapping[str, Callable[[Any], Any]]) -> None:
    """Add the rows of many records of one type at once; ``extra_columns`` makes a column of the row from its record."""
    if not records:
        return
    attributes = attributes_of(type(records[0]))
    value_of = attrgetter(*attributes)
    special = [place for place, (_name, kind) in enumerate(_readers(type(records[0]))) if kind is not None]
    rows = []
    for record in records:
        row = [*value_of(record), *(make(record) for make in extra_columns.values())]
        for place in special:
            if row[place] is not None:
                row[place] = stored_value(row[place])
        rows.append(row)
    insert_together(vault, partial(_insertion, table, (*attributes, *extra_columns)), rows)


def insert_row(vault: Vault, table: str, values: Mapping[str, Any] | None = None, /, **further: Any) -> None:
    """Add a row of plain values. ``table`` and the names are ours, never from outside."""
    values = {**(values or {}), **further}
    vault.execute(_insertion(table, tuple(values)), tuple(stored_value(v) for v in values.values()))


def reverse(vault: Vault, table: str, key: str, record: Any, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that a pupil's record counts no more, in the table of what was taken back, whose ``key`` names it."""
    values = {key: record.id, "pupil_id": record.pupil_id, "reason": reason, "at": moment, "reversed_by": actor, "act": act}
    insert_row(vault, table, values)


def insert_rows(vault: Vault, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many rows of plain values at once, all of the same names."""
    if rows:
        values = [[v if type(v) is str else stored_value(v) for v in row.values()] for row in rows]
        insert_together(vault, partial(_insertion, table, tuple(rows[0])), values)


def insert_many[R](vault: Vault, table: str, row_type: type[R], rows: Iterable[R]) -> None:
    """Add many rows, one at a time as they come; their attributes are the columns, in values as the file keeps them: no date, no yes/no."""
    names = attributes_of(row_type)
    vault.execute_many(_insertion(table, names), map(attrgetter(*names), rows))


def insert_together(vault: Vault, insertion: Callable[[int], str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows of values as the file keeps them, some of them by each statement; ``insertion`` is the query that adds so many, row after row."""
    in_batches = len(rows) // _TOGETHER * _TOGETHER
    batches = (tuple(chain.from_iterable(batch)) for batch in batched(rows[:in_batches], _TOGETHER))
    vault.execute_many(insertion(_TOGETHER), batches)
    vault.execute_many(insertion(1), rows[in_batches:])


_TOGETHER = 16
"""Rows of one statement. At the end of each the file's index of words writes down what it has: of a row alone that takes a third of the time to
add it. The text of a longer one takes more to be read than it saves."""


@cache
def _insertion(table: str, names: tuple[str, ...], rows: int = 1) -> str:
    """The query that adds so many rows; of a pupil's row, to whom it belongs is found in the file (``same.owner_of_row``)."""
    column_list = ", ".join(f'"{name}"' for name in names)
    lines = ", ".join(_inserted_values(table, names, number * len(names)) for number in range(rows))
    return f'INSERT INTO "{table}" ({column_list}) VALUES {lines}'


def _inserted_values(table: str, names: tuple[str, ...], before: int) -> str:
    places = {name: place for place, name in enumerate(names, before + 1)}
    values = {name: f"?{place}" for name, place in places.items()}
    if "pupil_id" in places and table not in _AS_SAID:
        values["pupil_id"] = same.owner_of_row(table, places)
    return f"({', '.join(values.values())})"


_AS_SAID = frozenset({"erasure_order", "erasure_step", "merging", "amendment"})
"""Tables in which the pupil named is meant, and no other record of the same person."""


def update(vault: Vault, table: str, record: Any, **extra_columns: Any) -> None:
    """Write a record over its row, found by ``id``. Whose it is stays: no record ever goes from one pupil to another."""
    values = {name: stored_value(getattr(record, name)) for name in attributes_of(type(record)) if name not in _STAY} | extra_columns
    sets = ", ".join(f'"{name}" = ?' for name in values)
    vault.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*values.values(), record.id))


_STAY = frozenset({"id", "pupil_id"})


def differences(old: Any, new: Any) -> dict[str, tuple[Any, Any]]:
    """The values in which two records of one type differ: name to (old, new)."""
    return {
        name: (getattr(old, name), getattr(new, name)) for name in value_names_of(type(old)) if getattr(old, name) != getattr(new, name)
    }
