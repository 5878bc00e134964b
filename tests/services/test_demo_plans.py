"""The training unit's plans, the leave that was asked for, groups, and a register that waits to be confirmed: one of each kind at least, EHC plans at several steps of their review, one by the SEN provision that is still to be entered."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import PlanStepKind
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import Doubt
from pupil_desk.services import register
from pupil_desk.services.leave import leave_due
from pupil_desk.services.plans import plans_due
from pupil_desk.services.pupils import pupils
from pupil_desk.services.quality.looking import findings
from pupil_desk.services.register.groups import groups_of
from pupil_desk.services.register.sheets import waiting
from pupil_desk.store.tables import plans as store
from tests.trained import training_unit

DAY = date(2026, 11, 24)


def test_there_are_plans_of_each_kind_and_something_is_due(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    desk = training_unit(tmp_path / "unit.pupildesk", number=60, seed=1, clock=clock).desk
    kinds = Counter(case.now.kind for case in store.every(desk.vault))
    assert kinds.keys() == plan_kinds().keys()
    steps = {duty.step for plan in plans_due.open_plans(desk) for duty in plan.duties}
    assert {PlanStepKind.ADVICE, PlanStepKind.DECISION} <= steps
    assert any(plan.late for plan in plans_due.open_plans(desk))
    leave = [line.words.rpartition(": ")[2] for line in leave_due.to_do(desk, pupils.on_roll(desk, desk.today))]
    assert leave == ["decide", "enter the marks"]
    rules = {finding.rule for finding in findings(desk)}
    assert {"plan-overdue", "provision-without-plan"} <= rules
    assert "plan-without-provision" not in rules or kinds["sen-support"] == 1
    assert {"tutor", "site", "set"} <= {key.partition(":")[0] for key, _words in groups_of(register.view(desk, DAY, DAY).rows)}
    (page,) = waiting.waiting(desk)
    assert (page.title, page.first, [session.read.doubt for session in page.asked]) == ("Tutor group: 10H", DAY, [Doubt.TWO])
    assert {session.session for session in page.blank} == {Session.PM}, "the morning is marked"
