"""Each step of a plan by which somebody outside learns of it has its line in the log of disclosures: invitations, requests for advice, advice and reports.

The family is told of its own child, and the head of the school that is this unit is the unit: neither is a disclosure to others. What is received,
such as advice or the decision of the authority, tells nobody of anything. The family may know of each: it is invited to the same meeting.
Source: SI 2014/1530 regulation 20(2) to (4), (7) and (8), to (4) read on legislation.gov.uk; sure: high. A review that no law orders tells those whom the
notice names of what it names, as the public task of the unit; sure: medium.
"""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.plans.kinds import ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import PlanStep, PlanStepKind, PupilPlan
from pupil_desk.domain.sharing.recipients import AUTHORITY, MAIN_SCHOOL, OTHER, SOCIAL_CARE, VIRTUAL_SCHOOL, register
from pupil_desk.domain.sharing.unit_recipients import is_named
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.store.tables import enrolments

_LAW = _("Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulation 20")
_RECIPIENTS = {"authority": AUTHORITY, "social-care": SOCIAL_CARE, "virtual-school": VIRTUAL_SCHOOL, "school": MAIN_SCHOOL, "health": OTHER}
"""By name in the register, by the code of who is invited."""
_WHAT = {
    PlanStepKind.INVITED: ("identity", "plans"),
    PlanStepKind.ADVICE_ASKED: ("identity", "plans"),
    PlanStepKind.ADVICE: ("identity", "needs", "plans"),
    PlanStepKind.REPORT: ("identity", "needs", "plans"),
}


def tell(work: Work, plan: PupilPlan, step: PlanStep) -> None:
    """Within the transaction of a step: enter whom it says was told. Raises WrongUse for one whom neither a law nor the notice names."""
    kinds, recipient = _WHAT.get(PlanStepKind(step.kind)), _RECIPIENTS.get(step.invitee or "")
    if kinds is None or recipient is None or (recipient == MAIN_SCHOOL and not _has_main_school(work.desk, step)):
        return
    by_hand.keep_step(work, _entry(work.desk, plan, step, recipient, kinds), step.id)


def _entry(desk: Desk, plan: PupilPlan, step: PlanStep, recipient: str, kinds: tuple[str, ...]) -> ByHand:
    """To whom the law has it told, though the notice names none of that kind: on the ground that it is the law."""
    kind = plan_kind(plan.kind)
    by_law = kind is not None and kind.rule is ReviewRule.ANNUAL_REVIEW
    as_named = recipient != OTHER and (not by_law or is_named(register()[recipient], desk.settings))
    label = codelist("plan_invitee").label_of(step.invitee or "")
    return ByHand(
        pupil_id=plan.pupil_id,
        to=recipient if as_named else OTHER,
        recipient=(step.who or "") if as_named else _("{kind}: {name}").format(kind=label, name=step.who) if step.who else label,
        kinds=kinds,
        purpose=_("To review a plan with those who take part in it"),
        basis=by_hand.LEGAL_OBLIGATION if by_law else by_hand.PUBLIC_TASK,
        law=_LAW if by_law else "",
        way=Way.NOT_RECORDED,
        on=step.on,
        may_know=True,
    )


def _has_main_school(desk: Desk, step: PlanStep) -> bool:
    return any(stay.main_school and stay.on_roll(step.on, step.on) for stay in enrolments.of_pupil(desk.vault, step.pupil_id))
