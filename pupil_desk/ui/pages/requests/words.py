"""How a case and its clock are told: a sign, a colour and words, always together."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.requests.case import CaseKind, CheckAnswer, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.clock import Pressing, RequestClock
from pupil_desk.domain.requests.steps import RequestStep
from pupil_desk.services.requests.looking import CaseStanding, RequestState
from pupil_desk.ui.kit.badge import BadgeTone
from pupil_desk.ui.kit.lists.signs_in_view import Tone

_SIGNS: dict[Pressing, tuple[str, Tone]] = {
    Pressing.LATE: ("warning-circle", "bad"),
    Pressing.SOON: ("hourglass-medium", "check"),
    Pressing.RUNNING: ("clock", "good"),
    Pressing.STANDING: ("pause-circle", "check"),
    Pressing.NO_DAY: ("minus-circle", ""),
    Pressing.DONE: ("check-circle", "good"),
}
_BADGE: dict[Tone, BadgeTone] = {"": "good", "good": "good", "check": "check", "bad": "bad"}


@dataclass(frozen=True, slots=True)
class CaseState:
    """How a case stands, as it is shown: sign, colour, a few words, and more words for a tip."""

    sign: str
    tone: Tone
    words: str
    detail: str = ""

    @property
    def badge(self) -> BadgeTone:
        """The colour as a badge has it."""
        return _BADGE[self.tone]


def case_title(overview: RequestState) -> str:
    """A case in a question: its number, what is asked, and whom it is about, in a sentence."""
    case = overview.case
    person = f"{overview.pupil.full_name} ({overview.pupil.ref})" if overview.pupil is not None else _("no pupil of ours")
    return _("{ref}: {what}, about {whom}.").format(ref=case.ref, what=kind_words(case), whom=person)


def state_of(overview: RequestState, today: date) -> CaseState:
    """How a case stands on a day: closed, answered, or how much time is left."""
    clock = overview.clock
    if overview.standing is CaseStanding.CLOSED:
        return CaseState("archive", "", _("Closed"), _answered(clock))
    if clock.answered is not None:
        return CaseState("check-circle", "check" if clock.late_by else "good", _("Answered"), _answered(clock))
    pressing = clock.pressing(today)
    sign, tone = _SIGNS[pressing]
    return CaseState(sign, tone, _left(clock, pressing, today), days_words(clock))


def _left(clock: RequestClock, pressing: Pressing, today: date) -> str:
    left = clock.days_left(today)
    if pressing is Pressing.STANDING:
        return _("Stands still")
    if left is None:
        return _("No day is set")
    if left < 0:
        return _("{days} late").format(days=count_of(-left, _("day"), _("days")))
    return _("Due today") if left == 0 else _("{days} left").format(days=count_of(left, _("day"), _("days")))


def _answered(clock: RequestClock) -> str:
    if clock.answered is None:
        return ""
    if clock.late_by:
        words = _("Answered on {day}, {late} late")
        return words.format(day=show_date(clock.answered), late=count_of(clock.late_by, _("day"), _("days")))
    return _("Answered on {day}, in time").format(day=show_date(clock.answered))


def days_words(clock: RequestClock) -> str:
    """Every day that counts, in sentences."""
    sentences = []
    if clock.still_since is not None and clock.month_due is not None:
        sentences.append(
            _("The clock stands still since {day}: {why}. If the answer came today, ours would be due by {due}.").format(
                day=show_date(clock.still_since),
                why=_STILL[clock.still_for or RequestEventKind.CLARIFICATION_ASKED],
                due=show_date(clock.month_due),
            )
        )
    elif clock.month_due is not None:
        words = _("Answer by {day}, two months longer than the first.") if clock.extended else _("Answer by {day}.")
        sentences.append(words.format(day=show_date(clock.month_due)))
    if clock.record_given:
        sentences.append(_("The educational record was given on {day}.").format(day=show_date(clock.record_given)))
    elif clock.record_due:
        sentences.append(
            _("Give the educational record by {day}: school holidays are not counted, questions do not stop it.").format(
                day=show_date(clock.record_due)
            )
        )
    if clock.beyond_terms:
        sentences.append(
            _(
                "The school days for the educational record cannot be counted: the school year in Settings is not confirmed, begins later or ends before."
            )
        )
    if clock.acknowledge_by:
        sentences.append(_("Say by {day} that we have the complaint.").format(day=show_date(clock.acknowledge_by)))
    if clock.tell_again:
        sentences.append(_("Answer without delay. If it takes long, say how it stands by {day}.").format(day=show_date(clock.tell_again)))
    return " ".join(sentences)


_STILL = {
    RequestEventKind.IDENTITY_ASKED: _("we asked who the person is"),
    RequestEventKind.CLARIFICATION_ASKED: _("we asked what is meant"),
}


def kind_words(case: RequestCase) -> str:
    """What is asked for."""
    return codelist("request_kind").label_of(case.kind)


def short_kind(case: RequestCase) -> str:
    """What is asked for, in a word or two for a column."""
    return codelist("request_kind").codes[case.kind].alike[0]


def asked_words(case: RequestCase) -> str:
    """Who asked, in what right, when and how; and our number."""
    right = codelist("request_capacity").label_of(case.capacity)
    channel = codelist("channel").label_of(case.channel).lower()
    words = (
        _("{who} complained on {day} ({how}). Asking as {right}. {ref}")
        if case.kind == CaseKind.COMPLAINT
        else _("{who} asked on {day} ({how}). Asking as {right}. {ref}")
    )
    return words.format(who=case.requester, day=show_date(case.received), how=channel, right=begun_small(right), ref=case.ref)


def _done_day(day: date) -> str:
    """5 Nov: the year stands in the history."""
    return short_date(day).rsplit(" ", 1)[0]


def step_state(step: RequestStep) -> CaseState:
    """How a step stands: done, to do, if it is needed."""
    if step.wrong:
        return CaseState("warning-circle", "bad", _("No"), _("A check came to “no”. Nothing may be given."))
    if step.left and step.of:
        finished = step.of - len(step.left)
        sign, tone = ("circle-dashed", "check") if step.needed else ("circle", "")
        return CaseState(sign, tone, _("{done} of {all}").format(done=finished, all=step.of), ", ".join(step.left))  # type: ignore[arg-type]  # both are tones
    if step.done is not None:
        answer = step.done.answer
        if answer == CheckAnswer.NO:
            return CaseState("check-circle", "good", _("No, {day}").format(day=_done_day(step.done.on)), step.done.note or "")
        if answer == CheckAnswer.NOT_NEEDED:
            return CaseState("check-circle", "good", _("Not needed"), step.done.note or "")
        return CaseState("check-circle", "good", _("Done {day}").format(day=_done_day(step.done.on)), step.done.note or "")
    return CaseState("circle-dashed", "check", _("To do")) if step.needed else CaseState("circle", "", _("If needed"))


def event_facts(event: RequestEvent) -> list[str]:
    """What was entered of an event, beside its day and note: an answer, a decision, an exemption, about what."""
    facts = (
        codelist("request_answer").label_of(event.answer),
        codelist("request_outcome").label_of(event.outcome),
        codelist("exemption").label_of(event.exemption),
        event.what or "",
    )
    return [fact for fact in facts if fact]


def recorded_words(overview: RequestState, step: RequestStep) -> str:
    """What was recorded of a step and counts, a line an event: «5 November 2026. No: the asker has no parental responsibility»."""
    kinds = {step.kind, step.done.kind} if step.done is not None else {step.kind}
    return "\n".join(_recorded_line(event) for event in overview.events if event.kind in kinds)


def _recorded_line(event: RequestEvent) -> str:
    facts = event_facts(event) or ([codelist("request_event").label_of(event.kind)] if event.kind == RequestEventKind.NO_EXEMPTION else [])
    entered = ": ".join(part for part in ("; ".join(facts), event.note or "") if part)
    return ". ".join(part for part in (show_date(event.on), entered) if part)


def none_chosen(*, may_read: bool) -> tuple[str, str]:
    """What stands in place of a request while none is chosen: a heading and a sentence."""
    if may_read:
        return _("No request is chosen"), _("Choose a request to see its steps.")
    return _("The data officer handles requests"), _("In the list are those that you recorded.")


def none_of_pupil(*, may_read: bool) -> tuple[str, str]:
    """What stands there where one comes from a pupil of whom there is none."""
    none = _("No request about this pupil is on file") if may_read else _("You have recorded no request about this pupil")
    return none, _("If one came, record it with New request (Ctrl+N).")
