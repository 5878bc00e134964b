"""Incidents in a copy: told with every other name proposed for removal; what is withheld from a parent is told neither to that parent nor at all."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services import sheet
from pupil_desk.services.disclosures import statement_lines, told
from pupil_desk.services.imports.entries.incidents import INCIDENTS
from pupil_desk.services.incidents import recording, report
from pupil_desk.services.packs import people, writing
from pupil_desk.services.pupils import contacts as contacts_service
from pupil_desk.services.pupils import pupils
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, ledger
from tests.services.exports.made import DAY, MOMENT
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


def test_nothing_of_the_entry_and_of_what_was_done_about_it_is_left_for_that_parent(scene: Scene, entry_id: str, tmp_path: Path) -> None:
    withhold(scene, entry_id)
    (other_mother,) = (contact for contact in contacts.of_pupil(scene.officer.vault, scene.bea.id) if contact.forename == "Nora")
    for event in (
        IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.DEBRIEF_PUPIL, on=DAY, who="Jo", note="I was held."),
        IncidentEvent(
            entry_id=entry_id, kind=IncidentEventKind.REPORTED, on=DAY, contact_id=other_mother.id, way="hand", note="In the hall."
        ),
    ):
        recording.record(scene.officer, [event])
    made = scene.compiled(scene.begin("Ann Quill"))
    for name in ("incidents", "incident_events"):
        for passage in made.part(name).passages:
            marks = made.marks_in(passage)
            assert [mark.words for mark in marks] == ([passage.words] if passage.words else []), passage.field
            assert {mark.whose for mark in marks} <= {people.KEPT_FROM_FAMILY}
    told = {passage.field: made.marks_in(passage)[0] for passage in made.part("incidents").passages if passage.words}
    assert {"force", "seclusion", "force_kind", "minutes", "kind", "part", "place", "staff", "day", "time"} <= told.keys()
    assert told["force"].needles == frozenset(), "«Yes» tells nothing elsewhere"
    assert told["account"].needles
    assert writing.write(scene.officer, scene.all_as_proposed(scene.begin("Ann Quill")), tmp_path).files


def test_the_contact_who_asks_is_that_contact_though_called_as_the_pupil_is(scene: Scene, entry_id: str) -> None:
    contacts_service.save_contact(scene.officer, dataclasses.replace(scene.mother, forename="Bea"))
    withhold(scene, entry_id)
    assert kept(scene, "Bea Quill")["incidents", "account"] == ACCOUNT
    scene.unit.contact(scene.bea, "Quill", forename="Bea", parental_responsibility=True, address_1="1 Hill")
    assert kept(scene, "Bea Quill")["incidents", "account"] == ACCOUNT, "which of the three asks cannot be told"


def test_what_a_file_of_incidents_told_beside_is_withheld_too(scene: Scene, entry_id: str) -> None:
    with scene.officer.vault.transaction():
        for number, kind in enumerate((INCIDENTS.name, "pupils")):
            import_id = f"import-{number}"
            ledger.add_import(
                scene.officer.vault,
                {
                    "id": import_id,
                    "kind": kind,
                    "sha256": "0",
                    "at": MOMENT.isoformat(),
                    "made_by": scene.officer.user.id,
                    **dict.fromkeys(("read", "added", "changed", "unchanged", "refused"), 0),
                },
            )
            left = NotTaken(
                id=f"left-{number}", pupil_id=scene.bea.id, import_id=import_id, path="Place", value=f"The gym {number}", reason="No room."
            )
            several.add(scene.officer.vault, left)
    assert ("not_taken", "value") not in kept(scene, "Ann Quill")
    withhold(scene, entry_id)
    marks = scene.compiled(scene.begin("Ann Quill")).marks
    assert [mark.words for mark in marks if mark.place.section == "not_taken" and mark.place.field == "value"] == ["The gym 0"]


def test_that_the_other_parent_had_the_report_is_told_neither_in_a_copy_nor_in_a_statement(scene: Scene, entry_id: str) -> None:
    def logged() -> list[int]:
        logged_lines = statement_lines.from_log(scene.officer, scene.bea.id, told.Days(DAY, DAY))
        return [logged_lines.rows, logged_lines.kept_back, logged_lines.undecided]

    report.log_print(scene.officer, entry_id)
    rows = logged()[0]
    assert logged() == [rows, 0, 0]
    withhold(scene, entry_id)
    assert logged() == [0, rows, 0]
    told_words = [told.sentence(line) for line in told.log(scene.officer, pupil_id=scene.bea.id)]
    assert any("may not know of it: it tells of an incident, and a report is withheld from a parent." in words for words in told_words)
    assert scene.compiled(scene.begin("Ann Quill")).part("disclosures").entries == ()
    withhold(scene, entry_id, done=False)
    assert logged() == [rows, 0, 0]


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
