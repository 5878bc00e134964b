"""All that a unit's file holds, to see whether anything changed."""

from pupil_desk.services.desk import Desk


def state(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log, and the slots of the keys."""
    tables = desk.vault.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_find%' ESCAPE '\\' AND name <> 'log'"
    )
    found = {row["name"]: sorted((tuple(one) for one in desk.vault.rows(f'SELECT * FROM "{row["name"]}"')), key=repr) for row in tables}
    return found | {"keys": [(repr(slot),) for slot in desk.vault.keys.slots]}


def written(desk: Desk) -> tuple[object, ...]:
    """How many rows were ever written but those of the log, kept or not, and the slots of the keys: alike where nothing was even tried."""
    [[logged]] = desk.vault.rows("SELECT count(*) FROM log")
    return desk.vault._con.total_changes - logged, *(repr(slot) for slot in desk.vault.keys.slots)


def last_of(desk: Desk) -> int:
    """The number of the last row of the log."""
    [[seq]] = desk.vault.rows("SELECT max(seq) FROM log")
    return int(seq)


def log_of(desk: Desk, after: int = 0) -> list[tuple[str, str, str, str]]:
    """The log after that row, or from its beginning: user, action, object, reason."""
    rows = desk.vault.rows("SELECT user_id, action, object_id, reason FROM log WHERE seq > ? ORDER BY seq", (after,))
    return [(row["user_id"], row["action"], row["object_id"], row["reason"]) for row in rows]
