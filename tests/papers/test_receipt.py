"""The receipt to sign is one page, accessible, the same each time, and names no pupil."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers import receipt as layout
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.listing import one_made
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers.receipt_paper import receipt_of, receipt_paper, receipt_printed
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit


def test_the_receipt_is_one_page_to_sign(unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5))
    for number in range(30):
        unit.pupil("Youngling", f"Una{number}", date(2014, 6, 6))
    stick = tmp_path / "stick"
    stick.mkdir()
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    data = receipt_paper(unit.desk, made.export_id)
    assert_accessible(data)
    (page,) = pages_of(data, tmp_path, "-layout")
    read = squeezed(page)
    for told in (
        "Termly return",
        "Larkfield Centre (919/1100)",
        made.files[0].name,
        made.files[0].sha256,
        "30: because of the pupil’s age on that day",
        "Handed over by",
        "Received by",
        "Date",
        "Ann Officer, data officer",
    ):
        assert squeezed(told) in read, told
    assert "Quill" not in read
    assert "Una" not in read
    assert "P0002" not in read
    assert data == receipt_paper(unit.desk, made.export_id)
    receipt_printed(unit.desk, made.export_id)
    assert unit.log()[-1] == ("print-form", made.export_id, "receipt")

    receipt = receipt_of(unit.desk, one_made(unit.desk, made.export_id))
    nothing = plain_text(layout.story(dataclasses.replace(receipt, rows=0, files=[], lock="", levels=[], left_out=[])))
    assert "Nothing was due" in nothing
    assert "No file was made" in nothing
    monkeypatch.setattr("pupil_desk.store.tables.frozen.of_export", lambda _vault, _id: None)  # one made by an older program
    older = plain_text(layout.story(receipt_of(unit.desk, one_made(unit.desk, made.export_id))))
    assert "30: see the text of the receipt" in older
    assert made.files[0].name in older
