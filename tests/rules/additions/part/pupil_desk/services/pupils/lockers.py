"""The lockers of a pupil: reading, adding, correcting."""

from pupil_desk.domain.pupils.locker import Locker

from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several


def of_pupil(desk: Desk, pupil_id: str) -> list[Locker]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Locker, pupil_id)


def add_locker(desk: Desk, record: Locker) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "locker", record, _no_rule)


def save_locker(desk: Desk, record: Locker) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "locker", record, _no_rule)


def _no_rule(_record: Locker) -> tuple[Problem, ...]:
    return ()
