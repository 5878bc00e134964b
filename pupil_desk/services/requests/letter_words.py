"""What fills the letters of a case: of the unit, of the pupil, and of how the case stands."""

import re
from collections.abc import Mapping

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestEventKind, RequestOutcome, last_of
from pupil_desk.domain.requests.clock import RequestClock
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.services.desk import Desk
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.store.tables import contacts

_NAME = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"\n{3,}")
_NOT_TOLD = frozenset({"crime", "serious-harm-health", "serious-harm-education", "serious-harm-social", "child-abuse"})
"""Exemptions that a letter does not name by itself: to say that one was used may do the harm that it prevents."""


def fill_prose(prose: str, desk: Desk, state: RequestState, *, own_words: str, recipient: str) -> str:
    """The prose with its names filled in. What is filled in stays text; a paragraph left empty goes."""
    words = {
        **_of_unit(desk),
        "dear": _dear(desk, state),
        **_of_pupil(state),
        **_of_case(state),
        **_of_decision(state),
        "own": own_words,
        "recipient": recipient,
    }
    text = _NAME.sub(lambda match: words[match[1]], prose)
    return _GAP.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip() + "\n"


def _of_unit(desk: Desk) -> dict[str, str]:
    unit = desk.settings
    regulator = regulator_on(unit, desk.today)
    reach = [part for part in (*unit.name_and_address, unit.email, unit.phone) if part]
    return {
        "unit": unit.name,
        "officer": desk.user.name,
        "contact": unit.copy_contact or desk.user.name,
        "reach": f"{', '.join(reach)}.",
        "regulator": regulator.name,
        "regulator_page": regulator.page.removeprefix("https://"),
        "regulator_phone": regulator.phone,
    }


def _dear(desk: Desk, state: RequestState) -> str:
    """How the person is spoken to: a contact by title and surname, the pupil by forename, anyone else by the whole name."""
    contact = contacts.get(desk.vault, state.case.contact_id) if state.case.contact_id else None
    if contact is not None and contact.title:
        return f"{contact.title} {contact.surname}"
    if state.case.capacity == Capacity.PUPIL and state.pupil is not None:
        return state.pupil.preferred_forename or state.pupil.forename
    return state.case.requester


def _of_pupil(state: RequestState) -> dict[str, str]:
    pupil, from_pupil = state.pupil, state.case.capacity == Capacity.PUPIL
    if pupil is None:
        return {"full_name": "", "dob": "", "about_whom": ""}
    about_whom = _(" about you") if from_pupil else _(" about {pupil}").format(pupil=pupil.legal_name)
    return {"full_name": pupil.legal_name, "dob": show_date(pupil.dob), "about_whom": about_whom}


def _of_case(state: RequestState) -> dict[str, str]:
    case, from_pupil = state.case, state.case.capacity == Capacity.PUPIL
    subject = _("you") if from_pupil else state.pupil.legal_name if state.pupil else ""
    return {
        "requester": case.requester,
        "received": show_date(case.received),
        "ref": case.ref,
        "asked_for": _ASKED_FOR[CaseKind(case.kind)].format(whom=subject),
        "by_when": _by_when(state.clock),
        "extended_due": show_date(state.clock.extended_due) if state.clock.extended_due else "",
    }


def _by_when(clock: RequestClock) -> str:
    parts = []
    if clock.record_due and not clock.record_given:
        parts.append(_("You will have the educational record by {day}.").format(day=show_date(clock.record_due)))
    if clock.month_due and not clock.still_since:
        words = _("You will have the copy by {day}.") if parts else _("We will answer by {day}.")
        parts.append(words.format(day=show_date(clock.month_due)))
    elif clock.still_since:
        parts.append(_("We will answer within a month. Until you have told us what we asked you, that time stands still."))
    return " ".join(parts)


def _of_decision(state: RequestState) -> Mapping[str, str]:
    decided, inquiry = last_of(state.events, RequestEventKind.DECIDED), last_of(state.events, RequestEventKind.LOOKED_INTO)
    outcome = decided.outcome if decided else None
    subject = decided.what if decided and decided.what else ""
    recipients = [event.what for event in state.events if event.kind == RequestEventKind.RECIPIENT_TOLD and event.what]
    told_sentence = _("We have told those whom we had given it to: {who}.").format(who=join_words(recipients)) if recipients else ""
    changed = _CHANGED.get(CaseKind(state.case.kind), "")
    return {
        "decided": _decided(CaseKind(state.case.kind), outcome),
        "reason": (decided.note if decided else None) or _("[Why]"),
        "found": (inquiry.note if inquiry else None) or _("[What we found]"),
        "told": told_sentence,
        "left_out": _left_out(state),
        "changed": changed.format(what=subject or _("[What it is about]")),
    }


def _decided(kind: CaseKind, outcome: str | None) -> str:
    if kind is CaseKind.COMPLAINT:
        return _COMPLAINT[RequestOutcome(outcome)] if outcome else _("[What we decided]")
    return (
        _("We have done a part of what you asked, and not all of it.")
        if outcome == RequestOutcome.PARTLY
        else _("We have done what you asked.")
    )


def _left_out(state: RequestState) -> str:
    """What was left out, as far as it may be said."""
    codes = list(dict.fromkeys(code for code, _reason in state.exemptions))
    if not codes:
        return ""
    labels = [begun_small(codelist("exemption").label_of(code)) for code in codes if code and code not in _NOT_TOLD]
    head = _("We have left some things out, where the law lets us or makes us do so.")
    return "\n\n".join((head, "\n".join(f"- {label}" for label in labels))) if labels else head


_ASKED_FOR = {
    CaseKind.COPY: _("for a copy of what we hold about {whom}"),
    CaseKind.RECORD: _("for the educational record of {whom}"),
    CaseKind.BOTH: _("for the educational record of {whom}, and for a copy of what we hold"),
    CaseKind.RECTIFY: _("to correct what we hold about {whom}"),
    CaseKind.OBJECT: _("to stop using information about {whom}"),
    CaseKind.RESTRICT: _("to keep information about {whom} but not to use it"),
    CaseKind.ERASE: _("to delete information about {whom}"),
    CaseKind.PORTABLE: _("for information about {whom} as a computer file"),
    CaseKind.COMPLAINT: _("to look into a complaint about information on {whom}"),
}
_COMPLAINT = {
    RequestOutcome.UPHELD: _("You are right, and we are sorry."),
    RequestOutcome.PARTLY: _("You are right in part, and we are sorry for that."),
    RequestOutcome.REFUSED: _("We think that we did what the law asks of us."),
}
_CHANGED = {
    CaseKind.RECTIFY: _("We have corrected this: {what}"),
    CaseKind.RESTRICT: _("We keep this, but do not use it any more: {what}"),
    CaseKind.ERASE: _("We have deleted this: {what}"),
}
