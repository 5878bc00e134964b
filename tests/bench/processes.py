"""Works that only a fresh process shows: the start, the first list, memory, the longest stop, one command."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.argon2 import argon2id
from bench.made import Unit
from bench.measuring import Cell, Row, by_turns, counted, timed, turns
from pupil_desk.store.file.keyslots import Cost

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("probe.py")
PAPER_AND_FILES = (
    "reportlab",
    "lxml",
    "pyzipper",
    "xlsxwriter",
    "msoffcrypto",
    "python_calamine",
    "openpyxl",
    "pikepdf",
    "pypdfium2",
    "segno",
    "charset_normalizer",
    "fontTools",
    "PIL",
)


def probe(*words: str) -> dict[str, Any]:
    """What a process of its own tells; ``seconds_to_there`` runs from before it was started to the moment it tells."""
    started = time.monotonic()
    done = subprocess.run([sys.executable, str(PROBE), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"probe {words[0]}: {done.stderr.strip()[-400:]}")
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    if "at" in told:
        told["seconds_to_there"] = told["at"] - started
    return told


def _medians(floor: Callable[[], float | None], ours: Callable[[], float | None], times: int, size: int | None) -> Cell:
    """By turns; the medians of what the probes tell."""
    runs: tuple[list[float], list[float]] = ([], [])
    for _number in range(times):
        for way, kept in zip((floor, ours), runs, strict=True):
            value = way()
            if value is not None:
                kept.append(value)
    return Cell(size, *(statistics.median(kept) for kept in runs))


def start(unit: Unit, times: int) -> list[Row]:
    """From the command given to sign-in painted, and what was imported on the way."""
    row = Row(name="Start to sign-in painted", most_ratio=1.8, target="≤ 1.8×", floor="bare Qt, two boxes and a button")
    told = probe("entry-ours", str(unit.file))  # once uncounted: the compiled files and the disk's cache
    if times > 1:
        probe("entry-bare")
    row.cells.append(
        _medians(
            lambda: probe("entry-bare")["seconds_to_there"] * 1000,
            lambda: probe("entry-ours", str(unit.file))["seconds_to_there"] * 1000,
            times,
            None,
        )
    )
    found = sorted(set(PAPER_AND_FILES) & {name.split(".")[0] for name in told["modules"]})
    imports = Row(
        name="Paper and file libraries imported at the start", unit="libraries", most=0, target="none", floor="–", note=", ".join(found)
    )
    imports.cells.append(Cell(None, None, len(found)))
    return [row, imports]


def first_page(made: Sequence[tuple[Unit, Path]], times: int) -> list[Row]:
    """From the password given to the list, and to Home, painted, less Argon2id; and the memory held then."""
    listed = Row(
        name="Sign-in to the list painted, less Argon2id",
        most_ratio=3,
        most_exponent=0.15,
        target="≤ 3×, growth ≤ 0.15",
        floor="bare SQLCipher opened, the list queried, a bare table painted",
        note="Ours reads the file to its last byte, beside Argon2id as far as the 0.3 s go that it takes at least: they are given to it, and taken off. "
        "Then it commits the sign-in and keeps the log's head on this PC, six flushes of the disk in all; the floor opens a file of any content, "
        "writes nothing, and shows three columns beneath one box.",
    )
    home = Row(
        name="Sign-in to Home painted, less Argon2id",
        most_ratio=4,
        target="≤ 4×",
        floor="the same as for the list",
        note="What needs doing is worked out for every pupil on roll.",
    )
    memory = Row(
        name="Memory, steady, the list shown", unit="MB", most_ratio=2, target="≤ 2×", floor="bare Qt and SQLCipher, the list shown"
    )
    for unit, bare in made:
        told: dict[str, list[dict[str, Any]]] = {"floor": [], "list": [], "home": []}
        for _number in turns(times):
            for name, words in (
                ("floor", ("list-bare", str(bare), unit.raw_key.hex())),
                ("list", ("list-ours", str(unit.file), unit.name, unit.password, "pupils")),
                ("home", ("list-ours", str(unit.file), unit.name, unit.password, "home")),
            ):
                told[name].append(probe(*words))
        floor, ours, at_home = (statistics.median(one["seconds"] for one in counted(told[name])) * 1000 for name in told)
        listed.cells.append(Cell(unit.size, floor, ours))
        home.cells.append(Cell(unit.size, floor, at_home))
        if told["list"][0]["steady"] is not None:
            held = [statistics.median(one["steady"] for one in told[name]) for name in ("floor", "list")]
            memory.cells.append(Cell(unit.size, *held))
    return [listed, home, memory]


def argon2id_at_work(unit: Unit, cost: Cost, times: int) -> list[Row]:
    """The most memory while Argon2id works, and the longest stop of the window meanwhile."""
    numbers = [str(cost.memory_kib), str(cost.passes), str(cost.lanes)]
    memory = Row(name="Memory at Argon2id's most", unit="MB", target="told", floor="bare Qt and Argon2id")
    stop = Row(
        name="The longest stop of the window during sign-in",
        most=50,
        target="≤ 50 ms",
        floor="bare Qt, Argon2id in a thread",
        note="Up to the file being open; the window is built after.",
    )
    told = [
        (
            probe("argon2id-in-a-thread", *numbers),
            probe("argon2id-memory", *numbers),
            probe("signing-in", str(unit.file), unit.name, unit.password),
        )
        for _number in turns(times)
    ]
    if told[0][1]["most"] is not None:
        memory.cells.append(Cell(None, *(statistics.median(one[n]["most"] for one in told) for n in (1, 2))))
    stop.cells.append(Cell(None, *(statistics.median(one[n]["longest"] for one in told) * 1000 for n in (0, 2))))
    return [memory, stop]


def command(units: Sequence[Unit], cost: Cost, times: int) -> list[Row]:
    """One command as a whole process, beside Argon2id alone at the same cost; and whether it brings Qt."""
    row = Row(
        name="One command (pupils), the whole process",
        most_ratio=1.3,
        target="≤ 1.3×",
        floor="Argon2id alone, at the same cost",
        note="On two cores Argon2id takes both, and what is done beside it costs as much as after it: its 500 ms are 1,000 of the processor, and ours takes 310 more, "
        "half of them for some hundred and seventy modules of its own, so that 1.3 is the least that could be. It commits the sign-in and the sign-out, and as it "
        "closes the file reads it twice: for the digest of it, and for the engine's check of each page, which grows with the file.",
    )
    env = {**os.environ, "PUPIL_DESK_PASSWORD": units[0].password}

    def run(unit: Unit, *python: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, *python, "-m", "pupil_desk", "pupils", str(unit.file), "--user", unit.name]
        return subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=env)

    for unit in units:
        row.cells.append(by_turns(timed(argon2id(cost)), timed(lambda unit=unit: run(unit)), times, unit.size))  # type: ignore[misc]
    lines = run(units[0], "-X", "importtime").stderr.splitlines()
    named = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in lines if line.startswith("import time:")}
    found = sorted(named & {"PySide6", "shiboken6", "qtawesome"})
    imports = Row(name="Qt imported by that command", unit="libraries", most=0, target="none", floor="–", note=", ".join(found))
    imports.cells.append(Cell(None, None, len(found)))
    return [row, imports]
