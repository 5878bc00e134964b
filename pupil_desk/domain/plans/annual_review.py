"""The review of an education, health and care plan: its whole chain of dates.

Children and Families Act 2014 section 44, and SI 2014/1530 regulations 18, 20 and 22. Sources, one for each date, and how sure we are:
``resources/plans/annual_review.toml``. Days are calendar days; none is moved for a weekend or a holiday, since the regulations move none.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.domain.plans.plan import AMEND, TO_INVITEES, PlanStep, PlanStepKind, PupilPlan
from pupil_desk.domain.register.calendar import school_year

_DAY = timedelta(days=1)
_YEAR = 12  # months
POST_16, PHASE, BETWEEN_POST_16 = "post-16", "phase", "between-post-16"


@dataclass(frozen=True, slots=True)
class AnnualReviewRules:
    """The numbers: months of the review and of a move between post-16 institutions, days of each step, month and day before which a plan is amended."""

    months: int
    invited: int
    asked: int
    advice: int
    report: int
    decision: int
    comments: int
    final: int
    final_of_meeting: int
    before: Mapping[str, tuple[int, int]]
    between_months: int
    assumed: Mapping[str, str]


@by_rules
def review_rules() -> AnnualReviewRules:
    """As the file of rules in force has them."""
    data = rule_data("plans", "annual_review.toml")
    days = {
        name: data[name]["days"] for name in ("invited", "asked", "advice", "report", "decision", "comments", "final", "final_of_meeting")
    }
    before = {kind: (data[name]["month"], data[name]["day"]) for kind, name in ((POST_16, "post16"), (PHASE, "phase"))}
    assumed = dict(words.split(" ") for words in data["assumed"]["phases"])
    return AnnualReviewRules(data["review"]["months"], **days, before=before, between_months=data["between"]["months"], assumed=assumed)


def months_on(day: date, months: int) -> date:
    """The same day of the month so many months later, or earlier; where that month is shorter, its last day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_year_from(day: date) -> date:
    """The last day of the period of so many months that starts with a day: the day before it comes round again."""
    months = review_rules().months
    again = birthday(day, months // _YEAR) if months % _YEAR == 0 else months_on(day, months)
    return again - _DAY


@dataclass(frozen=True, slots=True)
class Transfer:
    """A move to another phase: of which kind, on which day, and whether we suppose it from the year group."""

    kind: str
    day: date
    is_assumed: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which the plan may be reviewed and amended for it."""
        by_rule = review_rules()
        if self.kind == BETWEEN_POST_16:
            return months_on(self.day, -by_rule.between_months)
        return date(self.day.year, *by_rule.before[self.kind]) - _DAY


def transfer_of(plan: PupilPlan, year_group: str | None, today: date) -> Transfer | None:
    """The move that is entered, or supposed at the end of this school year from the year group; None unless it is within 12 months, or on this day."""
    if plan.transfer and plan.transfer_on:
        transfer = Transfer(plan.transfer, plan.transfer_on)
    elif kind := review_rules().assumed.get(year_group or ""):
        transfer = Transfer(kind, date(school_year(today) + 1, 9, 1), is_assumed=True)
    else:
        return None
    return transfer if months_on(transfer.day, -_YEAR) <= today <= transfer.day else None


@dataclass(slots=True)
class ReviewCycle:
    """The steps of one review, of each kind the last; ``concluded`` once the authority decided, and sent the final plan if it is to be amended.

    ``with_each`` has what was done with each of those invited, by kind of step and invitee.
    """

    steps: dict[str, PlanStep]
    with_each: dict[tuple[str, str], PlanStep] = field(default_factory=dict)

    def step(self, kind: PlanStepKind) -> PlanStep | None:
        """The step of that kind."""
        return self.steps.get(kind)

    def keep(self, step: PlanStep) -> None:
        """Count a step in."""
        self.steps[step.kind] = step
        if step.invitee:
            self.with_each[step.kind, step.invitee] = step

    def invite_anew(self) -> None:
        """Forget who was invited, to another day."""
        self.steps.pop(PlanStepKind.INVITED, None)
        self.with_each = {place: step for place, step in self.with_each.items() if place[0] != PlanStepKind.INVITED}

    def is_put_off_by(self, meeting: PlanStep) -> bool:
        """Whether a meeting takes the place of one to another day, before any was held."""
        before = self.step(PlanStepKind.MEETING)
        return before is not None and before.on != meeting.on and PlanStepKind.REVIEWED not in self.steps

    def not_done_with(self, kind: PlanStepKind, invitees: Iterable[str]) -> tuple[str, ...]:
        """With which of these a step of that kind was not done yet."""
        return tuple(invitee for invitee in invitees if (kind, invitee) not in self.with_each)

    @property
    def decided(self) -> date | None:
        """The day of the decision; the day of the meeting where no decision is on file and another review has steps_so_far."""
        step = self.step(PlanStepKind.DECISION) or self.step(PlanStepKind.REVIEWED)
        return step.on if step else None

    @property
    def concluded(self) -> bool:
        """Whether nothing of it is to come any more."""
        return self._concluding is not None

    @property
    def _concluding(self) -> PlanStep | None:
        decision = self.step(PlanStepKind.DECISION)
        return self.step(PlanStepKind.FINAL) if decision is not None and decision.outcome == AMEND else decision

    @property
    def last_day(self) -> date:
        """The day up to which a step is of this review, whenever it was entered: that on which it was concluded, or else held."""
        step = self._concluding or self.step(PlanStepKind.REVIEWED)
        return step.on if step else date.min

    def is_followed_by(self, step: PlanStep) -> bool:
        """Whether a step that is of no earlier review begins the next."""
        if step.on <= self.last_day:
            return False
        return step.kind != PlanStepKind.REPORT if self.concluded else step.kind in _BEGINS and PlanStepKind.REVIEWED in self.steps


_OF_REVIEW = (
    PlanStepKind.MEETING,
    PlanStepKind.INVITED,
    PlanStepKind.ADVICE_ASKED,
    PlanStepKind.ADVICE_IN,
    PlanStepKind.ADVICE,
    PlanStepKind.REVIEWED,
    PlanStepKind.REPORT,
    PlanStepKind.DECISION,
    PlanStepKind.AMENDMENT,
    PlanStepKind.FINAL,
)
_BEGINS = (PlanStepKind.MEETING, PlanStepKind.INVITED, PlanStepKind.ADVICE_ASKED, PlanStepKind.ADVICE, PlanStepKind.REVIEWED)


def cycles_of(steps: Iterable[PlanStep]) -> tuple[ReviewCycle, ...]:
    """The reviews in order; the last is that under way, with nothing in it where none is. A further meeting after one was held begins the next.

    A step that is entered late is of the review of its day. A meeting that is put off takes its place; who was invited to the earlier day is
    invited anew. A report that is sent once the authority has decided is of the review before.
    """
    cycles = [ReviewCycle({})]
    for step in (step for step in steps if step.kind in _OF_REVIEW):
        cycle = next((cycle for cycle in cycles[:-1] if step.on <= cycle.last_day), cycles[-1])
        if cycle.is_followed_by(step):
            cycle = ReviewCycle({})
            cycles.append(cycle)
        elif step.kind == PlanStepKind.MEETING and cycle.is_put_off_by(step):
            cycle.invite_anew()
        cycle.keep(step)
    if cycles[-1].concluded:
        cycles.append(ReviewCycle({}))
    return tuple(cycles)


@dataclass(frozen=True, slots=True)
class AnnualReview:
    """Every date of the review under way. ``complete_by`` is the last day for the decision, ``meeting_by`` the last on which the meeting leaves time for it.

    The others are None while what they count from is not there. ``transfer`` is the move that asks for the plan to be amended sooner.
    """

    complete_by: date
    meeting_by: date
    meeting: date | None
    invite_by: date
    ask_by: date
    advice_by: date
    report_by: date | None
    decision_by: date | None
    comments_by: date | None
    final_by: date | None
    transfer: Transfer | None = None


def annual_review(plan: PupilPlan, steps: Iterable[PlanStep], year_group: str | None, today: date) -> AnnualReview:
    """The dates of the review that is under way, or comes next."""
    by_rule, cycles = review_rules(), cycles_of(steps)
    cycle, earlier = cycles[-1], cycles[:-1]
    reviewed = max((day for day in (plan.reviewed_on, *(before.decided for before in earlier)) if day), default=None)
    transfer = transfer_of(plan, year_group, today)
    if transfer is not None and _reviewed_for(transfer, plan, earlier):
        transfer = None
    complete_by = end_of_year_from(reviewed or plan.made_on)
    meeting_by = complete_by - timedelta(days=by_rule.decision)
    if transfer is not None:
        meeting_by = min(meeting_by, transfer.last_day - timedelta(days=by_rule.final_of_meeting))
        complete_by = min(complete_by, transfer.last_day)
    held, planned = cycle.step(PlanStepKind.REVIEWED), cycle.step(PlanStepKind.MEETING)
    meeting = held.on if held else planned.on if planned else None
    counted = meeting or meeting_by
    return AnnualReview(
        complete_by,
        meeting_by,
        meeting,
        invite_by=counted - timedelta(days=by_rule.invited),
        ask_by=counted - timedelta(days=by_rule.asked),
        advice_by=counted - timedelta(days=by_rule.advice),
        report_by=meeting + timedelta(days=by_rule.report) if meeting else None,
        decision_by=min(meeting + timedelta(days=by_rule.decision), complete_by) if meeting else None,
        comments_by=_comments_by(cycle),
        final_by=_final_by(cycle, meeting, transfer),
        transfer=transfer,
    )


def last_day_missed(plan: PupilPlan, steps: Iterable[PlanStep], year_group: str | None, decided: date) -> date | None:
    """The last day for the authority's decision of the review under way, where it was decided after it; None where it was in time."""
    review = annual_review(plan, steps, year_group, decided)
    last_day = review.decision_by or review.complete_by
    return last_day if decided > last_day else None


def _reviewed_for(transfer: Transfer, plan: PupilPlan, earlier: Iterable[ReviewCycle]) -> bool:
    """Whether a review was concluded within the 12 months before a move."""
    days = [plan.reviewed_on, *(before.decided for before in earlier if before.concluded)]
    return any(day is not None and day >= months_on(transfer.day, -_YEAR) for day in days)


def _comments_by(cycle: ReviewCycle) -> date | None:
    """The day on which the notice was served counts as the first."""
    notice = cycle.step(PlanStepKind.AMENDMENT)
    return notice.on + timedelta(days=review_rules().comments - 1) if notice else None


def _final_by(cycle: ReviewCycle, meeting: date | None, transfer: Transfer | None) -> date | None:
    by_rule, notice, decision = review_rules(), cycle.step(PlanStepKind.AMENDMENT), cycle.step(PlanStepKind.DECISION)
    if decision is not None and decision.outcome != AMEND:
        return None
    days = [meeting + timedelta(days=by_rule.final_of_meeting)] if meeting else []
    if notice is not None:
        days.append(notice.on + timedelta(days=by_rule.final))
    return min([*days, *([transfer.last_day] if transfer else [])]) if days else None


def steps_to_come(
    cycle: ReviewCycle, review: AnnualReview, invitees: Iterable[str]
) -> Iterator[tuple[PlanStepKind, date, tuple[str, ...]]]:
    """What of a review is still to be done, in order, each with its last day, and with whom of those invited where it is done with each.

    Of a pupil who came after the decision only what follows from it is. What was done with one settles nothing for the others.
    """
    held, decision = cycle.step(PlanStepKind.REVIEWED), cycle.step(PlanStepKind.DECISION)
    waits = held is None and cycle.step(PlanStepKind.MEETING) is not None
    days = {
        PlanStepKind.MEETING: None if held or decision else review.invite_by,
        PlanStepKind.INVITED: review.invite_by if waits else None,
        PlanStepKind.ADVICE_ASKED: review.ask_by if waits and cycle.step(PlanStepKind.ADVICE) is None else None,
        PlanStepKind.ADVICE: review.advice_by if waits else None,
        PlanStepKind.REVIEWED: None if decision else review.meeting or review.meeting_by,
        PlanStepKind.REPORT: review.report_by if held else None,
        PlanStepKind.DECISION: review.decision_by if held else None,
        PlanStepKind.AMENDMENT: (review.decision_by or decision.on) if decision is not None and decision.outcome == AMEND else None,
        PlanStepKind.FINAL: review.final_by if decision is not None and decision.outcome == AMEND else None,
    }
    for kind, day in days.items():
        invitees_left = cycle.not_done_with(kind, invitees) if kind in TO_INVITEES else ()
        if day is not None and (invitees_left or (kind not in TO_INVITEES and cycle.step(kind) is None)):
            yield kind, day, invitees_left
