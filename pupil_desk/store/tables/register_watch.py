"""What the register asks someone to look at: queries over the last weeks, and over the marks of one code."""

from collections.abc import Collection, Sequence
from datetime import date

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.same import PERSON, as_kept
from pupil_desk.store.tables.register import STANDS

_ON_REGISTER = f"{stay_days.is_taught_here()} AND {stay_days.spans('d.day')}"  # as ``register.on_register``: guests too

_OTHERS = "pupil o INDEXED BY pupil_kept"  # records that stand for a pupil's: few have one


def unmarked(vault: Vault, halves: Sequence[tuple[date, str]]) -> list[Row]:
    """Pupils on the register with no mark in some of these sessions, or one that was only planned: id, names, how many, and the first day."""
    if not halves:
        return []
    values = ", ".join("(?, ?)" for _half in halves)
    params = [text for day, session in halves for text in (day.isoformat(), session)]
    return vault.rows(
        f"""WITH d (day, session) AS (VALUES {values})
           SELECT p.id, p.surname, p.forename, p.preferred_forename, count(*) AS number, min(d.day) AS first
           FROM pupil p CROSS JOIN d
           WHERE p.same_as IS NULL AND (EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND {_ON_REGISTER})
               OR EXISTS (SELECT 1 FROM {_OTHERS} JOIN enrolment e ON e.pupil_id = o.id WHERE o.same_as = p.id AND {_ON_REGISTER}))
             AND NOT EXISTS (SELECT 1 FROM register_mark m WHERE m.pupil_id = p.id AND m.day = d.day AND m.session = d.session AND NOT m.planned)
             AND NOT EXISTS (SELECT 1 FROM {_OTHERS} JOIN register_mark m ON m.pupil_id = o.id
               WHERE o.same_as = p.id AND m.day = d.day AND m.session = d.session AND NOT m.planned)
           GROUP BY p.id ORDER BY p.sort_key""",
        tuple(params),
    )


def any_mark(vault: Vault, since: date, until: date) -> str | None:
    """The first day of these on which a mark stands for anybody, as ISO text."""
    taken_back = (
        vault.first_row("SELECT 1 FROM mark_amendment WHERE code = '' LIMIT 1") is not None
    )  # hardly ever; the entries alone are read faster
    table = "register_mark" if taken_back else "mark"
    row = vault.first_row(  # each pupil's first day is one look into the index; the days of all marks are a walk through millions
        f"""SELECT min(day) AS day FROM (SELECT (SELECT r.day FROM {table} r WHERE r.pupil_id = p.id AND r.day BETWEEN ? AND ?
             ORDER BY r.day LIMIT 1) AS day FROM pupil p)""",
        (since.isoformat(), until.isoformat()),
    )
    return row["day"] if row else None


def unsettled(vault: Vault, since: date, until: date) -> list[Row]:
    """Sessions of these days that still stand with the code N: pupil's id and names, day, session; by day."""
    days = (since.isoformat(), until.isoformat())
    return vault.rows(
        f"""SELECT p.id, p.surname, p.forename, p.preferred_forename, r.day, r.session FROM (
             SELECT m.pupil_id, m.day, m.session FROM mark m INDEXED BY mark_unsettled
             WHERE m.code = 'N' AND m.day BETWEEN ?1 AND ?2 AND NOT EXISTS (
               SELECT 1 FROM mark_amendment a WHERE a.pupil_id = m.pupil_id AND a.day = m.day AND a.session = m.session)
             UNION ALL SELECT pupil_id, day, session FROM amended_mark WHERE code = 'N' AND day BETWEEN ?1 AND ?2
           ) r JOIN pupil o ON o.id = r.pupil_id JOIN pupil p ON p.id = coalesce(o.same_as, o.id)
           WHERE {STANDS} ORDER BY r.day, p.sort_key, r.session""",
        days,
    )


def standing_codes(vault: Vault, days: Collection[date]) -> list[Row]:
    """What stands in the sessions of these days: pupil's id, day, session, code; by pupil, day and session."""
    if not days:
        return []
    return vault.rows(
        f"""SELECT {as_kept("o.id")} AS pupil_id, r.day, r.session, r.code FROM pupil o CROSS JOIN register_mark r
           WHERE r.pupil_id = o.id AND {STANDS} AND r.day BETWEEN ? AND ? ORDER BY 1, r.day, r.session""",
        (min(days).isoformat(), max(days).isoformat()),
    )


def names(vault: Vault, ids: Collection[str]) -> dict[str, Row]:
    """The names of these pupils, in the order of the list of pupils."""
    row_by_id = {
        row["id"]: row
        for row in vault.rows(f"SELECT id, surname, forename, preferred_forename FROM pupil WHERE {PERSON} ORDER BY sort_key")
    }
    return {pupil_id: row for pupil_id, row in row_by_id.items() if pupil_id in ids}
