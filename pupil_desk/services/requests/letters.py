"""The letters of a case: drafted from prose that ships, changed by the office as it likes, and kept in the very words that were sent.

What must be written by hand stands in square brackets in the draft; a letter that still has one cannot be sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import request_letter
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import Capacity, CaseKind, EventKind, Outcome, RequestEvent, RequestLetter
from pupil_desk.domain.sharing.recipients import ASKER, TOLD_BEFORE
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.requests import handling, looking
from pupil_desk.services.requests.keeping import keep_event
from pupil_desk.services.requests.letter_words import filled
from pupil_desk.services.requests.looking import Seen
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts, pupils
from pupil_desk.store.tables import requests as store

_BY_HAND = re.compile(r"\[[^\[\]]*\]")
_ASKS = frozenset(kind for kind in CaseKind if kind is not CaseKind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: in which kinds of case it is offered, what it records, and what is asked to stand in it in own words."""

    name: str
    kinds: frozenset[CaseKind]
    event: EventKind | None = None
    own: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return codelist("request_letter").label_of(self.name)


def _of(*kinds: CaseKind) -> frozenset[CaseKind]:
    return frozenset(kinds)


_REASON = _("Why we need longer")
LETTERS: tuple[LetterKind, ...] = (
    LetterKind("acknowledge", _ASKS, EventKind.ACKNOWLEDGED),
    LetterKind("acknowledge-complaint", _of(CaseKind.COMPLAINT), EventKind.ACKNOWLEDGED),
    LetterKind("ask-identity", _ASKS, EventKind.IDENTITY_ASKED),
    LetterKind("ask-authority", _ASKS),
    LetterKind("clarify", _ASKS, EventKind.CLARIFICATION_ASKED, _("What we need to know")),
    LetterKind("extend", _ASKS - {CaseKind.RECORD}, EventKind.EXTENDED, _REASON),
    LetterKind("progress", _of(CaseKind.COMPLAINT), EventKind.PROGRESS, _("How it stands")),
    LetterKind("reply-copy", _of(CaseKind.COPY, CaseKind.BOTH, CaseKind.PORTABLE), EventKind.REPLIED),
    LetterKind("reply-record", _of(CaseKind.RECORD, CaseKind.BOTH), EventKind.RECORD_GIVEN),
    LetterKind("outcome-rectification", _of(CaseKind.RECTIFY), EventKind.REPLIED),
    LetterKind("outcome-objection", _of(CaseKind.OBJECT), EventKind.REPLIED),
    LetterKind("outcome-restriction", _of(CaseKind.RESTRICT), EventKind.REPLIED),
    LetterKind("outcome-erasure", _of(CaseKind.ERASE), EventKind.REPLIED),
    LetterKind("outcome-complaint", _of(CaseKind.COMPLAINT), EventKind.REPLIED),
    LetterKind("refuse", _ASKS, EventKind.REPLIED),
    LetterKind("tell-recipient", _of(CaseKind.RECTIFY, CaseKind.RESTRICT, CaseKind.ERASE), EventKind.RECIPIENT_TOLD),
    LetterKind("lift-restriction", _of(CaseKind.RESTRICT), None, _("Why we are going to use it again")),
)
"""Every letter, in the order in which a case needs them."""


def offered(seen: Seen) -> list[LetterKind]:
    """The letters that a case can need as it stands: after a decision the answer that fits it."""
    case, refused = seen.case, seen.outcome == Outcome.REFUSED
    found = [letter for letter in LETTERS if CaseKind(case.kind) in letter.kinds]
    if case.capacity == Capacity.PUPIL:
        found = [letter for letter in found if letter.name != "ask-authority"]
    if seen.outcome is None:
        return [letter for letter in found if letter.name not in ("refuse", "lift-restriction", "tell-recipient")]
    if refused:
        return [letter for letter in found if letter.name in ("refuse", "outcome-complaint") or letter.event not in _ANSWERS]
    return [letter for letter in found if letter.name != "refuse"]


_ANSWERS = frozenset({EventKind.REPLIED, EventKind.RECORD_GIVEN, EventKind.RECIPIENT_TOLD})
_WANTED = {
    EventKind.ACKNOWLEDGED: ("acknowledge", "acknowledge-complaint"), EventKind.IDENTITY: ("ask-identity",), EventKind.IDENTITY_ASKED: ("ask-identity",),
    EventKind.AUTHORITY: ("ask-authority",), EventKind.CLARIFICATION_ASKED: ("clarify",), EventKind.EXTENDED: ("extend",), EventKind.PROGRESS: ("progress",),
    EventKind.RECIPIENT_TOLD: ("tell-recipient",), EventKind.RECORD_GIVEN: ("reply-record", "refuse"),
}  # fmt: skip


def letter_for(seen: Seen, step: EventKind) -> LetterKind | None:
    """The letter that goes with a step; None where none does."""
    names = _WANTED.get(step)
    wanted = [letter for letter in offered(seen) if (letter.name in names if names else letter.event is step)]
    return wanted[0] if wanted else None


def kind_named(name: str) -> LetterKind:
    """A kind of letter. Raises WrongUse where there is none of that name."""
    found = next((letter for letter in LETTERS if letter.name == name), None)
    if found is None:
        raise WrongUse(_("There is no letter of that name. Choose one from the list."))
    return found


def draft(desk: Desk, seen: Seen, letter: LetterKind, own: str = "", recipient: str = "") -> str:
    """The words of a letter with all that is known filled in; ``own`` are the office's, where the letter asks for them."""
    desk.require(Action.HANDLE_REQUEST, "request", seen.case.id)
    prose = resource("words", "en", "requests", f"{letter.name}.md").read_text("utf-8")
    return filled(prose, desk, seen, own=own.strip() or (f"[{letter.own}]" if letter.own else ""), recipient=recipient)


def address_of(desk: Desk, seen: Seen, letter: LetterKind, recipient: str = "") -> tuple[str, ...]:
    """The lines of the envelope: the name of who asks, and the address told with the request, else that of the record. A recipient's
    address is not on file."""
    if letter.event is EventKind.RECIPIENT_TOLD:
        return (recipient,) if recipient else ()
    return (seen.case.requester, *_address(desk, seen))


def _address(desk: Desk, seen: Seen) -> tuple[str, ...]:
    case = seen.case
    if case.address:
        return tuple(line.strip() for line in case.address.split("\n") if line.strip())
    pupil = pupils.get(desk.vault, case.pupil_id) if case.pupil_id else None
    contact = contacts.get(desk.vault, case.contact_id) if case.contact_id else None
    if contact is not None:
        return pupil.address_lines if contact.lives_with and pupil is not None else contact.address_lines
    return pupil.address_lines if pupil is not None and case.capacity == Capacity.PUPIL else ()


def paper(desk: Desk, seen: Seen, letter: LetterKind, words: str, address: Sequence[str]) -> tuple[list[Block], str]:
    """The letter as a story, and its title. Raises Refused where something is still to be written by hand."""
    refuse(_lacks(words))
    unit = desk.settings
    envelope = request_letter.RequestEnvelope(tuple(address), (unit.name, *unit.address_lines), show_date(desk.today), seen.case.ref)
    return request_letter.story(words, envelope, letter.title), letter.title


def _lacks(words: str) -> tuple[Problem, ...]:
    if not words.strip():
        return (Problem("words", "missing", _("The letter says nothing. Write it, or begin again from the draft.")),)
    found = _BY_HAND.search(words)
    if found is None:
        return ()
    return (Problem("words", "by_hand", _("Write what stands in square brackets first: {words}").format(words=found[0])),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a letter goes out: the letter as kept, and what the step it records bears: ``own`` words, or the ``recipient``."""

    letter: RequestLetter
    own: str = ""
    recipient: str = ""


def sent(desk: Desk, sending: Sending) -> Changed:
    """Record that a letter was sent, in these words, and the step that it does. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", sending.letter.case_id)
    seen = looking.seen(desk, sending.letter.case_id)
    letter = tidied(_of_case(sending.letter, seen), desk.today)
    refuse(problems_of(letter, desk.today))
    refuse(_lacks(letter.words))
    kind = kind_named(letter.letter)
    event = handling.checked(desk, seen, _event(kind, letter, sending)) if kind.event is not None else None
    with desk.act(Action.HANDLE_REQUEST, "request", seen.case.id, f"{seen.case.ref}: letter {letter.letter}") as work:
        store.add_letter(desk.vault, letter, moment=work.stamp, actor=work.actor)
        if event is not None:
            keep_event(work, event)
        if seen.case.pupil_id:
            work.note(Action.HANDLE_REQUEST, "pupil", seen.case.pupil_id, f"request {seen.case.ref}: letter {letter.letter}")
            disclosures.keep(work, disclosures.Way.PRINT, [_told(seen, letter, kind)])
    return Changed.of("request", "disclosure", ids=(seen.case.id, *((seen.case.pupil_id,) if seen.case.pupil_id else ())))


def may_send(desk: Desk, sending: Sending) -> None:
    """Whether it could be recorded as sent now: asked before it is printed. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", sending.letter.case_id)
    seen = looking.seen(desk, sending.letter.case_id)
    refuse(_lacks(sending.letter.words))
    letter = tidied(_of_case(sending.letter, seen), desk.today)
    refuse(problems_of(letter, desk.today))
    kind = kind_named(letter.letter)
    if kind.event is not None:
        handling.checked(desk, seen, _event(kind, letter, sending))


def _of_case(letter: RequestLetter, seen: Seen) -> RequestLetter:
    return RequestLetter(id=new_id(), case_id=seen.case.id, pupil_id=seen.case.pupil_id, letter=letter.letter, sent_to=letter.sent_to,
                         channel=letter.channel, on=letter.on, words=letter.words)  # fmt: skip


def _event(kind: LetterKind, letter: RequestLetter, sending: Sending) -> RequestEvent:
    assert kind.event is not None
    how = _("To {who}, {how}.").format(who=letter.sent_to, how=codelist("notice_channel").label_of(letter.channel).lower())
    note = sending.own.strip() if kind.event is EventKind.EXTENDED else "\n".join(part for part in (how, sending.own.strip()) if part)
    return RequestEvent(case_id=letter.case_id, pupil_id=letter.pupil_id, kind=kind.event, on=letter.on, what=sending.recipient or None, note=note or None)


_LAW_OF_TELLING = "UK GDPR Article 19"


def _told(seen: Seen, letter: RequestLetter, kind: LetterKind) -> disclosures.Told:
    """What the letter itself tells of the pupil: that there is a request, and how it stands. What a pack tells, the pack says."""
    law = _LAW_OF_TELLING if kind.event is EventKind.RECIPIENT_TOLD else codelist("request_kind").codes[seen.case.kind].law
    assert seen.case.pupil_id is not None
    return disclosures.Told(
        pupil_id=seen.case.pupil_id, what=_("Letter: {title}").format(title=kind.title), to=TOLD_BEFORE if kind.event is EventKind.RECIPIENT_TOLD else ASKER, recipient=letter.sent_to, law=law,
        purpose=_("to answer request {ref}").format(ref=seen.case.ref), fields=_("name, and how the request stands"), on=letter.on,
    )  # fmt: skip
