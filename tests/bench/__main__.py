"""``python3 dev.py bench``: how long the program's works take beside their floors. Measures, and never fails for a time.

What people do at the screen is measured in files that hold a year's marks of everybody, 3.8 million of 10,000 pupils. What reads or writes a
whole list, such as an import, and the visits to every page are measured at the first two sizes, unless sizes are asked for: an office has no 10,000 pupils, and
a year's register of theirs takes minutes.

    --quick       smaller units, fewer turns and visits: a minute or two instead of ten
    --pupils N …  the sizes of the units, instead of 100, 1,000 and 10,000
    --times N     turns of each, instead of 5
    --one-of N    of the pages only one of so many is visited
    --only WORD   only the groups whose names begin so: start, list, visits, unlock, save, attendance, import, export, envelopes,
                  ctf, backup, notices, forms, command
    --json FILE   the same, and the floors in words, as JSON
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]  # by our own place: an installed package may be called tests too
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_VISITS, _QUICK_VISITS = 2_000, 8  # of pages, after which nothing may be left behind


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller and shorter")
    parser.add_argument("--pupils", type=int, nargs="+", metavar="N", help="sizes of the units")
    parser.add_argument("--times", type=int, metavar="N", help="turns of each")
    parser.add_argument("--notices", type=int, metavar="N", help="how many notices")
    parser.add_argument("--one-of", type=int, default=1, metavar="N", help="one page of so many is visited")
    parser.add_argument("--only", default="", metavar="WORD", help="one group of works")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the measurements")
    return parser.parse_args()


def groups(asked: argparse.Namespace, folder: Path) -> dict[str, Callable[[], Sequence[Any]]]:
    """The works by the group that they are asked for by, each to be measured when called."""
    from bench import attendance, envelopes, exchange, forms, lists, made, papers, processes, records, transfer, visits, year
    from bench.argon2 import passwords_worked_out_once
    from pupil_desk.store.file.keyslots import FLOOR, STANDARD

    sizes = asked.pupils or ([100, 1_000] if asked.quick else [100, 1_000, 10_000])
    few = sizes if asked.pupils else sizes[:2]
    times = asked.times or (3 if asked.quick else 5)
    number = asked.notices or (10 if asked.quick else 20)  # the ratio is that of 300: each is ten sheets of its own
    cost = FLOOR if asked.quick else STANDARD
    kept: dict[tuple[int, bool], made.Unit] = {}

    def unit(size: int, *, dear: bool = False) -> made.Unit:
        of_its_own = dear and cost != FLOOR
        if (size, of_its_own) not in kept:
            with passwords_worked_out_once():
                kept[size, of_its_own] = made.make_unit(folder / f"unit-{size}-{of_its_own}", size, cost=cost if dear else FLOOR)
        return kept[size, of_its_own]

    def bare(size: int) -> tuple[made.Unit, Path]:
        """A unit of its own for one group, since works change much of it, and the same file for the floor."""
        own = unit(size).copied(Path(tempfile.mkdtemp(dir=folder)) / "unit")
        return own, Path(shutil.copy(own.file, own.file.with_suffix(".bare")))

    def without_argon2id(work: Callable[[], Sequence[Any]]) -> Callable[[], Sequence[Any]]:
        def run() -> Sequence[Any]:
            with passwords_worked_out_once():
                return work()

        return run

    def both() -> list[tuple[made.Unit, Path]]:
        return [bare(size) for size in few]

    @cache
    def marked() -> list[tuple[made.Unit, Path]]:
        """Units with a year's marks of everybody, made once: what is done in them changes a few rows."""
        with passwords_worked_out_once():
            own = [made.with_a_year(unit(size), Path(tempfile.mkdtemp(dir=folder)) / "unit") for size in sizes]
        return [(one, Path(shutil.copy(one.file, one.file.with_suffix(".bare")))) for one in own]

    room = Path(tempfile.mkdtemp(dir=folder))
    return {
        "start": lambda: processes.start(unit(sizes[0]), times),
        "unlock": lambda: records.unlock(unit(sizes[-1], dear=True), cost, times),
        "list, first": lambda: processes.first_page(marked(), times),
        "visits": lambda: visits.rows(marked()[: len(few)], _QUICK_VISITS if asked.quick else _VISITS, min(times, 2), asked.one_of),
        "list": without_argon2id(lambda: lists.rows(marked(), times, folder / "memory.json")),
        "save": without_argon2id(lambda: records.save(marked(), times)),
        "attendance": without_argon2id(lambda: attendance.rows(marked(), times)),
        "import": without_argon2id(lambda: exchange.importing(unit(0), few, times, room)),
        "export": without_argon2id(lambda: [*exchange.exporting(both(), times, room), *year.rows(marked()[: len(few)], times, room)]),
        "envelopes": without_argon2id(lambda: envelopes.rows(*bare(sizes[0]), times, room)),
        "ctf": lambda: transfer.rows(few, times),
        "backup": without_argon2id(lambda: exchange.backing_up(both(), times, room)),
        "notices": without_argon2id(lambda: papers.rows(unit(max(sizes[0], min(number, 1_000))), number, times, room)),
        "forms": without_argon2id(lambda: forms.rows(unit(max(sizes[0], min(number, 1_000))), number, times)),
        "command": lambda: [
            *processes.command([unit(size, dear=True) for size in sizes], cost, times),
            *processes.argon2id_at_work(unit(sizes[0], dear=True), cost, times),
        ],
    }


def main() -> int:
    """Measure, print the table, keep it if asked to. 0 always: a slow machine is no fault of the program."""
    asked, began = arguments(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pupil-desk-bench-") as place, ExitStack() as meanwhile:
        home = Path(place) / "home"
        home.mkdir()
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "PROGRAMDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = str(home)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its compiled files, and keeps them
        if not os.access(HERE.parents[1] / "pupil_desk", os.W_OK):  # as for a program that a manager installed for all
            os.environ["PYTHONPYCACHEPREFIX"] = str(Path(place) / "compiled")
        from bench.measuring import Row
        from bench.table import printed

        if asked.times == 1:  # one single turn measures nothing: what comes out alike each time is worked out once, as in the suite
            from tests import once

            meanwhile.enter_context(once.all_of(home))
        rows: list[Row] = []
        for name, measure in groups(asked, Path(place)).items():
            if not name.startswith(asked.only):
                continue
            started = time.monotonic()
            print(f"{name} …", end="", file=sys.stderr, flush=True)
            rows += _measured(name, measure)
            print(f" {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print(printed(rows, time.monotonic() - began))
    if asked.json:
        asked.json.write_text(json.dumps([row.as_json() for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _measured(name: str, measure: Callable[[], Sequence[Any]]) -> Sequence[Any]:
    """The rows of a group; one that fails is told as failed, and the others are measured all the same."""
    import traceback

    from bench.measuring import Row

    try:
        return measure()
    except Exception as error:  # noqa: BLE001 - told in the table, with its trace
        traceback.print_exc()
        return [Row(name=f"{name} (group)", floor="–", target="–", failed=f"could not be measured: {type(error).__name__}: {error}")]


if __name__ == "__main__":
    sys.exit(main())
