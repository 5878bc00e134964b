"""From what day on a record need not be kept: what that turns on, read for all pupils at once."""

from datetime import date

from pupil_desk.store.same import PERSON, whose
from pupil_desk.store.vault import Row, Vault


def people(vault: Vault, born_until: date) -> list[Row]:
    """The pupils born by a day, by name: identity, reference, name and date of birth."""
    sql = f"SELECT id, ref, surname, forename, dob FROM pupil WHERE {PERSON} AND dob <= ? ORDER BY sort_key, ref"
    return vault.rows(sql, (born_until.isoformat(),))


def last_entry(vault: Vault, pupil_id: str) -> date | None:
    """The last day that the registers say anything of one pupil: a mark's, or the first or last day of a stay."""
    row = vault.one(
        f"""SELECT max(day) AS day FROM (SELECT max(day) AS day FROM mark WHERE {whose()}
            UNION ALL SELECT max(max(coalesce(end_date, ''), coalesce(start_date, ''))) FROM enrolment WHERE {whose()})""",
        (pupil_id,),
    )
    return date.fromisoformat(row["day"]) if row and row["day"] else None
