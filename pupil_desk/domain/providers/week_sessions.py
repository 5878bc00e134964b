"""The sessions of a week as a person writes them: «Mon, Tue am, Thu-Fri pm»."""

import re

from pupil_desk.basics.text import tidy
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.school_place import weekdays_of

type WeekSession = tuple[int, Session]
"""A day of the week, Monday 0 to Friday 4, and the half of it."""
_HALF = re.compile(r"(?:^|\s)(am|mornings?|pm|afternoons?)$")
_HALVES = {"am": Session.AM, "mo": Session.AM, "pm": Session.PM, "af": Session.PM}
_BETWEEN = re.compile(r"[,;\n]|\band\b")


def week_sessions(text: str | None) -> frozenset[WeekSession]:
    """The sessions that the text names; none for no text, since then nobody has said.

    Between two stands a comma, a semicolon or «and»; each is a day or days, as ``weekdays_of`` reads them, with «am» or «pm» behind for a half day.
    Raises ValueError for any other text.
    """
    sessions: set[WeekSession] = set()
    for part in filter(None, (piece.strip() for piece in _BETWEEN.split(tidy(text or "").lower()))):
        half = _HALF.search(part)
        days = part[: half.start()].strip() if half else part
        if not days:
            raise ValueError(text)
        halves = tuple(Session) if half is None else (_HALVES[half[1][:2]],)
        sessions |= {(day, session) for day in weekdays_of(days) for session in halves}
    return frozenset(sessions)
