"""The pupils as a workbook that comes back changed: it is matched by the number of its rows, whatever else was changed in it."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.basics.rulefiles import SHIPPED, put_in_force
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.imports.cells.row_ids import COLUMN, row_id
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.many.workbook import save_workbook
from pupil_desk.services.unit import own_fields
from pupil_desk.store.tables import pupils
from tests.services.exports.made import Unit
from tests.services.imports.made import workbook
from tests.services.unit.test_own_fields import field


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
    put_in_force(SHIPPED)
    assert (outcome.read, outcome.unchanged, outcome.changed, outcome.refused) == (2, 2, 0, 0), outcome.problems
    assert said(outcome) == set()


def test_a_row_is_found_by_its_number_though_name_and_number_are_others(unit: Unit, tmp_path: Path) -> None:
    pupil = ada(unit)

    def change(rows: list[list[object]]) -> None:
        rows[1][rows[0].index("Legal surname")] = "Quillfeather"
        rows[1][rows[0].index("Date of birth")] = date(2012, 1, 3)
        rows[1][rows[0].index("Town")] = "Larkminster"

    outcome = read_in(unit, changed(written(unit, tmp_path, pupil), change))
    (kept,) = pupils.all_pupils(unit.desk.vault)
    assert (kept.id, kept.surname, kept.dob, kept.town) == (pupil.id, "Quillfeather", date(2012, 1, 3), "Larkminster")
    assert said(outcome) == {("name_differs", "warning")}


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
        rows[1][rows[0].index(COLUMN.label)] = row_id("another file", pupil.id)

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
