"""Cases as they stand: what was received, what has been done, what is left to do and by when."""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.governance import due
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.requests.case import (
    CHANGING,
    CaseKind,
    EventKind,
    RequestCase,
    RequestEvent,
    RequestLetter,
    counting,
    last_of,
)
from pupil_desk.domain.requests.clock import Clock, clock_of
from pupil_desk.domain.requests.search_place import SearchPlace
from pupil_desk.domain.requests.steps import About, Step, steps_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.requests import places, recipients
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import bank_holidays, law_calendar
from pupil_desk.store.tables import assessments, protections, pupils
from pupil_desk.store.tables import requests as store

_NUMBER = re.compile(r"R[0-9]{4}(-[0-9]*)?")
_ENDS = frozenset({EventKind.CLOSED, EventKind.REOPENED})
_YEARS_ON = 2  # calendar years after the receipt in which a day can fall: three months and what is paused


class Standing(Enum):
    """How a case stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case as it stands on the day. ``events`` are those that count, ``all_events`` those taken back too."""

    case: RequestCase
    pupil: Pupil | None
    events: tuple[RequestEvent, ...]
    all_events: tuple[RequestEvent, ...]
    clock: Clock
    steps: tuple[Step, ...]
    protections: tuple[Protection, ...] = ()

    @property
    def standing(self) -> Standing:
        """Whether it is closed, or answered, or neither."""
        last = last_of(self.events, EventKind.CLOSED, EventKind.REOPENED)
        if last is not None and last.kind == EventKind.CLOSED:
            return Standing.CLOSED
        return Standing.ANSWERED if self.clock.answered is not None else Standing.OPEN

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return self.standing is not Standing.CLOSED

    @property
    def next_step(self) -> Step | None:
        """What is to be done next: the first that is needed and not done."""
        return next((step for step in self.steps if step.open), None)

    @property
    def exemptions(self) -> tuple[tuple[str, str], ...]:
        """The exemptions used: each code of «exemption», and why; both empty where a copy left something out quietly."""
        return tuple((event.exemption or "", event.note or "") for event in self.events if event.kind == EventKind.EXEMPTION)

    @property
    def outcome(self) -> str | None:
        """What was decided last: a code of «request_outcome»."""
        decided = last_of(self.events, EventKind.DECIDED)
        return decided.outcome if decided else None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a case, whose it is by name, and how it stands."""

    seen: Seen
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

    def seen(self, case: RequestCase, events: Sequence[RequestEvent], pupil: Pupil | None) -> Seen:
        held = counting(events)
        holidays = bank_holidays(case.received.year, case.received.year + _YEARS_ON)
        clock = clock_of(case, held, today=self.desk.today, holidays=holidays, calendar=self.calendar, record_days=self.record_days)
        protected = tuple(self.protections[pupil.id]) if pupil is not None else ()
        barred = any(each.kind == ORDER and each.contact_id == case.contact_id for each in protected if case.contact_id)
        about = About(age=age_on(pupil.dob, case.received) if pupil else None, protected=bool(protected), barred=barred, places=self.places,
                      recipients=self._recipients(case, held))  # fmt: skip
        return Seen(case=case, pupil=pupil, events=held, all_events=tuple(events), clock=clock, steps=steps_of(case, held, clock, about),
                    protections=protected)  # fmt: skip

    def _recipients(self, case: RequestCase, events: Sequence[RequestEvent]) -> tuple[str, ...]:
        decided = last_of(events, EventKind.DECIDED)
        if case.kind not in CHANGING or case.pupil_id is None or decided is None:
            return ()
        return tuple(told.recipient for told in recipients.who_had(self.desk, case.pupil_id, decided.what or ""))


def rows(desk: Desk) -> list[Row]:
    """The cases, the most pressing first, then those closed. Who may not read cases sees an outline of those that they recorded. Raises NotAllowed."""
    desk.require(Action.RECORD_REQUEST)
    whole, authors = desk.may(Action.READ_REQUESTS), store.recorded_by(desk.vault)
    cases = [case for case in store.all_cases(desk.vault) if whole or authors[case.id] == desk.user.id]
    looker, events = _Looker(desk), store.events(desk.vault)
    about = {pupil.id: pupil for pupil in pupils.some(desk.vault, {case.pupil_id for case in cases if case.pupil_id})}
    all_seen = (looker.seen(case, events[case.id], about.get(case.pupil_id or "")) for case in cases)
    found = [Row(seen if whole else _outline(seen), _name(seen.pupil)) for seen in all_seen]
    return sorted(found, key=lambda row: _order(row.seen))


def by_number(desk: Desk, text: str) -> list[Row]:
    """The cases whose number begins with what is typed, «R2026-00», of those that ``rows`` shows; none unless it begins as such a number does. Raises NotAllowed."""
    typed = text.strip().upper()
    if not _NUMBER.fullmatch(typed):
        return []
    return [row for row in rows(desk) if row.seen.case.ref.startswith(typed)]


def _outline(seen: Seen) -> Seen:
    """A case with how it stands, its clock and the next step, and without what was found, decided and written in it."""
    ends = tuple(RequestEvent(case_id=event.case_id, kind=event.kind, on=event.on) for event in seen.events if event.kind in _ENDS)
    following = seen.next_step
    steps = (Step(kind=following.kind, words=following.words, due=following.due),) if following is not None else ()
    return dataclasses.replace(seen, events=ends, all_events=(), steps=steps, protections=())


def _name(pupil: Pupil | None) -> str:
    return f"{pupil.surname}, {pupil.preferred_forename or pupil.forename}" if pupil is not None else ""


def _order(seen: Seen) -> tuple[int, date, int]:
    """What is open by the day it is due, then what stands still or has no day, then what is closed, the latest first."""
    newest = -seen.case.received.toordinal()
    if seen.standing is not Standing.OPEN:
        return (1 if seen.open else 3, date.min, newest)
    return (0, seen.clock.due, newest) if seen.clock.due else (2, date.min, newest)


def case(desk: Desk, case_id: str) -> Seen:
    """A case, all of it. That it was looked at is logged. Raises WrongUse (no such case), NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    found = seen(desk, case_id)
    desk.viewed("request", case_id)
    return found


def seen(desk: Desk, case_id: str) -> Seen:
    """A case as it stands, for the services of this package: no role is asked. Raises WrongUse."""
    held = store.get(desk.vault, case_id)
    if held is None:
        raise WrongUse(_("That request is no longer on file. Look at the list again."))
    pupil = pupils.get(desk.vault, held.pupil_id) if held.pupil_id else None
    return _Looker(desk).seen(held, store.events_of(desk.vault, case_id), pupil)


def of_pupil(desk: Desk, pupil_id: str) -> list[Seen]:
    """A pupil's cases, the latest first. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "pupil", pupil_id)
    pupil, looker = pupils.get(desk.vault, pupil_id), _Looker(desk)
    return [looker.seen(held, store.events_of(desk.vault, held.id), pupil) for held in store.of_pupil(desk.vault, pupil_id)]


def letters(desk: Desk, case_id: str) -> list[RequestLetter]:
    """The letters that were sent in a case, with their words. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    return store.letters_of(desk.vault, case_id)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what happened in a case: the event, who recorded it, and whether it was taken back since."""

    event: RequestEvent
    at: str
    by: str
    back: bool


def history(desk: Desk, case_id: str) -> list[Told]:
    """All that happened in a case, the latest first; what was taken back is marked. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", case_id)
    by = {row["id"]: row for row in store.recordings(desk.vault, case_id)}
    events = store.events_of(desk.vault, case_id)
    back = {event.corrects for event in events if event.kind == EventKind.TAKEN_BACK}
    return [Told(event, by[event.id]["at"], by[event.id]["by"], event.id in back) for event in reversed(events)]


def open_cases(desk: Desk) -> list[Row]:
    """The cases that are open, the most pressing first, for Home. Raises NotAllowed."""
    return [row for row in rows(desk) if row.seen.standing is Standing.OPEN]


def marks_due(desk: Desk, seen: Seen) -> date:
    """By when exam marks are given that were asked for before they were published: of those on file the first. Raises NotAllowed."""
    desk.require(Action.READ_REQUESTS, "request", seen.case.id)
    found = assessments.standing(desk.vault, seen.case.pupil_id) if seen.case.pupil_id else []
    published = [entry.published_on for entry in found if entry.published_on is not None and entry.published_on > seen.case.received]
    return due.marks_due(seen.case.received, min(published, default=None))


def asked_before(desk: Desk, pupil_id: str, kind: str) -> int:
    """How many cases of that kind there are of a pupil already: to see a request made twice. Raises NotAllowed."""
    desk.require(Action.RECORD_REQUEST)
    return Counter(case.kind for case in store.of_pupil(desk.vault, pupil_id))[CaseKind(kind)]
