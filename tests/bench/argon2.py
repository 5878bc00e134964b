"""Argon2id alone, and the program without waiting for it twice. Imports nothing of the program but its key slots."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from pupil_desk.store.file import keyslots
from pupil_desk.store.file.keyslots import Cost


def argon2id(cost: Cost) -> Callable[[], bytes]:
    """Argon2id alone, as the library does it, at a cost."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    def work() -> bytes:
        way = Argon2id(salt=bytes(16), length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
        return way.derive(b"quiet meadow copper kettle")

    return work


@contextmanager
def passwords_worked_out_once() -> Iterator[None]:
    """Inside, a password that Argon2id has worked on is not worked on again: for what is timed «less Argon2id»."""
    real: Callable[..., bytes] = keyslots._stretch
    keyslots._stretch = cache(real)
    try:
        yield
    finally:
        keyslots._stretch = real
