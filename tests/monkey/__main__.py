"""``python -m tests.monkey``: a long run, and what it found."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.journeys.screen import ROOT
from tests.monkey.run import Report, run


class Said:
    """Tells how far it is and each fault, once and at once: a long run may be ended."""

    def __init__(self) -> None:
        self._faults = 0

    def say(self, report: Report) -> None:
        print(f"{time.strftime('%H:%M:%S')} {report.presses:,} presses, {len(report.faults)} faults", flush=True)
        for fault in report.faults[self._faults :]:
            print(f"  {fault}", flush=True)
        self._faults = len(report.faults)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="dev.py torture --monkey", description=__doc__)
    parser.add_argument("--presses", type=int, default=100_000, help="so many keys and clicks")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to leave the unit and the pictures")
    parser.add_argument(
        "--tree", type=Path, default=ROOT, help="the source of the program, such as an earlier one with its Python in .venv"
    )
    parser.add_argument("--page", default="", help="the title of a page to which the monkey goes back again and again, such as Users")
    told = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = run(
            told.folder or Path(folder), presses=told.presses, seed=told.seed, tree=told.tree.resolve(), page=told.page, told=Said().say
        )
    seconds = time.monotonic() - began
    print(f"{report.presses:,} presses with seed {told.seed} in {seconds:.0f} s, of which {report.heard:,} were heard,", end=" ")
    print(
        f"on {len(report.reached)} of {len(report.all_pages)} pages and {len(report.dialogs)} dialogs; {report.watched} were watched; "
        f"{report.signed_in} times signed in."
    )
    if not_reached := sorted(report.all_pages - report.reached):
        print(f"Pages that were not reached: {', '.join(not_reached)}.")
    for fault in report.faults:
        print("FAULT", fault)
    print(f"Acts by kind: {', '.join(f'{kind} {count}' for kind, count in report.kinds.most_common()) or 'none'}.")
    print(
        f"{len(report.bugs)} bugs, {len(report.unasked)} unasked, {len(report.moved)} moved, {len(report.locked_out)} locked out, "
        f"{len(report.for_good)} for good."
    )
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
