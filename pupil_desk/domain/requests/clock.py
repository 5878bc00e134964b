"""The clocks of a case: by when the law wants an answer, and whether time stands still.

Source: domain reference, 9.3 and 10. A month, three with an extension told within the first; it stands still while the person is asked
who they are or what they mean. The law lets the month begin anew with the proof of identity (UK GDPR Article 12A); where counting the
days in between as a pause gives an earlier day, that day holds, so that no answer is late by either reading. The 15 school days of an
educational record run beside it and never stand still. A complaint is acknowledged within 30 days and answered without undue delay.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from pupil_desk.domain.governance.deadlines import Pause, acknowledgement_due, answer_due, merged
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.requests.case import OF_RECORD, CaseKind, RequestCase, RequestEvent, RequestEventKind, last_of

TELL_AGAIN = timedelta(days=30)  # how a complaint stands is told again after so long: ours, the law says «keep informed»
SOON = 7  # days
_PAUSES = {RequestEventKind.IDENTITY_ASKED: RequestEventKind.IDENTITY, RequestEventKind.CLARIFICATION_ASKED: RequestEventKind.CLARIFIED}
_NO = "no"


class Pressing(Enum):
    """How pressing a case is, for its colour, its sign and its word."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    STANDING = "standing"
    NO_DAY = "no-day"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClock:
    """The days of a case as they stand on a day.

    ``month_due`` and ``record_due`` are the two clocks of an answer, ``acknowledge_by`` that of a complaint; None where there is
    none. While time stands still (``still_since``), ``month_due`` is what it would be if the answer came on the day itself.
    ``first_month`` ends without the extension: until then it can be told, and the answer is then due by ``extended_due``. ``answered`` is the day of the answer,
    ``record_given`` that on which the educational record was shown or given. ``beyond_terms`` says that the terms on file end before the school days do.
    """

    month_due: date | None = None
    record_due: date | None = None
    acknowledge_by: date | None = None
    tell_again: date | None = None
    first_month: date | None = None
    extended_due: date | None = None
    still_since: date | None = None
    still_for: RequestEventKind | None = None
    extended: bool = False
    answered: date | None = None
    record_given: date | None = None
    beyond_terms: bool = False

    @property
    def due(self) -> date | None:
        """The next day by which something is due; None while time stands still, or where nothing has a day."""
        if self.answered is not None:
            return None
        month = None if self.still_since else self.month_due
        record = None if self.record_given else self.record_due
        days = [day for day in (month, record, self.acknowledge_by, self.tell_again) if day is not None]
        return min(days, default=None)

    def days_left(self, today: date) -> int | None:
        """How many days are left until the next day that is due: below 0 once it has gone by."""
        return None if self.due is None else (self.due - today).days

    @property
    def late_by(self) -> int:
        """How many days after the last day the answer came; 0 for one in time, or none yet."""
        month = (self.answered - self.month_due).days if self.answered and self.month_due else 0
        record_day = self.record_given or self.answered
        record = (record_day - self.record_due).days if record_day and self.record_due else 0
        return max(month, record, 0)

    def pressing(self, today: date) -> Pressing:
        """How pressing it is on a day."""
        if self.answered is not None:
            return Pressing.DONE
        left = self.days_left(today)
        if left is None:
            return Pressing.STANDING if self.still_since else Pressing.NO_DAY
        if left < 0:
            return Pressing.LATE
        return Pressing.SOON if left <= SOON else Pressing.RUNNING


@dataclass(frozen=True, slots=True)
class Standstill:
    """A question that stops the clock: for what, since when, and until when; None while it is not answered."""

    what: RequestEventKind
    asked: date
    answered: date | None


def clock_of(
    case: RequestCase,
    events: Sequence[RequestEvent],
    *,
    today: date,
    holidays: Collection[date],
    calendar: SchoolCalendar,
    record_days: int,
) -> RequestClock:
    """The clocks of a case from its events that count. ``record_days`` is the school days for an educational record, 0 for none."""
    answered = _answered(case, events)
    if case.kind == CaseKind.COMPLAINT:
        return _of_complaint(case, events, answered)
    record_due = calendar.school_days_after(case.received, record_days) if case.kind in OF_RECORD and record_days else None
    beyond = case.kind in OF_RECORD and bool(record_days) and record_due is None
    record_event = last_of(events, RequestEventKind.RECORD_GIVEN)
    alone = case.kind == CaseKind.RECORD  # then it is the answer, and counts no more once the case is opened again
    record_given = record_event.on if record_event and (answered or not alone) else None
    if alone and record_days:
        return RequestClock(record_due=record_due, answered=answered, record_given=record_given, beyond_terms=beyond)
    stills = standstills(events)
    now_still = next((still for still in stills if still.answered is None and answered is None), None)
    end = answered or today
    pauses = [(still.what, Pause(asked=still.asked, answered=still.answered or max(end, still.asked))) for still in stills]
    pauses += [(RequestEventKind.REOPENED, pause) for pause in _between_answers(case, events)]
    first = month_end(case.received, holidays, pauses, extended=False)
    longer = month_end(case.received, holidays, pauses, extended=True)
    extension = last_of(events, RequestEventKind.EXTENDED)
    return RequestClock(
        month_due=longer if extension else first,
        record_due=record_due,
        first_month=first,
        extended_due=longer,
        still_since=now_still.asked if now_still else None,
        still_for=now_still.what if now_still else None,
        extended=extension is not None,
        answered=answered,
        record_given=record_given,
        beyond_terms=beyond,
    )


def month_end(received: date, holidays: Collection[date], pauses: Sequence[tuple[RequestEventKind, Pause]], *, extended: bool) -> date:
    """The last day of the month, or of the three: the earlier of the two readings of a pause for proof of identity."""
    as_pause = answer_due(received, holidays, extended=extended, pauses=merged(pause for _kind, pause in pauses))
    proofs = [pause.answered for kind, pause in pauses if kind is RequestEventKind.IDENTITY_ASKED]
    if not proofs:
        return as_pause
    start = max(received, *proofs)
    since = merged(
        Pause(asked=max(pause.asked, start), answered=max(pause.answered, start))
        for kind, pause in pauses
        if kind is not RequestEventKind.IDENTITY_ASKED
    )
    return min(as_pause, answer_due(start, holidays, extended=extended, pauses=since))


def standstills(events: Sequence[RequestEvent]) -> list[Standstill]:
    """The questions that stop the clock, each with the day of its answer. A second question while one is open stops nothing more; a
    proof that does not convince answers nothing."""
    stills: list[Standstill] = []
    for asks, answers in _PAUSES.items():
        asked_on: date | None = None
        for event in events:
            if event.kind == asks and asked_on is None:
                asked_on = event.on
            elif event.kind == answers and event.answer != _NO and asked_on is not None:
                stills.append(Standstill(asks, asked_on, event.on))
                asked_on = None
        if asked_on is not None:
            stills.append(Standstill(asks, asked_on, None))
    return sorted(stills, key=lambda still: still.asked)


def _ends(case: RequestCase) -> frozenset[RequestEventKind]:
    return frozenset(
        {RequestEventKind.REPLIED, RequestEventKind.WITHDRAWN}
        | ({RequestEventKind.RECORD_GIVEN} if case.kind == CaseKind.RECORD else set())
    )


def _answered(case: RequestCase, events: Sequence[RequestEvent]) -> date | None:
    """The day of the first answer, or of the withdrawal; None where there is none, or the case was opened again since."""
    answered: date | None = None
    for event in events:
        if event.kind == RequestEventKind.REOPENED:
            answered = None
        elif event.kind in _ends(case) and answered is None:
            answered = event.on
    return answered


def _between_answers(case: RequestCase, events: Sequence[RequestEvent]) -> list[Pause]:
    """From an answer to the day on which the case was opened again no time passes."""
    pauses, answered = [], None
    for event in events:
        if event.kind == RequestEventKind.REOPENED and answered is not None:
            pauses.append(Pause(asked=answered, answered=event.on))
            answered = None
        elif event.kind in _ends(case) and answered is None:
            answered = event.on
    return pauses


def _of_complaint(case: RequestCase, events: Sequence[RequestEvent], answered: date | None) -> RequestClock:
    latest = last_of(events, RequestEventKind.ACKNOWLEDGED, RequestEventKind.PROGRESS)
    if last_of(events, RequestEventKind.ACKNOWLEDGED) is None:
        return RequestClock(acknowledge_by=acknowledgement_due(case.received), answered=answered)
    assert latest is not None
    return RequestClock(tell_again=latest.on + TELL_AGAIN, answered=answered)
