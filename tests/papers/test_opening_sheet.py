"""The sheet that goes with a locked file: three steps for each lock, one page, no password and no pupil."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.opening_sheet import Opening, steps, story
from pupil_desk.documents.pdf.page import pages_needed
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Format
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers.opening_sheet import opening_sheet, opening_stories
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit


def test_each_lock_has_its_own_three_steps() -> None:
    assert "7-Zip" in steps("zip", "a table")[0]
    assert "a table" in steps("zip", "a table")[2]
    assert "Excel 2010 or later" in steps("xlsx", "")[1]
    assert "reader of PDF" in steps("pdf", "")[1]
    many = Opening(
        unit="Larkfield Centre (919/1100)",
        recipient="Youth support service",
        title="Pupils",
        made_on="24 November 2026",
        files=["a-very-long-name-of-a-file-2026-11-24-1005.zip"] * 3,
        lock="zip",
        contents="a table",
        ring="the data officer",
    )
    assert pages_needed(story(many)) == 1
    assert "0x80004005" in plain_text(story(many))


def test_the_sheet_of_an_export(unit: Unit, tmp_path: Path) -> None:
    unit.said(unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5)), "allow")
    made = run_export(unit.desk, "youth-support", tmp_path, ExportOrder(reason="Termly return", format=Format.XLSX))
    (told,) = opening_stories(unit.desk, made.export_id)
    text = plain_text(told)
    for told in (
        made.files[0].name,
        "Larkfield Centre (919/1100)",
        "Youth support service",
        "24 November 2026",
        "Excel 2010",
        "the data officer",
    ):
        assert told in text
    for secret in (made.password, "Quillfeather", "P0001"):
        assert str(secret) not in text
    assert_accessible(opening_sheet(unit.desk, made.export_id))
    plain = run_export(unit.desk, "youth-support", tmp_path, ExportOrder(reason="Termly return", plain=True))
    for none in (plain.export_id, "no-such"):
        with pytest.raises(WrongUse):
            opening_sheet(unit.desk, none)
