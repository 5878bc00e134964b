"""Wrong passwords in a row, so that the growing delay survives a restart, and each is told in the log.

A try is counted before it is worked on, under a lock: however many are made at once, each counts. The right password takes
its own try back, and the others with it. It slows a person at the desk and nobody else; against a stolen file only the cost of a
guess and the strength of the password help. The count lies beside the unit's file, apart from the slots, so that somebody who
cannot sign in never causes those to be written; that of backups, which may lie on a stick, lies with this PC's preferences. There
lies too how many were worked on at the unit's file, so that the wait goes on for this user of the PC if the count beside the file is
taken away; the moments for the log are gone with it then.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.errors import WrongPassword
from pupil_desk.basics.pc.file_lock import locked
from pupil_desk.basics.places import home_of_preferences
from pupil_desk.basics.words import _

FREE = 5  # wrong tries before the first delay
LONGEST = 60  # seconds
_MOST_TOLD = 50  # moments kept: the latest
_MOST = 8192  # bytes


@dataclass(frozen=True, slots=True)
class Tries:
    """Those since somebody last signed in: how many, those refused during a delay among them; the latest moments; until when to wait."""

    count: int = 0
    worked_on: int = 0
    moments: tuple[datetime, ...] = ()
    until: datetime | None = None


def place(path: Path) -> Path:
    """Where the count for a unit's file lies."""
    return path.with_name(path.name + ".tries")


def place_for_backups(vault_id: str) -> Path:
    """Where the count for a unit's backups lies: on this PC, wherever they are."""
    return home_of_preferences() / f"{vault_id}.tries"


def begin(where: Path, now: datetime) -> str:
    """Count one more before it is worked on; returns what to say of the wait if it is wrong: that the next starts one, or until
    when this one does; empty for nothing.

    The delay is 1 second after the fifth, then 2, 4 … 60. A folder that takes no count is no reason to keep anybody out. Raises
    WrongPassword, saying when to try again, while a delay lasts.
    """
    with _counting(where) as file, _counting(_kept_here(where)) as own_file:
        before = _higher(_read(file), _read(own_file))
        left = (before.until - now).total_seconds() if before.until else 0.0
        waits = 0 < left <= LONGEST  # more means that the clock was set back: the wait is over
        worked_on = before.worked_on + (not waits)
        until = before.until if waits else _wait(worked_on, now)
        _write(file, Tries(before.count + 1, worked_on, (*before.moments, now)[-_MOST_TOLD:], until))
        _write(own_file, Tries(0, worked_on, (), until))
    if waits:
        raise WrongPassword(_("Too many wrong passwords. {when}").format(when=_when(now + timedelta(seconds=left))))
    if until is not None:
        return _("There is a wait now. {when}").format(when=_when(until))
    return _("After one more wrong try there is a wait.") if worked_on == FREE - 1 else ""


def _when(until: datetime) -> str:
    """Said in whole seconds, so that a try at the moment told is let through."""
    next_second = until if not until.microsecond else until.replace(microsecond=0) + timedelta(seconds=1)
    return _("Try again at {time}.").format(time=next_second.astimezone().strftime("%H:%M:%S"))


def take_back(where: Path) -> Tries:
    """The try just begun was right, and is none; returns those before it, which stay until somebody has come in (``forget``)."""
    with _counting(where) as file, _counting(_kept_here(where)) as own_file:
        tries = _higher(_read(file), _read(own_file))
        worked_on, moments = max(0, tries.worked_on - 1), tries.moments[:-1]
        before = Tries(max(0, tries.count - 1), worked_on, moments, _wait(worked_on, moments[-1]) if moments else None)
        _write(file, before)
        _write(own_file, Tries(0, worked_on, (), before.until))
    if not before.count and not worked_on:
        forget(where)
    return before


def forget(where: Path) -> None:
    """Forget them: they are in the log, or nobody keeps one."""
    for place in (where, _kept_here(where)):
        with contextlib.suppress(OSError):
            if place is not None:
                place.unlink(missing_ok=True)


def right(where: Path) -> Tries:
    """Both at once; returns those before it."""
    before = take_back(where)
    forget(where)
    return before


def _wait(worked_on: int, now: datetime) -> datetime | None:
    """Until when the next is refused, if this one is wrong."""
    return now + timedelta(seconds=min(LONGEST, 2 ** min(worked_on - FREE, 6))) if worked_on >= FREE else None


def _kept_here(where: Path) -> Path | None:
    """Where this user of the PC keeps the number too; None where the count itself lies there."""
    home = home_of_preferences()
    return None if where.parent == home else home / f"{hashlib.sha256(os.fsencode(where)).hexdigest()[:16]}.tries"


def _higher(tries: Tries, own_tries: Tries) -> Tries:
    """What was counted, or waits as long as is kept here, if that is longer."""
    until = max((moment for moment in (tries.until, own_tries.until) if moment), default=None)
    return replace(tries, worked_on=max(tries.worked_on, own_tries.worked_on), until=until)


@contextlib.contextmanager
def _counting(where: Path | None) -> Iterator[IO[bytes] | None]:
    """The count, open and locked; None where it cannot be kept. A disk that fails as it is let go is no reason to keep anybody out either."""
    with contextlib.suppress(OSError), contextlib.ExitStack() as held:
        file: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            if where is None:
                raise FileNotFoundError
            where.parent.mkdir(parents=True, exist_ok=True)
            opened = held.enter_context(open(os.open(where, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0))
            held.enter_context(locked(opened))
            file = opened
        yield file


def _read(file: IO[bytes] | None) -> Tries:
    """What is counted; nothing if it cannot be read."""
    if file is None:
        return Tries()
    try:
        file.seek(0)
        data = json.loads(file.read(_MOST))
        moments = tuple(datetime.fromisoformat(moment) for moment in data["moments"])
        until = datetime.fromisoformat(data["until"]) if data["until"] else None
        if any(moment.tzinfo is None for moment in (*moments, *([until] if until else []))):
            return Tries()
        return Tries(max(0, int(data["count"])), max(0, int(data["worked_on"])), moments[-_MOST_TOLD:], until)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Tries()


def _write(file: IO[bytes] | None, tries: Tries) -> None:
    if file is None:
        return
    facts = {
        "count": tries.count,
        "worked_on": tries.worked_on,
        "until": stamp(tries.until) if tries.until else None,
        "moments": [stamp(moment) for moment in tries.moments],
    }
    with contextlib.suppress(OSError):  # a file that may be opened but not counted is still opened
        file.seek(0)
        file.write(json.dumps(facts).encode("ascii"))
        file.truncate()  # last: a file that is emptied first is flushed by the system as it is let go, which takes longer than all else
