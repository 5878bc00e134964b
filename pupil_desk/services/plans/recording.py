"""Plans: added, kept in a further version, struck out with a reason; steps recorded and taken back. Nothing is written over.

What says that a person outside was told has its line in the log of disclosures, struck out where it is taken back (``told_of_plans``).
What was done at once can be undone: a new plan by striking it out, a further version, or that it was struck out, by one that says what stood before, a step
by taking it back.
"""

import dataclasses
from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.plans.annual_review import last_day_missed
from pupil_desk.domain.plans.kinds import ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import PlanCase, PlanStep, PlanStepKind, PupilPlan, check_plan, check_plan_step
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.plans import invitees, told_of_plans
from pupil_desk.services.plans.seeing import refused, require_seen, seen
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import plans as store

SWITCH = "keeps_plans"
"""The setting by which a unit that keeps none here switches them off."""


_NOT_ON_FILE = _("That plan is no longer on file. Open the pupil again.")


def of_pupil(desk: Desk, pupil_id: str) -> list[PlanCase]:
    """A pupil's plans that are shown to who is at the desk: those that run first, then those that ended or were struck out; of each the latest made first.

    Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    cases = sorted(seen(desk, store.of_pupil(desk.vault, pupil_id)), key=lambda case: case.now.day, reverse=True)
    return sorted(cases, key=lambda case: not case.now.runs_on(desk.today))


def case_of(desk: Desk, plan: PupilPlan) -> PlanCase:
    """The plan of which that is a version, with all its versions. Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_RECORD, "pupil", plan.pupil_id)
    require_seen(desk, plan)
    return required(store.entry(desk.vault, plan.entry_id), _NOT_ON_FILE)


def problems(desk: Desk, plan: PupilPlan) -> tuple[Problem, ...]:
    """What is wrong with a version across its items, and for who enters it."""
    return (*refused(desk, plan), *check_plan(plan, desk.today))


def step_problems(desk: Desk, step: PlanStep) -> tuple[Problem, ...]:
    """What is wrong with a step of a plan; a decision of the authority that came too late is only said."""
    case = store.entry(desk.vault, step.entry_id)
    return (*check_plan_step(step, case.now, desk.today), *_late_decision(desk, step, case)) if case else ()


def _late_decision(desk: Desk, step: PlanStep, case: PlanCase) -> Iterator[Problem]:
    kind = plan_kind(case.now.kind)
    if step.kind != PlanStepKind.DECISION or kind is None or kind.rule is not ReviewRule.ANNUAL_REVIEW:
        return
    year_group = pupil_of(desk.vault, case.now.pupil_id).year_group
    others = [each for each in case.steps if (each.kind, each.on) != (step.kind, step.on)]  # once it is kept it stands among them
    if missed := last_day_missed(case.now, others, year_group, step.on):
        words = _("The authority’s decision was due by {day}: it came {days} late. It is kept as it is.")
        days = count_of((step.on - missed).days, _("day"), _("days"))
        yield Problem.warning("on", "late_decision", words.format(day=show_date(missed), days=days))


def add(desk: Desk, plan: PupilPlan) -> Changed:
    """Keep a new plan. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.EDIT_RECORD, "pupil", plan.pupil_id)
    require_use(desk, SWITCH)
    pupil_of(desk.vault, plan.pupil_id)
    return _keep(desk, dataclasses.replace(_checked(desk, plan), entry_id=new_id(), struck=None), "added")


def amend(desk: Desk, plan: PupilPlan) -> Changed:
    """Keep a further version; what it said before stays. Raises Refused, WrongUse, NotAllowed."""
    now = _counting(desk, plan.entry_id).now
    if plan.kind != now.kind or plan.pupil_id != now.pupil_id:
        raise WrongUse(_("A plan stays of its kind. Add a new one instead."))
    plan = dataclasses.replace(_checked(desk, plan), id=now.id, struck=None)
    if not differences(now, plan):
        return Changed.of()
    return _keep(desk, plan, "version kept")


def strike(desk: Desk, entry_id: str, reason: str) -> Changed:
    """Say that a plan was entered by mistake; it stays on file. Raises Refused, WrongUse, NotAllowed."""
    now, reason = _counting(desk, entry_id).now, tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(desk, dataclasses.replace(now, struck=reason), "struck out")


def undo(desk: Desk, plan: PupilPlan) -> Changed:
    """Undo what was just done: a new plan is struck out, a further version says again what stood before, one struck out too. Raises WrongUse, NotAllowed."""
    case = _on_file(desk, plan.entry_id)
    if case.now.id != plan.id or (len(case.wordings) == 1 and case.steps):
        raise WrongUse(_("Something was recorded of this plan since. Put it right there."))
    before = case.wordings[-2].record if len(case.wordings) > 1 else dataclasses.replace(case.now, struck=_("Undone at once"))
    return _keep(desk, before, "undone")


def record(desk: Desk, step: PlanStep) -> Changed:
    """Keep that something was done about a plan, with everybody invited a step for each; of the pupil who agreed the name is known. Raises Refused,
    NotAllowed, and WrongUse for one whom neither a law nor the notice names."""
    case = _counting(desk, step.entry_id)
    now = case.now
    step = dataclasses.replace(tidied(step, desk.today), pupil_id=now.pupil_id, plan_version_id=now.id, takes_back=None)
    refuse((*problems_of(step, desk.today), *step_problems(desk, step)))
    if step.kind == PlanStepKind.AGREED_PUPIL and not step.who:
        step = dataclasses.replace(step, who=pupil_of(desk.vault, now.pupil_id).full_name)
    steps = invitees.each_of(case, step)
    refuse(() if steps else (Problem("invitee", "nobody_left", _("It is recorded of everybody already.")),))
    with desk.act(Action.EDIT_RECORD, "pupil", now.pupil_id, f"plan: {step.kind}") as work:
        for step_of_invitee in (dataclasses.replace(each_step, id=new_id()) for each_step in steps):
            _keep_step(work, step_of_invitee)
            told_of_plans.tell(work, now, step_of_invitee)
    return _changed(now.pupil_id)


def take_back(desk: Desk, step_id: str, reason: str) -> Changed:
    """Say that a step was entered by mistake, and why; it stays on file. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.EDIT_RECORD)
    step = required(store.step(desk.vault, step_id), _("That step is no longer on file."))
    case = required(store.entry(desk.vault, step.entry_id), _NOT_ON_FILE)
    require_seen(desk, case.now)
    if step.id not in {standing.id for standing in case.steps}:
        raise WrongUse(_("That step was taken back already."))
    reason = tidy(reason)
    refuse(() if reason else (Problem("note", "missing", _("Enter why it is taken back.")),))
    with desk.act(Action.EDIT_RECORD, "pupil", step.pupil_id, f"plan: {step.kind} taken back") as work:
        _keep_step(work, dataclasses.replace(step, id=new_id(), note=reason, takes_back=step.id))
        disclosures.take_back(work, step.id, _("The step of the plan was taken back"))
    return _changed(step.pupil_id)


def _keep_step(work: Work, step: PlanStep) -> None:
    store.add_step(work.desk.vault, step, moment=work.stamp, actor=work.actor, act=work.act)


def keep_version(work: Work, plan: PupilPlan) -> None:
    """Within a transaction: keep a checked version of a plan, the first or a further one; ``entry_id`` says of which."""
    store.add(work.desk.vault, dataclasses.replace(plan, id=new_id()), moment=work.stamp, actor=work.actor, act=work.act)


def _keep(desk: Desk, plan: PupilPlan, what_was_done: str) -> Changed:
    with desk.act(Action.EDIT_RECORD, "pupil", plan.pupil_id, f"plan {what_was_done}") as work:
        keep_version(work, plan)
    return _changed(plan.pupil_id)


def _on_file(desk: Desk, entry_id: str) -> PlanCase:
    desk.require(Action.EDIT_RECORD)
    case = required(store.entry(desk.vault, entry_id), _NOT_ON_FILE)
    require_seen(desk, case.now)
    return case


def _counting(desk: Desk, entry_id: str) -> PlanCase:
    case = _on_file(desk, entry_id)
    if case.now.struck is not None:
        raise WrongUse(_("This plan is struck out. Add a new one instead."))
    return case


def _checked(desk: Desk, plan: PupilPlan) -> PupilPlan:
    plan = tidied(plan, desk.today)
    refuse((*problems_of(plan, desk.today), *problems(desk, plan)))
    return plan


def _changed(pupil_id: str) -> Changed:
    return Changed.of("plan", "disclosure", ids=(pupil_id,))
