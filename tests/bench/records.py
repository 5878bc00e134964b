"""Unlocking, and saving a record."""

import dataclasses
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import floors
from bench.argon2 import argon2id, passwords_worked_out_once
from bench.made import Unit
from bench.measuring import Cell, Row, Run, by_turns, timed
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import units
from pupil_desk.store.file.keyslots import Cost, calibrate


def _closed(desk: Desk) -> None:
    units.sign_out(desk)


@contextmanager
def signed_in(unit: Unit) -> Iterator[Desk]:
    """At the desk without waiting for Argon2id a second time."""
    desk = unit.signed_in()
    try:
        yield desk
    finally:
        _closed(desk)


# -- unlocking


def unlock(unit: Unit, cost: Cost, times: int) -> list[Row]:
    """Argon2id at the cost that this PC calibrates, the real sign-in beside it, and the rest beside a bare opening."""
    bare = Path(shutil.copy(unit.file, unit.file.with_suffix(".bare")))
    calibrated = Row(
        name="Argon2id as calibrated on this PC",
        target="300–1,000 ms",
        least=300,
        most=1000,
        floor="–",
        note=_cost_in_words(chosen := calibrate()),
    )
    taken = [timed(argon2id(chosen))() for _number in range(times)]
    calibrated.cells.append(Cell(None, None, sorted(taken)[len(taken) // 2] * 1000))
    whole = Row(name="Unlock, the whole", target="told", floor="Argon2id alone, at the same cost", note=_cost_in_words(cost))

    def ours() -> float:
        started = time.perf_counter()
        desk = unit.signed_in()
        taken = time.perf_counter() - started
        _closed(desk)
        return taken

    whole.cells.append(by_turns(timed(argon2id(cost)), ours, times, unit.size))
    rest = Row(
        name="Unlock less Argon2id",
        target="told",
        floor="bare SQLCipher opened with the raw key",
        note="Ours reads the file to its last byte, checks its keys, and logs the sign-in.",
    )
    with passwords_worked_out_once():
        rest.cells.append(by_turns(timed(lambda: _open_bare(unit, bare)), ours, times, unit.size))
    return [calibrated, whole, rest]


def _cost_in_words(cost: Cost) -> str:
    return f"{cost.memory_kib // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes"


def _open_bare(unit: Unit, bare: Path) -> None:
    con = floors.bare_connection(bare, unit.raw_key)
    con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    con.close()


# -- saving a record


def save(made: Sequence[tuple[Unit, Path]], times: int) -> list[Row]:
    """One record corrected by hand and saved."""
    row = Row(
        name="Save a record",
        most_ratio=2.5,
        target="≤ 2.5×",
        floor="bare: the row, which the file's own triggers follow with its words for finding, what it was, a log row; one commit",
        note="Ours keeps the log's head on this PC too, at most every other second: not within these.",
    )
    commits = Row(name="Commits of that save", unit="commits", least=1, most=1, target="exactly one", floor="–")
    kept = Row(name="Save a record after a pause", target="told", floor="the same", note="The log's head is kept on this PC too.")
    for unit, bare in made:
        con = floors.bare_connection(bare, unit.raw_key)
        with signed_in(unit) as desk:
            chosen = [one.id for one in pupils.all_pupils(desk)[:20]]
            ours, floor = _saves(desk, chosen), _bare_saves(con, chosen)
            desk.vault._head_kept_at = time.monotonic() + 3600
            row.cells.append(by_turns(floor, ours, 1 if times == 1 else max(times, 20), unit.size))
            commits.cells.append(Cell(unit.size, None, _commits_of_a_save(desk, chosen[0])))

            def paused() -> float:
                desk.vault._head_kept_at = 0.0
                return ours()  # noqa: B023

            kept.cells.append(by_turns(floor, paused, times, unit.size))
        con.close()
    return [row, commits, kept]


def _saves(desk: Desk, chosen: Sequence[str]) -> Run:
    turn = iter(range(10**6))

    def run() -> float:
        number = next(turn)
        pupil = pupils.record(desk, chosen[number % len(chosen)]).pupil
        changed = dataclasses.replace(pupil, phone=f"01632 96{number % 10_000:04d}")
        started = time.perf_counter()
        pupils.save_pupil(desk, changed)
        return time.perf_counter() - started

    return run


def _bare_saves(con: Any, chosen: Sequence[str]) -> Run:
    turn = iter(range(10**6))
    columns = [row[1] for row in con.execute("PRAGMA table_info(pupil)")][1:]
    update = f"UPDATE pupil SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?"

    def run() -> float:
        number = next(turn)
        pupil_id = chosen[number % len(chosen)]
        values = list(con.execute(f"SELECT {', '.join(columns)} FROM pupil WHERE id = ?", (pupil_id,)).fetchone())
        old, new = values[columns.index("phone")], f"01632 97{number % 10_000:04d}"
        values[columns.index("phone")] = new
        at = datetime.now().isoformat()
        started = time.perf_counter()
        con.execute("BEGIN IMMEDIATE")
        con.execute(update, (*values, pupil_id))
        con.execute(
            "INSERT INTO amendment (kind, record_id, pupil_id, item, old, new, at, by, source) VALUES ('pupil', ?, ?, 'phone', ?, ?, ?, 'me', 'form')",
            (pupil_id, pupil_id, old, new, at),
        )
        con.execute(
            "INSERT INTO log SELECT max(seq) + 1, ?, 0, 'boot', 'me', 'office', 'edit', 'pupil', ?, 'phone', '0', '' FROM log",
            (at, pupil_id),
        )
        con.execute("COMMIT")
        return time.perf_counter() - started

    return run


def _commits_of_a_save(desk: Desk, pupil_id: str) -> int:
    """How many times the engine was told to commit during one save: it is asked, not the program. To look at the record first is an act of its own."""
    pupil = pupils.record(desk, pupil_id).pupil
    said: list[str] = []
    desk.vault._con.set_trace_callback(said.append)
    try:
        pupils.save_pupil(desk, dataclasses.replace(pupil, phone="01632 960999"))
    finally:
        desk.vault._con.set_trace_callback(None)
    return sum(words.strip().upper().startswith(("COMMIT", "END")) for words in said)
