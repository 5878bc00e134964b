"""The letters of a case: drafted from prose that ships, changed by the office as it likes, and kept in the very words that were sent.

What must be written by hand stands in square brackets in the draft; a letter that still has one cannot be sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import required
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import letters as request_letter
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestEvent, RequestEventKind, RequestLetter, RequestOutcome
from pupil_desk.domain.sharing.recipients import ASKER, TOLD_BEFORE
from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.requests import handling, letter_words, looking
from pupil_desk.services.requests.letter_words import LetterFilling, fill_prose
from pupil_desk.services.requests.looking import RequestState, keep_event
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.fixed_papers import FixedPaper, PaperWords
from pupil_desk.services.translations.given import first_language, translation_for
from pupil_desk.services.translations.translations import lang_of, why_in_english
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
    event: RequestEventKind | None = None
    own: str = ""

    @property
    def title(self) -> str:
        return codelist("request_letter").label_of(self.name)


def _kinds(*kinds: CaseKind) -> frozenset[CaseKind]:
    return frozenset(kinds)


_REASON = _("Why we need longer")
LETTERS: tuple[LetterKind, ...] = (
    LetterKind("acknowledge", _ASKS, RequestEventKind.ACKNOWLEDGED),
    LetterKind("acknowledge-complaint", _kinds(CaseKind.COMPLAINT), RequestEventKind.ACKNOWLEDGED),
    LetterKind("ask-identity", _ASKS, RequestEventKind.IDENTITY_ASKED),
    LetterKind("ask-authority", _ASKS),
    LetterKind("clarify", _ASKS, RequestEventKind.CLARIFICATION_ASKED, _("What we need to know")),
    LetterKind("extend", _ASKS - {CaseKind.RECORD}, RequestEventKind.EXTENDED, _REASON),
    LetterKind("progress", _kinds(CaseKind.COMPLAINT), RequestEventKind.PROGRESS, _("How it stands")),
    LetterKind("reply-copy", _kinds(CaseKind.COPY, CaseKind.BOTH, CaseKind.PORTABLE), RequestEventKind.REPLIED),
    LetterKind("reply-record", _kinds(CaseKind.RECORD, CaseKind.BOTH), RequestEventKind.RECORD_GIVEN),
    LetterKind("outcome-rectification", _kinds(CaseKind.RECTIFY), RequestEventKind.REPLIED),
    LetterKind("outcome-objection", _kinds(CaseKind.OBJECT), RequestEventKind.REPLIED),
    LetterKind("outcome-restriction", _kinds(CaseKind.RESTRICT), RequestEventKind.REPLIED),
    LetterKind("outcome-erasure", _kinds(CaseKind.ERASE), RequestEventKind.REPLIED),
    LetterKind("outcome-complaint", _kinds(CaseKind.COMPLAINT), RequestEventKind.REPLIED),
    LetterKind("refuse", _ASKS, RequestEventKind.REPLIED),
    LetterKind("tell-recipient", _kinds(CaseKind.RECTIFY, CaseKind.RESTRICT, CaseKind.ERASE), RequestEventKind.RECIPIENT_TOLD),
    LetterKind("lift-restriction", _kinds(CaseKind.RESTRICT), None, _("Why we are going to use it again")),
)
"""Every letter, in the order in which a case needs them."""


def letters_offered(state: RequestState) -> list[LetterKind]:
    """The letters that a case can need as it stands: after a decision the answer that fits it."""
    case, is_refused = state.case, state.outcome == RequestOutcome.REFUSED
    letters = [letter for letter in LETTERS if CaseKind(case.kind) in letter.kinds]
    if case.capacity == Capacity.PUPIL:
        letters = [letter for letter in letters if letter.name != "ask-authority"]
    if state.outcome is None:
        return [letter for letter in letters if letter.name not in ("refuse", "lift-restriction", "tell-recipient")]
    if is_refused:
        return [letter for letter in letters if letter.name in ("refuse", "outcome-complaint") or letter.event not in _ANSWERS]
    return [letter for letter in letters if letter.name != "refuse"]


_ANSWERS = frozenset({RequestEventKind.REPLIED, RequestEventKind.RECORD_GIVEN, RequestEventKind.RECIPIENT_TOLD})
_WANTED = {
    RequestEventKind.ACKNOWLEDGED: ("acknowledge", "acknowledge-complaint"),
    RequestEventKind.IDENTITY: ("ask-identity",),
    RequestEventKind.IDENTITY_ASKED: ("ask-identity",),
    RequestEventKind.AUTHORITY: ("ask-authority",),
    RequestEventKind.CLARIFICATION_ASKED: ("clarify",),
    RequestEventKind.EXTENDED: ("extend",),
    RequestEventKind.PROGRESS: ("progress",),
    RequestEventKind.RECIPIENT_TOLD: ("tell-recipient",),
    RequestEventKind.RECORD_GIVEN: ("reply-record", "refuse"),
}


def letter_for(state: RequestState, step: RequestEventKind) -> LetterKind | None:
    """The letter that goes with a step; None where none does."""
    names = _WANTED.get(step)
    letters = [letter for letter in letters_offered(state) if (letter.name in names if names else letter.event is step)]
    return letters[0] if letters else None


def kind_named(name: str) -> LetterKind:
    """A kind of letter. Raises WrongUse where there is none of that name."""
    return required(
        next((letter for letter in LETTERS if letter.name == name), None), _("There is no letter of that name. Choose one from the list.")
    )


def draft(desk: Desk, state: RequestState, letter: LetterKind, own_words: str = "", recipient: str = "") -> str:
    """The words of a letter with all that is known filled in; ``own_words`` are the office's, where the letter asks for them."""
    desk.require(Action.HANDLE_REQUEST, "request", state.case.id)
    words = PaperWords(_fixed(letter))
    return fill_prose(words.english, _filling(desk, state, letter, words, own_words=own_words, recipient=recipient))


def _fixed(letter: LetterKind) -> FixedPaper:
    """The letter as a paper; that to a recipient is one that nobody translates."""
    file = ("requests", f"{letter.name}.md")
    return letter_words.papers().get(letter.name) or FixedPaper("", letter.title, file)


def _filling(
    desk: Desk, state: RequestState, letter: LetterKind, words: PaperWords, *, own_words: str = "", recipient: str = ""
) -> LetterFilling:
    own_sentences = own_words.strip() or (f"[{letter.own}]" if letter.own else "")
    return LetterFilling(desk, state, words, own_words=own_sentences, recipient=recipient)


def address_of(desk: Desk, state: RequestState, letter: LetterKind, recipient: str = "") -> tuple[str, ...]:
    """The lines of the envelope: the name of who asks, and the address told with the request, else that of the record. A recipient's
    address is not on file."""
    if letter.event is RequestEventKind.RECIPIENT_TOLD:
        return (recipient,) if recipient else ()
    return (state.case.requester, *_address(desk, state))


def _address(desk: Desk, state: RequestState) -> tuple[str, ...]:
    case = state.case
    if case.address:
        return tuple(line.strip() for line in case.address.split("\n") if line.strip())
    pupil = pupils.get(desk.vault, case.pupil_id) if case.pupil_id else None
    contact = contacts.get(desk.vault, case.contact_id) if case.contact_id else None
    if contact is not None:
        return pupil.address_lines if contact.lives_with and pupil is not None else contact.address_lines
    return pupil.address_lines if pupil is not None and case.capacity == Capacity.PUPIL else ()


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter on paper: its story, its title; and where it goes in another language, which, with the same in it, on a sheet before the English.

    ``translation`` is which version, ``lang`` its code with the script, ``in_english_because`` why there is none though one is wished.
    """

    story: Sequence[Block]
    title: str
    language: str = ENGLISH
    translated: Sequence[Block] = ()
    translation: str | None = None
    lang: str = ""
    in_english_because: str = ""

    def pdf(self, stamp: str = "") -> bytes:
        """The letter, to be printed or saved. Raises CannotPrint."""
        from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file

        if not self.translated:
            return build_pdf(self.story, title=self.title, stamp=stamp)
        first = Document(self.translated, self.title, lang=self.lang, stamp=stamp)
        return build_print_file([first, Document(self.story, self.title, stamp=stamp)], title=self.title)


def paper(desk: Desk, state: RequestState, letter: LetterKind, words: str, address: Sequence[str]) -> LetterPaper:
    """The letter on paper, in the language of who asks before the English where that may be given. What the office wrote itself, or changed, stays in English.

    Raises Refused where something is still to be written by hand.
    """
    refuse(_lacks(words))
    envelope = Envelope(address=address, sender=desk.settings.name_and_address, day=show_date(desk.today), reference=state.case.ref)
    story = request_letter.request_letter(words, envelope, letter.title)
    translation, reason = _translation(desk, state, letter)
    if translation is None:
        return LetterPaper(story, letter.title, in_english_because=reason)
    in_english, translated = PaperWords(_fixed(letter)), PaperWords(_fixed(letter), translation)
    lines = letter_words.lines_in(translated, _filling(desk, state, letter, in_english), _filling(desk, state, letter, translated))
    head = translated.say(request_letter.REQUEST_HEAD)
    blocks = request_letter.request_letter(words, envelope, letter.title, lines, head=head)
    return LetterPaper(
        story,
        letter.title,
        language=translation.language,
        translated=[*blocks, *translated.of_itself(desk.settings)],
        translation=translation.id,
        lang=lang_of(translation),
    )


def _translation(desk: Desk, state: RequestState, letter: LetterKind) -> tuple[PaperTranslation | None, str]:
    """The translation that may go to who asks, or why there is none though one is wished."""
    contact = contacts.get(desk.vault, state.case.contact_id) if state.case.contact_id else None
    language = (contact.language or "") if contact is not None else ""
    if state.case.capacity == Capacity.PUPIL and state.pupil is not None:
        language = first_language(state.pupil)
    fixed = letter_words.papers().get(letter.name)
    translation = translation_for(desk, fixed, (language,)) if fixed is not None else None
    return translation, why_in_english((language,), translated=translation is not None) if fixed is not None else ""


def _lacks(words: str) -> tuple[Problem, ...]:
    if not words.strip():
        return (Problem("words", "missing", _("The letter says nothing. Write it, or begin again from the draft.")),)
    match = _BY_HAND.search(words)
    if match is None:
        return ()
    return (Problem("words", "by_hand", _("Write what stands in square brackets first: {words}").format(words=match[0])),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSending:
    """How a letter goes out: the letter as kept, and what the step it records bears: ``own`` words, or the ``recipient``."""

    letter: RequestLetter
    own: str = ""
    recipient: str = ""


def record_sent(desk: Desk, sending: LetterSending) -> Changed:
    """Record that a letter was sent, in these words, and the step that it does. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", sending.letter.case_id)
    state = looking.state_of(desk, sending.letter.case_id)
    letter = tidied(_of_case(sending.letter, state), desk.today)
    refuse(problems_of(letter, desk.today))
    refuse(_lacks(letter.words))
    kind = kind_named(letter.letter)
    event = handling.checked(desk, state, _event(kind, letter, sending), typed=sending.own.strip()) if kind.event is not None else None
    translation, _reason = _translation(desk, state, kind)
    if translation is not None:
        letter = replace(letter, language=translation.language, translation=translation.id)
    with desk.act(Action.HANDLE_REQUEST, "request", state.case.id, f"{state.case.ref}: letter {letter.letter}") as work:
        store.add_letter(desk.vault, letter, moment=work.stamp, actor=work.actor)
        if event is not None:
            keep_event(work, event)
        if state.case.pupil_id:
            work.note(Action.HANDLE_REQUEST, "pupil", state.case.pupil_id, f"request {state.case.ref}: letter {letter.letter}")
            disclosures.keep(work, disclosures.Way.PRINT, [_disclosure(state, letter, kind)])
    return Changed.of("request", "disclosure", ids=(state.case.id, *((state.case.pupil_id,) if state.case.pupil_id else ())))


def may_send(desk: Desk, sending: LetterSending) -> None:
    """Whether it could be recorded as sent now: asked before it is printed or saved. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.HANDLE_REQUEST, "request", sending.letter.case_id)
    state = looking.state_of(desk, sending.letter.case_id)
    refuse(_lacks(sending.letter.words))
    letter = tidied(_of_case(sending.letter, state), desk.today)
    refuse(problems_of(letter, desk.today))
    kind = kind_named(letter.letter)
    if kind.event is not None:
        handling.checked(desk, state, _event(kind, letter, sending), typed=sending.own.strip())


def log_print(desk: Desk, sending: LetterSending) -> None:
    """Log that a letter was printed, or saved: whether and how it went is recorded by itself (``record_sent``)."""
    letter = sending.letter
    desk.require(Action.HANDLE_REQUEST, "request", letter.case_id)
    with desk.act(Action.PRINT_FORM, "request", letter.case_id, f"letter {letter.letter} printed"):
        pass


def _of_case(letter: RequestLetter, state: RequestState) -> RequestLetter:
    return RequestLetter(
        id=new_id(),
        case_id=state.case.id,
        pupil_id=state.case.pupil_id,
        letter=letter.letter,
        sent_to=letter.sent_to,
        channel=letter.channel,
        on=letter.on,
        words=letter.words,
    )


def _event(kind: LetterKind, letter: RequestLetter, sending: LetterSending) -> RequestEvent:
    assert kind.event is not None
    delivery = _("To {who}, {how}.").format(who=letter.sent_to, how=codelist("notice_channel").label_of(letter.channel).lower())
    note = (
        sending.own.strip()
        if kind.event is RequestEventKind.EXTENDED
        else "\n".join(part for part in (delivery, sending.own.strip()) if part)
    )
    return RequestEvent(
        case_id=letter.case_id, pupil_id=letter.pupil_id, kind=kind.event, on=letter.on, what=sending.recipient or None, note=note or None
    )


_LAW_OF_TELLING = "UK GDPR Article 19"


def _disclosure(state: RequestState, letter: RequestLetter, kind: LetterKind) -> disclosures.Disclosure:
    """What the letter itself tells of the pupil: that there is a request, and how it stands. What a pack tells, the pack says."""
    law = _LAW_OF_TELLING if kind.event is RequestEventKind.RECIPIENT_TOLD else codelist("request_kind").codes[state.case.kind].law
    assert state.case.pupil_id is not None
    return disclosures.Disclosure(
        pupil_id=state.case.pupil_id,
        what=_("Letter: {title}").format(title=kind.title),
        to=TOLD_BEFORE if kind.event is RequestEventKind.RECIPIENT_TOLD else ASKER,
        recipient=letter.sent_to,
        law=law,
        purpose=_("to answer request {ref}").format(ref=state.case.ref),
        fields=_("name, and how the request stands"),
        on=letter.on,
    )
