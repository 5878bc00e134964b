"""The time, handed in so that a test or a rule can be judged on any day; and a time of day as people type it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """What the services ask for the time."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> date: ...


class SystemClock:
    """The clock of this PC."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The date on the wall of the office."""
        return datetime.now().astimezone().date()


@dataclass
class FixedClock:
    """A clock that stands still, or is set: for tests and for training."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def today(self) -> date:
        """The date on the wall of the office at the moment it was set to."""
        return self.moment.astimezone().date()


_TIME_OF_DAY = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2})(?:[:.]\d{2})?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE | re.ASCII)
_NOON = 12


def read_time(text: str) -> str | None:
    """A time of day as people type it, as HH:MM: «9:05», «9.05», «0905», «9», «2.05 pm», with seconds or without. None for what is none."""
    match = _TIME_OF_DAY.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def stamp(moment: datetime) -> str:
    """A moment as kept in the file: ISO 8601 in UTC, to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_time(stamped: str) -> datetime:
    """A kept moment, in the office's own time."""
    return datetime.fromisoformat(stamped).astimezone()
