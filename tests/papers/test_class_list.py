"""The class list says what was asked for and no more, warns where it must, and is tagged."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import Table, plain_text, words_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import ALLERGY, DIETARY, HealthItem, NothingKnown
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards, health
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.many import class_list
from pupil_desk.services.many.class_list import BY_FORENAME, BY_YEAR, ClassListColumn, ClassListOptions
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def three(unit: Unit) -> list[Pupil]:
    ann = unit.pupil("Young", "Ann", date(2012, 5, 6), year_group="9")
    ben = unit.pupil("Abel", "Benedict", date(2011, 1, 2), year_group="10", preferred_forename="Ben")
    cleo = unit.pupil("Marsh", "Cleo", date(2014, 9, 30), year_group="7")
    mother = unit.contact(ann, "Young", forename="Dora", mobile="07700 900111", parental_responsibility=True)
    father = unit.contact(ann, "Young", forename="Carl", mobile="07700 900222", parental_responsibility=True)
    unit.protect(ann, "order", father)
    assert mother.id
    return [ann, ben, cleo]


def table_of(unit: Unit, wanted: ClassListOptions, ids: list[Pupil]) -> Table:
    story = class_list.paper(unit.desk, [pupil.id for pupil in ids], wanted)[0].story
    return next(block for block in story if isinstance(block, Table))


def test_by_itself_it_holds_names_and_year_groups_and_nothing_else(unit: Unit, three: list[Pupil]) -> None:
    table = table_of(unit, ClassListOptions(), three)
    assert list(table.header) == ["No.", "Name", "Year group"]
    assert [list(row) for row in table.rows] == [["1", "Abel, Ben", "10"], ["2", "Marsh, Cleo", "7"], ["3", "Young, Ann", "9"]]


def test_its_order_is_chosen(unit: Unit, three: list[Pupil]) -> None:
    assert [row[1] for row in table_of(unit, ClassListOptions(order=BY_YEAR), three).rows] == ["Marsh, Cleo", "Young, Ann", "Abel, Ben"]
    assert [row[1] for row in table_of(unit, ClassListOptions(order=BY_FORENAME), three).rows] == ["Young, Ann", "Abel, Ben", "Marsh, Cleo"]


def test_columns_of_ones_own_stay_empty(unit: Unit, three: list[Pupil]) -> None:
    wanted = ClassListOptions(columns=(ClassListColumn.BORN, ClassListColumn.AGE, ClassListColumn.REF), blanks=(" Paid ", "", "Coach  1"))
    table = table_of(unit, wanted, three[:1])
    assert list(table.header) == ["No.", "Name", "Date of birth", "Age", "Reference", "Paid", "Coach 1"]
    assert list(table.rows[0]) == ["1", "Young, Ann", "6 May 2012", "14", three[0].ref, "\n\n", "\n\n"]


def test_an_empty_cell_never_stands_for_no_allergy(unit: Unit, three: list[Pupil]) -> None:
    noted = unit.pupil("Zed", "Zoe", date(2012, 5, 1), medical="Nut allergy")
    health.say_nothing(unit.desk, NothingKnown(pupil_id=three[0].id, said_by="Ada", said_on=date(2026, 9, 3), channel="phone"))
    cells = {row[1]: row[2] for row in table_of(unit, ClassListOptions(columns=(ClassListColumn.FOOD,)), [*three, noted]).rows}
    assert sorted(cells.values()) == [
        "medical notes: see the first-aid card",
        "none known (3 September 2026)",
        "not recorded: ask",
        "not recorded: ask",
    ]


def test_who_placed_a_pupil_is_named_and_not_a_number(unit: Unit, three: list[Pupil]) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_schools="Hill School, 919/4001"))
    for pupil, by in zip(three, ("919/4001", "919/4002", "Larkshire"), strict=True):
        pupils.save_stay(unit.desk, dataclasses.replace(pupils.record(unit.desk, pupil.id).stays[-1], commissioned_by=by))
    cells = {row[1]: row[2] for row in table_of(unit, ClassListOptions(columns=(ClassListColumn.PLACED_BY,)), three).rows}
    assert cells == {
        "Young, Ann": "Hill School (919/4001)",
        "Abel, Ben": "The school with the DfE number 919/4002",
        "Marsh, Cleo": "Larkshire",
    }


def test_allergies_and_diet_are_those_of_today(unit: Unit, three: list[Pupil]) -> None:
    for kind, what, until in ((ALLERGY, "peanuts", None), (DIETARY, "halal", None), (ALLERGY, "penicillin", date(2020, 1, 1))):
        severity = "LIFE" if kind == ALLERGY else None
        health.add_item(unit.desk, HealthItem(pupil_id=three[0].id, kind=kind, what=what, severity=severity, end_date=until))
    words = table_of(unit, ClassListOptions(columns=(ClassListColumn.FOOD,)), three[:1]).rows[0][2]
    assert words == "allergy: peanuts (life-threatening); halal"
    health.add_item(unit.desk, HealthItem(pupil_id=three[1].id, kind=DIETARY, what="halal"))
    assert table_of(unit, ClassListOptions(columns=(ClassListColumn.FOOD,)), three[1:2]).rows[0][2] == "halal; allergies: not recorded, ask"


def test_whom_to_call_about_one_who_is_protected_is_at_the_office_and_the_list_does_not_say_why(unit: Unit, three: list[Pupil]) -> None:
    unit.contact(three[1], "Abel", forename="Una", mobile="07700 900333")
    cells = {row[1]: row[2] for row in table_of(unit, ClassListOptions(columns=(ClassListColumn.CALL,)), three).rows}
    assert cells["Young, Ann"] == "Details are kept at the office"
    assert cells["Abel, Ben"] == "Una Abel, mother: 07700\N{NO-BREAK SPACE}900333"
    assert "rotected" not in plain_text(
        class_list.paper(unit.desk, [one.id for one in three], ClassListOptions(columns=(ClassListColumn.CALL,)))[0].story
    )


def test_photographs_are_a_grid_of_yes_no_and_not_asked(unit: Unit, three: list[Pupil]) -> None:
    mother = unit.contact(three[1], "Parent", forename="Pat", parental_responsibility=True, lives_with=True)
    for what, uses in (("given", ("display",)), ("refused", ("press",))):
        record_said(
            unit.desk,
            [
                ConsentEntry(
                    pupil_id=three[1].id, consent_type="photographs", step=what, giver=mother.id, day=DAY, channel="form", uses=uses
                )
            ],
        )
    table = table_of(unit, ClassListOptions(columns=(ClassListColumn.PHOTOGRAPHS,)), three)
    assert table.header[2:] == [
        f"Photographs: {use}"
        for use in (
            "on displays inside the unit",
            "on our website",
            "on our social media pages",
            "in what we print about the unit",
            "in newspapers and other media",
        )
    ]
    laid, _title = class_list.paper(unit.desk, [pupil.id for pupil in three], ClassListOptions(columns=(ClassListColumn.PHOTOGRAPHS,)))
    assert "use a picture of a pupil only where it says “yes”. Everything else is no." in plain_text(laid.story)
    assert laid.base > class_list.paper(unit.desk, [pupil.id for pupil in three], ClassListOptions())[0].base, (
        "it is read with a camera in the hand"
    )
    rows = {row[1]: row[2:] for row in table.rows}
    assert rows.pop(cards.surname_first(three[1])) == ["yes", "not asked", "not asked", "not asked", "NO"]
    assert {cell for row in rows.values() for cell in row} == {"not asked"}


def test_without_telephone_numbers_nothing_tells_that_somebody_is_protected(unit: Unit, three: list[Pupil]) -> None:
    laid, _title = class_list.paper(unit.desk, [pupil.id for pupil in three], ClassListOptions())
    assert "rotected" not in plain_text(laid.story)


def test_printing_is_logged_for_each_pupil_with_the_columns_and_no_value(unit: Unit, three: list[Pupil]) -> None:
    wanted = ClassListOptions(title="Trip to the sea", columns=(ClassListColumn.YEAR, ClassListColumn.FOOD), blanks=("Paid",))
    class_list.log_print(unit.desk, [pupil.id for pupil in three[:2]], wanted)
    assert {(action, one) for action, one, reason in unit.log()[-2:] if reason == "class list printed: year, food"} == {
        ("read-record", three[0].id),
        ("read-record", three[1].id),
    }


@pytest.mark.parametrize("lying", [False, True])
def test_it_passes_three_checkers_with_every_column(unit: Unit, three: list[Pupil], lying: bool, tmp_path: Path) -> None:
    columns = tuple(column for column in ClassListColumn if lying or column is not ClassListColumn.PHOTOGRAPHS)
    wanted = ClassListOptions(title="Trip", columns=columns, blanks=("Paid", "Coach"))
    laid, title = class_list.paper(unit.desk, [pupil.id for pupil in three], wanted, lying=lying)
    data = build_pdf(laid.story, title=title, page_size=laid.page_size, base_size=laid.base)
    assert_accessible(data)
    assert "Young, Ann" in pages_of(data, tmp_path)[0]


def test_a_page_is_turned_and_the_type_made_smaller_before_a_word_is_broken_and_what_fits_nowhere_is_refused(
    unit: Unit, three: list[Pupil], tmp_path: Path
) -> None:
    ids = [pupil.id for pupil in three]

    def set_as(*columns: ClassListColumn, blanks: tuple[str, ...] = ()) -> tuple[bool, float]:
        laid, title = class_list.paper(unit.desk, ids, ClassListOptions(columns=columns, blanks=blanks))
        (page,) = pages_of(build_pdf(laid.story, title=title, page_size=laid.page_size, base_size=laid.base), tmp_path, "-raw")
        table = next(block for block in laid.story if isinstance(block, Table))
        for word in (
            word
            for cells in (table.header, *table.rows)
            for cell in cells
            for word in words_of(cell).replace("\N{NO-BREAK SPACE}", " ").split()
        ):
            assert word in page.replace("\N{NO-BREAK SPACE}", " ").split(), f"{word} is broken"
        return laid.page_size[0] > laid.page_size[1], laid.base

    assert set_as(ClassListColumn.YEAR, ClassListColumn.BORN) == (False, 11)
    assert set_as(
        ClassListColumn.YEAR,
        ClassListColumn.BORN,
        ClassListColumn.AGE,
        ClassListColumn.REF,
        ClassListColumn.FOOD,
        ClassListColumn.CALL,
        ClassListColumn.PLACED_BY,
        blanks=("Acknowledgement", "Responsibilities"),
    ) == (True, 11)
    assert set_as(*ClassListColumn, blanks=("Paid", "Coach")) == (True, 8.5)
    with pytest.raises(WrongUse, match=r"These are too many columns for a page: words would be broken\. Untick some, or make two lists\."):
        set_as(
            *ClassListColumn,
            blanks=("Acknowledgement", "Transportation", "Responsibilities", "Accommodation", "Pharmaceuticals", "Reimbursement"),
        )
