"""The review of a decision: what the committee and the panel decided, each a further event, never written over."""

import dataclasses

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.suspensions.review import check_review_event
from pupil_desk.domain.suspensions.suspension import SuspensionEvent, SuspensionEventKind, check_event, tidy_time
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import decisions


def record(desk: Desk, event: SuspensionEvent) -> Changed:
    """Record what the review of a decision came to, or, not ``done``, take back what was recorded last.

    That the committee upheld a decision says too that it has considered it. Raises Refused, NotAllowed, WrongUse.
    """
    desk.require(Action.SUSPEND, "pupil", event.pupil_id)
    cases = decisions.overview(desk, event.pupil_id).cases
    case = next((candidate for candidate in cases if candidate.suspension.decision == event.decision), None)
    if case is None:
        raise WrongUse(_("That suspension is not on file. Open the pupil again."))
    event = tidied(event, desk.today)
    event = dataclasses.replace(event, note=tidy(event.note or "") or None, time=event.time or None)
    refuse((*problems_of(event, desk.today), *check_event(event, desk.today), *check_review_event(case, event, desk.today)))
    event = dataclasses.replace(event, time=tidy_time(event.time) if event.time else None)
    with desk.act(Action.SUSPEND, "pupil", event.pupil_id, f"suspension: {event.kind}") as work:
        if event.kind == SuspensionEventKind.BOARD_UPHELD and event.done and not case.step(SuspensionEventKind.BOARD_MET):
            decisions.keep_event(work, case, dataclasses.replace(event, kind=SuspensionEventKind.BOARD_MET, note=None))
        decisions.keep_event(work, case, event)
    return Changed.of("suspension", ids=(event.pupil_id,))
