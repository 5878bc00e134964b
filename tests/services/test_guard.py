"""The guard of what is printed or saved: who is protected, how it is said, the stamp, and the log."""

import re
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.duplicates import merging
from pupil_desk.services.guard import NOBODY, confirmed, guard, on_roll_between
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import protections
from pupil_desk.services.saving import Saving, save_notices, save_numbered, save_slips
from tests.services.exports.made import DAY, Unit

HOME = {"address_1": "1 Lane", "postcode": "SG4 7ZZ"}
_ALARMING = re.compile(r"Office use|Protected\.|into their envelopes|check the name", re.IGNORECASE)
"""What a family would read as a sign that something is kept from somebody."""


@pytest.fixture
def zoe(unit: Unit) -> Pupil:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), **HOME)
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True, order=1)
    father = unit.contact(pupil, "Penn", forename="Tom", parental_responsibility=True, order=2)
    unit.protect(pupil, ADDRESS_WITHHELD)
    unit.protect(pupil, ORDER, father)
    return pupil


def test_who_is_protected_and_how_is_for_the_screen_alone(unit: Unit, zoe: Pupil) -> None:
    free = unit.pupil("Free", "Al", date(2012, 5, 1))
    held = guard(unit.desk, [zoe.id, free.id], "class list")
    assert [one.pupil.id for one in held.guarded] == [zoe.id]
    assert held.guarded[0].kinds == ("address-withheld", "order")
    assert held.question.startswith("Zoë Penn: address withheld; order or restriction (Tom Penn)")
    assert held.stamp == "Protected. Keep this paper locked away, and check who may see it before it leaves the office."
    assert not {"Zoë", "Penn", "order", "address"} & set(held.stamp.replace(".", "").split())
    assert (held.stamp_for(zoe.id), held.stamp_for(free.id)) == (held.stamp, "")
    assert held.only([free.id]).stamp == ""
    assert held.only([zoe.id]).stamp == held.stamp


def test_a_paper_to_a_family_says_nothing_and_whoever_prints_it_is_told_of_each_by_name(unit: Unit, zoe: Pupil) -> None:
    for number in range(8):
        unit.protect(unit.pupil(f"Marsh{number}", "Al", date(2012, 5, 1)))
    held = guard(unit.desk, [*on_roll_between(unit.desk, DAY, DAY), zoe.id], "notice", for_family=True)
    assert (held.stamp, held.stamp_for(zoe.id)) == ("", "")
    assert "Nothing on the papers says so. Check the name and address of each" in held.question
    assert "An order names nobody" not in held.question
    unit.protect(zoe, ORDER)
    asked = guard(unit.desk, [zoe.id], "incident report", for_family=True).question
    assert "order or restriction (names none of the contacts)" in asked
    assert "An order names nobody among the contacts, and may mean whoever gets a paper: ask whom it means" in asked
    assert all(one.pupil.full_name in held.question for one in held.guarded)
    assert len(held.guarded) == 9


def test_nobody_protected_is_no_guard(unit: Unit) -> None:
    free = unit.pupil("Free", "Al", date(2012, 5, 1))
    held = guard(unit.desk, [free.id], "class list")
    assert not held
    assert not NOBODY
    assert (held.stamp, NOBODY.stamp) == ("", "")
    before = unit.log()
    confirmed(unit.desk, held)
    assert unit.log() == before


def test_a_protection_lifted_or_over_guards_no_more(unit: Unit) -> None:
    pupil = unit.pupil("Once", "Al", date(2012, 5, 1))
    over = Protection(pupil_id=pupil.id, kind=ORDER, reason="Court", since=date(2026, 1, 1), until=date(2026, 11, 23))
    protections.set_protection(unit.desk, over)
    assert not guard(unit.desk, [pupil.id], "x")
    unit.protect(pupil, ORDER)
    assert guard(unit.desk, [pupil.id], "x")
    (standing,) = unit.desk.vault.rows("SELECT id FROM protection WHERE until IS NULL")
    protections.lift_protection(unit.desk, standing["id"], "Over")
    assert not guard(unit.desk, [pupil.id], "x")


def test_of_two_records_of_one_person_both_guard(unit: Unit, zoe: Pupil) -> None:
    twin = unit.pupil("Penn", "Zoe", date(2012, 5, 1))
    merging.merge(unit.desk, twin.id, zoe.id, reason="One girl")
    assert [one.pupil.id for one in guard(unit.desk, [twin.id], "x").guarded] == [twin.id]


def test_going_through_with_it_is_logged_for_each_with_kinds_alone(unit: Unit, zoe: Pupil) -> None:
    other = unit.pupil("Marsh", "Kim", date(2012, 5, 1))
    unit.protect(other)
    confirmed(unit.desk, guard(unit.desk, [zoe.id, other.id], "class list"))
    assert sorted(unit.log()[-2:]) == sorted(
        [("print-protected", zoe.id, "class list: address-withheld, order"), ("print-protected", other.id, "class list: address-withheld")]
    )


def test_many_are_counted(unit: Unit) -> None:
    for number in range(8):
        unit.protect(unit.pupil(f"Penn{number}", "Al", date(2012, 5, 1)))
    assert "and 2 pupils more" in guard(unit.desk, on_roll_between(unit.desk, DAY, DAY), "register").question


def test_on_roll_between(unit: Unit, zoe: Pupil) -> None:
    assert on_roll_between(unit.desk, date(2026, 8, 1), date(2026, 8, 31)) == set()
    assert on_roll_between(unit.desk, date(2026, 8, 1), date(2026, 9, 2)) == {zoe.id}


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_saved_notices_of_those_protected_look_like_the_others_and_are_logged(unit: Unit, zoe: Pupil, tmp_path: Path, form: str) -> None:
    free = unit.pupil("Free", "Al", date(2012, 5, 1), **HOME)
    unit.contact(free, "Free", forename="Bo", parental_responsibility=True, lives_with=True)
    with Saving(tmp_path) as saving:
        save_notices(saving, unit.desk, notices.letters_of_everyone(unit.desk).letters, form, lambda *_step: None)
    files = {file.name: _words(tmp_path / file.name).decode() for file in saving.files}
    assert {f"privacy-notice-{one.ref}-1.{form}" for one in (zoe, free)} <= files.keys()
    assert not any(_ALARMING.search(words) for words in files.values())
    assert ("print-protected", zoe.id, "notice saved: address-withheld, order") in unit.log()


def test_saved_forms_too(unit: Unit, zoe: Pupil, tmp_path: Path) -> None:
    with Saving(tmp_path) as saving:
        save_numbered(saving, unit.desk, printing.make_forms(unit.desk, "sharing-choice", [zoe]).forms, lambda *_step: None)
        save_slips(saving, unit.desk, [zoe], None, lambda *_step: None)
    assert saving.files
    assert not any(_ALARMING.search(_words(tmp_path / file.name).decode()) for file in saving.files)
    assert ("print-protected", zoe.id, "form: address-withheld, order") in unit.log()
    assert ("print-protected", zoe.id, "form saved: data-check: address-withheld, order") in unit.log()


def _words(path: Path) -> bytes:
    if path.suffix == ".html":
        return path.read_bytes()
    return read_pdf(path.read_bytes()).text.encode()
