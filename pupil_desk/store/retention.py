"""From what day on a record need not be kept: what that turns on, read for all pupils at once."""

from datetime import date

from pupil_desk.store.same import PERSON, as_kept
from pupil_desk.store.vault import Row, Vault


def people(vault: Vault) -> list[Row]:
    """Every pupil by name: identity, reference, name and date of birth."""
    return vault.rows(f"SELECT id, ref, surname, forename, dob FROM pupil WHERE {PERSON} ORDER BY sort_key, ref")


def last_entries(vault: Vault) -> dict[str, date]:
    """Of each pupil the last day that the registers say anything of: a mark's, or the first or last day of a stay."""
    sql = f"""SELECT of, max(day) AS day FROM (
      SELECT {as_kept()} AS of, max(day) AS day FROM mark GROUP BY pupil_id
      UNION ALL SELECT {as_kept()}, max(coalesce(end_date, ''), coalesce(start_date, '')) FROM enrolment) GROUP BY of HAVING day <> ''"""
    return {row["of"]: date.fromisoformat(row["day"]) for row in vault.rows(sql)}
