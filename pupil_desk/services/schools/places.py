"""Places that schools agreed with the unit for a pupil: reading, adding, correcting."""

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.schools.school_place import SchoolPlace, check_school_place
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several

SWITCH = "records_schools"
"""The setting by which a unit that works with no main or commissioning school switches them off."""


def of_pupil(desk: Desk, pupil_id: str) -> list[SchoolPlace]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, SchoolPlace, pupil_id)


def add(desk: Desk, place: SchoolPlace) -> Changed:
    """Keep a new one. Raises Refused; WrongUse where the unit works with no schools."""
    require_use(desk, SWITCH)
    return further.add(desk, "school_place", place, check_school_place, news=())


def save(desk: Desk, place: SchoolPlace) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "school_place", place, check_school_place, news=())
