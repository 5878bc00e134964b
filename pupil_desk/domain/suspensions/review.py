"""What the review of a decision came to: the management committee's consideration, the independent review panel, the SEN expert.

The committee considers any decision (domain reference, 7). That a permanent exclusion alone goes to a panel, that the parents ask for
it within 15 school days, that they may ask for an SEN expert, and that the committee considers it again within 10 school days where the
panel recommends or directs it, is SI 2012/1033, regulations 7 and 8, written from memory: so a day only warns, and refuses nothing.
"""

from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.suspensions.suspension import Case, Event, Standing, SuspensionEvent

REVIEW = (
    Event.BOARD_UPHELD, Event.REVIEW_ASKED, Event.SEN_EXPERT, Event.PANEL_UPHELD, Event.PANEL_RECOMMENDED, Event.PANEL_QUASHED,
)  # fmt: skip
_AGAIN = (Event.PANEL_RECOMMENDED, Event.PANEL_QUASHED)
_ASK_WITHIN, _AGAIN_WITHIN = 15, 10  # school days


def recorded(case: Case) -> list[SuspensionEvent]:
    """What is recorded of the review, in order; what was taken back is left out."""
    found: list[SuspensionEvent] = []
    for event in case.events:
        if event.kind not in REVIEW:
            continue
        if event.done:
            found.append(event)
            continue
        last = next((place for place in reversed(range(len(found))) if found[place].kind == event.kind), None)
        if last is not None:
            del found[last]
    return found


def possible(case: Case, day: date) -> tuple[Event, ...]:
    """What can be recorded next: the committee first, then of a permanent exclusion the panel, then the committee again."""
    if case.suspension.school or case.standing(day) in (Standing.CANCELLED, Standing.REINSTATED, Standing.MISTAKEN):
        return ()
    kinds = [event.kind for event in recorded(case)]
    last = next((kind for kind in reversed(kinds) if kind != Event.SEN_EXPERT), None)
    if last is None or last in _AGAIN:
        return (Event.BOARD_UPHELD,)
    if last == Event.BOARD_UPHELD:
        return (Event.REVIEW_ASKED,) if case.suspension.permanent and Event.REVIEW_ASKED not in kinds else ()
    if last == Event.REVIEW_ASKED:
        expert = () if Event.SEN_EXPERT in kinds else (Event.SEN_EXPERT,)
        return (*expert, Event.PANEL_UPHELD, *_AGAIN)
    return ()


def check_review_event(case: Case, event: SuspensionEvent, today: date) -> tuple[Problem, ...]:
    """Whether it can be recorded, or, not ``done``, taken back: only the last can."""
    held = recorded(case)
    if not event.done:
        if held and held[-1].kind == event.kind:
            return ()
        return (Problem("kind", "not_last", _("Only what was recorded last of the review can be taken back.")),)
    if event.kind not in possible(case, today):
        return (Problem("kind", "not_now", _("This cannot be recorded now: see what is recorded of the review already.")),)
    if held and event.on < held[-1].on:
        return (Problem("on", "before_last", _("That is before what is recorded of the review already. Check the day.")),)
    if event.on < case.suspension.start:
        return (Problem("on", "before_start", _("That is before the first day of the decision. Check the day.")),)
    return ()


def again_due(case: Case, calendar: SchoolCalendar) -> date | None:
    """By when the committee considers it again; None where no panel has asked for it, or it has been done."""
    held = recorded(case)
    if case.ending is not None or not held or held[-1].kind not in _AGAIN:
        return None
    return calendar.school_days_after(held[-1].on, _AGAIN_WITHIN)


def ask_until(case: Case, calendar: SchoolCalendar) -> date | None:
    """Until when the parents may ask for an independent review, once a permanent exclusion was upheld and while they have not."""
    held = recorded(case)
    if case.ending is not None or not case.suspension.permanent or len(held) != 1 or held[0].kind != Event.BOARD_UPHELD:
        return None
    return calendar.school_days_after(held[0].on, _ASK_WITHIN)
