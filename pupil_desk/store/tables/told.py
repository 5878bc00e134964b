"""The log of disclosures, read: totals for each recipient and each pupil, and the rows."""

from collections.abc import Collection, Iterable

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.same import as_kept, id_list, of_person

_STANDS = "NOT EXISTS (SELECT 1 FROM disclosure_strike k WHERE k.disclosure = d.seq)"
# The day told: of what the program sent that on which it went, though it be judged by another; of what a person entered the day that they gave.
_DAY = """CASE WHEN d.way IN ('export', 'print', 'pack') THEN substr(d.at, 1, 10) ELSE d."on" END"""
_WITHIN = f"{_DAY} BETWEEN ?1 AND ?2 AND ?3 IN ('', d.told_by)"


def by_recipient(vault: Vault, since: str, until: str, *, actor: str = "") -> list[Row]:
    """Each recipient with the number of disclosures of some days, both counted (``told``), of pupils (``pupils``), and when the last one was (``last``).

    None that was struck out counts; with ``actor`` those alone that this member of staff sent or entered.
    """
    return vault.rows(
        f"""SELECT d.recipient AS id, d.recipient AS name, count(*) AS told, count(DISTINCT {as_kept("d.pupil_id")}) AS pupils, max(d.at) AS last
            FROM disclosure d WHERE {_STANDS} AND {_WITHIN} GROUP BY d.recipient ORDER BY last DESC, name""",
        (since, until, actor),
    )


def by_pupil(vault: Vault, since: str, until: str, *, actor: str = "") -> list[Row]:
    """The same for every pupil of whom anything was told; ``others`` is the number of recipients."""
    return vault.rows(
        f"""SELECT p.id AS id, p.surname, p.forename, p.ref, count(*) AS told, count(DISTINCT d.recipient) AS others, max(d.at) AS last
            FROM disclosure d JOIN pupil p ON p.id = {as_kept("d.pupil_id")} WHERE {_STANDS} AND {_WITHIN}
            GROUP BY p.id ORDER BY p.sort_key, p.ref""",
        (since, until, actor),
    )


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The disclosures of one pupil, the latest first."""
    return vault.rows(f"{_ROWS} WHERE {of_person('d')} ORDER BY d.seq DESC", (pupil_id,))


def between(vault: Vault, since: str, until: str, *, recipient: str = "", pupil_id: str = "", actor: str = "", limit: int) -> list[Row]:
    """The disclosures of some days, both counted, the latest first; with ``recipient``, ``pupil_id`` or ``actor`` those alone. Days are judged by the day told."""
    condition = of_person("d") if pupil_id else "?1 = ''"
    return vault.rows(
        f"""{_ROWS} WHERE {condition} AND {_DAY} BETWEEN ?2 AND ?3 AND ?4 IN ('', d.recipient) AND ?5 IN ('', d.told_by) ORDER BY d.seq DESC LIMIT ?6""",
        (pupil_id, since, until, recipient, actor, limit),
    )


def of_withheld(vault: Vault, pupil_id: str) -> Row:
    """Whether the report of any incident of a pupil is withheld from a parent (``report``), and of any in which there was an accident (``accident``)."""
    (row,) = vault.rows(
        f"""SELECT count(*) > 0 AS report, coalesce(max({_WITH_ACCIDENT}), 0) AS accident
            FROM incident_event w WHERE {of_person("w")} AND {_WITHHELD}""",
        (pupil_id,),
    )
    return row


def get(vault: Vault, seq: int) -> Row | None:
    """One disclosure by its number."""
    return vault.first_row(f"{_ROWS} WHERE d.seq = ?", (seq,))


def standing_of_event(vault: Vault, event_id: str) -> list[Row]:
    """The disclosures that stand of a step that says that somebody was told: several, where it was told again, as by a second print."""
    return vault.rows(f"{_ROWS} WHERE d.of_event = ? AND {_STANDS} ORDER BY d.seq", (event_id,))


def events_told(vault: Vault, event_ids: Iterable[str]) -> set[str]:
    """Those of these steps that wrote a disclosure which stands."""
    rows = vault.rows(
        f"SELECT DISTINCT d.of_event FROM disclosure d WHERE d.of_event IN (SELECT value FROM json_each(?)) AND {_STANDS}",
        (id_list(event_ids),),
    )
    return {row["of_event"] for row in rows}


def days_told(vault: Vault, event_ids: Iterable[str]) -> dict[str, str]:
    """Of those of these steps that wrote a disclosure which stands, the day on which it was told, the last where there are several."""
    rows = vault.rows(
        f'SELECT d.of_event, max(d."on") AS day FROM disclosure d WHERE d.of_event IN (SELECT value FROM json_each(?)) AND {_STANDS} GROUP BY 1',
        (id_list(event_ids),),
    )
    return {row["of_event"]: row["day"] for row in rows}


def latest(vault: Vault) -> int:
    """The number of the disclosure that was kept last; 0 where there is none."""
    row = vault.first_row("SELECT coalesce(max(seq), 0) AS seq FROM disclosure")
    return int(row["seq"]) if row is not None else 0


def recipients_by_hand(vault: Vault, ways: Collection[str]) -> list[str]:
    """To whom something was told in these ways, the one told last first."""
    marks = ", ".join("?" * len(ways))
    return [
        row["recipient"]
        for row in vault.rows(
            f"SELECT recipient FROM disclosure WHERE way IN ({marks}) GROUP BY recipient ORDER BY max(seq) DESC", tuple(ways)
        )
    ]


# A paper told what happened in an incident, or the letter about a knock on the head of an accident in it, and of some incident of the pupil's the
# report is withheld from somebody: of which one it told is not kept. In which one an accident was that was taken away the history says.
_WITHHELD = """w.kind = 'withheld' AND w.done AND NOT EXISTS (SELECT 1 FROM incident_event l
    WHERE l.entry_id = w.entry_id AND l.kind = w.kind AND l.contact_id IS w.contact_id AND l.seq > w.seq)"""
_WITH_ACCIDENT = f"""(EXISTS (SELECT 1 FROM accident a WHERE a.entry_id = w.entry_id)
    OR EXISTS (SELECT 1 FROM amendment a WHERE {as_kept("a.pupil_id")} = {as_kept("w.pupil_id")}
      AND a.kind = 'accident' AND a.item = 'entry_id' AND a.old = w.entry_id))"""
_REPORT_WITHHELD = f"""d.way = 'print' AND (instr(d.fields, 'incident.day') > 0 OR instr(d.fields, 'accident.injury') > 0) AND EXISTS (
  SELECT 1 FROM incident_event w WHERE {as_kept("w.pupil_id")} = {as_kept("d.pupil_id")} AND {_WITHHELD}
  AND (instr(d.fields, 'incident.day') > 0 OR {_WITH_ACCIDENT}))"""
_ROWS = f"""SELECT d.seq, d.at, d."on", d.way, d.what, d.recipient, d.law, d.purpose, d.level, d.reason, d.fields, d.without_consent,
  p.id AS pupil_id, p.surname, p.forename, p.ref, d.told_by AS told_by_id, coalesce(s.name, d.told_by) AS told_by, coalesce(k.reason, '') AS struck,
  d.told_to, d.of_event, f.may_know, coalesce(f.reason, '') AS kept_because,
  {_REPORT_WITHHELD} AS report_withheld
  FROM disclosure d JOIN pupil p ON p.id = {as_kept("d.pupil_id")} LEFT JOIN staff s ON s.id = d.told_by
  LEFT JOIN disclosure_strike k ON k.disclosure = d.seq
  LEFT JOIN disclosure_family f ON f.seq = (SELECT max(seq) FROM disclosure_family WHERE disclosure = d.seq)"""
