"""A parent is told of at one address by every export: their own, or the pupil's if they live there and have none of their own.

The real input, where it lies beside the checkout: the file tells of each pupil just what is expected.
"""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.imports.run import run_import
from tests.services.exports.made import DAY, REAL_INPUT, Unit
from tests.services.exports.transfers import LEFT


@pytest.mark.parametrize(("own", "told"), [("9 Own Row", "9 Own Row"), (None, "1 Pupil Row")])
def test_of_a_parent_who_lives_with_the_pupil(unit: Unit, own: str | None, told: str) -> None:
    unit.with_parent()
    ada = unit.pupil("Ash", "Ada", date(2012, 5, 6), address_1="1 Pupil Row")
    gone = unit.pupil("Birch", "Bo", date(2012, 5, 6), LEFT, address_1="1 Pupil Row", upn="Y919110026001")
    for pupil in (ada, gone):
        unit.contact(pupil, "Ash", parental_responsibility=True, lives_with=True, address_1=own)
    columns = (OwnColumn("contact.address_1", "parent_address_1"),)
    ours = OwnExport(
        own_export="own-club", title="Club", recipient="Club", purpose="To play", basis="public-task", law="A law", columns=columns
    )
    for export in (export_named(unit.desk, "la-new-pupil"), export_named(unit.desk, "youth-support"), export_of(ours)):
        selection = export.select(unit.desk, Ask(day=DAY))
        (row,) = (one.rows[0] for one in selection.exported if one.pupil.id == ada.id)
        cells = dict(zip([column.heading for column in selection.sheets[0].columns], row.cells, strict=True))
        assert (export.name, cells.get("parent_1_address_1") or cells["parent_address_1"]) == (export.name, told)
    (file,) = export_named(unit.desk, "ctf").select(unit.desk, Ask(day=DAY)).exported
    paths = {row.key.rpartition("/")[2] for row in file.rows if "/Address/" in row.key}
    assert paths == ({"AddressLine1"} if own else {"AddressAsPupil"})


@pytest.mark.skipif(not (REAL_INPUT / "expected.json").exists(), reason="shared/data does not lie beside the checkout")
def test_the_file_tells_what_is_expected(unit: Unit, stick: Path) -> None:
    expected = json.loads((REAL_INPUT / "expected.json").read_text("utf-8"))["youth_support_preview"]
    for kind in ("pupils", "choices"):
        run_import(unit.desk, kind, (REAL_INPUT / "arrivals-canonical" / f"{kind}.csv").read_bytes())
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    rows = list(csv.DictReader(io.StringIO((stick / made.files[0].name).read_bytes().decode("utf-8-sig"), newline="")))

    def of(level: str) -> list[tuple[str, str, str]]:
        return sorted((p["surname"], p["forename"], p["dob"]) for p in expected["pupils"] if p["level"] == level)

    def names(full: bool) -> list[tuple[str, str, str]]:
        return sorted((r["surname"], r["forename"], r["dob"]) for r in rows if bool(r["enrolment_status"]) is full)

    assert expected["counts"] == {"none": len(made.left_out), "full": len(names(full=True)), "minimum": len(names(full=False))}
    assert names(full=True) == of("full")
    assert names(full=False) == of("minimum")
    assert sorted((p.surname, p.forename, p.dob.isoformat()) for p, _reason in made.left_out) == of("none")
