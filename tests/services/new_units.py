"""A new unit made while the disk fails at any one call; and what is so then."""

import errno
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pupil_desk.basics.errors import Known, MadeClosed
from pupil_desk.basics.files import new_folder
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.unit import units
from pupil_desk.store.file import keyfile
from pupil_desk.store.file.keyslots import FLOOR
from tests.faults import Disk, failing, failures
from tests.services.key_acts import CLOCK, CODE, NEW, OFFICER, SAID, opens

SETTINGS = UnitSettings(name="Larkfield Centre", la="919", estab="1100")


def make(folder: Path) -> str:
    """A unit's file in a folder that is made for it, as the window does; returns the code."""
    with new_folder(folder / "data"):
        desk, code = units.create_unit(folder / "data" / "u", SETTINGS, user=OFFICER, password=NEW, clock=CLOCK, cost=FLOOR)
    desk.vault.close()
    return code


def fail_at_each(*, codes: Sequence[int] = (errno.ENOSPC, errno.EIO), every: int = 1) -> tuple[int, int, list[str]]:
    """Trials made, those of them that ended with «failed», and what was wrong after any. ``every`` call of so many fails."""
    with tempfile.TemporaryDirectory() as name:
        with failing(disk := Disk()):
            make(Path(name))
        clean = _all_in(Path(name))
    found: list[str] = []
    failed = tried = 0
    for broken in failures(disk.calls, every, codes):
        with tempfile.TemporaryDirectory() as name:
            said, wrong = _fails(Path(name), broken, clean)
        tried, failed = tried + 1, failed + said.startswith("failed")
        where = f"{broken.described(disk.calls)}, said {said}"
        found += [f"{where}: {words}" for words in (wrong if said in SAID else [*wrong, "not in our words"])]
    return tried, failed, found


def _fails(folder: Path, disk: Disk, clean: set[str]) -> tuple[str, list[str]]:
    """What was said of it, and what is wrong then, and after the second try."""
    said, code = _attempt(folder, disk)
    if not said.startswith("failed"):
        return said, _wrong_in(folder, code, clean)
    left = _all_in(folder)
    wrong = [f"left: {name}" for name in left if not disk.stays or name == "data/u"]  # a disk that fails on takes nothing away either
    again, code = _attempt(folder, Disk())
    return said, wrong + (_wrong_in(folder, code, clean) if again == "done" else [f"the second try: {again}"])


def _attempt(folder: Path, disk: Disk) -> tuple[str, str]:
    try:
        with failing(disk):
            return "done", make(folder)
    except MadeClosed as closed:
        return "sign in again", closed.code
    except Known as error:
        return "failed", error.message
    except OSError as error:
        return f"failed in the system's own words, {error}", ""


def _wrong_in(folder: Path, code: str, clean: set[str]) -> list[str]:
    path = folder / "data" / "u"
    found = [f"{name or 'the code'} does not open it" for name, secret in ((OFFICER, NEW), (CODE, code)) if not opens(path, name, secret)]
    found += ["the two copies of the keys differ"] * (len(keyfile.copies(path)) > 1)
    return found + [f"{name}: one more, or one fewer" for name in sorted(_all_in(folder) ^ clean)]


def _all_in(folder: Path) -> set[str]:
    return {str(place.relative_to(folder)) for place in folder.rglob("*") if not place.name.endswith(".tries")}
