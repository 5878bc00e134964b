"""Incidents in a copy: told with every other name proposed for removal; to a parent from whom a report is withheld nothing of it, to nobody that it is."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.requests.pack import PackMark, PlaceVerdict
from pupil_desk.domain.sharing.recipients import ASKER
from pupil_desk.services import bin as bins
from pupil_desk.services import sheet
from pupil_desk.services.accidents import accident_papers
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.disclosures import disclosures, statement_lines, told
from pupil_desk.services.disclosures.disclosures import Disclosure, Way
from pupil_desk.services.imports.entries.incidents import INCIDENTS
from pupil_desk.services.incidents import recording, report
from pupil_desk.services.incidents.told_account import REWORDED
from pupil_desk.services.packs import deciding, listing, people, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.packs.text_keys import key_of
from pupil_desk.services.pupils import contacts as contacts_service
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, incidents, ledger
from tests.services.exports.made import DAY, MOMENT
from tests.services.incidents.test_report_names import entered
from tests.services.packs.made import Scene
from tests.services.packs.test_writing import text_of

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


def is_out(scene: Scene, asker: str) -> bool:
    """Whether a copy has nothing of the incidents and of what was done about them."""
    counts = scene.compiled(scene.begin(asker)).counts
    return (counts["incidents"], counts["incident_events"]) == (0, 0)


def test_the_names_of_others_are_proposed_for_removal(scene: Scene, entry_id: str) -> None:
    debrief = IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.DEBRIEF_PUPIL, on=DAY, who="Jo", note="Tyrone scares me.")
    recording.record(scene.officer, [debrief])
    marks = [
        mark for mark in scene.compiled(scene.begin()).marks if mark.place.section.startswith("incident") and mark.whose == people.PUPIL
    ]
    assert [(mark.place.field, mark.words) for mark in marks] == [("account", "Tyrone Penn"), ("account", "Adam"), ("note", "Tyrone")]


def test_an_account_that_others_are_in_is_proposed_as_withheld_whole_and_given_without_their_names(scene: Scene, entry_id: str) -> None:
    (entry,) = incidents.of_pupil(scene.officer.vault, scene.bea.id)
    necessary = "To stop the blows at the other pupil, who was held."
    recording.amend(scene.officer, [dataclasses.replace(entry.now, necessary=necessary, support="Bea had a drink.")])
    accidents.add(
        scene.officer,
        Accident(pupil_id=scene.bea.id, entry_id=entry_id, day=DAY, place="hall", account=ACCOUNT, injury="bump", body_part="head"),
    )
    (accident,) = accidents.of_pupil(scene.officer, scene.bea.id)
    accidents.save(scene.officer, dataclasses.replace(accident, account="Was pushed by one who was held"))
    copy = scene.compiled(scene.begin())
    whole = [mark for mark in copy.marks if mark.whose == people.SHARED]
    of_accident = {("accidents", "account"), ("history", "old"), ("history", "new")}
    assert {(mark.place.section, mark.place.field) for mark in whole} == {
        ("incidents", name) for name in (*REWORDED, "necessary")
    } | of_accident
    assert {mark.proposed for mark in whole} == {PlaceVerdict.WITHHOLD}
    account, *_amended = (passage for passage in copy.part("incidents").passages if passage.field == "account")
    earlier = PackMark(section="incidents", field="account", key=key_of(account.words), stop=6, said=PlaceVerdict.WITHHOLD, by_hand=True)
    by_hand = [mark.place for mark in copy.saying([earlier]).marks if mark.by_hand]
    assert by_hand == [dataclasses.replace(earlier.place, key=account.key)], "what was marked before others were in it holds"
    assert deciding.accept(scene.officer, copy).told(account) == "[withheld]"
    given = deciding.accept(scene.officer, deciding.decide(scene.officer, copy, whole, PlaceVerdict.RELEASE))
    assert given.told(account) == "[withheld] pushed Bea, and [withheld] saw it."


def records_of(copy: Compiled) -> dict[str, list[list[tuple[str, str]]]]:
    """Every record of a copy as it tells it, but that copies were begun."""
    parts = [part for part in copy.parts if part.name != "packs"]
    return {part.name: [[(passage.label, copy.told(passage)) for passage in entry] for entry in part.entries] for part in parts}


def test_to_that_parent_the_copy_is_as_if_the_incident_were_not_and_the_office_is_told_what_is_left_out(
    scene: Scene, tmp_path: Path
) -> None:
    (tyrone,) = (pupil for pupil in pupils.all_pupils(scene.officer) if pupil.forename == "Tyrone")
    (nora,) = (contact for contact in contacts.of_pupil(scene.officer.vault, scene.bea.id) if contact.forename == "Nora")
    recording.enter(
        scene.officer, [Incident(pupil_id=scene.bea.id, kind="refusal", day=DAY, place="The hall", staff="Jo", part="took-part")]
    )
    before = records_of(scene.all_as_proposed(scene.begin("Ann Quill")))
    entry_id = entered(scene.unit, scene.bea, [tyrone], account=ACCOUNT, staff="Jo")
    for event in (
        IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.DEBRIEF_PUPIL, on=DAY, who="Jo", note="I was held."),
        IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.REPORTED, on=DAY, contact_id=nora.id, way="hand", note="In the hall."),
        IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.TOLD_AUTHORITY, on=DAY, who="The duty officer", way="email"),
    ):
        recording.record(scene.officer, [event])
    accident = Accident(pupil_id=scene.bea.id, entry_id=entry_id, day=DAY, place="hall", account="Fell", injury="bump", body_part="head")
    for is_taken_away in (True, False):
        accidents.add(scene.officer, accident)
        (entered_accident,) = accidents.of_pupil(scene.officer, scene.bea.id)
        accidents.save(scene.officer, dataclasses.replace(entered_accident, account="Was pushed"))
        if is_taken_away:
            bins.take_away(scene.officer, "accident", entered_accident.id, "Twice")
    letter = accident_papers.head_letter(scene.officer, entered_accident.id)
    accident_papers.log_head_letter(scene.officer, entered_accident.id, letter)
    with scene.officer.act(Action.EXPORT, "pupil", scene.bea.id, "told") as work:
        fields = "pupil.surname, incident.kind, incident.force_kind, accident.injury", "incident.account"
        line = Disclosure(pupil_id=scene.bea.id, what="own", to=ASKER, recipient="A court", law="Law", purpose="Help", fields="")
        disclosures.keep(work, Way.EXPORT, [dataclasses.replace(line, fields=told_items) for told_items in fields])
    withhold(scene, entry_id)
    copy = scene.all_as_proposed(scene.begin("Ann Quill"))
    after = records_of(copy)
    (line,) = after.pop("disclosures")
    assert ("What was told", "legal surname; incident: what it was") in line
    assert before.pop("disclosures") == []
    assert after == before
    assert ("Members of staff involved", "Jo") in after["incidents"][0], "the same words elsewhere are not struck out"
    written = writing.write(scene.officer, copy, tmp_path)
    pdf, data = (next(tmp_path.glob(f"*{ending}")).read_bytes() for ending in (".pdf", ".zip"))
    given = text_of(unlocked_pdf(pdf, written.password)) + unlocked(data, written.password)["data.json"].decode()
    assert not [words for words in ("Kind of force", "force_kind", "Which parent", ACCOUNT[-12:], "accident: ", "duty") if words in given]
    left_out = [record.where for record in copy.records_out]
    changes = [where for where in left_out if where.startswith("What the record said before: ")]
    assert [where.rpartition(", ")[2] for where in changes[:2] + changes[-2:]] == ["Accident", "Accident: how it happened"] * 2
    assert [where for where in left_out if where not in changes] == [
        "Incidents: Threatening behaviour or verbal abuse, 24 November 2026",
        "What was done about incidents: 24 November 2026, Account signed",
        "What was done about incidents: 24 November 2026, Talked over with the pupil",
        "What was done about incidents: 24 November 2026, Nora Ash",
        "What was done about incidents: 24 November 2026, Local authority told",
        "What was done about incidents: 24 November 2026, Ann Quill",
        "Accidents: 24 November 2026, Hall or gym",
        "What was told to others: 24 November 2026, 10:05, 24 November 2026",
        "What was told to others: 24 November 2026, 10:05, 24 November 2026",
    ]
    assert f"{9 + len(changes)} records are left out: of incidents whose report is withheld from a parent." in copy.left_out
    listed = " ".join(text_of(listing.paper(scene.officer, copy)).split())
    assert ("Local authority told All of it" in listed, "It could do serious harm" in listed) == (True, True)


def test_the_contact_who_asks_is_that_contact_though_called_as_the_pupil_is(scene: Scene, entry_id: str) -> None:
    contacts_service.save_contact(scene.officer, dataclasses.replace(scene.mother, forename="Bea"))
    withhold(scene, entry_id)
    assert is_out(scene, "Bea Quill")
    scene.unit.contact(scene.bea, "Quill", forename="Bea", parental_responsibility=True, address_1="1 Hill")
    assert is_out(scene, "Bea Quill"), "which of the three asks cannot be told"


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

    def values() -> list[str]:
        part = scene.compiled(scene.begin("Ann Quill")).part("not_taken")
        return [passage.words for passage in part.passages if passage.field == "value"]

    assert values() == ["The gym 0", "The gym 1"]
    withhold(scene, entry_id)
    assert values() == ["The gym 1"]


def test_that_the_other_parent_had_the_report_is_told_neither_in_a_copy_nor_in_a_statement(scene: Scene, entry_id: str) -> None:
    def logged() -> list[int]:
        logged_lines = statement_lines.from_log(scene.officer, scene.bea.id, told.Days(DAY, DAY))
        return [logged_lines.rows, logged_lines.kept_back, logged_lines.undecided]

    report.log_print(scene.officer, entry_id, own_words={})
    rows = logged()[0]
    assert logged() == [rows, 0, 0]
    with scene.officer.act(Action.EXPORT, "pupil", scene.bea.id, "told") as work:
        line = Disclosure(pupil_id=scene.bea.id, what="own", to=ASKER, recipient="A court", law="Law", purpose="Help", fields="")
        told_items = "pupil.surname, incident.kind", "attendance; incidents", "incident.account"
        disclosures.keep(work, Way.EXPORT, [dataclasses.replace(line, fields=fields) for fields in told_items])
    withhold(scene, entry_id)
    assert logged() == [2, rows + 1, 0]
    logged_lines = statement_lines.from_log(scene.officer, scene.bea.id, told.Days(DAY, DAY)).told
    assert [[kind for kind, _labels in line.items] for line in logged_lines] == [["name"], ["attendance"]]
    told_words = [told.sentence(line) for line in told.log(scene.officer, pupil_id=scene.bea.id)]
    assert any("may not know of it: it tells of an incident, and a report is withheld from a parent." in words for words in told_words)
    told_lines = scene.compiled(scene.begin("Ann Quill")).part("disclosures").entries
    assert [passage.words for entry in told_lines for passage in entry if passage.field == "fields"] == ["legal surname", "attendance"]
    withhold(scene, entry_id, done=False)
    assert logged() == [rows + 3, 0, 0]


@pytest.mark.parametrize("asker", ["Nora Ash", "Bea Quill", "A solicitor"])
def test_others_who_ask_are_told_what_happened_and_not_that_it_is_withheld(scene: Scene, entry_id: str, asker: str) -> None:
    withhold(scene, entry_id)
    assert is_out(scene, asker) is (asker == "A solicitor"), "who that is the file does not say"
    if asker != "A solicitor":
        found = kept(scene, asker)
        assert found["incident_events", "note"] == "She hit Bea."
        assert found["incident_events", "kind"] == "Report withheld from a parent"
        assert found["incident_events", "parent"] == "Ann Quill"
        assert ("incidents", "account") not in found


def test_where_it_is_no_longer_withheld_it_is_told(scene: Scene, entry_id: str) -> None:
    withhold(scene, entry_id)
    withhold(scene, entry_id, done=False)
    assert (kept(scene, "Ann Quill"), is_out(scene, "Ann Quill")) == ({}, False)


def test_the_sheet_says_in_words_of_which_incident_a_step_is_and_shows_no_number_of_ours(scene: Scene, entry_id: str) -> None:
    withhold(scene, entry_id)
    sections = {section.name: section for section in sheet.everything(scene.officer, scene.bea.id)}
    facts = [fact for name in ("incidents", "incident_events") for entry in sections[name].entries for fact in entry.facts]
    labels = {name: label for name, label, _value, _words in facts}
    assert not {"entry_id", "incident_id", "wording"} & labels.keys()
    assert [name for name, label in labels.items() if name == label] == []
    assert labels["of_incident"] == "Of the incident of"
    assert {words for name, _label, _value, words in facts if name == "of_incident"} == {"24 November 2026"}
