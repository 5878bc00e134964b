"""The end of a process that held the key, and the start of the one that shows sign-in."""

import contextlib
import os
import subprocess
from pathlib import Path
from threading import Timer

from PySide6.QtWidgets import QApplication

from pupil_desk.basics.pc import own_program

LAST_MOMENT = 3.0  # seconds that this process may take to end by itself


def start_again(path: Path) -> None:
    """Start a new process of the program at sign-in for this file, and end this one. The file is closed already.

    A dialog of the system's own, such as Windows' for the printer, would keep this process going: after a last moment it ends
    all the same, since its memory held the key.
    """
    with contextlib.suppress(OSError):
        subprocess.Popen(own_program.window("--unit", str(path)), close_fds=True, start_new_session=True)
    last = Timer(LAST_MOMENT, os._exit, (0,))
    last.daemon = True
    last.start()
    QApplication.exit(0)
