"""What a kind of form says of itself: whom it asks and what, and how a confirmed answer is kept.

A kind is one file in this folder and its line in ``kinds.KINDS``. Printing, finding the pages again, reading the boxes and asking
the person are the same for all kinds, and know none by name.

What every form for a family says of coming back: by when, and whom to tell of a change of mind, with the unit's telephone and e-mail.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.sharing_form import LATE
from pupil_desk.documents.prose import Say, as_it_is
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.details_check import WrittenBeside
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures.on_paper import Tells
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices.notice_text import NOBODY_NAMED, filling_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars


class Variant(StrEnum):
    """How a form is laid out: as usual, in large print, or in easy words."""

    STANDARD = "standard"
    LARGE = "large"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One box of a question: its key, unique within the question, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of a form. At most one of its boxes is to be ticked. ``key`` is unique within the form.

    A question with a single box need not be answered: an empty box says no more than that it was not ticked. ``hint`` tells whoever confirms
    the form what to choose by what is written on it, as the form says; it is not printed.
    """

    key: str
    words: str
    answers: tuple[FormAnswer, ...]
    hint: str = ""

    @property
    def may_be_empty(self) -> bool:
        """Whether a form is clear where none of its boxes is ticked."""
        return len(self.answers) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToPrint:
    """One form for one household, or for the pupil. ``subject`` names what within its kind it is about (a consent type, an edition).

    ``story`` is one page of blocks without its code; a box in it that answers a question is ``TickRow(key="question/answer")``.
    ``wording`` is what is asked, in the words shown, to be kept with the answer. ``tells`` is what the log of disclosures says of it.
    ``leaf`` is the same in the ``language`` of the household (a code), on a page of its own beside the English one, which alone is ticked, signed and read back;
    ``translation`` is which version of the translation it is, ``lang`` its code with the script it is written in;
    ``in_english_because`` says as a sentence goes on why there is none, though somebody would like it in another language.
    """

    kind: str
    subject: str
    letter: Letter
    questions: tuple[FormQuestion, ...]
    story: Sequence[Block]
    title: str
    file_stem: str
    tells: Tells
    variant: Variant = Variant.STANDARD
    language: str = "en"
    leaf: Sequence[Block] = ()
    translation: str | None = None
    lang: str = ""
    in_english_because: str = ""

    @property
    def pupil(self) -> Pupil:
        """Whom the form is about."""
        return self.letter.pupil

    @property
    def contact_ids(self) -> tuple[str, ...]:
        """Who is asked; empty for the pupil."""
        return tuple(contact.id for contact in self.letter.contacts)

    @property
    def wording(self) -> str:
        """The questions and their boxes, a line each."""
        return "\n".join(
            line for question in self.questions for line in (question.words, *(f"- {answer.words}" for answer in question.answers))
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """The forms of one kind for chosen pupils, and who gets none, with the reason."""

    forms: tuple[FormToPrint, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReply:
    """A form that came back, as a person confirmed it.

    ``form_id`` is the form on file, ``contact_ids`` who was asked (empty: the pupil), ``answers`` question to answer, a question
    without one left out. ``giver_id`` is the contact who signed, None for the pupil; who was asked where nobody signed (``is_signed`` false), and then only what
    stops something counts. ``evidence`` is the identity of the paper kept, ``translation`` the version of the translation that went with it on a page.
    ``handwriting`` is what was typed of what stands on a data-check slip by hand.
    """

    form_id: str
    kind: str
    subject: str
    pupil_id: str
    contact_ids: tuple[str, ...]
    wording: str
    language: str
    answers: Mapping[str, str]
    giver_id: str | None
    signed_on: date
    is_signed: bool = True
    evidence: str | None = None
    translation: str | None = None
    handwriting: WrittenBeside = WrittenBeside()

    @property
    def unsigned_problem(self) -> Problem:
        """That nobody signed, and nothing is left to be kept."""
        return Problem(
            "giver",
            "not_signed",
            _("Nobody has signed it, and nothing ticked on it counts without a signature. Set the page aside, and ask the family."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """A form that was printed: the form as it was asked for, and ``form_id``, the form on file. ``day`` is when."""

    form: FormToPrint
    form_id: str
    day: date


class FormKind(Protocol):
    """One kind of form. ``name`` is what the command line calls it, or its family of names by ``subjects``.

    ``action`` is what a role must include to keep an answer that came back on a signed form.
    """

    name: str
    title: str
    action: Action

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """What forms of this kind can be about, by subject, in words; one entry with the empty subject where there is but one."""
        return {"": self.title}

    def printed_as(self, desk: Desk, subject: str) -> str:
        """Which of the ``subjects`` a form on file is printed anew as: mostly its own. One that is not among them is printed no more."""
        return subject

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils on roll of whom an answer is missing."""

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """The forms for these pupils."""

    def keep_asked(self, work: Work, printed_forms: Sequence[PrintedForm]) -> frozenset[str]:
        """Within the transaction that keeps these forms as printed: keep that they were asked, where the forms on file do not say it;
        the kinds of record changed."""
        return frozenset()

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """What stands against keeping the answer: who signed may not give it, a question without an answer."""

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """Within a transaction of ``action``: keep a confirmed answer without problems; the kinds of record changed, for ``Changed``."""


def reply_by(desk: Desk) -> date:
    """The day after which the unit reminds of a form that is printed today (the setting «Remind of a form not returned after»)."""
    return calendars.school_calendar(desk.vault).school_days_or_weekdays_after(desk.today, desk.settings.reminder_days)


def late(*, is_trip: bool = False, until: date | None = None) -> str:
    """What an answer does that comes after the day to reply by: that day reminds, and ends nothing. ``until`` is the last day of what is asked about."""
    if until is not None and not is_trip:
        return _("A later answer counts too, until {day}.").format(day=show_date(until))
    return _("A later answer counts too, until the trip begins.") if is_trip else LATE


def return_to(desk: Desk, contact: str = "choices_contact", say: Say = as_it_is) -> str:
    """Whom a form goes back to, with the unit's address. ``contact`` names which of the notice's people it is; ``say`` says in another language who, where nobody is named."""
    return ", ".join([_person(desk, contact, say), *desk.settings.name_and_address])


def whom_to_tell(desk: Desk, contact: str = "choices_contact", say: Say = as_it_is) -> str:
    """The same person with the telephone and the e-mail of the unit, as far as they are in its settings."""
    person = _person(desk, contact, say)
    reach = ", ".join(
        part for part in (desk.settings.phone, desk.settings.email) if part
    )  # no word that a translated page would have in English
    return _("{person} ({reach})").format(person=person.replace(" (", ", ").replace(")", ""), reach=reach) if reach else person


def _person(desk: Desk, contact: str, say: Say) -> str:
    name = str(filling_of(desk.settings, desk.today, desk.schedule)[contact])
    return say(name) if name == NOBODY_NAMED else name
