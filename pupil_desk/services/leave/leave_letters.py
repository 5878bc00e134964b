"""The letter about a decision on leave: to the household of who asked, or to the pupil past compulsory school age who did, and to no other, for it answers a request.

It says what was decided and why, how the register will have it, and what may follow where the pupil is away without leave.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.envelope import ABOUT, Envelope
from pupil_desk.documents.papers.letters import letter_in_parts
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.leave.leave_request import LeaveDecision, LeaveRequest, leave_codes
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.leaving import of_compulsory_age
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.penalty import penalty_rule
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.leave import leave_words, recording
from pupil_desk.services.leave.recording import asker_of, is_called
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.fixed_papers import PaperWords
from pupil_desk.services.translations.given import household_paper
from pupil_desk.store.tables import contacts

_GIVEN, _NOT_GIVEN, _PENALTY = "The days for which leave is given", "The days for which it is not given", "What may follow"


def letters(desk: Desk, entry_id: str) -> Iterator[HouseholdPaper]:
    """The letter, one for each household that it goes to; none to one under an order. Raises NotAllowed, and WrongUse where nothing was decided."""
    request = recording.counting(desk, entry_id)
    desk.require(Action.PRINT_FORM, "pupil", request.pupil_id)
    if request.outcome is None or request.outcome == LeaveDecision.WITHDRAWN:
        raise WrongUse(_("There is no decision to write of. Enter what was decided, and save it."))
    if request.granted is not None and request.granted[0] < request.received_on:
        words = _("Leave cannot be given for days before the request was received. Choose leave for some of the days, and enter which.")
        raise WrongUse(words)
    for number, letter in enumerate(_households(desk, request), start=1):
        file_stem = f"leave-letter-{letter.pupil.ref}-{number}"
        paper = leave_words.LETTER if letter.contacts else leave_words.LETTER_TO_PUPIL
        yield household_paper(desk, paper, letter, file_stem, partial(_story, desk, request, letter))


def _story(desk: Desk, request: LeaveRequest, letter: Letter, words: PaperWords) -> list[Block]:
    signer = request.decided_by or desk.settings.head or words.say(leave_words.THE_HEAD)
    return letter_in_parts(
        words.prose(_left_out(desk, request, letter.pupil)),
        _filling(desk, request, letter.pupil.preferred_forename or letter.pupil.forename, words),
        Envelope.of(letter, desk.settings, desk.today),
        signer=signer,
        role=words.say(leave_words.HEAD) if signer == desk.settings.head else "",
        about=words.say(ABOUT),
    )


def log_print(desk: Desk, entry_id: str, paper: HouseholdPaper) -> None:
    """Log that a letter about a request was printed, and what it tells to whom, in which language."""
    request = recording.counting(desk, entry_id)
    with desk.act(Action.PRINT_FORM, "pupil", request.pupil_id, on_paper.in_languages("leave-letter", [paper.language])) as work:
        on_paper.keep(work, on_paper.LEAVE_LETTER, [paper.letter], language=paper.language)


def _households(desk: Desk, request: LeaveRequest) -> list[Letter]:
    """The household of who asked, or the pupil past compulsory school age who did. Raises WrongUse where nobody on file is called so, or no letter may go there: another parent is not told instead."""
    pupil = pupil_of(desk.vault, request.pupil_id)
    if not of_compulsory_age(pupil.dob, request.first_day) and is_called(pupil, request.asked_by):
        return _own_letter(desk, pupil)
    asker = asker_of(contacts.of_pupil(desk.vault, request.pupil_id), request.asked_by)
    if asker is None:
        words = _(
            "No contact, or more than one, is called “{name}”. Enter who asked by the whole name of a contact: the letter goes there."
        )
        raise WrongUse(words.format(name=request.asked_by))
    addressed = notices.letters_of(desk, request.pupil_id, carers=True)
    letters = [letter for letter in addressed.letters if any(contact.id == asker.id for contact in letter.contacts)]
    if not letters:
        reasons = {contact.id: why for contact, why in addressed.left_out}
        reason = reasons.get(asker.id, _("no parental responsibility or care, or no address on file"))
        raise WrongUse(_("No letter goes to {name}: {reason}.").format(name=asker.full_name, reason=reason))
    return letters


def _own_letter(desk: Desk, pupil: Pupil) -> list[Letter]:
    """The letter of a pupil past compulsory school age who asked in person. Raises WrongUse without an address."""
    letters = [letter for letter in notices.letters_of(desk, pupil.id).letters if not letter.contacts and letter.address]
    if not letters:
        raise WrongUse(_("No letter goes to {name}: {reason}.").format(name=pupil.full_name, reason=_("no address on file")))
    return letters


def _left_out(desk: Desk, request: LeaveRequest, pupil: Pupil) -> list[str]:
    """The headings of the parts that this decision does not call for."""
    everything = request.outcome == LeaveDecision.GRANTED
    asks_penalty = not everything and desk.settings.kind not in penalty_rule().outside and of_compulsory_age(pupil.dob, request.first_day)
    calls_for = {_GIVEN: request.granted is not None, _NOT_GIVEN: not everything, _PENALTY: asks_penalty}
    return [heading for heading, is_called_for in calls_for.items() if not is_called_for]


def _filling(desk: Desk, request: LeaveRequest, forename: str, words: PaperWords) -> dict[str, Filling]:
    granted, rule, codes = request.granted or (request.first_day, request.last_day), penalty_rule(), leave_codes(request.purpose)
    decided_because = request.decision_reason
    return {
        "pupil": forename,
        "unit": desk.settings.name,
        "received": show_date(request.received_on),
        "asked": _span(request.first_day, request.last_day, words),
        "purpose": words.code("leave_purpose", request.purpose),
        "decided": words.say(leave_words.DECIDED[LeaveDecision(request.outcome or "")]),
        "reason": words.say(leave_words.REASON).format(reason=decided_because) if decided_because else "",
        "given": _span(*granted, words),
        "given_code": codes.given,
        "not_given": words.say(leave_words.OTHER_DAYS if request.granted is not None else leave_words.THESE_DAYS),
        "not_given_code": codes.not_given,
        "sessions": str(rule.sessions),
        "weeks": str(rule.weeks),
        "reach": _reach(desk, words),
    }


def _reach(desk: Desk, words: PaperWords) -> str:
    phone, email = desk.settings.phone, desk.settings.email
    if phone and email:
        return words.say(leave_words.EITHER).format(phone=phone, email=email)
    return phone or email or words.say(leave_words.OFFICE)


def _span(first: date, last: date, words: PaperWords) -> str:
    return show_date(first) if first == last else words.say(leave_words.SPAN).format(first=show_date(first), last=show_date(last))
