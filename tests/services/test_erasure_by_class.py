"""A consent, a request, a class: each falls due by itself and is erased by itself, with all that belongs to it and nothing else."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.governance.retention import REQUEST, RetentionEvent, RetentionPart, proposed_schedule
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.requests.case import CaseKind, RequestEvent, RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import holds
from pupil_desk.services.attachments import attachments
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.checks import check_file
from pupil_desk.services.care import needs
from pupil_desk.services.consents import occasions, recording, standings
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.erasure import cases, certificate, due_for_erasure, periods
from pupil_desk.services.erasure.cases import State
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import handling
from pupil_desk.services.unit import staff
from pupil_desk.services.unit.units import sign_in
from pupil_desk.store.tables import consents, enrolments
from tests.services.class_scene import Scene, at, keep_paper
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, MOMENT, PASSWORD, Unit
from tests.services.requests.cases import Family


@pytest.fixture
def scene(unit: Unit) -> Scene:
    family = Family(unit)
    pupil, mother = family.pupil, family.mother
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    _changed, trip = occasions.add(unit.desk, Occasion(consent_type="trip", name="Climbing", start=date(2025, 6, 10)), [pupil.id])
    keep_paper(unit, pupil, "Trip form")
    paper = attachments.of_pupil(unit.desk, pupil.id)[0]
    record_said(
        unit.desk,
        [
            ConsentEntry(
                pupil_id=pupil.id,
                consent_type="trip",
                step="given",
                giver=mother.id,
                day=date(2025, 5, 20),
                channel="form",
                occasion_id=trip,
                evidence=paper.id,
            ),
            ConsentEntry(
                pupil_id=pupil.id,
                consent_type="photographs",
                step="given",
                giver=mother.id,
                day=date(2026, 9, 10),
                channel="form",
                uses=("display",),
            ),
            ConsentEntry(
                pupil_id=pupil.id, consent_type="transport", step="refused", giver=mother.id, day=date(2019, 9, 10), channel="form"
            ),
        ],
    )
    return Scene(family, sam, trip)


def closed(scene: Scene, on: date, **items: object) -> str:
    """A case that was withdrawn and closed on a day; its identity."""
    case = scene.family.asks(CaseKind.RECTIFY, received=on, **items)
    scene.family.does(case, RequestEventKind.WITHDRAWN, on=on, note="Not wanted after all")
    scene.family.does(case, RequestEventKind.CLOSED, on=on)
    return case.id


# -- when each is due


def test_a_trip_that_is_over_falls_due_a_year_later_and_what_counts_never(scene: Scene) -> None:
    case, running = closed(scene, date(2020, 11, 20)), scene.family.asks(CaseKind.COPY)
    assert scene.parts() == {
        "pupil-record": date(2037, 5, 6),
        "register": date(2037, 5, 6),
        "trip": date(2026, 6, 10),
        "photographs": date(2028, 7, 31),
        "transport": None,
        case: date(2026, 11, 20),
        running.id: None,
        "name": None,
    }
    line = scene.line(scene.desk, State.DUE)
    assert (line.reach, line.day, set(line.parts)) == (Reach.PART, date(2026, 6, 10), {f"consent:trip/{scene.trip}", f"request:{case}"})
    assert "Requests and complaints: 6 years from the day the case is closed." in line.words


def test_with_the_stay_all_of_a_pupils_consents_cease_to_count(scene: Scene) -> None:
    stay = enrolments.of_pupil(scene.desk.vault, scene.pupil.id)[0]
    pupils.save_stay(scene.desk, dataclasses.replace(stay, end_date=date(2026, 11, 13)))
    parts = scene.parts()
    assert (parts["photographs"], parts["transport"], parts["trip"]) == (date(2027, 11, 13), date(2027, 11, 13), date(2026, 6, 10))


def test_after_a_bad_accident_the_trip_is_kept_until_the_birthday(scene: Scene) -> None:
    held = occasions.occasion(scene.desk, scene.trip)
    occasions.change(scene.desk, dataclasses.replace(held, hurt=True), ask_again=False)
    assert scene.parts()["trip"] == date(2037, 5, 6)
    assert scene.line(dataclasses.replace(scene.desk, clock=FixedClock(MOMENT.replace(year=2037))), State.DUE).reach is Reach.PART


def test_a_trip_that_nobody_answered_about_is_kept_as_long_as_its_answers(scene: Scene) -> None:
    _changed, camp = occasions.add(scene.desk, Occasion(consent_type="trip", name="Summer camp", start=date(2028, 6, 10)), [scene.pupil.id])
    mother = scene.family.mother.id
    record_said(
        scene.desk,
        [ConsentEntry(pupil_id=scene.pupil.id, consent_type="trip", step="asked", giver=mother, day=DAY, channel="form", occasion_id=camp)],
    )
    assert scene.parts()[f"trip/{camp}"] == date(2029, 6, 10)


def test_being_on_the_list_of_a_trip_is_over_with_the_trip_also_for_a_pupil_who_came_back(scene: Scene) -> None:
    _changed, walk = occasions.add(scene.desk, Occasion(consent_type="trip", name="Walk", start=date(2025, 5, 2)), [scene.pupil.id])
    stay = enrolments.of_pupil(scene.desk.vault, scene.pupil.id)[0]
    pupils.save_stay(scene.desk, dataclasses.replace(stay, start_date=date(2025, 1, 6), end_date=date(2026, 1, 9)))
    pupils.add_stay(scene.desk, Enrolment(pupil_id=scene.pupil.id, status="C", start_date=date(2026, 9, 7)))
    assert scene.parts()[f"trip/{walk}"] == date(2026, 5, 2)


def test_what_nobody_answered_is_kept_from_the_day_it_was_asked_last(scene: Scene) -> None:
    for what, on in (("asked", date(2026, 10, 1)), ("reminded", date(2026, 10, 12))):
        record_said(
            scene.desk,
            [ConsentEntry(pupil_id=scene.pupil.id, consent_type="trips", step=what, giver=scene.family.mother.id, day=on, channel="form")],
        )
    assert scene.parts()["trips"] == date(2027, 10, 12)


def test_an_answer_recorded_by_mistake_counts_no_longer_than_until_it_was_taken_back(scene: Scene) -> None:
    assert scene.parts()["transport"] is None
    (no,) = [event for event in consents.all_of_pupil(scene.desk.vault, scene.pupil.id) if event.what == "refused"]
    recording.take_back(scene.desk, scene.pupil.id, no.id, "It was another pupil’s")
    assert scene.parts()["transport"] == DAY.replace(year=DAY.year + 1)


def test_a_case_opened_again_is_never_due(scene: Scene) -> None:
    case = closed(scene, date(2020, 11, 20))
    assert scene.parts()[case] == date(2026, 11, 20)
    handling.record(scene.desk, RequestEvent(case_id=case, kind=RequestEventKind.REOPENED, on=DAY, note="Something new"))
    assert scene.parts()[case] is None


# -- erased by itself


def test_a_trips_answers_go_with_their_paper_and_the_rest_of_the_pupil_stays(scene: Scene) -> None:
    keep_paper(scene.family.unit, scene.pupil, "Plan of the autumn")
    scene.erase(scene.line(scene.desk, State.DUE), DAY)
    assert "trip" not in scene.parts()
    assert [paper.title for paper in attachments.of_pupil(scene.desk, scene.pupil.id)] == ["Plan of the autumn"]
    assert [scene.count(table) for table in ("consent_event", "consent_invitation", "attachment_content")] == [2, 0, 1]
    assert [row.use for row in standings.of_pupil(scene.desk, scene.pupil.id) if row.verdict.in_force] == ["display"]
    assert pupils.record(scene.desk, scene.pupil.id).pupil.address_1 == "4 Larch Way"
    assert scene.desk.vault.rows("PRAGMA foreign_key_check") == []
    assert check_file(scene.desk) == []
    (line,) = [line for line in cases.lines(at(scene.desk, DAY + timedelta(days=8))) if line.state is not State.SOON]
    assert (line.state, line.name) == (State.DONE, "Quill, Bea")


def test_another_pupils_answers_to_the_same_trip_stay(scene: Scene) -> None:
    other = scene.family.unit.pupil("Larch", "Dan", date(2012, 1, 1))
    mother = scene.family.unit.contact(other, "Larch", forename="May", parental_responsibility=True)
    occasions.put_on(scene.desk, scene.trip, [other.id])
    record_said(
        scene.desk,
        [
            ConsentEntry(
                pupil_id=other.id,
                consent_type="trip",
                step="given",
                giver=mother.id,
                day=date(2025, 5, 20),
                channel="form",
                occasion_id=scene.trip,
            )
        ],
    )
    scene.erase(scene.line(scene.desk, State.DUE), DAY)
    assert [one.part for one in due_for_erasure.held_items(scene.desk, [other.id]) if ":" in one.part] == [f"consent:trip/{scene.trip}"]


def test_a_closed_case_goes_with_its_steps_and_what_it_proves_stays(scene: Scene) -> None:
    case = closed(scene, date(2020, 11, 20))
    progress_reports.log_printed(scene.desk, scene.pupil.id)
    case_id = scene.erase(scene.line(scene.desk, State.DUE), DAY)
    assert case not in scene.parts()
    assert [scene.count(table) for table in ("request_case", "request_event")] == [0, 0]
    assert scene.count("disclosure") == 1
    words = plain_text(certificate.certificate(scene.desk, case_id)[0])
    assert "1 consent and 1 request or complaint" in words
    assert "requests and complaints: 6 years from the day the case is closed" in words
    periods.save(
        scene.desk,
        dataclasses.replace(proposed_schedule()[REQUEST], parts=(RetentionPart(RetentionEvent.CLOSED, 9),)),
        DAY + timedelta(days=20),
    )
    assert plain_text(certificate.certificate(at(scene.desk, DAY + timedelta(days=30)), case_id)[0]) == words
    assert "Climbing" not in words


def test_a_complaint_about_nobody_goes_by_itself(scene: Scene) -> None:
    case = scene.family.complains(received=date(2020, 11, 2))
    handling.record(scene.desk, RequestEvent(case_id=case.id, kind=RequestEventKind.WITHDRAWN, on=date(2020, 11, 3), note="It was settled"))
    handling.record(scene.desk, RequestEvent(case_id=case.id, kind=RequestEventKind.CLOSED, on=date(2020, 11, 3)))
    (line,) = [line for line in cases.lines(scene.desk) if not line.pupil_id]
    assert (line.state, line.name, line.ref, line.parts) == (State.DUE, "No pupil", case.ref, (f"request:{case.id}",))
    before = scene.count("consent_event"), scene.count("pupil")
    scene.erase(line, DAY)
    assert scene.count("request_case") == 0
    assert (scene.count("consent_event"), scene.count("pupil")) == before


def test_what_counts_again_is_not_erased(scene: Scene) -> None:
    case = closed(scene, date(2020, 11, 20))
    cases.propose(scene.sam, scene.pupil.id, Reach.PART, Ground.DUE, "", parts=[f"request:{case}"])
    proposed = next(line.case for line in cases.lines(scene.desk) if line.case)
    cases.agree(scene.desk, proposed.id)
    handling.record(scene.desk, RequestEvent(case_id=case, kind=RequestEventKind.REOPENED, on=DAY, note="Something new"))
    with pytest.raises(WrongUse, match="still open"):
        cases.carry_out(at(scene.desk, DAY + timedelta(days=8)), proposed.id)
    assert scene.count("request_case") == 1


def test_a_hold_stops_it_too(scene: Scene) -> None:
    holds.set_hold(scene.desk, LegalHold(pupil_id=scene.pupil.id, reason="An inquiry", review_on=date(2027, 6, 1)))
    assert scene.line(scene.desk, State.HELD).parts == (f"consent:trip/{scene.trip}",)
    with pytest.raises(WrongUse, match="there is a hold"):
        cases.propose(scene.sam, scene.pupil.id, Reach.PART, Ground.DUE)


def test_at_the_25th_birthday_special_educational_needs_and_their_papers_stay_for_their_own_time(unit: Unit) -> None:
    left = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))
    pupil = unit.pupil("Quill", "Bea", date(2001, 5, 6), left, address_1="4 Larch Way")
    unit.contact(pupil, "Quill", forename="Ann", mobile="07700 900123")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=date(2015, 1, 1), end_date=date(2017, 6, 23)))
    period = unit.desk.vault.first_row("SELECT id FROM sen_period")
    assert period is not None
    keep_paper(unit, pupil, "Plan", about_kind="sen_period", about_id=period["id"])
    keep_paper(unit, pupil, "Letter")
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    (line,) = cases.lines(unit.desk)
    assert (line.reach, set(line.parts)) == (Reach.PART, {"pupil-record", "register", "paper"})
    cases.propose(sam, pupil.id, line.reach, Ground.DUE, "", parts=line.parts)
    proposed = next(each.case for each in cases.lines(unit.desk) if each.case)
    cases.agree(unit.desk, proposed.id)
    cases.carry_out(at(unit.desk, DAY + timedelta(days=8)), proposed.id)
    assert {one.part: one.due for one in due_for_erasure.held_items(unit.desk, [pupil.id])} == {
        "sen": date(2032, 5, 6),
        "name": date(2032, 5, 6),
    }
    assert [paper.title for paper in attachments.of_pupil(unit.desk, pupil.id)] == ["Plan"]
    assert [unit.count(table) for table in ("sen_period", "enrolment", "contact")] == [1, 0, 0]
    kept = pupils.record(unit.desk, pupil.id).pupil
    assert (kept.legal_name, kept.address_1) == ("Bea Quill", None)
    assert unit.desk.vault.rows("PRAGMA foreign_key_check") == []
    years_on = at(unit.desk, date(2032, 6, 1))
    assert next(each for each in cases.lines(years_on) if each.case is None).reach is Reach.ALL


# -- a backup of before


def test_a_restored_backup_has_the_same_consent_erased_again(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    made, _news = backups.make(scene.desk, folder)
    scene.erase(scene.line(scene.desk, State.DUE), DAY)
    target = tmp_path / "restored" / "unit.pupildesk"
    target.parent.mkdir()
    told = backups.restore(made.path, target, scene.desk.clock, name="Ann Officer", password=PASSWORD, live=scene.family.unit.file)
    assert told.erased_again == 1
    desk = sign_in(target, name="Ann Officer", password=PASSWORD, clock=scene.desk.clock)
    assert [one.part for one in due_for_erasure.held_items(desk, [scene.pupil.id]) if one.part.startswith("consent:trip")] == []
    assert [row[0] for row in desk.vault.rows("SELECT count(*) FROM consent_event")] == [2]
    assert attachments.of_pupil(desk, scene.pupil.id) == []
    assert pupils.record(desk, scene.pupil.id).pupil.address_1 == "4 Larch Way"
    desk.vault.close()


def test_of_two_records_of_one_person_what_stays_stays_in_a_restored_backup_too(unit: Unit, tmp_path: Path) -> None:
    left = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))
    kept, other = (unit.pupil("Quill", "Bea", date(2001, 5, 6), left, upn=upn) for upn in ("Y919110026001", "M919110026002"))
    for pupil in (kept, other):
        needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=date(2015, 1, 1), end_date=date(2017, 6, 23)))
    merging.merge(unit.desk, kept.id, other.id, reason="One person")
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    folder = tmp_path / "stick"
    folder.mkdir()
    made, _news = backups.make(unit.desk, folder)
    (line,) = cases.lines(unit.desk)
    cases.propose(sam, kept.id, line.reach, Ground.DUE, "", parts=line.parts)
    proposed = next(each.case for each in cases.lines(unit.desk) if each.case)
    cases.agree(unit.desk, proposed.id)
    cases.carry_out(at(unit.desk, DAY + timedelta(days=8)), proposed.id)
    target = tmp_path / "restored" / "unit.pupildesk"
    target.parent.mkdir()
    backups.restore(made.path, target, unit.desk.clock, name="Ann Officer", password=PASSWORD, live=unit.file)
    desk = sign_in(target, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    for each in (unit.desk, desk):
        assert [one.part for one in due_for_erasure.held_items(each, [kept.id])] == ["sen", "name"]
        assert [row[0] for row in each.vault.rows("SELECT count(*) FROM sen_period UNION ALL SELECT count(*) FROM enrolment")] == [2, 0]
    desk.vault.close()
