"""The steps of a case are recorded, by the data officer; what a decision does is done with it, in the same transaction.

What else may forbid a case to be answered or closed: each says why in a plain sentence, or nothing.

Whether a copy that answers a request may be called answered: asked by the request before it is.
"""

import dataclasses
from collections.abc import Callable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.protection import OBJECTION, RESTRICTION, Protection
from pupil_desk.domain.requests.case import (
    COPIES,
    CaseKind,
    RequestCase,
    RequestEvent,
    RequestEventKind,
    RequestOutcome,
    check_event,
    counting,
    last_of,
)
from pupil_desk.domain.requests.hindrances import hindrance
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.packs import askers, restricted
from pupil_desk.services.pupils.protections import keep_protection
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import keep_event
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import protections


def may_close(desk: Desk, case_id: str) -> str | None:
    """Why the request may not be answered or closed yet, in a sentence; None where no copy was begun here, or it was written whole."""
    for pack in store.of_case(desk.vault, case_id):
        number, sealed, covers = restricted.state(desk, pack)
        if number and (sealed is None or not covers):
            notes = count_of(number, _("restricted note"), _("restricted notes"))
            return _(
                "The copy is not whole: {notes} must still be added by someone named to read them. Or drop the copy, on the tab Copy."
            ).format(notes=notes)
        if not store.made_from(desk.vault, pack.id):
            return _("The copy that was begun is not written yet. Write it, or drop it, on the tab Copy.")
    return None


type Hindrance = Callable[[Desk, str], str | None]
"""Asked with the case's identity. The sentence says what is still to be done."""


def hindrances() -> tuple[Hindrance, ...]:
    """All that are asked, in order. Imported when they are first asked: what a copy is made of is read for that alone."""

    return (may_close,)


def hindered(desk: Desk, case_id: str) -> str | None:
    """The first reason why a case may not be answered or closed yet; None where there is none."""
    return next((reason for hindrance in hindrances() if (reason := hindrance(desk, case_id)) is not None), None)


MARKS = {CaseKind.RESTRICT: RESTRICTION, CaseKind.OBJECT: OBJECTION}
"""The kinds of request that, when they are granted, mark the record, and the protection that guards its prints and exports."""
_MANY = frozenset({RequestEventKind.SEARCHED, RequestEventKind.RECIPIENT_TOLD, RequestEventKind.EXEMPTION})
_STAYS = frozenset({RequestEventKind.CLOSED, RequestEventKind.REOPENED, RequestEventKind.PACK})


def record(desk: Desk, event: RequestEvent) -> Changed:
    """Record one step of a case. Raises Refused (what is typed), WrongUse (what must come first; no such case), NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", event.case_id)
    state = looking.state_of(desk, event.case_id)
    event = checked(desk, state, event)
    with desk.act(Action.HANDLE_REQUEST, "request", event.case_id, f"{state.case.ref}: {event.kind}") as work:
        keep_event(work, event)
        if event.kind == RequestEventKind.DECIDED:
            _follow(work, state.case, counting((*state.all_events, event)))
        if event.kind == RequestEventKind.CLOSED and state.case.pupil_id:
            work.note(Action.HANDLE_REQUEST, "pupil", state.case.pupil_id, f"request {state.case.ref} closed")
    return _changed(state.case)


def record_all(desk: Desk, events: Sequence[RequestEvent]) -> Changed:
    """Record several steps of one kind at once, such as the places that were searched: all or none. Raises as ``record`` does."""
    first = events[0]
    desk.require(Action.HANDLE_REQUEST, "request", first.case_id)
    if any((event.case_id, event.kind) != (first.case_id, first.kind) for event in events) or first.kind not in _MANY:
        raise ValueError("several steps are recorded at once only of one case and kind")
    state = looking.state_of(desk, first.case_id)
    checked_events = [checked(desk, state, event) for event in events]
    with desk.act(Action.HANDLE_REQUEST, "request", first.case_id, f"{state.case.ref}: {first.kind}, {len(checked_events)}") as work:
        for event in checked_events:
            keep_event(work, event)
    return _changed(state.case)


def checked(desk: Desk, state: looking.RequestState, event: RequestEvent, *, typed: str | None = None) -> RequestEvent:
    """An event of a case, as it may be kept; ``typed`` is what somebody wrote of it, where its note says more. Raises Refused, WrongUse."""
    event = tidied(dataclasses.replace(event, pupil_id=state.case.pupil_id), desk.today)
    refuse(problems_of(event, desk.today))
    refuse(check_event(event, state.case, desk.today))
    kind = RequestEventKind(event.kind)
    has_answer = bool(event.note if typed is None else typed) or _copy_stands(desk, state.case)
    reason = hindrance(kind, state.case, state.events, state.clock, state.steps, day=event.on, has_answer=has_answer)
    if reason is None and (
        kind is RequestEventKind.CLOSED
        or (kind is RequestEventKind.REPLIED and state.case.kind in COPIES and state.outcome != RequestOutcome.REFUSED)
    ):
        reason = hindered(desk, state.case.id)
    if reason is not None:
        raise WrongUse(reason)
    return event


def _copy_stands(desk: Desk, case: RequestCase) -> bool:
    """Whether a copy was written for whoever asks by the request as it stands, and was not dropped."""
    return any(
        store.made_from(desk.vault, pack.id) and askers.is_for_who_asks(desk, pack, case) for pack in store.of_case(desk.vault, case.id)
    )


def take_back(desk: Desk, event: RequestEvent, reason: str) -> Changed:
    """Take back a step that was recorded by mistake. It stays on file, and counts no more. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", event.case_id)
    refuse(() if tidy(reason) else (Problem("note", "missing", _("Enter why it is taken back.")),))
    state = looking.state_of(desk, event.case_id)
    if not any(past_event.id == event.id for past_event in state.events):
        raise WrongUse(_("That entry has been taken back already."))
    if RequestEventKind(event.kind) in _STAYS:
        raise WrongUse(_("That cannot be taken back. A closed case can be opened again."))
    if not state.open:
        raise WrongUse(_("The case is closed. Open it again first."))
    return _take_back(desk, state, event, reason)


def undo_closing(desk: Desk, case_id: str) -> Changed:
    """Take back at once that a case was closed: it stands as it did before. Raises WrongUse where that was not the last thing done."""
    desk.require(Action.HANDLE_REQUEST, "request", case_id)
    state = looking.state_of(desk, case_id)
    if not state.events or state.events[-1].kind != RequestEventKind.CLOSED:
        raise WrongUse(_("The case is not closed any more, or more was done since. Look at it again."))
    return _take_back(desk, state, state.events[-1], _("Undone at once"))


def _take_back(desk: Desk, state: looking.RequestState, event: RequestEvent, reason: str) -> Changed:
    back = looking.taking_back(event, tidy(reason), desk.today)
    refuse(problems_of(back, desk.today))
    with desk.act(Action.HANDLE_REQUEST, "request", event.case_id, f"{state.case.ref}: {event.kind} taken back") as work:
        keep_event(work, back)
        if event.kind == RequestEventKind.DECIDED:
            _follow(work, state.case, counting((*state.all_events, back)))
    return _changed(state.case)


def _follow(work: Work, case: RequestCase, events: Sequence[RequestEvent]) -> None:
    """Within a transaction: the record bears the mark of a restriction or objection that was granted, and no other.

    ``events`` are those that count now: the decision of the last day holds, not the one entered last.
    """
    kind = MARKS.get(CaseKind(case.kind))
    if kind is None or case.pupil_id is None:
        return
    reason = _("Request {ref}").format(ref=case.ref)
    vault = work.desk.vault
    existing = [
        protection
        for protection in protections.of_pupil(vault, case.pupil_id, work.desk.today)
        if protection.kind == kind and protection.reason == reason
    ]
    decided = last_of(events, RequestEventKind.DECIDED)
    granted = decided is not None and decided.outcome in (RequestOutcome.UPHELD, RequestOutcome.PARTLY)
    if granted and not existing:
        keep_protection(work, Protection(pupil_id=case.pupil_id, kind=kind, reason=reason, since=work.desk.today))
        work.note(Action.SET_PROTECTION, "pupil", case.pupil_id, kind)
        keep_event(
            work,
            RequestEvent(
                case_id=case.id,
                pupil_id=case.pupil_id,
                kind=RequestEventKind.CARRIED_OUT,
                on=work.desk.today,
                note=_("The record is marked: {mark}.").format(mark=codelist("protection_kind").label_of(kind)),
            ),
        )
    for protection in existing if not granted else ():
        protections.lift(
            vault,
            protection,
            reason=_("The decision on request {ref} was changed").format(ref=case.ref),
            moment=work.stamp,
            actor=work.actor,
        )
        work.note(Action.LIFT_PROTECTION, "pupil", case.pupil_id, kind)


def _changed(case: RequestCase) -> Changed:
    kinds = ("request", "protection") if CaseKind(case.kind) in MARKS else ("request",)
    return Changed.of(*kinds, ids=(case.id, *((case.pupil_id,) if case.pupil_id else ())))
