"""What is still to do about incidents, as Home, the calendar file and the pupil's card tell it: until each is reported, or withheld and the authority told."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEventKind
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.home import home
from pupil_desk.services.home.deadline_calendar import all_deadlines
from pupil_desk.services.incidents import incidents_due, looking, recording, report
from pupil_desk.services.pupils import pupils as pupil_service
from pupil_desk.services.pupils.card.gathering import card_of
from pupil_desk.services.pupils.next_for_pupil import NextForPupil, next_for_pupil
from tests.services.exports.made import DAY, Unit, statements
from tests.services.incidents.test_recording import entries_of, step

KIND = IncidentEventKind


@pytest.fixture
def pupils(unit: Unit) -> list[Pupil]:
    """Three, each with a mother to whom it is reported."""
    made = [unit.pupil(surname, forename, date(2012, 5, 6)) for surname, forename in (("Quill", "Bea"), ("Penn", "Zoë"), ("Marl", "Kit"))]
    for pupil, forename in zip(made, ("Ada", "Eve", "Una"), strict=True):
        unit.contact(pupil, pupil.surname, forename=forename, parental_responsibility=True)
    return made


def enter(unit: Unit, pupils: list[Pupil], **items: object) -> list[IncidentCase]:
    recording.enter(unit.desk, [dataclasses.replace(entry, **items) for entry in entries_of(pupils)])  # type: ignore[arg-type]
    (newest,) = {recording.of_pupil(unit.desk, pupil.id)[-1].now.incident_id for pupil in pupils}
    return recording.of_incident(unit.desk, newest)


def home_words(unit: Unit) -> list[tuple[str, tuple[str, ...], date, bool]]:
    return [(line.name, line.words, line.due, line.late) for line in home.tasks(unit.desk).incidents]


def test_home_tells_of_an_incident_until_all_is_done(unit: Unit, pupils: list[Pupil]) -> None:
    (case,) = enter(unit, pupils[:1])
    debriefs = ("talk it over with Bea by 2 Dec 2026", "talk it over with the staff by 2 Dec 2026")
    assert home_words(unit) == [("Bea Quill", ("sign the account", "report to Ada Quill", *debriefs), DAY, False)]
    recording.record(unit.desk, [step(case, KIND.SIGNED, who="Jo Marsh")])
    (mother,) = {parent.id for parent in incidents_due.context_of(unit.desk, pupils[0]).parents}
    recording.record(unit.desk, [step(case, KIND.REPORTED, contact_id=mother, way="hand")])
    assert home_words(unit) == [("Bea Quill", debriefs, date(2026, 12, 2), False)]
    for kind in (KIND.DEBRIEF_PUPIL, KIND.DEBRIEF_STAFF):
        recording.record(unit.desk, [step(case, kind, who="Jo Marsh", note="I was scared.")])
    assert home_words(unit) == []


def test_a_report_withheld_leaves_the_authority_to_be_told(unit: Unit, pupils: list[Pupil]) -> None:
    (case,) = enter(unit, pupils[:1])
    recording.record(unit.desk, [step(case, KIND.SIGNED, who="Jo Marsh")])
    (mother,) = incidents_due.context_of(unit.desk, pupils[0]).parents
    recording.record(unit.desk, [step(case, KIND.WITHHELD, contact_id=mother.id, who="Ann Officer", note="Harm at home.")])
    ((_name, words, _due, _late),) = home_words(unit)
    assert words[0] == "tell the authority"
    recording.record(unit.desk, [step(case, KIND.TOLD_AUTHORITY, who="The duty desk", way="email")])
    ((_name, words, _due, _late),) = home_words(unit)
    assert not [told for told in words if "authority" in told or "report" in told]


def test_who_has_the_care_of_the_pupil_is_told_as_a_parent_is_and_the_authority_where_there_is_nobody(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Mill Lane", postcode="SG4 7ZZ")
    mother = unit.contact(pupil, "Quill", forename="Ada", relationship="PAM")
    (case,) = enter(unit, [pupil])
    nobody = "Tell the local authority: nobody with parental responsibility or the care of the pupil is on file"
    assert nobody in [duty.words for duty in incidents_due.duties(unit.desk, case)], "a mother elsewhere, of whom it is not known"
    carer = unit.contact(pupil, "Ash", forename="Nora", relationship="FOM", lives_with=True)
    words = [duty.words for duty in incidents_due.duties(unit.desk, case)]
    assert "Give or send the report to Nora Ash, or decide to withhold it" in words
    assert not [told for told in words if "authority" in told or mother.full_name in told]
    recording.record(unit.desk, [step(case, KIND.SIGNED, who="Jo Marsh")])
    assert [letter.addressee for letter in report.households(unit.desk, case.now.entry_id)] == ["Nora Ash"]
    recording.record(unit.desk, [step(case, KIND.REPORTED, contact_id=carer.id, way="hand")])
    assert "report to Nora Ash" not in home_words(unit)[0][1]


def test_an_incident_of_several_is_one_line_and_what_is_one_act_is_told_once(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:2], day=date(2026, 11, 20))
    line, in_time = home.tasks(unit.desk).incidents
    assert (line.name, line.pupil_id, line.late, line.day) == ("Bea Quill and Zoë Penn", "", True, date(2026, 11, 20))
    assert line.words == ("sign the account", "report to Ada Quill", "report to Eve Penn")
    assert in_time.words == (
        "talk it over with Bea by 30 Nov 2026",
        "talk it over with the staff by 30 Nov 2026",
        "talk it over with Zoë by 30 Nov 2026",
    )
    assert len(incidents_due.open_incidents(unit.desk)) == 2


def test_what_the_law_asks_for_and_is_missing_is_completed_before_it_is_signed(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:1], injury=None)
    assert home_words(unit)[0][1][0] == "complete and sign the account"


def test_what_is_owed_is_not_forgotten_within_a_year(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:1], day=DAY - timedelta(days=200))
    enter(unit, pupils[1:2], day=DAY - timedelta(days=367))
    assert [name for name, *_rest in home_words(unit)] == ["Bea Quill"]


def test_what_is_ordinary_asks_for_nothing_until_it_is_said_to_be_more(unit: Unit, pupils: list[Pupil]) -> None:
    plain = Incident(pupil_id=pupils[0].id, kind="kindness", day=DAY, part="took-part")
    recording.enter(unit.desk, [plain])
    recording.enter(unit.desk, [dataclasses.replace(plain, kind="refusal")])
    assert home_words(unit) == []
    ordinary = recording.of_pupil(unit.desk, pupils[0].id)[-1].now
    recording.amend(unit.desk, [dataclasses.replace(ordinary, kind="threat", account="Bea said that she would hit Kit.")])
    assert home_words(unit) == [("Bea Quill", ("sign the account",), DAY, False)]


def test_the_other_way_round_and_struck_out_it_asks_for_nothing_more(unit: Unit, pupils: list[Pupil]) -> None:
    (case,) = enter(unit, pupils[:1], force=False, force_kind=None, force_degree=None)
    assert home_words(unit) != []
    recording.amend(unit.desk, [dataclasses.replace(case.now, kind="refusal")])
    assert home_words(unit) == []
    (case,) = enter(unit, pupils[1:2])
    recording.strike(unit.desk, [case.now.entry_id], "She was at home")
    assert home_words(unit) == []


def test_the_calendar_file_counts_an_incident_once_on_each_day_of_its_duties(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:2])
    counted = [(each.day, each.words) for each in all_deadlines(unit.desk) if each.kind == "incident"]
    assert counted == [(day, "1 incident: something is still to do") for day in (DAY, date(2026, 12, 2))]


def test_the_card_of_a_pupil_names_it_and_leads_to_it(unit: Unit, pupils: list[Pupil]) -> None:
    cases = enter(unit, pupils[:2], day=date(2026, 11, 20))
    other = card_of(unit.desk, pupil_service.record(unit.desk, pupils[2].id))
    assert [fact for fact in other.due if fact.page == "incidents"] == []
    card = card_of(unit.desk, pupil_service.record(unit.desk, pupils[1].id))
    (fact,) = [fact for fact in card.due if fact.page == "incidents"]
    assert fact.words.startswith(
        "Threatening behaviour or verbal abuse, 20 Nov 2026: sign the account, report to Eve Penn, talk it over with Zoë"
    )
    assert (fact.of, fact.tone) == (cases[0].now.incident_id, "bad")


def test_of_two_records_that_are_one_person_the_kept_one_is_named(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:1])
    twin = unit.pupil("Quill", "Bea", date(2012, 5, 6))
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE pupil SET same_as = ? WHERE id = ?", (twin.id, pupils[0].id))
    (line,) = incidents_due.open_incidents(unit.desk)
    assert line.pupil_id == twin.id
    assert incidents_due.open_incidents(unit.desk, twin.id) == [line]


def test_next_for_a_pupil_is_what_is_owed_today_and_not_what_has_days_left(unit: Unit, pupils: list[Pupil]) -> None:
    pupil = pupils[0]
    before = next_for_pupil(unit.desk, pupil.id)
    (case,) = enter(unit, [pupil])
    assert next_for_pupil(unit.desk, pupil.id) is NextForPupil.INCIDENT
    recording.record(unit.desk, [step(case, KIND.SIGNED, who="Jo Marsh")])
    (mother,) = incidents_due.context_of(unit.desk, pupil).parents
    recording.record(unit.desk, [step(case, KIND.REPORTED, contact_id=mother.id, way="hand")])
    assert next_for_pupil(unit.desk, pupil.id) is before


def test_what_home_asks_of_the_file_does_not_grow_with_the_pupils(unit: Unit, pupils: list[Pupil]) -> None:
    asked = []
    for number in (1, 2):
        enter(unit, pupils[number - 1 : 2 * number - 1])
        with statements(unit.desk) as told:
            assert incidents_due.open_incidents(unit.desk)
        asked.append(len(told))
    assert asked[0] == asked[1]


def test_who_may_read_records_sees_it(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:1])
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):
        assert len(home.tasks(unit.as_role(role)).incidents) == 1


def test_a_report_to_who_has_no_responsibility_any_more_is_listed_by_name_to_be_taken_back(unit: Unit, pupils: list[Pupil]) -> None:
    (case,) = enter(unit, pupils[:1])
    recording.record(unit.desk, [step(case, KIND.SIGNED, who="Jo Marsh")])
    aunt = unit.contact(pupils[0], "Quill", forename="Ivy")
    recording.record(unit.desk, [step(case, KIND.REPORTED, contact_id=aunt.id, way="hand")])
    state = looking.incident(unit.desk, case.now.incident_id)
    assert state is not None
    (kept,) = [each for each in state.steps if not each.owed]
    assert (kept.words, kept.contact_id, len(kept.done)) == ("Reported to a parent: Ivy Quill", aunt.id, 1)
    assert len({each.key for each in state.steps}) == len(state.steps)


def test_what_is_late_and_what_is_in_time_stand_in_lines_of_their_own(unit: Unit, pupils: list[Pupil]) -> None:
    enter(unit, pupils[:1], day=DAY - timedelta(days=1))
    late, in_time = home.tasks(unit.desk).incidents
    assert (late.words, late.late) == (("sign the account", "report to Ada Quill"), True)
    assert (in_time.late, in_time.due) == (False, date(2026, 12, 1))
    assert all(words.startswith("talk it over with") for words in in_time.words)
