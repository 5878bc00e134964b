"""Moving house: one act for a household, its log rows, the address before kept, undone as one; nobody's withheld address is offered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.services import changes, households
from pupil_desk.services.pupils import moving, pupils
from tests.services.duplicates.people import later
from tests.services.exports.made import DAY, Unit

OLD = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
NEW = {"address_1": "12 New Road", "address_2": None, "locality": None, "town": "Larkfield", "county": None, "postcode": "AL28 3QN"}


@pytest.fixture
def ann(unit: Unit) -> Pupil:
    return unit.pupil("Hall", "Ann", date(2012, 2, 1), **OLD)


@pytest.fixture
def mother(unit: Unit, ann: Pupil) -> Contact:
    return unit.contact(ann, "Hall", forename="Eve", parental_responsibility=True, **(OLD | {"address_1": "4  larch way"}))


def _names(unit: Unit, pupil: Pupil) -> list[tuple[str, bool]]:
    return [(mover.record.full_name, mover.is_likely) for mover in moving.household(unit.desk, pupil.id)]


def _address(unit: Unit, pupil: Pupil) -> tuple[str, ...]:
    return pupils.record(unit.desk, pupil.id).pupil.address_lines


def test_the_household_is_found_and_a_neighbour_is_not_taken_along_unasked(unit: Unit, ann: Pupil, mother: Contact) -> None:
    ben = unit.pupil("Hall", "Ben", date(2013, 2, 1), **OLD, address_2="Heaton")
    unit.contact(ben, "Hall", forename="Eve", **OLD)
    unit.contact(ann, "Hall", forename="Max", relationship="PAF", address_1="9 Mill Lane", postcode="AL28 2QN")
    unit.pupil("Stranger", "Cy", date(2013, 2, 1), **OLD)
    assert _names(unit, ann) == [("Ann Hall", True), ("Eve Hall", True), ("Ben Hall", True), ("Eve Hall", True), ("Cy Stranger", False)]
    assert [name for name, _likely in _names(unit, ben)] == ["Ben Hall", "Eve Hall", "Ann Hall", "Eve Hall", "Cy Stranger"]


def test_a_household_without_a_postcode_is_found_too(unit: Unit) -> None:
    home = {"address_1": "The Old Mill", "town": "Larkfield"}
    ida = unit.pupil("Reed", "Ida", date(2012, 2, 1), **home)
    unit.pupil("Reed", "Tom", date(2014, 2, 1), **home)
    unit.pupil("Reed", "Una", date(2014, 2, 1))
    assert [name for name, _likely in _names(unit, ida)] == ["Ida Reed", "Tom Reed"]


def test_one_act_moves_all_of_them_with_a_log_row_each_and_letters_follow(unit: Unit, ann: Pupil, mother: Contact) -> None:
    ben = unit.pupil("Hall", "Ben", date(2013, 2, 1), **OLD)
    ids = [mover.id for mover in moving.household(unit.desk, ann.id)]
    before = len(unit.log())
    done = moving.move_house(unit.desk, ann.id, NEW, ids, Move(date(2026, 11, 20), "Eve Hall"))
    assert unit.log()[before:] == [
        ("edit-record", ann.id, "contact: moved house"),
        ("edit-record", ben.id, "moved house"),
        ("edit-record", ann.id, "moved house"),
    ]
    assert done.records == 3
    assert _address(unit, ann) == _address(unit, ben) == ("12 New Road", "Larkfield", "AL28 3QN")
    (former,) = pupils.earlier_addresses(unit.desk, ben.id)
    assert (former.address_1, former.moved_on, former.told_by) == ("4 Larch Way", date(2026, 11, 20), "Eve Hall")
    (letter,) = households.households(unit.desk, [ann.id]).letters
    assert letter.address == ("12 New Road", "Larkfield", "AL28 3QN")


def test_it_goes_back_as_one(unit: Unit, ann: Pupil, mother: Contact) -> None:
    ben = unit.pupil("Hall", "Ben", date(2013, 2, 1), **OLD)
    ids = [mover.id for mover in moving.household(unit.desk, ann.id)]
    done = moving.move_house(unit.desk, ann.id, NEW, ids, Move(DAY))
    changes.undo(unit.desk, done.act)
    assert _address(unit, ann) == _address(unit, ben) == ("4 Larch Way", "Larkfield", "AL28 2QN")
    assert pupils.record(unit.desk, ann.id).contacts[0].address_1 == mother.address_1
    for hours, earlier in ((1, ["4 Larch Way"]), (2, []), (3, ["4 Larch Way"])):
        desk = later(unit, hours)
        changes.undo(desk, changes.recent(desk)[0].key)
        for pupil in (ann, ben):
            told = [(former.address_1, former.moved_on) for former in pupils.earlier_addresses(desk, pupil.id)]
            assert told == [(line, DAY) for line in earlier], "an undo of an undo moves them again, with the address before"


def test_an_address_corrected_since_stays_whole_when_the_move_is_undone_and_the_earlier_one_counts_still(
    unit: Unit, ann: Pupil, mother: Contact
) -> None:
    """It was put together of both: an address that never was."""
    ids = [mover.id for mover in moving.household(unit.desk, ann.id)]
    done = moving.move_house(unit.desk, ann.id, NEW, ids, Move(DAY))
    pupils.save_pupil(unit.desk, replace(pupils.record(unit.desk, ann.id).pupil, address_1="12A New Road"))
    undone = changes.undo(unit.desk, done.act)
    assert [(left.label, left.reason) for left in undone.left] == [
        ("Address line 1", "Changed since; it says now: 12A New Road. The address stays whole.")
    ]
    assert _address(unit, ann) == ("12A New Road", "Larkfield", "AL28 3QN")
    assert [former.address_1 for former in pupils.earlier_addresses(unit.desk, ann.id)] == ["4 Larch Way"]
    assert pupils.record(unit.desk, ann.id).contacts[0].postcode == mother.postcode, "whose address is as the move made it goes back"


def test_whoever_is_not_ticked_stays(unit: Unit, ann: Pupil, mother: Contact) -> None:
    ben = unit.pupil("Hall", "Ben", date(2013, 2, 1), **OLD)
    moving.move_house(unit.desk, ann.id, NEW, [ann.id], Move(DAY))
    assert _address(unit, ben)[0] == "4 Larch Way"
    assert pupils.record(unit.desk, ann.id).contacts[0].postcode == "AL28 2QN"
    for line in ("Flat 7", None):
        moving.move_house(unit.desk, ann.id, NEW | {"address_2": line}, [ann.id], Move(DAY))
        assert pupils.record(unit.desk, ann.id).pupil.address_2 == line, "into a flat of the same house, and out of it, is a move"


def test_a_withheld_address_is_offered_to_no_other_household_either_way(unit: Unit, ann: Pupil, mother: Contact) -> None:
    ben = unit.pupil("Hall", "Ben", date(2013, 2, 1), **OLD)
    unit.protect(ben)
    assert _names(unit, ann) == [("Ann Hall", True), ("Eve Hall", True)]
    assert _names(unit, ben) == [("Ben Hall", True)]
    with pytest.raises(WrongUse):
        moving.move_house(unit.desk, ann.id, NEW, [ann.id, ben.id], Move(DAY))


def test_nobody_whom_an_order_names_learns_the_new_address(unit: Unit, ann: Pupil, mother: Contact) -> None:
    father = unit.contact(ann, "Hall", forename="Max", relationship="PAF", **OLD)
    unit.protect(ann, "order", father)
    assert _names(unit, ann) == [("Ann Hall", True), ("Eve Hall", True)]


def test_of_a_protected_pupil_only_who_lives_with_them_is_offered(unit: Unit, ann: Pupil, mother: Contact) -> None:
    unit.contact(ann, "Carer", forename="Jo", lives_with=True, **OLD)
    unit.protect(ann)
    assert _names(unit, ann) == [("Ann Hall", True), ("Jo Carer", True)]


@pytest.mark.parametrize(
    ("address", "day", "wrong"),
    [
        (dict.fromkeys(NEW), DAY, "missing"),
        (NEW | {"address_1": None, "address_2": "Larkminster"}, DAY, "missing"),
        (NEW | OLD, DAY, "same_address"),
        (NEW | OLD | {"address_1": "4 LARCH way", "address_2": " "}, DAY, "same_address"),
        (NEW, DAY + timedelta(days=1), "future_date"),
        (NEW | {"postcode": "nowhere"}, DAY, "bad_postcode"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    unit: Unit, ann: Pupil, address: dict[str, str | None], day: date, wrong: str
) -> None:
    before = unit.log()
    with pytest.raises(Refused) as refused:
        moving.move_house(unit.desk, ann.id, address, [ann.id], Move(day))
    assert wrong in {problem.code for problem in refused.value.problems}
    assert unit.log() == before
    assert _address(unit, ann)[0] == "4 Larch Way"
