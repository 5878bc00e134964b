"""``python -m tests.monkey``: a long run, and what it found."""

import argparse
import tempfile
from pathlib import Path

from tests.monkey.run import run


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="dev.py torture --monkey", description=__doc__)
    parser.add_argument("--presses", type=int, default=100_000, help="so many keys and clicks")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to leave the unit and the pictures")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report, _left = run(told.folder or Path(folder), presses=told.presses, seed=told.seed)
    print(f"{report.presses:,} presses on {len(report.pages)} pages and {len(report.dialogs)} dialogs; acts in the log: {report.acts}")
    for fault in report.faults:
        print("FAULT", fault)
    print(f"{len(report.bugs)} bugs, {len(report.unasked)} unasked, {len(report.moved)} moved, {len(report.locked_out)} locked out.")
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
