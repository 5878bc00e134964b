"""What was done about absence without leave: recorded, and taken back where it was entered by mistake. Nothing is written over.

A referral for a penalty notice tells the authority of the pupil: it has its line in the log of disclosures, struck out where the referral is
taken back. The family may know of it: the notice goes to the parents. Support and a notice to improve are told to the family alone.
"""

import dataclasses
from collections.abc import Iterable
from datetime import date

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.protection import is_place_secret
from pupil_desk.domain.register.absence_steps import OF_A_PARENT, AbsenceStep, AbsenceStepKind, check_step, that_stand
from pupil_desk.domain.sharing.recipients import AUTHORITY
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand, disclosures
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts, protections


def of_pupil(desk: Desk, pupil_id: str) -> list[AbsenceStep]:
    """The steps that stand, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return that_stand(several.of_pupil(desk.vault, AbsenceStep, pupil_id))


def standing(desk: Desk, step_id: str) -> AbsenceStep:
    """A step that was not taken back. Raises NotAllowed, WrongUse."""
    step = required(several.get(desk.vault, AbsenceStep, step_id), _("That step is no longer on file."))
    if step not in of_pupil(desk, step.pupil_id):
        raise WrongUse(_("That step was taken back already."))
    return step


def problems(desk: Desk, step: AbsenceStep) -> tuple[Problem, ...]:
    """What stands against a step, and what is to be thought of."""
    step_problems = check_step(step, several.of_pupil(desk.vault, AbsenceStep, step.pupil_id), desk.today)
    return (*step_problems, *_unknown_parent(desk, step))


def _unknown_parent(desk: Desk, step: AbsenceStep) -> tuple[Problem, ...]:
    if step.kind not in OF_A_PARENT or not step.parent or fold(step.parent) in map(fold, parents(desk, step.pupil_id)):
        return ()
    return (
        Problem.warning("parent", "unknown", _("No contact of this pupil has this name. Enter the name as it stands among the contacts.")),
    )


def parents(desk: Desk, pupil_id: str) -> list[str]:
    """The names of who may be given a penalty notice: parents, those with parental responsibility and those with whom the pupil lives."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    people = contacts.of_pupil(desk.vault, pupil_id)
    return [contact.full_name for contact in people if contact.parental_responsibility or contact.lives_with]


def record(desk: Desk, step: AbsenceStep) -> Changed:
    """Keep that something was done. Raises Refused, NotAllowed, and WrongUse for a referral to whom the notice does not name."""
    desk.require(Action.EDIT_RECORD, "pupil", step.pupil_id)
    pupil_of(desk.vault, step.pupil_id)
    step = dataclasses.replace(_fitting(tidied(step, desk.today)), id=new_id(), takes_back=None)
    refuse((*problems_of(step, desk.today), *problems(desk, step)))
    with desk.act(Action.EDIT_RECORD, "pupil", step.pupil_id, f"absence: {step.kind}") as work:
        _keep(work, step)
        if step.kind == AbsenceStepKind.REFERRED:
            _tell(work, step)
    return _changed(step)


def keep_notices(work: Work, pupil_ids: Iterable[str], until: date | None, note: str) -> None:
    """Within the transaction in which a notice to improve is printed: that it was sent, of each pupil. Raises Refused."""
    for pupil_id in pupil_ids:
        step = AbsenceStep(id=new_id(), pupil_id=pupil_id, kind=AbsenceStepKind.NOTICE, on=work.desk.today, until=until, note=note)
        refuse(problems(work.desk, step))
        _keep(work, step)
        work.note(Action.EDIT_RECORD, "pupil", pupil_id, f"absence: {step.kind}")


def take_back(desk: Desk, step_id: str, reason: str) -> Changed:
    """Say that a step was entered by mistake, and why; it stays on file. Raises Refused, NotAllowed, WrongUse."""
    desk.require(Action.EDIT_RECORD)
    step = standing(desk, step_id)
    reason = tidy(reason)
    refuse(() if reason else (Problem("note", "missing", _("Enter why it is taken back.")),))
    with desk.act(Action.EDIT_RECORD, "pupil", step.pupil_id, f"absence: {step.kind} taken back") as work:
        _keep(work, dataclasses.replace(step, id=new_id(), note=reason, takes_back=step.id))
        disclosures.take_back(work, step.id, _("The referral was taken back"))
    return _changed(step)


def _fitting(step: AbsenceStep) -> AbsenceStep:
    """Without what its kind has not."""
    return dataclasses.replace(
        step, until=step.until if step.kind == AbsenceStepKind.NOTICE else None, parent=step.parent if step.kind in OF_A_PARENT else None
    )


def _keep(work: Work, step: AbsenceStep) -> None:
    several.add(work.desk.vault, step, at=work.stamp, recorded_by=work.actor, act=work.act)


def _tell(work: Work, step: AbsenceStep) -> None:
    entry = ByHand(
        pupil_id=step.pupil_id,
        to=AUTHORITY,
        recipient="",
        kinds=_told_kinds(work.desk, step),
        purpose=_("To ask for a penalty notice for absence without leave"),
        basis=by_hand.PUBLIC_TASK,
        law=_("Education Act 1996 section 444A"),
        way=Way.NOT_RECORDED,
        on=step.on,
        may_know=True,
    )
    by_hand.keep_step(work, entry, step.id)


def _told_kinds(desk: Desk, step: AbsenceStep) -> tuple[str, ...]:
    """What the paper of a referral says: an address that is withheld stands not in it, and the family only where a parent is named."""
    is_secret = is_place_secret(protections.by_pupil(desk.vault, desk.today).get(step.pupil_id, ()))
    return ("identity", *(() if is_secret else ("contact-details",)), *(("family",) if step.parent else ()), "attendance")


def _changed(step: AbsenceStep) -> Changed:
    return Changed.of("absence_step", "disclosure", ids=(step.pupil_id,))
