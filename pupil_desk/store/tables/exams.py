"""Whether anything about exams is on file."""

from pupil_desk.store.file.vault import Vault


def any_on_file(vault: Vault) -> bool:
    """Whether there is any entry, access arrangement, or word on who may have results."""
    sql = "SELECT 1 FROM exam_entry UNION ALL SELECT 1 FROM exam_arrangement UNION ALL SELECT 1 FROM exam_collector LIMIT 1"
    return vault.first_row(sql) is not None
