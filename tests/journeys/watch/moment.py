"""Another day than today's, for a program that is tried: its clock goes on from there as clocks do."""

from datetime import UTC, datetime, timedelta


def move(seconds: float) -> None:
    """Let the program's clock be so many seconds away from this machine's; 0 is the machine's own time."""
    from pupil_desk.basics.clock import SystemClock

    if seconds:
        away = timedelta(seconds=seconds)
        SystemClock.now = lambda _clock: datetime.now(UTC) + away  # type: ignore[method-assign]
        SystemClock.today = lambda _clock: (datetime.now(UTC) + away).astimezone().date()  # type: ignore[method-assign]
