"""All that a unit's file holds, to see whether anything changed."""

from pupil_desk.services.desk import Desk


def state(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log, and the slots of the keys."""
    tables = desk.vault.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_find%' ESCAPE '\\' AND name <> 'log'"
    )
    found = {row["name"]: sorted((tuple(one) for one in desk.vault.rows(f'SELECT * FROM "{row["name"]}"')), key=repr) for row in tables}
    return found | {"keys": [(repr(slot),) for slot in desk.vault.keys.slots]}


def log_of(desk: Desk) -> list[tuple[str, str, str, str]]:
    """The log from its beginning: user, action, object, reason."""
    rows = desk.vault.rows("SELECT user_id, action, object_id, reason FROM log ORDER BY seq")
    return [(row["user_id"], row["action"], row["object_id"], row["reason"]) for row in rows]
