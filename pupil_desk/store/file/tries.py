"""``<file>.tries``: wrong passwords in a row, so that the growing delay survives a restart.

It slows a person at the desk and nobody else; against a stolen file only the cost of a guess and the length of the
password help. It is apart from the slots, so that somebody who cannot sign in never causes those to be written.
"""

import contextlib
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.errors import CannotWrite, WrongPassword
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _

_FREE = 5  # wrong tries before the first delay
_LONGEST = 60  # seconds
_MOST = 1024  # bytes


def place(path: Path) -> Path:
    """Where the count for a unit's file lies."""
    return path.with_name(path.name + ".tries")


def check(path: Path, now: datetime) -> None:
    """Raises WrongPassword, saying when to try again, while a delay lasts."""
    _wrong, until = _read(path)
    left = (until - now).total_seconds() if until else 0.0
    if 0 < left <= _LONGEST:  # more means that the clock was set back: the wait is over
        raise WrongPassword(
            _("Too many wrong passwords. Try again at {time}.").format(
                time=(now + timedelta(seconds=left)).astimezone().strftime("%H:%M:%S")
            )
        )


def wrong(path: Path, now: datetime) -> datetime | None:
    """Count one more; returns until when the next is refused: 1 second after the fifth, then 2, 4 … 60."""
    count = _read(path)[0] + 1
    until = now + timedelta(seconds=min(_LONGEST, 2 ** min(count - _FREE, 6))) if count >= _FREE else None
    text = json.dumps({"wrong": count, "until": stamp(until) if until else None})
    with contextlib.suppress(CannotWrite, OSError):  # a file that may be opened but not counted is still opened
        write_whole(place(path), text.encode("ascii"), replace=True)
        os.chmod(place(path), 0o600)
    return until


def right(path: Path) -> int:
    """Forget them, since somebody signed in; returns how many there had been, for the log."""
    count = _read(path)[0]
    with contextlib.suppress(OSError):
        place(path).unlink(missing_ok=True)
    return count


def _read(path: Path) -> tuple[int, datetime | None]:
    """The count, and until when to wait; no count if it cannot be read."""
    try:
        with open(place(path), "rb") as file:
            data = json.loads(file.read(_MOST))
        until = datetime.fromisoformat(data["until"]) if data["until"] else None
        return max(0, int(data["wrong"])), until if until is None or until.tzinfo else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return 0, None
