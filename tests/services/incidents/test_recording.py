"""Incidents in the file: an entry for each pupil, amended and never overwritten, signed, reported, withheld by a decision, undone."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.incidents import incidents_due, recording
from pupil_desk.store.file.errors import StoreFault
from tests.domain.incidents.test_incident import WHOLE
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupils(unit: Unit) -> list[Pupil]:
    return [unit.pupil(surname, "Bea", date(2012, 5, 6)) for surname in ("Quill", "Penn", "Marl")]


@pytest.fixture
def mother(unit: Unit, pupils: list[Pupil]) -> Contact:
    return unit.contact(pupils[0], "Quill", forename="Ada", parental_responsibility=True)


def entries_of(pupils: list[Pupil]) -> list[Incident]:
    return [
        dataclasses.replace(
            WHOLE, id="", entry_id="", incident_id="", pupil_id=pupil.id, time="9:45", part="took-part" if place == 0 else "hurt"
        )
        for place, pupil in enumerate(pupils)
    ]


def enter(desk: Desk, pupils: list[Pupil]) -> list[IncidentCase]:
    recording.enter(desk, entries_of(pupils))
    return recording.of_incident(desk, recording.of_pupil(desk, pupils[0].id)[-1].now.incident_id)


def step(case: IncidentCase, kind: IncidentEventKind, **items: object) -> IncidentEvent:
    return IncidentEvent(**{"entry_id": case.now.entry_id, "pupil_id": case.now.pupil_id, "kind": kind, "on": DAY, **items})  # type: ignore[arg-type]


def test_one_incident_is_an_entry_for_each_pupil(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils)
    assert [case.now.pupil_id for case in cases] == [pupil.id for pupil in pupils]
    assert len({case.now.incident_id for case in cases}) == 1
    assert len({case.now.entry_id for case in cases}) == 3
    assert {(case.now.account, case.now.time) for case in cases} == {(WHOLE.account, "09:45")}
    assert [case.now.part for case in cases] == ["took-part", "hurt", "hurt"]


def test_the_account_is_the_same_for_all(unit: Unit, pupils: list[Pupil]) -> None:
    first, second = entries_of(pupils[:2])
    recording.enter(unit.desk, [first, dataclasses.replace(second, account="Something else", injury="A cut")])
    (case,) = recording.of_pupil(unit.desk, pupils[1].id)
    assert (case.now.account, case.now.injury) == (WHOLE.account, "A cut")


def test_nobody_twice_and_not_nobody(unit: Unit, pupils: list[Pupil]) -> None:
    for entries in ([], entries_of([pupils[0], pupils[0]])):
        with pytest.raises(Refused):
            recording.enter(unit.desk, entries)
    assert unit.count("incident") == 0


def test_what_was_said_before_stays(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils[:2])
    recording.amend(unit.desk, [dataclasses.replace(case.now, place="The gym") for case in cases])
    for case in recording.of_incident(unit.desk, cases[0].now.incident_id):
        assert [wording.incident.place for wording in case.wordings] == ["The hall", "The gym"]
    with pytest.raises(StoreFault), unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE incident SET place = 'x'")
    with pytest.raises(StoreFault), unit.desk.vault.transaction():
        unit.desk.vault.execute("DELETE FROM incident")


def test_a_pupil_is_added_and_an_entry_that_is_the_same_is_not_kept_again(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils[:2])
    further = dataclasses.replace(cases[0].now, id="", entry_id="", pupil_id=pupils[2].id, part="saw")
    recording.amend(unit.desk, [*(case.now for case in cases), further])
    found = recording.of_incident(unit.desk, cases[0].now.incident_id)
    assert [len(case.wordings) for case in found] == [1, 1, 1]
    assert found[2].now.part == "saw"


def test_it_is_signed_only_when_it_is_whole(unit: Unit, pupils: list[Pupil]) -> None:
    (entry,) = entries_of(pupils[:1])
    recording.enter(unit.desk, [dataclasses.replace(entry, injury=None)])
    (case,) = recording.of_pupil(unit.desk, pupils[0].id)
    signing = step(case, IncidentEventKind.SIGNED, who="Jo Marsh")
    with pytest.raises(Refused, match="Injury is missing, and the law asks for it"):
        recording.record(unit.desk, [signing])
    recording.amend(unit.desk, [dataclasses.replace(case.now, injury="None")])
    recording.record(unit.desk, [signing])
    (case,) = recording.of_pupil(unit.desk, pupils[0].id)
    assert case.signed is not None
    assert case.signed.wording == case.now.id


def test_the_report_follows_the_signature(unit: Unit, pupils: list[Pupil], mother: Contact) -> None:
    case = enter(unit.desk, pupils)[0]
    reported = step(case, IncidentEventKind.REPORTED, contact_id=mother.id, way="hand")
    with pytest.raises(Refused, match="not signed"):
        recording.record(unit.desk, [reported])
    recording.record(unit.desk, [step(case, IncidentEventKind.SIGNED, who="Jo Marsh")])
    recording.record(unit.desk, [reported])
    left = {duty.event for line in incidents_due.open_incidents(unit.desk, pupils[0].id) for duty in line.duties}
    assert left == {IncidentEventKind.DEBRIEF_PUPIL, IncidentEventKind.DEBRIEF_STAFF}


def test_no_report_to_a_parent_from_whom_it_is_withheld_until_that_is_taken_back(unit: Unit, pupils: list[Pupil], mother: Contact) -> None:
    case = enter(unit.desk, pupils)[0]
    recording.record(unit.desk, [step(case, IncidentEventKind.SIGNED, who="Jo Marsh")])
    withheld = step(case, IncidentEventKind.WITHHELD, contact_id=mother.id, who="Ann Officer", note="Harm.")
    reported = step(case, IncidentEventKind.REPORTED, contact_id=mother.id, way="hand")
    recording.record(unit.desk, [withheld])
    for desk in (unit.desk, unit.as_role(Role.OFFICE)):
        with pytest.raises(Refused, match="Take that back first, if it was wrong"):
            recording.record(desk, [reported])
    recording.record(unit.desk, [dataclasses.replace(withheld, done=False)])
    recording.record(unit.desk, [reported])


def test_a_report_to_a_parent_under_an_order_is_refused_unless_who_decides_says_that_it_was_given(
    unit: Unit, pupils: list[Pupil], mother: Contact
) -> None:
    case = enter(unit.desk, pupils)[0]
    unit.protect(pupils[0], "order", mother)
    recording.record(unit.desk, [step(case, IncidentEventKind.SIGNED, who="Jo Marsh")])
    reported = step(case, IncidentEventKind.REPORTED, contact_id=mother.id, way="hand")
    for desk in (unit.desk, unit.as_role(Role.OFFICE)):
        with pytest.raises(Refused, match="Decide whether the report is withheld"):
            recording.record(desk, [reported])
    with pytest.raises(NotAllowed):
        recording.record(unit.as_role(Role.OFFICE), [reported], despite_order=True)
    recording.record(unit.as_role(Role.ASSISTANT_HEAD), [reported], despite_order=True)


def test_to_withhold_it_is_a_named_decision_of_those_who_may(unit: Unit, pupils: list[Pupil], mother: Contact) -> None:
    case = enter(unit.desk, pupils)[0]
    withheld = step(case, IncidentEventKind.WITHHELD, contact_id=mother.id, who="Ann Officer", note="She hit Bea when she was told before.")
    with pytest.raises(NotAllowed):
        recording.record(unit.as_role(Role.OFFICE), [withheld])
    for lacking in ("who", "note"):
        with pytest.raises(Refused):
            recording.record(unit.desk, [dataclasses.replace(withheld, **{lacking: None})])
    recording.record(unit.as_role(Role.ASSISTANT_HEAD), [withheld])
    (line,) = incidents_due.open_incidents(unit.desk, pupils[0].id)
    assert IncidentEventKind.TOLD_AUTHORITY in {duty.event for duty in line.duties}


def test_that_the_authority_was_told_is_in_the_log_of_disclosures_and_goes_with_it(
    unit: Unit, pupils: list[Pupil], mother: Contact
) -> None:
    case = enter(unit.desk, pupils)[0]
    recording.record(unit.desk, [step(case, IncidentEventKind.WITHHELD, contact_id=mother.id, who="Ann Officer", note="Harm.")])
    recording.record(unit.desk, [step(case, IncidentEventKind.TOLD_AUTHORITY, who="The duty desk", way="email")])
    (line,) = told.log(unit.desk, pupil_id=pupils[0].id)
    assert line.way == "By e-mail"
    assert (line.fields, line.may_know) == (("name and date of birth", "incidents"), False)
    recording.record(unit.desk, [step(case, IncidentEventKind.TOLD_AUTHORITY, done=False)])
    (line,) = told.log(unit.desk, pupil_id=pupils[0].id)
    assert line.struck


@pytest.mark.parametrize("lacking", ["who", "way"])
def test_whom_at_the_authority_and_how_is_asked(unit: Unit, pupils: list[Pupil], mother: Contact, lacking: str) -> None:
    case = enter(unit.desk, pupils)[0]
    told_step = step(case, IncidentEventKind.TOLD_AUTHORITY, who="The duty desk", way="email")
    with pytest.raises(Refused):
        recording.record(unit.desk, [dataclasses.replace(told_step, **{lacking: None})])


def test_what_was_done_at_once_can_be_undone(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils[:2])
    recording.amend(unit.desk, [dataclasses.replace(case.now, place="The gym") for case in cases])
    amended = [case.now for case in recording.of_incident(unit.desk, cases[0].now.incident_id)]
    recording.undo(unit.desk, amended)
    held = recording.of_incident(unit.desk, cases[0].now.incident_id)
    assert {case.now.place for case in held} == {"The hall"}
    with pytest.raises(WrongUse):
        recording.undo(unit.desk, amended)


def test_an_amendment_undone_at_once_leaves_the_signature_standing(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils[:1])
    recording.record(unit.desk, [step(cases[0], IncidentEventKind.SIGNED, who="Jo Marsh")])
    recording.amend(unit.desk, [dataclasses.replace(cases[0].now, place="The gym")])
    (amended,) = recording.of_pupil(unit.desk, pupils[0].id)
    assert amended.signed is None
    recording.undo(unit.desk, [amended.now])
    (case,) = recording.of_pupil(unit.desk, pupils[0].id)
    assert case.signed is not None
    (line,) = incidents_due.open_incidents(unit.desk, pupils[0].id)
    assert IncidentEventKind.SIGNED not in {duty.event for duty in line.duties}


def test_a_new_incident_undone_is_struck_out(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils[:1])
    recording.undo(unit.desk, [case.now for case in cases])
    (case,) = recording.of_pupil(unit.desk, pupils[0].id)
    assert case.now.struck == "Undone at once"
    assert incidents_due.open_incidents(unit.desk) == []


def test_one_pupil_is_struck_out_of_an_incident(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit.desk, pupils)
    with pytest.raises(Refused):
        recording.strike(unit.desk, [cases[1].now.entry_id], " ")
    recording.strike(unit.desk, [cases[1].now.entry_id], "She was at home")
    held = recording.of_incident(unit.desk, cases[0].now.incident_id)
    assert [case.struck for case in held] == [False, True, False]
    with pytest.raises(WrongUse):
        recording.strike(unit.desk, [cases[1].now.entry_id], "Again")


def test_a_debrief_has_the_pupils_own_words(unit: Unit, pupils: list[Pupil]) -> None:
    case = enter(unit.desk, pupils)[0]
    debrief = step(case, IncidentEventKind.DEBRIEF_PUPIL, who="Jo Marsh")
    with pytest.raises(Refused, match="own words"):
        recording.record(unit.desk, [debrief])
    recording.record(unit.desk, [dataclasses.replace(debrief, note="I was scared of the noise.")])
    assert recording.of_pupil(unit.desk, pupils[0].id)[0].last(IncidentEventKind.DEBRIEF_PUPIL).note == "I was scared of the noise."  # type: ignore[union-attr]


def test_what_is_late_stands_first_on_home(unit: Unit, pupils: list[Pupil]) -> None:
    (entry,) = entries_of(pupils[:1])
    recording.enter(unit.desk, [dataclasses.replace(entry, day=date(2026, 11, 20))])
    recording.enter(unit.desk, entries_of(pupils[1:2]))
    lines = incidents_due.open_incidents(unit.desk)
    assert [(line.name, line.late) for line in lines] == [("Bea Quill", True), ("Bea Penn", False)]


def test_a_member_of_staff_signs_and_no_other_name_is_taken(unit: Unit, pupils: list[Pupil]) -> None:
    (case,) = enter(unit.desk, pupils[:1])
    for name in ("Ada Quill", "jo"):
        with pytest.raises(Refused, match=f"{name} is none of them"):
            recording.record(unit.desk, [step(case, IncidentEventKind.SIGNED, who=name)])
    for name in ("Lee Hart", unit.desk.user.name):
        recording.record(unit.desk, [step(case, IncidentEventKind.SIGNED, who=name)])
