"""The sessions of a week as a person writes them: «Mon, Tue am, Thu-Fri pm»."""

import re

from pupil_desk.basics.text import tidy
from pupil_desk.domain.register.attendance import WEEKDAYS, Session

type WeekSession = tuple[int, Session]
"""A day of the week, Monday 0 to Friday 4, and the half of it."""
_HALF = re.compile(r"(?:^|\s)(am|mornings?|pm|afternoons?)$")
_HALVES = {"am": Session.AM, "mo": Session.AM, "pm": Session.PM, "af": Session.PM}
_THROUGH = re.compile(r"\s*(?:[-–]|\bto\b)\s*")
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


def weekdays_of(days: str | None) -> frozenset[int]:
    """The days of the week that the text names, Monday 0 to Friday 4: all five for none.

    Between two names stands a comma, a slash, &, «and» or a blank; a dash or «to» between them names the days from the one to the other.
    Raises ValueError for any other text.
    """
    text = _THROUGH.sub("-", tidy(days or "").lower())
    if not text:
        return frozenset(range(len(WEEKDAYS)))
    spans = [word.split("-") for word in re.split(r"[,/&\s]+", text) if word not in ("", "and")]
    numbers = frozenset(number for span in spans for number in _from_to(*map(_weekday, span)))
    if not numbers:  # nothing but separators
        raise ValueError(days)
    return numbers


def _from_to(first: int, last: int | None = None, *more: int) -> range:
    """The days of the week from the first to the last. Raises ValueError for a last one before the first, and for a third."""
    if more or (last is not None and last < first):
        raise ValueError(first)
    return range(first, (first if last is None else last) + 1)


def _weekday(word: str) -> int:
    full_names = ("monday", "tuesday", "wednesday", "thursday", "friday")
    for number, name in enumerate(full_names):
        if len(word) > 2 and name.startswith((word, word.removesuffix("s"))) and word[:3] == name[:3]:
            return number
    raise ValueError(word)
