"""What must be done in a case, in the order of doing it; and what may not be recorded yet.

Source: domain reference, 9.3 and 10; UK GDPR Articles 12, 16 to 19 and 21.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.requests.case import (
    CHANGING,
    COPIES,
    OF_RECORD,
    Answer,
    Capacity,
    CaseKind,
    EventKind,
    Outcome,
    RequestCase,
    RequestEvent,
    last_of,
)
from pupil_desk.domain.requests.clock import Clock, standstills
from pupil_desk.domain.requests.search_place import SearchPlace

_ADULT = 18
_TOLD_ON = frozenset({CaseKind.RECTIFY, CaseKind.ERASE, CaseKind.RESTRICT})  # Article 19: whoever had it is told


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the record says that decides which steps are needed. ``recipients`` are those who were told what has changed since;
    ``barred`` says that an order on file is about the very person who asks."""

    age: int | None = None
    protected: bool = False
    barred: bool = False
    places: tuple[SearchPlace, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. ``needed`` False is one that may not concern this case; ``done`` is the event that did it.

    ``question`` is what a check answers; ``wrong`` says that its answer forbids giving anything. ``left`` names the places or
    recipients that are still to do, ``of`` how many there are.
    """

    kind: EventKind
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


def steps_of(case: RequestCase, events: Sequence[RequestEvent], clock: Clock, about: About) -> tuple[Step, ...]:
    """The steps of a case, in the order of doing them."""
    if last_of(events, EventKind.WITHDRAWN) and clock.answered is not None:
        return ()
    made = _Steps(case, events, clock, about)
    if case.kind == CaseKind.COMPLAINT:
        return (made.acknowledge(), made.look_into(), made.progress(), made.decide(), made.reply())
    return (made.acknowledge(), *made.checks(), *made.clock_steps(), *made.search(), made.decide(), *made.carry_out(), *made.release())


def still_to_do(steps: Sequence[Step], *, but: frozenset[EventKind] = frozenset()) -> list[str]:
    """The words of the steps that are needed and not done."""
    return [step.words for step in steps if step.open and step.kind not in but]


class _Steps:
    """Makes the steps of one case."""

    def __init__(self, case: RequestCase, events: Sequence[RequestEvent], clock: Clock, about: About) -> None:
        self.case, self.events, self.clock, self.about = case, events, clock, about
        decided = last_of(events, EventKind.DECIDED)
        self.outcome = decided.outcome if decided else None
        self.refused = self.outcome == Outcome.REFUSED

    def done(self, *kinds: EventKind) -> RequestEvent | None:
        return last_of(self.events, *kinds)

    def acknowledge(self) -> Step:
        complaint = self.case.kind == CaseKind.COMPLAINT
        return Step(kind=EventKind.ACKNOWLEDGED, words=_("Say that we have it"), needed=complaint, due=self.clock.acknowledge_by, done=self.done(EventKind.ACKNOWLEDGED))

    def checks(self) -> list[Step]:
        asked = Step(kind=EventKind.IDENTITY_ASKED, words=_("Ask who it is (stops the clock)"),
                     needed=False, done=self.done(EventKind.IDENTITY_ASKED))  # fmt: skip
        found = [asked, self._check(EventKind.IDENTITY, _("Check who it is"), _("Are you sure who it is?"))]
        if self.case.capacity != Capacity.PUPIL:
            found.append(self._check(EventKind.AUTHORITY, _("Check the right to ask"), self._authority()))
        if self.case.kind != CaseKind.RECORD and (self.about.age is None or self.about.age < _ADULT):
            age = "" if self.about.age is None else _(" The pupil is {age}.").format(age=self.about.age)
            question = _("Does the pupil understand what this right means?") + age
            step = self._check(EventKind.COMPETENCE, _("Note if the pupil understands"), question)
            found.append(step)
        return found

    def _authority(self) -> str:
        if self.about.barred:
            return _("An order on file is about this person. Read it first: does it leave them this right?")
        if self.case.capacity == Capacity.AGENT:
            return _("Is there a signed paper that lets this person act, from who holds the right?")
        understands = self.done(EventKind.COMPETENCE)
        if self.case.capacity == Capacity.PARENT and understands is not None and understands.answer == Answer.YES and self.case.kind != CaseKind.RECORD:
            return _("The pupil understands the right, so it is the pupil’s. Has the pupil agreed that this parent asks?")
        if self.case.capacity == Capacity.PARENT:
            return _("Does this person hold parental responsibility, and does no order forbid it?")
        return _("Does this person have the right to ask, from the pupil or from the law?")

    def _check(self, kind: EventKind, words: str, question: str) -> Step:
        done = self.done(kind)
        no = done is not None and done.answer == Answer.NO
        if kind is EventKind.COMPETENCE:  # a pupil who does not understand cannot use the right; for a parent it is no hindrance
            no = no and self.case.capacity == Capacity.PUPIL
        return Step(kind=kind, words=words, question=question, needed=not self.refused, done=done, wrong=no and not self.refused)

    def clock_steps(self) -> list[Step]:
        open_question = any(still.what is EventKind.CLARIFICATION_ASKED and still.answered is None for still in standstills(self.events))
        clarify = _("Ask what is meant (stops the clock)")
        found = [Step(kind=EventKind.CLARIFICATION_ASKED, words=clarify, needed=False, done=self.done(EventKind.CLARIFICATION_ASKED))]
        if self.done(EventKind.CLARIFICATION_ASKED):
            done = None if open_question else self.done(EventKind.CLARIFIED)
            found.append(Step(kind=EventKind.CLARIFIED, words=_("Note the answer to that"), needed=not self.refused, done=done))
        if self.case.kind != CaseKind.RECORD:
            found.append(Step(kind=EventKind.EXTENDED, words=_("Extend by two months"), needed=False, done=self.done(EventKind.EXTENDED), due=self.clock.first_month))
        return found

    def search(self) -> list[Step]:
        if self.case.kind not in COPIES:
            return []
        searched = {event.place_id for event in self.events if event.kind == EventKind.SEARCHED}
        left = tuple(place.name for place in self.about.places if place.place_id not in searched)
        places = Step(kind=EventKind.SEARCHED, words=_("Search the other places"), needed=not self.refused and bool(self.about.places),
                      done=self.done(EventKind.SEARCHED), left=left, of=len(self.about.places))  # fmt: skip
        exempt = Step(kind=EventKind.EXEMPTION, words=_("Exemptions, or none"), needed=not self.refused,
                      done=self.done(EventKind.EXEMPTION, EventKind.NO_EXEMPTION))  # fmt: skip
        return [places, exempt]

    def look_into(self) -> Step:
        return Step(kind=EventKind.LOOKED_INTO, words=_("Look into it"), done=self.done(EventKind.LOOKED_INTO))

    def progress(self) -> Step:
        return Step(kind=EventKind.PROGRESS, words=_("Tell how it stands"), needed=False, done=self.done(EventKind.PROGRESS), due=self.clock.tell_again)

    def decide(self) -> Step:
        return Step(kind=EventKind.DECIDED, words=_("Decide, and say why"), done=self.done(EventKind.DECIDED))

    def carry_out(self) -> list[Step]:
        if self.case.kind not in CHANGING or self.refused or self.outcome is None:
            return []
        kind = CaseKind(self.case.kind)
        found = [Step(kind=EventKind.CARRIED_OUT, words=_CARRY_OUT[kind], done=self.done(EventKind.CARRIED_OUT))]
        if kind in _TOLD_ON and self.about.recipients:
            told = {event.what for event in self.events if event.kind == EventKind.RECIPIENT_TOLD}
            left = tuple(name for name in self.about.recipients if name not in told)
            found.append(Step(kind=EventKind.RECIPIENT_TOLD, words=_("Tell who was given it"), done=self.done(EventKind.RECIPIENT_TOLD),
                              left=left, of=len(self.about.recipients)))  # fmt: skip
        return found

    def release(self) -> list[Step]:
        found = []
        if self.case.kind in COPIES:
            if self.about.protected:
                question = _("An order or a withheld address is on file. Have you made sure that nothing given away tells what it protects?")
                found.append(self._check(EventKind.PROTECTION, _("Weigh the protections"), question))
            question = _("Have you checked the address, and that only this person will open it?")
            found.append(self._check(EventKind.DELIVERY, _("Check where it goes"), question))
        if self.case.kind in OF_RECORD and not self.refused:
            alone = self.case.kind == CaseKind.RECORD
            done = self.done(EventKind.RECORD_GIVEN) if not alone or self.clock.answered else None
            found.append(Step(kind=EventKind.RECORD_GIVEN, words=_("Give the educational record"), needed=alone, done=done, due=self.clock.record_due))
        if self.case.kind != CaseKind.RECORD or self.refused:
            found.append(self.reply())
        return found

    def reply(self) -> Step:
        """The answer; one given before the case was opened again is none any more."""
        due = None if self.clock.still_since else self.clock.month_due
        return Step(kind=EventKind.REPLIED, words=_("Give the answer"), done=self.done(EventKind.REPLIED) if self.clock.answered else None, due=due)


_CARRY_OUT = {
    CaseKind.RECTIFY: _("Put the record right"), CaseKind.OBJECT: _("Stop the use"),
    CaseKind.RESTRICT: _("Mark it: kept, not used"), CaseKind.ERASE: _("Have it deleted"),
}  # fmt: skip
_BEFORE_ANSWER = frozenset({EventKind.REPLIED, EventKind.RECORD_GIVEN})


def hindrance(kind: EventKind, case: RequestCase, events: Sequence[RequestEvent], clock: Clock, steps: Sequence[Step], on: date) -> str | None:
    """Why an event cannot be recorded now, in a sentence that says what to do; None where nothing is in its way."""
    ended = last_of(events, EventKind.CLOSED, EventKind.REOPENED)
    closed = ended is not None and ended.kind == EventKind.CLOSED
    if closed != (kind is EventKind.REOPENED):
        return _("The case is closed. Open it again first.") if closed else _("The case is not closed.")
    found = _HINDRANCES.get(kind)
    return found(case, events, clock, steps, on) if found else None


def _of_extension(case: RequestCase, events: Sequence[RequestEvent], clock: Clock, steps: Sequence[Step], on: date) -> str | None:
    if case.kind in (CaseKind.COMPLAINT, CaseKind.RECORD):
        return _("This clock cannot be extended.")
    if clock.extended:
        return _("It has been extended already. It can be extended once.")
    if clock.first_month is not None and on > clock.first_month:
        return _("It could be extended until {day}, within the first month. Answer now, and say that it is late.").format(day=show_date(clock.first_month))
    return None


def _of_clarified(case: RequestCase, events: Sequence[RequestEvent], clock: Clock, steps: Sequence[Step], on: date) -> str | None:
    still = next((still for still in standstills(events) if still.what is EventKind.CLARIFICATION_ASKED and still.answered is None), None)
    if still is None:
        return _("Nothing is open that was asked. Record the question first.")
    return _("That is before the day of the question.") if on < still.asked else None


def _of_answer(case: RequestCase, events: Sequence[RequestEvent], clock: Clock, steps: Sequence[Step], on: date) -> str | None:
    if last_of(events, EventKind.WITHDRAWN) and clock.answered is not None:
        return _("The person has withdrawn it. Close the case.")
    wrong = [step.words for step in steps if step.wrong]
    if wrong:
        return _("A check came to “no”: {checks}. Nothing may be given. Decide «No» with the reason, or answer the check anew.").format(checks=join_words(wrong))
    early = _BEFORE_ANSWER | {EventKind.RECIPIENT_TOLD}
    left = still_to_do(steps, but=early)
    return _("First: {steps}.").format(steps="; ".join(left)) if left else None


def _of_closing(case: RequestCase, events: Sequence[RequestEvent], clock: Clock, steps: Sequence[Step], on: date) -> str | None:
    left = still_to_do(steps)
    return _("Still to do: {steps}.").format(steps="; ".join(left)) if left else None


type _Hindrance = Callable[[RequestCase, Sequence[RequestEvent], Clock, Sequence[Step], date], str | None]
_HINDRANCES: dict[EventKind, _Hindrance] = {
    EventKind.EXTENDED: _of_extension, EventKind.CLARIFIED: _of_clarified, EventKind.REPLIED: _of_answer,
    EventKind.RECORD_GIVEN: _of_answer, EventKind.CLOSED: _of_closing,
}  # fmt: skip
