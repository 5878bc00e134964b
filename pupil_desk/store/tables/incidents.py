"""Incidents: the wordings of what concerned each pupil, and what was done about it; only ever added."""

import json
from collections.abc import Collection, Sequence
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEvent, IncidentWording
from pupil_desk.store.file.engine import Params
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_all, records_of
from pupil_desk.store.rows.same import as_kept, of_person


def add(vault: Vault, wordings: Sequence[Incident], *, moment: str, actor: str, act: str) -> None:
    """Keep one further wording of each of these entries."""
    insert_all(
        vault, "incident", wordings, {"at": lambda _wording: moment, "recorded_by": lambda _wording: actor, "act": lambda _wording: act}
    )


def add_event(vault: Vault, event: IncidentEvent, *, moment: str, actor: str, act: str) -> None:
    """Keep what was done, or that it is taken back."""
    insert(vault, "incident_event", event, at=moment, recorded_by=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[IncidentCase]:
    """A pupil's entries, struck ones among them, in the order of recording."""
    return _cases(vault, of_person("i"), (pupil_id,))


def of_incident(vault: Vault, incident_id: str) -> list[IncidentCase]:
    """The entries of one incident, of each pupil in it, in the order of recording."""
    return _cases(vault, "i.incident_id = ?1", (incident_id,))


def entry(vault: Vault, entry_id: str) -> IncidentCase | None:
    """One entry; None when there is none of that identity."""
    cases = _cases(vault, "i.entry_id = ?1", (entry_id,))
    return cases[0] if cases else None


def between(vault: Vault, first: date, last: date, *, without: Collection[str] = ()) -> list[IncidentCase]:
    """The entries of which any wording is of these days, both among them, in the order of recording; none that was of the kinds ``without`` all along."""
    where = """i.entry_id IN (SELECT o.entry_id FROM incident o
        WHERE o.day BETWEEN ?1 AND ?2 AND o.kind NOT IN (SELECT value FROM json_each(?3)))"""
    return _cases(vault, where, (first.isoformat(), last.isoformat(), json.dumps(sorted(without))))


def any_on_file(vault: Vault) -> bool:
    """Whether there is any entry, struck or not."""
    return vault.first_row("SELECT 1 FROM incident LIMIT 1") is not None


def places(vault: Vault) -> list[str]:
    """Where incidents happened that are not struck out, as each was written, the place of most of them first."""
    rows = vault.rows(
        """SELECT i.place FROM incident i WHERE i.place IS NOT NULL AND i.struck IS NULL
           AND i.seq = (SELECT max(o.seq) FROM incident o WHERE o.entry_id = i.entry_id) GROUP BY i.place ORDER BY count(*) DESC, i.place"""
    )
    return [row["place"] for row in rows]


def intervention_days(vault: Vault) -> dict[str, tuple[date, ...]]:
    """The days on which there was reasonable force, seclusion or restraint that is not struck out, by pupil."""
    rows = vault.rows(
        f"""SELECT {as_kept("i.pupil_id")} AS pupil_id, i.day FROM incident i WHERE i.struck IS NULL AND (i.force OR i.seclusion OR i.restraint)
           AND i.seq = (SELECT max(o.seq) FROM incident o WHERE o.entry_id = i.entry_id) ORDER BY i.day"""
    )
    days = grouped((row["pupil_id"], date.fromisoformat(row["day"])) for row in rows)
    return {pupil_id: tuple(of_pupil) for pupil_id, of_pupil in days.items()}


def every(vault: Vault) -> list[IncidentCase]:
    """All entries, struck ones among them, in the order of recording."""
    return _cases(vault, "1 = 1", ())


def by_pupil(vault: Vault) -> dict[str, list[IncidentCase]]:
    """Every pupil's entries, struck ones among them, in the order of recording."""
    return grouped((case.now.pupil_id, case) for case in every(vault))


def added_by(vault: Vault, act: str) -> list[tuple[IncidentCase, bool]]:
    """The entries that an act made, and whether anything was recorded of each after it."""
    cases = _cases(vault, "i.entry_id IN (SELECT o.entry_id FROM incident o WHERE o.act = ?1)", (act,))
    first = {
        row["entry_id"]: row["act"] == act
        for row in vault.rows(
            """SELECT i.entry_id, i.act FROM incident i WHERE i.seq IN (SELECT min(o.seq) FROM incident o WHERE o.entry_id IN
               (SELECT x.entry_id FROM incident x WHERE x.act = ?1) GROUP BY o.entry_id)""",
            (act,),
        )
    }
    return [(case, len(case.wordings) > 1 or bool(case.events)) for case in cases if first[case.now.entry_id]]


def _cases(vault: Vault, condition: str, values: Params) -> list[IncidentCase]:
    """``condition`` is a condition of ours on the rows ``i``, never from outside; it holds of all the wordings of an entry or of none."""
    rows = vault.rows(
        f"""SELECT {columns(Incident, "i")}, i.at, i.recorded_by, s.name AS by_name,
              EXISTS (SELECT 1 FROM import_made m WHERE m.act = i.act AND m.act <> '') AS came_with_file
            FROM incident i LEFT JOIN staff s ON s.id = i.recorded_by WHERE {condition} ORDER BY i.seq""",
        values,
    )
    event_rows = vault.rows(
        f"""SELECT {columns(IncidentEvent, "e")}, e.at FROM incident_event e
            WHERE e.entry_id IN (SELECT i.entry_id FROM incident i WHERE {condition}) ORDER BY e.seq""",
        values,
    )
    events = grouped((row["entry_id"], event) for row, event in zip(event_rows, records_of(IncidentEvent, event_rows), strict=True))
    moments = grouped((row["entry_id"], row["at"]) for row in event_rows)
    wordings = grouped(
        (incident.entry_id, IncidentWording(incident, row["at"], row["recorded_by"], row["by_name"] or ""))
        for row, incident in zip(rows, records_of(Incident, rows), strict=True)
    )
    imported = {row["entry_id"] for row in rows if row["came_with_file"]}
    return [
        IncidentCase(tuple(of_entry), tuple(events.get(entry_id, ())), entry_id in imported, tuple(moments.get(entry_id, ())))
        for entry_id, of_entry in wordings.items()
    ]


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every wording of a pupil's entries, with who recorded it and when."""
    return vault.rows(
        f"""SELECT {columns(Incident, "i")}, i.at, s.name AS recorded_by FROM incident i LEFT JOIN staff s ON s.id = i.recorded_by
            WHERE {of_person("i")} ORDER BY i.day, i.entry_id, i.seq""",
        (pupil_id,),
    )


def shared_ids(vault: Vault, pupil_id: str) -> frozenset[str]:
    """A pupil's entries of incidents in which other pupils are, or were until they were struck out."""
    rows = vault.rows(
        f"""SELECT DISTINCT i.entry_id FROM incident i JOIN incident o ON o.incident_id = i.incident_id
            WHERE {of_person("i")} AND NOT {of_person("o")}""",
        (pupil_id,),
    )
    return frozenset(row["entry_id"] for row in rows)


def events_of(vault: Vault, pupil_id: str) -> list[Row]:
    """Everything done about a pupil's incidents, with the incident's day (``of_incident``), which parent it concerns (``parent``), and who recorded it and when."""
    return vault.rows(
        f"""SELECT (SELECT i.day FROM incident i WHERE i.entry_id = e.entry_id ORDER BY i.seq DESC LIMIT 1) AS of_incident,
              (SELECT trim(coalesce(c.forename, '') || ' ' || c.surname) FROM contact c WHERE c.id = e.contact_id) AS parent,
              {columns(IncidentEvent, "e")}, e.at, s.name AS recorded_by
            FROM incident_event e LEFT JOIN staff s ON s.id = e.recorded_by WHERE {of_person("e")} ORDER BY e.seq""",
        (pupil_id,),
    )
