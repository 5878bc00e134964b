"""Labels for chosen pupils: whose, with what on them, and what could not be made, by name."""

from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.labels import build_labels
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.households import Audience, households
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.many import labels
from pupil_desk.services.many.labels import LabelKind, Labels, sheet_of
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
AWAY = {"address_1": "9 Mill Lane", "town": "Larkfield", "postcode": "AL28 3QN"}


@pytest.fixture
def family(unit: Unit) -> tuple[Pupil, Contact, Contact]:
    ann = unit.pupil("Young", "Ann", date(2012, 5, 6), year_group="9", **HOME)
    mother = unit.contact(ann, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True)
    father = unit.contact(ann, "Young", title="Mr", forename="Carl", parental_responsibility=True, **AWAY)
    return ann, mother, father


def made(unit: Unit, *pupils: Pupil, kind: LabelKind = LabelKind.ADDRESS, key: str = "21") -> Labels:
    return labels.labels(unit.desk, [pupil.id for pupil in pupils], kind, sheet_of(key))


def lines(found: Labels) -> list[tuple[str, ...]]:
    return [tuple(label.lines) for label in found.labels]


def why(found: Labels) -> list[tuple[str, str]]:
    return [(one.name, one.reason) for one in found.left_out]


def test_names_alone_or_with_year_group_and_reference(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    ann = family[0]
    ben = unit.pupil("Abel", "Benedict", date(2011, 1, 2), preferred_forename="Ben")
    assert lines(made(unit, ann, ben, kind=LabelKind.NAME)) == [("Ben Abel",), ("Ann Young",)]
    assert lines(made(unit, ann, kind=LabelKind.NAME_AND_REF)) == [("Ann Young", f"Year 9, {ann.ref}")]


def test_each_household_has_its_own_address(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    assert sorted(lines(made(unit, family[0]))) == [
        ("Mr Carl Young", "9 Mill Lane", "Larkfield", "AL28 3QN"),
        ("Mrs Dora Young", "4 Larch Way", "Larkfield", "AL28 2QN"),
    ]


def test_brothers_and_sisters_share_one_and_both_are_logged(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    bea = unit.pupil("Young", "Bea", date(2014, 5, 6), **HOME)
    unit.contact(bea, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True)
    found = made(unit, family[0], bea)
    assert len(found.labels) == 2
    labels.log_print(unit.desk, found.pupils, LabelKind.ADDRESS)
    assert {one for _action, one, reason in unit.log()[-2:] if reason == "labels printed: address"} == {family[0].id, bea.id}


def test_a_withheld_address_is_on_no_label(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    unit.protect(family[0])
    found = made(unit, family[0])
    assert [line[0] for line in lines(found)] == ["Mr Carl Young"]
    assert why(found) == [("Mrs Dora Young", "the address must be kept from someone")]


def test_the_address_of_a_contact_is_withheld_by_itself(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    unit.protect(family[0], contact=family[2])
    assert [line[0] for line in lines(made(unit, family[0]))] == ["Mrs Dora Young"]


def test_one_under_an_order_and_one_without_an_address_are_named(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    unit.protect(family[0], "order", family[2])
    unit.contact(family[0], "Stone", forename="Eve", parental_responsibility=True)
    unit.contact(family[0], "Young", title="Mr", forename="Carl", parental_responsibility=True)  # of one name with the father
    found = made(unit, family[0])
    assert [line[0] for line in lines(found)] == ["Mrs Dora Young"]
    assert sorted(why(found)) == [
        ("Eve Stone", "has no address on file"),
        ("Mr Carl Young", "has no address on file"),
        ("Mr Carl Young", "is under an order or restriction"),
    ]


def test_a_pupil_with_nobody_is_named(unit: Unit) -> None:
    ben = unit.pupil("Abel", "Ben", date(2011, 1, 2))
    assert [(one.pupil.id, one.reason) for one in made(unit, ben).left_out] == [(ben.id, "nobody with parental responsibility is on file")]


def test_nothing_about_one_of_18_goes_to_a_parent(unit: Unit) -> None:
    tom = unit.pupil("Ash", "Tom", date(2008, 1, 1), **HOME)
    unit.contact(tom, "Ash", forename="Eve", parental_responsibility=True, lives_with=True)
    found = made(unit, tom)
    assert (lines(found), why(found)) == ([("Tom Ash", *tom.address_lines)], [])
    both = households(unit.desk, [tom.id], Audience.BOTH)
    assert ([letter.addressee for letter in both.letters], both.left_out) == (["Tom Ash"], ())
    max_ash = unit.pupil("Ash", "Max", date(2008, 1, 1))
    with pytest.raises(WrongUse, match="18 or over and has no address on file"):
        list(progress_reports.reports(unit.desk, max_ash.id))
    (report,) = progress_reports.reports(unit.desk, tom.id)
    assert report.letter.addressee == "Tom Ash"
    text = plain_text(report.story)
    assert "tells you how you have got on" in text
    assert "everything we keep about you." in text
    assert [words for words in ("how Tom", "about Tom", "at home", "together") if words in text] == []


def test_what_has_no_room_is_left_out_by_name(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    long = unit.pupil("Okonkwo-Featherstonehaugh-Wetherington", "Alexandrina", date(2012, 9, 27))
    found = made(unit, long, family[0], kind=LabelKind.NAME, key="65")
    assert lines(found) == [("Ann Young",)]
    assert [(one.pupil.id, one.reason) for one in found.left_out] == [(long.id, "the text has no room on a label of this size")]


def test_they_pass_three_checkers(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    found = made(unit, family[0])
    assert_accessible(build_labels(found.labels, found.sheet, start=5, title="Labels"))


def test_a_name_that_no_font_has_stops_no_other_label(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    strange = unit.pupil("\U000e0041", "Zoë", date(2012, 5, 6))
    found = made(unit, strange, family[0], kind=LabelKind.NAME)
    assert lines(found) == [("Ann Young",)]
    assert [(one.pupil.id, one.reason) for one in found.left_out] == [(strange.id, "no font here has these characters: \U000e0041")]


def test_the_home_of_somebody_protected_is_on_no_label_and_in_no_letter_to_the_pupil(unit: Unit) -> None:
    """She is protected, not the pupil; but where she lives is where the pupil lives."""
    ann = unit.pupil("Young", "Ann", date(2010, 5, 6), **HOME)
    mother = unit.contact(ann, "Young", forename="Dora", lives_with=True)
    unit.contact(ann, "Stone", forename="Stef", parental_responsibility=True, **HOME)
    unit.contact(ann, "Young", forename="Carl", parental_responsibility=True, **AWAY)
    unit.protect(ann, contact=mother)
    assert lines(made(unit, ann)) == [("Carl Young", "9 Mill Lane", "Larkfield", "AL28 3QN")]
    found = households(unit.desk, [ann.id], Audience.BOTH)
    assert [letter.addressee for letter in found.letters] == ["Carl Young"]
    assert {one.name for one in found.left_out} == {"Stef Stone", "Ann Young"}
    assert len(households(unit.desk, [ann.id], Audience.BOTH, withheld=True).letters) == 3
