"""Where a value came from: what one item of one record said before, who added the pupil, and which file was read when."""

from pupil_desk.store.vault import Row, Vault


def changes_of(vault: Vault, kind: str, record_id: str, item: str) -> list[Row]:
    """Each change of one item, newest first, with the name of who made it and the kind of file, where one was read."""
    return vault.rows(
        "SELECT a.old, a.new, a.at, a.source, s.name AS name, "
        "(SELECT i.kind FROM import_made i WHERE i.at = a.at LIMIT 1) AS file_kind "
        "FROM amendment a LEFT JOIN staff s ON s.id = a.by WHERE a.kind = ? AND a.record_id = ? AND a.item = ? ORDER BY a.seq DESC",
        (kind, record_id, item),
    )


def added(vault: Vault, pupil_id: str) -> Row | None:
    """The row of the log that says who added a pupil by hand, with the name; None where a file brought the pupil."""
    return vault.one(
        "SELECT l.at, s.name AS name FROM log l LEFT JOIN staff s ON s.id = l.user_id "
        "WHERE l.object_id = ? AND l.kind = 'pupil' AND l.reason = 'added' ORDER BY l.seq LIMIT 1",
        (pupil_id,),
    )
