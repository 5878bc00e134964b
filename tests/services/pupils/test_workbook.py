"""The pupils as a workbook that comes back changed: it is matched by the number of its rows, whatever else was changed in it."""

import dataclasses
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.duplicates.merging import merge
from pupil_desk.services.imports.cells.row_ids import COLUMN, row_id
from pupil_desk.services.imports.kinds import MINE, NEW, THEIRS
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import answer, mend, pick
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.many.workbook import save_workbook
from pupil_desk.services.pupils.pupils import add_stay, keep_pupil, save_pupil
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import own_fields
from pupil_desk.store.tables import pupils
from pupil_desk.ui.pages.importing.model import answer_held, by_hand_words
from tests.services.exports.made import DAY, Unit
from tests.services.imports.made import ANN, BEN, TEMPORARY, table, workbook
from tests.services.unit.own_fields.made import field


def ada(unit: Unit, **more: object) -> Pupil:
    items = {"sex": "F", "year_group": "9", "looked_after": False, "medical": "One\nTwo", "previous_school": "919/4001", "town": "=1+1"}
    return unit.pupil("Quill", "Ada", date(2012, 3, 1), **{**items, **more})


def written(unit: Unit, folder: Path, *chosen: Pupil) -> Path:
    path = folder / "pupils.xlsx"
    save_workbook(unit.desk, [pupil.id for pupil in chosen], path)
    return path


def changed(path: Path, change: Callable[[list[list[object]]], None]) -> bytes:
    """The workbook as somebody leaves it who changes its rows, the headings first."""
    rows = rows_of(path)
    change(rows)
    return workbook(*rows)


def rows_of(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Pupils").to_python()]


def read_in(unit: Unit, data: bytes) -> Outcome:
    return run_import(unit.desk, "pupils", data)


def said(outcome: Outcome) -> set[tuple[str, str]]:
    return {(problem.code, problem.severity) for problem in outcome.problems if problem.code not in ("no_upn", "other_sheets")}


def test_unchanged_it_changes_nothing(unit: Unit, tmp_path: Path) -> None:
    own_fields.make(unit.desk, field("date"))
    own_fields.make(unit.desk, field("yes-no"))
    first = ada(unit, own_date_1=date(2026, 5, 20), own_flag_2=True)
    second = unit.pupil("Nib", "Ben", date(2011, 4, 1))
    outcome = read_in(unit, written(unit, tmp_path, first, second).read_bytes())
    assert (outcome.read, outcome.unchanged, outcome.changed, outcome.refused) == (2, 2, 0, 0), outcome.problems
    assert {problem.code for problem in outcome.problems} == {"no_upn"}  # nothing of our own sheet “About this file”


def type_in(**cells: object) -> Callable[[list[list[object]]], None]:
    """What somebody types into the first row, by the names of the columns."""

    def change(rows: list[list[object]]) -> None:
        for name, value in cells.items():
            rows[1][rows[0].index(PUPILS.column(name).label)] = value

    return change


def one(unit: Unit) -> Pupil:
    (pupil,) = pupils.all_pupils(unit.desk.vault)
    return pupil


def test_of_another_name_a_person_says_whom_the_row_is_about_and_picks_the_name(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)
    typed = type_in(surname="Quillfeather", dob=date(2012, 1, 3), town="Larkminster")
    proposal = propose(unit.desk, "pupils", changed(written(unit, tmp_path, pupil), typed))
    (row,) = proposal.rows
    assert row.waits
    assert not row.plan.writes
    assert {problem.code for problem in row.problems} == {"name_differs"}
    proposal = answer(proposal, row.number, pupil.id)
    assert {difference.column for difference in proposal.rows[0].plan.differences if difference.accept == MINE} == {"surname", "dob"}
    keep(unit.desk, pick(proposal, row.number, "surname", THEIRS))
    kept = one(unit)
    assert (kept.id, kept.surname, kept.dob, kept.town) == (pupil.id, "Quillfeather", pupil.dob, "Larkminster")


def test_a_row_typed_over_can_be_another_pupil(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)
    proposal = propose(unit.desk, "pupils", changed(written(unit, tmp_path, pupil), type_in(forename="Nell")))
    keep(unit.desk, answer(proposal, proposal.rows[0].number, NEW))
    held = {one.forename: one.id for one in pupils.all_pupils(unit.desk.vault)}
    assert held["Ada"] == pupil.id
    assert held.keys() == {"Ada", "Nell"}


@pytest.mark.parametrize(
    "typed", [{"forename": "Lee"}, {"surname": "Lark"}, {"dob": date(2011, 5, 6)}], ids=lambda typed: next(iter(typed))
)
def test_a_new_pupil_typed_over_one_whose_upn_stayed_in_the_row_takes_nothing_over_unasked(
    unit: Unit, tmp_path: Path, typed: dict[str, object]
) -> None:
    pupil = ada(unit, upn=ANN)
    source = changed(written(unit, tmp_path, pupil), type_in(**typed, town="Larkminster", medical="Asthma"))
    outcome = read_in(unit, source)
    assert (outcome.changed, outcome.added, outcome.not_decided) == (0, 0, (2,))
    assert said(outcome) == {("name_differs", "warning")}
    assert one(unit) == pupil


@pytest.mark.parametrize("name", ["upn", "former_upn", "uln"])
def test_as_another_pupil_a_row_is_refused_that_has_a_number_of_the_one_typed_over(unit: Unit, tmp_path: Path, name: str) -> None:
    pupil = ada(unit, **{name: "1234567899" if name == "uln" else ANN})
    proposal = propose(unit.desk, "pupils", changed(written(unit, tmp_path, pupil), type_in(forename="Lee")))
    proposal = answer(proposal, 2, NEW)
    assert [(problem.column, problem.code) for problem in proposal.problems if problem.stops] == [(name, "row_disagrees")]
    assert any(pupil.ref in problem.message for problem in proposal.problems if problem.stops)
    assert answer(proposal, 2, proposal.rows[0].plan.alike[0].id).rows[0].plan.pupil_id == pupil.id  # it can still be said otherwise
    assert answer_held(proposal.rows[0]) == NEW
    assert keep(unit.desk, proposal).added == 0
    assert keep(unit.desk, mend(proposal, 2, {name: ""})).added == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda number: number.replace(number[:2], "8A", 1),
        lambda number: number[:-1],
        lambda number: number[:24],
        lambda _number: 17,
        lambda _number: "#REF!",
        lambda number: number.replace("2026-11-24T10", "2026-11-24T20"),
    ],
    ids=["digits", "end", "moment lost", "a figure", "sign of an error", "a moment to come"],
)
def test_a_damaged_row_number_refuses_the_row(unit: Unit, tmp_path: Path, damage: Callable[[str], object]) -> None:
    pupil = ada(unit, upn=ANN)
    path = written(unit, tmp_path, pupil)
    save_pupil(unit.desk, dataclasses.replace(pupil, town="Elsewhere"))

    def change(rows: list[list[object]]) -> None:
        place = rows[0].index(COLUMN.label)
        rows[1][place] = damage(str(rows[1][place]))

    proposal = propose(unit.desk, "pupils", changed(path, change))
    assert {(problem.column, problem.code) for problem in proposal.problems if problem.stops} == {(COLUMN.name, "bad_row_number")}
    assert (keep(unit.desk, proposal).changed, one(unit).town) == (0, "Elsewhere")
    assert keep(unit.desk, mend(proposal, 2, {COLUMN.name: rows_of(path)[1][-1]})).unchanged == 1
    assert one(unit).town == "Elsewhere"


@pytest.mark.parametrize("dob", [date(2011, 5, 6), date(2012, 3, 1)], ids=["another", "a twin"])
@pytest.mark.parametrize("place", [1, 2], ids=["above", "below"])
def test_a_copied_row_typed_over_takes_nothing_of_the_pupil_it_was_copied_from(unit: Unit, tmp_path: Path, dob: date, place: int) -> None:
    pupil = ada(unit)

    def copy(rows: list[list[object]]) -> None:
        copied = list(rows[1])
        copied[rows[0].index("Legal forename")], copied[rows[0].index("Date of birth")] = "Nell", dob
        rows.insert(place, copied)

    outcome = read_in(unit, changed(written(unit, tmp_path, pupil), copy))
    assert (outcome.refused, said(outcome)) == (2, {("copied_row", "error")})
    assert one(unit) == pupil


def test_the_same_row_twice_is_passed_over(unit: Unit, tmp_path: Path) -> None:
    outcome = read_in(unit, changed(written(unit, tmp_path, ada(unit)), lambda rows: rows.append(list(rows[1]))))
    assert (outcome.refused, outcome.unchanged) == (0, 2)


@pytest.mark.parametrize("name", ["surname", "forename", "dob"])
def test_a_column_sorted_by_itself_changes_nobody(unit: Unit, tmp_path: Path, name: str) -> None:
    first, second = ada(unit, upn=ANN), unit.pupil("Nib", "Ben", date(2011, 4, 1), upn=BEN)

    def sort(rows: list[list[object]]) -> None:
        place = rows[0].index(PUPILS.column(name).label)
        rows[1][place], rows[2][place] = rows[2][place], rows[1][place]

    outcome = read_in(unit, changed(written(unit, tmp_path, first, second), sort))
    assert (outcome.changed, outcome.not_decided) == (0, (2, 3))
    assert said(outcome) == {("name_differs", "warning")}
    assert {first, second} == set(pupils.all_pupils(unit.desk.vault))


def test_what_was_changed_here_since_stays_unless_picked(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit, previous_school=None)
    path = written(unit, tmp_path, pupil)
    save_pupil(unit.desk, dataclasses.replace(pupil, town="Elsewhere"))
    proposal = propose(unit.desk, "pupils", changed(path, type_in(medical="Three")))
    assert {(problem.column, problem.code) for problem in proposal.rows[0].problems} >= {("town", "stays_as_held")}
    assert "changed here after the workbook was saved" in by_hand_words(proposal)
    keep(unit.desk, proposal)
    assert (one(unit).town, one(unit).medical) == ("Elsewhere", "Three")
    keep(unit.desk, pick(propose(unit.desk, "pupils", path.read_bytes()), 2, "town", THEIRS))
    assert one(unit).town == pupil.town


def test_of_who_is_protected_by_now_all_stays_unless_picked(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)
    path = written(unit, tmp_path, pupil)
    unit.protect(pupil)
    outcome = read_in(unit, changed(path, type_in(town="Larkminster", end_date=date(2026, 10, 1))))
    assert (outcome.changed, said(outcome)) == (0, {("stays_as_held", "warning")})
    assert any("the pupil is protected" in problem.message for problem in outcome.problems)
    assert one(unit) == pupil


def test_a_row_of_a_record_merged_since_is_refused(unit: Unit, tmp_path: Path) -> None:
    kept, other = ada(unit), unit.pupil("Quil", "Ada", date(2012, 3, 1), town="Elsewhere")
    path = written(unit, tmp_path, other)
    merge(unit.desk, kept.id, other.id, reason="Entered twice")
    outcome = read_in(unit, path.read_bytes())
    assert said(outcome) == {("merged_since", "error")}
    assert kept.ref in outcome.problems[-1].message
    assert one(unit).town == kept.town


def test_a_temporary_number_replaced_is_the_former_one(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit, upn=TEMPORARY)
    path = written(unit, tmp_path, pupil)
    read_in(unit, changed(path, type_in(upn=ANN)))
    assert (one(unit).upn, one(unit).former_upn) == (ANN, TEMPORARY)
    assert ("old_upn", "warning") in said(read_in(unit, path.read_bytes()))


def test_a_code_no_longer_used_passes_where_it_is_the_one_held(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)
    held = dataclasses.replace(pupil, sen_need_1="BESD")
    with unit.desk.act(Action.EDIT_RECORD, "pupil", pupil.id) as work:
        keep_pupil(work, pupil, held, source="form")
    path = written(unit, tmp_path, held)
    outcome = read_in(unit, path.read_bytes())
    assert (outcome.unchanged, said(outcome)) == (1, set())
    assert said(read_in(unit, changed(path, type_in(sen_need_2="BESD")))) == {("retired_code", "error")}


def test_a_code_no_longer_used_that_is_held_goes_into_no_other_record(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)
    held = dataclasses.replace(pupil, sen_need_1="BESD")
    with unit.desk.act(Action.EDIT_RECORD, "pupil", pupil.id) as work:
        keep_pupil(work, pupil, held, source="form")
    waiting = propose(unit.desk, "pupils", changed(written(unit, tmp_path, held), type_in(forename="Lee")))
    assert waiting.rows[0].waits
    other = answer(waiting, 2, NEW)
    assert [(problem.column, problem.code) for problem in other.problems if problem.stops] == [("sen_need_1", "retired_code")]
    assert keep(unit.desk, other).added == 0
    same = answer(other, 2, pupil.id)
    assert (keep(unit.desk, same).refused, one(unit)) == (0, held)


def test_of_two_stays_that_began_on_one_day_the_open_one_is_meant(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Quill", "Ada", date(2012, 3, 1), Enrolment(status="C", start_date=DAY, end_date=DAY))
    add_stay(unit.desk, Enrolment(pupil_id=pupil.id, status="S", start_date=DAY))
    outcome = read_in(unit, written(unit, tmp_path, pupil).read_bytes())
    assert (outcome.unchanged, outcome.changed) == (1, 0)


@pytest.mark.parametrize(("heading", "taken"), [("Row ID", (1, 0)), (COLUMN.label, (0, 1))], ids=["of another program", "ours"])
def test_a_number_of_another_program_is_none_but_under_our_own_heading(unit: Unit, heading: str, taken: tuple[int, int]) -> None:
    outcome = read_in(unit, table(f"{heading} | Surname | Forename | DOB\n 17 | Quill | Ada | 1/3/2012"))
    assert (outcome.added, outcome.refused) == taken


def test_the_preferred_name_held_stays_though_it_ends_in_the_surname(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit, preferred_forename="Ada Quill")
    assert read_in(unit, written(unit, tmp_path, pupil).read_bytes()).unchanged == 1
    assert one(unit).preferred_forename == "Ada Quill"


def test_a_row_whose_name_is_that_of_another_pupil_is_refused(unit: Unit, tmp_path: Path) -> None:
    first, second = ada(unit), unit.pupil("Nib", "Ben", date(2011, 4, 1))

    def one_column_sorted_by_itself(rows: list[list[object]]) -> None:
        place = rows[0].index(COLUMN.label)
        rows[1][place], rows[2][place] = rows[2][place], rows[1][place]

    outcome = read_in(unit, changed(written(unit, tmp_path, first, second), one_column_sorted_by_itself))
    assert (outcome.refused, outcome.changed, said(outcome)) == (2, 0, {("row_disagrees", "error")})
    assert any(first.ref in problem.message and second.ref in problem.message for problem in outcome.problems)


def test_a_row_of_another_unit_is_nobodys(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)

    def of_elsewhere(rows: list[list[object]]) -> None:
        rows[1][rows[0].index(COLUMN.label)] = row_id("another file", pupil.id, "2026-11-24T10:05:00.000000Z")

    outcome = read_in(unit, changed(written(unit, tmp_path, pupil), of_elsewhere))
    assert (outcome.refused, said(outcome)) == (1, {("no_such_row", "error")})


def test_who_is_protected_is_in_none_and_it_is_for_the_data_officer(unit: Unit, tmp_path: Path) -> None:
    first, second = ada(unit), unit.pupil("Nib", "Ben", date(2011, 4, 1))
    unit.protect(second)
    made = save_workbook(unit.desk, [first.id, second.id], tmp_path / "pupils.xlsx")
    assert (made.pupils, made.left_out) == (1, 1)
    assert [row for row in unit.log() if row[0] == "export-plain"] == [("export-plain", first.id, "in a workbook to be changed")]
    with pytest.raises(WrongUse):
        save_workbook(unit.desk, [second.id], tmp_path / "other.xlsx")
    with pytest.raises(NotAllowed):
        save_workbook(unit.as_role(Role.ASSISTANT_HEAD), [first.id], tmp_path / "other.xlsx")
    assert not (tmp_path / "other.xlsx").exists()


def test_what_looks_like_a_formula_is_text_in_it(unit: Unit, tmp_path: Path) -> None:
    path = written(unit, tmp_path, ada(unit))
    rows = rows_of(path)
    assert rows[1][rows[0].index("Town")] == "=1+1"
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
