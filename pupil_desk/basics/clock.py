"""The time, handed in so that a test or a rule can be judged on any day."""

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
        """The date it was set to."""
        return self.moment.date()


def stamp(moment: datetime) -> str:
    """A moment as kept in the file: ISO 8601 in UTC, to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_time(stamped: str) -> datetime:
    """A kept moment, in the office's own time."""
    return datetime.fromisoformat(stamped).astimezone()
