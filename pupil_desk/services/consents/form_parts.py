"""The words of a consent's form with their places still open, and its questions with their boxes; of a type as it is, or in another language."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import OF_MEDICINE, REQUEST, ConsentType, fill_places
from pupil_desk.services.consents import wrong_medicines

YES, NO = "yes", "no"
ONE = "answer"
"""The key of the one question of a type without uses."""


@dataclass(frozen=True, slots=True)
class ConsentFormQuestion:
    """One question of a form: its key, its words, and its boxes as key and words; ``hint`` is for whoever confirms it (``kind.FormQuestion``)."""

    key: str
    words: str
    boxes: tuple[tuple[str, str], ...]
    hint: str = ""


def intro_words(consent_type: ConsentType, *, to_pupil: bool, easy: bool = False) -> str:
    """What a form explains, with its places still open; ``to_pupil``: to a pupil who signs, who is spoken to as «you»."""
    standard = consent_type.own_intro if to_pupil and consent_type.own_intro else consent_type.intro
    return ((consent_type.easy_own_intro if to_pupil else None) or consent_type.easy_intro or standard) if easy else standard


def box_words(consent_type: ConsentType, *, to_pupil: bool, easy: bool = False) -> tuple[str, str]:
    """What the two boxes of a question say, yes and no, with their places still open; ``to_pupil``: to a pupil who signs."""
    if easy:
        yes, no = (consent_type.easy_own_yes, consent_type.easy_own_no) if to_pupil else (None, None)
        return yes or consent_type.easy_yes or consent_type.yes, no or consent_type.easy_no or consent_type.no
    yes, no = (consent_type.own_yes, consent_type.own_no) if to_pupil else (None, None)
    return yes or consent_type.yes, no or consent_type.no


def lead_words(consent_type: ConsentType, *, to_pupil: bool, easy: bool = False) -> str:
    """What a form asks, with its places still open."""
    lead = (consent_type.easy_own_question if to_pupil else consent_type.easy_question) if easy else None
    return lead or (consent_type.own_question if to_pupil else consent_type.question)


def questions_of(consent_type: ConsentType, medicines: Sequence[Medicine], yes: str, no: str) -> tuple[ConsentFormQuestion, ...]:
    """The questions. What lets a pupil take part comes first on every form: of a request to be left out that is the no."""
    boxes = ((NO, no), (YES, yes)) if consent_type.basis == REQUEST else ((YES, yes), (NO, no))
    if consent_type.per == OF_MEDICINE:
        return tuple(
            ConsentFormQuestion(medicine.id, _medicine_words(medicine), boxes, wrong_medicines.CORRECTED) for medicine in medicines
        )
    uses = tuple(
        ConsentFormQuestion(use.key, use.words, tuple((key, _of_use(words, use.words)) for key, words in boxes))
        for use in consent_type.use_list
    )
    return uses or (ConsentFormQuestion(ONE, "", boxes),)


def _medicine_words(medicine: Medicine) -> str:
    words = _("{name}: {dose}, {taken}").format(name=medicine.name, dose=medicine.dose, taken=begun_small(medicine.taken))
    return _("{words} (we have it here: {place})").format(words=words, place=begun_small(medicine.stored)) if medicine.stored else words


def _of_use(words: str, use: str) -> str:
    """A box's sentence for one use; words that leave no place for it name it behind."""
    return fill_places(words, {"use": use}) if "{use}" in words else _("{words} ({use})").format(words=words, use=use)
