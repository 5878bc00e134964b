"""Suspensions and permanent exclusions: deciding, what becomes of a decision, the steps ticked off. Each is an event.

The E marks of the register are written here, in the same transaction as what they follow from.

The review of a decision: what the committee and the panel decided, each a further event, never written over.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.dates import birthday, short_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import CarePeriod, social_work_on
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.consent import ADULT
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import Half, SchoolCalendar, school_year
from pupil_desk.domain.suspensions.limit import days_in_year, may_cancel
from pupil_desk.domain.suspensions.review import check_review_event
from pupil_desk.domain.suspensions.steps import SuspensionContext, SuspensionStep, steps_of
from pupil_desk.domain.suspensions.suspension import (
    ENDINGS,
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    SuspensionSession,
    SuspensionStanding,
    back_from,
    check_correction,
    check_event,
    check_suspension,
)
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import marks, told_outside
from pupil_desk.services.suspensions.rules import Planned, plan
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import pupils as pupils_store
from pupil_desk.store.tables import suspensions as store

FORM, IMPORT = "form", "import"


@dataclass(frozen=True, slots=True)
class Overview:
    """What the record shows of a pupil's suspensions. ``days`` are those of this school year, those to come among them."""

    cases: tuple[SuspensionCase, ...]
    days: float
    calendar: SchoolCalendar
    pupil_facts: SuspensionContext

    def case(self, decision: str) -> SuspensionCase:
        """One of them. Raises KeyError when there is none, which is a bug."""
        return {case.suspension.decision: case for case in self.cases}[decision]


def overview(desk: Desk, pupil_id: str) -> Overview:
    """A pupil's suspensions, the earliest first, with what they come to."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    cases = store.of_pupil(desk.vault, pupil_id)
    pupil = pupils_store.get(desk.vault, pupil_id)
    pupil_facts = about_pupil(desk, pupil) if pupil else SuspensionContext(kind=kind_of(desk.settings.kind))
    calendar = law_calendar(desk.vault)
    return Overview(tuple(cases), days_in_year(cases, school_year(desk.today), calendar), calendar, pupil_facts)


def about_pupil(desk: Desk, pupil: Pupil) -> SuspensionContext:
    """What decides whom to tell of a decision about a pupil, as the record stands today."""
    work = social_work_on(several.of_pupil(desk.vault, CarePeriod, pupil.id), desk.today)
    adult_from = birthday(pupil.dob, ADULT)
    return SuspensionContext(looked_after=pupil.looked_after, social_work=work, kind=kind_of(desk.settings.kind), adult_from=adult_from)


def steps(desk: Desk, pupil_overview: Overview, case: SuspensionCase) -> tuple[SuspensionStep, ...]:
    """What must be done about a decision, with what is ticked off."""
    return steps_of(case, pupil_overview.cases, pupil_overview.pupil_facts, pupil_overview.calendar, desk.today)


def plan_of(desk: Desk, suspension: Suspension) -> Planned:
    """What a decision would come to: its sessions, the day back, the year's total, and what stops it or is to be minded."""
    return plan(suspension, store.of_pupil(desk.vault, suspension.pupil_id), law_calendar(desk.vault), desk.settings)


def decide(desk: Desk, suspension: Suspension) -> Changed:
    """Keep a new decision and its E marks. Raises Refused, NotAllowed."""
    desk.require(Action.SUSPEND, "pupil", suspension.pupil_id)
    suspension = _with_sen(desk, _checked(desk, suspension))
    comes_to = plan_of(desk, suspension)
    refuse(comes_to.problems)
    with desk.act(Action.SUSPEND, "pupil", suspension.pupil_id, "decided") as work:
        keep_decision(work, suspension, comes_to.halves, source=FORM)
    return _changed(suspension.pupil_id)


def correct(desk: Desk, decision: str, suspension: Suspension) -> Changed:
    """Put right what was entered of a decision: a further row, the first one stays. Raises Refused, NotAllowed, WrongUse."""
    desk.require(Action.SUSPEND, "pupil", suspension.pupil_id)
    old = _case(desk, suspension.pupil_id, decision)
    suspension = dataclasses.replace(_checked(desk, suspension), id="", decision=decision)
    comes_to = plan_of(desk, suspension)
    refuse((*comes_to.problems, *check_correction(old, suspension, desk.today)))
    if old.broken_off:
        raise WrongUse(_("It was cancelled, reinstated or entered by mistake. What was entered of it can no longer be changed."))
    with desk.act(Action.SUSPEND, "pupil", suspension.pupil_id, "entry put right") as work:
        keep_correction(work, old, suspension, comes_to.halves, source=FORM)
    return _changed(suspension.pupil_id)


def undo(desk: Desk, kept: Suspension, old: Suspension | None) -> Changed:
    """Undo what was just saved: a new decision was a mistake, one put right says again what the ``old`` row said; its marks follow.

    Raises Refused, NotAllowed, WrongUse.
    """
    if old is not None:
        return correct(desk, old.decision, old)
    event = SuspensionEvent(
        pupil_id=kept.pupil_id, decision=kept.decision, kind=SuspensionEventKind.MISTAKEN, on=desk.today, note=_("Undone at once")
    )
    return record_event(desk, event)


def keep_decision(work: Work, suspension: Suspension, halves: Sequence[Half], *, source: str, writes_marks: bool = True) -> Suspension:
    """Within a transaction: keep a checked decision with its sessions, and write its E marks unless told not to."""
    row_id = new_id()
    suspension = dataclasses.replace(suspension, id=row_id, decision=suspension.decision or row_id)
    sessions = [
        SuspensionSession(id=new_id(), pupil_id=suspension.pupil_id, suspension_id=row_id, day=day, session=half) for day, half in halves
    ]
    store.add(work.desk.vault, suspension, sessions, moment=work.stamp, actor=work.actor, source=source, act=work.act)
    if writes_marks:
        marks.write(work, suspension, halves, replaces=source == FORM)
    return suspension


def keep_correction(work: Work, old: SuspensionCase, new: Suspension, halves: Sequence[Half], *, source: str) -> None:
    """Within a transaction: keep what is right now; sessions that fall away lose their E."""
    kept_suspension = keep_decision(work, dataclasses.replace(new, decision=old.suspension.decision), halves, source=source)
    dropped_halves = set(marks.marked(old.suspension, old.halves, work.desk)) - set(marks.marked(kept_suspension, halves, work.desk))
    _take_back(work, kept_suspension, dropped_halves, _("The suspension was entered wrongly"))


def _take_back(work: Work, suspension: Suspension, halves: set[Half], reason: str) -> None:
    """The E of these sessions of a decision goes, but for those that another decision of the pupil covers."""
    marks.take_back(work, suspension.pupil_id, sorted(halves - covered_by_others(work.desk, suspension)), reason)


def covered_by_others(desk: Desk, suspension: Suspension) -> set[Half]:
    """The sessions that bear an E by the pupil’s other decisions."""
    cases = store.of_pupil(desk.vault, suspension.pupil_id)
    return still_marked(desk, [case for case in cases if case.suspension.decision != suspension.decision])


def still_marked(desk: Desk, cases: Iterable[SuspensionCase]) -> set[Half]:
    """The sessions of decisions that bear an E as they stand: up to a cancellation or reinstatement, none of one entered by mistake."""
    halves: set[Half] = set()
    for case in cases:
        marked_halves = marks.marked(case.suspension, case.halves, desk)
        ending = case.broken_off
        if ending is None:
            halves.update(marked_halves)
        elif ending.kind != SuspensionEventKind.MISTAKEN:
            halves.update(half for half in marked_halves if half < back_from(ending))
    return halves


def record_event(desk: Desk, event: SuspensionEvent) -> Changed:
    """Record what became of a decision, or a step taken or taken back.

    ``on`` and ``time`` of a cancellation or reinstatement are when the pupil may be back. Raises Refused, NotAllowed, WrongUse.
    """
    ends = event.kind in ENDINGS and event.kind != SuspensionEventKind.SERVED
    action = Action.SUSPEND if ends else Action.EDIT_RECORD
    desk.require(action, "pupil", event.pupil_id)
    case = _case(desk, event.pupil_id, event.decision)
    event = tidied(event, desk.today)
    event = dataclasses.replace(event, note=tidy(event.note or "") or None, time=event.time or None)
    refuse((*problems_of(event, desk.today), *check_event(event, desk.today), *_check_ending(desk, case, event)))
    event = dataclasses.replace(event, time=read_time(event.time) if event.time else None)
    with desk.act(action, "pupil", event.pupil_id, f"suspension: {event.kind}") as work:
        keep_event(work, case, event)
    return _changed(event.pupil_id)


def keep_event(work: Work, case: SuspensionCase, event: SuspensionEvent) -> None:
    """Within a transaction: keep a checked event; where it lets the pupil back in, the E marks that remain are amended, and entered again with it taken back.

    One that says that somebody outside the unit was told is a disclosure too. Raises WrongUse for whom the notice does not name.
    """
    event = dataclasses.replace(event, id=new_id())
    store.add_event(work.desk.vault, event, moment=work.stamp, actor=work.actor, act=work.act)
    told_outside.follow(work, case, event)
    if event.kind not in (SuspensionEventKind.CANCELLED, SuspensionEventKind.REINSTATED, SuspensionEventKind.MISTAKEN):
        return
    now = dataclasses.replace(case, events=(*case.events, event))
    if not event.done:
        marks.enter_again(work, case.suspension, now.counted)
        return
    marked_halves = marks.marked(case.suspension, case.halves, work.desk)
    _take_back(work, case.suspension, set(marked_halves) - still_marked(work.desk, [now]), _REASONS[SuspensionEventKind(event.kind)])


_REASONS = {
    SuspensionEventKind.CANCELLED: _("The suspension was cancelled"),
    SuspensionEventKind.REINSTATED: _("The committee or board reinstated the pupil"),
    SuspensionEventKind.MISTAKEN: _("The suspension was entered by mistake"),
}


def _check_ending(desk: Desk, case: SuspensionCase, event: SuspensionEvent) -> list[Problem]:
    if event.kind not in ENDINGS:
        return []
    if not event.done:
        is_last = case.ending is not None and case.ending.kind == event.kind
        return (
            [] if is_last else [Problem("kind", "not_last", _("That was not recorded of this decision last, so it cannot be taken back."))]
        )
    if case.ending and not (case.ending.kind == SuspensionEventKind.SERVED and event.kind == SuspensionEventKind.MISTAKEN):
        words = _("This decision has come to its end already. Nothing more can become of it.")
        return [Problem("kind", "ended", words)]
    if event.kind in (SuspensionEventKind.CANCELLED, SuspensionEventKind.MISTAKEN) and not event.note:
        return [Problem("note", "missing", _("Enter the reason."))]
    if event.kind == SuspensionEventKind.SERVED and event.on < case.suspension.start:
        return [Problem("on", "not_begun", _("It has not begun on that day: the pupil cannot be back from it."))]
    if event.kind == SuspensionEventKind.CANCELLED:
        return _check_cancelling(desk, case, event)
    return []


def _check_cancelling(desk: Desk, case: SuspensionCase, event: SuspensionEvent) -> list[Problem]:
    if case.standing(desk.today) is SuspensionStanding.SERVED:
        return [Problem("kind", "served", _("It has been served. What is over cannot be cancelled."))]
    if case.halves and back_from(event) > case.halves[-1]:
        return [Problem("on", "after_last", _("That is after the last session. What is over by then cannot be cancelled."))]
    cases = store.of_pupil(desk.vault, event.pupil_id)
    decided_case = next(candidate for candidate in cases if candidate.suspension.decision == event.decision)
    if may_cancel(decided_case, cases, law_calendar(desk.vault), *back_from(event)):
        return []
    words = _(
        "It can no longer be cancelled: the committee or board has met, or the pupil will have been out for more than 45 school days."
    )
    return [Problem("kind", "too_late", words)]


def _case(desk: Desk, pupil_id: str, decision: str) -> SuspensionCase:
    for case in store.of_pupil(desk.vault, pupil_id):
        if case.suspension.decision == decision:
            return case
    raise WrongUse(_("That suspension is not on file. Open the pupil again."))


def _checked(desk: Desk, suspension: Suspension) -> Suspension:
    suspension = tidied(suspension, desk.today)
    if suspension.school == desk.settings.dfe_number:
        suspension = dataclasses.replace(suspension, school=None)
    if suspension.permanent and not suspension.sessions:
        suspension = dataclasses.replace(suspension, sessions=None)
    refuse((*problems_of(suspension, desk.today), *check_suspension(suspension)))
    return suspension


def _with_sen(desk: Desk, suspension: Suspension) -> Suspension:
    """With the SEN provision of the day of the decision, which the census asks for."""
    pupil = required(pupils_store.get(desk.vault, suspension.pupil_id), _("That pupil is not on file."))
    return dataclasses.replace(suspension, sen_provision=suspension.sen_provision or pupil.sen_provision)


def _changed(pupil_id: str) -> Changed:
    return Changed.of("suspension", "mark", "disclosure", ids=(pupil_id,))


def words_of(case: SuspensionCase, day: date) -> str:
    """How a decision stands, in words."""
    standing, ending = case.standing(day), case.ending
    if standing is SuspensionStanding.IN_FORCE and case.suspension.start > day:
        return _("Begins {day}").format(day=short_date(case.suspension.start))
    words = {
        SuspensionStanding.IN_FORCE: _("In force"),
        SuspensionStanding.SERVED: _("Served"),
        SuspensionStanding.CANCELLED: _("Cancelled"),
        SuspensionStanding.REINSTATED: _("Reinstated"),
        SuspensionStanding.MISTAKEN: _("Entered by mistake"),
    }[standing]
    return f"{words}, {short_date(ending.on)}" if ending and standing is not SuspensionStanding.MISTAKEN else words


def record(desk: Desk, event: SuspensionEvent) -> Changed:
    """Record what the review of a decision came to, or, not ``done``, take back what was recorded last.

    That the committee upheld a decision says too that it has considered it. Raises Refused, NotAllowed, WrongUse.
    """
    desk.require(Action.SUSPEND, "pupil", event.pupil_id)
    cases = overview(desk, event.pupil_id).cases
    case = required(
        next((candidate for candidate in cases if candidate.suspension.decision == event.decision), None),
        _("That suspension is not on file. Open the pupil again."),
    )
    event = tidied(event, desk.today)
    event = dataclasses.replace(event, note=tidy(event.note or "") or None, time=event.time or None)
    refuse((*problems_of(event, desk.today), *check_event(event, desk.today), *check_review_event(case, event, desk.today)))
    event = dataclasses.replace(event, time=read_time(event.time) if event.time else None)
    with desk.act(Action.SUSPEND, "pupil", event.pupil_id, f"suspension: {event.kind}") as work:
        if event.kind == SuspensionEventKind.BOARD_UPHELD and event.done and not case.step(SuspensionEventKind.BOARD_MET):
            keep_event(work, case, dataclasses.replace(event, kind=SuspensionEventKind.BOARD_MET, note=None))
        keep_event(work, case, event)
    return Changed.of("suspension", ids=(event.pupil_id,))
