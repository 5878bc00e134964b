"""A breach of personal data: what happened, what it may lead to, what was done, who was told, and by when.

UK GDPR Articles 33 and 34 (domain reference 15): the Information Commissioner within 72 hours of becoming aware, unless a risk to
people is unlikely; later, with the reason; the people themselves where the risk is high; and every breach is documented.
The log names no pupil: our references do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.due import report_due
from pupil_desk.domain.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.items import Kind, item

_FACTS = Facts(Section.UNIT, Category.STAFF, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="disclosure")
_NOBODY = _("Name no pupil and no parent: give our reference, such as P0042")


class EventKind(StrEnum):
    """What an event of a breach says."""

    REPORTED = "reported"
    FACTS = "facts"
    EFFECTS = "effects"
    ACTION = "action"
    RISK = "risk"
    OFFICER_TOLD = "officer-told"
    ICO_TOLD = "ico-told"
    ICO_NOT = "ico-not"
    PEOPLE_TOLD = "people-told"
    PEOPLE_NOT = "people-not"
    CLOSED = "closed"
    NO_BREACH = "no-breach"
    REOPENED = "reopened"


class Risk(StrEnum):
    """How great the risk to people is: a code of the list «breach_risk»."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


# -- what people enter: one record a kind of event, each a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """That something went wrong, as whoever found it says. ``time`` is the office's, such as 09:40."""

    text: str = item(_("What happened"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)
    day: date = item(_("Day we became aware"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(_("Time we became aware"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40. The 72 hours run from it."))
    happened: date | None = item(_("Day it happened, if known"), Kind.DATE, facts=_FACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherFacts:
    """What else has come to light, or is to be put right."""

    text: str = item(_("What else is known"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Whose data, how many, and what may follow (Article 33(3)(a) and (c))."""

    data: str = item(_("Kinds of data and of people"), Kind.TEXT, facts=_FACTS, required=True, hint=_("For example, names and health notes of pupils"))
    people: int | None = item(_("About how many people"), Kind.NUMBER, facts=_FACTS)
    entries: int | None = item(_("About how many records"), Kind.NUMBER, facts=_FACTS)
    text: str = item(_("What it may lead to"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was done to end it or make it good (Article 33(3)(d))."""

    text: str = item(_("What was done, or will be"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How great the risk to people is, and why."""

    risk: str = item(_("Risk to people"), Kind.CODE, codes="breach_risk", facts=_FACTS, required=True)
    text: str = item(_("Why"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfficer:
    """The data protection officer was told."""

    day: date = item(_("Day"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(_("Time"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40"))
    text: str | None = item(_("What the officer advised"), Kind.LINES, facts=_FACTS, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIco:
    """The Information Commissioner’s Office was told (Article 33(1))."""

    day: date = item(_("Day it was reported"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(_("Time it was reported"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40"))
    reference: str | None = item(_("The Commissioner’s reference"), Kind.TEXT, facts=_FACTS, longest=40)
    text: str | None = item(_("If later than 72 hours: why"), Kind.LINES, facts=_FACTS, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldIco:
    """It is not reported, since a risk to people is unlikely."""

    text: str = item(_("Why a risk to people is unlikely"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPeople:
    """Those concerned were told (Article 34)."""

    day: date = item(_("Day they were told"), Kind.DATE, facts=_FACTS, required=True)
    people: int | None = item(_("How many were told"), Kind.NUMBER, facts=_FACTS)
    text: str = item(_("How, and what they were told"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldPeople:
    """Those concerned need not be told (Article 34(3))."""

    text: str = item(_("Why they need not be told"), Kind.LINES, facts=_FACTS, required=True,
                     hint=_("For example: the data were encrypted, or what was done since has ended the high risk"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """It is over."""

    text: str = item(_("What we have learnt and changed"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBreach:
    """It was no breach of personal data after all."""

    text: str = item(_("Why it was no breach"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Something new has come to light."""

    text: str = item(_("Why it is opened again"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


FORMS: dict[EventKind, tuple[str, type]] = {
    EventKind.FACTS: (_("What else is known"), FurtherFacts),
    EventKind.EFFECTS: (_("Whose data, and what may follow"), Effects),
    EventKind.ACTION: (_("What was done"), Measures),
    EventKind.RISK: (_("The risk to people"), Assessment),
    EventKind.OFFICER_TOLD: (_("The data protection officer was told"), ToldOfficer),
    EventKind.ICO_TOLD: (_("Reported to the Information Commissioner"), ToldIco),
    EventKind.ICO_NOT: (_("Not reported: a risk is unlikely"), NotToldIco),
    EventKind.PEOPLE_TOLD: (_("The people concerned were told"), ToldPeople),
    EventKind.PEOPLE_NOT: (_("The people need not be told"), NotToldPeople),
    EventKind.CLOSED: (_("Close it"), Closing),
    EventKind.NO_BREACH: (_("It was no breach"), NoBreach),
    EventKind.REOPENED: (_("Open it again"), Reopening),
}
"""What can be recorded of a breach once it is reported: the words for it, and its form."""


# -- what follows from it


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
