"""Deadlines of the law for an answer: a copy of a pupil's data, a complaint, a breach.

From the domain reference: 10 (one calendar month, two more with a reason, paused while the sender is asked what is meant), 9
(complaints, from 19 June 2026) and 15 (breaches). The 15 school days of an educational record are counted by
``SchoolCalendar.school_days_after``.
"""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ANSWER_MONTHS, EXTENDED_MONTHS = 1, 3
ACKNOWLEDGE_DAYS = 30
MARKS_MONTHS, MARKS_DAYS = 5, 40
REPORT_HOURS = 72
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stood still from the day on which something was asked to the day of the answer."""

    asked: date
    answered: date

    @property
    def days(self) -> int:
        """How many days the answer is due later."""
        return max((self.answered - self.asked).days, 0)


def answer_due(received: date, bank_holidays: Collection[date], *, extended: bool = False, pauses: Collection[Pause] = ()) -> date:
    """The last day to answer a request for a copy of data, or another right of chapter III of the UK GDPR.

    The same date one month on, or three with an extension; the last day of a month that lacks the date; later by the days
    of each pause; and from a weekend or bank holiday on to the next working day. School holidays do not stop this clock.
    """
    due = _months_on(received, EXTENDED_MONTHS if extended else ANSWER_MONTHS)
    due += timedelta(days=sum(pause.days for pause in pauses))
    while due.weekday() >= _SATURDAY or due in bank_holidays:
        due += timedelta(days=1)
    return due


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same time at a standstill as pauses of which none overlaps another: a day is never counted twice."""
    spans: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: (pause.asked, pause.answered)):
        if spans and pause.asked <= spans[-1].answered:
            spans[-1] = Pause(asked=spans[-1].asked, answered=max(spans[-1].answered, pause.answered))
        else:
            spans.append(pause)
    return tuple(spans)


def marks_due(requested_on: date, published: date | None) -> date:
    """The day by which exam marks are given that were asked for before they were published: 5 months after the request, or 40 days
    after they were published, whichever is earlier (Data Protection Act 2018, schedule 2 paragraph 25). None where that is not known."""
    latest = _months_on(requested_on, MARKS_MONTHS)
    return latest if published is None else min(latest, published + timedelta(days=MARKS_DAYS))


def acknowledgement_due(received: date) -> date:
    """The last day to acknowledge a complaint about how data was used: 30 days, whatever day that is."""
    return received + timedelta(days=ACKNOWLEDGE_DAYS)


def report_due(aware: datetime) -> datetime:
    """The moment by which a breach is reported to the regulator: 72 hours from becoming aware, without a pause."""
    return aware + timedelta(hours=REPORT_HOURS)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
