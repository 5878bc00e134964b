"""Boxes on a paper that prints a medicine a family has agreed to, to say that it is wrong as it is printed: it is not given until it is agreed to anew.

The word is kept as a no to that medicine, of whoever signs: an agreement is to the dose and time that were named (``domain.consents.rule``). No source
fixes what holds between a correction and the talk about it: that nothing is given of which the dose is in doubt, unless 999 says so, is our own caution.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import REFUSED
from pupil_desk.domain.consents.rule import pupil_decides
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import recording, standings, types
from pupil_desk.services.consents.recording import CheckedEntry, ConsentEntry
from pupil_desk.services.desk import Desk

MEDICINES = "medicines"
"""The type of consent to a medicine."""
WRONG = "wrong"
"""The one answer of such a box."""
ASKS = _("For a medicine that is wrong as it is printed")
"""What such a box answers, where it is confirmed."""
HINT = _("Choose it too where something written on the page says that the printed medicine is wrong.")
"""What whoever confirms the form does by what is written: the box promises it."""
CORRECTED = _(
    "Is this medicine corrected in writing on the form? Then choose no: a correction is a no to what is printed, whatever is ticked."
)
"""The same of a form that asks for a yes to a medicine (``documents.papers.consent_form``)."""
_KEY = "medicine-"


@dataclass(frozen=True, slots=True)
class WrongBox:
    """One box: the question it answers, and what ticking it means."""

    question: str
    words: str


def agreed(desk: Desk, pupil_id: str) -> list[Medicine]:
    """The medicines to which there is a yes."""
    return [row.medicine for row in standings.of_pupil(desk, pupil_id) if row.medicine is not None and row.verdict.in_force]


def may_agree(desk: Desk, letter: Letter) -> bool:
    """Whether whoever signs agrees to medicines: the pupil who decides alone, else a parent."""
    consent_type = types.type_named(desk, MEDICINES)
    return pupil_decides(consent_type, standings.case_of(desk, letter.pupil.id, consent_type), desk.today) != bool(letter.contacts)


def boxes(desk: Desk, letter: Letter) -> tuple[WrongBox, ...]:
    """A box for each medicine that is agreed to, where whoever signs may say no to it; none for a parent of a pupil who decides alone."""
    if not may_agree(desk, letter):
        return ()
    words = _(
        "{medicine}, as printed above, is wrong or has changed. (If you tick this, or write anywhere here that it is wrong, signed or not, we do not give it, at the unit or on a trip, unless 999 tells us to, until you agree to what is right on its own form.)"
    )
    return tuple(WrongBox(f"{_KEY}{medicine.id}", words.format(medicine=medicine.name)) for medicine in agreed(desk, letter.pupil.id))


def effect(forename: str, *, agreed: bool, has_boxes: bool) -> str:
    """What it does to write that a printed medicine is wrong, where no box says so (``has_boxes``), as a sentence: the pupil alone decides."""
    if has_boxes or not agreed:
        return ""
    return _("A medicine printed here as agreed is given as printed until {name} tells us that it is wrong.").format(name=forename)


def is_wrong_box(question: str) -> bool:
    """Whether a question of a form is such a box."""
    return question.startswith(_KEY)


def ready(
    desk: Desk, answers: Mapping[str, str], *, pupil_id: str, giver_id: str | None, day: date, evidence: str | None, language: str
) -> Sequence[CheckedEntry]:
    """What the ticked boxes of a form say, looked up and checked; a medicine that is no longer on file is passed over."""
    agreed_now = {medicine.id for medicine in agreed(desk, pupil_id)}
    ids = [key.removeprefix(_KEY) for key, answer in answers.items() if is_wrong_box(key) and answer == WRONG]
    return [
        recording.ready(
            desk,
            ConsentEntry(
                pupil_id=pupil_id,
                consent_type=MEDICINES,
                step=REFUSED,
                giver=giver_id or PUPIL,
                day=day,
                channel="form",
                medicine_id=medicine_id,
                evidence=evidence,
                language=language,
                note=_("Ticked on a form: wrong as it is printed."),
            ),
        )
        for medicine_id in ids
        if medicine_id in agreed_now
    ]
