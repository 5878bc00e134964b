"""From double click to sign-in, beside a bare window that is frozen the same way: A B A B, on an X display.

It serves programs of this Linux and Windows programs under Wine alike: a window of Wine is a window of X.
"""

import contextlib
import os
import signal
import statistics
import subprocess
import time
from collections.abc import Callable

from installers.pace import Patience
from installers.x_windows import Display

OURS, BARE = "Pupil Desk", "Bare window"  # the titles of the two windows
MOST = 1.8  # times the bare window: what the issue asks for
_PATIENCE = 120.0  # seconds of a quiet machine; a first start under Wine takes a few
_STEP = 0.004  # seconds between two looks

Start = Callable[[], "subprocess.Popen[bytes]"]


def measure(start_ours: Start, start_bare: Start, rounds: int = 5, *, display: str | None = None) -> tuple[float, float, float]:
    """Milliseconds until the window is painted, of ours and of the bare one, and how many times longer ours takes; medians.

    The third is the median of each round's, whose two starts followed one another: what else a machine does falls on both.

    Each function starts its program on ``display`` (or the environment's) and gives the process; it is ended here. One
    round before the others is not counted: it fills the disk's cache. Raises TimeoutError if a window never appears.
    """
    with Display(display or os.environ["DISPLAY"]) as shown:
        taken: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 1):
            for start, title, kept in ((start_ours, OURS, taken[0]), (start_bare, BARE, taken[1])):
                milliseconds = _once(shown, start, title)
                if number:
                    kept.append(milliseconds)
    ratio = statistics.median(ours / bare for ours, bare in zip(*taken, strict=True))
    return statistics.median(taken[0]), statistics.median(taken[1]), ratio


def wait_for(shown: Display, title: str, seconds: float = _PATIENCE) -> int:
    """Wait until a window with a title is there and painted; returns its number. Raises TimeoutError after so many seconds of a quiet machine."""
    patience = Patience(seconds)
    while not patience.over:
        for window, found in shown.titles().items():
            if found == title and shown.painted(window):
                return window
        time.sleep(_STEP)
    raise TimeoutError(f"No window «{title}» was painted; there were: {sorted(shown.titles().values())}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and, if it leads a session of its own, all that it started."""
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait(30)


def _once(shown: Display, start: Start, title: str) -> float:
    began = time.monotonic()
    process = start()
    try:
        wait_for(shown, title)
        return (time.monotonic() - began) * 1000
    finally:
        end(process)
        _wait_until_gone(shown, title)


def _wait_until_gone(shown: Display, title: str) -> None:
    patience = Patience(30)
    while title in shown.titles().values() and not patience.over:
        time.sleep(_STEP)
