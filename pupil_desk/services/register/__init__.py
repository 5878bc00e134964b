"""The attendance register: marking it, amending it, looking at it, and what it comes to. No entry is ever overwritten.

Part-time patterns: agreed for a time, with an end; what one said before is kept as amendments.
"""

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Timetable, check_timetable
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.register.looking import Cell, RegisterEntry, RegisterRow, RegisterView, entries, taken_back, view
from pupil_desk.services.register.marking import begun_sessions, keep_marks, mark
from pupil_desk.services.register.taking_back import take_out_planned, undo_marks
from pupil_desk.services.register.totals import PupilTotals, totals
from pupil_desk.services.register.watching import Watch, WatchLine, watch
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import register as store


def timetables_of(desk: Desk, pupil_id: str) -> list[Timetable]:
    """A pupil's timetables, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.timetables_of(desk.vault, pupil_id)


def add_timetable(desk: Desk, timetable: Timetable) -> Changed:
    """Keep a new timetable of a pupil. Raises Refused."""
    return further.add(desk, "timetable", timetable, check_timetable, news=())


def save_timetable(desk: Desk, timetable: Timetable) -> Changed:
    """Keep what has changed of a timetable, and what it said before. Raises Refused, WrongUse."""
    return further.save(desk, "timetable", timetable, check_timetable, news=())


__all__ = [
    "Cell",
    "PupilTotals",
    "RegisterEntry",
    "RegisterRow",
    "RegisterView",
    "Watch",
    "WatchLine",
    "add_timetable",
    "begun_sessions",
    "entries",
    "keep_marks",
    "mark",
    "save_timetable",
    "take_out_planned",
    "taken_back",
    "timetables_of",
    "totals",
    "undo_marks",
    "view",
    "watch",
]
