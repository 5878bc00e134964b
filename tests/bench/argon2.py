"""Argon2id alone, and the program without waiting for it twice. Imports nothing of the program but its key slots."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from pupil_desk.store.file import keyslots
from pupil_desk.store.file.keyslots import Cost

AT_LEAST = 0.3
"""The seconds that a password takes on any PC, by its calibration: what is done beside it within these nobody waits for."""


def argon2id(cost: Cost) -> Callable[[], bytes]:
    """Argon2id alone, as the library does it, at a cost."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    def work() -> bytes:
        way = Argon2id(salt=bytes(16), length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
        return way.derive(b"quiet meadow copper kettle")

    return work


@cache
def _remembering(real: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same for all that is timed in a process: a unit's password is worked on once for all groups of works."""
    return cache(real)


@contextmanager
def passwords_worked_out_once(*, taking: float = 0.0) -> Iterator[None]:
    """Inside, a password that Argon2id has worked on is not worked on again: for what is timed «less Argon2id». It takes so many seconds, asleep."""
    real: Callable[..., bytes] = keyslots._stretch
    known = _remembering(real)

    def stretched(*of: object) -> bytes:
        time.sleep(taking)
        return known(*of)

    keyslots._stretch = stretched
    try:
        yield
    finally:
        keyslots._stretch = real
