"""Which stays were returned to the authority, by which export and with which days: only ever added to."""

from collections.abc import Iterable
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.authority_returns import ByStay, ReturnedStay
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_rows, records_of
from pupil_desk.store.rows.same import as_kept, of_person
from pupil_desk.store.tables import enrolments, pupils


def add(vault: Vault, export_id: str, export_name: str, stays: Iterable[Enrolment]) -> None:
    """Keep that these stays were returned; ``export_name`` is the export's name."""
    told = {"export_id": export_id, "what": export_name}
    days = [
        {"pupil_id": stay.pupil_id, "enrolment_id": stay.id, "start_date": stay.start_date, "end_date": stay.end_date} for stay in stays
    ]
    insert_rows(vault, "returned", [told | of_stay for of_stay in days])


def everything(vault: Vault, export_name: str, *, but: str = "") -> ByStay:
    """All stays returned by the export of that name, but for those that the export made with the id ``but`` told of.

    The ground was told unless what was told of the pupil is on file and lacks it.
    """
    rows = vault.rows(
        f"""SELECT enrolment_id, start_date, end_date, NOT EXISTS (
             SELECT 1 FROM disclosure d WHERE d.pupil_id IN (r.pupil_id, {as_kept("r.pupil_id")}) AND d.export_id = r.export_id
             AND instr(d.fields, 'enrolment.deletion_ground') = 0) AS told_ground
           FROM returned r WHERE what = ? AND enrolment_id NOT IN (SELECT enrolment_id FROM returned WHERE export_id = ?)""",
        (export_name, but),
    )
    return grouped((returned_stay.enrolment_id, returned_stay) for returned_stay in records_of(ReturnedStay, rows))


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """What was returned of one pupil: by which export, of which stay, and when; in order."""
    return vault.rows(
        f"""SELECT {as_kept("r.pupil_id")} AS pupil_id, r.enrolment_id, r.what, r.start_date, r.end_date, x.at
           FROM returned r JOIN export_made x ON x.id = r.export_id WHERE {of_person("r")} ORDER BY r.seq""",
        (pupil_id,),
    )


def since(vault: Vault, day: date, pupil_id: str | None = None) -> list[tuple[Enrolment, Pupil]]:
    """The stays that began or end on a day or later, of one pupil or of all, each with its pupil, by name."""
    whose = f"AND {of_person('e')}" if pupil_id else ""
    rows = vault.rows(
        f"""SELECT e.id AS stay_id, p.id AS of_id FROM enrolment e JOIN pupil p ON p.id = {as_kept("e.pupil_id")}
           WHERE (e.start_date >= ?2 OR e.end_date >= ?2) AND p.same_as IS NULL {whose} ORDER BY p.sort_key, e.start_date, e.id""",
        (pupil_id, day.isoformat()),
    )
    people = pupils.some_by_id(vault, {row["of_id"] for row in rows})
    stays = {stay.id: stay for pupil_stays in enrolments.by_pupil(vault, people).values() for stay in pupil_stays}
    return [(stays[row["stay_id"]], people[row["of_id"]]) for row in rows]
