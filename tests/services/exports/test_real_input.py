"""The real input, where it lies beside the checkout: the file tells of each pupil just what is expected."""

import csv
import io
import json
from pathlib import Path

import pytest

from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.imports.run import run_import
from tests.services.exports.made import REAL_INPUT, Unit


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
