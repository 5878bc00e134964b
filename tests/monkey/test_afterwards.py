"""Afterwards every kind of fact is taken back or corrected; one whose way back is taken out is told."""

import dataclasses
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.requests.case import RequestCase
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as bins
from pupil_desk.services import holds
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, USERS, make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.notes import notes
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.providers import providers
from pupil_desk.services.pupils import contacts, lists, protections, pupils
from pupil_desk.services.register import absence_steps, marking
from pupil_desk.services.requests import receiving
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.schools import schools
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings, units
from pupil_desk.store.tables import pupils as pupils_store
from tests.monkey import ways
from tests.monkey.afterwards import afterwards, tables
from tests.monkey.ways_pupil import REASON


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("fresh") / "unit.pupildesk"
    units.sign_out(make_training_unit(place, number=6, clock=SystemClock()).desk)
    return place


def _one(desk: Desk) -> Pupil:
    return min((pupil for pupil in pupils_store.all_pupils(desk.vault)), key=lambda pupil: pupil.ref)


def _correct(desk: Desk) -> None:
    pupils.save_pupil(desk, dataclasses.replace(_one(desk), phone="01632 960111"))


def _add_contact(desk: Desk) -> None:
    contacts.add_contact(desk, Contact(pupil_id=_one(desk).id, surname="Monk", relationship="OTH"))


def _take_contact_away(desk: Desk) -> None:
    contact = contacts.store.of_pupil(desk.vault, _one(desk).id)[-1]
    bins.take_away(desk, "contact", contact.id, "A key of the monkey")


def _absence_step(desk: Desk) -> None:
    absence_steps.record(desk, AbsenceStep(pupil_id=_one(desk).id, kind="support", on=desk.today))


def _leave_request(desk: Desk) -> None:
    asked = LeaveRequest(
        pupil_id=_one(desk).id, first_day=desk.today, last_day=desk.today, purpose="family", asked_by="A parent", received_on=desk.today
    )
    leave.add(desk, asked)


def _plan(desk: Desk) -> None:
    plans.add(desk, PupilPlan(pupil_id=_one(desk).id, kind="risk", made_on=desk.today, needs="Runs to the road"))


def _plan_step(desk: Desk) -> None:
    _plan(desk)
    case = plans.of_pupil(desk, _one(desk).id)[0]
    plans.record(desk, PlanStep(entry_id=case.now.entry_id, pupil_id=case.now.pupil_id, kind="reviewed", on=desk.today))


def _incident(desk: Desk) -> None:
    incidents.enter(desk, [Incident(pupil_id=_one(desk).id, kind="threat", day=desk.today, account="Shouted", part="took-part")])


def _sign(desk: Desk) -> None:
    _incident(desk)
    entry = incidents.of_pupil(desk, _one(desk).id)[-1].now
    signed = IncidentEvent(entry_id=entry.entry_id, pupil_id=entry.pupil_id, kind="signed", on=desk.today, who=OFFICER)
    incidents.record(desk, [signed])


def _note(desk: Desk) -> None:
    notes.add(desk, Note(pupil_id=_one(desk).id, category="behaviour", text="Left the room", day=desk.today))


def _hold(desk: Desk) -> None:
    holds.set_hold(desk, LegalHold(pupil_id=_one(desk).id, reason="A claim", review_on=desk.today + timedelta(30)))


def _protect(desk: Desk) -> None:
    protections.set_protection(desk, Protection(pupil_id=_one(desk).id, kind="address-withheld", reason="Court", since=desk.today))


def _choose(desk: Desk) -> None:
    said = Choice(pupil_id=_one(desk).id, recipient="youth-support", choice="restrict", by="parent", on=date(2020, 9, 10), channel="form")
    pupil = _one(desk)
    by = "pupil" if (desk.today - pupil.dob).days > 366 * 16 else "parent"
    sharing.record_choices(desk, [dataclasses.replace(said, by=by, on=desk.today)])


def _mark(desk: Desk) -> None:
    row = desk.vault.rows("SELECT pupil_id, day, session FROM mark WHERE code = '/' ORDER BY day DESC LIMIT 1")[0]
    day = date.fromisoformat(row["day"])
    marking.mark(desk, [Mark(pupil_id=row["pupil_id"], day=day, session=Session(row["session"]), code="I")], reason="Rang at ten")


def _template(desk: Desk) -> None:
    letter_templates.save_template(desk, LetterTemplate(name="Bananas", subject="Bananas", body="Dear {{salutation}}\n\nBananas."))


def _filter(desk: Desk) -> None:
    lists.save_filter(desk, "Mine", (Condition("year-group", "11"),), for_all=True)


def _own_filter(desk: Desk) -> None:
    lists.save_filter(desk, "Mine alone", (Condition("year-group", "10"),), for_all=False)


def _settings(desk: Desk) -> None:
    settings.save_settings(desk, dataclasses.replace(desk.settings, reminder_days=desk.settings.reminder_days + 1))


def _request(desk: Desk) -> None:
    receiving.receive(
        desk, RequestCase(pupil_id=_one(desk).id, kind="copy", received=desk.today, channel="letter", requester="Ada", capacity="parent")
    )


def _check_provider(desk: Desk) -> None:
    provider = providers.standings(desk)[0].name
    providers.record_check(desk, ProviderCheck(provider=provider, kind="insurance", seen_on=desk.today, in_order="yes"))


def _school_password(desk: Desk) -> None:
    schools.agree_password(desk, schools.standings(desk)[0].id)


def _concern(desk: Desk) -> None:
    writing.write_concern(desk, SafeguardingEntry(pupil_id=_one(desk).id, kind=EntryKind.CONCERN, day=desk.today, text="Came in hungry"))


_FACTS: Mapping[str, Callable[[Desk], None]] = {
    "pupil": _correct,
    "contact": _add_contact,
    "contact in the bin": _take_contact_away,
    "note": _note,
    "absence_step": _absence_step,
    "leave_request": _leave_request,
    "plan": _plan,
    "plan_step": _plan_step,
    "incident": _incident,
    "incident_event": _sign,
    "legal_hold": _hold,
    "protection": _protect,
    "choice": _choose,
    "mark_amendment": _mark,
    "letter_template": _template,
    "list_filter": _filter,
    "list_filter of one's own": _own_filter,
    "settings": _settings,
    "request_case": _request,
    "provider_check": _check_provider,
    "school_password": _school_password,
    "safeguarding_entry": _concern,
}


def _left(fresh: Path, folder: Path, *facts: str, by: str = OFFICER) -> Path:
    """A unit in which these were recorded since."""
    shutil.copytree(fresh.parent, folder / "left")
    desk = units.sign_in(folder / "left" / fresh.name, name=by, password=PASSWORD, clock=SystemClock())
    for fact in facts:
        _FACTS[fact](desk)
    units.sign_out(desk)
    return folder / "left" / fresh.name


def test_all_of_these_facts_are_taken_back(fresh: Path, tmp_path: Path) -> None:
    assert afterwards(_left(fresh, tmp_path, *_FACTS), fresh) == []


def test_what_somebody_saved_for_nobody_else_is_taken_back_by_them(fresh: Path, tmp_path: Path) -> None:
    colleague = next(name for name, _role in USERS if name != OFFICER)
    assert afterwards(_left(fresh, tmp_path, "list_filter of one's own", by=colleague), fresh) == []


def test_a_concern_is_struck_out_by_the_lead_who_opens_the_files(fresh: Path, tmp_path: Path) -> None:
    left = _left(fresh, tmp_path, "safeguarding_entry")
    assert afterwards(left, fresh) == []
    lead = next(name for name, role in USERS if role is Role.ASSISTANT_HEAD)
    desk = units.sign_in(left, name=lead, password=PASSWORD, clock=SystemClock())
    struck = [history for line in files.listing(desk) for history in files.of_pupil(desk, line.pupil.id).histories if history.struck]
    units.sign_out(desk)
    assert [history.now.struck for history in struck if history.author == OFFICER] == [REASON]


def test_a_fact_without_its_way_back_is_told(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind, all their ways gone at once: a run signs everybody in."""
    lost = [fact for fact in _FACTS if fact in ways.WAYS]
    left = _left(fresh, tmp_path, *lost)
    monkeypatch.setattr(ways, "WAYS", {table: way for table, way in ways.WAYS.items() if table not in lost})
    told = afterwards(left, fresh)
    assert {fact: [words for words in told if words.startswith(f"no way back is known: {fact} (")] == [] for fact in lost} == dict.fromkeys(
        lost, False
    )
    assert all(words.startswith("no way back is known: ") for words in told)


def test_a_service_that_no_longer_takes_back_is_told(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise WrongUse("A note stays.")

    left = _left(fresh, tmp_path, "note")
    monkeypatch.setattr(notes, "strike", refuse)
    (told,) = afterwards(left, fresh)
    assert told.endswith("WrongUse A note stays.")


def test_a_stay_goes_with_a_pupil_who_is_taken_away_before_it(fresh: Path, tmp_path: Path) -> None:
    desk = units.sign_in(_left(fresh, tmp_path), name=OFFICER, password=PASSWORD, clock=SystemClock())
    try:
        stay = Enrolment(status="C", start_date=desk.today)
        pupil = pupils.add_pupil(desk, Pupil(surname="Quillfeather", forename="Bea", dob=date(2012, 5, 6)), stay)
        (row,) = desk.vault.rows("SELECT * FROM enrolment WHERE pupil_id = ?", (pupil.id,))
        bins.take_pupil_away(desk, pupil.id, REASON)
        ways.take_away(desk, "enrolment", row)
        assert desk.vault.rows("SELECT * FROM enrolment WHERE pupil_id = ?", (pupil.id,)) == []
    finally:
        units.sign_out(desk)


def test_every_table_of_the_file_has_a_way_back_or_says_why_not(fresh: Path) -> None:
    from tests.monkey.afterwards import HISTORY

    desk = units.sign_in(fresh, name=OFFICER, password=PASSWORD, clock=SystemClock())
    try:
        assert sorted({*tables(desk.vault)} - HISTORY) == sorted({*ways.WAYS, *ways.LATER})
        assert {row["name"] for row in desk.vault.rows("SELECT name FROM sqlite_master WHERE type = 'table'")} >= set(ways.FINAL)
    finally:
        units.sign_out(desk)
