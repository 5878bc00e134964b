"""Measuring two ways of doing one work by turns, and what is told of it."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

type Run = Callable[[], float]
"""Does the work once, with whatever must be laid ready before it, and returns the seconds that the work itself took."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One size of a work: milliseconds (or megabytes) of the floor and of ours; ``size`` is None where pupils don't matter."""

    size: int | None
    floor: float | None
    ours: float

    @property
    def ratio(self) -> float | None:
        """Ours over the floor."""
        return self.ours / self.floor if self.floor else None


@dataclass(slots=True, kw_only=True)
class Row:
    """One work. ``floor`` says what the floor does; ``target`` is in words; what is None is not asked of it.

    ``most_ratio`` bounds ours over the floor at each size, ``most`` and ``least`` ours itself, ``most_exponent`` its growth.
    """

    name: str
    floor: str
    target: str
    unit: str = "ms"
    most_ratio: float | None = None
    most: float | None = None
    least: float | None = None
    most_exponent: float | None = None
    cells: list[Cell] = field(default_factory=list)
    note: str = ""
    failed: str = ""

    @property
    def exponent(self) -> float | None:
        """The growth of ours with the number of pupils: the slope of the line through the logarithms."""
        points = [(math.log(cell.size), math.log(cell.ours)) for cell in self.cells if cell.size and cell.ours > 0]
        if len(points) < 2:
            return None
        return statistics.linear_regression(*zip(*points, strict=True)).slope

    def cell_is_met(self, cell: Cell) -> bool | None:
        """Whether one size keeps to the target; None where nothing is asked of it."""
        asked = [
            None if self.most_ratio is None or cell.ratio is None else cell.ratio <= self.most_ratio,
            None if self.most is None else cell.ours <= self.most,
            None if self.least is None else cell.ours >= self.least,
        ]
        known = [answer for answer in asked if answer is not None]
        return all(known) if known else None

    @property
    def grows_as_asked(self) -> bool | None:
        """Whether the growth keeps to the target."""
        if self.most_exponent is None or self.exponent is None:
            return None
        return self.exponent <= self.most_exponent

    @property
    def met(self) -> bool | None:
        """Whether every size and the growth keep to the target; None where nothing is asked, or nothing was measured."""
        known = [answer for cell in self.cells if (answer := self.cell_is_met(cell)) is not None]
        if self.grows_as_asked is not None:
            known.append(self.grows_as_asked)
        return all(known) if known else None

    def as_json(self) -> dict[str, Any]:
        """Everything that the table tells, and the floor in words."""
        return {
            "work": self.name,
            "floor": self.floor,
            "unit": self.unit,
            "target": self.target,
            "met": self.met,
            "exponent": self.exponent,
            "note": self.note,
            "failed": self.failed,
            "sizes": [
                {"pupils": cell.size, "floor": cell.floor, "ours": cell.ours, "ratio": cell.ratio, "met": self.cell_is_met(cell)}
                for cell in self.cells
            ],
        }


_LEAST = 3  # turns of what takes long
_SECONDS = 5  # after which there are no more than those
_MOST_SECONDS = 20  # after which there is none at all


def turns(times: int) -> Iterator[int]:
    """One turn before all, and so many more, or one in all where one is enough; of what takes long, three in all, and of what takes very long only as many as there is time for."""
    started = time.monotonic()
    for number in range(times + (times > 1)):
        yield number
        passed = time.monotonic() - started
        if passed > (_SECONDS if number + 1 >= _LEAST else _MOST_SECONDS):
            return


def counted[T](taken: Sequence[T]) -> Sequence[T]:
    """What counts of these turns: not the first, for which nothing was laid ready, unless there are only three."""
    return taken[1:] if len(taken) > _LEAST else taken


def timed(work: Callable[[], object]) -> Run:
    """A run of what needs nothing laid ready."""

    def run() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return run


def _cleared_away(times: int) -> None:
    """What is dead goes before each turn, so that none pays for another's; one single turn measures nothing, and needs no such care."""
    if times > 1:
        gc.collect()


def by_turns(floor: Run, ours: Run, times: int, size: int | None) -> Cell:
    """Both so many times by turns; the cell holds the medians, in milliseconds."""
    runs: tuple[list[float], list[float]] = ([], [])
    for _number in turns(times):
        for way, kept in zip((floor, ours), runs, strict=True):
            _cleared_away(times)
            kept.append(way())
    return Cell(size, *(statistics.median(counted(kept)) * 1000 for kept in runs))


def p95_by_turns(floor: Callable[[], Sequence[float]], ours: Callable[[], Sequence[float]], times: int, size: int) -> Cell:
    """Like ``by_turns`` for works that are many small ones: the 95th percentile of all of them."""
    runs: tuple[list[Sequence[float]], list[Sequence[float]]] = ([], [])
    for _number in turns(times):
        for way, kept in zip((floor, ours), runs, strict=True):
            _cleared_away(times)
            kept.append(way())
    return Cell(size, *(statistics.quantiles([one for run in counted(kept) for one in run], n=20)[-1] * 1000 for kept in runs))
