"""The card: whom to call, what is grave, today, and what is due, each with its field; nothing that may not be told."""

import dataclasses
from datetime import date, timedelta

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestCase
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.card.gathering import PupilCard, card_of
from pupil_desk.services.register import mark
from pupil_desk.services.requests import receiving
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 2, 1)  # 14 on the day


def _card(unit: Unit, pupil: Pupil) -> PupilCard:
    return card_of(unit.desk, pupils.record(unit.desk, pupil.id))


def test_whom_to_call_stands_in_order_with_the_number_and_leads_to_it(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    second = unit.contact(pupil, "Bell", forename="Tom", order=2, phone="01632 960001")
    first = unit.contact(pupil, "Hall", forename="Eve", order=1, mobile="07700 900123")
    unit.contact(pupil, "Silent", order=3)
    calls = _card(unit, pupil).calls
    assert [fact.words.replace("\N{NO-BREAK SPACE}", " ") for fact in calls] == [
        "Eve Hall, mother: 07700 900123",
        "Tom Bell, mother: 01632 960001",
    ]
    assert [(fact.part, fact.kind, fact.row_id, fact.item) for fact in calls] == [
        ("contacts", "contact", first.id, "mobile"),
        ("contacts", "contact", second.id, "phone"),
    ]


def test_nobody_whom_an_order_names_is_offered_and_no_address_stands_there(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, address_1="7 Refuge Row", postcode="AL28 2QN")
    father = unit.contact(pupil, "Hall", forename="Max", order=1, mobile="07700 900001", address_1="9 Mill Lane", relationship="PAF")
    unit.contact(pupil, "Hall", forename="Eve", order=2, mobile="07700 900002")
    unit.protect(pupil, "order", father)
    unit.protect(pupil)
    card = _card(unit, pupil)
    said = repr(card)
    assert "Max" not in said
    assert "Refuge Row" not in said
    assert "Mill Lane" not in said
    assert "AL28" not in said
    assert len(card.calls) == 1
    unit.protect(pupil, "order")
    assert [fact.words for fact in _card(unit, pupil).calls][:-1] == ["Before you ring anybody: ask the office"], "one that names nobody"


def test_nobody_to_call_is_said(unit: Unit) -> None:
    assert [(fact.words, fact.tone) for fact in _card(unit, unit.pupil("Hall", "Ann", BORN)).calls] == [
        ("Nobody with a telephone number", "bad")
    ]


def test_a_severe_allergy_leads_and_its_plan_stands_with_the_needs(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN, sen_provision="E", sen_need_1="SEMH", medical="Wears glasses")
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="C", what="Asthma"))
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what="Peanuts", severity="LIFE", plan="In the office"))
    card = _card(unit, pupil)
    assert [(fact.words, fact.tone) for fact in card.health] == [
        ("LIFE-THREATENING allergy: Peanuts", "bad"),
        ("Asthma", "accent"),
        ("Wears glasses", "accent"),
    ]
    assert [fact.words for fact in card.needs] == [
        "Education, health and care plan: Social, Emotional and Mental Health",
        "Action plan: Peanuts",
    ]


def test_nothing_recorded_of_health_says_so(unit: Unit) -> None:
    fact = _card(unit, unit.pupil("Hall", "Ann", BORN)).health[0]
    assert (fact.words, fact.tone) == ("Not recorded – ask the office", "check")


def test_todays_marks_and_the_term_in_words_and_weeks(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    monday = DAY - timedelta(days=DAY.weekday())
    last_week = monday - timedelta(days=7)
    marks = [Mark(pupil_id=pupil.id, day=last_week, session=session, code=code) for session, code in ((Session.AM, "/"), (Session.PM, "O"))]
    mark(unit.desk, [*marks, Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="L", minutes_late=12)])
    before = Mark(pupil_id=pupil.id, day=last_week - timedelta(days=7), session=Session.AM, code="O")
    mark(unit.desk, [before], reason="Entered late")
    with unit.desk.vault.transaction():  # of a day off the roll, as of a guest, nothing counts
        unit.desk.vault.execute("UPDATE enrolment SET start_date = ?", (last_week.isoformat(),))
    attendance = _card(unit, pupil).attendance
    assert [fact.words for fact in attendance.today] == ["Morning: late, before the register closed, 12 minutes"]
    assert attendance.today[0].part == f"@{DAY.isoformat()}@AM"
    assert attendance.term is not None
    assert attendance.term.words == "Persistent absence. 66.7 %: 1 session missed, 1 without leave"
    assert [(week.monday, week.totals.attendance_pct) for week in attendance.weeks] == [(last_week, 50.0), (monday, 100.0)]


def test_a_session_that_has_begun_without_a_mark_asks_for_it(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    assert [(fact.words, fact.tone) for fact in _card(unit, pupil).attendance.today] == [("Morning: not marked yet", "check")]


def test_schools_are_said_by_name(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_schools="Wyming Vale School, 919/4001"))
    stay = Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001", commissioned_by="Larkshire Council")
    card = _card(unit, unit.pupil("Hall", "Ann", BORN, stay))
    assert [fact.words for fact in card.stays] == [
        "Since 2 Sep 2026",
        "Main school: Wyming Vale School (919/4001)",
        "Placed by Larkshire Council",
    ]


def test_sharing_is_the_rules_own_answer_with_its_reason(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    unit.contact(pupil, "Hall", forename="Eve", parental_responsibility=True)
    assert _card(unit, pupil).sharing[0].tone == "check"
    unit.said(pupil, "restrict")
    (fact,) = _card(unit, pupil).sharing
    assert (fact.words, fact.page, fact.tone) == (
        "Youth support service: minimum. A parent restricted it on 10 September 2026.",
        "sharing",
        "accent",
    )


def test_what_is_due_of_this_pupil_alone_stands_on_the_card(unit: Unit) -> None:
    stay = Enrolment(status="C", start_date=date(2026, 9, 2), review_day=date(2026, 11, 20))
    late, other = unit.pupil("Hall", "Ann", BORN, stay), unit.pupil("Ivy", "Ben", BORN)
    (review,) = [fact for fact in _card(unit, late).due if "reviewed" in fact.words]
    assert (review.words, review.tone, review.part, review.item) == (
        "Placement to be reviewed by 20 Nov 2026",
        "bad",
        "stays",
        "review_day",
    )
    assert not [fact for fact in _card(unit, other).due if "reviewed" in fact.words]


def test_consents_missing_are_named_and_those_of_a_leaver_are_not_asked_for(unit: Unit) -> None:
    here = unit.pupil("Hall", "Ann", BORN)
    unit.contact(here, "Hall", forename="Eve", parental_responsibility=True)
    (fact,) = _card(unit, here).consents
    assert (fact.words, fact.part, fact.tone) == ("Photographs and videos, photograph on the record and 4 more", "consents", "check")
    left = Enrolment(status="C", start_date=date(2025, 9, 2), end_date=date(2026, 7, 17))
    assert _card(unit, unit.pupil("Ivy", "Ben", BORN, left)).consents == ()


def test_where_nobody_can_be_asked_for_consents_the_card_says_so_and_leads_to_the_contacts(unit: Unit) -> None:
    here = unit.pupil("Hall", "Ann", BORN)
    unit.contact(here, "Hall", forename="Eve", parental_responsibility=None)
    (fact,) = _card(unit, here).consents
    assert (fact.words, fact.part, fact.tone) == ("Not asked: nobody on file has parental responsibility", "contacts", "check")


def test_the_opening_is_logged_once_with_the_card(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    before = len(unit.log())
    _card(unit, pupil)
    assert [row[:2] for row in unit.log()[before:]] == [("view", pupil.id)]


def test_requests_stand_there_for_whoever_may_read_them_alone(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", BORN)
    asked = RequestCase(
        pupil_id=pupil.id, kind=CaseKind.COPY, received=DAY, channel="email", requester="Eve Hall", capacity=Capacity.PARENT
    )
    receiving.receive(unit.desk, asked)
    pages = {fact.page for fact in _card(unit, pupil).due}
    assert "requests" in pages
    office = unit.as_role(Role.OFFICE)
    assert "requests" not in {fact.page for fact in card_of(office, pupils.record(office, pupil.id)).due}
