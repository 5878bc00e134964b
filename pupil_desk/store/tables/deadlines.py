"""Deadlines in stays, timetables, needs and medicines in force; and which pupil's row, or word of health, is out of date."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.care.needs import LOOKED_AFTER, SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import read
from pupil_desk.store.rows.same import among, as_kept, id_list
from pupil_desk.store.rows.several import select


def placements(vault: Vault, day: date, until: date) -> list[Enrolment]:
    """The stays not over on a day that are to be reviewed by another, the earliest first."""
    sql = f"{select(Enrolment)} WHERE review_day <= ?2 AND (end_date IS NULL OR end_date >= ?1) ORDER BY review_day, id"
    return read(vault, Enrolment, sql, (day.isoformat(), until.isoformat()))


def timetables(vault: Vault, day: date, until: date) -> list[Timetable]:
    """The timetables not over on a day that are to be reviewed by another, the earliest first."""
    sql = f"{select(Timetable)} WHERE review_on <= ?2 AND until >= ?1 ORDER BY review_on, id"
    return read(vault, Timetable, sql, (day.isoformat(), until.isoformat()))


def in_force(vault: Vault, day: date) -> list[Timetable]:
    """The timetables in force on a day, the one that began last after the others."""
    return read(vault, Timetable, f"{select(Timetable)} WHERE since <= ?1 AND until >= ?1 ORDER BY since, id", (day.isoformat(),))


def last_changed(vault: Vault, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """When each of these timetables was entered, and when entered or corrected last, in ISO form.

    A correction of its notes or of the day of the review is none.
    """
    rows = vault.rows(
        """SELECT record_id, min(at) AS entered, max(at) AS changed FROM amendment WHERE record_id IN (SELECT value FROM json_each(?))
           AND kind = 'timetable' AND item NOT IN ('note', 'review_on') GROUP BY record_id""",
        (json.dumps([*ids]),),
    )
    return {row["record_id"]: (row["entered"], row["changed"]) for row in rows}


def school_places(vault: Vault, day: date, until: date) -> list[SchoolPlace]:
    """The places agreed with schools, not over on a day, that are to be reviewed or end by another."""
    sql = f"{select(SchoolPlace)} WHERE (end_date IS NULL OR end_date >= ?1) AND (review_day <= ?2 OR end_date <= ?2) ORDER BY id"
    return read(vault, SchoolPlace, sql, (day.isoformat(), until.isoformat()))


def bought_places(vault: Vault, day: date, until: date) -> list[Placement]:
    """The places arranged at providers, not over on a day, that are to be reviewed or end by another."""
    sql = f"{select(Placement)} WHERE (end_date IS NULL OR end_date >= ?1) AND (review_day <= ?2 OR end_date <= ?2) ORDER BY id"
    return read(vault, Placement, sql, (day.isoformat(), until.isoformat()))


_LASTS = "(x.start_date IS NULL OR x.start_date <= ?1) AND (x.end_date IS NULL OR x.end_date >= ?1)"


def _says_otherwise(column: str, table: str, value: str, condition: str = "") -> str:
    """Pupils whose column says otherwise than the period in force, or nothing."""
    where = f"{_LASTS}{condition}"
    return f"SELECT p.id AS id FROM {table} x JOIN pupil p ON p.id = {as_kept('x.pupil_id')} WHERE {where} AND p.{column} IS NOT {value}"


def _differs(column: str, table: str, value: str, condition: str = "") -> str:
    """Those, and pupils whose column tells of a period that has ended."""
    where = f"{_LASTS}{condition}"
    return (
        f"{_says_otherwise(column, table, value, condition)} "
        f"UNION SELECT p.id FROM pupil p WHERE p.same_as IS NULL AND p.{column} IS NOT NULL AND p.{column} IS NOT 0 "
        f"AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.pupil_id = p.id AND {where}) "
        f"AND NOT EXISTS (SELECT 1 FROM pupil m JOIN {table} x ON x.pupil_id = m.id WHERE m.same_as = p.id AND {where})"
    )


_CARE = f" AND x.kind = '{LOOKED_AFTER}'"
_OUT_OF_DATE = " UNION ".join(
    (
        _differs("sen_provision", "sen_period", "x.provision"),
        _differs("sen_need_1", "sen_need", "x.need", " AND x.rank = 1"),
        _differs("sen_need_2", "sen_need", "x.need", " AND x.rank = 2"),
        _differs("looked_after", "care_period", "1", _CARE),
        _says_otherwise("care_authority", "care_period", "x.authority", _CARE),
    )
)


def out_of_date(vault: Vault, day: date) -> list[str]:
    """The pupils whose row no longer says what their periods say of that day."""
    return [row["id"] for row in vault.rows(_OUT_OF_DATE, (day.isoformat(),))]


def reviews(vault: Vault, day: date, until: date) -> list[SenPeriod]:
    """The periods in force on a day whose plan is to be reviewed by another, the earliest first."""
    sql = f"{select(SenPeriod)} AS x WHERE x.review_date <= ?2 AND {_LASTS} ORDER BY x.review_date, x.id"
    return read(vault, SenPeriod, sql, (day.isoformat(), until.isoformat()))


def expiring(vault: Vault, day: date, until: date) -> list[Medicine]:
    """The medicines still given on a day that are to be used by another, the earliest first."""
    sql = f"{select(Medicine)} WHERE expiry <= ?2 AND (end_date IS NULL OR end_date >= ?1) ORDER BY expiry, id"
    return read(vault, Medicine, sql, (day.isoformat(), until.isoformat()))


_NOTES_OF_HEALTH = f"""SELECT {as_kept("n.pupil_id")} AS pupil_id,
  (SELECT min(o.at) FROM note o WHERE o.note_id = n.note_id AND o.category = n.category AND o.text = n.text) AS at
  FROM note n WHERE n.category = 'health' AND n.struck IS NULL
    AND NOT EXISTS (SELECT 1 FROM note later WHERE later.note_id = n.note_id AND later.seq > n.seq)"""


def overtaken(vault: Vault, ids: Iterable[str] | None = None) -> frozenset[str]:
    """The words that nothing is known of a pupil's health, by identity, after which something about it was entered, changed or taken away, a note
    of the category of health too, as it says now and since it first said so; and those beside which a healthcare plan runs, or ran since.

    It is read from the history, so that it makes no difference by which way something came in. With ``ids`` of these pupils.
    """
    in_ids = among("pupil_id", 1)
    none_known = vault.rows(
        f"SELECT record_id AS id, {as_kept()} AS pupil_id, min(seq) AS seq, min(at) AS at, "
        "(SELECT h.overtaken FROM health_none h WHERE h.id = record_id) AS overtaken FROM amendment WHERE record_id IN (SELECT id FROM health_none) "
        f"AND kind = 'health_none' AND item = '' AND {in_ids} GROUP BY record_id",
        (id_list(ids),),
    )
    if not none_known:
        return frozenset()
    pupil_ids = id_list({row["pupil_id"] for row in none_known})
    last = vault.rows(
        f"SELECT {as_kept()} AS pupil_id, max(seq) AS seq FROM amendment WHERE (kind IN ('health_item', 'medicine', 'disability') "
        f"OR (kind = 'pupil' AND item = 'medical')) AND {in_ids} GROUP BY 1",
        (pupil_ids,),
    )
    beside = vault.rows(
        f"""SELECT pupil_id, max(at) AS at FROM (
              {_NOTES_OF_HEALTH} AND {among("n.pupil_id", 1)}
              UNION ALL SELECT {as_kept("p.pupil_id")}, coalesce(p.ended_on, '9999') FROM plan p
              WHERE p.kind = 'healthcare' AND p.struck IS NULL AND {among("p.pupil_id", 1)}
                AND NOT EXISTS (SELECT 1 FROM plan later WHERE later.entry_id = p.entry_id AND later.seq > p.seq)) GROUP BY pupil_id""",
        (pupil_ids,),
    )
    entered, told = {row["pupil_id"]: row["seq"] for row in last}, {row["pupil_id"]: row["at"] for row in beside}
    return frozenset(
        row["id"]
        for row in none_known
        if row["overtaken"] or entered.get(row["pupil_id"], 0) > row["seq"] or told.get(row["pupil_id"], "") > row["at"]
    )


def stay_overtaken(vault: Vault, note_id: str) -> None:
    """Of the words that nothing is known keep that this note came after them, if it is of health: once it is restricted that can no longer be read."""
    vault.execute(
        f"""UPDATE health_none SET overtaken = 1 WHERE {as_kept()} = (SELECT x.pupil_id FROM ({_NOTES_OF_HEALTH} AND n.note_id = ?1) x
              WHERE x.at > (SELECT min(a.at) FROM amendment a WHERE a.record_id = health_none.id AND a.kind = 'health_none' AND a.item = ''))""",
        (note_id,),
    )
