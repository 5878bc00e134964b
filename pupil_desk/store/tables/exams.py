"""What is on file of exams: whether anything is, the results of whoever was entered, and the entries of some days or of a series."""

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.learning.assessment import RESULT, Assessment
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import columns, read
from pupil_desk.store.tables.assessments import STANDING


def any_on_file(vault: Vault) -> bool:
    """Whether there is any entry, access arrangement, or word on who may have results."""
    sql = "SELECT 1 FROM exam_entry UNION ALL SELECT 1 FROM exam_arrangement UNION ALL SELECT 1 FROM exam_collector LIMIT 1"
    return vault.first_row(sql) is not None


def results_of_entered(vault: Vault) -> dict[str, list[Assessment]]:
    """The results that stand, neither corrected nor withdrawn, of every pupil who was entered for an exam, by pupil."""
    sql = f"""SELECT {columns(Assessment, "a")} FROM assessment a WHERE a.status = ? AND {STANDING} AND EXISTS (SELECT 1 FROM exam_entry e
      JOIN pupil p ON p.id = e.pupil_id JOIN pupil o ON o.id = a.pupil_id WHERE coalesce(p.same_as, p.id) = coalesce(o.same_as, o.id)) ORDER BY a.seq"""
    return grouped((result.pupil_id, result) for result in read(vault, Assessment, sql, (RESULT,)))
