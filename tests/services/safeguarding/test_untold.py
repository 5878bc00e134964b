"""Nobody but the lead learns of whom there is a file: not by what stays on file, nor by an export or the log in it."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services import bin as recycle_bin
from pupil_desk.services import sheet
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.notes import readers, second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.packs import compiling
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.store.tables import pupils
from tests.services.exports.made import OFFICER, PASSWORD, Unit
from tests.services.imports.made import BEN, table
from tests.services.notes.scene import LEAD, LEADS, at
from tests.services.safeguarding.test_files import concern


def test_why_a_pupil_stays_does_not_name_the_file(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    assert recycle_bin.why_pupil_stays(unit.desk, pupil.id) == ""
    writing.write_concern(unit.desk, concern(pupil))
    assert recycle_bin.why_pupil_stays(unit.desk, pupil.id).startswith("Something was done with the record since that is never taken away")
    unit.said(pupil, "allow")
    assert "choice" in recycle_bin.why_pupil_stays(unit.desk, pupil.id), "what may be told is told first"


def test_why_an_import_is_not_undone_does_not_name_the_file(unit: Unit, lead: StaffMember) -> None:
    heading = "upn | surname | forename | dob | enrolment_status | start_date"
    run_import(unit.desk, "pupils", table(f"{heading}\n{BEN} | Beck | Ben | 06/02/2011 | C | 02/09/2026"))
    brought = pupils.holder_of_upn(unit.desk.vault, BEN)
    assert brought is not None
    writing.write_concern(unit.desk, concern(brought))
    undone = undoing.undo(unit.desk, past_imports(unit.desk)[0].id)
    (left,) = undone.left
    assert left.reason.startswith("Something was done with the record since, such as a paper that was printed.")


def whole_unit(unit: Unit, stick: Path) -> Mapping[str, list[dict[str, str]]]:
    """The tables of an export of the whole unit, those under a lock of their own too."""
    made = run_export(unit.desk, "whole-unit", stick, ExportOrder(reason="A new program"))
    tables = {}
    for name, password in made.secrets:
        for path, data in unlocked((stick / name).read_bytes(), password).items():
            if path.endswith(".csv"):
                tables[Path(path).stem] = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    return tables


def test_the_whole_unit_without_the_lead_does_not_say_who_has_a_file(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    files.of_pupil(at(unit, LEAD, LEADS), pupil.id)
    at(unit, OFFICER, PASSWORD)
    tables = whole_unit(unit, tmp_path)
    assert tables["safeguarding_entry"] == []
    about_files = [row for row in tables["log"] if row["kind"] == files.FILE]
    assert about_files
    assert {(row["object_id"], row["reason"]) for row in about_files} == {("", "")}
    assert any(row["object_id"] == pupil.id for row in tables["log"]), "other rows say whom they are about"


def test_the_whole_unit_with_the_lead_tells_the_log_of_what_was_told_nothing(
    unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path
) -> None:
    other = unit.pupil("Abel", "Ann", pupil.dob)
    writing.write_concern(unit.desk, concern(pupil))
    officer = unit.desk.user
    readers.set_reader(unit.desk, officer, may=True, reason="Deputy", room=SAFEGUARDING_FILES)
    second_key.hand_over(at(unit, LEAD, LEADS), officer, SAFEGUARDING_FILES)
    at(unit, OFFICER, PASSWORD)
    tables = whole_unit(unit, tmp_path)
    assert [row["pupil_id"] for row in tables["safeguarding_entry"]] == [pupil.id]
    taken = {row["object_id"] for row in tables["log"] if row["kind"] == files.FILE and row["reason"]}
    assert taken == {pupil.id, other.id}, "the log says it of all alike"
    told = {row["pupil_id"]: row["fields"] for row in unit.desk.vault.rows("SELECT pupil_id, fields FROM disclosure")}
    assert told[pupil.id] == told[other.id]
    assert "safeguarding" not in told[pupil.id]


def test_no_sheet_and_no_copy_says_that_there_is_none(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    """«We hold nothing about: safeguarding file» would be false of one, and tell of all the others."""
    writing.write_concern(unit.desk, concern(pupil))
    story, _title = sheet.paper(unit.desk, pupil.id)
    assert "afeguarding file" not in plain_text(story)
    assert not any("afeguarding" in part.title for part in compiling.parts_of(unit.desk, pupil.id))
