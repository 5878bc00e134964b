"""When a plan is to be reviewed, and what of it is still to be done, by the rule of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.plans.annual_review import annual_review, cycles_of, months_on, steps_to_come
from pupil_desk.domain.plans.kinds import PlanKind, ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import PlanCase, PlanStepKind
from pupil_desk.domain.register.calendar import SchoolCalendar, end_of_law_term


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What decides the days beside the plan: today, the pupil's year group, the calendar of the unit, and the days on which there was reasonable
    force, seclusion or restraint of the pupil."""

    today: date
    year_group: str | None
    calendar: SchoolCalendar
    interventions: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDuty:
    """One step that is to be done, and its last day; ``after`` is the day of the restrictive intervention that brought it forward.

    ``invitees`` are with which of those invited, where it is done with each, and ``of_how_many``.
    """

    step: PlanStepKind
    due: date
    after: date | None = None
    invitees: tuple[str, ...] = ()
    of_how_many: int = 0


def last_review(case: PlanCase) -> date | None:
    """The day on which a plan was last reviewed, here or before; of an EHC plan that of the decision."""
    kind = plan_kind(case.now.kind)
    if kind is not None and kind.rule is ReviewRule.ANNUAL_REVIEW:
        days = [cycle.decided for cycle in cycles_of(case.steps)]
    else:
        days = [step.on for step in case.steps if step.kind == PlanStepKind.REVIEWED]
    return max((day for day in (case.now.reviewed_on, *days) if day), default=None)


def review_due(case: PlanCase, context: PlanContext) -> date | None:
    """The last day for the next review; of an EHC plan that for the authority's decision. None where the plan does not run, or its kind is in use no longer."""
    kind = plan_kind(case.now.kind)
    if kind is None or not case.now.runs_on(context.today):
        return None
    if kind.rule is ReviewRule.ANNUAL_REVIEW:
        by_rule = annual_review(case.now, case.steps, context.year_group, context.today).complete_by
    else:
        by_rule = _by_rule(kind, last_review(case) or case.now.day, context.calendar)
        after = brought_forward_by(case, context)
        if after is not None and kind.days_after is not None:
            by_rule = min(by_rule, after + timedelta(days=kind.days_after))
    sooner = case.now.review_by
    is_ahead = sooner is not None and sooner > (last_review(case) or case.now.made_on)
    return min(sooner, by_rule) if sooner is not None and is_ahead else by_rule


def brought_forward_by(case: PlanCase, context: PlanContext) -> date | None:
    """The first restrictive intervention since the plan was last reviewed, where its kind is reviewed after each; None where there was none."""
    kind, last_day = plan_kind(case.now.kind), last_review(case) or case.now.day
    if kind is None or kind.days_after is None:
        return None
    return min((day for day in context.interventions if last_day < day <= context.today), default=None)


def _by_rule(kind: PlanKind, counted: date, calendar: SchoolCalendar) -> date:
    if kind.months is not None:
        return months_on(counted, kind.months)
    end = end_of_law_term(end_of_law_term(counted) + timedelta(days=1))
    return calendar.school_day_or_weekday_until(end, counted + timedelta(days=1))


def duties_of(case: PlanCase, context: PlanContext) -> tuple[PlanDuty, ...]:
    """What is still to be done about a plan, in order; nothing of one that does not run."""
    due, kind = review_due(case, context), plan_kind(case.now.kind)
    if due is None or kind is None:
        return ()
    if kind.rule is not ReviewRule.ANNUAL_REVIEW:
        return (PlanDuty(PlanStepKind.REVIEWED, due, brought_forward_by(case, context)),)
    cycle, review = cycles_of(case.steps)[-1], annual_review(case.now, case.steps, context.year_group, context.today)
    return tuple(
        PlanDuty(step, min(day, due) if step is PlanStepKind.REVIEWED else day, invitees=invitees, of_how_many=len(kind.invitees))
        for step, day, invitees in steps_to_come(cycle, review, kind.invitees)
    )


def provisions_planned(cases: Iterable[PlanCase], day: date) -> frozenset[str]:
    """The codes of SEN provision with which a plan goes that runs on a day: when it is reviewed is said there, and needs not be said again."""
    kinds = (plan_kind(case.now.kind) for case in cases if case.now.runs_on(day))
    return frozenset(kind.provision for kind in kinds if kind is not None and kind.provision)
