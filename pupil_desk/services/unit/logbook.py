"""Reading the log: everyone their own acts, the data officer all of it."""

from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import of_row
from pupil_desk.store.tables import ledger

REFUSED = "sign-in-refused"  # a wrong password or code, as it stands in the log


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log, as people read it; ``object_id`` is an identity of ours, never a name.

    ``member`` is the name of the member of staff whom it concerns, asked of the users and not of the log; empty for all else.
    """

    seq: int
    at: datetime
    user: str
    role: str
    action: str
    kind: str
    object_id: str
    member: str
    reason: str


def rows(desk: Desk, *, pupil_id: str | None = None, limit: int = -1) -> list[LogRow]:
    """The whole log, the latest first; of one pupil if one is named. Raises NotAllowed for all but a data officer."""
    desk.require(Action.READ_WHOLE_LOG, "log")
    return _read(desk, user_id=None, pupil_id=pupil_id, limit=limit)


def own_rows(desk: Desk, *, pupil_id: str | None = None, limit: int = -1) -> list[LogRow]:
    """The acts of the person at the desk, the latest first."""
    desk.require(Action.READ_OWN_LOG, "log")
    return _read(desk, user_id=desk.user.id, pupil_id=pupil_id, limit=limit)


def _read(desk: Desk, *, user_id: str | None, pupil_id: str | None, limit: int) -> list[LogRow]:
    rows = ledger.log_rows(desk.vault, user_id=user_id, pupil_id=pupil_id, limit=limit)
    return [of_row(LogRow, row, at=local_time(row["at"])) for row in rows]
