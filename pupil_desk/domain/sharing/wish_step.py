"""What was done about a wish that is no answer: somebody was asked or reminded, was told that the right has passed, two words were settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item

_STEP = Facts(Section.SHARING, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure")

ASKED, REMINDED, PASSED, SETTLED, TAKEN_BACK = "asked", "reminded", "passed", "settled", "taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishStep:
    """One step: an event, never edited. One entered by mistake is taken back by a further one, which ``corrects`` it, with the reason.

    ``contact_id`` is who was asked, None for the pupil; ``recipient`` whom the wish is about, None for all. ``choice`` and
    ``settlement`` are those of a settled contradiction, ``settled_after`` the number (``Choice.seq``) of the last choice on file then. ``evidence_id`` is a paper kept, ``form_id`` a printed form.
    """

    id: str = ""
    pupil_id: str = ""
    contact_id: str | None = None
    seq: int = 0
    step: str = item(_("What was done"), Kind.CODE, codes="wish_step", facts=_STEP, required=True)
    recipient: str | None = item(_("About sharing with"), Kind.CODE, codes="choice_recipient", facts=_STEP)
    by: str = item(_("Whose choice it was"), Kind.CODE, codes="capacity", facts=_STEP, required=True)
    asked: str | None = item(_("Who was asked or told"), Kind.NAME, facts=_STEP)
    on: date = item(_("Done on"), Kind.DATE, facts=_STEP, required=True)
    channel: str | None = item(_("How it was done"), Kind.CODE, codes="channel", facts=_STEP)
    choice: str | None = item(_("What holds"), Kind.CODE, codes="choice", facts=_STEP)
    settlement: str | None = item(_("How it was settled"), Kind.CODE, codes="settlement", facts=_STEP)
    note: str | None = item(_("Remark"), Kind.LINES, facts=_STEP)
    settled_after: int | None = None
    corrects: str | None = None
    wording_id: str | None = None
    form_id: str | None = None
    evidence_id: str | None = None


def standing_steps(steps: Iterable[WishStep]) -> list[WishStep]:
    """The steps that count, in the order of the days on which they were done: those taken back, and their taking back, are left out."""
    steps = list(steps)
    corrected = {step.corrects for step in steps if step.step == TAKEN_BACK}
    standing = (step for step in steps if step.step != TAKEN_BACK and step.id not in corrected)
    return sorted(standing, key=lambda step: (step.on, step.seq))
