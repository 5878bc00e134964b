"""Letters of invitation to the review of an EHC plan, a page for each of those whom the regulations have invited; each asks for advice, too.

They bear no address: they are handed over, put in an envelope or sent with an e-mail. That they went is recorded as a step, which stands in the
log of disclosures (``told_of_plans``). Source: SI 2014/1530 regulation 20(2) to (4), read on legislation.gov.uk; sure: high.
"""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.plans import invitation_letter
from pupil_desk.documents.plans.invitation_letter import InvitationLetter
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.notices.addressees import parents_of
from pupil_desk.domain.plans.annual_review import annual_review, cycles_of, review_rules
from pupil_desk.domain.plans.kinds import ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import PlanCase, PlanStepKind
from pupil_desk.domain.pupils.leaving import of_compulsory_age
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import invitees, recording
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, protections

SET_THE_DAY = _("Set the day of the meeting first: record it as a step of this EHC plan.")


def can_be_made(case: PlanCase) -> bool:
    """Whether a plan is of the kind, counts, and has the day of a meeting that was not held yet."""
    kind, steps = plan_kind(case.now.kind), cycles_of(case.steps)[-1].steps
    is_annual = kind is not None and kind.rule is ReviewRule.ANNUAL_REVIEW
    return is_annual and case.now.struck is None and PlanStepKind.MEETING in steps and PlanStepKind.REVIEWED not in steps


def letters(desk: Desk, case: PlanCase) -> tuple[list[Block], str]:
    """The letters to all who are invited as a story, and its title; that they were made is logged. Raises NotAllowed, WrongUse."""
    desk.require(Action.PRINT_FORM, "pupil", case.now.pupil_id)
    case = recording.case_of(desk, case.now)
    kind = plan_kind(case.now.kind)
    if kind is None or not can_be_made(case):
        raise WrongUse(SET_THE_DAY)
    pupil, prose = pupil_of(desk.vault, case.now.pupil_id), rule_text("words", "en", "plans", "review_invitation.md")
    cards.log_each(desk, [pupil], "invitations to a review made")
    return invitation_letter.story(prose, [_letter(desk, pupil, case, invitee) for invitee in kind.invitees]), _("Invitations to a review")


def _letter(desk: Desk, pupil: Pupil, case: PlanCase, invitee: str) -> InvitationLetter:
    unit, label = desk.settings, codelist("plan_invitee").label_of(invitee)
    name = _parents(desk, pupil) if invitee == invitees.FAMILY else invitees.name_of(case, invitee) or ""
    return InvitationLetter(
        to=[line for line in (name, label) if line],
        sender=unit.name_and_address,
        head=_("{day}. Our reference: {reference}").format(day=show_date(desk.today), reference=pupil.ref),
        filling=_filling(desk, pupil, case, name or label),
        signer=unit.head or desk.user.name,
        role=_("Head of the unit") if unit.head else "",
    )


def _parents(desk: Desk, pupil: Pupil) -> str:
    """The parents whom no order or restriction names; nobody once the pupil decides as a young person."""
    if not of_compulsory_age(pupil.dob, desk.today):
        return ""
    barred = {protection.contact_id for protection in protections.by_pupil(desk.vault, desk.today)[pupil.id] if protection.kind == ORDER}
    parents = parents_of(contacts.of_pupil(desk.vault, pupil.id))
    return join_words([contact.full_name for contact in parents if contact.id not in barred])


def _filling(desk: Desk, pupil: Pupil, case: PlanCase, dear: str) -> dict[str, Filling]:
    unit, kind = desk.settings, plan_kind(case.now.kind)
    review = annual_review(case.now, case.steps, pupil.year_group, desk.today)
    assert kind is not None
    assert review.meeting is not None
    return {
        "dear": dear,
        "full_name": pupil.legal_name,
        "forename": pupil.preferred_forename or pupil.forename,
        "dob": show_date(pupil.dob),
        "meeting": show_date(review.meeting),
        "advice_by": show_date(review.advice_by),
        "days": str(review_rules().advice),
        "unit": unit.name,
        "all": join_words([invitees.label_of(invitee) for invitee in kind.invitees]),
        "reach": _(" or ").join(filter(None, (unit.phone, unit.email))) or _("our office"),
    }
