"""What fields of the unit's own say of a contact goes unseen to no other contact: each is marked, and a person decides."""

import dataclasses
from collections.abc import Iterator

import pytest

from pupil_desk.basics.rulefiles import apart
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.unit.own_field import OwnField
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.unit import own_fields
from tests.services.packs.made import Scene

HEALTH = OwnField(
    record="contact",
    label="Health of parent",
    kind="text",
    reason="Who may need a lift",
    purpose="CARE",
    basis="PUBLIC_TASK",
    special="HEALTH",
    retention="pupil-record",
)
INTERPRETER = dataclasses.replace(HEALTH, label="Needs an interpreter", kind="yes-no", special="NONE")


@pytest.fixture
def filled(scene: Scene) -> Iterator[Scene]:
    """Both parents have something in both fields, and of the mother it was something else before."""
    with apart():
        for field in (HEALTH, INTERPRETER):
            own_fields.make(scene.officer, field)
        nora = next(contact for contact in pupils.record(scene.officer, scene.bea.id).contacts if contact.forename == "Nora")
        _save(scene, nora, own_text_1="Epilepsy since she was young", own_flag_2=True)
        _save(scene, scene.mother, own_text_1="Sleeps badly", own_flag_2=False)
        _save(scene, scene.mother, own_text_1="Depression", own_flag_2=True)
        yield scene


def _save(scene: Scene, contact: Contact, **values: object) -> None:
    record = pupils.record(scene.officer, scene.bea.id)
    kept = next(known for known in record.contacts if known.id == contact.id)
    contacts.save_contact(scene.officer, dataclasses.replace(kept, **values))  # type: ignore[arg-type]


def _marked(made: Compiled, section: str, *fields: str) -> set[tuple[str, str, str]]:
    return {(mark.words, mark.whose, mark.who) for mark in made.marks if mark.place.section == section and mark.place.field in fields}


OWN = ("own_text_1", "own_flag_2")


def test_of_another_contact_each_is_marked_and_waits_for_a_person(filled: Scene) -> None:
    made = filled.compiled(filled.begin("Nora Ash"))
    about = "about Mrs Ann Quill"
    assert _marked(made, "contacts", *OWN) == {("Depression", "contact-field", about), ("Yes", "contact-field", about)}
    marks = [mark for mark in made.marks if mark.whose == "contact-field"]
    assert {(mark.proposed, mark.alone, mark.said) for mark in marks} == {(PlaceVerdict.WITHHOLD, PlaceVerdict.WITHHOLD, None)}


def test_what_they_said_before_is_marked_too_and_of_a_yes_the_name_of_the_field(filled: Scene) -> None:
    made = filled.compiled(filled.begin("Nora Ash"))
    history = {words for words, whose, _who in _marked(made, "history", "old", "new", "item") if whose == "contact-field"}
    assert {"Sleeps badly", "Depression"} <= history
    assert any("interpreter" in words for words in history)
    assert not history & {"Yes", "No", "Epilepsy since she was young"}


def test_of_one_who_is_protected_they_are_protected(filled: Scene) -> None:
    filled.unit.protect(filled.bea, "order", filled.mother)
    made = filled.compiled(filled.begin("Nora Ash"))
    assert {(words, whose) for words, whose, _who in _marked(made, "contacts", *OWN)} == {("Depression", "protected"), ("Yes", "protected")}
    decided = filled.all_as_proposed(made.pack)
    told = [decided.told(passage) for passage in decided.part("contacts").passages]
    assert "Depression" not in told
    assert "Epilepsy since she was young" in told


def test_who_asks_has_their_own_and_a_stranger_nobody_s_unless_a_person_gives_it(filled: Scene) -> None:
    mothers = filled.compiled(filled.begin("Ann Quill"))
    assert {words for words, _whose, _who in _marked(mothers, "contacts", *OWN)} == {"Epilepsy since she was young", "Yes"}
    strangers = filled.compiled(filled.begin("The council"))
    assert {words for words, _whose, _who in _marked(strangers, "contacts", *OWN)} == {"Depression", "Epilepsy since she was young", "Yes"}
