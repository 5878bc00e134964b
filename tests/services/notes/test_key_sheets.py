"""Three sheets for the key of the restricted notes: any two give it to who is named, one alone gives nothing."""

import itertools

import pytest

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import key_sheets
from pupil_desk.services.unit import staff
from pupil_desk.store.file import passwords
from pupil_desk.store.file.second_key import items
from pupil_desk.store.tables import second_keys
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import LEAD, LEADS, OFFICES, at, name_reader, texts, write


@pytest.fixture
def codes(unit: Unit, lead: StaffMember) -> list[str]:
    """The lead made sheets, and the data officer is named and does not hold the key; a note was written by the lead."""
    name_reader(unit, lead)
    desk = at(unit, LEAD, LEADS)
    new = key_sheets.new_sheets(desk)
    new.put_in_force()
    return new.secret.split("\n")


def test_any_two_give_the_key_and_one_does_not(unit: Unit, codes: list[str], lead: StaffMember) -> None:
    pupil = unit.pupil("Quill", "Bea", DAY.replace(year=2012))
    write(unit.desk, pupil, "Told")
    desk = at(unit, OFFICER, PASSWORD)
    with pytest.raises(WrongUse, match="named"):
        key_sheets.open_with(desk, codes[0], codes[1])
    name_reader(unit, desk.user)
    assert texts(desk, pupil) == []
    other = passwords.new_code()
    for first, second in [(codes[0], codes[0]), *((code, other) for code in codes)]:
        with pytest.raises(WrongPassword, match="two of the three"):
            key_sheets.open_with(desk, first, second)
    for pair in itertools.permutations(codes, 2):
        number = second_keys.of_room(desk.vault, second_keys.RESTRICTED_NOTES)
        assert number is not None
        key_sheets.open_with(desk, *pair)
        assert texts(desk, pupil) == ["Told"]
        with desk.vault.transaction():
            second_keys.take(desk.vault, number["id"], desk.user.id)
        desk.vault.held.keys.clear()


def test_each_code_is_checked_by_itself_and_called_that_of_a_sheet(unit: Unit, codes: list[str]) -> None:
    desk, (first, second, _third) = unit.desk, codes
    mistyped = first[:5] + ("X" if first[5] != "X" else "Y") + first[6:]
    assert [key_sheets.fault(desk, code) for code in codes] == ["", "", ""]
    assert key_sheets.fault(desk, mistyped) == "One or more characters of the sheet’s code are wrong. Compare it with the printed sheet."
    assert key_sheets.fault(desk, first[:9]).startswith("A sheet’s code has 28 characters, in seven groups of four; 8 were typed.")
    assert key_sheets.fault(desk, second, mistyped) == key_sheets.fault(desk, mistyped)
    assert key_sheets.fault(desk, first, first).startswith("These are not two of the three sheets that count.")
    assert key_sheets.fault(desk, second, first) == ""


def test_a_key_that_is_made_later_is_on_them_too_and_a_new_set_ends_the_old_one(unit: Unit, codes: list[str], lead: StaffMember) -> None:
    pupil = unit.pupil("Quill", "Bea", DAY.replace(year=2012))
    officer = at(unit, OFFICER, PASSWORD).user
    name_reader(unit, officer)
    key_sheets.open_with(unit.desk, codes[2], codes[0])
    name_reader(unit, lead, may=False)  # which renews the key
    name_reader(unit, lead)
    write(unit.desk, pupil, "Since")
    staff.set_password_anew(unit.desk, lead, OFFICES)
    with unit.desk.vault.transaction():
        key = second_keys.of_room(unit.desk.vault, second_keys.RESTRICTED_NOTES)
        assert key is not None
        second_keys.take(unit.desk.vault, key["id"], lead.id)
    desk = at(unit, LEAD, OFFICES)
    assert texts(desk, pupil) == []
    key_sheets.open_with(desk, codes[1], codes[2])
    assert texts(desk, pupil) == ["Since"]
    key_sheets.new_sheets(desk).put_in_force()
    with desk.vault.transaction():
        second_keys.take(desk.vault, key["id"], lead.id)
    with pytest.raises(WrongPassword, match="two of the three"):
        key_sheets.open_with(at(unit, LEAD, OFFICES), codes[1], codes[2])


def test_once_there_are_sheets_the_recovery_code_does_not_hold_the_key(unit: Unit, codes: list[str]) -> None:
    assert items.of_slot(unit.desk.vault.keys.of_recovery) == {}
    assert items.of_slot(at(unit, LEAD, LEADS).vault.keys.of_recovery) == {}


def test_only_who_holds_it_makes_them_and_until_they_are_noted_nothing_has_changed(unit: Unit, lead: StaffMember) -> None:
    with pytest.raises(WrongUse, match="Only somebody who holds"):
        key_sheets.new_sheets(unit.desk)
    name_reader(unit, lead)
    with pytest.raises(WrongUse, match="Only somebody who holds"):
        key_sheets.new_sheets(unit.desk)
    desk = at(unit, LEAD, LEADS)
    key_sheets.new_sheets(desk)
    assert key_sheets.made_on(desk) == ""
    assert items.of_slot(desk.vault.keys.of_recovery) != {}
