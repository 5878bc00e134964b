"""Each step of a suspension that says that somebody outside the unit was told has its line in the log of disclosures, taken back with it.

The family is told of its own child, and the committee or board is of the unit: neither is a disclosure to others.
Source: SI 2012/1033, regulations 5, 14 and 23 (the authority; since SI 2022/788 the social worker and the virtual school head too), read in extracts;
sure: medium. A unit that this law does not cover tells those whom its notice names, as its public task; sure: medium.
"""

from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.recipients import AUTHORITY, MAIN_SCHOOL, OTHER, SOCIAL_CARE, VIRTUAL_SCHOOL, register
from pupil_desk.domain.sharing.unit_recipients import is_named
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.kind import UnitKind, kind_of
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand, disclosures, on_paper
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way

_WHAT = ("identity", "suspensions")


def follow(work: Work, case: SuspensionCase, event: SuspensionEvent) -> None:
    """Within the transaction of a step: enter whom it says was told, or strike that out where the step is taken back.

    ``case`` is as it was before. The family may know: the law orders it whatever the case, and the letter says it of the authority and the
    social worker. Raises WrongUse for one whom neither a law nor the notice names.
    """
    kind = SuspensionEventKind(event.kind)
    if kind not in _CALLED:
        return
    ticked = case.step(kind)
    if not event.done:
        if ticked is not None:
            disclosures.take_back(work, ticked.id, _("The step of the suspension was taken back"))
        return
    by_hand.keep_step(work, _entry(work.desk, kind, event), event.id)


def _entry(desk: Desk, kind: SuspensionEventKind, event: SuspensionEvent) -> ByHand:
    """To whom the law has it told, though the notice names none of that kind: on the ground that it is the law."""
    unit_kind = kind_of(desk.settings.kind)
    name = _recipient_of(kind, unit_kind)
    by_law = unit_kind.reviews
    as_named = not by_law or is_named(register()[name], desk.settings)
    return ByHand(
        pupil_id=event.pupil_id,
        to=name if as_named else OTHER,
        recipient="" if as_named else _CALLED[kind],
        kinds=_WHAT,
        purpose=_("To tell of a suspension or exclusion without delay"),
        basis=by_hand.LEGAL_OBLIGATION if by_law else by_hand.PUBLIC_TASK,
        law=on_paper.SUSPENSION_LETTER.law if by_law else "",
        way=Way.NOT_RECORDED,
        on=event.on,
        may_know=True,
    )


def _recipient_of(kind: SuspensionEventKind, unit_kind: UnitKind) -> str:
    """By name in the register; a unit that the law does not cover tells whoever placed the pupil (``steps``)."""
    if kind is SuspensionEventKind.TOLD_LA:
        return AUTHORITY if unit_kind.reviews else MAIN_SCHOOL
    return SOCIAL_CARE if kind is SuspensionEventKind.TOLD_SOCIAL_WORKER else VIRTUAL_SCHOOL


_CALLED = {
    SuspensionEventKind.TOLD_LA: _("Local authority"),
    SuspensionEventKind.TOLD_SOCIAL_WORKER: _("Social worker"),
    SuspensionEventKind.TOLD_VIRTUAL_HEAD: _("Virtual school head"),
}
"""Who was told by which step, as the log calls them where the register has nobody of that kind for this unit."""
