"""Contacts and plans as workbooks that come back changed: each row is matched by its number, a strange one is refused, and nothing goes for a row taken out."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import ImportKind
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import propose, run_import, template
from pupil_desk.services.many.workbook import WORKBOOKS, save_workbook
from pupil_desk.services.plans import recording
from pupil_desk.services.pupils import contacts
from pupil_desk.store.rows import several
from tests.services.exports.made import Unit
from tests.services.imports.made import workbook

_PUPILS, CONTACTS, PLANS = WORKBOOKS
ADA = {"upn": "Y919110026001"}


@pytest.fixture
def ada(unit: Unit) -> Pupil:
    pupil = unit.pupil("Quill", "Ada", date(2012, 3, 1), **ADA)
    contacts.add_contact(unit.desk, Contact(pupil_id=pupil.id, surname="Quill", forename="May", relationship="PAM", mobile="07700 900111"))
    contacts.add_contact(unit.desk, Contact(pupil_id=pupil.id, surname="Quill", forename="Tom", relationship="PAF"))
    return pupil


def rows_of(unit: Unit, kind: object, folder: Path, *people: Pupil) -> list[list[object]]:
    path = folder / "of.xlsx"
    save_workbook(unit.desk, [pupil.id for pupil in people], path, kind)  # type: ignore[arg-type]
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_name(kind.label).to_python()]  # type: ignore[attr-defined]


def read_in(unit: Unit, kind: object, rows: list[list[object]], change: Callable[[list[list[object]]], None]) -> Outcome:
    changed = [[*row] for row in rows]
    change(changed)
    return run_import(unit.desk, kind.name, workbook(*changed))  # type: ignore[attr-defined]


def put(reads: ImportKind[object], row: int, **cells: object) -> Callable[[list[list[object]]], None]:
    def change(rows: list[list[object]]) -> None:
        for name, value in cells.items():
            rows[row][rows[0].index(reads.column(name).label)] = value

    return change


def said(outcome: Outcome) -> set[str]:
    return {problem.code for problem in outcome.problems} - {"other_sheets"}


def of(unit: Unit, pupil: Pupil) -> list[tuple[str, str | None, str | None]]:
    return [(contact.surname, contact.forename, contact.mobile) for contact in several.of_pupil(unit.desk.vault, Contact, pupil.id)]


def test_contacts_are_found_by_their_number_whatever_was_changed_and_none_goes_for_a_row_taken_out(
    unit: Unit, ada: Pupil, tmp_path: Path
) -> None:
    rows, reads = rows_of(unit, CONTACTS, tmp_path, ada), CONTACTS.reads
    same = read_in(unit, CONTACTS, rows, lambda _rows: None)
    assert (same.read, same.unchanged, said(same)) == (2, 2, set())

    def married(rows: list[list[object]]) -> None:
        put(reads, 1, surname="Nib", relationship="Carer", upn="")(rows)
        del rows[2]

    named = read_in(unit, CONTACTS, rows, put(reads, 2, forename="Robert"))
    assert (named.changed, said(named)) == (1, set()), "a forename put right alone is no other person"
    changed = read_in(unit, CONTACTS, rows, married)
    assert (changed.read, changed.changed, changed.added, said(changed)) == (1, 1, 0, set())
    assert of(unit, ada) == [("Nib", "May", "07700 900111"), ("Quill", "Robert", None)]
    assert not {"pupil_desk_row_number", "pupil_desk_row_pupil"} & set(template("contacts").split(","))


def test_a_number_that_is_nobodys_or_stands_in_a_row_typed_over_or_twice_is_refused_in_words(
    unit: Unit, ada: Pupil, tmp_path: Path
) -> None:
    rows, reads = rows_of(unit, CONTACTS, tmp_path, ada), CONTACTS.reads
    number = str(rows[1][rows[0].index("Row number (leave as it is)")])
    before = of(unit, ada)
    for cells, code in (
        ({"pupil_desk_row_number": "0" * 24 + number[24:]}, "no_such_row"),
        ({"pupil_desk_row_number": number[:-4]}, "bad_row_number"),
        ({"surname": "Ash", "forename": "Bea"}, "row_disagrees"),
        ({"forename": "Hugh", "relationship": "Father", "mobile": "07700 900999"}, "row_disagrees"),
        ({"upn": "M919110026002"}, "row_disagrees"),
        ({"pupil_desk_row_number": rows[2][rows[0].index("Row number (leave as it is)")]}, "copied_row"),
    ):
        refused = read_in(unit, CONTACTS, rows, put(reads, 1, **cells))
        assert (code in said(refused), refused.changed, refused.added) == (True, 0, 0), code
    assert of(unit, ada) == before
    added = read_in(unit, CONTACTS, rows, put(reads, 1, surname="Ash", forename="Bea", pupil_desk_row_number=""))
    assert (added.added, added.unchanged) == (1, 1)


def test_two_rows_about_one_contact_with_its_number_and_without_are_told(unit: Unit, ada: Pupil, tmp_path: Path) -> None:
    rows, reads = rows_of(unit, CONTACTS, tmp_path, ada), CONTACTS.reads

    def copied(rows: list[list[object]]) -> None:
        rows.append([*rows[1]])
        put(reads, 1, mobile="07700 900222")(rows)
        put(reads, 3, email="may@quill.example", pupil_desk_row_number="")(rows)

    twice = read_in(unit, CONTACTS, rows, copied)
    assert (twice.changed, twice.refused, said(twice)) == (1, 1, {"duplicate_in_file"})
    assert of(unit, ada)[0] == ("Quill", "May", "07700 900222")


def test_a_row_of_a_contact_is_named_by_its_pupil_where_that_has_no_upn(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Nib", "Ben", date(2011, 4, 1))
    contacts.add_contact(unit.desk, Contact(pupil_id=pupil.id, surname="Quill", forename="May", relationship="PAM"))
    rows = rows_of(unit, CONTACTS, tmp_path, pupil)
    assert [row.pupil for row in propose(unit.desk, "contacts", workbook(*rows)).rows] == ["Ben Nib"]


def test_what_was_changed_here_since_stays(unit: Unit, ada: Pupil, tmp_path: Path) -> None:
    rows = rows_of(unit, CONTACTS, tmp_path, ada)
    may = several.of_pupil(unit.desk.vault, Contact, ada.id)[0]
    contacts.save_contact(unit.desk, dataclasses.replace(may, mobile="07700 900222"))
    stays = read_in(unit, CONTACTS, rows, put(CONTACTS.reads, 1, email="may@quill.example"))
    assert (stays.changed, said(stays)) == (1, {"stays_as_held"})
    now = several.of_pupil(unit.desk.vault, Contact, ada.id)[0]
    assert (now.mobile, now.email) == ("07700 900222", "may@quill.example")


def test_plans_come_back_as_further_versions_and_a_pupil_without_a_upn_is_found_too(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Nib", "Ben", date(2011, 4, 1))
    plan = PupilPlan(pupil_id=pupil.id, kind="risk", made_on=date(2026, 9, 7), needs="Runs off", provision="Sits near the door")
    recording.add(unit.desk, plan)
    rows, reads = rows_of(unit, PLANS, tmp_path, pupil), PLANS.reads
    same = read_in(unit, PLANS, rows, lambda _rows: None)
    assert (same.unchanged, said(same)) == (1, set())
    changed = read_in(unit, PLANS, rows, put(reads, 1, provision="Sits near the window", made_on=date(2026, 9, 8)))
    assert (changed.changed, changed.added, said(changed)) == (1, 0, set())
    (case,) = recording.of_pupil(unit.desk, pupil.id)
    assert [(version.record.provision, version.record.made_on.day) for version in case.wordings] == [
        ("Sits near the door", 7),
        ("Sits near the window", 8),
    ]
    assert "row_disagrees" in said(read_in(unit, PLANS, rows, put(reads, 1, kind="SEN support plan")))

    def copied(rows: list[list[object]]) -> None:
        rows.append([*rows[1]])
        put(reads, 2, provision="Sits by himself", made_on=date(2026, 9, 8), pupil_desk_row_number="")(rows)

    twice = read_in(unit, PLANS, rows_of(unit, PLANS, tmp_path, pupil), copied)
    assert (twice.unchanged, twice.refused, said(twice)) == (1, 1, {"duplicate_in_file"})
    recording.strike(unit.desk, case.now.entry_id, "Another pupil's")
    assert "no_such_row" in said(read_in(unit, PLANS, rows, put(reads, 1, provision="Sits at the back")))
