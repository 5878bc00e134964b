"""Several runs of the monkey side by side, each in a process of its own; each tells how far it is."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.monkey.run import Report, run


class Said:
    """Tells how far it is and each fault, once and at once: a long run may be ended."""

    def __init__(self, seed: int) -> None:
        self._seed, self._faults = seed, 0

    def say(self, report: Report) -> None:
        print(f"{time.strftime('%H:%M:%S')} seed {self._seed}: {report.presses:,} presses, {len(report.faults)} faults", flush=True)
        for fault in report.faults[self._faults :]:
            print(f"  {fault}", flush=True)
        self._faults = len(report.faults)


def one(seed: int, *, presses: int, folder: Path | None, tree: Path, page: str) -> Report:
    """The run of one seed. One that comes to no end is told as a fault, beside what the others find."""
    with tempfile.TemporaryDirectory() as temporary:
        place = folder / str(seed) if folder is not None else Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        try:
            return run(place, presses=presses, seed=seed, tree=tree, page=page, told=Said(seed).say)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            print(f"seed {seed} came to no end: {type(error).__name__} {error}", flush=True)
            return Report(bugs=[f"seed {seed} came to no end: {type(error).__name__} {error}"])


def all_of(work: Callable[[int], Report], seeds: range, at_once: int) -> list[Report]:
    """The reports of all seeds, so many at once, each in a process of its own."""
    if len(seeds) == 1:
        return [work(seeds[0])]
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        return [running.result() for running in as_completed([pool.submit(work, seed) for seed in seeds])]
