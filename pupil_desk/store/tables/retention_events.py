"""The events from which retention counts, such as the last entry of a register: read of some pupils or of all at once.

The retention periods of each class, as the unit has set them: versions only ever added, each with the day from which it holds.
"""

import dataclasses
import json
from collections.abc import Collection, Iterable
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.governance.retention import RetentionClass, RetentionPart, Schedule, parts_of, proposed_schedule
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id, place_of
from pupil_desk.store.rows.same import PERSON, among, as_kept, id_list
from pupil_desk.store.tables.accidents import ENTERED


def people(vault: Vault, ids: Iterable[str] | None = None) -> list[Row]:
    """The pupils by name: identity, reference, name and date of birth."""
    sql = f"SELECT id, ref, surname, forename, dob FROM pupil WHERE {PERSON} AND {among('id', 1)} ORDER BY sort_key, ref"
    return vault.rows(sql, (id_list(ids),))


def last_entries(vault: Vault, ids: Iterable[str] | None = None) -> dict[str, date]:
    """By pupil the last day of which the registers say anything: a mark's, the day a mark was put right, the first or last day of a stay.

    A pupil's last mark is asked for pupil by pupil, as they stand in that order: to look through a year's marks of everybody takes a hundred times as long.
    """
    some = id_list(ids)
    sql = f"""SELECT pupil_id, max(day) AS day FROM (
            SELECT {as_kept("p.id")} AS pupil_id, (SELECT max(day) FROM mark WHERE pupil_id = p.id) AS day FROM pupil p WHERE {among("p.id", 1)}
            UNION ALL SELECT {as_kept("a.pupil_id")}, max(substr(g.at, 1, 10)) FROM mark_amendment a JOIN entering g ON g.id = a.entering
              WHERE {among("a.pupil_id", 1)} GROUP BY 1
            UNION ALL SELECT {as_kept()}, max(max(coalesce(end_date, ''), coalesce(start_date, ''))) FROM enrolment WHERE {among("pupil_id", 1)} GROUP BY 1)
        WHERE day <> '' GROUP BY pupil_id"""
    return {row["pupil_id"]: date.fromisoformat(row["day"]) for row in vault.rows(sql, (some,))}


def last_accidents(vault: Vault, ids: Iterable[str] | None = None) -> dict[str, date]:
    """By pupil with an accident the day on which the last was entered; where the history does not say it any more, that of the accident."""
    sql = (
        f"""SELECT {as_kept()} AS pupil_id, max(coalesce(({ENTERED}), day)) AS day FROM accident WHERE {among("pupil_id", 1)} GROUP BY 1"""
    )
    return {row["pupil_id"]: date.fromisoformat(row["day"]) for row in vault.rows(sql, (id_list(ids),))}


def with_rows(vault: Vault, tables: Collection[str], ids: Iterable[str] | None = None) -> set[str]:
    """The pupils of whom any of these tables has a row."""
    some, pupil_ids = id_list(ids), set[str]()
    for table in tables:
        sql = f'SELECT {as_kept("p.id")} AS pupil_id FROM pupil p WHERE EXISTS (SELECT 1 FROM "{table}" WHERE pupil_id = p.id) AND {among("p.id", 1)}'
        pupil_ids |= {row["pupil_id"] for row in vault.rows(sql, (some,))}
    return pupil_ids


def with_values(vault: Vault, names: Iterable[str], ids: Iterable[str] | None = None) -> set[str]:
    """The pupils of whom any of these items of their own is filled."""
    any_filled = " OR ".join(f"{place_of(name)} IS NOT NULL" for name in names)
    return {
        row["id"] for row in vault.rows(f"SELECT id FROM pupil WHERE {PERSON} AND {among('id', 1)} AND ({any_filled})", (id_list(ids),))
    }


def papers(vault: Vault, ids: Iterable[str] | None = None) -> list[Row]:
    """Every paper kept: whose it is, what it is about, and the consent that it proves, if any.

    ``consent_type`` is one of several where a paper proves several; a row each. A scanned form proves what the form asked.
    """
    sql = f"""SELECT a.id, {as_kept("a.pupil_id")} AS pupil_id, a.about_kind, e.consent_type, e.occasion_id FROM attachment a
              LEFT JOIN consent_event e ON e.evidence = a.id AND {as_kept("e.pupil_id")} = {as_kept("a.pupil_id")}
              WHERE {among("a.pupil_id", 1)} ORDER BY a.rowid, e.seq"""
    return vault.rows(sql, (id_list(ids),))


def forms(vault: Vault, ids: Iterable[str] | None = None) -> list[Row]:
    """Every form printed: whose it is, its kind, and what it asks about."""
    sql = f"SELECT id, {as_kept()} AS pupil_id, form_kind, subject FROM paper_form WHERE {among('pupil_id', 1)} ORDER BY seq"
    return vault.rows(sql, (id_list(ids),))


def consent_keys(vault: Vault, ids: Iterable[str] | None = None) -> dict[str, list[tuple[str, str | None]]]:
    """By pupil, each consent of which anything was said: its type, and the occasion where it is asked occasion by occasion.

    One of which alone a list of an occasion, or what was found of competence, is on file stands there too.
    """
    sql = f"""SELECT DISTINCT {as_kept("x.pupil_id")} AS pupil_id, x.consent_type, x.occasion_id FROM (
            SELECT pupil_id, consent_type, occasion_id FROM consent_event
            UNION SELECT i.pupil_id, o.consent_type, i.occasion_id FROM consent_invitation i JOIN consent_occasion o ON o.occasion_id = i.occasion_id
            UNION SELECT c.pupil_id, c.consent_type, NULL FROM consent_competence c
              WHERE NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.pupil_id = c.pupil_id AND e.consent_type = c.consent_type)) x
        WHERE {among("x.pupil_id", 1)} ORDER BY 2, 3"""
    return grouped((row["pupil_id"], (row["consent_type"], row["occasion_id"])) for row in vault.rows(sql, (id_list(ids),)))


def emptied(vault: Vault, name: str) -> set[str]:
    """The pupils of whom a class was erased: by an order that names it, or for the record by one of before orders named classes."""
    sql = f"""SELECT DISTINCT {as_kept()} AS pupil_id FROM erasure_order WHERE closed_at IS NOT NULL
              AND (instr(parts, ?1) > 0 OR (?1 = ' pupil-record ' AND parts = '' AND instr(tables, ' pupil ') > 0))"""
    return {row["pupil_id"] for row in vault.rows(sql, (f" {name} ",))}


def schedule(vault: Vault, day: date) -> Schedule:
    """The classes as they hold on a day: what we propose, and in its place what the unit has set last of what holds by then.

    So a version takes the place of one set before it that was to hold from the same day or a later one.
    """
    defaults, own_classes = proposed_schedule(), dict[str, RetentionClass]()
    for row in vault.rows("SELECT class, parts, sure, source FROM retention_rule WHERE holds_from <= ? ORDER BY seq", (day.isoformat(),)):
        if row["class"] in defaults.classes:
            own_classes[row["class"]] = class_of(defaults[row["class"]], row)
    return defaults.with_(*own_classes.values())


def days_of_change(vault: Vault, day: date) -> list[date]:
    """The days after a day from which something else was set to hold."""
    rows = vault.rows("SELECT DISTINCT holds_from FROM retention_rule WHERE holds_from > ? ORDER BY holds_from", (day.isoformat(),))
    return [date.fromisoformat(row["holds_from"]) for row in rows]


def class_of(default: RetentionClass, row: Row) -> RetentionClass:
    """A class as a version has it."""
    if not row["parts"]:
        return default
    return dataclasses.replace(default, parts=parts_of(json.loads(row["parts"])), sure=row["sure"], source=row["source"])


def add(vault: Vault, retention_class: RetentionClass | None, name: str, *, holds_from: date, moment: str, actor: str) -> None:
    """Keep a class as the unit sets it; without one, it goes back to what we propose."""
    parts = json.dumps([_as_data(part) for part in retention_class.parts]) if retention_class else ""
    insert_row(
        vault,
        "retention_rule",
        {
            "id": new_id(),
            "class": name,
            "parts": parts,
            "sure": retention_class.sure if retention_class else "",
            "source": retention_class.source if retention_class else "",
            "holds_from": holds_from,
            "at": moment,
            "set_by": actor,
        },
    )


def _as_data(part: RetentionPart) -> dict[str, object]:
    return {"event": part.event.value, "years": part.years, "if_hurt": part.if_hurt}


def versions(vault: Vault) -> list[Row]:
    """Every version there was, the latest first: ``class``, ``parts``, ``source``, ``holds_from``, ``at``, ``by``."""
    return vault.rows(
        """SELECT r.class, r.parts, r.sure, r.source, r.holds_from, r.at, coalesce(s.name, r.set_by) AS by
           FROM retention_rule r LEFT JOIN staff s ON s.id = r.set_by ORDER BY r.seq DESC"""
    )
