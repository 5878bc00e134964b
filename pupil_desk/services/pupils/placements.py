"""Places that the unit arranges for a pupil elsewhere: reading, adding, correcting."""

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.placement import Placement, check_placement
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several


def of_pupil(desk: Desk, pupil_id: str) -> list[Placement]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Placement, pupil_id)


def add(desk: Desk, placement: Placement) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "placement", placement, check_placement, news=())


def save(desk: Desk, placement: Placement) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "placement", placement, check_placement, news=())
