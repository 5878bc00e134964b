"""Two pupils with something of everything, and all that is ever read of them."""

import contextlib
import dataclasses
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Known
from pupil_desk.domain.care.health import Dose, Medicine
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.sharing import heard_recipients
from pupil_desk.services import register, sheet
from pupil_desk.services.accidents.accidents_due import open_accidents
from pupil_desk.services.care import dose_log, health, needs
from pupil_desk.services.consents import occasions, recording, standings
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.home import home
from pupil_desk.services.incidents import looking as incidents
from pupil_desk.services.learning import assessments
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.notices import notices
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.plans.plans_due import open_plans
from pupil_desk.services.providers import returns
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register import absence_steps
from pupil_desk.services.schools import weeks
from pupil_desk.services.sharing import sharing
from pupil_desk.services.transport import routes
from pupil_desk.store.tables import attendance_counts, register_watch, suspensions
from pupil_desk.store.tables import deadlines as needs_store
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, MOMENT, Unit
from tests.services.office_week import OF_ONE, WeekOf

TERM = date(2026, 9, 2)
UPNS = ("Y919110026001", "M919110026002", "B919110026003")


def later(unit: Unit, hours: int = 1) -> Desk:
    """The same desk, some hours on."""
    return dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(hours=hours)))


def filled(unit: Unit, pick: random.Random, surname: str, dob: date) -> Pupil:
    """A pupil on roll with as many records as chance will have it."""
    desk = unit.desk
    stay = Enrolment(status=pick.choice("CCM"), start_date=TERM + timedelta(days=pick.randrange(20)))
    pupil = unit.pupil(surname, "Bea", dob, stay, phone=pick.choice([None, "0116 496 0001"]), town=pick.choice([None, "Leicester"]))
    people = [
        unit.contact(pupil, "Quill", forename=name, parental_responsibility=True)
        for name in pick.sample(("Ann", "Bert"), pick.randrange(3))
    ]
    for contact in [None, *people]:
        if pick.random() < 0.3:
            unit.protect(pupil, pick.choice(("address-withheld", "order")), contact)
    for giver in pick.sample(("Ann Quill", "Bert Quill"), pick.randrange(3)):
        said = Choice(
            pupil_id=pupil.id,
            recipient=pick.choice(list(heard_recipients())),
            choice=pick.choice(("restrict", "allow")),
            by="parent",
            giver=giver,
            on=date(2026, 9, pick.randrange(3, 28)),
            channel="form",
        )
        sharing.record_choices(desk, [said])
    if people and pick.random() < 0.5:
        notices.issue(desk, notices.letters_of(desk, pupil.id).letters, "hand", date(2026, 10, 1))
    marked = [
        Mark(pupil_id=pupil.id, day=DAY - timedelta(days=days), session=Session.AM, code=pick.choice("/LIO"))
        for days in (1, 4, 5)
        if pick.random() < 0.7
    ]
    if marked:
        register.mark(desk, marked)
        if pick.random() < 0.5:
            register.mark(desk, [dataclasses.replace(marked[0], code="M", minutes_late=None)], reason="A letter came")
    if pick.random() < 0.6:
        needs.add_period(desk, SenPeriod(pupil_id=pupil.id, provision=pick.choice("KE"), start_date=TERM))
        needs.add_need(desk, SenNeed(pupil_id=pupil.id, need=pick.choice(("SEMH", "SLCN")), rank=1, start_date=TERM))
    if pick.random() < 0.4:
        needs.add_care(desk, CarePeriod(pupil_id=pupil.id, kind="LAC", start_date=TERM, authority="919"))
    if pick.random() < 0.5:
        health.add_medicine(desk, Medicine(pupil_id=pupil.id, name="Salbutamol", dose="2 puffs", taken="When breathless"))
        [medicine] = health.of_pupil(desk, pupil.id).medicines
        dose_log.give_dose(
            desk,
            Dose(
                pupil_id=pupil.id,
                medicine_id=medicine.id,
                given_on=DAY,
                given_time="09:30",
                amount="2 puffs",
                given_by="Ann",
                was_given=True,
            ),
        )
    if pick.random() < 0.5:
        assessments.add(desk, Assessment(pupil_id=pupil.id, stage="KS4", subject="MAT", method="TA", result="5", year=2026))
    _consents(desk, pupil, pick, [one.id for one in people])
    _week(unit, pupil, pick)
    return pupils.record(desk, pupil.id).pupil


def _week(unit: Unit, pupil: Pupil, pick: random.Random) -> None:
    """What the weeks since left: incidents, accidents, exams, leave, places and plans."""
    week = WeekOf(unit, pupil, pick)
    for act in OF_ONE:
        if pick.random() < 0.7:
            with contextlib.suppress(Known, Refused):
                getattr(week, act)()
    if pick.random() < 0.7:
        plans.add(unit.desk, PupilPlan(pupil_id=pupil.id, kind=pick.choice(("risk", "profile")), made_on=TERM, needs="The road"))


def _consents(desk: Desk, pupil: Pupil, pick: random.Random, people: list[str]) -> None:
    """Words of each parent and of the pupil, who is on the list of a trip of her own."""
    made = Occasion(consent_type="trip", name=f"Trip {len(occasions.occasions(desk))}", start=DAY + timedelta(days=9))
    _changed, occasion_id = occasions.add(desk, made, [pupil.id])
    said = [
        ConsentEntry(pupil_id=pupil.id, consent_type="trip", step="given", giver=one, day=DAY, channel="form", occasion_id=occasion_id)
        for one in people
    ]
    for who in (*people, "pupil"):
        what = pick.choice(("given", "refused", "asked"))
        said.append(
            ConsentEntry(
                pupil_id=pupil.id,
                consent_type="photographs",
                step=what,
                giver=who,
                day=DAY - timedelta(days=pick.randrange(40)),
                channel="form",
            )
        )
    record_said(desk, said)
    recording.find(
        desk,
        Competence(
            pupil_id=pupil.id,
            consent_type="photographs",
            asked_about="",
            finding=pick.choice(("competent", "not-competent")),
            on=DAY,
            reason="A talk",
        ),
    )


def reads(desk: Desk, ids: tuple[str, ...]) -> Mapping[str, Any]:
    """What the readers of the program read, by reader: of these pupils, and of all."""
    vault, since = desk.vault, date(2026, 8, 1)
    found: dict[str, Any] = {f"sheet {number}": _values(sheet.everything(desk, pupil_id)) for number, pupil_id in enumerate(ids)}
    found |= {f"record {number}": pupils.record(desk, pupil_id) for number, pupil_id in enumerate(ids)}
    found |= {f"steps {number}": suspensions.of_pupil(vault, pupil_id) for number, pupil_id in enumerate(ids)}
    found |= {f"shared {name}": sharing.preview(desk, name) for name in heard_recipients()}
    found |= {f"consents {number}": standings.of_pupil(desk, pupil_id) for number, pupil_id in enumerate(ids)}
    found |= {f"letters {number}": notices.letters_of(desk, pupil_id) for number, pupil_id in enumerate(ids)}
    return found | {
        "list": list(pupils.listing(desk)),
        "found": list(pupils.listing(desk, find="bea")),
        "register": register.view(desk, DAY - timedelta(days=7), DAY),
        "totals": register.totals(desk, since, DAY),
        "counted": attendance_counts.count_sessions(vault, since, DAY, (("/",), ("I",))),
        "unmarked": [tuple(row) for row in register_watch.unmarked(vault, [(DAY - timedelta(days=1), "AM"), (DAY, "AM")])],
        "codes": [tuple(row) for row in register_watch.standing_codes(vault, [DAY - timedelta(days=7), DAY])],
        "unsettled": [tuple(row) for row in register_watch.unsettled(vault, since, DAY)],
        "due": needs_store.out_of_date(vault, DAY),
        "home": home.tasks(desk),
        "notices": notices.notices_due(desk),
        "photographs": standings.of_type(desk, "photographs"),
        "incidents": incidents.rows(desk),
        "accidents": open_accidents(desk),
        "plans": open_plans(desk),
        "places": list(weeks.weeks(desk, DAY - timedelta(days=7), DAY)),
        "returns": returns.to_confirm(desk),
        "routes": routes.standings(desk),
        "exams": [exams.of_pupil(desk, pupil_id) for pupil_id in ids],
        "leave": [leave.of_pupil(desk, pupil_id) for pupil_id in ids],
        "absence": [absence_steps.of_pupil(desk, pupil_id) for pupil_id in ids],
    }


def _values(sections: Any) -> Any:
    """The sheet without what was said of merging itself, and the amendments that merging made: both only grow."""
    kept = []
    for section in sections:
        entries = [
            entry.facts
            for entry in section.entries
            if not any(name == "what" and value in ("merged", "parted") for name, _l, value, _w in entry.facts)
            and not any(name == "source" and value == "merge" for name, _l, value, _w in entry.facts)
        ]
        kept.append((section.name, entries))
    return kept


def rows_of(desk: Desk) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table that only grows."""
    from tests.services.erasure.test_erasure import FOR_GOOD, GROWS

    return {table: {tuple(row) for row in desk.vault.rows(f'SELECT * FROM "{table}"')} for table in (*GROWS, *FOR_GOOD)}
