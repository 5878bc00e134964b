"""Run by a test in a process of its own: the same export again and again, each killed at another moment.

Arguments: the unit's file, a folder, the password, the moment in ISO form, how many kills, and what is made (``KINDS``). Prints how many
lines there are to be killed at.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Format, NewFile, Writing
from pupil_desk.services.exports.making import ExportOrder, make
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.learning import next_steps
from pupil_desk.services.pupils import leaver_pack, pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit.units import sign_in
from tests.services.exports.faults import killed_at
from tests.services.exports.made import Unit


def two_files(writing: Writing) -> list[NewFile]:
    return [NewFile(f"{writing.stem}-{part}.csv", part.encode() * 5000) for part in ("a", "b")]


TWO = replace(YOUTH_SUPPORT, layouts={Format.CSV: two_files})
REASON = "Termly return"
LEAVER = "Quickly"


def fill(unit: Unit) -> None:
    """Somebody for every kind: two who leave for two schools, one who means to go to two providers."""
    for number, (surname, school) in enumerate(((LEAVER, "919/4001"), ("Quietly", "919/4003"))):
        stay = Enrolment(
            status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 20), next_school=school, deletion_ground="9(1)(a)"
        )
        unit.pupil(surname, "Zoë", date(2012, 5, 6), stay, upn=("Y919110026001", "M919110026002")[number])
    going = unit.pupil("Quillfeather", "Ottoline", date(2010, 1, 5), upn="B801200005001")
    sharing.record_choices(
        unit.desk, [Choice(pupil_id=going.id, recipient="post-16", choice="allow", by="pupil", on=date(2026, 9, 10), channel="form")]
    )
    for name in ("Wyming College", "Marden Training"):
        next_steps.add_destination(unit.desk, Destination(pupil_id=going.id, kind="offer", activity="230", provider=name))


def _leavers(desk: Desk) -> frozenset[str]:
    """By name, for they were sent before."""
    return frozenset(pupil.id for pupil in pupils.all_pupils(desk)) - {pupil.id for pupil in pupils.on_roll(desk, desk.today)}


def _pack(desk: Desk, folder: Path) -> object:
    leaver = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == LEAVER)
    [stay] = pupils.record(desk, leaver.id).stays
    return leaver_pack.make_pack(desk, leaver.id, stay.id, folder, leaver_pack.LeaverPackOptions(reason=REASON))


KINDS: Mapping[str, Callable[[Desk, Path], object]] = {
    "two": lambda desk, folder: make(desk, TWO, folder, ExportOrder(reason=REASON, plain=True)),
    "tables-each-locked": lambda desk, folder: run_export(desk, "post-16", folder, ExportOrder(reason=REASON)),
    "workbook-locked": lambda desk, folder: run_export(desk, "youth-support", folder, ExportOrder(reason=REASON, format=Format.XLSX)),
    "tables-plain": lambda desk, folder: run_export(desk, "school-census", folder, ExportOrder(reason=REASON, plain=True)),
    "xml-in-a-zip": lambda desk, folder: run_export(desk, "ctf", folder, ExportOrder(reason=REASON, pupils=_leavers(desk))),
    "pdf-locked": lambda desk, folder: run_export(desk, "contact-sheet", folder, ExportOrder(reason=REASON)),
    "leaver-pack": _pack,
}
"""What is made: two files of 5,000 bytes; real ones of each format and lock; and the leaver pack, an export with locked papers beside it."""


def signed_in(unit: Path, password: str, moment: str) -> Desk:
    return sign_in(unit / "unit.pupildesk", name="Ann Officer", password=password, clock=FixedClock(datetime.fromisoformat(moment)))


def one(unit: Path, folder: Path, password: str, moment: str, at: int, kind: str) -> int:
    """Make it from a copy of the unit, in a process of its own, with a kill at a line; returns the lines, or 0 if it was killed."""
    place = folder / str(at)
    shutil.copytree(unit, place / "unit")
    (place / "stick").mkdir()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            desk = signed_in(place / "unit", password, moment)
            lines = killed_at(at, lambda: KINDS[kind](desk, place / "stick"))
            os.write(writing, str(lines).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as told:
        return int(told.read() or b"0")


def main() -> None:
    unit, folder, password, moment, kills = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
    kind = sys.argv[6]
    lines = one(unit, folder, password, moment, 10**9, kind)
    for number in range(kills):
        one(unit, folder, password, moment, 1 + lines * number // kills, kind)
    print(lines)


if __name__ == "__main__":
    main()
