"""Suspensions and permanent exclusions: a decision, its sessions, day six, and what became of it. Nothing of it is ever edited.

Sources: domain reference, 7 and 4.4; Education Act 2002 section 51A; SI 2012/1033.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.register.calendar import AM, PM, Half, school_year

_FACTS = Facts(Section.SUSPENSIONS, Category.SUSPENSIONS, Purpose.LAW, Basis.LEGAL_OBLIGATION)
_fact = partial(item, facts=_FACTS)
_SEN = dataclasses.replace(_FACTS, category=Category.NEEDS, special=Special.HEALTH)

SUSPENSION, LUNCHTIME, PERMANENT = "SUSP", "LNCH", "PERM"
REASONS = ("reason_1", "reason_2", "reason_3")
_DAY_SIX_PLACE = 10  # sessions before it: five school days


class SuspensionStanding(StrEnum):
    """How a decision stands. The values are the command line's."""

    IN_FORCE = "in-force"
    SERVED = "served"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MISTAKEN = "mistaken"


class SuspensionEventKind(StrEnum):
    """What can become of a decision, then the steps that are ticked off, then what its review came to."""

    SERVED = "served"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MISTAKEN = "mistaken"
    TOLD_PARENTS = "told-parents"
    LETTER = "letter"
    TOLD_LA = "told-la"
    TOLD_SOCIAL_WORKER = "told-social-worker"
    TOLD_VIRTUAL_HEAD = "told-virtual-head"
    TOLD_BOARD = "told-board"
    BOARD_MET = "board-met"
    DAY_SIX = "day-six"
    BOARD_UPHELD = "board-upheld"
    REVIEW_ASKED = "review-asked"
    SEN_EXPERT = "sen-expert"
    PANEL_UPHELD = "panel-upheld"
    PANEL_RECOMMENDED = "panel-recommended"
    PANEL_QUASHED = "panel-quashed"


ENDINGS = frozenset(
    {SuspensionEventKind.SERVED, SuspensionEventKind.CANCELLED, SuspensionEventKind.REINSTATED, SuspensionEventKind.MISTAKEN}
)
"""The events that change how a decision stands; all others are steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """One decision as entered. ``decision`` stays the same when what was entered is put right by a further row.

    ``sessions`` is 2 a school day, 1 a lunchtime, None for a permanent exclusion. ``school`` is the DfE number of the
    school that decided, None for a decision of ours.
    """

    id: str = ""
    decision: str = ""
    pupil_id: str = ""
    category: str = _fact(_("Kind"), Kind.CODE, codes="exclusion_category", required=True, heads=("exclusion category",))
    start: date = _fact(_("First day"), Kind.DATE, required=True, heads=("start date", "exclusion start date"))
    session: str = _fact(_("First session"), Kind.CODE, codes="session", required=True, heads=("start session",))
    sessions: int | None = _fact(
        _("Number of sessions"),
        Kind.NUMBER,
        heads=("actual number of sessions", "number of sessions"),
        hint=_("2 for a school day, 1 for a lunchtime; empty for a permanent exclusion"),
    )
    reason_1: str = _fact(
        _("Main reason"), Kind.CODE, codes="exclusion_reason", required=True, dated=True, heads=("reason", "exclusion reason")
    )
    reason_2: str | None = _fact(_("Second reason"), Kind.CODE, codes="exclusion_reason", dated=True)
    reason_3: str | None = _fact(_("Third reason"), Kind.CODE, codes="exclusion_reason", dated=True)
    circumstances: str | None = _fact(
        _("What happened"), Kind.LINES, hint=_("In a few plain sentences. This stands in the letter to the family, so name no other pupil.")
    )
    exam_missed: bool | None = _fact(_("An exam or national test is missed"), Kind.YES_NO)
    school: str | None = _fact(_("School that decided"), Kind.SCHOOL, hint=_("DfE number, such as 919/4001. Empty if it was us."))
    decided_by: str | None = _fact(_("Decided by"), Kind.NAME, hint=_("The head, or who acts as head"))
    sen_provision: str | None = item(_("SEN provision on the first day"), Kind.CODE, codes="sen_provision", facts=_SEN)

    @property
    def days(self) -> float:
        """School days: half of the sessions, a lunchtime being half a day; 0 for a permanent exclusion."""
        return (self.sessions or 0) / 2

    @property
    def permanent(self) -> bool:
        """Whether the pupil does not come back."""
        return self.category == PERMANENT

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons, the main one first."""
        return tuple(reason for name in REASONS if (reason := getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionSession:
    """One session of a decision; for a suspension at lunchtime, the day of one lunchtime."""

    id: str = ""
    pupil_id: str = ""
    suspension_id: str = ""
    day: date = _fact(_("Day"), Kind.DATE, required=True)
    session: str = _fact(_("Session"), Kind.CODE, codes="session", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionEvent:
    """One thing that became of a decision, or one step taken. ``done`` False takes a step ticked in error back."""

    id: str = ""
    pupil_id: str = ""
    decision: str = ""
    kind: str = _fact(_("What"), Kind.CODE, codes="suspension_event", required=True)
    on: date = _fact(_("On"), Kind.DATE, required=True)
    time: str | None = _fact(_("Time"), Kind.TEXT, longest=5, hint=_("Such as 9:30"))
    done: bool = _fact(_("Done"), Kind.YES_NO, default=True)
    note: str | None = _fact(_("Note"), Kind.LINES)


@dataclass(frozen=True, slots=True)
class SuspensionCase:
    """One decision with its sessions and its events, both in order. ``imported`` is whether it first came with a file."""

    suspension: Suspension
    halves: tuple[Half, ...] = ()
    events: tuple[SuspensionEvent, ...] = ()
    imported: bool = False

    @property
    def ending(self) -> SuspensionEvent | None:
        """The event by which the decision stands as it does, unless it was taken back; None while nothing has become of it."""
        return next((event for event in reversed(self.events) if event.kind in ENDINGS and self.step(event.kind) is event), None)

    def step(self, kind: str) -> SuspensionEvent | None:
        """The tick of a step, or an ending, unless it was taken back."""
        last = next((event for event in reversed(self.events) if event.kind == kind), None)
        return last if last and last.done else None

    def standing(self, day: date) -> SuspensionStanding:
        """How it stands on a day. One whose last session has gone by is served, though nobody has said so; where no calendar gave the sessions, its school year."""
        if self.ending:
            return SuspensionStanding(self.ending.kind)
        is_over = self.halves[-1][0] < day if self.halves else school_year(self.suspension.start) < school_year(day)
        return SuspensionStanding.SERVED if is_over and not self.suspension.permanent else SuspensionStanding.IN_FORCE

    @property
    def counted(self) -> tuple[Half, ...]:
        """The sessions that count toward the limit: after a cancellation or reinstatement, those that came before it."""
        ending = self.broken_off
        if ending is None:
            return self.halves
        if ending.kind == SuspensionEventKind.MISTAKEN:
            return ()
        return tuple(half for half in self.halves if half < back_from(ending))

    @property
    def sessions_counted(self) -> int:
        """How many sessions count; where no calendar gave them, all that were decided."""
        return len(self.counted) if self.halves or self.broken_off else self.suspension.sessions or 0

    @property
    def broken_off(self) -> SuspensionEvent | None:
        """By what it does not stand as it was decided: the cancellation, the reinstatement, the mistake; None where it does."""
        ending = self.ending
        return ending if ending and ending.kind != SuspensionEventKind.SERVED else None

    @property
    def day_six(self) -> date | None:
        """The sixth day, from which full-time education is owed: that of the eleventh session; None when it ends sooner."""
        return day_six(self.halves) if self.suspension.category != LUNCHTIME else None


def back_from(event: SuspensionEvent) -> Half:
    """The first session for which a cancellation or reinstatement lets the pupil back in."""
    return event.on, PM if event.time and event.time >= "12:00" else AM


def day_six(halves: tuple[Half, ...]) -> date | None:
    """Day six of a suspension of these sessions, the sixth school day: the day of the eleventh session."""
    return halves[_DAY_SIX_PLACE][0] if len(halves) > _DAY_SIX_PLACE else None


def check_suspension(suspension: Suspension) -> tuple[Problem, ...]:
    """The rules across a decision's items."""
    return (*_check_sessions(suspension), *_check_reasons(suspension))


def _check_sessions(suspension: Suspension) -> list[Problem]:
    if suspension.permanent:
        if suspension.sessions:
            words = _("A permanent exclusion has no number of sessions. Leave it empty.")
            return [Problem("sessions", "sessions_of_permanent", words)]
        return []
    if not suspension.sessions:
        return [Problem("sessions", "missing", _("Number of sessions is missing. Enter it: 2 for a school day."))]
    return []


def _check_reasons(suspension: Suspension) -> Iterator[Problem]:
    for place, name in enumerate(REASONS):
        reason = getattr(suspension, name)
        code = codelist("exclusion_reason").get(reason) if reason else None
        if code and not code.valid_on(suspension.start):
            words = _("{reason} was not in the list of reasons on that day. Choose another.").format(reason=code.label)
            yield Problem(name, "retired_code", words)
        if reason and reason in [getattr(suspension, earlier) for earlier in REASONS[:place]]:
            yield Problem(name, "reason_twice", _("The same reason stands twice. Take out one of the two."))


@gathered
def check_event(event: SuspensionEvent, today: date) -> Iterator[Problem]:
    """What is wrong with an event. A time is kept as HH:MM."""
    if event.time is not None and read_time(event.time) is None:
        yield Problem("time", "bad_time", _("Write the time like 9:30 or 14:05."))
    if event.kind not in (SuspensionEventKind.CANCELLED, SuspensionEventKind.REINSTATED) and event.on > today:
        yield Problem("on", "future_date", _("That day lies in the future. Enter the day on which it was done."))


def check_correction(old: SuspensionCase, new: Suspension, today: date) -> tuple[Problem, ...]:
    """Whether what was entered may be put right so. A suspension that has begun cannot be made longer or permanent by it."""
    has_begun = old.suspension.start <= today
    if has_begun and new.category != old.suspension.category:
        words = _("The kind cannot be changed once it has begun: that is a new decision. Add it as one.")
        return (Problem("category", "new_decision", words),)
    if has_begun and (new.sessions or 0) > (old.suspension.sessions or 0):
        words = _("A suspension cannot be made longer. A further one is a new decision: add it as one.")
        return (Problem("sessions", "new_decision", words),)
    return ()
