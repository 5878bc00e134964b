"""Badges read for many at once are those that the records of each give, by one rule."""

from datetime import date

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.services.care import health, needs
from pupil_desk.services.pupils import badges, pupils
from pupil_desk.services.suspensions import decisions
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 2, 1)


def test_many_are_told_what_each_record_says(unit: Unit) -> None:
    grave = unit.pupil("Hall", "Ann", BORN)
    plan = unit.pupil("Ivy", "Ben", BORN, sen_provision="E")
    cared = unit.pupil("Jay", "Cy", BORN, looked_after=True)
    worker = unit.pupil("Kay", "Di", BORN)
    away = unit.pupil("Lea", "Ed", BORN)
    kept = unit.pupil("May", "Flo", BORN)
    plain = unit.pupil("Nye", "Gus", BORN)
    health.add_item(unit.desk, HealthItem(pupil_id=grave.id, kind="A", what="Peanuts", severity="LIFE"))
    needs.add_care(unit.desk, CarePeriod(pupil_id=worker.id, kind="CP", start_date=date(2026, 9, 2)))
    decisions.decide(unit.desk, Suspension(pupil_id=away.id, category="SUSP", start=DAY, session="AM", sessions=2, reason_1="PP"))
    unit.protect(kept)
    found = badges.of_many(unit.desk)
    assert found == {
        grave.id: {PupilBadge.LIFE_THREATENING: "Life-threatening allergy"},
        plan.id: {PupilBadge.PLAN: "EHC plan"},
        cared.id: {PupilBadge.SOCIAL_WORKER: "Looked after"},
        worker.id: {PupilBadge.SOCIAL_WORKER: "Social worker"},
        away.id: {PupilBadge.SUSPENDED: "Suspended today"},
        kept.id: {PupilBadge.PROTECTED: "Protected"},
    }
    for pupil in (grave, plan, cared, worker, away, kept, plain):
        record = pupils.record(unit.desk, pupil.id)
        assert badges.of_record(unit.desk, record) == found.get(pupil.id, {})
        assert badges.of_many(unit.desk, [pupil.id]) == ({pupil.id: found[pupil.id]} if pupil.id in found else {})
