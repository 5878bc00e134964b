"""Protections: anyone in the office may set one; only an assistant head or data officer lifts one."""

import dataclasses

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts
from pupil_desk.store.tables import protections as store


def set_protection(desk: Desk, protection: Protection) -> Changed:
    """Protect a pupil or one of the pupil's contacts. Raises Refused, WrongUse."""
    protection = tidied(protection, desk.today)
    refuse(problems_of(protection, desk.today))
    contact = contacts.get(desk.vault, protection.contact_id) if protection.contact_id else None
    if protection.contact_id and (contact is None or contact.pupil_id != protection.pupil_id):
        raise WrongUse(_("That contact is no longer on file. Open the pupil again."))
    if protection.until and protection.until < protection.since:
        raise Refused((Problem("until", "ends_before_start", _("The end is before the beginning. Correct one of the two.")),))
    with desk.act(Action.SET_PROTECTION, "pupil", protection.pupil_id, protection.kind) as work:
        keep_protection(work, protection)
    return Changed.of("protection", ids=(protection.pupil_id,))


def keep_protection(work: Work, protection: Protection) -> None:
    """Within a transaction: keep a checked protection."""
    store.add(work.desk.vault, dataclasses.replace(protection, id=new_id()), moment=work.stamp, actor=work.actor, act=work.act)


def lift_protection(desk: Desk, protection_id: str, reason: str) -> Changed:
    """End a protection, with the reason. The record that it was there stays. Raises NotAllowed, WrongUse."""
    protection = required(store.get(desk.vault, protection_id), _("That protection has been lifted already."))
    desk.require(Action.LIFT_PROTECTION, "pupil", protection.pupil_id)
    if not tidy(reason):
        raise Refused((Problem("reason", "missing", _("Enter why the protection is lifted.")),))
    with desk.act(Action.LIFT_PROTECTION, "pupil", protection.pupil_id, protection.kind) as work:
        store.lift(desk.vault, protection, reason=tidy(reason), moment=work.stamp, actor=work.actor)
    return Changed.of("protection", ids=(protection.pupil_id,))
