"""Badges read for many at once are those that the records of each give, by one rule."""

from datetime import date

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health, needs
from pupil_desk.services.plans import recording
from pupil_desk.services.pupils import badges, pupils
from pupil_desk.services.pupils.card.gathering import card_of
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


def test_each_kind_of_plan_that_runs_gives_a_badge_and_stands_on_the_card_and_a_guarded_one_for_its_roles_alone(unit: Unit) -> None:
    ann, ben = unit.pupil("Hall", "Ann", BORN), unit.pupil("Ivy", "Ben", BORN)
    for pupil, kind, items in (
        (ann, "behaviour", {}),
        (ann, "pep", {}),
        (ann, "ehc", {}),
        (ann, "risk", {"ended_on": date(2026, 11, 1), "ended_because": "Over"}),
        (ben, "pep", {}),
    ):
        recording.add(unit.desk, PupilPlan(**{"pupil_id": pupil.id, "kind": kind, "made_on": date(2026, 9, 7), "views": "Words", **items}))
    office = unit.as_role(Role.OFFICE)
    for desk, of_ann, of_ben in (
        (unit.desk, "EHC plan, education plan and behaviour plan", "Education plan"),
        (office, "EHC plan and behaviour plan", ""),
    ):
        found = badges.of_many(desk)
        assert found[ann.id] == {PupilBadge.PLAN: of_ann}
        assert found.get(ben.id, {}) == ({PupilBadge.PLAN: of_ben} if of_ben else {})
        for pupil in (ann, ben):
            assert badges.of_record(desk, pupils.record(desk, pupil.id)) == found.get(pupil.id, {})
    facts = [fact for fact in card_of(office, pupils.record(office, ann.id)).needs if fact.part == "plans"]
    assert [fact.words for fact in facts] == [
        "Behaviour and positive handling plan, of 7 Sep 2026",
        "Education, health and care plan, of 7 Sep 2026",
    ]
    assert {fact.kind for fact in facts} == {"plan"}
