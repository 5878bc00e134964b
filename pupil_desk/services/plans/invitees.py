"""Who is invited to the review of a plan: with whom of them what was done, by name and day, and who is still silent."""

import dataclasses
from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.plans.annual_review import ReviewCycle, cycles_of
from pupil_desk.domain.plans.kinds import plan_kind
from pupil_desk.domain.plans.plan import EVERYBODY, PlanCase, PlanStep, PlanStepKind

FAMILY = "parent"


def each_of(case: PlanCase, step: PlanStep) -> list[PlanStep]:
    """A step as it is kept: with everybody invited one for each with whom it was not done yet, by the name that each had last."""
    kind = plan_kind(case.now.kind)
    if step.invitee != EVERYBODY or kind is None:
        return [step]
    codes = _cycle_of(case).not_done_with(PlanStepKind(step.kind), kind.invitees)
    return [dataclasses.replace(step, invitee=invitee, who=name_of(case, invitee)) for invitee in codes]


def name_of(case: PlanCase, invitee: str) -> str | None:
    """What somebody invited was called last, in the steps of this plan; None of the family, since an order may bar by now who was named before."""
    names = [step.who for step in case.steps if step.invitee == invitee != FAMILY and step.who]
    return names[-1] if names else None


def sentences(case: PlanCase) -> Iterator[str]:
    """Of the review under way: who was invited, of whom advice was asked, whose came in, each by name and day; and who is silent."""
    kind, cycle = plan_kind(case.now.kind), _cycle_of(case)
    if kind is None:
        return
    for step_kind, words in _DONE.items():
        if steps := [cycle.with_each[step_kind, invitee] for invitee in kind.invitees if (step_kind, invitee) in cycle.with_each]:
            yield words.format(who=join_words([_with_name(step) for step in steps]))
    invitees_asked = [invitee for invitee in kind.invitees if (PlanStepKind.ADVICE_ASKED, invitee) in cycle.with_each]
    if silent_invitees := cycle.not_done_with(PlanStepKind.ADVICE_IN, invitees_asked):
        yield _("No advice has come yet from: {who}.").format(who=join_words([label_of(invitee) for invitee in silent_invitees]))


def label_of(invitee: str) -> str:
    """Who that is, within a sentence."""
    return begun_small(codelist("plan_invitee").label_of(invitee))


def _with_name(step: PlanStep) -> str:
    label, day = label_of(step.invitee or ""), short_date(step.on)
    if step.who:
        return _("{kind} ({name}, {day})").format(kind=label, name=step.who, day=day)
    return _("{kind} ({day})").format(kind=label, day=day)


def _cycle_of(case: PlanCase) -> ReviewCycle:
    """The review under way, or that comes next."""
    return cycles_of(case.steps)[-1]


_DONE = {
    PlanStepKind.INVITED: _("Invited: {who}."),
    PlanStepKind.ADVICE_ASKED: _("Advice was asked of: {who}."),
    PlanStepKind.ADVICE_IN: _("Advice came from: {who}."),
    PlanStepKind.ADVICE: _("Advice was sent round to: {who}."),
    PlanStepKind.REPORT: _("The report went to: {who}."),
}
