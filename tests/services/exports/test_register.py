"""The register goes out in the columns in which it comes in."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import ExportRow, Format, Period
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.exports.previewing import of_pupil
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sheet import learning
from pupil_desk.store.tables import enrolments
from tests.services.exports.made import Unit

MONDAY = date(2026, 11, 23)


@pytest.fixture
def marked(unit: Unit) -> Unit:
    ann = unit.pupil("Ash", "Ann", date(2012, 1, 5), upn="Y919110026001")
    unnumbered = unit.pupil("Birch", "Bo", date(2012, 1, 5))
    hidden = unit.pupil("Cedar", "Cy", date(2012, 1, 5), upn="M919110026002")
    unit.protect(hidden)
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=p.id, day=MONDAY, session=s, code="L", minutes_late=5, note="=1+1")
            for p in (ann, unnumbered, hidden)
            for s in Session
        ],
    )
    register.mark(unit.desk, [Mark(pupil_id=ann.id, day=MONDAY, session=Session.AM, code="I")], reason="Rang")
    return unit


def test_what_goes_out_is_read_back_as_the_same(marked: Unit, stick: Path) -> None:
    made = run_export(marked.desk, "register", stick, ExportOrder(reason="School system", plain=True))
    assert made.rows == 2
    assert {reason for _pupil, reason in made.left_out} == {
        "There is no UPN, by which the file names a pupil.",
        "Protected (address withheld), and not confirmed by name.",
    }
    data = (stick / made.files[0].name).read_bytes()
    assert data.decode("utf-8-sig").splitlines() == [
        "upn,date,session,code,minutes_late,note",
        "Y919110026001,2026-11-23,AM,I,,",
        "Y919110026001,2026-11-23,PM,L,5,'=1+1",
    ]
    assert "1 August 2026 to 24 November 2026" in made.receipt_text
    again = run_import(marked.desk, "auto", data)
    assert (again.read, again.unchanged) == (2, 2)


def test_what_was_planned_for_days_after_the_pupil_left_is_on_no_register(marked: Unit, stick: Path) -> None:
    desk, tuesday = marked.desk, MONDAY + timedelta(days=1)
    ann, *_others = pupils.all_pupils(desk)
    register.mark(desk, [Mark(pupil_id=ann.id, day=tuesday + timedelta(days=days), session=Session.AM, code="C") for days in (0, 1)])
    (stay,) = enrolments.of_pupil(desk.vault, ann.id)
    pupils.save_stay(desk, replace(stay, end_date=MONDAY))
    made = run_export(desk, "register", stick, ExportOrder(reason="School system", plain=True))
    assert [line.split(",")[1] for line in (stick / made.files[0].name).read_text("utf-8-sig").splitlines()[1:]] == ["2026-11-23"] * 2
    said = [words for facts in learning.sheet_facts(desk.vault, ann.id) for name, _label, _value, words in facts if name == "planned"]
    assert [words.partition(";")[2] for words in said if words] == [
        " on no register, since the pupil was not here that day, so it does not count"
    ]
    pupils.save_stay(desk, replace(stay, end_date=tuesday))
    period = Period(MONDAY, tuesday)
    assert run_export(desk, "register", stick, ExportOrder(reason="x", plain=True, period=period)).rows == 3


def test_minutes_and_notes_are_told_only_of_whom_there_are_any(unit: Unit) -> None:
    beside = {"Ash": {}, "Birch": {"minutes_late": 5}, "Cedar": {"note": "7"}, "Dale": {"minutes_late": 5, "note": "Rang"}}
    for number, (surname, more) in enumerate(beside.items()):
        pupil = unit.pupil(
            surname, "Ann", date(2012, 1, 5), upn=("Y919110026001", "M919110026002", "B919110026003", "T919110022999")[number]
        )
        register.mark(
            unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=s, code="L", **(more if s is Session.PM else {})) for s in Session]
        )
    export = export_named(unit.desk, "register")
    told = export.select(unit.desk, ask_of(unit.desk, export, ExportOrder(reason=""))).exported
    assert [set(one.items[4:]) for one in told] == [set(), {"mark.minutes_late"}, {"mark.note"}, {"mark.minutes_late", "mark.note"}]


def test_a_period_is_kept_to_and_nothing_in_it_is_no_rows(marked: Unit, stick: Path) -> None:
    period = Period(date(2026, 9, 1), date(2026, 9, 30))
    assert run_export(marked.desk, "register", stick, ExportOrder(reason="x", plain=True, period=period)).rows == 0
    with pytest.raises(WrongUse):
        run_export(marked.desk, "register", stick, ExportOrder(reason="x", period=Period(MONDAY, date(2026, 9, 1))))
    with pytest.raises(WrongUse):
        run_export(marked.desk, "youth-support", stick, ExportOrder(reason="x", period=period))


def test_only_a_data_officer_makes_it(marked: Unit, stick: Path) -> None:
    with pytest.raises(NotAllowed):
        run_export(marked.as_role(Role.OFFICE), "register", stick, ExportOrder(reason="x"))


def test_pupils_asked_for_by_name_go_alone_and_alone_are_read(marked: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = marked.desk.vault
    ids = {row["surname"]: row["id"] for row in vault.rows("SELECT id, surname FROM pupil")}
    read: list[str] = []
    rows_of = vault.rows

    def rows(sql: str, *params: object) -> list[Any]:
        found = rows_of(sql, *params)  # type: ignore[arg-type]
        if "mark" in sql and not sql.startswith("PRAGMA"):
            read.extend(row[0] for row in found)
        return found

    monkeypatch.setattr(vault, "rows", rows)
    made = run_export(marked.desk, "register", stick, ExportOrder(reason="Court", plain=True, pupils=frozenset({ids["Ash"], ids["Birch"]})))
    assert (made.rows, [pupil.surname for pupil, _reason in made.left_out]) == (2, ["Birch"])
    assert set(read) == {ids["Ash"], ids["Birch"]}
    read.clear()
    alone = next(one for one in of_pupil(marked.desk, ids["Cedar"]) if one.id == "register")
    assert [(line.pupil.surname, line.held_back) for line in alone.lines] == [("Cedar", True)]
    assert set(read) <= {ids["Cedar"]}


def test_a_row_is_made_only_when_it_is_looked_at_and_then_not_kept(marked: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def row(cells: tuple[Cell, ...], key: str) -> ExportRow:
        made.append(key)
        return ExportRow(cells, key)

    monkeypatch.setattr("pupil_desk.services.exports.register.ExportRow", row)
    export = export_named(marked.desk, "register")
    selection = export.select(marked.desk, ask_of(marked.desk, export, ExportOrder(reason="")))
    assert (len(selection.exported[0].rows), made) == (2, [])
    (told,) = selection.exported
    lines = selection.lines()
    assert made == []
    assert len([*lines]) == len(told.rows) == 2
    assert (told.rows[0].cells[3], [one.key for one in told.rows[:1]]) == ("I", ["2026-11-23 AM"])
    assert len(made) == 6, "each time anew"


def test_what_is_kept_of_an_export_is_kept_in_the_order_of_its_index(marked: Unit, stick: Path) -> None:
    for number in range(6):
        marked.pupil(f"Dale{number}", "Di", date(2012, 1, 5))
    run_export(marked.desk, "contact-sheet", stick, ExportOrder(reason="Drill", format=Format.CSV))
    kept = marked.desk.vault.rows("SELECT pupil_id, kind FROM export_row ORDER BY seq")
    assert sorted(row["kind"] for row in kept) == ["left-out"] + ["told"] * 8
    told = [row["pupil_id"] for row in kept if row["kind"] == "told"]
    assert told == sorted(told)
