"""A program killed at a chosen statement of an upgrade, and what it left."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.store.made import USER, Unit

# -- killed


OLD, NEW = "0.1.0", "0.2.0"
_PROGRAM = """
import sys
from pathlib import Path
import pupil_desk
from pupil_desk.basics.clock import SystemClock
from pupil_desk.store.file import keyfile, migrate, opening
path, data_key, migrate.SCRIPTS = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3])
from pupil_desk.store.file import upgrade
print("now", flush=True)
opening.open_with_key(path, keyfile.read(path), data_key, app_version=sys.argv[4], opened_by="", clock=SystemClock(), upgraded_by=sys.argv[5]).close()
print("done", flush=True)
"""


def killed_after(seconds: float | None, unit: Unit, data_key: bytes, scripts: Path) -> float:
    """Run the newer program and kill it after a time, or let it end; how long it ran."""
    command = [sys.executable, "-c", _PROGRAM, str(unit.path), data_key.hex(), str(scripts), NEW, USER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        began = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        assert seconds is not None or rest == "done\n"
        return time.monotonic() - began
