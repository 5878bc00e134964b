"""What may not be recorded in a case yet, and why: in a sentence that says what to do first.

Source: domain reference, 9.3 and 10; UK GDPR Articles 12, 16 to 19 and 21.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.requests.case import COPIES, CaseKind, RequestCase, RequestEvent, RequestEventKind, RequestOutcome, last_of
from pupil_desk.domain.requests.clock import RequestClock, standstills
from pupil_desk.domain.requests.steps import RequestStep, is_closed, is_withdrawn, still_to_do

_BEFORE_ANSWER = frozenset({RequestEventKind.REPLIED, RequestEventKind.RECORD_GIVEN})


@dataclass(frozen=True, slots=True)
class _Moment:
    """A case as it stands on the day on which something is to be recorded."""

    case: RequestCase
    events: Sequence[RequestEvent]
    clock: RequestClock
    steps: Sequence[RequestStep]
    day: date
    has_answer: bool


def hindrance(
    kind: RequestEventKind,
    case: RequestCase,
    events: Sequence[RequestEvent],
    clock: RequestClock,
    steps: Sequence[RequestStep],
    *,
    day: date,
    has_answer: bool = True,
) -> str | None:
    """Why an event cannot be recorded now, in a sentence that says what to do; None where nothing is in its way.

    ``has_answer``: a copy is written for who asks, or it was said how the answer was given.
    """
    closed = is_closed(events)
    if closed != (kind is RequestEventKind.REOPENED):
        return _("The case is closed. Open it again first.") if closed else _("The case is not closed.")
    rule = _HINDRANCES.get(kind)
    return rule(_Moment(case, events, clock, steps, day, has_answer=has_answer)) if rule else None


def _of_extension(now: _Moment) -> str | None:
    if now.case.kind in (CaseKind.COMPLAINT, CaseKind.RECORD):
        return _("This clock cannot be extended.")
    if now.clock.extended:
        return _("It has been extended already. It can be extended once.")
    if now.clock.first_month is not None and now.day > now.clock.first_month:
        return _("It could be extended until {day}, within the first month. Answer now, and say that it is late.").format(
            day=show_date(now.clock.first_month)
        )
    return None


def _of_clarified(now: _Moment) -> str | None:
    still = next(
        (still for still in standstills(now.events) if still.what is RequestEventKind.CLARIFICATION_ASKED and still.answered is None), None
    )
    if still is None:
        return _("Nothing is open that was asked. Record the question first.")
    return _("That is before the day of the question.") if now.day < still.asked else None


def _of_no_exemption(now: _Moment) -> str | None:
    return _("An exemption is recorded. Take it back first.") if last_of(now.events, RequestEventKind.EXEMPTION) else None


def _of_answer(now: _Moment) -> str | None:
    if is_withdrawn(now.events):
        return _("The person has withdrawn it. Close the case.")
    wrong = [step.words for step in now.steps if step.wrong]
    if wrong:
        return _("A check came to “no”: {checks}. Nothing may be given. Decide “No” with the reason, or answer the check anew.").format(
            checks=join_words(wrong)
        )
    early = _BEFORE_ANSWER | {RequestEventKind.RECIPIENT_TOLD}
    left = still_to_do(now.steps, but=early)
    return _("First: {steps}.").format(steps="; ".join(left)) if left else None


def _of_reply(now: _Moment) -> str | None:
    reason = _of_answer(now)
    decided = last_of(now.events, RequestEventKind.DECIDED)
    gives_copy = now.case.kind in COPIES and decided is not None and decided.outcome != RequestOutcome.REFUSED
    if reason is None and gives_copy and not now.has_answer:
        return _("No copy is written. Write it on the tab Copy, or say in this step how it was given, and to whom.")
    return reason


def _of_closing(now: _Moment) -> str | None:
    left = still_to_do(now.steps)
    return _("Still to do: {steps}.").format(steps="; ".join(left)) if left else None


_HINDRANCES: dict[RequestEventKind, Callable[[_Moment], str | None]] = {
    RequestEventKind.EXTENDED: _of_extension,
    RequestEventKind.CLARIFIED: _of_clarified,
    RequestEventKind.NO_EXEMPTION: _of_no_exemption,
    RequestEventKind.REPLIED: _of_reply,
    RequestEventKind.RECORD_GIVEN: _of_answer,
    RequestEventKind.CLOSED: _of_closing,
}
