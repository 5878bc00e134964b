"""The badges of a pupil: what gives one on a day, what does not, and which leads."""

from datetime import date

import pytest

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod
from pupil_desk.domain.pupils.badges import BadgeRecord, PupilBadge, badges_of
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionCase, SuspensionEvent

DAY, BEFORE = date(2026, 11, 24), date(2026, 11, 20)
ALLERGY = HealthItem(kind="A", what="Peanuts", severity="SEV")
OUT = Suspension(category="SUSP", start=BEFORE, session="AM", sessions=8, reason_1="PP")


def _case(*events: SuspensionEvent, day: date = DAY) -> SuspensionCase:
    return SuspensionCase(OUT, ((BEFORE, "AM"), (day, "AM")), events)


@pytest.mark.parametrize(
    ("record", "badges"),
    [
        (BadgeRecord(), {}),
        (BadgeRecord(health=[ALLERGY]), {PupilBadge.ALLERGY: "Severe allergy"}),
        (
            BadgeRecord(health=[ALLERGY, HealthItem(kind="A", what="Bees", severity="LIFE")]),
            {PupilBadge.LIFE_THREATENING: "Life-threatening allergy"},
        ),
        (BadgeRecord(health=[HealthItem(kind="A", what="Pollen", severity="MILD")]), {}),
        (BadgeRecord(health=[HealthItem(kind="C", what="Asthma", severity="SEV")]), {}),
        (BadgeRecord(health=[HealthItem(kind="A", what="Eggs", severity="SEV", end_date=BEFORE)]), {}),
        (BadgeRecord(health=[HealthItem(kind="C", what="Asthma", plan="In the office")]), {PupilBadge.PLAN: "Action plan"}),
        (BadgeRecord(periods=[SenPeriod(provision="E")]), {PupilBadge.PLAN: "EHC plan"}),
        (
            BadgeRecord(health=[HealthItem(kind="C", what="Asthma", plan="In the office")], plans=["healthcare", "risk"]),
            {PupilBadge.PLAN: "Action plan, healthcare plan and risk assessment"},
        ),
        (BadgeRecord(periods=[SenPeriod(provision="E", end_date=BEFORE), SenPeriod(provision="K")]), {}),
        (BadgeRecord(protections=[Protection(kind="order", reason="Court", since=BEFORE)]), {PupilBadge.PROTECTED: "Protected"}),
        (BadgeRecord(care=[CarePeriod(kind="CIN")]), {PupilBadge.SOCIAL_WORKER: "Social worker"}),
        (BadgeRecord(care=[CarePeriod(kind="LAC")]), {PupilBadge.SOCIAL_WORKER: "Looked after"}),
        (BadgeRecord(looked_after=True), {PupilBadge.SOCIAL_WORKER: "Looked after"}),
        (BadgeRecord(care=[CarePeriod(kind="FSM")]), {}),
        (BadgeRecord(suspensions=[_case()]), {PupilBadge.SUSPENDED: "Suspended today"}),
        (BadgeRecord(suspensions=[_case(day=date(2026, 11, 25))]), {}),
        (BadgeRecord(suspensions=[_case(SuspensionEvent(kind="cancelled", on=BEFORE))]), {}),
    ],
)
def test_what_gives_a_badge(record: BadgeRecord, badges: dict[PupilBadge, str]) -> None:
    assert badges_of(record, DAY) == badges


def test_what_weighs_most_leads_and_each_has_a_sign_of_its_own() -> None:
    record = BadgeRecord(
        health=[ALLERGY, HealthItem(kind="C", what="Asthma", plan="In the office")],
        protections=[Protection(kind="order", reason="Court", since=BEFORE)],
        care=[CarePeriod(kind="CP")],
        suspensions=[_case()],
    )
    order = list(PupilBadge)
    assert [PupilBadge.LIFE_THREATENING, *badges_of(record, DAY)] == order, "of two allergies the graver one is said"
    assert len({badge.value.sign for badge in PupilBadge}) == len(PupilBadge)
