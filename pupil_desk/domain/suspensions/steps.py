"""What must be done about one decision: whom to tell, the step of the management committee or governing board, and education from day six.

Source: domain reference, 7. Who is told whatever the length: parents, local authority, and a social worker and the
virtual school head where the pupil has them. What differs by the kind of unit is its table's (``domain/unit/kind.py``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import LOOKED_AFTER, CarePeriod
from pupil_desk.domain.register.calendar import AM, SchoolCalendar
from pupil_desk.domain.suspensions.limit import BoardStep, board_due, board_step, board_told_at_once, days_in_term
from pupil_desk.domain.suspensions.suspension import (
    LUNCHTIME,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    SuspensionStanding,
    back_from,
    day_six,
)
from pupil_desk.domain.unit.kind import NOT_SAID, Owed, UnitKind

_DAY_SIX_SESSIONS = 11


@dataclass(frozen=True, slots=True)
class SuspensionStep:
    """One thing to do about a decision. ``needed`` False is one that may not concern this pupil; ``done`` its tick."""

    event: SuspensionEventKind
    words: str
    needed: bool
    due: date | None = None
    done: SuspensionEvent | None = None


@dataclass(frozen=True, slots=True)
class SuspensionContext:
    """What decides whom to tell: what the record says of the pupil, None where it is not known, and the kind of unit.

    ``social_work`` is the time under which the pupil has a social worker today; looked-after children are among them. ``adult_from`` is the 18th
    birthday, from which the pupil is told, and asks, in place of the parents (SI 2012/1033 regulation 2).
    """

    looked_after: bool | None = None
    social_work: CarePeriod | None = None
    kind: UnitKind = field(default=NOT_SAID)
    adult_from: date | None = None

    @property
    def in_care(self) -> bool:
        """Whether an authority looks after the pupil, so that its virtual school head is told."""
        return bool(self.looked_after) or (self.social_work is not None and self.social_work.kind == LOOKED_AFTER)

    def is_adult(self, day: date) -> bool:
        """Whether the pupil is 18 or over on a day."""
        return self.adult_from is not None and day >= self.adult_from


def day_six_of(case: SuspensionCase, calendar: SchoolCalendar) -> date | None:
    """The day from which full-time education is owed. A permanent exclusion always has one, if the terms reach."""
    if not case.suspension.permanent:
        return case.day_six
    halves = []
    for half in calendar.halves_from(case.suspension.start, case.suspension.session):
        halves.append(half)
        if len(halves) == _DAY_SIX_SESSIONS:
            break
    return day_six(tuple(halves))


def term_days(case: SuspensionCase, cases: Iterable[SuspensionCase]) -> float:
    """Days of suspension in the decision's term, those up to and with this decision."""
    suspension = case.suspension
    so_far = [
        other_case
        for other_case in cases
        if other_case.suspension.decision == suspension.decision
        or (other_case.suspension.start, other_case.suspension.session) <= (suspension.start, suspension.session)
    ]
    return days_in_term(so_far, suspension.start)


def committee_step(case: SuspensionCase, cases: Iterable[SuspensionCase]) -> BoardStep:
    """What the management committee must do about a decision."""
    days = term_days(case, cases)
    return board_step(days, permanent=case.suspension.permanent, exam_missed=bool(case.suspension.exam_missed))


def steps_of(
    case: SuspensionCase, cases: Sequence[SuspensionCase], context: SuspensionContext, calendar: SchoolCalendar, day: date
) -> tuple[SuspensionStep, ...]:
    """What must be done, in the order of doing it; once it is broken off, what that leaves to do and what is ticked off.

    A decision of another school is that school's to tell of. Who is 18 or over is so on the first day of the decision, or on that of the tick;
    the letter goes to who is so on the day on which it is made.
    """
    if case.suspension.school or case.standing(day) is SuspensionStanding.MISTAKEN:
        return ()
    board = _committee(case, cases, calendar, context) if context.kind.reviews else []
    steps = (*_telling(case, context, day), *board, *_education(case, calendar, context))
    ending = case.broken_off
    return tuple(step for step in steps if ending is None or step.done or _outlasts(ending, step))


def _outlasts(ending: SuspensionEvent, step: SuspensionStep) -> bool:
    """Whether a step is still to do after a cancellation or reinstatement: the letter says that the decision stands; the committee is
    told of a cancellation, and considers nothing; and education is owed where the pupil was still out on day six.
    """
    if step.event is SuspensionEventKind.BOARD_MET:
        return ending.kind != SuspensionEventKind.CANCELLED
    if step.event is SuspensionEventKind.DAY_SIX:
        return step.due is not None and (step.due, AM) < back_from(ending)
    return step.event is not SuspensionEventKind.LETTER


def still_to_do(steps: Iterable[SuspensionStep]) -> list[SuspensionStep]:
    """Those that are owed and not done, in the order of doing them: what Home lists, and of which the first is offered next."""
    return [step for step in steps if step.needed and not step.done]


def _day_of(case: SuspensionCase, event: SuspensionEventKind) -> date:
    """On which day it is whom a step concerns: that of its tick, else the first of the decision."""
    tick = case.step(event)
    return tick.on if tick else case.suspension.start


def _telling(case: SuspensionCase, context: SuspensionContext, day: date) -> list[SuspensionStep]:
    at_once = _("without delay")
    if case.standing(case.suspension.start) is SuspensionStanding.CANCELLED:
        at_once = _("of the cancellation too")
    work = context.social_work
    letter = case.step(SuspensionEventKind.LETTER)
    is_told = context.is_adult(_day_of(case, SuspensionEventKind.TOLD_PARENTS))
    is_written_to = context.is_adult(letter.on if letter else day)
    notifications = (
        (SuspensionEventKind.TOLD_PARENTS, (_TELL_ADULT if is_told else _TELL_PARENTS).format(when=at_once), True),
        (SuspensionEventKind.LETTER, _LETTER_TO_ADULT if is_written_to else _("Give or send the letter to the family"), True),
        (SuspensionEventKind.TOLD_LA, (_TELL_LA if context.kind.reviews else _TELL_PLACING).format(when=at_once), True),
        (SuspensionEventKind.TOLD_SOCIAL_WORKER, _tell_worker(work, at_once), context.in_care or work is not None),
        (SuspensionEventKind.TOLD_VIRTUAL_HEAD, _tell_head(context), context.in_care),
    )
    return [SuspensionStep(event, words, is_needed, None, case.step(event)) for event, words, is_needed in notifications]


_TELL_PARENTS, _TELL_ADULT = _("Tell the parents, {when}"), _("Tell the pupil, who is 18 or over, {when}")
_LETTER_TO_ADULT = _("Give or send the letter to the pupil, who is 18 or over")
_TELL_LA = _("Tell the local authority, {when}: whatever the length")
_TELL_PLACING = _("Tell the school or authority that placed the pupil, {when}")


def _tell_worker(work: CarePeriod | None, when: str) -> str:
    """Whoever it is by name, where that is on file."""
    if work is None:
        return _("Tell the social worker, if the pupil has one")
    worker = ", ".join(part for part in (work.worker, work.worker_reach) if part)
    words = _("Tell the social worker, {when}: {who}") if worker else _("Tell the social worker, {when}")
    return words.format(when=when, who=worker)


def _tell_head(context: SuspensionContext) -> str:
    """By law of a looked-after child; its office reaches to every child with a social worker, so that the authority may ask for it."""
    if context.social_work is not None and not context.in_care:
        return _("Tell the virtual school head too, if the authority asks for it of a child with a social worker")
    return _("Tell the virtual school head, if the pupil is looked after")


_COMMITTEE_WORDS = {
    BoardStep.REPRESENTATIONS: _("The {board} considers what the parents say, if they say anything"),
    BoardStep.ON_REQUEST: _("The {board} meets if the parents ask for it"),
    BoardStep.AUTOMATIC: _("The {board} must meet, whether or not the parents ask"),
}


_COMMITTEE_WORDS_OF_ADULT = {
    BoardStep.REPRESENTATIONS: _("The {board} considers what the pupil says, if the pupil says anything"),
    BoardStep.ON_REQUEST: _("The {board} meets if the pupil asks for it"),
    BoardStep.AUTOMATIC: _("The {board} must meet, whether or not the pupil asks"),
}


def _committee(
    case: SuspensionCase, cases: Sequence[SuspensionCase], calendar: SchoolCalendar, context: SuspensionContext
) -> list[SuspensionStep]:
    suspension, board = case.suspension, context.kind.board
    days, missed = term_days(case, cases), bool(suspension.exam_missed)
    step = board_step(days, permanent=suspension.permanent, exam_missed=missed)
    soon = board_told_at_once(days, permanent=suspension.permanent, exam_missed=missed)
    tell = _("Tell the {board}, without delay") if soon else _("Tell the {board} with the report of the term")
    told_event = case.step(SuspensionEventKind.TOLD_BOARD)
    is_adult = context.is_adult(_day_of(case, SuspensionEventKind.BOARD_MET))
    words = (_COMMITTEE_WORDS_OF_ADULT if is_adult else _COMMITTEE_WORDS)[step].format(board=board)
    if missed and not suspension.permanent:
        words = _("{what}: if it can, before the day of the exam").format(what=words)
    due = board_due(step, told_event.on if told_event else suspension.start, calendar)
    return [
        SuspensionStep(SuspensionEventKind.TOLD_BOARD, tell.format(board=board), soon, None, told_event),
        SuspensionStep(SuspensionEventKind.BOARD_MET, words, step is BoardStep.AUTOMATIC, due, case.step(SuspensionEventKind.BOARD_MET)),
    ]


_OWED_BY = {
    Owed.AUTHORITY: _("the local authority"),
    Owed.HOME_AUTHORITY: _("the local authority of the pupil’s home"),
    Owed.UNIT: _("us, the unit"),
    Owed.NOBODY: _("nobody by law"),
    Owed.UNKNOWN: _("us or the local authority, as the kind of unit has it: enter it in Settings"),
}


def _education(case: SuspensionCase, calendar: SchoolCalendar, context: SuspensionContext) -> list[SuspensionStep]:
    """Owed to who is under 18 when the decision begins; one that is ticked stands whatever has changed since."""
    day, tick = day_six_of(case, calendar), case.step(SuspensionEventKind.DAY_SIX)
    owed_by = context.kind.who_owes_education(permanent=case.suspension.permanent)
    is_owed = owed_by is not Owed.NOBODY and case.suspension.category != LUNCHTIME and not context.is_adult(case.suspension.start)
    if not tick and not (is_owed and (day or case.suspension.permanent)):
        return []
    if day is None:
        words = _(
            "Full-time education from the sixth school day, owed by {who}. The day cannot be counted: the school year in Settings is not confirmed, begins later or ends before"
        ).format(who=_OWED_BY[owed_by])
        return [SuspensionStep(SuspensionEventKind.DAY_SIX, words, True, None, tick)]
    words = _(
        "Full-time education from day six, {day}, owed by {who}. Tell the family at least 48 hours before: when, where, whom to ask for"
    ).format(day=show_date(day), who=_OWED_BY[owed_by])
    return [SuspensionStep(SuspensionEventKind.DAY_SIX, words, True, day, tick)]
