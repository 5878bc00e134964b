"""Incidents in a copy: told with every other name proposed for removal; what is withheld from a parent is told neither to that parent nor at all."""

import pytest

from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.services import sheet
from pupil_desk.services.incidents import recording
from pupil_desk.services.packs import people
from pupil_desk.services.pupils import pupils
from tests.services.exports.made import DAY
from tests.services.incidents.test_report_names import entered
from tests.services.packs.made import Scene

ACCOUNT = "Tyrone Penn pushed Bea, and Adam saw it."


@pytest.fixture
def entry_id(scene: Scene) -> str:
    tyrone = next(pupil for pupil in pupils.all_pupils(scene.officer) if pupil.forename == "Tyrone")
    return entered(scene.unit, scene.bea, [tyrone], account=ACCOUNT)


def withhold(scene: Scene, entry_id: str, *, done: bool = True) -> None:
    event = IncidentEvent(
        entry_id=entry_id, kind=IncidentEventKind.WITHHELD, on=DAY, contact_id=scene.mother.id, who="Jo", note="She hit Bea.", done=done
    )
    recording.record(scene.officer, [event])


def kept(scene: Scene, asker: str) -> dict[tuple[str, str], str]:
    """What is proposed as kept from the family, by section and field."""
    marks = scene.compiled(scene.begin(asker)).marks
    return {(mark.place.section, mark.place.field): mark.words for mark in marks if mark.whose == people.KEPT_FROM_FAMILY}


def test_the_names_of_others_are_proposed_for_removal(scene: Scene, entry_id: str) -> None:
    debrief = IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.DEBRIEF_PUPIL, on=DAY, who="Jo", note="Tyrone scares me.")
    recording.record(scene.officer, [debrief])
    marks = [
        mark for mark in scene.compiled(scene.begin()).marks if mark.place.section.startswith("incident") and mark.whose == people.PUPIL
    ]
    assert [(mark.place.field, mark.words) for mark in marks] == [("account", "Tyrone Penn"), ("account", "Adam"), ("note", "Tyrone")]


def test_that_a_report_is_withheld_and_what_happened_are_not_told_to_that_parent(scene: Scene, entry_id: str) -> None:
    withhold(scene, entry_id)
    found = kept(scene, "Ann Quill")
    assert found["incident_events", "note"] == "She hit Bea."
    assert found["incident_events", "kind"] == "Report withheld from a parent"
    assert found["incident_events", "parent"] == "Ann Quill"
    assert found["incidents", "account"] == ACCOUNT


@pytest.mark.parametrize(("asker", "told"), [("Nora Ash", True), ("Bea Quill", True), ("A solicitor", False)])
def test_others_who_ask_are_told_what_happened_and_not_that_it_is_withheld(scene: Scene, entry_id: str, asker: str, *, told: bool) -> None:
    withhold(scene, entry_id)
    found = kept(scene, asker)
    assert ("incident_events", "note") in found
    assert (("incidents", "account") not in found) is told


def test_where_it_is_no_longer_withheld_it_is_told(scene: Scene, entry_id: str) -> None:
    withhold(scene, entry_id)
    withhold(scene, entry_id, done=False)
    assert kept(scene, "Ann Quill") == {}


def test_the_sheet_says_in_words_of_which_incident_a_step_is_and_shows_no_number_of_ours(scene: Scene, entry_id: str) -> None:
    withhold(scene, entry_id)
    sections = {section.name: section for section in sheet.everything(scene.officer, scene.bea.id)}
    facts = [fact for name in ("incidents", "incident_events") for entry in sections[name].entries for fact in entry.facts]
    labels = {name: label for name, label, _value, _words in facts}
    assert not {"entry_id", "incident_id", "wording"} & labels.keys()
    assert [name for name, label in labels.items() if name == label] == []
    assert labels["of_incident"] == "Of the incident of"
    assert {words for name, _label, _value, words in facts if name == "of_incident"} == {"24 November 2026"}
