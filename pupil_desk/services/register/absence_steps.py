"""What was done about absence without leave: recorded, and taken back where it was entered by mistake. Nothing is written over.

A referral for a penalty notice tells the authority of the pupil: it has its line in the log of disclosures, struck out where the referral is
taken back. The family may know of it: the notice goes to the parents. Support and a notice to improve are told to the family alone.
"""

import dataclasses

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.absence_steps import AbsenceStep, AbsenceStepKind, check_step, that_stand
from pupil_desk.domain.sharing.recipients import AUTHORITY
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand, disclosures
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id

_WHAT = ("identity", "attendance")


def of_pupil(desk: Desk, pupil_id: str) -> list[AbsenceStep]:
    """The steps that stand, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return that_stand(several.of_pupil(desk.vault, AbsenceStep, pupil_id))


def problems(desk: Desk, step: AbsenceStep) -> tuple[Problem, ...]:
    """What stands against a step, and what is to be thought of."""
    return check_step(step, several.of_pupil(desk.vault, AbsenceStep, step.pupil_id), desk.today)


def record(desk: Desk, step: AbsenceStep) -> Changed:
    """Keep that something was done. Raises Refused, NotAllowed, and WrongUse for a referral to whom the notice does not name."""
    desk.require(Action.EDIT_RECORD, "pupil", step.pupil_id)
    pupil_of(desk.vault, step.pupil_id)
    step = dataclasses.replace(tidied(step, desk.today), id=new_id(), takes_back=None)
    refuse((*problems_of(step, desk.today), *problems(desk, step)))
    with desk.act(Action.EDIT_RECORD, "pupil", step.pupil_id, f"absence: {step.kind}") as work:
        _keep(work, step)
        if step.kind == AbsenceStepKind.REFERRED:
            _tell(work, step)
    return _changed(step)


def take_back(desk: Desk, step_id: str, reason: str) -> Changed:
    """Say that a step was entered by mistake, and why; it stays on file. Raises Refused, NotAllowed, WrongUse."""
    desk.require(Action.EDIT_RECORD)
    step = required(several.get(desk.vault, AbsenceStep, step_id), _("That step is no longer on file."))
    if step not in of_pupil(desk, step.pupil_id):
        raise WrongUse(_("That step was taken back already."))
    reason = tidy(reason)
    refuse(() if reason else (Problem("note", "missing", _("Enter why it is taken back.")),))
    with desk.act(Action.EDIT_RECORD, "pupil", step.pupil_id, f"absence: {step.kind} taken back") as work:
        _keep(work, dataclasses.replace(step, id=new_id(), note=reason, takes_back=step.id))
        disclosures.take_back(work, step.id, _("The referral was taken back"))
    return _changed(step)


def _keep(work: Work, step: AbsenceStep) -> None:
    several.add(work.desk.vault, step, at=work.stamp, recorded_by=work.actor, act=work.act)


def _tell(work: Work, step: AbsenceStep) -> None:
    entry = ByHand(
        pupil_id=step.pupil_id,
        to=AUTHORITY,
        recipient="",
        kinds=_WHAT,
        purpose=_("To ask for a penalty notice for absence without leave"),
        basis=by_hand.PUBLIC_TASK,
        law=_("Education Act 1996 section 444A"),
        way=Way.NOT_RECORDED,
        on=step.on,
        may_know=True,
    )
    by_hand.keep_step(work, entry, step.id)


def _changed(step: AbsenceStep) -> Changed:
    return Changed.of("absence_step", "disclosure", ids=(step.pupil_id,))
