"""``<file>.lock``: who has the file open, for one sentence on the screen.

The engine's exclusive lock is the truth and dies with its process; this file only says whom to ask. It is written
after the lock is held and removed when the file is closed; one left by a killed process is recognised as stale.
"""

import contextlib
import getpass
import json
import os
import platform
import sys
import weakref
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pupil_desk.basics.clock import stamp

_MOST = 4096  # bytes; ours has about 200


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that says it has the file. ``started`` is when that process began, in seconds since 1970; 0 if unknown."""

    host: str
    os_user: str
    pid: int
    started: int
    since: str
    who: str

    @property
    def since_shown(self) -> str:
        """09:12, with the date if that was not today."""
        since = datetime.fromisoformat(self.since).astimezone()
        return since.strftime("%H:%M") if since.date() == datetime.now().astimezone().date() else since.strftime("%d/%m/%Y %H:%M")

    @property
    def has_ended(self) -> bool:
        """Whether that process is known to have ended: only ever known on its own PC."""
        return self.host == platform.node() and (
            not _alive(self.pid) or (self.started != 0 and _started(self.pid) not in (0, self.started))
        )


def place(path: Path) -> Path:
    """Where the lock file of a unit's file lies."""
    return path.with_name(path.name + ".lock")


def write(path: Path, opened_by: str) -> None:
    """Say that this process has the file open. A folder that does not take it is no reason not to work."""
    holder = LockHolder(
        host=platform.node(),
        os_user=_os_user(),
        pid=os.getpid(),
        started=_started(os.getpid()),
        since=stamp(datetime.now(UTC)),
        who=opened_by,
    )
    with contextlib.suppress(OSError):
        place(path).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        place(path).unlink(missing_ok=True)


def holder(path: Path) -> LockHolder | None:
    """Who says to have the file open; None if nobody does, or if what is there cannot be read."""
    try:
        with open(place(path), encoding="utf-8") as file:
            facts = json.loads(file.read(_MOST))
        texts = {name: str(facts[name]) for name in ("host", "os_user", "since", "who")}
        datetime.fromisoformat(texts["since"])
        return LockHolder(**texts, pid=int(facts["pid"]), started=int(facts["started"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


if sys.platform == "win32":
    import ctypes

    _QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
    _STILL_ACTIVE = 259

    def _alive(pid: int) -> bool:
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(_QUERY, False, pid)
        if not process:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return code.value == _STILL_ACTIVE

    def _started(pid: int) -> int:
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(_QUERY, False, pid)
        if not process:
            return 0
        times = [ctypes.c_ulonglong() for _unused in range(4)]
        read = kernel.GetProcessTimes(process, *(ctypes.byref(time) for time in times))
        kernel.CloseHandle(process)
        return int(times[0].value // 10_000_000 - 11_644_473_600) if read else 0

else:

    def _alive(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True

    def _started(pid: int) -> int:
        """From /proc: the boot's time, and the process's start in clock ticks after it (field 22)."""
        try:
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime "))
            return int(boot.split()[1]) + int(after_name[19]) // os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError, StopIteration):
            return 0


_open_here: dict[object, tuple[int, int]] = {}  # the files this process holds, each as (device, inode), by a token of who holds it


def held_here(path: Path) -> bool:
    """Whether this process has the file open. Its bytes must then not be read by other means.

    On Linux the engine's lock is lost when any handle of the same process to the same file is closed.
    """
    with contextlib.suppress(OSError):
        status = path.stat()
        return (status.st_dev, status.st_ino) in list(_open_here.values())
    return False


def hold(path: Path, by: object) -> Callable[[], object]:
    """Note that this process has the file open; returns what notes that it no longer has. One that nobody closes is let go with ``by``, that
    holds its connection: the place on the disk may be given to another file, which is not open."""
    status, token = path.stat(), object()
    _open_here[token] = status.st_dev, status.st_ino
    return weakref.finalize(by, _open_here.pop, token, None)
