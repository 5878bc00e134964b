"""The process that held the key ends, whatever still stands on the screen."""

import os
import subprocess
import sys
from pathlib import Path

_HELD = """
import subprocess, sys, threading
from pathlib import Path
from PySide6.QtWidgets import QApplication
from pupil_desk.ui import starting_again

app = QApplication([])
subprocess.Popen = lambda command, **_: print(*command[1:])
starting_again.LAST_MOMENT = float(sys.argv[1])
starting_again.start_again(Path("unit.pupildesk"))
sys.stdout.flush()
if sys.argv[2] == "held":
    threading.Event().wait(50)  # as a dialog of the system's own holds it
    sys.exit(3)
"""


def _run(last: float, how: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", _HELD, str(last), how],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env=surroundings,
        timeout=60,
    )


def test_it_ends_while_a_dialog_of_the_system_holds_it() -> None:
    ended = _run(0.1, "held")
    assert (ended.returncode, ended.stdout.strip()) == (0, "-m pupil_desk --unit unit.pupildesk")


def test_it_does_not_wait_for_the_last_moment() -> None:
    assert _run(3_000, "free").returncode == 0
