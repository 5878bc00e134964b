"""Consents: types and occasions edition by edition, and events only ever added. Plain SQL."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.catalogue.items import attributes_of
from pupil_desk.domain.consents.case import TYPED
from pupil_desk.domain.consents.consent import Competence, ConsentEvent, ConsentType, Invitation, Occasion
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, insert_row, read, read_first, reverse, stored_value
from pupil_desk.store.rows.same import among, as_kept, id_list, of_person

_EVENTS = f"SELECT {columns(ConsentEvent)} FROM consent_event"
_COUNTS = "NOT EXISTS (SELECT 1 FROM consent_reversal r WHERE r.event_id = consent_event.id)"


def editions(vault: Vault) -> list[ConsentType]:
    """Every edition of every type on file, the earlier before the later."""
    return read(vault, ConsentType, f"SELECT {columns(ConsentType)} FROM consent_type ORDER BY consent_type, edition")


def edition(vault: Vault, edition_id: str) -> ConsentType | None:
    """The edition of that identity, if it is on file."""
    return read_first(vault, ConsentType, f"SELECT {columns(ConsentType)} FROM consent_type WHERE id = ?", (edition_id,))


def add_edition(vault: Vault, consent_type: ConsentType, *, moment: str, actor: str) -> None:
    """Keep a new edition of a type."""
    insert(vault, "consent_type", consent_type, at=moment, made_by=actor)


def history_of(vault: Vault, consent_type: str) -> list[Row]:
    """Who made which edition of a type, and when, the latest first."""
    return vault.rows(
        """SELECT t.id, t.edition, t.at, t.retired, coalesce(s.name, t.made_by) AS by FROM consent_type t
           LEFT JOIN staff s ON s.id = t.made_by WHERE t.consent_type = ? ORDER BY t.edition DESC""",
        (consent_type,),
    )


def occasion_editions(vault: Vault) -> list[Occasion]:
    """Every edition of every occasion, the earlier before the later."""
    return read(vault, Occasion, f"SELECT {columns(Occasion)} FROM consent_occasion ORDER BY occasion_id, edition")


def asked_anew_after(vault: Vault, occasion_id: str, moment: str) -> Occasion | None:
    """The last edition of an occasion, made after a moment, that asks families again."""
    sql = f"SELECT {columns(Occasion)} FROM consent_occasion WHERE occasion_id = ? AND ask_again AND at > ? ORDER BY edition DESC"
    return read_first(vault, Occasion, sql, (occasion_id, moment))


def add_occasion(vault: Vault, occasion: Occasion, *, moment: str, actor: str) -> None:
    """Keep a new edition of an occasion."""
    insert(vault, "consent_occasion", occasion, at=moment, made_by=actor)


def typed_before(vault: Vault, event: ConsentEvent, now: tuple[str | None, date | None]) -> tuple[str | None, date | None]:
    """Who had agreed to a medicine, and when, as it was typed or imported before the act of a yes; as ``now`` what that left alone.

    Nobody where it was shown of another yes, which counts no more.
    """
    sql = """SELECT item, old FROM amendment WHERE kind = 'medicine' AND record_id = ?1 AND item IN ('consented_by', 'consented_on')
             AND act = (SELECT act FROM consent_event WHERE id = ?2)"""
    before = {row["item"]: row["old"] for row in vault.rows(sql, (event.use_key, event.id))}
    by, on = before.get("consented_by", now[0]), before.get("consented_on", now[1].isoformat() if now[1] else None)
    recorded = 'SELECT 1 FROM consent_event WHERE use_key = ? AND giver = ? AND "on" = ? AND id <> ?'
    if vault.first_row(recorded, (event.use_key, by, on, event.id)) is not None:
        return None, None
    return by, date.fromisoformat(on) if on else None


def add(vault: Vault, table: str, record: ConsentEvent | Competence | Invitation, *, moment: str, actor: str, act: str) -> None:
    """Record an event; its ``seq`` is given here. ``actor`` is the member of staff, ``act`` the transaction."""
    values = {name: stored_value(getattr(record, name)) for name in attributes_of(type(record)) if name != "seq"}
    insert_row(vault, table, values | {"at": moment, "recorded_by": actor, "act": act})


def take_back(vault: Vault, event: ConsentEvent, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that an event never was."""
    reverse(vault, "consent_reversal", "event_id", event, reason=reason, moment=moment, actor=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[ConsentEvent]:
    """A pupil's events that count, as they were recorded."""
    return read(vault, ConsentEvent, f"{_EVENTS} WHERE {of_person()} AND {_COUNTS} ORDER BY seq", (pupil_id,))


def of_act(vault: Vault, act: str) -> list[ConsentEvent]:
    """The events that an act recorded and that count still."""
    return read(vault, ConsentEvent, f"{_EVENTS} WHERE act = ? AND {_COUNTS} ORDER BY seq", (act,))


def all_of_pupil(vault: Vault, pupil_id: str) -> list[ConsentEvent]:
    """A pupil's events as they were recorded, those taken back among them."""
    return read(vault, ConsentEvent, f"{_EVENTS} WHERE {of_person()} ORDER BY seq", (pupil_id,))


def of_type(vault: Vault, consent_type: str) -> defaultdict[str, list[ConsentEvent]]:
    """Every pupil's events of one type that count, as they were recorded."""
    return grouped(
        (event.pupil_id, event)
        for event in read(vault, ConsentEvent, f"{_EVENTS} WHERE consent_type = ? AND {_COUNTS} ORDER BY seq", (consent_type,))
    )


def by_pupil(vault: Vault) -> defaultdict[str, list[ConsentEvent]]:
    """Every pupil's events that count, as they were recorded."""
    return rows.by_pupil(vault, ConsentEvent, f"{_EVENTS} WHERE {_COUNTS} ORDER BY seq")


def all_by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[ConsentEvent]]:
    """Every pupil's events as they were recorded, those taken back among them; with ``ids`` these pupils'."""
    return rows.by_pupil(vault, ConsentEvent, f"{_EVENTS} WHERE {among('pupil_id', 1)} ORDER BY seq", (id_list(ids),))


def taken_back(vault: Vault, ids: Iterable[str] | None = None) -> dict[str, date]:
    """The events that were taken back, each with the day on which that was recorded; with ``ids`` these pupils'."""
    sql = f"SELECT event_id, substr(at, 1, 10) AS day FROM consent_reversal WHERE {among('pupil_id', 1)}"
    return {row["event_id"]: date.fromisoformat(row["day"]) for row in vault.rows(sql, (id_list(ids),))}


def recordings(vault: Vault, pupil_id: str) -> list[Row]:
    """Of each of a pupil's events: its id, when it was recorded (``at``) and by whom (``name``); if it was taken back why, when and by whom."""
    return vault.rows(
        f"""SELECT e.id, e.at, s.name, r.reason AS back_because, r.at AS back_at, t.name AS back_by, w.edition AS wording
           FROM consent_event e LEFT JOIN staff s ON s.id = e.recorded_by LEFT JOIN consent_reversal r ON r.event_id = e.id
             LEFT JOIN staff t ON t.id = r.reversed_by JOIN consent_type w ON w.id = e.wording_id WHERE {of_person("e")} ORDER BY e.seq""",
        (pupil_id,),
    )


def found_of(vault: Vault, pupil_id: str) -> list[Competence]:
    """What was found of a pupil's competence, as it was recorded."""
    sql = f"SELECT {columns(Competence)} FROM consent_competence WHERE {of_person()} ORDER BY seq"
    return read(vault, Competence, sql, (pupil_id,))


def found_by_pupil(vault: Vault) -> defaultdict[str, list[Competence]]:
    """What was found of every pupil's competence."""
    return rows.by_pupil(vault, Competence, f"SELECT {columns(Competence)} FROM consent_competence ORDER BY seq")


def found_rows(vault: Vault, pupil_id: str) -> list[Row]:
    """The same with who recorded it and when."""
    return vault.rows(
        f"""SELECT c.asked_about, c.finding, c."on", c.reason, c.at, coalesce(s.name, c.recorded_by) AS recorded_by
           FROM consent_competence c LEFT JOIN staff s ON s.id = c.recorded_by WHERE {of_person("c")} ORDER BY c.seq""",
        (pupil_id,),
    )


def invited(vault: Vault) -> dict[str, list[str]]:
    """Who is on the list of each occasion: pupils by occasion, those whose last word is that they are on it."""
    last: dict[tuple[str, str], str] = {}
    for row in vault.rows(f"SELECT {as_kept('i.pupil_id')} AS pupil_id, i.occasion_id, i.what FROM consent_invitation i ORDER BY i.seq"):
        last[row["occasion_id"], row["pupil_id"]] = row["what"]
    pupils_by_occasion: dict[str, list[str]] = {}
    for (occasion_id, pupil_id), step in last.items():
        if step == "invited":
            pupils_by_occasion.setdefault(occasion_id, []).append(pupil_id)
    return pupils_by_occasion


def invitations_of(vault: Vault, pupil_id: str) -> list[Row]:
    """What was said of a pupil and the lists of occasions, with who recorded it and when."""
    return vault.rows(
        f"""SELECT i.occasion, i.what, i.at, coalesce(s.name, i.recorded_by) AS recorded_by FROM consent_invitation i
           LEFT JOIN staff s ON s.id = i.recorded_by WHERE {of_person("i")} ORDER BY i.seq""",
        (pupil_id,),
    )


def medicines_changed(vault: Vault, pupil_id: str | None = None) -> dict[str, date]:
    """Every yes that was said of another name, dose or time of a medicine than it has now, and the last day on which that changed: of everybody, or of one pupil.

    By the identity of its event, also of one that was typed with the medicine. A change that was undone, and what was put back, ends no yes. The day
    alone would not do: a form with a yes and a correction comes, and is entered, on one day.
    """
    whose, theirs, params = (of_person(), of_person("e"), (pupil_id,)) if pupil_id else ("true", "true", ())
    rows: list[Any] = vault.rows(
        f"""WITH c AS MATERIALIZED (
             SELECT record_id, item, old, new, at, seq, substr(at, 1, 10) AS day, item IN ('name', 'dose', 'taken') AS what FROM amendment
             WHERE {whose} AND kind = 'medicine' AND CASE WHEN item IN ('name', 'dose', 'taken') THEN old ELSE new END IS NOT NULL
               AND item IN ('name', 'dose', 'taken', 'consented_by', 'consented_on')),
           yes AS (
             SELECT e.id, e.use_key AS medicine_id, e."on", e.at, NULL AS seq FROM consent_event e
             WHERE e.what = 'given' AND e.use_key IN (SELECT record_id FROM c WHERE what) AND {theirs}
             UNION ALL
             SELECT '{TYPED}' || m.id, m.id, m.consented_on, NULL, coalesce((SELECT max(seq) FROM c WHERE record_id = m.id AND NOT what), 0)
             FROM medicine m WHERE m.id IN (SELECT record_id FROM c WHERE what) AND m.consented_on IS NOT NULL)
           SELECT id, max(last) AS day FROM (
             SELECT yes.id, c.old, CASE c.item WHEN 'name' THEN m.name WHEN 'dose' THEN m.dose ELSE m.taken END AS now,
                    max(c.day) OVER (PARTITION BY yes.id, c.item) AS last, row_number() OVER (PARTITION BY yes.id, c.item ORDER BY c.seq) AS place
             FROM yes JOIN c ON c.record_id = yes.medicine_id AND c.what AND (c.at > yes.at OR c.seq > yes.seq OR c.day > yes."on")
             JOIN medicine m ON m.id = yes.medicine_id)
           WHERE place = 1 AND old <> now GROUP BY id""",
        params,
    )
    return {row["id"]: date.fromisoformat(row["day"]) for row in rows}
