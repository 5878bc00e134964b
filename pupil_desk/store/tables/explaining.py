"""Where a value came from: what one item of one record said before, who added the pupil, and which file was read when."""

from pupil_desk.store.file.vault import Row, Vault


def changes_of(vault: Vault, kind: str, record_id: str, item: str) -> list[Row]:
    """Each change of one item, newest first, with the name of who made it and the kind of file, where one was read."""
    return vault.rows(
        "SELECT a.old, a.new, a.at, a.source, s.name AS name, "
        f"{_FILE} AS file_kind "
        "FROM amendment a LEFT JOIN staff s ON s.id = a.by WHERE a.record_id = ? AND a.kind = ? AND a.item = ? ORDER BY a.seq DESC",
        (record_id, kind, item),
    )


_FILE = (
    "(SELECT i.kind FROM import_made i WHERE a.source = 'import' AND CASE WHEN a.act = '' THEN i.at = a.at ELSE i.act = a.act END LIMIT 1)"
)
"""The kind of file that an act read; one of before acts were known is told by its moment."""


def addition(vault: Vault, kind: str, record_id: str) -> Row | None:
    """Who added a record, when and how, with the kind of file; None for one of before this was kept."""
    return vault.first_row(
        f"SELECT a.at, a.source, s.name AS name, {_FILE} AS file_kind FROM amendment a LEFT JOIN staff s ON s.id = a.by "
        "WHERE a.record_id = ? AND a.kind = ? AND a.item = '' AND a.old IS NULL ORDER BY a.seq LIMIT 1",
        (record_id, kind),
    )


def row_of_adding(vault: Vault, pupil_id: str) -> Row | None:
    """The row of the log that says who added a pupil by hand, with the name; None where a file brought the pupil."""
    return vault.first_row(
        "SELECT l.at, s.name AS name FROM log l LEFT JOIN staff s ON s.id = l.user_id "
        "WHERE l.object_id = ? AND l.kind = 'pupil' AND l.reason = 'added' ORDER BY l.seq LIMIT 1",
        (pupil_id,),
    )
