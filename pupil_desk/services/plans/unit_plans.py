"""The plans of the whole unit: those that run, of the pupils on roll, each with its next review and what is still to be done about it; and the money spent.

Money is counted by the financial year too: pupil premium plus is paid and reported by it ("Pupil premium: conditions of grant", DfE). Read as virtual schools
repeat it; sure: medium.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pupil_desk.domain.plans.plan import PlanCase, spent
from pupil_desk.domain.plans.reviewing import PlanDuty, duties_of, review_due
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.plans_due import contexts
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import plans as store

_APRIL = 4


@dataclass(frozen=True, slots=True)
class RunningPlan:
    """A plan that runs: whose it is, the last day for its next review, and the duties of that review, in order."""

    pupil: Pupil
    case: PlanCase
    review_due: date | None
    duties: tuple[PlanDuty, ...]


@dataclass(frozen=True, slots=True)
class MoneySpent:
    """What was spent by the plans of one pupil, in pounds: in the financial year, and in all."""

    this_year: Decimal
    in_all: Decimal


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


def money_spent(desk: Desk, ids: Collection[str]) -> dict[str, MoneySpent]:
    """By pupil, of those of these by whose plans something was spent: of every plan that is shown to who is at the desk and is not struck out, ended ones too.

    Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD)
    cases = [case for case in seen(desk, store.every(desk.vault)) if case.now.pupil_id in ids and case.now.struck is None]
    first_day, money = money_year(desk.today), dict[str, MoneySpent]()
    for case in cases:
        before = money.get(case.now.pupil_id, MoneySpent(Decimal(0), Decimal(0)))
        money[case.now.pupil_id] = MoneySpent(before.this_year + spent(case.steps, first_day), before.in_all + case.spent)
    return {pupil_id: of_pupil for pupil_id, of_pupil in money.items() if of_pupil.in_all}


def money_year(day: date) -> date:
    """The first day of the financial year of a day."""
    return date(day.year if day.month >= _APRIL else day.year - 1, _APRIL, 1)
