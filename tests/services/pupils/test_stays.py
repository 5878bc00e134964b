"""Returning a pupil to the main school, moves of address, and the admission register."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.services import changes
from pupil_desk.services.guard import guard
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import admission, pupils, stays
from pupil_desk.store.rows import amendments
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 2, 1)
HOME = {"address_1": "4 Larch Way", "postcode": "AL28 2QN"}


def _stay(unit: Unit, pupil: Pupil) -> Enrolment:
    return pupils.record(unit.desk, pupil.id).stays[-1]


def test_a_return_is_one_transaction_and_one_row_of_the_log(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001"))
    before = len(unit.log())
    stays.return_to_school(unit.desk, pupil.id, _stay(unit, pupil).id, DAY)
    assert [row[2] for row in unit.log()[before:] if row[0] != "view"] == ["returned to the main school"]
    stay = _stay(unit, pupil)
    assert (stay.end_date, stay.deletion_ground, stay.next_school) == (DAY, "9(1)(c)", "919/4001")
    assert {row["item"] for row in amendments.of_pupil(unit.desk.vault, pupil.id) if row["item"]} == {
        "end_date",
        "deletion_ground",
        "next_school",
    }
    with pytest.raises(WrongUse):
        stays.return_to_school(unit.desk, pupil.id, stay.id, DAY)


def test_a_guest_returns_without_a_ground(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, Enrolment(status="G", start_date=date(2026, 9, 2), main_school="919/4001"))
    stays.return_to_school(unit.desk, pupil.id, _stay(unit, pupil).id, DAY)
    assert _stay(unit, pupil).deletion_ground is None


def test_a_return_that_cannot_be_changes_nothing(unit: Unit) -> None:
    nowhere = unit.pupil("Hall", "Ann", BORN)
    with pytest.raises(Refused):
        stays.return_to_school(unit.desk, nowhere.id, _stay(unit, nowhere).id, DAY)
    early = unit.pupil("Ivy", "Ben", BORN, Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001"))
    with pytest.raises(Refused):
        stays.return_to_school(unit.desk, early.id, _stay(unit, early).id, date(2026, 9, 1))
    assert [_stay(unit, pupil).end_date for pupil in (nowhere, early)] == [None, None]


def test_a_move_keeps_the_address_before_and_a_correction_does_not(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, **HOME)
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, address_1="4 Larch Road"))
    assert pupils.earlier_addresses(unit.desk, pupil.id) == []
    moved = dataclasses.replace(pupil, address_1="9 Mill Lane", postcode="AL28 3QN")
    pupils.save_pupil(unit.desk, moved, move=Move(date(2026, 11, 2), "Ms Hall"))
    (before,) = pupils.earlier_addresses(unit.desk, pupil.id)
    assert before.address_lines == ("4 Larch Road", "AL28 2QN")
    assert (before.moved_on, before.told_by) == (date(2026, 11, 2), "Ms Hall")
    pupils.save_pupil(unit.desk, dataclasses.replace(moved, phone="01632 960001"), move=Move(DAY))
    assert unit.count("former_address") == 1


def test_an_import_with_another_postcode_is_a_move_on_the_day_it_is_read(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, upn="Y919110026001", **HOME)
    for street, postcode in (("4 Larch Wy", "AL28 2QN"), ("9 Mill Lane", "AL28 3QN")):
        run_import(
            unit.desk,
            "pupils",
            f"surname,forename,dob,upn,address_1,postcode\nHall,Ann,1/2/2012,Y919110026001,{street},{postcode}\n".encode(),
        )
    (before,) = pupils.earlier_addresses(unit.desk, pupil.id)
    assert (before.address_lines, before.moved_on) == (("4 Larch Wy", "AL28 2QN"), DAY)


def test_a_stay_and_a_former_address_cannot_be_taken_away(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, **HOME)
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, postcode="AL28 3QN"), move=Move(DAY))
    for sql in ("DELETE FROM enrolment", "DELETE FROM former_address", "UPDATE former_address SET postcode = NULL"):
        with pytest.raises(Exception, match="append-only"), unit.desk.vault.transaction():
            unit.desk.vault.execute(sql)
    assert (unit.count("enrolment"), unit.count("former_address")) == (1, 1)


def test_a_move_undone_leaves_the_earlier_address_of_another_move(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, **HOME)
    for minute, street in enumerate(("9 Mill Lane", "2 Ash Way")):
        unit.desk.clock.moment += timedelta(minutes=minute)  # type: ignore[attr-defined]
        now = pupils.record(unit.desk, pupil.id).pupil
        pupils.save_pupil(unit.desk, dataclasses.replace(now, address_1=street), move=Move(DAY))
    changes.undo(unit.desk, changes.recent(unit.desk, limit=1)[0].key)
    assert [address.address_1 for address in pupils.earlier_addresses(unit.desk, pupil.id)] == ["4 Larch Way"]


def test_the_register_shows_everyone_on_roll_in_those_days(unit: Unit) -> None:
    ann = unit.pupil(
        "Hall",
        "Ann",
        BORN,
        Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001", last_school="Oak School, Oak Road"),
        **HOME,
    )
    unit.contact(ann, "Hall", forename="Eve", parental_responsibility=True, lives_with=True, mobile="07700 900501")
    pupils.save_pupil(
        unit.desk, dataclasses.replace(ann, address_1="9 Mill Lane", postcode="AL28 3QN"), move=Move(date(2026, 10, 5), "Eve Hall")
    )
    stays.return_to_school(unit.desk, ann.id, _stay(unit, ann).id, date(2026, 11, 20))
    unit.pupil("Ivy", "Ben", BORN, Enrolment(status="C", start_date=date(2025, 9, 1), end_date=date(2026, 7, 17)))
    unit.pupil("Joy", "Cat", BORN, Enrolment(status="G", start_date=date(2026, 9, 2)))
    since, until = date(2026, 9, 1), DAY
    found = admission.entries(unit.desk, since, until)
    assert [entry.pupil.surname for entry in found] == ["Hall"]
    assert len(admission.entries(unit.desk, date(2026, 7, 17), until)) == 2
    story, _title = admission.paper(unit.desk, found, since, until)
    text = plain_text(story)
    for words in (
        "Hall, Ann",
        "9 Mill Lane, AL28 3QN",
        "4 Larch Way, AL28 2QN; moved on 5 October 2026, told by Eve Hall",
        "Eve Hall; the pupil lives with them; 9 Mill Lane, AL28 3QN; in an emergency 07700 900501",
        "2 September 2026",
        "Oak School, Oak Road",
        "20 November 2026",
        "(c) Dual registration ended",
        "919/4001",
    ):
        assert words in text
    assert unit.log()[-1][2] == "admission register printed: 1 entries"


def test_the_register_says_of_one_under_an_order_not_to_call_and_not_why(unit: Unit) -> None:
    ann = unit.pupil("Hall", "Ann", BORN, Enrolment(status="C", start_date=date(2026, 9, 2)), **HOME)
    for name, phone in (("Eve", "07700 900501"), ("Rex", "07700 900502")):
        parent = unit.contact(ann, "Hall", forename=name, parental_responsibility=True, mobile=phone)
    unit.protect(ann, "order", parent)
    text = plain_text(admission.paper(unit.desk, admission.entries(unit.desk, DAY, DAY), DAY, DAY)[0])
    assert "in an emergency 07700 900502; do not call: ask the head of the unit first" in text
    assert text.count("do not call") == 1
    assert "order" not in text
    unit.protect(ann, "order")  # one that names nobody may mean anybody
    text = plain_text(admission.paper(unit.desk, admission.entries(unit.desk, DAY, DAY), DAY, DAY)[0])
    assert text.count("do not call: ask the head of the unit first") == 2


def test_the_register_is_guarded_where_an_address_must_be_withheld(unit: Unit) -> None:
    unit.protect(unit.pupil("Hall", "Ann", BORN, **HOME))
    unit.pupil("Ivy", "Ben", BORN)
    found = admission.entries(unit.desk, DAY, DAY)
    held = guard(unit.desk, {entry.pupil.id for entry in found}, "admission register")
    assert [one.pupil.surname for one in held.guarded] == ["Hall"]
    with pytest.raises(Refused):
        admission.entries(unit.desk, DAY, date(2026, 11, 23))
