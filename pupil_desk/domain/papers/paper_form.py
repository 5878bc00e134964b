"""Forms that go out on paper and come back: what is known of each, and which answer its boxes propose. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_FORM = Facts(Section.PAPERS, Category.PAPERS, Purpose.CONTACT, Basis.PUBLIC_TASK, retention="paper")

TICKED_FROM = 0.16
"""The share of a box that is inked from which it is proposed as ticked: what a cross or a tick over a tenth of the box comes to when it is scanned."""
EMPTY_UP_TO = 0.03
"""The share up to which a box is proposed as empty: dust and a scanner's noise. Between the two the person is asked."""


class FormStep(StrEnum):
    """What came of a form."""

    BACK = "back"
    NOT_BACK = "not-back"
    GIVEN_UP = "given-up"
    REPLACED = "replaced"
    LOOKED_FOR = "looked-for"


class Aside(StrEnum):
    """Why a scanned page is set aside for a person."""

    DOUBLE = "double"
    FOREIGN = "foreign"
    UNREAD = "unread"
    TWO = "two"
    MISPLACED = "misplaced"
    UNDRAWN = "undrawn"
    BY_HAND = "by-hand"

    @property
    def words(self) -> str:
        """The same for people."""
        return _WHY[self]


_WHY: Mapping[Aside, str] = {
    Aside.DOUBLE: _("This page came back already"),
    Aside.FOREIGN: _("Its code is not of this file: a form of another unit, or printed from another copy"),
    Aside.UNREAD: _("No code could be read on it"),
    Aside.TWO: _("It shows the codes of two forms: two sheets went through the scanner together"),
    Aside.MISPLACED: _("Its codes are not where they were printed"),
    Aside.UNDRAWN: _("The page in the file is damaged, and shows nothing"),
    Aside.BY_HAND: _("Set aside by a person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """One form that was printed. Never edited. ``questions`` is JSON, ``printing`` the same for all printed together.

    ``language`` is that in which it was put beside the English, ``translation`` the version of the translation; None where it went in English alone.
    """

    id: str = ""
    pupil_id: str = ""
    printing: str = ""
    form_kind: str = ""
    subject: str = ""
    title: str = item(_("Form"), Kind.NAME, facts=_FORM, required=True, longest=255)
    asked: str = item(_("Who was asked"), Kind.NAME, facts=_FORM, required=True, longest=255)
    wording: str = item(_("What it asked"), Kind.LINES, facts=_FORM, required=True)
    questions: str = ""
    language: str = "en"
    translation: str | None = None
    variant: str = "standard"
    on: date = item(_("Printed on"), Kind.DATE, facts=_FORM, required=True)


class BoxReading(StrEnum):
    """How sure the boxes of a question are: one ticked, none, or a person has to look."""

    TICKED = "ticked"
    EMPTY = "empty"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """What the boxes of one question say. ``answer`` is the key of the box, None where none is ticked or it has to be asked."""

    read: BoxReading
    answer: str | None = None


def propose_answer(answers: Sequence[str], inked: Mapping[str, float | None]) -> AnswerProposal:
    """The answer of a question by how much of each of its boxes is inked; None, or no entry, for a box that was not seen for certain."""
    shares = [inked.get(key) for key in answers]
    if any(share is None for share in shares):
        return AnswerProposal(BoxReading.ASK)
    known_shares = [share for share in shares if share is not None]
    ticked = [key for key, share in zip(answers, known_shares, strict=True) if share >= TICKED_FROM]
    if any(EMPTY_UP_TO < share < TICKED_FROM for share in known_shares) or len(ticked) > 1:
        return AnswerProposal(BoxReading.ASK)
    return AnswerProposal(BoxReading.TICKED, ticked[0]) if ticked else AnswerProposal(BoxReading.EMPTY)


def standing_form_steps(steps: Sequence[str]) -> list[str]:
    """The steps of a form in order, without those that say that it is back where that was undone."""
    standing: list[str] = []
    for step in steps:
        if step == FormStep.NOT_BACK:
            standing.remove(FormStep.BACK)
        else:
            standing.append(step)
    return standing


def is_out(steps: Sequence[str]) -> bool:
    """Whether a form is still waited for, by its steps in order."""
    return FormStep.BACK not in steps and (not steps or steps[-1] == FormStep.LOOKED_FOR)


def is_given_up(steps: Sequence[str]) -> bool:
    """Whether a form is not waited for any more as somebody said so, by its steps in order."""
    return FormStep.BACK not in steps and bool(steps) and steps[-1] == FormStep.GIVEN_UP
