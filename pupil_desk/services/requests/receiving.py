"""A request or complaint is received: anyone in the office records that it came, and the clock runs from that day."""

import dataclasses

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import RequestCase, RequestEventKind, check_case, counting, last_of
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import contacts
from pupil_desk.store.tables import requests as store


def receive(desk: Desk, case: RequestCase) -> tuple[RequestCase, Changed]:
    """Record what was received; the case as it was kept, with its number. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.RECORD_REQUEST, "pupil" if case.pupil_id else "request", case.pupil_id or "")
    case = _checked(desk, case)
    numbered = dataclasses.replace(case, id=new_id(), ref=f"R{case.received.year}-{store.next_number(desk.vault, case.received.year):03}")
    with desk.act(Action.RECORD_REQUEST, "request", numbered.id, f"{numbered.ref}: {numbered.kind}") as work:
        keep_case(work, numbered)
    return numbered, _changed(numbered)


def correct(desk: Desk, case: RequestCase) -> Changed:
    """Put right what was recorded of a case, such as the day it came. What was said before stays. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", case.id)
    stored = required(store.get(desk.vault, case.id), _("That request is no longer on file. Look at the list again."))
    case = _checked(desk, dataclasses.replace(case, ref=stored.ref, pupil_id=stored.pupil_id))
    names = differences(stored, case)
    if not names:
        return Changed.of()
    if "kind" in names and last_of(counting(store.events_of(desk.vault, case.id)), RequestEventKind.DECIDED):
        refuse((Problem("kind", "decided", _("It is decided. Take the decision back before you change what is asked for.")),))
    with desk.act(Action.HANDLE_REQUEST, "request", case.id, f"{case.ref} put right: {', '.join(names)}") as work:
        keep_case(work, case)
    return _changed(case)


def keep_case(work: Work, case: RequestCase) -> None:
    """Within a transaction: keep a checked case; the log of its pupil names it too."""
    store.add_case(work.desk.vault, case, moment=work.stamp, actor=work.actor)
    if case.pupil_id:
        work.note(Action.RECORD_REQUEST, "pupil", case.pupil_id, f"request {case.ref}")


def _checked(desk: Desk, case: RequestCase) -> RequestCase:
    case = tidied(case, desk.today)
    refuse(problems_of(case, desk.today))
    refuse(check_case(case, desk.today))
    if case.pupil_id:
        pupil_of(desk.vault, case.pupil_id)
    contact = contacts.get(desk.vault, case.contact_id) if case.contact_id else None
    if case.contact_id and (contact is None or contact.pupil_id != case.pupil_id):
        raise WrongUse(_("That contact is no longer on file. Open the pupil again."))
    return case


def _changed(case: RequestCase) -> Changed:
    return Changed.of("request", ids=(case.id, *((case.pupil_id,) if case.pupil_id else ())))
