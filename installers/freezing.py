"""Freezing: PyInstaller makes the program's folder, and every file in it gets the one time of its commit."""

import os
import shutil
from pathlib import Path

from installers.interpreter import Interpreter
from installers.places import INSTALLERS, moment_of

PROGRAM = "program"  # the folder's name in either specification
SPEC = INSTALLERS / "frozen.spec"
BARE = INSTALLERS / "bare" / "bare.spec"


def freeze(python: Interpreter, source: Path, folder: Path, version_resource: str = "", *, spec: Path = SPEC) -> Path:
    """Freeze a checkout; returns the folder of the program. What PyInstaller says is in ``folder/pyinstaller.log``.

    ``spec`` may be BARE: a bare window, frozen the same way. Raises BuildFailed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / "work"
    work.mkdir(parents=True)
    resource = work / "version.txt"
    resource.write_text(version_resource, encoding="utf-8")
    python.run(
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--distpath",
        python.names(folder),
        "--workpath",
        python.names(work),
        python.names(spec),
        log=folder / "pyinstaller.log",
        PUPIL_DESK_SOURCE=python.names(source),
        PUPIL_DESK_VERSION_RESOURCE=python.names(resource),
        PYINSTALLER_CONFIG_DIR=python.names(work / "cache"),
        SOURCE_DATE_EPOCH=str(moment_of(source)),
        PYTHONHASHSEED="1",  # the order of sets ends in compiled code
    )
    return folder / PROGRAM


def set_times(folder: Path, moment: int) -> None:
    """Give everything in a folder one time, so that two archives of it are alike."""
    for place, _folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.utime(Path(place, name), (moment, moment))
        os.utime(place, (moment, moment))
