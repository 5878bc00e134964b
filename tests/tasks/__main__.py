"""Does all the tasks on the real window and prints the table of before and after; ``--keep`` writes what they take now to after.toml.

``--kept`` prints the table of the two files alone. Numbers name the tasks to do.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.journeys.screen import ROOT
from tests.tasks.counts import AFTER, BEFORE, Count, keep, kept, measure, table
from tests.tasks.kinds import TASKS


def main(arguments: list[str]) -> int:
    """Returns 1 where a task could not be done or takes more than it did before, or the wheel."""
    before = kept(BEFORE) if BEFORE.exists() else {}
    numbers = sorted(int(word) for word in arguments if word.isdigit()) or sorted(TASKS)
    counts = kept(AFTER) if "--kept" in arguments else _measured(numbers)
    if "--keep" in arguments:
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        keep(AFTER, (kept(AFTER) if AFTER.exists() else {}) | counts, commit)
    print("\n".join(table(before, counts)))
    worse = [number for number in counts if number in before and counts[number].actions > before[number].actions]
    return 1 if worse or len(counts) < len(numbers) or any(count.scrolls for count in counts.values()) else 0


def _measured(numbers: list[int]) -> dict[int, Count]:
    counts = {}
    for number in numbers:
        with TemporaryDirectory(prefix="pupil-desk-task-") as folder:
            try:
                counts[number] = measure(TASKS[number], Path(folder))
                print(f"{number}: {counts[number].actions}", flush=True)
            except AssertionError as error:
                print(f"{number}: {str(error)[:200]}", flush=True)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
