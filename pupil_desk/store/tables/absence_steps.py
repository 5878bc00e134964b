"""What was done about absence, as it was entered; only ever added (reading it as records: ``rows.several``)."""

from datetime import date

from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns
from pupil_desk.store.rows.same import as_kept, of_person


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every step of a pupil with who recorded it and when; of one taken back also why (``back_because``)."""
    return vault.rows(
        f"""SELECT {columns(AbsenceStep, "a")}, a.at, s.name AS recorded_by,
              (SELECT r.note FROM absence_step r WHERE r.takes_back = a.id) AS back_because
            FROM absence_step a LEFT JOIN staff s ON s.id = a.recorded_by
            WHERE {of_person("a")} AND a.takes_back IS NULL ORDER BY a.seq""",
        (pupil_id,),
    )


def noticed_until(vault: Vault, day: date) -> set[str]:
    """The pupils with a notice to improve whose period ended before a day; that it was taken back is not asked here."""
    rows = vault.rows(
        f"SELECT DISTINCT {as_kept('a.pupil_id')} AS pupil_id FROM absence_step a WHERE a.until < ? AND a.takes_back IS NULL",
        (day.isoformat(),),
    )
    return {row["pupil_id"] for row in rows}
