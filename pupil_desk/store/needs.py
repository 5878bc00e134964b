"""Needs, care, health and doses: plain SQL over their tables, which are all shaped alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.domain.health import Disability, Dose, HealthItem, Medicine
from pupil_desk.domain.needs import LOOKED_AFTER, CarePeriod, SenNeed, SenPeriod
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert, insert_all, record_of, records_of, update
from pupil_desk.store.vault import Vault

TABLES: Mapping[type, str] = {
    SenPeriod: "sen_period",
    SenNeed: "sen_need",
    CarePeriod: "care_period",
    HealthItem: "health_item",
    Disability: "disability",
    Medicine: "medicine",
    Dose: "dose",
}
_ORDERS: Mapping[type, str] = {
    SenPeriod: "coalesce(start_date, ''), id",
    SenNeed: "rank, coalesce(start_date, ''), id",
    CarePeriod: "coalesce(start_date, ''), kind, id",
    HealthItem: "kind, CASE severity WHEN 'LIFE' THEN 0 WHEN 'SEV' THEN 1 WHEN 'MOD' THEN 2 ELSE 3 END, what, id",
    Disability: "coalesce(start_date, ''), id",
    Medicine: "name, id",
    Dose: "given_on, given_time, rowid",
}


def _select(record_type: type) -> str:
    return f"SELECT {columns(record_type)} FROM {TABLES[record_type]}"


def add(vault: Vault, record: Any, **further: Any) -> None:
    """Keep a new record; a dose comes with ``at`` and ``recorded_by``."""
    insert(vault, TABLES[type(record)], record, **further)


def add_all(vault: Vault, records: Sequence[Any]) -> None:
    """Keep many new records of one type."""
    if records:
        insert_all(vault, TABLES[type(records[0])], records, {})


def save(vault: Vault, record: Any) -> None:
    """Keep what has changed of a record. A dose is never changed, and the file refuses it."""
    update(vault, TABLES[type(record)], record)


def remove(vault: Vault, record: Any) -> None:
    """Take a record away again. A dose stays, and the file refuses it."""
    vault.execute(f"DELETE FROM {TABLES[type(record)]} WHERE id = ?", (record.id,))


def get[R](vault: Vault, record_type: type[R], record_id: str) -> R | None:
    """The record of that identity."""
    row = vault.one(f"{_select(record_type)} WHERE id = ?", (record_id,))
    return record_of(record_type, row) if row else None


def of_pupil[R](vault: Vault, record_type: type[R], pupil_id: str) -> list[R]:
    """A pupil's records of one type, in their order."""
    found = vault.rows(f"{_select(record_type)} WHERE pupil_id = ? ORDER BY {_ORDERS[record_type]}", (pupil_id,))
    return records_of(record_type, found)


def by_pupil[R](vault: Vault, record_type: type[R]) -> defaultdict[str, list[R]]:
    """Every pupil's records of one type."""
    return rows.by_pupil(vault, record_type, f"{_select(record_type)} ORDER BY {_ORDERS[record_type]}")


_LASTS = "(x.start_date IS NULL OR x.start_date <= ?1) AND (x.end_date IS NULL OR x.end_date >= ?1)"


def _differs(column: str, table: str, value: str, which: str = "") -> str:
    """Pupils whose column says otherwise than the period in force: one whose value is missing, and one that has ended."""
    where = f"{_LASTS}{which}"
    return (
        f"SELECT x.pupil_id AS id FROM {table} x JOIN pupil p ON p.id = x.pupil_id WHERE {where} AND p.{column} IS NOT {value} "
        f"UNION SELECT p.id FROM pupil p WHERE p.{column} IS NOT NULL AND p.{column} IS NOT 0 "
        f"AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.pupil_id = p.id AND {where})"
    )


_DUE = " UNION ".join(
    (
        _differs("sen_provision", "sen_period", "x.provision"),
        _differs("sen_need_1", "sen_need", "x.need", " AND x.rank = 1"),
        _differs("sen_need_2", "sen_need", "x.need", " AND x.rank = 2"),
        _differs("looked_after", "care_period", "1", f" AND x.kind = '{LOOKED_AFTER}'"),
    )
)


def due(vault: Vault, day: date) -> list[str]:
    """The pupils whose row no longer says what their periods say of that day."""
    return [row["id"] for row in vault.rows(_DUE, (day.isoformat(),))]


def reviews(vault: Vault, day: date, until: date) -> list[SenPeriod]:
    """The periods in force on a day whose plan is to be reviewed by another, the earliest first."""
    sql = f"{_select(SenPeriod)} AS x WHERE x.review_date <= ?2 AND {_LASTS} ORDER BY x.review_date, x.id"
    return records_of(SenPeriod, vault.rows(sql, (day.isoformat(), until.isoformat())))


def expiring(vault: Vault, day: date, until: date) -> list[Medicine]:
    """The medicines still given on a day that are to be used by another, the earliest first."""
    sql = f"{_select(Medicine)} WHERE expiry <= ?2 AND (end_date IS NULL OR end_date >= ?1) ORDER BY expiry, id"
    return records_of(Medicine, vault.rows(sql, (day.isoformat(), until.isoformat())))
