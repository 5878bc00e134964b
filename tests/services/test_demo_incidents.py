"""The training unit's incidents: of several kinds, one wholly done, one withheld and the authority told, one overdue by a day, one of today to sign."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.incidents.duties import still_to_do
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind, is_ordinary, is_reward
from pupil_desk.services.demo.unit import make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.incidents import incidents_due
from pupil_desk.store.tables import incidents as store
from tests.trained import training_unit

DAY = date(2026, 11, 24)
CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return training_unit(tmp_path_factory.mktemp("demo") / "unit.pupildesk", number=60, seed=1, clock=CLOCK).desk


def _cases(desk: Desk) -> list[IncidentCase]:
    return store.between(desk.vault, date(2026, 9, 1), DAY)


def _kinds(case: IncidentCase) -> Counter[str]:
    return Counter(event.kind for event in case.events)


def test_there_are_serious_ones_ordinary_behaviour_and_rewards(desk: Desk) -> None:
    kinds = Counter(
        "reward" if is_reward(case.now.kind) else "ordinary" if is_ordinary(case.now.kind) else "serious" for case in _cases(desk)
    )
    assert kinds == {"serious": 8, "ordinary": 3, "reward": 4}
    assert len({case.now.incident_id for case in _cases(desk)}) == 12
    assert all(case.now.points for case in _cases(desk) if is_reward(case.now.kind))


def test_one_with_force_is_signed_reported_to_two_parents_and_talked_over(desk: Desk) -> None:
    whole = [case for case in _cases(desk) if case.now.force and not still_to_do(incidents_due.duties(desk, case))]
    assert {"signed": 1, "reported": 2, "debrief-pupil": 1, "debrief-staff": 1} in [_kinds(case) for case in whole]


def test_one_report_is_withheld_with_its_reason_and_the_authority_told(desk: Desk) -> None:
    (case,) = [case for case in _cases(desk) if IncidentEventKind.WITHHELD in _kinds(case)]
    assert case.last(IncidentEventKind.TOLD_AUTHORITY) is not None
    left = {duty.event for duty in still_to_do(incidents_due.duties(desk, case))}
    assert left == {IncidentEventKind.DEBRIEF_STAFF}


def test_home_has_one_overdue_by_a_day_and_one_of_today_to_sign(desk: Desk) -> None:
    lines = home.tasks(desk).incidents
    (late,) = [line for line in lines if line.late]
    assert late.day == date(2026, 11, 23)
    assert late.words[0].startswith("report to ")
    (today,) = [line for line in lines if line.day == DAY]
    assert today.words == ("sign the account",)


@pytest.mark.parametrize(
    ("number", "moment"),
    [(5, datetime(2026, 11, 24, 10, tzinfo=UTC)), (15, datetime(2026, 8, 31, 10, tzinfo=UTC))],
    ids=["small", "in August"],
)
def test_a_unit_that_is_small_or_has_hardly_begun_its_year_has_none(tmp_path: Path, number: int, moment: datetime) -> None:
    made = make_training_unit(tmp_path / "unit.pupildesk", number=number, seed=1, clock=FixedClock(moment))
    assert store.every(made.desk.vault) == []
