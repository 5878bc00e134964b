"""Where things are: the program's own resources, and the folder for the unit's data."""

import json
import os
import sys
from pathlib import Path

ENDING = ".pupildesk"  # of a unit's live file
UNIT_FILE = "unit" + ENDING  # its name, unless somebody chose another
OWN_UNIT = "unit/file"  # under which the window remembers where it lay
_CHECKOUT = Path(__file__).resolve().parents[2]  # once: each looks up every folder on the way
_DATA = Path("Pupil Desk", "data")  # on Windows, in the folder for what programs keep


def resource(*parts: str) -> Path:
    """A file that ships with the program, in a checkout and in a frozen build alike."""
    return home_of_program().joinpath("resources", *parts)


def home_of_program() -> Path:
    """The folder in which the program lies, in a checkout and in a frozen build alike."""
    return Path(getattr(sys, "_MEIPASS", _CHECKOUT))


def home_of_data() -> Path:
    """The folder proposed for a unit's live file: local to this PC, never Documents or Desktop, which are often synchronised."""
    if sys.platform == "win32":
        shared = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"))
        return first_open(shared / _DATA, Path(os.environ.get("LOCALAPPDATA", shared)) / _DATA)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "pupil-desk"


def first_open(shared: Path, own_folder: Path) -> Path:
    """The PC's folder of data, unless another user's unit lies in it and Windows refuses us; then our own."""
    try:
        with os.scandir(shared):
            return shared
    except PermissionError:
        return own_folder
    except OSError:
        return shared  # not there yet


def home_of_preferences() -> Path:
    """The folder for what this PC remembers of the window (sizes, the last file): never a word about a pupil."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home_of_data())) / "Pupil Desk"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "pupil-desk"


def window_memory() -> Path:
    """Where the window keeps what it remembers of this PC."""
    return home_of_preferences() / "window.json"


def own_unit_file() -> Path | None:
    """The office's own file as it was open last in the window, whether it is there now or not; None where nothing is remembered of it."""
    try:
        place = json.loads(window_memory().read_bytes())[OWN_UNIT]
        return Path(place)
    except (OSError, ValueError, TypeError, KeyError):
        return None
