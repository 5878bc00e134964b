"""To whom a notice is due."""

import dataclasses
from datetime import date

from pupil_desk.domain.notices.addressees import addressees, home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil

DAY = date(2026, 11, 24)


def _pupil(dob: date = date(2012, 1, 1)) -> Pupil:
    return Pupil(id="p", surname="Quill", forename="Ada", dob=dob, address_1="1 High Street", postcode="AL28 2QN")


def _contact(
    name: str, *, holds: bool | None = True, lives: bool | None = None, line: str | None = None, code: str | None = None
) -> Contact:
    return Contact(
        id=name,
        pupil_id="p",
        surname=name,
        relationship="PAM",
        parental_responsibility=holds,
        lives_with=lives,
        address_1=line,
        postcode=code,
    )


def test_one_letter_a_household() -> None:
    people = [_contact("Mother", lives=True), _contact("Stepfather", lives=True), _contact("Father", line="9 Low Road", code="HP48 1AA")]
    letters = addressees(_pupil(), people, (), DAY).letters
    assert [letter.addressee for letter in letters] == ["Mother and Stepfather", "Father"]
    assert [letter.address for letter in letters] == [("1 High Street", "AL28 2QN"), ("9 Low Road", "HP48 1AA")]


def test_two_at_one_address_of_their_own_are_one_household() -> None:
    people = [_contact("A", line="9 Low Road", code="HP48 1AA"), _contact("B", line="9 low road", code="HP48 1AA")]
    assert [letter.addressee for letter in addressees(_pupil(), people, (), DAY).letters] == ["A and B"]
    first, second = dataclasses.replace(people[0], town="Wexley"), dataclasses.replace(people[1], address_2="Flat 3")
    pupil = dataclasses.replace(_pupil(), address_1="9 Low Road", address_2="Flat 1", postcode="HP48 1AA")
    (letter,) = addressees(pupil, [first, second], (), DAY).letters
    assert (letter.addressee, letter.address, letter.at_home) == ("A and B", ("9 low road", "Flat 3", "HP48 1AA"), False), "with the flat"


def test_without_a_postcode_only_the_same_whole_address_is_one_household() -> None:
    one, other = _contact("A", line="1 High Street"), _contact("B", line="1 High Street")
    one, other = dataclasses.replace(one, town="Wexley"), dataclasses.replace(other, town="Barnet")
    apart = addressees(_pupil(), [one, other], (), DAY).letters
    assert [(letter.addressee, letter.address) for letter in apart] == [
        ("A", ("1 High Street", "Wexley")),
        ("B", ("1 High Street", "Barnet")),
    ]
    together = addressees(_pupil(), [one, dataclasses.replace(other, town="WEXLEY")], (), DAY).letters
    assert [letter.addressee for letter in together] == ["A and B"]


def test_at_the_pupils_home_is_judged_likewise() -> None:
    pupil = dataclasses.replace(_pupil(), postcode=None, town="Wexley")
    people = [
        _contact("Mother", lives=True),
        dataclasses.replace(_contact("Father", line="1 High Street"), town="Barnet"),
        dataclasses.replace(_contact("Aunt", line="1 high street"), town="Wexley"),
    ]
    letters = addressees(pupil, people, (), DAY).letters
    assert [letter.addressee for letter in letters] == ["Mother and Aunt", "Father"]


def test_two_without_a_first_line_are_not_one_household() -> None:
    people = [dataclasses.replace(_contact(name, code="HP48 1AA"), address_2=flat) for name, flat in (("A", "Flat 1"), ("B", "Flat 2"))]
    assert len(addressees(_pupil(), people, (), DAY).letters) == 2


def test_two_flats_of_one_house_are_two_households_and_protect_each_other() -> None:
    pupil = dataclasses.replace(_pupil(), address_1="Riverside House", address_2="Flat 1", postcode="AL1 1AA")
    father = dataclasses.replace(_contact("Father", line="Riverside House", code="AL1 1AA"), address_2="Flat 9")
    mother = dataclasses.replace(_contact("Mother", line="Riverside House", code="AL1 1AA"), address_2="flat 1")
    letters = addressees(pupil, [father, mother], (), DAY).letters
    assert [(letter.addressee, letter.address[1], letter.at_home) for letter in letters] == [
        ("Father", "Flat 9", False),
        ("Mother", "flat 1", True),
    ]
    mother = dataclasses.replace(mother, address_2=None)
    both = [mother, dataclasses.replace(_contact("Step", lives=True), lives_with=True)]
    assert [(letter.addressee, letter.at_home) for letter in addressees(pupil, [*both, father], (), DAY).letters] == [
        ("Mother and Step", True),
        ("Father", False),
    ], "a second line that one of them lacks is no other flat"
    withheld = Protection(pupil_id="p", contact_id="Father", kind=ADDRESS_WITHHELD, reason="refuge", since=DAY)
    assert home_withheld(pupil, [father], [withheld]), "whoever has the house has nearly the flat"


def test_responsibility_not_known_counts_as_no() -> None:
    found = addressees(_pupil(), [_contact("A", holds=None, lives=True), _contact("B", holds=False, lives=True)], (), DAY)
    assert (found.letters, found.nobody) == ((), True)


def test_a_holder_without_an_address_is_listed_and_not_printed() -> None:
    found = addressees(_pupil(), [_contact("A")], (), DAY)
    assert found.letters == ()
    assert [(contact.full_name, reason) for contact, reason in found.left_out] == [("A", "has no address on file")]
    assert not found.nobody


def test_a_contact_under_an_order_gets_none() -> None:
    order = Protection(pupil_id="p", contact_id="Father", kind=ORDER, reason="order of 2025", since=DAY)
    people = [_contact("Mother", lives=True), _contact("Father", line="9 Low Road", code="HP48 1AA")]
    found = addressees(_pupil(), people, [order], DAY)
    assert [letter.addressee for letter in found.letters] == ["Mother"]
    assert [contact.full_name for contact, _reason in found.left_out] == ["Father"]


def test_an_address_withheld_does_not_stop_the_familys_own_letter() -> None:
    withheld = Protection(pupil_id="p", kind=ADDRESS_WITHHELD, reason="refuge", since=DAY)
    assert len(addressees(_pupil(), [_contact("Mother", lives=True)], [withheld], DAY).letters) == 1


def test_from_16_the_pupil_too() -> None:
    found = addressees(_pupil(date(2010, 11, 24)), [_contact("Mother", lives=True)], (), DAY)
    assert [letter.addressee for letter in found.letters] == ["Mother", "Ada Quill"]
    alone = addressees(_pupil(date(2010, 11, 24)), [], (), DAY)
    assert ([letter.addressee for letter in alone.letters], alone.nobody) == (["Ada Quill"], False)
    younger = addressees(_pupil(date(2010, 11, 25)), [], (), DAY)
    assert (younger.letters, younger.nobody) == ((), True)


def test_from_18_the_pupil_alone_save_where_the_parents_of_the_education_act_are_asked_for() -> None:
    people = [_contact("Mother", lives=True)]
    found = addressees(_pupil(date(2008, 11, 24)), people, (), DAY)
    assert ([letter.addressee for letter in found.letters], found.nobody) == (["Ada Quill"], False)
    younger = addressees(_pupil(date(2008, 11, 25)), people, (), DAY)
    assert [letter.addressee for letter in younger.letters] == ["Mother", "Ada Quill"]
    parents = addressees(_pupil(date(2008, 11, 24)), people, (), DAY, carers=True)
    assert [letter.addressee for letter in parents.letters] == ["Mother", "Ada Quill"]
