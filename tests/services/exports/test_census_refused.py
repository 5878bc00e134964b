"""The school census: who stays out of it, what is found wrong in the record, and where none is made."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.unit.kind import unit_kinds
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.care import needs
from pupil_desk.services.exports import promised_exports, run_export
from pupil_desk.services.exports.export import Format
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home import deadline_calendar
from pupil_desk.services.notices import notice_text
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import settings
from tests.services.exports.census_tables import BORN, COPIED, SPRING, UPNS, chosen, table, words
from tests.services.exports.made import DAY, Unit


def test_the_agreement_from_twelve_on_and_not_where_the_settings_leave_it_out(unit: Unit) -> None:
    unit.pupil("Eleven", "Una", date(2015, 1, 22), upn=UPNS[0])
    unit.pupil("Twelve", "Ted", date(2015, 1, 21), upn=UPNS[1])
    told = {row["surname"]: row["yssa"] for row in table(chosen(unit, SPRING), "pupilonroll")}
    assert told == {"Eleven": None, "Twelve": "UNS"}
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, census_yssa=False, census_day=date(2027, 1, 26)))
    found = chosen(unit, SPRING)
    assert "yssa" not in table(found, "pupilonroll")[0]
    assert table(found, "school")[0]["term"] == "AUT"
    assert table(chosen(unit, date(2027, 1, 26)), "school")[0]["referencedate"] == date(2027, 1, 26)


def test_a_stay_without_a_starting_day_keeps_a_pupil_out_until_it_is_entered(unit: Unit) -> None:
    """An import makes such stays where the file tells no day: nobody has said that the pupil was here."""
    pupil = unit.pupil("Unsaid", "Una", BORN, Enrolment(status="C"), upn=UPNS[0])
    found = chosen(unit, SPRING)
    assert (found.exported, [left.pupil.id for left in found.left_out]) == ([], [pupil.id])
    assert [(problem.item, problem.words) for problem in found.problems if problem.stops] == [
        (
            "enrolment.start_date",
            "The starting day is not known, so neither is whether the pupil was on roll on the day. Enter it in the stay.",
        )
    ]


def test_the_protected_and_those_without_a_right_upn_stay_out(unit: Unit) -> None:
    hidden, nobody, wrong, odd = (
        unit.pupil(name, "X", BORN, upn=upn) for name, upn in (("Hidden", UPNS[0]), ("Nobody", None), ("Wrong", UPNS[1]), ("=Odd", UPNS[2]))
    )
    unit.protect(hidden)
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE pupil SET upn = 'A919110026002' WHERE id = ?", (wrong.id,))
    found = chosen(unit, SPRING)
    assert found.exported == []
    assert {left.pupil.surname: left.receipt_reason for left in found.left_out} == {
        "Hidden": "protected, and not confirmed by name",
        **dict.fromkeys(("Nobody", "Wrong", "=Odd"), "something is missing or wrong without which no row is valid"),
    }
    assert {(problem.pupil.surname, problem.item) for problem in found.problems if problem.stops} == {
        ("Nobody", "pupil.upn"),
        ("Wrong", "pupil.upn"),
        ("=Odd", "pupil.surname"),
    }
    (told,) = chosen(unit, SPRING, confirm=frozenset({hidden.id, nobody.id, odd.id})).exported
    assert (told.pupil.surname, told.confirmed, len(told.protections)) == ("Hidden", True, 1)


def test_what_is_found_opens_its_field(unit: Unit) -> None:
    desk = unit.desk
    pupil = unit.pupil(
        "Quill",
        "Bea",
        BORN,
        Enrolment(status="C", start_date=date(2026, 9, 2), main_school="919/4001"),
        upn=UPNS[0],
        sen_provision="K",
        sen_need_1="SEMH",
    )
    (period,) = needs.of_pupil(desk, pupil.id).periods
    with desk.vault.transaction():
        desk.vault.execute("UPDATE pupil SET uln = '1000000052', year_group = '99' WHERE id = ?", (pupil.id,))
        desk.vault.execute("UPDATE sen_period SET provision = 'N' WHERE id = ?", (period.id,))
    register.mark(desk, [Mark(pupil_id=pupil.id, day=date(2026, 11, 20), session=Session.AM, code="Y1")])
    found = chosen(unit, SPRING)
    (row,) = table(found, "pupilonroll")
    assert (row["uniquelearnernumber"], row["ncyearactual"]) == (None, None)
    assert table(found, "senneeds") == []
    said = words(found, pupil)
    for item, beginning in (
        ("pupil.uln", "The ULN cannot be right (1575)"),
        ("pupil.year_group", "Year group: The census does not take 99"),
        ("enrolment.status", "Registered here alone (C), and a main school is named. If 919/4001"),
        ("sen_need.need", "There is a type of need, and no special"),
        ("mark.code", "3 sessions from 1 August 2026"),
        ("mark.code", "No possible session from 1 August 2026 to 31 December 2026 (2502Q)"),
        ("pupil.sex", "Sex is missing"),
        ("pupil.ethnicity", "Ethnic group is missing"),
        ("pupil.first_language", "First language is missing"),
    ):
        assert any(one == item and text.startswith(beginning) for one, text in said), (item, beginning, said)
    assert len(said) == len(set(said))
    assert not any(problem.stops for problem in found.problems)


def test_suspensions_that_overlap_or_outlast_the_stay(unit: Unit) -> None:
    left = unit.pupil("Gone", "Bea", BORN, upn=UPNS[0])
    decisions.decide(
        unit.desk, Suspension(pupil_id=left.id, category="SUSP", start=date(2026, 11, 23), session="AM", sessions=4, reason_1="DB")
    )
    one = chosen(unit, SPRING)
    assert not [item for item, _words in words(one, left) if item == "suspension.sessions"]
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE enrolment SET end_date = '2026-11-23' WHERE pupil_id = ?", (left.id,))
        for name, columns in (("suspension", COPIED), ("suspension_session", "pupil_id, day, session")):
            ids, new = ("id, decision", "'b', 'b'") if name == "suspension" else ("id, suspension_id", "id || 'b', 'b'")
            unit.desk.vault.execute(f"INSERT INTO {name} ({ids}, {columns}) SELECT {new}, {columns} FROM {name}")
    said = [text for item, text in words(chosen(unit, SPRING), left) if item == "suspension.sessions"]
    assert said == [
        "Two suspensions cover the same session: those of 23 November 2026 and 23 November 2026. Correct one of the two.",
        "The suspension of 23 November 2026 ends after the leaving day. Correct one of the two.",
    ]


def test_only_a_data_officer_makes_it_and_nobody_is_no_row(unit: Unit, stick: Path) -> None:
    with pytest.raises(NotAllowed):
        run_export(unit.as_role(Role.OFFICE), "school-census", stick, ExportOrder(reason="x"))
    made = run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True))
    assert (made.rows, made.left_out) == (0, ())


def test_a_setting_of_the_unit_that_a_machine_would_misread_is_named(unit: Unit, stick: Path) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, phone="+44 (0)1442 123456"))
    with pytest.raises(WrongUse, match=r"own phoneno cannot stand in this file: \+44 \(0\)1442 123456\."):
        run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True))
    assert list(stick.iterdir()) == []
    assert run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True, format=Format.XLSX)).rows == 0


@pytest.mark.parametrize("kind", list(unit_kinds()))
def test_a_unit_that_makes_no_school_census_is_told_what_is_made_instead(unit: Unit, stick: Path, kind: str) -> None:
    unit.pupil("Ash", "Ann", date(2012, 1, 5))
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, kind=kind))
    front = notice_text.filling_of(unit.desk.settings, DAY)["law_example"]
    listed = any("537A" in row.law for row in notice_text.annex_of(unit.desk.settings, DAY, promised_exports(unit.desk)).recipients)
    due = "census" in [one.kind for one in deadline_calendar.all_deadlines(unit.desk)]
    if kind != "independent-ap":
        chosen(unit)
        assert (front, listed, due) == ("the school census", True, True)
        return
    for attempt in (lambda: chosen(unit), lambda: run_export(unit.desk, "school-census", stick, ExportOrder(reason="Autumn", plain=True))):
        with pytest.raises(
            WrongUse,
            match=r"makes no school census\. .*school-level annual census in January.*alternative provision census that the authority makes",
        ):
            attempt()
    assert (front, listed, due) == ("who joins and who leaves", False, False)
    assert not list(stick.iterdir())
