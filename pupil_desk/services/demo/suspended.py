"""Two invented suspensions of the training unit: one that begins on the next school day, and lunchtimes that were served."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.suspensions import decisions, reviews
from pupil_desk.services.unit.calendars import school_calendar

_WEEKS_BACK = 14  # days in which two lunchtimes are looked for


def suspend(desk: Desk, people: Sequence[Invented]) -> None:
    """Decide them for the last two on roll; none where the calendar has no term about today."""
    on_roll = [person.pupil for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None]
    calendar, today = school_calendar(desk.vault), desk.today
    coming = list(islice(calendar.halves_from(today + timedelta(days=1)), 4))
    past = calendar.school_days(today - timedelta(days=_WEEKS_BACK), today - timedelta(days=1))[-2:]
    if len(on_roll) < 2 or len(coming) < 4 or len(past) < 2:
        return
    first, second = on_roll[-2:]
    decisions.decide(
        desk,
        Suspension(
            pupil_id=first.id,
            category="SUSP",
            start=coming[0][0],
            session="AM",
            sessions=4,
            reason_1="VA",
            reason_2="DM",
            circumstances="There was shouting at two members of staff, and a window was broken.",
            decided_by=desk.settings.head,
        ),
    )
    decisions.decide(
        desk,
        Suspension(
            pupil_id=second.id, category="LNCH", start=past[0], session="PM", sessions=2, reason_1="DB", decided_by=desk.settings.head
        ),
    )
    (case,) = decisions.overview(desk, first.id).cases
    decision = case.suspension.decision
    for kind in (SuspensionEventKind.TOLD_PARENTS, SuspensionEventKind.TOLD_LA):
        decisions.record_event(
            desk, SuspensionEvent(pupil_id=first.id, decision=decision, kind=kind, on=today, time="09:10", note="By phone")
        )
    (over,) = decisions.overview(desk, second.id).cases
    reviews.record(
        desk,
        SuspensionEvent(
            pupil_id=second.id,
            decision=over.suspension.decision,
            kind=SuspensionEventKind.BOARD_UPHELD,
            on=today,
            note="The parents had nothing to say against it",
        ),
    )
