"""That the authority was told of an incident has its line in the log of disclosures, taken back with it.

The family is told of its own child, which is no disclosure to others. The family may know of it, save where the report is withheld.
Source: Education and Inspections Act 2006 section 93A; sure: medium (``resources/incidents/duties.toml``).
"""

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import EMAIL, IncidentCase, IncidentEvent, IncidentEventKind
from pupil_desk.domain.sharing.recipients import AUTHORITY, OTHER, register
from pupil_desk.domain.sharing.unit_recipients import is_named
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import by_hand, disclosures, on_paper
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way

_WHAT = ("identity", "incidents")
_WAYS = {EMAIL: Way.EMAIL, "hand": Way.LETTER, "post": Way.LETTER}  # by the codes of the ways to tell


def follow(work: Work, case: IncidentCase, event: IncidentEvent) -> None:
    """Within the transaction of a step: enter that the authority was told, or strike that out where it is taken back. Raises WrongUse."""
    if event.kind != IncidentEventKind.TOLD_AUTHORITY:
        return
    told = case.last(IncidentEventKind.TOLD_AUTHORITY)
    if not event.done:
        if told is not None:
            disclosures.take_back(work, told.id, _("The step of the incident was taken back"))
        return
    by_hand.keep_step(work, _entry(work.desk, case, event), event.id)


def _entry(desk: Desk, case: IncidentCase, event: IncidentEvent) -> ByHand:
    is_named_there = is_named(register()[AUTHORITY], desk.settings)
    withheld = any(
        event_kept.kind == IncidentEventKind.WITHHELD and case.last(event_kept.kind, event_kept.contact_id) is event_kept
        for event_kept in case.events
    )
    return ByHand(
        pupil_id=event.pupil_id,
        to=AUTHORITY if is_named_there else OTHER,
        recipient="" if is_named_there else _("Local authority"),
        kinds=_WHAT,
        purpose=_("To tell of an intervention of which no parent can be told"),
        basis=by_hand.LEGAL_OBLIGATION,
        law=on_paper.INCIDENT_REPORT.law,
        way=_WAYS.get(event.way or "", Way.NOT_RECORDED),
        on=event.on,
        may_know=not withheld,
        kept_because=_("The report is withheld: it would put the pupil at risk of significant harm") if withheld else "",
    )
