"""Run by a test in a process of its own: the same export again and again, each killed at another moment.

Arguments: the unit's file, a folder, the password, the moment in ISO form, and how many kills. Prints how many lines there are to be killed at.
"""

import os
import shutil
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Format, NewFile, Writing
from pupil_desk.services.exports.making import Order, make
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.units import sign_in
from tests.services.exports.faults import killed_at


def two_files(writing: Writing) -> list[NewFile]:
    return [NewFile(f"{writing.stem}-{part}.csv", part.encode() * 5000) for part in ("a", "b")]


TWO = replace(YOUTH_SUPPORT, layouts={Format.CSV: two_files})


def signed_in(unit: Path, password: str, moment: str) -> Desk:
    return sign_in(unit / "unit.pupildesk", name="Ann Officer", password=password, clock=FixedClock(datetime.fromisoformat(moment)))


def one(unit: Path, folder: Path, password: str, moment: str, at: int) -> int:
    """Export from a copy of the unit, in a process of its own, with a kill at a line; returns the lines, or 0 if it was killed."""
    place = folder / str(at)
    shutil.copytree(unit, place / "unit")
    (place / "stick").mkdir()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            desk = signed_in(place / "unit", password, moment)
            lines = killed_at(at, lambda: make(desk, TWO, place / "stick", Order(reason="Termly return", plain=True)))
            os.write(writing, str(lines).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as told:
        return int(told.read() or b"0")


def main() -> None:
    unit, folder, password, moment, kills = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
    lines = one(unit, folder, password, moment, 10**9)
    for number in range(kills):
        one(unit, folder, password, moment, 1 + lines * number // kills)
    print(lines)


if __name__ == "__main__":
    main()
