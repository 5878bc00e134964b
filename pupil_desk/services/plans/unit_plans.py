"""The plans of the whole unit: those that run, of the pupils on roll, each with its next review and what is still to be done about it."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.plans.plan import PlanCase
from pupil_desk.domain.plans.reviewing import PlanDuty, duties_of, review_due
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.plans_due import contexts
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import plans as store


@dataclass(frozen=True, slots=True)
class RunningPlan:
    """A plan that runs: whose it is, the last day for its next review, and the duties of that review, in order."""

    pupil: Pupil
    case: PlanCase
    review_due: date | None
    duties: tuple[PlanDuty, ...]


def running(desk: Desk, due_by: date | None = None) -> list[RunningPlan]:
    """The plans that run and are shown to who is at the desk, of pupils on roll, the first review first; with a day those alone of which something is due by it.

    None where the unit keeps none here. Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.keeps_plans or not store.any_on_file(desk.vault):
        return []
    people_by_id = {pupil.id: pupil for pupil in pupils.on_roll(desk, desk.today)}
    context_of = contexts(desk, people_by_id.values())
    plans = []
    for case in seen(desk, store.every(desk.vault)):
        pupil = people_by_id.get(case.now.pupil_id)
        if pupil is None or not case.now.runs_on(desk.today):
            continue
        plan = RunningPlan(pupil, case, review_due(case, context_of[pupil.id]), duties_of(case, context_of[pupil.id]))
        if due_by is None or any(duty.due <= due_by for duty in plan.duties):
            plans.append(plan)
    return sorted(plans, key=lambda plan: (plan.review_due or date.max, plan.pupil.ref))
