"""The printed list of plans that run, of the pupils chosen: by kind, with the review of each and what is to be done, and the money spent. That it was made is logged."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.money import pounds
from pupil_desk.basics.words import _
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.documents.plans import plan_list as layout
from pupil_desk.documents.plans.plan_list import PlanList
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import plans_due, unit_plans
from pupil_desk.services.plans.recording import SWITCH
from pupil_desk.services.plans.unit_plans import MoneySpent, RunningPlan
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.tables import pupils


def paper(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """Those of these pupils that run and are shown to who is at the desk, the title, and the ids of the pupils on it. Raises NotAllowed; WrongUse where there is none, or the unit keeps none."""
    desk.require(Action.READ_RECORD)
    require_use(desk, SWITCH)
    plans = [plan for plan in unit_plans.running(desk) if plan.pupil.id in ids]
    spent = unit_plans.money_spent(desk, ids)
    if not plans and not spent:
        raise WrongUse(_("None of these pupils has a plan that runs. It is added in the record, under Plans."))
    told = pupils.some(desk.vault, {plan.pupil.id for plan in plans} | set(spent))
    names = cards.names_listed(told)
    cards.log_each(desk, told, "list of plans made")
    by_kind = grouped((plan.case.now.kind, plan) for plan in plans)
    content = PlanList(
        days=_("The plans that run on {day}, of the pupils chosen.").format(day=show_date(desk.today)),
        kinds=[
            (codelist("plan_kind").label_of(kind), [_row(plan, names[plan.pupil.id], desk.today) for plan in by_kind[kind]])
            for kind in plan_kinds()
            if kind in by_kind
        ],
        year=_("Since {day}").format(day=show_date(unit_plans.money_year(desk.today))),
        money=_money(told, spent, names),
        together=(_("Together"), *map(pounds, _sums(spent))),
        foot=cards.made_by(desk),
    )
    return PaperOfPupils(layout.story(content), _("List of plans"), set(names))


def _row(plan: RunningPlan, name: str, today: date) -> tuple[str, ...]:
    due = short_date(plan.review_due) if plan.review_due else ""
    return (
        name,
        _("{day}, late").format(day=due) if plan.review_due and plan.review_due < today else due,
        plan.case.now.lead or "",
        "; ".join(plans_due.duty_words(duty) for duty in plan.duties),
    )


def _money(told: Collection[Pupil], spent: Mapping[str, MoneySpent], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [(names[pupil.id], pounds(spent[pupil.id].this_year), pounds(spent[pupil.id].in_all)) for pupil in told if pupil.id in spent]


def _sums(spent: Mapping[str, MoneySpent]) -> tuple[Decimal, Decimal]:
    return (sum((money.this_year for money in spent.values()), Decimal(0)), sum((money.in_all for money in spent.values()), Decimal(0)))
