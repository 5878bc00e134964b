"""The youth-support file: its columns, what goes at each level, who is left out, and a parent's name and address."""

import csv
import io
from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Ask, Export, Format
from pupil_desk.services.exports.judged import parent_told, stay_on
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.post_16 import POST_16
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.learning import next_steps
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.services.sharing import sharing
from tests.services.exports.made import DAY, Unit, statements

COLUMNS = [
    "surname", "forename", "address_1", "address_2", "locality", "town", "county", "postcode", "dob", "upn", "uln", "sex",
    "ethnicity", "phone", "email", "year_group", "enrolment_status", "start_date", "sen_provision", "sen_need_1", "looked_after",
]  # fmt: skip
PARENT = [
    "parent_surname",
    "parent_forename",
    "parent_address_1",
    "parent_address_2",
    "parent_locality",
    "parent_town",
    "parent_county",
    "parent_postcode",
]
EVERYTHING = {
    "address_1": "94 Larkfield Rise", "address_2": "Flat 2, rear", "locality": "Nether End", "town": "Coldharbour", "county": "Hertfordshire",
    "postcode": "AL28 2QN", "upn": "E919200420040", "uln": "1000000051", "sex": "F", "ethnicity": "WBRI", "phone": "+44 1632 960201",
    "email": "s@example.org", "year_group": "9", "sen_provision": "K", "sen_need_1": "SPLD", "sen_need_2": "HI", "looked_after": True,
    "medical": "Asthma", "young_carer": "S", "middle_names": "Bríd", "preferred_forename": "Sao", "first_language": "POL",
}  # fmt: skip


def table(unit: Unit, stick: Path, *, on: date | None = None, confirm: Collection[str] = ()) -> list[dict[str, str]]:
    """The rows of a plain file, by the names of its columns."""
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True, day=on, confirm=confirm))
    text = (stick / made.files[0].name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_byte_for_byte(unit: Unit, stick: Path) -> None:
    full = unit.pupil("O’Hanrahan", "Saoirse", date(2012, 1, 5), **EVERYTHING)
    unit.said(full, "allow")
    part = unit.pupil("Béranger", '=HYPERLINK("x")', date(2012, 2, 29), **EVERYTHING | {"upn": "R919203120061", "uln": None})
    unit.said(part, "restrict")
    unit.pupil("Young", "Una", date(2014, 6, 6))
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    address = '94 Larkfield Rise,"Flat 2, rear",Nether End,Coldharbour,Hertfordshire,AL28 2QN'
    assert (stick / made.files[0].name).read_bytes().decode("utf-8") == (
        "\ufeff" + ",".join(COLUMNS) + "\r\n"
        f'Béranger,"\'=HYPERLINK(""x"")",{address},2012-02-29,,,,,,,,,,,,\r\n'
        f"O’Hanrahan,Saoirse,{address},2012-01-05,E919200420040,1000000051,F,WBRI,+44 1632 960201,s@example.org,9,C,2026-09-02,K,SPLD,Y\r\n"
    )
    assert made.rows == 2
    assert [(pupil.surname, reason) for pupil, reason in made.left_out] == [("Young", "Under 13: nothing is told before 6 June 2027.")]


def test_who_is_not_on_roll_is_in_neither(unit: Unit, stick: Path) -> None:
    dob = date(2012, 1, 5)
    unit.pupil("Gone", "Ann", dob, Enrolment(status="C", start_date=date(2026, 1, 5), end_date=date(2026, 11, 23)))
    unit.pupil("Guest", "Bea", dob, Enrolment(status="G", start_date=date(2026, 9, 2)))
    unit.pupil("Last", "Cat", dob, Enrolment(status="S", start_date=date(2026, 1, 5), end_date=DAY))
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    assert made.left_out == ()
    assert made.rows == 1
    assert "Last,Cat" in (stick / made.files[0].name).read_text(encoding="utf-8")


def test_the_stay_is_that_of_the_day(unit: Unit, stick: Path) -> None:
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5), Enrolment(status="S", start_date=date(2026, 1, 5), end_date=date(2026, 7, 20)))
    pupils.add_stay(unit.desk, Enrolment(pupil_id=pupil.id, status="C", start_date=date(2026, 9, 2)))
    unit.said(pupil, "allow", on=date(2026, 3, 1))
    (now,) = table(unit, stick)
    (then,) = table(unit, stick, on=date(2026, 6, 1))
    assert (now["enrolment_status"], now["start_date"]) == ("C", "2026-09-02")
    assert (then["enrolment_status"], then["start_date"]) == ("S", "2026-01-05")


def test_of_two_stays_on_one_day_the_later_counts() -> None:
    early, late = Enrolment(status="S", start_date=date(2026, 1, 5)), Enrolment(status="C", start_date=date(2026, 9, 2))
    unknown = Enrolment(status="M")
    assert stay_on([late, unknown, early], DAY) is late
    assert stay_on([unknown], DAY) is unknown
    assert stay_on([late], date(2026, 9, 1)) is None


def test_looked_after_is_y_n_or_not_known(unit: Unit, stick: Path) -> None:
    for surname, looked_after in (("A", True), ("B", False), ("C", None)):
        unit.said(unit.pupil(surname, "X", date(2012, 1, 5), looked_after=looked_after), "allow")
    assert [row["looked_after"] for row in table(unit, stick)] == ["Y", "N", ""]


def test_a_protected_pupil_is_left_out_unless_confirmed_by_name(unit: Unit, stick: Path) -> None:
    hidden = unit.pupil("Abel", "Ann", date(2012, 1, 5), **EVERYTHING)
    unit.said(hidden, "restrict")
    unit.protect(hidden)
    guarded = unit.pupil("Baker", "Bo", date(2012, 1, 5))
    mother = unit.contact(guarded, "Baker", parental_responsibility=True)
    unit.protect(guarded, "order", mother)
    unit.pupil("Cole", "Cy", date(2012, 1, 5))

    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    assert [(pupil.surname, reason) for pupil, reason in made.left_out] == [
        ("Abel", "Protected (address withheld), and not confirmed by name."),
        ("Baker", "Protected (order or restriction), and not confirmed by name."),
    ]
    assert made.rows == 1
    assert ("confirm-protected", hidden.id, "youth-support") not in unit.log()

    rows = table(unit, stick, confirm=[hidden.id])
    assert [row["surname"] for row in rows] == ["Abel", "Cole"]
    assert {name for name, cell in rows[0].items() if cell} <= set(COLUMNS[:9])
    assert unit.log().count(("confirm-protected", hidden.id, "youth-support")) == 1
    assert not [entry for entry in unit.log() if entry[0] == "confirm-protected" and entry[1] == guarded.id]


def test_a_pupil_protected_today_is_left_out_on_an_earlier_day_too(unit: Unit, stick: Path) -> None:
    unit.with_parent()
    stay = Enrolment(status="C", start_date=date(2026, 1, 5))
    hidden = unit.pupil("Abel", "Ann", date(2012, 1, 5), stay, **EVERYTHING)
    unit.protect(hidden)  # from 2 September
    before = date(2026, 6, 1)
    assert [row.pupil.id for row in sharing.preview(unit.desk, "youth-support", before) if row.protections] == [hidden.id]
    assert table(unit, stick, on=before) == []

    other = unit.pupil("Baker", "Bo", date(2012, 1, 5), stay)
    barred = unit.contact(other, "Barred", parental_responsibility=True, address_1="1 Secret Row", postcode="AL28 3JG")
    unit.protect(other, "order", barred)
    (row,) = table(unit, stick, on=before, confirm=[other.id])
    assert row["parent_surname"] == ""
    assert notices.letters_of(unit.desk, other.id, before).letters == ()
    assert notices.letters_of_everyone(unit.desk, before).left_out[0][1:] == ("Barred", "under an order or restriction: gets no notice")


def test_a_protection_over_by_now_still_counts_on_its_day(unit: Unit, stick: Path) -> None:
    then = unit.pupil("Abel", "Ann", date(2012, 1, 5))
    over = Protection(pupil_id=then.id, kind="order", reason="Court", since=date(2026, 9, 2), until=date(2026, 10, 1))
    protections.set_protection(unit.desk, over)
    assert table(unit, stick, on=date(2026, 9, 20)) == []
    assert len(table(unit, stick)) == 1


def test_confirming_does_not_lift_the_rule(unit: Unit, stick: Path) -> None:
    young = unit.pupil("Young", "Una", date(2014, 6, 6))
    unit.protect(young)
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", confirm=[young.id]))
    assert made.rows == 0
    assert [reason for _pupil, reason in made.left_out] == ["Under 13: nothing is told before 6 June 2027."]
    assert not [entry for entry in unit.log() if entry[0] == "confirm-protected"]


@pytest.mark.parametrize("with_parent", [False, True])
@pytest.mark.parametrize("age", [13, 15, 16, 18])
def test_a_minimum_never_carries_more(unit: Unit, stick: Path, with_parent: bool, age: int) -> None:
    if with_parent:
        unit.with_parent()
    pupil = unit.pupil("Abel", "Ann", date(2026 - age, 11, 20), **EVERYTHING)
    unit.contact(pupil, "Abel", forename="Ma", parental_responsibility=True, lives_with=True, phone="01632 960001", email="m@example.org")
    (row,) = table(unit, stick)
    assert list(row) == COLUMNS + (PARENT if with_parent else [])
    assert {name for name, cell in row.items() if cell} == set(COLUMNS[:9]) | (set(PARENT) if with_parent else set())


def test_the_parent_is_the_first_who_may_be_named(unit: Unit, stick: Path) -> None:
    unit.with_parent()
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5), **EVERYTHING)
    unit.contact(pupil, "Aunt", order=1, lives_with=True)
    barred = unit.contact(pupil, "Barred", order=2, parental_responsibility=True, address_1="1 Secret Row")
    hidden = unit.contact(pupil, "Hidden", order=3, parental_responsibility=True, address_1="2 Secret Row")
    unit.contact(pupil, "Named", order=4, forename="Nia", parental_responsibility=True, address_1="3 Open Row", postcode="AL28 3JG")
    unit.contact(pupil, "Next", order=5, parental_responsibility=True)
    unit.protect(pupil, "order", barred)
    unit.protect(pupil, "address-withheld", hidden)
    (row,) = table(unit, stick, confirm=[pupil.id])
    assert [row[name] for name in PARENT] == ["Named", "Nia", "3 Open Row", "", "", "", "", "AL28 3JG"]


def test_a_parent_who_lives_with_the_pupil_has_the_pupils_address(unit: Unit, stick: Path) -> None:
    unit.with_parent()
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5), **EVERYTHING)
    unit.contact(pupil, "Abel", parental_responsibility=True, lives_with=True)
    (row,) = table(unit, stick)
    assert [row[name] for name in PARENT[2:]] == [row[name] for name in COLUMNS[2:8]]


def test_without_such_a_parent_the_columns_are_empty(unit: Unit, stick: Path) -> None:
    unit.with_parent()
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5))
    unit.contact(pupil, "Not-known", parental_responsibility=None, lives_with=True)
    (row,) = table(unit, stick)
    assert {row[name] for name in PARENT} == {""}
    assert parent_told([], []) is None


def test_every_item_is_one_of_the_catalogue() -> None:
    records = {"pupil": Pupil, "enrolment": Enrolment, "contact": Contact, "destination": Destination}
    for named in YOUTH_SUPPORT.items:
        record, attribute = named.split(".")
        assert attribute in {item.name for item in items_of(records[record])}


def _tabs(path: Path) -> dict[str, list[list[object]]]:
    """The rows of each tab of a workbook, without the heading."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names if name != "About this file"}


def test_the_workbook_has_the_client_record_of_those_at_full_alone(unit: Unit, stick: Path) -> None:
    items = EVERYTHING | {"year_group": "11", "upn": None, "uln": None}
    full = unit.pupil("Abel", "Ann", date(2011, 1, 5), **items)
    least = unit.pupil("Bell", "Bo", date(2011, 1, 5), **items)
    unit.said(full, "allow")
    unit.said(least, "restrict")
    ten = unit.pupil("Cole", "Cy", date(2012, 1, 5), **items | {"year_group": "10"})
    unit.said(ten, "allow")
    for pupil in (full, least):
        for kind, activity, provider in (
            ("offer", "310", "Marden Motors"),
            ("offer", "230", "Wyming Vale College"),
            ("intended", "230", "=Wyming"),
        ):
            next_steps.add_destination(
                unit.desk,
                Destination(
                    pupil_id=pupil.id,
                    kind=kind,
                    activity=activity,
                    provider=provider,
                    start=date(2027, 9, 6),
                    source="letter",
                    confirmed_on=date(2026, 11, 20) if kind == "offer" else None,
                ),
            )
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Client record", plain=True, format=Format.XLSX))
    tabs = _tabs(stick / made.files[0].name)
    assert [(row[0], row[9]) for row in tabs["Pupils"]] == [("Abel", ""), ("Bell", ""), ("Cole", "")]
    who, begins, confirmed = ["Abel", "Ann", date(2011, 1, 5), ""], date(2027, 9, 6), date(2026, 11, 20)
    assert sorted(tabs["Destinations"], key=str) == sorted(
        [
            [*who, "intended", "230", "Further education college", "=Wyming", begins, "", "letter"],
            [*who, "offer", "310", "Apprenticeship", "Marden Motors", begins, confirmed, "letter"],
            [*who, "offer", "230", "Further education college", "Wyming Vale College", begins, confirmed, "letter"],
        ],
        key=str,
    )
    assert tabs["September Guarantee"] == [[*who, "11", date(2027, 9, 30), "Y"]], "Cole is in Year 10, and of Bell only the least may go"
    assert made.rows == 7
    fields = {row["pupil_id"]: row["fields"] for row in unit.desk.vault.rows("SELECT pupil_id, fields FROM disclosure")}
    assert "destination.provider" in fields[full.id]
    assert "destination" not in fields[least.id]
    assert "destination.provider" not in table_fields(unit, stick, full.id), "a CSV tells of no destinations, and the record says so"


def table_fields(unit: Unit, stick: Path, pupil_id: str) -> str:
    """What the log of disclosures says was told of a pupil by a CSV."""
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    row = unit.desk.vault.first_row("SELECT fields FROM disclosure WHERE export_id = ? AND pupil_id = ?", (made.export_id, pupil_id))
    assert row is not None
    assert made.rows == 3
    return str(row["fields"])


def test_destinations_and_many_pupils_ask_no_more_queries(unit: Unit) -> None:
    def queries(export: Export) -> int:
        with statements(unit.desk) as asked:
            export.select(unit.desk, Ask(day=DAY, format=Format.XLSX))
        return len(asked)

    unit.with_parent()
    before = [queries(export) for export in (YOUTH_SUPPORT, POST_16)]
    for number in range(5):
        pupil = unit.pupil(f"Abel{number}", "Ann", date(2010, 1, 5), year_group="12")
        unit.said(pupil, "allow", by="pupil")
        unit.contact(pupil, "Abel", parental_responsibility=True)
        next_steps.add_destination(unit.desk, Destination(pupil_id=pupil.id, kind="offer", activity="230", provider=f"College {number}"))
    assert [queries(export) for export in (YOUTH_SUPPORT, POST_16)] == before


def test_what_is_told_is_what_stands_in_the_file(unit: Unit) -> None:
    unit.said(
        unit.pupil("Ash", "Ann", date(2012, 1, 5), upn="Y919110026001", ethnicity="WBRI", looked_after=False, town="Larkminster"), "allow"
    )
    (told,) = YOUTH_SUPPORT.select(unit.desk, Ask(day=DAY)).exported
    assert told.level == "full"
    assert told.items == (
        "pupil.surname",
        "pupil.forename",
        "pupil.town",
        "pupil.dob",
        "pupil.upn",
        "pupil.ethnicity",
        "enrolment.status",
        "enrolment.start_date",
        "pupil.looked_after",
    )
