"""A lock on an open file that keeps other processes, and other openings in this one, waiting: for a count that must not be lost."""

import contextlib
import os
import time
from collections.abc import Iterator
from typing import IO

_WINDOWS = os.name == "nt"
_PLACE = 1 << 30  # on Windows what is locked cannot be read either: a byte far behind the text is
_TIMES, _BETWEEN = 200, 0.01  # seconds


@contextlib.contextmanager
def locked(file: IO[bytes]) -> Iterator[None]:
    """Hold the lock; at most two seconds of waiting. Raises OSError if another holds it longer."""
    for left in range(_TIMES, -1, -1):
        try:
            _lock(file)
            break
        except OSError:
            if not left:
                raise
            time.sleep(_BETWEEN)
    try:
        yield
    finally:
        _unlock(file)


if _WINDOWS:
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # of Windows alone

    def _unlock(file: IO[bytes]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # of Windows alone

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
