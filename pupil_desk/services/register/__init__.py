"""The attendance register: marking it, amending it, looking at it, and what it comes to. No entry is ever overwritten."""

from pupil_desk.services.register.looking import Cell, RegisterEntry, RegisterRow, RegisterView, entries, taken_back, view
from pupil_desk.services.register.marking import keep_marks, mark
from pupil_desk.services.register.timetables import add_timetable, save_timetable, timetables_of
from pupil_desk.services.register.totals import PupilTotals, totals
from pupil_desk.services.register.watching import Watch, WatchLine, watch

__all__ = [
    "Cell",
    "PupilTotals",
    "RegisterEntry",
    "RegisterRow",
    "RegisterView",
    "Watch",
    "WatchLine",
    "add_timetable",
    "entries",
    "keep_marks",
    "mark",
    "save_timetable",
    "taken_back",
    "timetables_of",
    "totals",
    "view",
    "watch",
]
