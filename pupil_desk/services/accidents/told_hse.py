"""That an accident was reported to HSE has its line in the log of disclosures, taken back with it.

The family may know: the law has it reported whatever anybody says. Source: SI 2013/1471, regulations 4 to 6 and schedule 1; sure: medium.
"""

from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.sharing.recipients import HSE, OTHER, register
from pupil_desk.domain.sharing.unit_recipients import is_named
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand, disclosures
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way

_WHAT = ("identity", "contact-details", "accidents")


def follow(work: Work, old: Any | None, new: Any | None) -> None:
    """Within the transaction in which a record becomes another: of an accident, keep that HSE was told, or strike that out.

    ``old`` is None of one that is added or put back, ``new`` of one that is taken away. Of another kind of record nothing is done.
    """
    if not isinstance(new or old, Accident):
        return
    told_before, told_now = (accident.reported_on if accident is not None else None for accident in (old, new))
    if told_before == told_now:
        return
    if old is not None and told_before is not None:
        disclosures.take_back(work, old.id, _("The day of the report was taken out of the accident book, or changed"))
    if new is not None and told_now is not None:
        by_hand.keep_step(work, _entry(work.desk, new), new.id)


def _entry(desk: Desk, accident: Accident) -> ByHand:
    """To whom the law has it reported, though the notice of a unit that keeps no book here any more does not name them."""
    assert accident.reported_on is not None
    recipient = register()[HSE]
    as_named = is_named(recipient, desk.settings)
    return ByHand(
        pupil_id=accident.pupil_id,
        to=HSE if as_named else OTHER,
        recipient="" if as_named else recipient.label,
        kinds=_WHAT,
        purpose=recipient.purpose.capitalize(),
        basis=by_hand.LEGAL_OBLIGATION,
        law="" if as_named else _("SI 2013/1471"),
        way=Way.NOT_RECORDED,
        on=accident.reported_on,
        may_know=True,
    )
