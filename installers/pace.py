"""How long to wait on a machine that has other work: patience in seconds of a quiet machine, which last longer on a busy one.

How busy it is, is measured: a step of known work takes so much of a processor's time, and on a busy machine more seconds pass until the
processor has given it. It is measured again while a wait lasts, because a load comes and goes.
"""

import time
from collections.abc import Callable

_STEP = 0.02  # seconds of a processor: long enough that others have their turn meanwhile
_AGAIN = 4.0  # seconds of waiting from one measure to the next
_MOST = 40.0  # times; beyond that nothing would ever be said to be missing


def slowness(clock: Callable[[], float] = time.monotonic, worked: Callable[[], float] = time.process_time) -> float:
    """How many times longer than on a quiet machine work takes just now: 1 or more. Takes a 50th of a second of work itself."""
    began, used = clock(), worked()
    while worked() - used < _STEP:
        pass
    return min(_MOST, max(1.0, (clock() - began) / (worked() - used)))


class Patience:
    """A wait that is over after so many seconds of a quiet machine. Ask ``over`` at each look for what is waited for."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic, slow: Callable[[], float] = slowness) -> None:
        self._left, self._clock, self._slow = seconds, clock, slow
        self._again = min(_AGAIN, seconds / 10)
        self._looked = self._measured = clock()
        self._now = 1.0  # how slow it was when last measured: a wait that ends at once measures nothing

    @property
    def over(self) -> bool:
        """Whether it is at its end. What passed since the last look counts by how slow the machine is."""
        now = self._clock()
        if now - self._measured >= self._again:
            self._now, self._measured = self._slow(), self._clock()
        self._left -= (now - self._looked) / self._now
        self._looked = now
        return self._left <= 0
