"""Requests for leave: kept, kept in a further wording, decided, struck out with a reason. Nothing is written over, and no mark is entered by it.

What was done at once can be undone: a new request by striking it out, a further wording by one that says what stood before.
"""

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.leave.leave_request import LeaveCase, LeaveDecision, LeaveRequest, check_leave, leave_codes
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.leaving import of_compulsory_age
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.suspensions.suspension import SuspensionCase
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import contacts, suspensions
from pupil_desk.store.tables import leave_requests as store

_NOT_ON_FILE = _("That request is no longer on file. Open the pupil again.")


def of_pupil(desk: Desk, pupil_id: str) -> list[LeaveCase]:
    """A pupil's requests, the latest day first, those struck out last. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    cases = sorted(store.of_pupil(desk.vault, pupil_id), key=lambda case: case.now.first_day, reverse=True)
    return sorted(cases, key=lambda case: case.now.struck is not None)


def problems(desk: Desk, request: LeaveRequest) -> tuple[Problem, ...]:
    """What stands against a request, and what is to be thought of."""
    pupil_id = request.pupil_id
    people, cases = contacts.of_pupil(desk.vault, pupil_id), suspensions.of_pupil(desk.vault, pupil_id)
    return (*check_leave(request, desk.today), *warnings(request, pupil_of(desk.vault, pupil_id), people, cases))


def warnings(request: LeaveRequest, pupil: Pupil, people: Sequence[Contact], cases: Sequence[SuspensionCase]) -> tuple[Problem, ...]:
    """What is to be thought of by what else is on file of the pupil: contacts, and suspensions."""
    return (*_who_asked(request, pupil, people), *_while_suspended(request, cases))


def _who_asked(request: LeaveRequest, pupil: Pupil, people: Sequence[Contact]) -> tuple[Problem, ...]:
    """Leave is given to a parent with whom the pupil lives, or to a pupil who is past compulsory school age."""
    if request.granted is None or not leave_codes(request.purpose).resident:
        return ()
    if not of_compulsory_age(pupil.dob, request.first_day):
        return ()
    asker = asker_of(people, request.asked_by)
    if asker is not None and asker.lives_with:
        return ()
    words = _("No contact of that name is on file as living with the pupil. Leave is given to a parent with whom the pupil lives.")
    return (Problem.warning("asked_by", "not_at_home", words),)


def _while_suspended(request: LeaveRequest, cases: Sequence[SuspensionCase]) -> tuple[Problem, ...]:
    """The sessions of a suspension in the days of leave: whoever decides is to know of them. Their marks stay, as ``leave_marks`` proposes no other."""
    if request.outcome in (LeaveDecision.REFUSED, LeaveDecision.WITHDRAWN):
        return ()
    first_day, last_day = request.granted or (request.first_day, request.last_day)
    halves: dict[date, set[str]] = {}
    for case in cases:
        for day, half in case.counted:
            if first_day <= day <= last_day:
                halves.setdefault(day, set()).add(half)
    if not halves:
        return ()
    sessions = count_of(sum(map(len, halves.values())), _("session"), _("sessions"))
    ends = [_part_of_day(day, halves[day]) for day in (min(halves), max(halves))]
    days = ends[0] if len(halves) == 1 else _("{first} to {last}").format(first=ends[0], last=ends[1])
    words = _("The pupil is suspended in {sessions} of these days: {days}. A session that is marked as suspended stays so.")
    return (Problem.warning("first_day", "suspended", words.format(sessions=sessions, days=days)),)


def _part_of_day(day: date, halves: Collection[str]) -> str:
    """«25 Nov 2026», or of one session alone «25 Nov 2026, PM»."""
    return short_date(day) if len(halves) == len(Session) else _("{day}, {session}").format(day=short_date(day), session=min(halves))


def asker_of(people: Sequence[Contact], typed: str) -> Contact | None:
    """The one contact who is called so, with the title or without; None where nobody is, or several are."""
    called = [
        contact for contact in people if fold(typed) in {fold(contact.full_name), fold(f"{contact.forename or ''} {contact.surname}")}
    ]
    return called[0] if len(called) == 1 else None


def is_called(pupil: Pupil, typed: str) -> bool:
    """Whether a name typed is the pupil’s, the legal or the preferred one."""
    return fold(typed) in {fold(pupil.full_name), fold(pupil.legal_name)}


def add(desk: Desk, request: LeaveRequest) -> Changed:
    """Keep a new request. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.EDIT_RECORD, "pupil", request.pupil_id)
    pupil_of(desk.vault, request.pupil_id)
    return _keep(desk, dataclasses.replace(_checked(desk, request), entry_id="", struck=None), "added")


def amend(desk: Desk, request: LeaveRequest) -> Changed:
    """Keep a further wording, as with what was decided; what it said before stays. Raises Refused, WrongUse, NotAllowed."""
    now = _counting(desk, request.entry_id).now
    request = dataclasses.replace(_checked(desk, request), id=now.id, pupil_id=now.pupil_id, struck=None)
    return _keep(desk, request, "kept") if differences(now, request) else Changed.of()


def strike(desk: Desk, entry_id: str, reason: str) -> Changed:
    """Say that a request was entered by mistake; it stays on file. Raises Refused, WrongUse, NotAllowed."""
    now, reason = _counting(desk, entry_id).now, tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(desk, dataclasses.replace(now, struck=reason), "struck out")


def undo(desk: Desk, request: LeaveRequest) -> Changed:
    """Undo what was just kept: a new request is struck out, a further wording says again what stood before. Raises WrongUse, NotAllowed."""
    case = _counting(desk, request.entry_id)
    if case.now.id != request.id:
        raise WrongUse(_("Something was recorded of this request since. Put it right there."))
    before = case.wordings[-2].record if len(case.wordings) > 1 else dataclasses.replace(case.now, struck=_("Undone at once"))
    return _keep(desk, before, "undone")


def counting(desk: Desk, entry_id: str) -> LeaveRequest:
    """A request as it holds. Raises NotAllowed, and WrongUse where it is struck out."""
    desk.require(Action.READ_RECORD)
    return _not_struck(desk, entry_id).now


def _counting(desk: Desk, entry_id: str) -> LeaveCase:
    desk.require(Action.EDIT_RECORD)
    return _not_struck(desk, entry_id)


def _not_struck(desk: Desk, entry_id: str) -> LeaveCase:
    case = required(store.entry(desk.vault, entry_id), _NOT_ON_FILE)
    if case.now.struck is not None:
        raise WrongUse(_("This request is struck out. Add a new one instead."))
    return case


def _checked(desk: Desk, request: LeaveRequest) -> LeaveRequest:
    request = tidied(request, desk.today)
    refuse(problems_of(request, desk.today))  # the check beneath reads the purpose
    refuse(problems(desk, request))
    return request


def keep_wording(work: Work, request: LeaveRequest) -> None:
    """Within a transaction: keep a checked wording of a request, the first or a further one; ``entry_id`` says of which, and is none of a new request."""
    request = dataclasses.replace(request, id=new_id(), entry_id=request.entry_id or new_id())
    store.add(work.desk.vault, request, moment=work.stamp, actor=work.actor, act=work.act)


def _keep(desk: Desk, request: LeaveRequest, what_was_done: str) -> Changed:
    with desk.act(Action.EDIT_RECORD, "pupil", request.pupil_id, f"leave {what_was_done}") as work:
        keep_wording(work, request)
    return Changed.of("leave_request", ids=(request.pupil_id,))
