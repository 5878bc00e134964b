"""A breach of personal data: by when it must be reported, which steps there are, and what may be recorded next.

UK GDPR Articles 33 and 34 (domain reference 15): the regulator within 72 hours of becoming aware, unless a risk to
people is unlikely; later, with the reason; the people themselves where the risk is high; and every breach is documented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.governance.breach_forms import FORMS, EventKind, Risk
from pupil_desk.domain.governance.due import report_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as it is on file. ``moment`` is when somebody became aware or was told, ``at`` when it was recorded, both in UTC."""

    breach_id: str
    kind: EventKind
    at: datetime
    by: str = ""
    by_id: str = ""
    moment: datetime | None = None
    happened: date | None = None
    text: str = ""
    data: str = ""
    people: int | None = None
    entries: int | None = None
    risk: str = ""
    reference: str = ""


class ReportState(Enum):
    """How it stands with the report to the Commissioner."""

    RUNNING = "running"
    LATE = "late"
    IN_TIME = "in-time"
    TOLD_LATE = "told-late"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach, with all its events in the order of recording. ``number`` counts the breaches of the unit."""

    number: int
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The breach's own identity."""
        return self.events[0].breach_id

    @property
    def aware(self) -> datetime:
        """When we became aware."""
        return self.events[0].moment or self.events[0].at

    @property
    def due(self) -> datetime:
        """The moment by which it is reported, if it must be."""
        return report_due(self.aware)

    @property
    def risk(self) -> Risk | None:
        """How great the risk is, as it was judged last."""
        found = self.last(EventKind.RISK)
        return Risk(found.risk) if found else None

    @property
    def ended(self) -> Event | None:
        """The event that closed it, while it is closed."""
        found = self.last(EventKind.CLOSED, EventKind.NO_BREACH, EventKind.REOPENED)
        return None if found is None or found.kind is EventKind.REOPENED else found

    def last(self, *kinds: EventKind) -> Event | None:
        """The last event of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    def report(self, now: datetime) -> ReportState:
        """How it stands with the report. One that is judged unlikely to be a risk and not reported needs none."""
        told = self.last(EventKind.ICO_TOLD)
        if told is not None:
            return ReportState.IN_TIME if (told.moment or told.at) <= self.due else ReportState.TOLD_LATE
        if (self.last(EventKind.ICO_NOT) and self.risk is Risk.UNLIKELY) or self._no_breach():
            return ReportState.NOT_NEEDED
        return ReportState.RUNNING if now <= self.due else ReportState.LATE

    def _no_breach(self) -> bool:
        return self.ended is not None and self.ended.kind is EventKind.NO_BREACH


class StepState(Enum):
    """How a step stands: to be done, done, or not needed as things are."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class BreachStep:
    """One step of handling a breach: the kinds of event that do it, its words, and how it stands."""

    kinds: tuple[EventKind, ...]
    words: str
    state: StepState


def steps(breach: Breach) -> tuple[BreachStep, ...]:
    """The steps in their order. Nothing needs to be done of what turned out to be no breach."""
    none = breach.ended is not None and breach.ended.kind is EventKind.NO_BREACH

    def step(words: str, *kinds: EventKind, needed: bool = True, done: bool | None = None) -> BreachStep:
        is_done = breach.last(*kinds) is not None if done is None else done
        state = StepState.DONE if is_done else StepState.OPEN if needed and not none else StepState.NOT_NEEDED
        return BreachStep(kinds, words, state)

    told, high = breach.last(EventKind.ICO_TOLD) is not None, breach.risk is Risk.HIGH
    not_reported = breach.last(EventKind.ICO_NOT) is not None and breach.risk is Risk.UNLIKELY
    return (
        step(_("End it, and make good what can be"), EventKind.ACTION),
        step(_("Tell the data protection officer"), EventKind.OFFICER_TOLD),
        step(_("Find out whose data, and what may follow"), EventKind.EFFECTS),
        step(_("Judge the risk to people"), EventKind.RISK),
        step(_("Report it within 72 hours, unless a risk is unlikely"), EventKind.ICO_TOLD, EventKind.ICO_NOT, done=told or not_reported),
        step(_("Tell the people, if the risk is high"), EventKind.PEOPLE_TOLD, EventKind.PEOPLE_NOT, needed=high),
        step(_("Close it, with what was learnt"), EventKind.CLOSED, EventKind.NO_BREACH, done=breach.ended is not None),
    )


def open_steps(breach: Breach) -> list[BreachStep]:
    """What must be done before it can be closed."""
    return [step for step in steps(breach) if step.state is StepState.OPEN and EventKind.CLOSED not in step.kinds]


def possible(breach: Breach) -> list[EventKind]:
    """What can be recorded next: of one that is closed, that it is opened again, or what else is known."""
    if breach.ended is not None:
        return [EventKind.REOPENED]
    return [kind for kind in FORMS if kind is not EventKind.REOPENED]


def next_kind(breach: Breach) -> EventKind:
    """What is most likely to be recorded next: the first step that is open."""
    if breach.ended is not None:
        return EventKind.REOPENED
    first = next((step for step in steps(breach) if step.state is StepState.OPEN), None)
    if first is None:
        return EventKind.FACTS
    if first.kinds[0] is EventKind.ICO_TOLD and breach.risk is Risk.UNLIKELY:
        return EventKind.ICO_NOT
    return first.kinds[0]


def left(breach: Breach, now: datetime) -> timedelta:
    """The time left to report it; negative once it is over."""
    return breach.due - now


def order(breaches: Sequence[Breach], now: datetime) -> list[Breach]:
    """Those under way first, the one that is due soonest before the others; then those closed, the latest first."""
    waiting = sorted((b for b in breaches if b.ended is None), key=lambda b: (b.report(now) not in (ReportState.RUNNING, ReportState.LATE), b.due))
    return [*waiting, *sorted((b for b in breaches if b.ended is not None), key=lambda b: -b.number)]
