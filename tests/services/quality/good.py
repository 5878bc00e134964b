"""A pupil of 16 of whom nothing is missing and nothing contradicts, and the day on which that is so. No file is needed."""

import dataclasses
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.care.needs import SenNeed, SenPeriod
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.learning.review import RecordedWording
from pupil_desk.domain.notices.addressees import NoticeIssue
from pupil_desk.domain.plans.plan import PlanCase, PupilPlan
from pupil_desk.domain.providers.provider import ProviderFacts
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionCase
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.quality.rule import PupilFile, QualityContext, file_of

DAY = date(2026, 11, 24)
HALVES = ((date(2026, 11, 9), "AM"), (date(2026, 11, 9), "PM"))
CALENDAR = SchoolCalendar(
    (Term(id="t1", start=date(2026, 9, 2), end=date(2026, 12, 18)), Term(id="t2", start=date(2027, 1, 4), end=date(2027, 3, 25)))
)

PUPIL = Pupil(
    id="p1",
    ref="P0001",
    surname="Ashdown",
    forename="Mia",
    dob=date(2010, 10, 5),
    upn="Y919110026001",
    uln="9276308686",
    sex="F",
    ethnicity="WBRI",
    first_language="ENG",
    service_child="N",
    year_group="11",
    previous_school="919/4001",
    address_1="4 Larch Way",
    town="Larkfield",
    postcode="AL28 2QN",
    phone="07700 900111",
    sen_provision="E",
    sen_need_1="SEMH",
    looked_after=False,
)
MOTHER = Contact(
    id="c1",
    pupil_id="p1",
    surname="Ashdown",
    forename="Ruth",
    relationship="PAM",
    order=1,
    parental_responsibility=True,
    lives_with=True,
    mobile="07700 900123",
)
AUNT = Contact(id="c2", pupil_id="p1", surname="Bell", forename="Joan", relationship="REL", order=2, phone="01632 960001")
STAY = Enrolment(id="e1", pupil_id="p1", status="C", start_date=date(2026, 9, 2))
LEFT = dataclasses.replace(STAY, start_date=date(2025, 9, 3), end_date=date(2026, 7, 17))
PLAN = SenPeriod(id="s1", pupil_id="p1", provision="E", start_date=date(2025, 1, 6), review_date=date(2027, 1, 12))
OUR_PLAN = PlanCase((RecordedWording(PupilPlan(id="v1", entry_id="l1", pupil_id="p1", kind="ehc", made_on=date(2026, 5, 4)), "", ""),))
NEED = SenNeed(id="n1", pupil_id="p1", need="SEMH", rank=1)
NUTS = HealthItem(
    id="h1",
    pupil_id="p1",
    kind="A",
    what="Peanuts",
    allergen="peanuts",
    severity="LIFE",
    emergency="Adrenaline, then 999",
    plan="Pen in the office",
)
PEN = Medicine(
    id="m1",
    pupil_id="p1",
    name="Adrenaline",
    dose="0.3 mg",
    taken="in an emergency",
    consented_by="R Ashdown",
    consented_on=date(2026, 9, 2),
    stored="Office",
    expiry=date(2027, 5, 1),
)
PATTERN = Timetable(
    id="t1",
    pupil_id="p1",
    since=date(2026, 11, 2),
    until=date(2026, 12, 18),
    fri_pm="C2",
    agreed_with="Ruth Ashdown",
    review_on=date(2026, 12, 4),
)
COURSE = Learning(
    id="l1",
    pupil_id="p1",
    kind="qualification",
    title="Functional skills English",
    awarding_body="City & Guilds",
    level="Level 1",
    start=date(2026, 9, 7),
)
PLACE = Destination(id="d1", pupil_id="p1", kind="intended", activity="230", provider="Larkfield College")
SUSPENDED = Suspension(
    id="x1",
    decision="x1",
    pupil_id="p1",
    category="SUSP",
    start=HALVES[0][0],
    session="AM",
    sessions=2,
    reason_1="DB",
    circumstances="Shouted in class.",
    decided_by="R Head",
)
CASE = SuspensionCase(SUSPENDED, HALVES)
OWN_WORD = Choice(id="w1", pupil_id="p1", seq=1, recipient="youth-support", choice="allow", by="pupil", on=date(2026, 11, 2))
COLLEGES = dataclasses.replace(OWN_WORD, id="w2", seq=2, recipient="post-16")
GIVEN = NoticeIssue(
    id="i1", pupil_id="p1", edition_id="now", contact_id="c1", given_to="Ruth Ashdown", on=date(2026, 9, 2), channel="by-hand"
)
OWN_NOTICE = dataclasses.replace(GIVEN, id="i2", contact_id=None, given_to="Mia Ashdown", on=date(2026, 11, 2))


def planned(kind: str, made_on: date = date(2026, 3, 2), **items: Any) -> PlanCase:
    """A plan of a kind, of the spring."""
    return PlanCase((RecordedWording(PupilPlan(id="v2", entry_id="l2", pupil_id="p1", kind=kind, made_on=made_on, **items), "", ""),))


_WHOLE: dict[str, Any] = {
    "stays": [STAY],
    "contacts": [MOTHER, AUNT],
    "choices": [OWN_WORD, COLLEGES],
    "issues": [GIVEN, OWN_NOTICE],
    "timetables": [PATTERN],
    "periods": [PLAN],
    "plans": [OUR_PLAN],
    "needs": [NEED],
    "health": [NUTS],
    "medicines": [PEN],
    "learning": [COURSE],
    "destinations": [PLACE],
    "cases": [CASE],
    "stands": dict.fromkeys(HALVES, "E"),
    "e_marks": HALVES,
}


def around(*others: Pupil, today: date = DAY) -> QualityContext:
    """What is around, with other pupils on file."""
    everyone = (PUPIL, *others)
    return QualityContext(
        today=today,
        calendar=CALENDAR,
        dfe_number="919/1100",
        edition_id="now",
        plan_kinds_seen={"ehc", "sen-support", "pep"},
        schools_named={"919/4001": "Hill School", "919/4003": "Vale School", "919/4011": "Moor School", "919/4012": "Moor School"},
        routes_told={"route 3"},
        providers={
            "marden farm": ProviderFacts(is_named=True, registration="not-a-school", full_time=4),
            "wheelworks": ProviderFacts(is_named=True, lacking=("insurance: not seen yet",)),
        },
        watched_from=today - timedelta(days=60),
        by_upn=_held(everyone, "upn"),
        by_uln=_held(everyone, "uln"),
        namesakes={PUPIL.id: [each for each in others if (each.forename, each.dob) == (PUPIL.forename, PUPIL.dob)]},
    )


def _held(everyone: tuple[Pupil, ...], name: str) -> dict[str, list[Pupil]]:
    numbers = {getattr(each, name) for each in everyone} - {None}
    return {number: [each for each in everyone if getattr(each, name) == number] for number in numbers}


def whole(pupil: Pupil = PUPIL, today: date = DAY, **records: Any) -> PupilFile:
    """The good file, with other records in the place of its own."""
    return file_of(pupil, around(today=today), **{**_WHOLE, **records})


def changed(today: date = DAY, **items: Any) -> PupilFile:
    """The good file with other items of the pupil."""
    return whole(dataclasses.replace(PUPIL, **items), today)
