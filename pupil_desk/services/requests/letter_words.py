"""What fills the letters of a case: of the unit, of the pupil, and of how the case stands; and the letters as papers that can be translated."""

import re
from collections.abc import Mapping
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Run
from pupil_desk.documents.papers.letters import REQUEST_HEAD
from pupil_desk.documents.prose import AND, NAME, filled_apart, said_together
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestEventKind, RequestOutcome, last_of
from pupil_desk.domain.requests.clock import RequestClock
from pupil_desk.domain.translations.translation import MARK
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.services.desk import Desk
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.translations.fixed_papers import FixedPaper, PaperWords, code_words
from pupil_desk.store.tables import contacts

_GAP = re.compile(r"\n{3,}")
_NOT_TOLD = frozenset({"crime", "serious-harm-health", "serious-harm-education", "serious-harm-social", "child-abuse"})
"""Exemptions that a letter does not name by itself: to say that one was used may do the harm that it prevents."""


class LetterFilling:
    """What fills the places of a letter of a case, in English or in a translation. What is filled in stays text."""

    def __init__(self, desk: Desk, state: RequestState, words: PaperWords, *, own_words: str, recipient: str) -> None:
        self._places = {
            **_of_unit(desk),
            "dear": _dear(desk, state),
            **_of_pupil(state, words),
            **_of_case(state, words),
            **_of_decision(state, words),
            "own": own_words,
            "recipient": recipient,
        }

    def fill(self, text: str) -> str:
        """A text with its places filled in."""
        return "".join(self._places[part] if number % 2 else part for number, part in enumerate(NAME.split(text)))

    def runs(self, line: str) -> list[list[str | Run]]:
        """The lines that a line of the prose comes to, in which what is filled in finds its own direction among words of another script."""
        if NAME.fullmatch(line):
            return [[_without_mark(part)] for part in self.fill(line).split("\n")]
        return [filled_apart(line, self._places, {})]


def fill_prose(prose: str, filling: LetterFilling) -> str:
    """The prose with its names filled in; a paragraph left empty goes."""
    text = filling.fill(prose)
    return _GAP.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip() + "\n"


def lines_in(words: PaperWords, english: LetterFilling, translated: LetterFilling) -> dict[str, list[str | Run]]:
    """What stands for each line of a letter, as it reads in English once it is filled in; no line that the office writes itself."""
    lines: dict[str, list[str | Run]] = {}
    for english_line in map(_without_mark, words.english.split("\n")):
        filled_lines = [_without_mark(line) for line in english.fill(english_line).split("\n")]
        translated_lines = translated.runs(words.line(english_line))
        if len(filled_lines) == len(translated_lines):
            lines.update((line, runs) for line, runs in zip(filled_lines, translated_lines, strict=True) if line and runs != [line])
    return lines


def _sentence(words: PaperWords, sentence: str) -> str:
    """A sentence that fills a place of the letter; of a place that the letter does not have, nothing."""
    return words.say(sentence) if words.has(sentence) else ""


def _without_mark(line: str) -> str:
    return MARK.sub("", line, count=1).strip()


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


def _of_pupil(state: RequestState, words: PaperWords) -> dict[str, str]:
    pupil, from_pupil = state.pupil, state.case.capacity == Capacity.PUPIL
    if pupil is None:
        return {"full_name": "", "dob": "", "about_whom": ""}
    about_whom = " " + (_sentence(words, _ABOUT_YOU) if from_pupil else _sentence(words, _ABOUT).format(pupil=pupil.legal_name))
    return {"full_name": pupil.legal_name, "dob": show_date(pupil.dob), "about_whom": about_whom}


def _of_case(state: RequestState, words: PaperWords) -> dict[str, str]:
    case, from_pupil = state.case, state.case.capacity == Capacity.PUPIL
    subject = _sentence(words, _YOU) if from_pupil else state.pupil.legal_name if state.pupil else ""
    return {
        "requester": case.requester,
        "received": show_date(case.received),
        "ref": case.ref,
        "asked_for": _sentence(words, _ASKED_FOR[CaseKind(case.kind)]).format(whom=subject),
        "by_when": _by_when(state.clock, words),
        "extended_due": show_date(state.clock.extended_due) if state.clock.extended_due else "",
    }


def _by_when(clock: RequestClock, words: PaperWords) -> str:
    parts = []
    if clock.record_due and not clock.record_given:
        parts.append(_sentence(words, _RECORD_BY).format(day=show_date(clock.record_due)))
    if clock.month_due and not clock.still_since:
        parts.append(_sentence(words, _COPY_BY if parts else _ANSWER_BY).format(day=show_date(clock.month_due)))
    elif clock.still_since:
        parts.append(_sentence(words, _STANDS_STILL))
    return " ".join(parts)


def _of_decision(state: RequestState, words: PaperWords) -> Mapping[str, str]:
    decided, inquiry = last_of(state.events, RequestEventKind.DECIDED), last_of(state.events, RequestEventKind.LOOKED_INTO)
    outcome = decided.outcome if decided else None
    subject = decided.what if decided and decided.what else ""
    recipients = [event.what for event in state.events if event.kind == RequestEventKind.RECIPIENT_TOLD and event.what]
    told_sentence = _sentence(words, _TOLD).format(who=said_together(recipients, partial(_sentence, words))) if recipients else ""
    changed = _CHANGED.get(CaseKind(state.case.kind), "")
    return {
        "decided": _decided(CaseKind(state.case.kind), outcome, words),
        "reason": (decided.note if decided else None) or _("[Why]"),
        "found": (inquiry.note if inquiry else None) or _("[What we found]"),
        "told": told_sentence,
        "left_out": _left_out(state, words),
        "changed": changed.format(what=subject or _("[What it is about]")),
    }


def _decided(kind: CaseKind, outcome: str | None, words: PaperWords) -> str:
    if kind is CaseKind.COMPLAINT:
        return _sentence(words, _COMPLAINT[RequestOutcome(outcome)]) if outcome else _("[What we decided]")
    return _sentence(words, _DONE_IN_PART if outcome == RequestOutcome.PARTLY else _DONE)


def _left_out(state: RequestState, words: PaperWords) -> str:
    """What was left out, as far as it may be said."""
    codes = list(dict.fromkeys(code for code, _reason in state.exemptions))
    if not codes:
        return ""
    labels = [_sentence(words, code_words("exemption", code)) for code in codes if code and code not in _NOT_TOLD]
    head = _sentence(words, _LEFT_OUT)
    return "\n\n".join((head, "\n".join(f"- {label}" for label in labels))) if labels else head


_YOU, _ABOUT_YOU, _ABOUT = _("you"), _("about you"), _("about {pupil}")
_RECORD_BY, _COPY_BY = _("You will have the educational record by {day}."), _("You will have the copy by {day}.")
_ANSWER_BY = _("We will answer by {day}.")
_STANDS_STILL = _("We will answer within a month. Until you have told us what we asked you, that time stands still.")
_TOLD = _("We have told those whom we had given it to: {who}.")
_DONE, _DONE_IN_PART = _("We have done what you asked."), _("We have done a part of what you asked, and not all of it.")
_LEFT_OUT = _("We have left some things out, where the law lets us or makes us do so.")
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
_FILLS = {
    "about_whom": (_ABOUT_YOU, _ABOUT),
    "asked_for": (_YOU, *_ASKED_FOR.values()),
    "by_when": (_RECORD_BY, _COPY_BY, _ANSWER_BY, _STANDS_STILL),
    "told": (_TOLD, AND),
    "left_out": (_LEFT_OUT,),
}
"""By the place that they fill, the sentences of the rule."""
TO_RECIPIENT = "tell-recipient"
"""The letter that goes to no family."""


def papers() -> dict[str, FixedPaper]:
    """Every letter that may go to a family as a paper, by its code."""
    papers_by_code = {}
    for code, entry in codelist("request_letter").codes.items():
        if code != TO_RECIPIENT:
            file = ("requests", f"{code}.md")
            places = NAME.findall(rule_text("words", "en", *file))
            sentences = [sentence for place, sentences in _FILLS.items() if place in places for sentence in sentences]
            if "left_out" in places:
                sentences += [code_words("exemption", code) for code in codelist("exemption").codes if code not in _NOT_TOLD]
            if "decided" in places:
                sentences += _COMPLAINT.values() if code == _OF_COMPLAINT else (_DONE, _DONE_IN_PART)
            title = _("Letter about a request: {letter}").format(letter=entry.label)
            papers_by_code[code] = FixedPaper(f"request-letter-{code}", title, file, (REQUEST_HEAD, *sentences))
    return papers_by_code


_OF_COMPLAINT = "outcome-complaint"
