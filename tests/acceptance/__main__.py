"""``python3 dev.py torture --acceptance [N…] [--record]`` and ``--without [N…]``: the acceptance tests at full count, or each without its protection."""

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.acceptance import record
from tests.acceptance.outcome import Outcome, read
from tests.acceptance.table import NUMBERS, ROOT, marks


def run(number: int, *, without: int | None = None) -> Outcome:
    """The tests of a number, in a process of their own."""
    files = sorted({mark.file for mark in marks() if number in mark.numbers})
    if not files:
        return Outcome({})
    chosen, which = ("acceptance", []) if without is None else ("acceptance and not torture", [f"--without={without}"])
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", chosen, f"--acceptance={number}", *which]
        ran = subprocess.run([*command, f"--told={told}", *files], cwd=ROOT, capture_output=True, text=True)
        if not told.exists() or ran.returncode not in (0, 1):
            print(ran.stdout, ran.stderr, file=sys.stderr)
            return Outcome({})
        outcome = read(told)
    if without is None and outcome.failing:
        print(ran.stdout, file=sys.stderr)
    return outcome


def in_full(numbers: list[int], *, keep: bool) -> int:
    """Run each at full count, and say how it went in a table; how many failed."""
    bad = 0
    print(f"{'no.':>4} {'tried':>8} {'seconds':>8}  what, and what was lost")
    for number in numbers:
        outcome = run(number)
        print(f"{number:>4} {outcome.tried:>8,} {outcome.seconds:>8,.0f}  {NUMBERS[number].says}: {outcome.lost}", flush=True)
        bad += not outcome.holds
        if keep and outcome.holds:
            record.keep(number, outcome, date.today())
    print(f"{len(numbers) - bad} of {len(numbers)} hold at full count.")
    return bad


def taken_out(numbers: list[int]) -> int:
    """Each number's tests must fail when what they test is gone; how many numbers have a test, or a protection, of which that is not so."""
    bad = 0
    for number in numbers:
        faults, noticed, tests = [], set(), set()
        for index, protection in enumerate(NUMBERS[number].without):
            outcome = run(number, without=index)
            tests |= outcome.functions
            noticed |= outcome.failing
            if not outcome.failing:
                faults.append(f"nothing fails without {protection.name}{outcome.broken}")
        faults += [f"{test} passes, whatever is taken out" for test in sorted(tests - noticed)]
        if not NUMBERS[number].without:
            faults.append("no protection is named")
        print(f"{number:>4}  {'; '.join(faults) or f'{len(noticed)} of {len(tests)} tests fail, as they must'}", flush=True)
        bad += bool(faults)
    print(f"{len(numbers) - bad} of {len(numbers)} are shown to fail when their protection is taken out.")
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--acceptance", nargs="*", type=int, metavar="N", help="run at full count: these numbers, or all")
    parser.add_argument("--without", nargs="*", type=int, metavar="N", help="run with each protection taken out: these numbers, or all")
    parser.add_argument("--record", action="store_true", help="keep the result of a full run, and write it into the help")
    told = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ours = [number for number in sorted(NUMBERS) if not NUMBERS[number].windows]
    bad = taken_out(told.without or ours) if told.without is not None else 0
    bad += in_full(told.acceptance or ours, keep=told.record) if told.acceptance is not None else 0
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
