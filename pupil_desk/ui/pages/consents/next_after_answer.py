"""The one next step after an answer about a consent is recorded, in words and with the way there."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.attachments import photographs
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.next_for_pupil import act_for
from pupil_desk.ui.kit.talk.next_act import Act


def next_after_answer(
    context: Context, pupil: Pupil, rows: Sequence[PupilConsent], record: Callable[[str], object]
) -> tuple[str, Act] | None:
    """A photograph without its yes comes off the record; else whoever has still to speak of a consent that was asked for is heard, which ``record``
    leads to; else what is next for the pupil. None where there is nothing."""
    if photographs.held(context.desk, pupil.id, rows).must_go:
        words = _("Take the photograph off the record: the consent to it has ended.")
        return words, (_("Open the record"), partial(context.go, "pupils", pupil.id))
    waiting = next((row for row in rows if row.verdict.missing and row.verdict.standing is not ConsentStatus.NOT_ASKED), None)
    if waiting is None:
        return act_for(context, pupil.id)
    words = _("{consent}. {why}").format(consent=waiting.short_title, why=waiting.verdict.reason)
    return words, (_("Record the answer"), partial(record, waiting.id))
