"""``python -m tests.journeys`` (also ``dev.py torture --stalls``): all journeys and tasks, and where the window stood still longest meanwhile."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.journeys.watch.stalls import MOST, YARD, longest, quiet_yardstick

_TESTS = Path(__file__).parents[1]
_ALL = ["-m", "torture or not torture", str(_TESTS / "journeys"), str(_TESTS / "tasks")]


def main(words: list[str]) -> int:
    """Run them one by one; 1 where one fails, or the window stood still too long in any. ``words`` go to pytest."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "stalls.jsonl"
        env = {**os.environ, "PUPIL_DESK_STALLS": str(told), YARD: str(quiet_yardstick())}
        run = subprocess.run([sys.executable, "-m", "pytest", "-n0", "-q", *(words or _ALL)], cwd=_TESTS.parent, env=env)
        found = longest(told.read_text(encoding="utf-8").splitlines()) if told.exists() else []
    print(f"{len(found)} places where the window did more than {MOST} ms of work in one turn", *found, sep="\n")
    return int(run.returncode != 0 or bool(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
