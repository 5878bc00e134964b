"""Two records of one person, joined after exports told of both, and parted again: digests, comparing, the access request, and erasing one of them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register, sheet
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.kept.comparing import compare
from pupil_desk.services.exports.making import ExportOrder
from tests.services import erased_at_once
from tests.services.duplicates.people import later
from tests.services.exports.made import DAY, Unit

NAMES = ("youth-support", "register", "la-new-pupil", "contact-sheet")
UPNS = ("Y919110026001", "M919110026002", "B919110026003")
BORN = date(2012, 1, 5)


def in_exports(unit: Unit, pupil: Pupil) -> list[str]:
    """The exports that the access request names."""
    section = next(section for section in sheet.everything(unit.desk, pupil.id) if section.name == "frozen")
    return sorted(str(entry.as_kept()["name"]) for entry in section.entries)


def differences(unit: Unit, export_id: str) -> tuple[object, ...]:
    made = compare(unit.desk, export_id)
    altered = {one.pupil.forename: sorted({(field.column.heading, field.key) for field in one.fields}) for one in made.altered}
    rows = [one for one in made.altered if one.rows_new or one.rows_gone or one.level]
    return (
        [one.pupil.forename for one in made.removed],
        [one.pupil.forename for one in made.new],
        altered,
        len(rows),
        made.unchanged,
        made.off_file,
    )


def test_joined_after_exports_of_both_and_parted_and_one_erased(unit: Unit, stick: Path) -> None:
    ann, anne, cy = (unit.pupil("Abel", name, BORN, upn=upn) for name, upn in zip(("Ann", "Anne", "Cy"), UPNS, strict=True))
    for pupil, day in ((ann, 3), (anne, 4), (cy, 3)):
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=date(2026, 11, day), session=Session.AM, code="/")])
    kept = ExportOrder(reason="Autumn", keep_content=DAY + timedelta(days=90))
    made = {
        name: run_export(unit.desk, name, stick, kept if name == "youth-support" else ExportOrder(reason="Autumn")).export_id
        for name in NAMES
    }
    same = ([], [], {}, 0, 3, 0)
    assert {name: differences(unit, made[name]) for name in NAMES} == dict.fromkeys(NAMES, same)
    digests = {tuple(row) for row in unit.desk.vault.rows("SELECT * FROM export_row")}

    merging.merge(unit.desk, ann.id, anne.id, reason="One girl")
    assert {name: differences(unit, made[name]) for name in NAMES} == {
        "youth-support": ([], [], {}, 0, 2, 0),
        "contact-sheet": ([], [], {}, 0, 2, 0),
        "register": ([], [], {"Ann": [("upn", "2026-11-04 AM")]}, 0, 1, 0),  # what the file says of Anne's day now bears Ann's number
        "la-new-pupil": ([], [], {"Ann": [("forename", ""), ("upn", "")]}, 0, 1, 0),
    }
    assert in_exports(unit, ann) == in_exports(unit, anne) == sorted(NAMES * 2)
    while_one = run_export(unit.desk, "youth-support", stick, replace(kept, reason="While they were one")).export_id

    merging.part(later(unit), anne.id, reason="They are cousins")
    assert {name: differences(unit, made[name]) for name in NAMES} == dict.fromkeys(NAMES, same)
    assert {tuple(row) for row in unit.desk.vault.rows("SELECT * FROM export_row")} >= digests
    assert differences(unit, while_one) == ([], ["Anne"], {}, 0, 2, 0)
    assert (in_exports(unit, ann), in_exports(unit, anne)) == (sorted((*NAMES, "youth-support")), sorted(NAMES))

    assert {one.export_id for one in frozen.contents(unit.desk)} == {made["youth-support"], while_one}
    erased_at_once.erase_pupil(unit.desk, anne.id, authority="A court")
    assert {name: differences(unit, made[name]) for name in NAMES} == dict.fromkeys(NAMES, ([], [], {}, 0, 2, 1))
    assert in_exports(unit, ann) == sorted((*NAMES, "youth-support"))
    assert frozen.contents(unit.desk) == []
    assert {tuple(row) for row in unit.desk.vault.rows("SELECT * FROM export_row")} >= {row for row in digests if anne.id not in row}
