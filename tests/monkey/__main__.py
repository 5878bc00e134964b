"""``python -m tests.monkey``: a long run, or several with the seeds that follow each other, and what was found."""

import argparse
import time
from functools import partial
from pathlib import Path

from tests.journeys.screen import ROOT
from tests.monkey.side_by_side import all_of, one
from tests.monkey.summing import ENOUGH, lacking, sum_of, told_of


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="dev.py torture --monkey", description=__doc__)
    parser.add_argument("--presses", type=int, default=100_000, help="so many keys and clicks of each run")
    parser.add_argument("--seed", type=int, default=7, help="of the first run")
    parser.add_argument("--runs", type=int, default=1, help="so many runs, each with the seed after that of the one before")
    parser.add_argument("--at-once", type=int, default=3, help="so many runs side by side")
    parser.add_argument("--folder", type=Path, help="where to leave the units and the pictures")
    parser.add_argument(
        "--tree", type=Path, default=ROOT, help="the source of the program, such as an earlier one with its Python in .venv"
    )
    parser.add_argument("--page", default="", help="the title of a page to which the monkey goes back again and again, such as Users")
    told = parser.parse_args()
    began = time.monotonic()
    work = partial(one, presses=told.presses, folder=told.folder, tree=told.tree.resolve(), page=told.page)
    report = sum_of(all_of(work, range(told.seed, told.seed + told.runs), told.at_once))
    seconds = time.monotonic() - began
    print("\n".join(told_of(report, f"seed {told.seed} and {told.runs - 1} more" if told.runs > 1 else f"seed {told.seed}", seconds)))
    is_long = report.presses >= ENOUGH and not told.page and told.tree.resolve() == ROOT
    return 1 if report.faults or (is_long and lacking(report)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
