"""Cases as they stand: what was received, what has been done, what is left to do and by when.

A step of a case is kept, whoever records it: the data officer by hand, or what a copy or a letter does.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.errors import required
from pupil_desk.basics.words import _
from pupil_desk.domain.governance import deadlines
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.requests.case import (
    CHANGING,
    CaseKind,
    RequestCase,
    RequestEvent,
    RequestEventKind,
    RequestLetter,
    SearchPlace,
    counting,
    last_of,
)
from pupil_desk.domain.requests.clock import RequestClock, clock_of
from pupil_desk.domain.requests.steps import RequestContext, RequestStep, steps_of
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.requests import places, recipients
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import bank_holidays, law_calendar
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import assessments, protections, pupils
from pupil_desk.store.tables import requests as store

_NUMBER = re.compile(r"R[0-9]{4}(-[0-9]*)?")
_ENDS = frozenset({RequestEventKind.CLOSED, RequestEventKind.REOPENED})
_YEARS_ON = 2  # calendar years after the receipt in which a day can fall: three months and what is paused


class CaseStanding(Enum):
    """How a case stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """A case as it stands on the day. ``events`` are those that count, ``all_events`` those taken back too."""

    case: RequestCase
    pupil: Pupil | None
    events: tuple[RequestEvent, ...]
    all_events: tuple[RequestEvent, ...]
    clock: RequestClock
    steps: tuple[RequestStep, ...]
    protections: tuple[Protection, ...] = ()

    @property
    def standing(self) -> CaseStanding:
        """Whether it is closed, or answered, or neither."""
        last = last_of(self.events, RequestEventKind.CLOSED, RequestEventKind.REOPENED)
        if last is not None and last.kind == RequestEventKind.CLOSED:
            return CaseStanding.CLOSED
        return CaseStanding.ANSWERED if self.clock.answered is not None else CaseStanding.OPEN

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return self.standing is not CaseStanding.CLOSED

    @property
    def next_step(self) -> RequestStep | None:
        """What is to be done next: the first that is needed and not done."""
        return next((step for step in self.steps if step.open), None)

    @property
    def exemptions(self) -> tuple[tuple[str, str], ...]:
        """The exemptions used: each code of «exemption», and why; both empty where a copy left something out quietly."""
        return tuple((event.exemption or "", event.note or "") for event in self.events if event.kind == RequestEventKind.EXEMPTION)

    @property
    def outcome(self) -> str | None:
        """What was decided last: a code of «request_outcome»."""
        decided = last_of(self.events, RequestEventKind.DECIDED)
        return decided.outcome if decided else None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list: a case, whose it is by name, and how it stands."""

    seen: RequestState
    name: str

    @property
    def id(self) -> str:
        """The case's own identity."""
        return self.seen.case.id


class _Looker:
    """Reads what all cases have in common once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.calendar: SchoolCalendar = law_calendar(desk.vault)
        self.record_days = desk.settings.record_days
        self.places: tuple[SearchPlace, ...] = places.in_use(desk)
        self.protections = protections.by_pupil(desk.vault, desk.today)

    def seen(self, case: RequestCase, events: Sequence[RequestEvent], pupil: Pupil | None) -> RequestState:
        standing_events = counting(events)
        holidays = bank_holidays(case.received.year, case.received.year + _YEARS_ON)
        clock = clock_of(
            case, standing_events, today=self.desk.today, holidays=holidays, calendar=self.calendar, record_days=self.record_days
        )
        protected = tuple(self.protections[pupil.id]) if pupil is not None else ()
        barred = any(protection.kind == ORDER and protection.contact_id == case.contact_id for protection in protected if case.contact_id)
        context = RequestContext(
            age=age_on(pupil.dob, case.received) if pupil else None,
            protected=bool(protected),
            barred=barred,
            places=self.places,
            recipients=self._recipients(case, standing_events),
        )
        return RequestState(
            case=case,
            pupil=pupil,
            events=standing_events,
            all_events=tuple(events),
            clock=clock,
            steps=steps_of(case, standing_events, clock, context),
            protections=protected,
        )

    def _recipients(self, case: RequestCase, events: Sequence[RequestEvent]) -> tuple[str, ...]:
        decided = last_of(events, RequestEventKind.DECIDED)
        if case.kind not in CHANGING or case.pupil_id is None or decided is None:
            return ()
        return tuple(told_recipient.recipient for told_recipient in recipients.who_had(self.desk, case.pupil_id, decided.what or ""))


def rows(desk: Desk) -> list[CaseRow]:
    """The cases, the most pressing first, then those closed. Who may not read cases sees an outline of those that they recorded. Raises NotAllowed."""
    desk.require(Action.RECORD_REQUEST)
    reads_all, authors = desk.may(Action.READ_REQUESTS), store.recorded_by(desk.vault)
    cases = [case for case in store.all_cases(desk.vault) if reads_all or authors[case.id] == desk.user.id]
    looker, events = _Looker(desk), store.events(desk.vault)
    pupils_by_id = pupils.some_by_id(desk.vault, {case.pupil_id for case in cases if case.pupil_id})
    all_seen = (looker.seen(case, events[case.id], pupils_by_id.get(case.pupil_id or "")) for case in cases)
    case_rows = [CaseRow(state if reads_all else _outline(state), _name(state.pupil)) for state in all_seen]
    return sorted(case_rows, key=lambda row: _order(row.seen))


def by_number(desk: Desk, text: str) -> list[CaseRow]:
    """The cases whose number begins with what is typed, «R2026-00», of those that ``rows`` shows; none unless it begins as such a number does. Raises NotAllowed."""
    number = text.strip().upper()
    if not _NUMBER.fullmatch(number):
        return []
    return [row for row in rows(desk) if row.seen.case.ref.startswith(number)]


def _outline(state: RequestState) -> RequestState:
    """A case with how it stands, its clock and the next step, and without what was found, decided and written in it."""
    ends = tuple(RequestEvent(case_id=event.case_id, kind=event.kind, on=event.on) for event in state.events if event.kind in _ENDS)
    following = state.next_step
    steps = (RequestStep(kind=following.kind, words=following.words, due=following.due),) if following is not None else ()
    return dataclasses.replace(state, events=ends, all_events=(), steps=steps, protections=())


def _name(pupil: Pupil | None) -> str:
    return pupil.surname_first if pupil is not None else ""


def _order(state: RequestState) -> tuple[int, date, int]:
    """What is open by the day it is due, then what stands still or has no day, then what is closed, the latest first."""
    newest = -state.case.received.toordinal()
    if state.standing is not CaseStanding.OPEN:
        return (1 if state.open else 3, date.min, newest)
    return (0, state.clock.due, newest) if state.clock.due else (2, date.min, newest)


def case(desk: Desk, case_id: str) -> RequestState:
    """A case, all of it. That it was looked at is logged. Raises WrongUse (no such case), NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    state = state_of(desk, case_id)
    desk.viewed("request", case_id)
    return state


def state_of(desk: Desk, case_id: str) -> RequestState:
    """A case as it stands, for the services of this package: no role is asked. Raises WrongUse."""
    request = required(store.get(desk.vault, case_id), _("That request is no longer on file. Look at the list again."))
    pupil = pupils.get(desk.vault, request.pupil_id) if request.pupil_id else None
    return _Looker(desk).seen(request, store.events_of(desk.vault, case_id), pupil)


def of_pupil(desk: Desk, pupil_id: str) -> list[RequestState]:
    """A pupil's cases, the latest first. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "pupil", pupil_id)
    pupil, looker = pupils.get(desk.vault, pupil_id), _Looker(desk)
    return [looker.seen(request, store.events_of(desk.vault, request.id), pupil) for request in store.of_pupil(desk.vault, pupil_id)]


def letters(desk: Desk, case_id: str) -> list[RequestLetter]:
    """The letters that were sent in a case, with their words. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    return store.letters_of(desk.vault, case_id)


@dataclass(frozen=True, slots=True)
class CaseHistoryLine:
    """One line of what happened in a case: the event, who recorded it, and whether it was taken back since."""

    event: RequestEvent
    at: str
    by: str
    was_taken_back: bool


def history(desk: Desk, case_id: str) -> list[CaseHistoryLine]:
    """All that happened in a case, the latest first; what was taken back is marked. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    recordings = {row["id"]: row for row in store.recordings(desk.vault, case_id)}
    events = store.events_of(desk.vault, case_id)
    back = {event.corrects for event in events if event.kind == RequestEventKind.TAKEN_BACK}
    return [CaseHistoryLine(event, recordings[event.id]["at"], recordings[event.id]["by"], event.id in back) for event in reversed(events)]


def open_cases(desk: Desk) -> list[CaseRow]:
    """The cases that are open, the most pressing first, for Home. Raises NotAllowed."""
    return [row for row in rows(desk) if row.seen.standing is CaseStanding.OPEN]


def marks_due(desk: Desk, state: RequestState) -> date:
    """By when exam marks are given that were asked for before they were published: of those on file the first. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", state.case.id)
    entries = assessments.standing(desk.vault, state.case.pupil_id) if state.case.pupil_id else []
    published = [entry.published_on for entry in entries if entry.published_on is not None and entry.published_on > state.case.received]
    return deadlines.marks_due(state.case.received, min(published, default=None))


def asked_before(desk: Desk, pupil_id: str, kind: str) -> int:
    """How many cases of that kind there are of a pupil already: to see a request made twice. Raises NotAllowed."""
    desk.require(Action.RECORD_REQUEST)
    return Counter(case.kind for case in store.of_pupil(desk.vault, pupil_id))[CaseKind(kind)]


def taking_back(event: RequestEvent, reason: str, today: date) -> RequestEvent:
    """The step by which another counts no more."""
    return RequestEvent(
        case_id=event.case_id,
        pupil_id=event.pupil_id,
        corrects=event.id,
        kind=RequestEventKind.TAKEN_BACK,
        on=today,
        what=_("{step}, {day}").format(step=codelist("request_event").label_of(event.kind), day=show_date(event.on)),
        note=reason,
    )


def keep_event(work: Work, event: RequestEvent) -> None:
    """Within a transaction: keep a step of a case."""
    store.add_event(work.desk.vault, dataclasses.replace(event, id=event.id or new_id()), moment=work.stamp, actor=work.actor)
