"""A breach of personal data: by when it must be reported, which steps there are, and what may be recorded next.

UK GDPR Articles 33 and 34 (domain reference 15): the regulator within 72 hours of becoming aware, unless a risk to
people is unlikely; later, with the reason; the people themselves where the risk is high; and every breach is documented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.governance.breach_forms import FORMS, BreachEventKind, Risk
from pupil_desk.domain.governance.deadlines import report_due


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachEvent:
    """One event as it is on file. ``moment`` is when somebody became aware or was told, ``at`` when it was recorded, both in UTC."""

    breach_id: str
    kind: BreachEventKind
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
    events: tuple[BreachEvent, ...]

    @property
    def id(self) -> str:
        """The breach's own identity."""
        return self.events[0].breach_id

    @property
    def aware(self) -> datetime:
        return self.events[0].moment or self.events[0].at

    @property
    def due(self) -> datetime:
        """The moment by which it is reported, if it must be."""
        return report_due(self.aware)

    @property
    def risk(self) -> Risk | None:
        """How great the risk is, as it was judged last."""
        event = self.last(BreachEventKind.RISK)
        return Risk(event.risk) if event else None

    @property
    def ended(self) -> BreachEvent | None:
        """The event that closed it, while it is closed."""
        event = self.last(BreachEventKind.CLOSED, BreachEventKind.NO_BREACH, BreachEventKind.REOPENED)
        return None if event is None or event.kind is BreachEventKind.REOPENED else event

    def last(self, *kinds: BreachEventKind) -> BreachEvent | None:
        """The last event of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    def report(self, now: datetime) -> ReportState:
        """How it stands with the report. One that is judged unlikely to be a risk and not reported needs none."""
        event = self.last(BreachEventKind.ICO_TOLD)
        if event is not None:
            return ReportState.IN_TIME if (event.moment or event.at) <= self.due else ReportState.TOLD_LATE
        if (self.last(BreachEventKind.ICO_NOT) and self.risk is Risk.UNLIKELY) or self._no_breach():
            return ReportState.NOT_NEEDED
        return ReportState.RUNNING if now <= self.due else ReportState.LATE

    def _no_breach(self) -> bool:
        return self.ended is not None and self.ended.kind is BreachEventKind.NO_BREACH


class StepState(Enum):
    """How a step stands: to be done, done, or not needed as things are."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class BreachStep:
    """One step of handling a breach: the kinds of event that do it, its words, and how it stands."""

    kinds: tuple[BreachEventKind, ...]
    words: str
    state: StepState


def steps(breach: Breach) -> tuple[BreachStep, ...]:
    """The steps in their order. Nothing needs to be done of what turned out to be no breach."""
    none = breach.ended is not None and breach.ended.kind is BreachEventKind.NO_BREACH

    def step(words: str, *kinds: BreachEventKind, is_needed: bool = True, finished: bool | None = None) -> BreachStep:
        is_done = breach.last(*kinds) is not None if finished is None else finished
        state = StepState.DONE if is_done else StepState.OPEN if is_needed and not none else StepState.NOT_NEEDED
        return BreachStep(kinds, words, state)

    reported, high = breach.last(BreachEventKind.ICO_TOLD) is not None, breach.risk is Risk.HIGH
    not_reported = breach.last(BreachEventKind.ICO_NOT) is not None and breach.risk is Risk.UNLIKELY
    # That the people need not be told holds of the risk as it was judged then.
    judged = breach.last(BreachEventKind.PEOPLE_NOT, BreachEventKind.RISK)
    people_done = breach.last(BreachEventKind.PEOPLE_TOLD) is not None or (judged is not None and judged.kind is BreachEventKind.PEOPLE_NOT)
    return (
        step(_("End it, and make good what can be"), BreachEventKind.ACTION),
        step(_("Tell the data protection officer"), BreachEventKind.OFFICER_TOLD),
        step(_("Find out whose data, and what may follow"), BreachEventKind.EFFECTS),
        step(_("Judge the risk to people"), BreachEventKind.RISK),
        step(
            _("Report it within 72 hours, unless a risk is unlikely"),
            BreachEventKind.ICO_TOLD,
            BreachEventKind.ICO_NOT,
            finished=reported or not_reported,
        ),
        step(
            _("Tell the people, if the risk is high"),
            BreachEventKind.PEOPLE_TOLD,
            BreachEventKind.PEOPLE_NOT,
            is_needed=high,
            finished=people_done,
        ),
        step(_("Close it, with what was learnt"), BreachEventKind.CLOSED, BreachEventKind.NO_BREACH, finished=breach.ended is not None),
    )


def open_steps(breach: Breach) -> list[BreachStep]:
    """What must be done before it can be closed."""
    return [step for step in steps(breach) if step.state is StepState.OPEN and BreachEventKind.CLOSED not in step.kinds]


def possible(breach: Breach) -> list[BreachEventKind]:
    """What can be recorded next: of one that is closed, that it is opened again, or what else is known."""
    if breach.ended is not None:
        return [BreachEventKind.REOPENED]
    return [kind for kind in FORMS if kind is not BreachEventKind.REOPENED]


def next_kind(breach: Breach) -> BreachEventKind:
    """What is most likely to be recorded next: the first step that is open."""
    if breach.ended is not None:
        return BreachEventKind.REOPENED
    first = next((step for step in steps(breach) if step.state is StepState.OPEN), None)
    if first is None:
        return BreachEventKind.FACTS
    if first.kinds[0] is BreachEventKind.ICO_TOLD and breach.risk is Risk.UNLIKELY:
        return BreachEventKind.ICO_NOT
    return first.kinds[0]


def left(breach: Breach, now: datetime) -> timedelta:
    """The time left to report it; negative once it is over."""
    return breach.due - now


def order(breaches: Sequence[Breach], now: datetime) -> list[Breach]:
    """Those under way first, the one that is due soonest before the others; then those closed, the latest first."""
    waiting = sorted(
        (b for b in breaches if b.ended is None), key=lambda b: (b.report(now) not in (ReportState.RUNNING, ReportState.LATE), b.due)
    )
    return [*waiting, *sorted((b for b in breaches if b.ended is not None), key=lambda b: -b.number)]
