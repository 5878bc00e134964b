"""What a person does, done while calls of the disk fail, below the engine; and what is so then.

``python -m tests.services.powercut.troubled save FOLDER EVERY`` is run on a disk that may fail (``disk.run_on``), and prints what it found as JSON: it
enters a session of the register once for every such call of the save, each time in a copy of the unit's folder. ``open FOLDER`` signs in on a disk that
is full, and looks at the file there.
"""

import ctypes
import errno
import functools
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, Known
from pupil_desk.services.unit import units
from pupil_desk.store.file import checks, keyslots
from pupil_desk.store.file.vault import Vault
from tests.services.exports.made import MOMENT, OFFICER, PASSWORD
from tests.services.powercut.clerk import enter

_WHEREVER = (errno.EIO, errno.ENOSPC)


@dataclass(frozen=True)
class Found:
    """How many calls failed, how many saves were said to have failed, and what was not as it was said."""

    tried: int
    failed: int
    wrong: list[str]


def save_at_each(folder: Path, every: int) -> Found:
    """A save in which one call fails, or all from that on; the save after it, and the file as it is opened again, are as they were said to be."""
    disk = ctypes.CDLL(os.environ["LD_PRELOAD"])
    calls, failed, tried, wrong = _one(disk, folder, 0, 0, False)[1], 0, 0, []
    for at in range(1, calls + 1, every):
        for code in _WHEREVER:
            for for_good in (False, True):
                said, _calls, found = _one(disk, folder, at, code, for_good)
                tried, failed = tried + 1, failed + (not said)
                wrong += [f"{errno.errorcode[code]} at call {at}{' and on' if for_good else ''}: {words}" for words in found]
    return Found(tried, failed, wrong)


def _one(disk: ctypes.CDLL, folder: Path, at: int, code: int, for_good: bool) -> tuple[bool, int, list[str]]:
    """Whether the save was said to be done, how many calls it made, and what is wrong after it."""
    place = folder / "trial"
    shutil.copytree(folder / "pattern", place)
    desk = units.sign_in(place / "u", name=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT))
    disk.disk_fails(at, code, for_good)
    try:
        enter(desk, 0)
        said = True
    except CannotWrite:
        said = False
    finally:
        calls = disk.disk_calls()
        disk.disk_fails(0, 0, 0)
    found = [] if _sessions(desk.vault) == said else [f"said {said}, and it is seen otherwise"]
    try:
        enter(desk, 1)
    except Known as error:
        found.append(f"the next save does not work: {error}")
    units.sign_out(desk)
    again = units.sign_in(place / "u", name=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT))
    if _sessions(again.vault) != said + 1:
        found.append(f"said {said}, and there are {_sessions(again.vault) - 1}")
    found += [*checks.look_over(again.vault), *(defect.message for defect in checks.verify_log(again.vault))]
    units.sign_out(again)
    shutil.rmtree(place)
    return said, calls, found


def _sessions(vault: Vault) -> int:
    row = vault.first_row("SELECT count(DISTINCT day || session) FROM mark")
    return int(row[0]) if row else 0


def open_on_full(folder: Path) -> dict[str, object]:
    """What is said to who signs in on a full disk; how many sessions who looks at the file sees, with a full temporary folder and with another."""
    disk = ctypes.CDLL(os.environ["LD_PRELOAD"])
    place, before = folder / "pattern" / "u", _contents(folder / "pattern")
    shutil.disk_usage = lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 0)  # type: ignore[attr-defined]
    how = {"name": OFFICER, "password": PASSWORD, "clock": FixedClock(MOMENT)}
    told: dict[str, object] = {"seen": []}
    disk.disk_fails(1, errno.ENOSPC, True)
    try:
        units.sign_in(place, **how)
    except Known as error:
        told.update(refused=type(error).__name__, words=error.message)
    for temporary in (None, str(folder)):
        tempfile.tempdir = temporary
        desk = units.sign_in(place, read_only=True, **how)
        told["seen"] = [*told["seen"], _sessions(desk.vault)]  # type: ignore[misc]
        units.sign_out(desk)
    disk.disk_fails(0, 0, 0)
    return {**told, "changed": sorted(name for name, data in _contents(folder / "pattern").items() if before.get(name) != data)}


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


if __name__ == "__main__":
    keyslots._stretch = functools.cache(keyslots._stretch)
    act, given = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(open_on_full(given) if act == "open" else vars(save_at_each(given, int(sys.argv[3])))))
