"""Requests that the law lets people make about data, and complaints: the case as received, each event of it, each letter that was sent.

Nothing of it is edited. A case put right is a further row of the same ``id``, and the last counts; an event entered by mistake is
taken back by a further event, with the reason. Sources: domain reference, 9.3 and 10; UK GDPR Articles 12 to 21 and 77; Data
Protection Act 2018 section 164A (complaints); SI 2005/1437 regulation 5 (the educational record).

Where else data may lie, outside the program: a list that the unit makes its own. It says nothing of any pupil.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_FACTS = Facts(Section.REQUESTS, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="request")
_TOLD = dataclasses.replace(_FACTS, special=Special.SAFETY)
_LONGEST_LETTER = 20_000  # characters: about eight pages
_LONGEST_NAMED = 500  # characters: several items of the record, by name


class CaseKind(StrEnum):
    """What is asked for: a code of the list «request_kind»."""

    COPY = "copy"
    RECORD = "educational-record"
    BOTH = "copy-and-record"
    RECTIFY = "rectification"
    OBJECT = "objection"
    RESTRICT = "restriction"
    ERASE = "erasure"
    PORTABLE = "portability"
    COMPLAINT = "complaint"


COPIES = frozenset({CaseKind.COPY, CaseKind.RECORD, CaseKind.BOTH, CaseKind.PORTABLE})
"""The kinds that are answered with a pack."""
OF_RECORD = frozenset({CaseKind.RECORD, CaseKind.BOTH})
"""The kinds with the clock of the educational record."""
CHANGING = frozenset({CaseKind.RECTIFY, CaseKind.OBJECT, CaseKind.RESTRICT, CaseKind.ERASE})
"""The kinds whose decision has something done to the record."""


class Capacity(StrEnum):
    """In what right somebody asks: a code of the list «request_capacity»."""

    PUPIL = "pupil"
    PARENT = "parent"
    AGENT = "agent"
    OTHER = "other"


class RequestEventKind(StrEnum):
    """What happens in a case: a code of the list «request_event»."""

    ACKNOWLEDGED = "acknowledged"
    IDENTITY_ASKED = "identity-asked"
    IDENTITY = "identity-checked"
    AUTHORITY = "authority-checked"
    COMPETENCE = "competence-noted"
    PUPILS_WORD = "pupils-word"
    CLARIFICATION_ASKED = "clarification-asked"
    CLARIFIED = "clarification-answered"
    EXTENDED = "extended"
    SEARCHED = "searched"
    EXEMPTION = "exemption"
    NO_EXEMPTION = "no-exemption"
    LOOKED_INTO = "looked-into"
    PROGRESS = "progress-told"
    PROTECTION = "protection-weighed"
    DELIVERY = "delivery-checked"
    DECIDED = "decided"
    CARRIED_OUT = "carried-out"
    RECIPIENT_TOLD = "recipient-told"
    PACK = "pack"
    RECORD_GIVEN = "record-given"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    TAKEN_BACK = "taken-back"


class CheckAnswer(StrEnum):
    """What a check came to: a code of the list «request_answer»."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "not-needed"


class RequestOutcome(StrEnum):
    """What was decided: a code of the list «request_outcome»."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REFUSED = "refused"


CHECKS = frozenset(
    {
        RequestEventKind.IDENTITY,
        RequestEventKind.AUTHORITY,
        RequestEventKind.COMPETENCE,
        RequestEventKind.PUPILS_WORD,
        RequestEventKind.PROTECTION,
        RequestEventKind.DELIVERY,
    }
)
"""The events that bear an answer."""
NEED_NOTE = frozenset(
    {
        RequestEventKind.COMPETENCE,
        RequestEventKind.PUPILS_WORD,
        RequestEventKind.EXTENDED,
        RequestEventKind.EXEMPTION,
        RequestEventKind.DECIDED,
        RequestEventKind.WITHDRAWN,
        RequestEventKind.REOPENED,
        RequestEventKind.TAKEN_BACK,
        RequestEventKind.LOOKED_INTO,
    }
)
"""The events that say why, or what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCase:
    """A request or complaint as it was received. ``pupil_id`` is None only for a complaint that concerns no pupil."""

    id: str = ""
    ref: str = ""
    pupil_id: str | None = None
    contact_id: str | None = None
    kind: str = item(_("What is asked for"), Kind.CODE, codes="request_kind", facts=_FACTS, required=True)
    received: date = item(
        _("Received on"), Kind.DATE, facts=_FACTS, required=True, hint=_("The day it reached anyone at the unit. The clock runs from it")
    )
    channel: str = item(
        _("How it came"), Kind.CODE, codes="channel", facts=_FACTS, required=True, hint=_("A request need not be in writing")
    )
    requester: str = item(_("Who asks"), Kind.NAME, facts=_FACTS, required=True)
    capacity: str = item(_("Asking as"), Kind.CODE, codes="request_capacity", facts=_FACTS, required=True)
    asked: str | None = item(_("What was said"), Kind.LINES, facts=_TOLD, hint=_("In the person’s own words, as far as you have them"))
    address: str | None = item(
        _("Address for the answer"), Kind.LINES, facts=_FACTS, longest=700, hint=_("One line each. Leave empty to take it from the record")
    )
    email: str | None = item(_("E-mail for the answer"), Kind.EMAIL, facts=_FACTS, hint=_("If the person asked by e-mail, or wants it so"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """One thing that happened in a case. ``corrects`` names the event that one of kind TAKEN_BACK takes back."""

    id: str = ""
    case_id: str = ""
    pupil_id: str | None = None
    place_id: str | None = None
    corrects: str | None = None
    kind: str = item(_("Step"), Kind.CODE, codes="request_event", facts=_FACTS, required=True)
    on: date = item(_("Day"), Kind.DATE, facts=_FACTS, required=True)
    answer: str | None = item(_("Answer"), Kind.CODE, codes="request_answer", facts=_FACTS)
    outcome: str | None = item(_("Decision"), Kind.CODE, codes="request_outcome", facts=_FACTS)
    exemption: str | None = item(_("Exemption"), Kind.CODE, codes="exemption", facts=_FACTS)
    what: str | None = item(_("About what"), Kind.TEXT, facts=_FACTS, longest=_LONGEST_NAMED)
    note: str | None = item(_("Note or reason"), Kind.LINES, facts=_TOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLetter:
    """A letter of a case with the very words that were sent, in English.

    ``language`` is that in which it went beside the English, ``translation`` the version of its translation; None where it went in English alone.
    """

    id: str = ""
    case_id: str = ""
    pupil_id: str | None = None
    language: str = "en"
    translation: str | None = None
    letter: str = item(_("Letter"), Kind.CODE, codes="request_letter", facts=_FACTS, required=True)
    sent_to: str = item(_("Sent to"), Kind.NAME, facts=_FACTS, required=True)
    channel: str = item(_("How it was sent"), Kind.CODE, codes="notice_channel", facts=_FACTS, required=True)
    on: date = item(_("Sent on"), Kind.DATE, facts=_FACTS, required=True)
    words: str = item(_("What it said"), Kind.LINES, facts=_TOLD, required=True, longest=_LONGEST_LETTER)


def counting(events: Iterable[RequestEvent]) -> tuple[RequestEvent, ...]:
    """The events that hold, in the order of their days: neither those taken back nor the taking back."""
    all_events = tuple(events)
    back = {event.corrects for event in all_events if event.kind == RequestEventKind.TAKEN_BACK}
    return tuple(
        sorted(
            (event for event in all_events if event.id not in back and event.kind != RequestEventKind.TAKEN_BACK),
            key=lambda event: event.on,
        )
    )


def last_of(events: Iterable[RequestEvent], *kinds: RequestEventKind) -> RequestEvent | None:
    """The last event of any of these kinds."""
    return next((event for event in reversed(tuple(events)) if event.kind in kinds), None)


@gathered
def check_case(case: RequestCase, today: date) -> Iterator[Problem]:
    """The rules across what is received."""
    if case.received > today:
        yield Problem("received", "future_date", _("This day is still to come. Enter the day when it reached the unit."))
    if case.kind != CaseKind.COMPLAINT and case.pupil_id is None:
        yield Problem("pupil_id", "missing", _("Choose the pupil whose data it is about. Only a complaint may be about no pupil."))
    if case.kind == CaseKind.RECORD and case.capacity == Capacity.PUPIL:
        yield Problem.warning(
            "capacity", "not_theirs", _("The right to the educational record is the parent’s. A pupil asks for a copy of the data.")
        )


@gathered
def check_event(event: RequestEvent, case: RequestCase, today: date) -> Iterator[Problem]:
    """The rules across one event. What must come before it is ``hindrances.hindrance``'s to say."""
    if event.on > today:
        yield Problem("on", "future_date", _("This day is still to come. Enter the day when it happened."))
    if event.on < case.received:
        yield Problem("on", "before_day", _("That is before the day of receipt. Enter a later day."))
    required = {
        "answer": event.kind in CHECKS,
        "outcome": event.kind == RequestEventKind.DECIDED,
        "exemption": event.kind == RequestEventKind.EXEMPTION,
        "what": event.kind in (RequestEventKind.SEARCHED, RequestEventKind.RECIPIENT_TOLD),
        "note": event.kind in NEED_NOTE,
    }
    for column, words in _ASKED.items():
        if required[column] and not getattr(event, column):
            yield Problem(column, "missing", words)
    if event.kind == RequestEventKind.TAKEN_BACK and not event.corrects:
        yield Problem("corrects", "missing", _("Choose the entry that is taken back."))


_ASKED = {
    "answer": _("Choose the answer."),
    "outcome": _("Choose what was decided."),
    "exemption": _("Choose the exemption."),
    "what": _("Say which one."),
    "note": _("Say why, or what was found. The reason is kept with the case."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlace:
    """One place, as it is called now. ``retired`` is one that is no longer offered; what was searched there stays with its case."""

    place_id: str
    name: str
    hint: str = ""
    retired: bool = False


def in_use(shipped: Iterable[SearchPlace], stored: Iterable[SearchPlace]) -> tuple[SearchPlace, ...]:
    """The places that ship, each as the unit last said it, then the unit's own; without those no longer used."""
    places = {place.place_id: place for place in shipped}
    places |= {place.place_id: place for place in stored}
    return tuple(place for place in places.values() if not place.retired)
