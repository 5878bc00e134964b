"""The contact sheet: everyone who attends that day, whom to call, and nobody who must not be called."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Format
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from tests.services.exports.made import Unit
from tests.services.exports.test_returns import lines, made, text_of

AUTUMN = date(2026, 9, 2)


@pytest.fixture
def filled(unit: Unit) -> Unit:
    ann = unit.pupil(
        "Ash", "Annabel", date(2012, 1, 5), preferred_forename="Ann", year_group="10", address_1="1 Elm Row", postcode="AL28 1AB"
    )
    health.add_item(unit.desk, HealthItem(pupil_id=ann.id, kind="allergy", what="Nuts", severity="life-threatening", emergency="Pen"))
    unit.contact(ann, "Second", order=2, phone="01632 960002", mobile="07700 900002")
    unit.contact(ann, "First", order=1, mobile="07700 900001", address_1="2 Oak Way")
    unit.contact(ann, "Silent", order=3)
    ben = unit.pupil("Birch", "Ben", date(2011, 2, 6))
    unit.contact(ben, "Kind", mobile="07700 900003")
    unit.protect(ben, "order", unit.contact(ben, "Barred", mobile="07700 900666"))
    unit.pupil("Guest", "Gil", date(2012, 5, 6), Enrolment(status="G", start_date=AUTUMN))
    unit.pupil("Older Guest", "Gus", date(2012, 5, 6), Enrolment(status="G", start_date=AUTUMN, end_date=date(2026, 11, 23)))
    for status in ("F", "O"):
        unit.pupil(f"Elsewhere {status}", "El", date(2012, 5, 6), Enrolment(status=status, start_date=AUTUMN))
    unit.pupil("Left", "Lou", date(2012, 5, 6), Enrolment(status="C", start_date=AUTUMN, end_date=date(2026, 11, 23)))
    return unit


def test_who_is_on_it_and_whom_to_call(filled: Unit, stick: Path) -> None:
    result = made(filled, "contact-sheet", stick, format=Format.CSV)
    header, *rows = lines(result, stick)
    assert header == (
        "surname,forename,preferred_surname,preferred_forename,dob,year_group,enrolment_status,medical,"
        "contact_1_title,contact_1_forename,contact_1_surname,contact_1_relationship,contact_1_mobile,contact_1_phone,"
        "contact_2_title,contact_2_forename,contact_2_surname,contact_2_relationship,contact_2_mobile,contact_2_phone,ask_office"
    )
    assert rows == [
        "Ash,Annabel,,Ann,2012-01-05,10,C,Y,,,First,PAM,07700 900001,,,,Second,PAM,07700 900002,01632 960002,",
        "Guest,Gil,,,2012-05-06,,G,,,,,,,,,,,,,,",
    ]
    assert [pupil.surname for pupil, _reason in result.left_out] == ["Birch"]
    assert "A table may not name everyone: for a roll-call use the printed sheet." in " ".join(result.receipt_text.split())
    (file,) = made(filled, "contact-sheet", stick, format=Format.XLSX).files
    book, about = (stick / file.name).read_bytes(), "About this file"
    codes = dict(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(about).to_python())["Codes"]
    assert codes.splitlines() == [
        "Year group: 10 = Year 10",
        "Enrolment status: C = Current (single registration here); G = Guest (attends some sessions, not registered here)",
        "Relationship: PAM = Mother",
    ]
    with zipfile.ZipFile(io.BytesIO(book)) as inside:
        sheet, names = inside.read("xl/worksheets/sheet1.xml").decode(), inside.read("xl/workbook.xml").decode()
    assert "$A:$B" in names, "whom a row is about stands on each page, in view too"
    assert 'xSplit="2"' in sheet
    assert 'fitToWidth="3" fitToHeight="0"' in sheet


def test_a_protected_pupil_confirmed_by_name_is_on_it_without_who_is_barred(filled: Unit, stick: Path) -> None:
    ids = frozenset(row["id"] for row in filled.desk.vault.rows("SELECT id FROM pupil WHERE surname = 'Birch'"))
    (page,) = text_of(made(filled, "contact-sheet", stick, confirm=ids), stick)
    said = " ".join(page.split())
    for words in (
        "Ash, Ann",
        "health: see the first-aid card",
        "1. First, mother: 07700 900001",
        "Birch, Ben",
        "ask the office before you tell anyone else",
        "Kind, mother",
        "a guest",
        "3 pupils",
    ):
        assert words in said
    for words in ("Barred", "900666", "Elm Row", "Oak Way", "Nuts", "Left, Lou"):
        assert words not in said
    without = " ".join(" ".join(text_of(made(filled, "contact-sheet", stick), stick)).split())
    assert "1 pupil is on this sheet by name alone" in without
    assert "3 pupils" in without
    assert "Birch, Ben Details are kept at the office" in without
    for words in ("Kind", "Barred", "900003", "900666", "6 Feb 2011"):
        assert words not in without


def test_of_one_who_stands_by_name_alone_the_name_is_told_and_logged_and_the_rows_are_the_others(filled: Unit, stick: Path) -> None:
    result = made(filled, "contact-sheet", stick)
    assert (result.rows, [pupil.surname for pupil, _reason in result.left_out]) == (2, ["Birch"])
    assert "protected: all but the name" in result.receipt_text
    rows = filled.desk.vault.rows("SELECT p.surname, d.fields, d.reason FROM disclosure d JOIN pupil p ON p.id = d.pupil_id")
    by_surname = {row["surname"]: row for row in rows}
    assert tuple(by_surname["Birch"])[1:] == ("pupil.surname, pupil.forename", "The name alone.")
    assert by_surname["Guest"]["fields"] == "pupil.surname, pupil.forename, pupil.dob, enrolment.status"
    told_of_ash = by_surname["Ash"]["fields"].split(", ")
    assert told_of_ash[:4] == ["pupil.surname", "pupil.preferred_forename", "pupil.dob", "pupil.year_group"]
    assert not {"pupil.forename", "enrolment.status"} & {*told_of_ash}, "neither stands on the sheet"
    before = filled.count("disclosure")
    made(filled, "contact-sheet", stick, format=Format.CSV)
    assert filled.count("disclosure") == before + 2


def test_where_nothing_is_recorded_of_health_the_sheet_says_so(filled: Unit, stick: Path) -> None:
    said = " ".join(" ".join(text_of(made(filled, "contact-sheet", stick), stick)).split())
    assert said.count("health: not recorded") == 1  # the guest
    assert said.count("health: see the first-aid card") == 1


def test_a_letter_that_no_font_has_is_a_box_and_stops_no_sheet(filled: Unit, stick: Path) -> None:
    strange = filled.pupil("𡈽", "小", date(2012, 1, 5))
    filled.pupil("𠮷", "小", date(2012, 1, 5), preferred_surname="Long", preferred_forename="Xiao")
    filled.contact(strange, "𠮷", mobile="07700 900004")
    said = " ".join(" ".join(text_of(made(filled, "contact-sheet", stick), stick)).split())
    for words in (f"□, 小 ({strange.ref})", "1. □, mother", "Long, Xiao", "Ash, Ann"):
        assert words in said
    (problem,) = preview(filled.desk, "contact-sheet", ExportOrder(reason="")).problems
    assert (problem.pupil.id, problem.item, problem.stops, "𡈽" in problem.words) == (strange.id, "pupil.preferred_surname", False, True)
    assert preview(filled.desk, "contact-sheet", ExportOrder(reason="", format=Format.CSV)).problems == []


def test_office_staff_make_it_locked_and_confirm_nobody(filled: Unit, stick: Path) -> None:
    office = filled.as_role(Role.OFFICE)
    result = run_export(office, "contact-sheet", stick, ExportOrder(reason="Fire drill"))
    assert (result.rows, len(result.files)) == (2, 1)
    assert result.password
    for order in (ExportOrder(reason="x", plain=True), ExportOrder(reason="x", confirm=frozenset({"x"}))):
        with pytest.raises(NotAllowed):
            run_export(office, "contact-sheet", stick, order)
