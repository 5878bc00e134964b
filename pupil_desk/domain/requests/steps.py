"""What must be done in a case, in the order of doing it.

Source: domain reference, 9.3 and 10; UK GDPR Articles 12, 16 to 19 and 21.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import (
    CHANGING,
    COPIES,
    OF_RECORD,
    Capacity,
    CaseKind,
    CheckAnswer,
    RequestCase,
    RequestEvent,
    RequestEventKind,
    RequestOutcome,
    SearchPlace,
    last_of,
)
from pupil_desk.domain.requests.clock import RequestClock, standstills

ADULT = 18
_TOLD_ON = frozenset({CaseKind.RECTIFY, CaseKind.ERASE, CaseKind.RESTRICT})  # Article 19: whoever had it is told


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """What the record says that decides which steps are needed. ``recipients`` are those who were told what has changed since;
    ``barred`` says that an order on file is about the very person who asks."""

    age: int | None = None
    protected: bool = False
    barred: bool = False
    places: tuple[SearchPlace, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStep:
    """One thing to do. ``needed`` False is one that may not concern this case; ``done`` is the event that did it.

    ``question`` is what a check answers; ``wrong`` says that its answer forbids giving anything. ``left`` names the places or
    recipients that are still to do, ``of`` how many there are.
    """

    kind: RequestEventKind
    words: str
    needed: bool = True
    done: RequestEvent | None = None
    due: date | None = None
    question: str = ""
    wrong: bool = False
    left: tuple[str, ...] = ()
    of: int = 0

    @property
    def open(self) -> bool:
        """Whether it is needed and not done."""
        return self.needed and (self.done is None or bool(self.left) or self.wrong)


def steps_of(case: RequestCase, events: Sequence[RequestEvent], clock: RequestClock, context: RequestContext) -> tuple[RequestStep, ...]:
    """The steps of a case, in the order of doing them."""
    if is_withdrawn(events):
        return ()
    steps = _Steps(case, events, clock, context)
    if case.kind == CaseKind.COMPLAINT:
        return (steps.acknowledge(), steps.look_into(), steps.progress(), steps.decide(), steps.reply())
    return (
        steps.acknowledge(),
        *steps.checks(),
        *steps.clock_steps(),
        *steps.search(),
        steps.decide(),
        *steps.carry_out(),
        *steps.release(),
    )


def still_to_do(steps: Sequence[RequestStep], *, but: frozenset[RequestEventKind] = frozenset()) -> list[str]:
    """The words of the steps that are needed and not done."""
    return [step.words for step in steps if step.open and step.kind not in but]


def is_closed(events: Sequence[RequestEvent]) -> bool:
    """Whether the case is closed, and not opened again since."""
    last_change = last_of(events, RequestEventKind.CLOSED, RequestEventKind.REOPENED)
    return last_change is not None and last_change.kind == RequestEventKind.CLOSED


def is_withdrawn(events: Sequence[RequestEvent]) -> bool:
    """Whether the person has withdrawn it, and it was not opened again since."""
    last_change = last_of(events, RequestEventKind.WITHDRAWN, RequestEventKind.REOPENED)
    return last_change is not None and last_change.kind == RequestEventKind.WITHDRAWN


class _Steps:
    """Makes the steps of one case."""

    def __init__(self, case: RequestCase, events: Sequence[RequestEvent], clock: RequestClock, context: RequestContext) -> None:
        self.case, self.events, self.clock, self.about = case, events, clock, context
        decided = last_of(events, RequestEventKind.DECIDED)
        self.outcome = decided.outcome if decided else None
        self.refused = self.outcome == RequestOutcome.REFUSED

    def done(self, *kinds: RequestEventKind) -> RequestEvent | None:
        return last_of(self.events, *kinds)

    def _step(self, kind: RequestEventKind, words: str, **facts: Any) -> RequestStep:
        """A step that is done by an event of its kind."""
        return RequestStep(kind=kind, words=words, done=self.done(kind), **facts)

    def acknowledge(self) -> RequestStep:
        is_complaint = self.case.kind == CaseKind.COMPLAINT
        return self._step(RequestEventKind.ACKNOWLEDGED, _("Say that we have it"), needed=is_complaint, due=self.clock.acknowledge_by)

    def checks(self) -> Iterator[RequestStep]:
        yield self._step(RequestEventKind.IDENTITY_ASKED, _("Ask who it is (stops the clock)"), needed=False)
        yield self._check(RequestEventKind.IDENTITY, _("Check who it is"), _("Are you sure who it is?"))
        if self.case.capacity != Capacity.PUPIL:
            yield self._check(RequestEventKind.AUTHORITY, _("Check the right to ask"), self._authority())
        if self.case.kind != CaseKind.RECORD and not self._is_adult:
            age = "" if self.about.age is None else _(" The pupil is {age}.").format(age=self.about.age)
            question = _("Does the pupil understand what this right means?") + age
            yield self._check(RequestEventKind.COMPETENCE, _("Note if the pupil understands"), question)
        yield from self._pupils_word()

    @property
    def _is_adult(self) -> bool:
        return self.about.age is not None and self.about.age >= ADULT

    def _authority(self) -> str:
        if self.about.barred:
            return _("An order on file is about this person. Read it first: does it leave them this right?")
        if self.case.capacity == Capacity.AGENT:
            return _("Is there a signed paper that lets this person act, from who holds the right?")
        if self.case.capacity == Capacity.PARENT and self._is_adult:
            return _(
                "The pupil is {age}: nobody has parental responsibility any more. Is there a paper, signed by the pupil or from a court, that lets this person act?"
            ).format(age=self.about.age)
        if self.case.capacity == Capacity.PARENT:
            return _("Does this person hold parental responsibility, and does no order forbid it?")
        return _("Does this person have the right to ask, from the pupil or from the law?")

    def _pupils_word(self) -> list[RequestStep]:
        """A step of its own, whichever of the checks before it was answered first. The educational record is the parent's own right.

        A case closed before anybody was asked for it stays as it was closed; one that is opened again asks.
        """
        understands = self.done(RequestEventKind.COMPETENCE)
        if self.case.capacity != Capacity.PARENT or self.case.kind == CaseKind.RECORD:
            return []
        if understands is None or understands.answer != CheckAnswer.YES:
            return []
        if is_closed(self.events) and self.done(RequestEventKind.PUPILS_WORD) is None:
            return []
        question = _("The pupil understands the right, so it is the pupil’s. Has the pupil agreed that this parent asks?")
        return [self._check(RequestEventKind.PUPILS_WORD, _("Ask for the pupil’s word"), question)]

    def _check(self, kind: RequestEventKind, words: str, question: str) -> RequestStep:
        event = self.done(kind)
        no = event is not None and event.answer == CheckAnswer.NO
        if kind is RequestEventKind.COMPETENCE:  # a pupil who does not understand cannot use the right; for a parent it is no hindrance
            no = no and self.case.capacity == Capacity.PUPIL
        return RequestStep(kind=kind, words=words, question=question, needed=not self.refused, done=event, wrong=no and not self.refused)

    def clock_steps(self) -> Iterator[RequestStep]:
        open_question = any(
            still.what is RequestEventKind.CLARIFICATION_ASKED and still.answered is None for still in standstills(self.events)
        )
        yield self._step(RequestEventKind.CLARIFICATION_ASKED, _("Ask what is meant (stops the clock)"), needed=False)
        if self.done(RequestEventKind.CLARIFICATION_ASKED):
            event = None if open_question else self.done(RequestEventKind.CLARIFIED)
            yield RequestStep(kind=RequestEventKind.CLARIFIED, words=_("Note the answer to that"), needed=not self.refused, done=event)
        if self.case.kind != CaseKind.RECORD:
            yield self._step(RequestEventKind.EXTENDED, _("Extend by two months"), needed=False, due=self.clock.first_month)

    def search(self) -> Iterator[RequestStep]:
        if self.case.kind not in COPIES:
            return
        searched = {event.place_id for event in self.events if event.kind == RequestEventKind.SEARCHED}
        left = tuple(place.name for place in self.about.places if place.place_id not in searched)
        yield self._step(
            RequestEventKind.SEARCHED,
            _("Search the other places"),
            needed=not self.refused and bool(self.about.places),
            left=left,
            of=len(self.about.places),
        )
        yield RequestStep(
            kind=RequestEventKind.EXEMPTION,
            words=_("Exemptions, or none"),
            needed=not self.refused,
            done=self.done(RequestEventKind.EXEMPTION, RequestEventKind.NO_EXEMPTION),
        )

    def look_into(self) -> RequestStep:
        return self._step(RequestEventKind.LOOKED_INTO, _("Look into it"))

    def progress(self) -> RequestStep:
        return self._step(RequestEventKind.PROGRESS, _("Tell how it stands"), needed=False, due=self.clock.tell_again)

    def decide(self) -> RequestStep:
        return self._step(RequestEventKind.DECIDED, _("Decide, and say why"))

    def carry_out(self) -> Iterator[RequestStep]:
        if self.case.kind not in CHANGING or self.refused or self.outcome is None:
            return
        kind = CaseKind(self.case.kind)
        yield self._step(RequestEventKind.CARRIED_OUT, _CARRY_OUT[kind])
        if kind in _TOLD_ON and self.about.recipients:
            told_names = {event.what for event in self.events if event.kind == RequestEventKind.RECIPIENT_TOLD}
            left = tuple(name for name in self.about.recipients if name not in told_names)
            yield self._step(RequestEventKind.RECIPIENT_TOLD, _("Tell who was given it"), left=left, of=len(self.about.recipients))

    def release(self) -> Iterator[RequestStep]:
        if self.case.kind in COPIES:
            if self.about.protected:
                question = _(
                    "An order or a withheld address is on file. Have you made sure that nothing given away tells what it protects?"
                )
                yield self._check(RequestEventKind.PROTECTION, _("Weigh the protections"), question)
            question = _("Have you checked the address, and that only this person will open it?")
            yield self._check(RequestEventKind.DELIVERY, _("Check where it goes"), question)
        if self.case.kind in OF_RECORD and not self.refused:
            alone = self.case.kind == CaseKind.RECORD
            event = self.done(RequestEventKind.RECORD_GIVEN) if not alone or self.clock.answered else None
            yield RequestStep(
                kind=RequestEventKind.RECORD_GIVEN,
                words=_("Give the educational record"),
                needed=alone,
                done=event,
                due=self.clock.record_due,
            )
        if self.case.kind != CaseKind.RECORD or self.refused:
            yield self.reply()

    def reply(self) -> RequestStep:
        """The answer; one given before the case was opened again is none any more."""
        due = None if self.clock.still_since else self.clock.month_due
        return RequestStep(
            kind=RequestEventKind.REPLIED,
            words=_("Give the answer"),
            done=self.done(RequestEventKind.REPLIED) if self.clock.answered else None,
            due=due,
        )


_CARRY_OUT = {
    CaseKind.RECTIFY: _("Put the record right"),
    CaseKind.OBJECT: _("Stop the use"),
    CaseKind.RESTRICT: _("Mark it: kept, not used"),
    CaseKind.ERASE: _("Have it deleted"),
}
