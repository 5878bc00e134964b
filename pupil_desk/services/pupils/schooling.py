"""A pupil's times at other schools, and the attendance there: reading, adding, correcting."""

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended, check_school, check_total
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several


def schools_of_pupil(desk: Desk, pupil_id: str) -> list[SchoolAttended]:
    """A pupil's own, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, SchoolAttended, pupil_id)


def add_school(desk: Desk, record: SchoolAttended) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "school_attended", record, check_school)


def save_school(desk: Desk, record: SchoolAttended) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "school_attended", record, check_school)


def totals_of_pupil(desk: Desk, pupil_id: str) -> list[AttendanceTotal]:
    """A pupil's own, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, AttendanceTotal, pupil_id)


def add_total(desk: Desk, record: AttendanceTotal) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "attendance_total", record, check_total)


def save_total(desk: Desk, record: AttendanceTotal) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "attendance_total", record, check_total)
