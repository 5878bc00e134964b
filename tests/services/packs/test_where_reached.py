"""Where the other parent or a protected pupil can be reached goes unseen to nobody: now or before, in their own record or one merged with it."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Move
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.requests.withholding import WITHHELD
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.duplicates import merging
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.transport import journeys
from tests.services.exports.made import DAY
from tests.services.packs.made import Scene

SECRET = ("protected", "in-care", "own-contact-detail")


def _marked(scene: Scene, asker: str, *sections: str) -> dict[str, str]:
    """The words marked as where somebody can be reached, each with whose they are."""
    marks = scene.compiled(scene.begin(asker)).marks
    assert {mark.alone for mark in marks if mark.whose in SECRET} <= {PlaceVerdict.WITHHOLD}
    return {mark.words: mark.whose for mark in marks if mark.place.section in sections and mark.whose in SECRET}


def test_a_parent_at_home_is_reached_by_number_and_email_alone_and_the_home_is_the_pupils(scene: Scene) -> None:
    nora = next(contact for contact in pupils.record(scene.officer, scene.bea.id).contacts if contact.forename == "Nora")
    lines = {"address_1": "4 Mill Lane", "postcode": "SG4 7ZZ", "phone": "01632 960555"}
    at_home = dataclasses.replace(nora, **lines, email="nora@example.org", address_2="Flat 6")
    contacts.save_contact(scene.officer, at_home)
    contacts.save_contact(scene.officer, dataclasses.replace(at_home, mobile="07700 900124"))
    own = {"07700 900124", "nora@example.org", "Flat 6"}
    assert set(_marked(scene, "Ann Quill", "contacts", "pupil")) == own
    assert set(_marked(scene, "Ann Quill", "history")) == {*own, "07700 900123"}
    assert set(_marked(scene, "Nora Ash", "contacts", "history")) == {"01632 960101", "9 Far Row"}


@pytest.mark.parametrize("order", [False, True])
def test_a_record_that_was_merged_tells_where_its_person_is_reached_no_more_than_the_one_kept(scene: Scene, order: bool) -> None:
    lines = {"mobile": "07700 900456", "email": "ann@example.org", "address_1": "12 Back Lane"}
    again = scene.unit.contact(scene.bea, "Quill", forename="Anna", **lines)
    contacts.save_contact(scene.officer, dataclasses.replace(again, mobile="07700 900457"))
    text = "Ring her on 07700900457, at 12 Back Lane."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="family", text=text, day=DAY))
    merging.merge_contacts(scene.officer, scene.mother.id, again.id, reason="One person")
    if order:
        scene.unit.protect(scene.bea, "order", scene.mother)
    marked = _marked(scene, "The council", "contacts")
    whose = "protected" if order else "own-contact-detail"
    assert marked.items() >= dict.fromkeys(("07700 900457", "ann@example.org", "12 Back Lane"), whose).items()
    assert ("Anna" in marked) is order
    assert _marked(scene, "The council", "notes").keys() == {"07700900457", "12 Back Lane"}
    assert _marked(scene, "The council", "history").keys() >= {"07700 900456", "07700 900457"}
    assert not {"07700 900457", "12 Back Lane"} & _marked(scene, "Ann Quill", "contacts", "notes", "history").keys()


def test_where_a_pupil_lived_before_is_withheld_with_the_home(scene: Scene) -> None:
    refuge = dataclasses.replace(scene.bea, address_1="Refuge One", address_2="Rear", town="Haven", county="Kent", postcode="LE3 9QP")
    pupils.save_pupil(scene.officer, refuge, move=Move(date(2026, 10, 1)))
    moved = dataclasses.replace(refuge, address_1="Refuge Two", town="Port", postcode="BS1 4ST")
    pupils.save_pupil(scene.officer, moved, move=Move(date(2026, 11, 1)))
    again = scene.unit.pupil("Quill", "Beatrix", scene.bea.dob, address_1="Refuge Three", town="Quay", postcode="CV1 1AA")
    merging.merge(scene.officer, scene.bea.id, again.id, reason="One person")
    text = "She came from Refuge One, and slept at Refuge Three."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="family", text=text, day=DAY))
    told_openly = _marked(scene, "The father", "pupil", "former_addresses", "notes")
    assert not told_openly
    scene.unit.protect(scene.bea)
    former = {"4 Mill Lane", "SG4 7ZZ", "Refuge One", "Rear", "Haven", "Kent", "LE3 9QP"}
    assert _marked(scene, "The father", "former_addresses") == dict.fromkeys(former, "protected")
    assert _marked(scene, "The father", "history").items() >= dict.fromkeys({*former, "Refuge Two", "Port", "BS1 4ST"}, "protected").items()
    assert _marked(scene, "The father", "pupil").items() >= dict.fromkeys(("Refuge Three", "Quay", "CV1 1AA"), "protected").items()
    assert _marked(scene, "The father", "notes") == dict.fromkeys(("Refuge One", "Refuge Three"), "protected")


def test_of_a_pupil_in_care_the_home_and_the_carers_are_withheld_from_all_but_carer_authority_and_pupil(scene: Scene) -> None:
    with_mother = dataclasses.replace(scene.bea, address_1="9 Far Row", postcode=None, phone=None, looked_after=True)
    pupils.save_pupil(scene.officer, with_mother, move=Move(date(2026, 10, 1)))
    home = {"address_1": "Rose Cottage", "address_2": "34 Mill Road", "town": "Port", "postcode": "BS1 4ST", "phone": "01632 960777"}
    pupils.save_pupil(scene.officer, dataclasses.replace(with_mother, **home), move=Move(date(2026, 11, 1)))
    carer = {"relationship": "FOM", "lives_with": True, "email": "olga@example.org"}
    foster = scene.unit.contact(scene.bea, "Zorn", forename="Olga", title="Mrs", mobile="07700 900777", **carer)
    contacts.save_contact(scene.officer, dataclasses.replace(foster, surname="Zornova", mobile="07700 900778"))
    alike = {"relationship": "CAR", "lives_with": True, "title": "Mrs", "town": "Otherby"}  # as the record of the mother, who asks
    scene.unit.contact(scene.bea, "Quill", forename="Gwen", **alike)
    scene.unit.contact(scene.bea, "Zornova", forename="Una", relationship="SWR", lives_with=False)  # called as the carer is
    journeys.add(scene.officer, Journey(pupil_id=scene.bea.id, route="North", start_date=DAY, days="Mon-Fri", pick_up="Rose Cottage"))
    text = "Mrs Zornova rang from Rose Cottage, 34 Mill Road, and asked after 9 Far Row."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="family", text=text, day=DAY))
    sections = ("pupil", "contacts", "former_addresses", "journeys", "notes", "history")
    in_care = {
        section: {words for words, whose in _marked(scene, "Ann Quill", section).items() if whose == "in-care"} for section in sections
    }
    reached = {"07700 900778", "olga@example.org"}
    assert in_care == {
        "pupil": set(home.values()),
        "contacts": {"Gwen", "Otherby", "Olga", "Zornova", *reached, "07700 900123"},
        "former_addresses": {"4 Mill Lane", "SG4 7ZZ"},
        "journeys": {"North", "24 November 2026", "Mon-Fri", "Rose Cottage"},
        "notes": {"Mrs Zornova", "Rose Cottage", "34 Mill Road"},
        "history": {*home.values(), "4 Mill Lane", "SG4 7ZZ", "01632 960555", "07700 900777", "07700 900778", "Zorn", "Zornova", "Added"},
    }, "her own address, where the pupil lived before, is no secret from her"
    copy = scene.all_as_proposed(scene.begin("Ann Quill"))
    told_entries = [{passage.field: copy.told(passage) for passage in entry} for entry in copy.part("contacts").entries]
    alike_told = [[entry[name] for name in ("title", "forename", "surname", "town")] for entry in told_entries if entry["town"]]
    assert alike_told == [["Mrs", "Ann", "Quill", "Otherby"], ["Mrs", WITHHELD, "Quill", WITHHELD]]
    surnames = {(entry["forename"], entry["surname"]) for entry in told_entries}
    assert surnames >= {("Una", "Zornova"), (WITHHELD, WITHHELD)}, "a mark is on the record, and not on the like word elsewhere"
    added = [copy.told(passage) for passage in copy.part("history").passages if passage.words == "Added"]
    assert (added.count(WITHHELD), set(added)) == (1, {"Added", WITHHELD}), "that a journey was added, and nothing beside"
    assert "in-care" in _marked(scene, "The council", "pupil").values()
    contacts.save_contact(scene.officer, dataclasses.replace(foster, surname="Zornova", mobile="07700 900778", lives_with=None))
    for told in ("Olga Zornova", "Una Zornova", scene.bea.legal_name):
        assert "in-care" not in _marked(scene, told, *sections).values(), told
