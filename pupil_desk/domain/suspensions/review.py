"""What the review of a decision came to: the management committee's consideration, the independent review panel, the SEN expert.

The committee considers any decision (domain reference, 7). That a permanent exclusion alone goes to a panel, that the parents ask for
it within 15 school days, that they may ask for an SEN expert, and that the committee considers it again within 10 school days where the
panel recommends or directs it, is SI 2012/1033, regulations 7 and 8, written from memory: so a day only warns, and refuses nothing.
"""

from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionEvent, SuspensionEventKind, SuspensionStanding

REVIEW = (
    SuspensionEventKind.BOARD_UPHELD,
    SuspensionEventKind.REVIEW_ASKED,
    SuspensionEventKind.SEN_EXPERT,
    SuspensionEventKind.PANEL_UPHELD,
    SuspensionEventKind.PANEL_RECOMMENDED,
    SuspensionEventKind.PANEL_QUASHED,
)
_AGAIN = (SuspensionEventKind.PANEL_RECOMMENDED, SuspensionEventKind.PANEL_QUASHED)
_ASK_WITHIN, _AGAIN_WITHIN = 15, 10  # school days


def recorded(case: SuspensionCase) -> list[SuspensionEvent]:
    """What is recorded of the review, in order; what was taken back is left out."""
    events: list[SuspensionEvent] = []
    for event in case.events:
        if event.kind not in REVIEW:
            continue
        if event.done:
            events.append(event)
            continue
        last = next((place for place in reversed(range(len(events))) if events[place].kind == event.kind), None)
        if last is not None:
            del events[last]
    return events


def possible(case: SuspensionCase, day: date) -> tuple[SuspensionEventKind, ...]:
    """What can be recorded next: the committee first, then of a permanent exclusion the panel, then the committee again."""
    if case.suspension.school or case.standing(day) in (
        SuspensionStanding.CANCELLED,
        SuspensionStanding.REINSTATED,
        SuspensionStanding.MISTAKEN,
    ):
        return ()
    kinds = [event.kind for event in recorded(case)]
    last = next((kind for kind in reversed(kinds) if kind != SuspensionEventKind.SEN_EXPERT), None)
    if last is None or last in _AGAIN:
        return (SuspensionEventKind.BOARD_UPHELD,)
    if last == SuspensionEventKind.BOARD_UPHELD:
        return (SuspensionEventKind.REVIEW_ASKED,) if case.suspension.permanent and SuspensionEventKind.REVIEW_ASKED not in kinds else ()
    if last == SuspensionEventKind.REVIEW_ASKED:
        expert = () if SuspensionEventKind.SEN_EXPERT in kinds else (SuspensionEventKind.SEN_EXPERT,)
        return (*expert, SuspensionEventKind.PANEL_UPHELD, *_AGAIN)
    return ()


def check_review_event(case: SuspensionCase, event: SuspensionEvent, today: date) -> tuple[Problem, ...]:
    """Whether it can be recorded, or, not ``done``, taken back: only the last can."""
    review_events = recorded(case)
    if not event.done:
        if review_events and review_events[-1].kind == event.kind:
            return ()
        return (Problem("kind", "not_last", _("Only what was recorded last of the review can be taken back.")),)
    if event.kind not in possible(case, today):
        return (Problem("kind", "not_now", _("This cannot be recorded now: see what is recorded of the review already.")),)
    if review_events and event.on < review_events[-1].on:
        return (Problem("on", "before_last", _("That is before what is recorded of the review already. Check the day.")),)
    if event.on < case.suspension.start:
        return (Problem("on", "before_start", _("That is before the first day of the decision. Check the day.")),)
    return ()


def again_due(case: SuspensionCase, calendar: SchoolCalendar) -> date | None:
    """By when the committee considers it again; None where no panel has asked for it, or it has been done."""
    review_events = recorded(case)
    if case.ending is not None or not review_events or review_events[-1].kind not in _AGAIN:
        return None
    return calendar.school_days_after(review_events[-1].on, _AGAIN_WITHIN)


def ask_until(case: SuspensionCase, calendar: SchoolCalendar) -> date | None:
    """Until when an independent review may be asked for, once a permanent exclusion was upheld and while nobody has."""
    review_events = recorded(case)
    if (
        case.ending is not None
        or not case.suspension.permanent
        or len(review_events) != 1
        or review_events[0].kind != SuspensionEventKind.BOARD_UPHELD
    ):
        return None
    return calendar.school_days_after(review_events[0].on, _ASK_WITHIN)
