"""Plans: one of a kind, in versions of which the last counts, and what was done about it. Nothing is ever edited.

What a kind of plan has, and how often it is reviewed, is data: ``resources/plans/kinds.toml``. What the record holds elsewhere, such as
medicines and types of need, is printed with a plan and not typed into it again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial

from pupil_desk.basics.money import price_of
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item, program_items_of
from pupil_desk.domain.catalogue.own_values import NOTHING, OwnValues, takes_own_fields
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.learning.review import RecordedWording
from pupil_desk.domain.plans.kinds import plan_kind

# a plan may say anything of health, and that there is one says something of it
_FACTS = Facts(Section.PLANS, Category.PLANS, Purpose.LEARNING, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="sen")
_LONGEST_TEXT = 8000  # characters: about three pages
_SIGNS_IN_LINE = 80  # of print, about
_fact = partial(item, facts=_FACTS)
_part = partial(item, kind=Kind.LINES, longest=_LONGEST_TEXT, facts=_FACTS)


@takes_own_fields("plan")
@dataclass(frozen=True, slots=True, kw_only=True)
class PupilPlan:
    """One version of a plan, whole; those that share ``entry_id`` are one plan. ``struck`` says that it was entered by mistake.

    ``made_on`` is the day of the first version, from which its first review counts; ``version_day`` that of this one.
    """

    id: str = ""
    entry_id: str = ""
    pupil_id: str = ""
    kind: str = _fact(_("Kind of plan"), Kind.CODE, codes="plan_kind", required=True)
    made_on: date = _fact(
        _("First made on"), Kind.DATE, required=True, hint=_("Of an EHC plan the day on which the authority made it final")
    )
    version_day: date | None = _fact(_("This version is of"), Kind.DATE, hint=_("Empty for the first"))
    lead: str | None = _fact(_("Who leads on it"), Kind.NAME)
    reviewed_on: date | None = _fact(
        _("Last reviewed before it came here"), Kind.DATE, hint=_("Of an EHC plan the day of the authority’s decision")
    )
    review_by: date | None = _fact(_("To be reviewed sooner, by"), Kind.DATE, hint=_("Empty: the rule for its kind says when"))
    transfer: str | None = _fact(_("Next move"), Kind.CODE, codes="plan_transfer")
    transfer_on: date | None = _fact(_("Moves on"), Kind.DATE)
    views: str | None = _part(_("What the pupil says, and what matters to him or her"))
    strengths: str | None = _part(_("Progress, strengths, and what people like about the pupil"))
    needs: str | None = _part(_("Needs, and risks"))
    health_needs: str | None = _part(_("Health needs"))
    care_needs: str | None = _part(_("Social care needs"))
    outcomes: str | None = _part(_("Outcomes"))
    warning_signs: str | None = _part(_("Signs to look out for"))
    triggers: str | None = _part(_("Triggers"))
    provision: str | None = _part(_("What is done, and what helps"))
    health_provision: str | None = _part(_("Health provision"))
    care_provision: str | None = _part(_("Social care provision"))
    avoid: str | None = _part(_("What to avoid"))
    response: str | None = _part(_("What to do when it happens"))
    afterwards: str | None = _part(_("Afterwards"))
    people: str | None = _part(_("Who does it"))
    trips: str | None = _part(_("On trips"))
    placement: str | None = _part(_("Placement"))
    budget: str | None = _part(_("Money"))
    advice: str | None = _part(_("Advice and information"))
    progress: str | None = _part(_("What came of it"))
    ended_on: date | None = _fact(_("Ended on"), Kind.DATE, hint=_("Empty while it runs"))
    ended_because: str | None = _fact(_("Ended because"), Kind.TEXT)
    struck: str | None = _fact(_("Plan struck out because"), Kind.TEXT)
    own: OwnValues = NOTHING

    @property
    def day(self) -> date:
        """The day of this version."""
        return self.version_day or self.made_on

    def runs_on(self, day: date) -> bool:
        """Whether it counts on a day: it is not struck out, was made by then, and has not ended."""
        return self.struck is None and self.made_on <= day and (self.ended_on is None or day <= self.ended_on)


PLAN_FORM = tuple(plan_item.name for plan_item in program_items_of(PupilPlan) if plan_item.name != "struck")
"""What the program itself asks of a plan, of whichever kind."""
HEAD = ("kind", "made_on", "version_day", "lead", "reviewed_on", "review_by")
MOVES = ("transfer", "transfer_on")
ENDING = ("ended_on", "ended_because")
PARTS = tuple(name for name in PLAN_FORM if name not in {*HEAD, *MOVES, *ENDING})
"""What a plan says: to other words than these nobody has agreed yet."""


class PlanStepKind(StrEnum):
    """What was done about a plan. The values are those of the code list."""

    AGREED_PARENT = "agreed-parent"
    AGREED_PUPIL = "agreed-pupil"
    AGREED_STAFF = "agreed-staff"
    MEETING = "meeting"
    INVITED = "invited"
    ADVICE_ASKED = "advice-asked"
    ADVICE_IN = "advice-in"
    ADVICE = "advice"
    REVIEWED = "reviewed"
    REPORT = "report"
    DECISION = "decision"
    AMENDMENT = "amendment"
    FINAL = "final"
    SPENT = "spent"


AGREEMENTS = (PlanStepKind.AGREED_PARENT, PlanStepKind.AGREED_PUPIL, PlanStepKind.AGREED_STAFF)
TO_INVITEES = (PlanStepKind.INVITED, PlanStepKind.ADVICE_ASKED, PlanStepKind.ADVICE_IN, PlanStepKind.ADVICE, PlanStepKind.REPORT)
"""What is done with each of those who are invited to a review."""
EVERYBODY = "everybody"
"""Of the code list of invitees: who enters it means all with whom it was not done yet. Never kept: a step is kept for each."""
AMEND = "amend"  # of the code list of decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One thing that was done about a plan. A row with ``takes_back`` says that the step of that identity was entered by mistake, and ``note`` why.

    ``amount`` is in pounds, to the penny. ``plan_version_id`` is the version that stood as it was recorded: of an agreement, the words that were agreed to.
    """

    id: str = ""
    entry_id: str = ""
    pupil_id: str = ""
    kind: str = _fact(_("What was done about the plan"), Kind.CODE, codes="plan_step", required=True)
    on: date = _fact(_("On"), Kind.DATE, required=True)
    invitee: str | None = _fact(_("Which of those invited"), Kind.CODE, codes="plan_invitee")
    who: str | None = _fact(_("By whom, or with whom"), Kind.NAME)
    outcome: str | None = _fact(_("What was decided"), Kind.CODE, codes="plan_decision")
    amount: str | None = _fact(_("Amount spent, in pounds"), Kind.NAME, longest=12, hint=_("Such as 85 or 85.50"))
    note: str | None = _part(_("In words"))
    plan_version_id: str | None = None
    takes_back: str | None = None


@dataclass(frozen=True, slots=True)
class PlanCase:
    """A plan with its versions, the oldest first, and the steps that stand, in the order of recording."""

    wordings: tuple[RecordedWording[PupilPlan], ...]
    steps: tuple[PlanStep, ...] = ()

    @property
    def now(self) -> PupilPlan:
        """As it holds."""
        return self.wordings[-1].record

    @property
    def agreements(self) -> tuple[PlanStep, ...]:
        """Who agreed to it as it holds: on the day of this version or later, and while its words were these."""
        same_words = {version.record.id for version in self.wordings if _words_of(version.record) == _words_of(self.now)}
        steps = (step for step in self.steps if step.kind in AGREEMENTS and step.plan_version_id in same_words)
        return tuple(step for step in steps if step.on >= self.now.day)

    def as_on(self, day: date) -> "PlanCase | None":
        """The plan as it stood on a day: the versions of that day or before, and what was done by then. None where it did not run, by what was known then or is known now."""
        past = PlanCase(
            tuple(version for version in self.wordings if version.record.day <= day), tuple(step for step in self.steps if step.on <= day)
        )
        return past if self.now.runs_on(day) and past.wordings and past.now.runs_on(day) else None

    @property
    def spent(self) -> Decimal:
        """Pounds spent in all."""
        return spent(self.steps)


def spent(steps: Iterable[PlanStep], since: date = date.min) -> Decimal:
    """The pounds that these steps say were spent, on a day or later."""
    amounts = (price_of(step.amount) for step in steps if step.kind == PlanStepKind.SPENT and step.on >= since)
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _words_of(plan: PupilPlan) -> tuple[str | None, ...]:
    return tuple(getattr(plan, part) for part in PARTS)


def that_stand(steps: Iterable[PlanStep]) -> list[PlanStep]:
    """The steps that were not taken back, in their order."""
    every_step = list(steps)
    reversed_ids = {step.takes_back for step in every_step if step.takes_back}
    return [step for step in every_step if not step.takes_back and step.id not in reversed_ids]


@gathered
def check_plan(plan: PupilPlan, today: date) -> Iterator[Problem]:
    """What is wrong with a version across its items."""
    for name, words in (("made_on", _("the first version")), ("version_day", _("this version")), ("reviewed_on", _("the last review"))):
        value = getattr(plan, name)
        if value is not None and value > today:
            yield Problem(name, "future_date", _("The day of {what} lies in the future. Check the year.").format(what=words))
    for name in ("version_day", "reviewed_on", "review_by", "ended_on"):
        value = getattr(plan, name)
        if value is not None and value < plan.made_on:
            yield Problem(name, "before_made", _("This day is before the plan was first made. Correct one of the two."))
    if (plan.transfer is None) != (plan.transfer_on is None):
        missing = "transfer" if plan.transfer is None else "transfer_on"
        yield Problem(missing, "half_a_move", _("Enter both what the next move is and when, or neither."))
    if plan.ended_because and plan.ended_on is None:
        yield Problem("ended_on", "missing", _("Enter when it ended."))
    kind = plan_kind(plan.kind)
    if kind is not None and kind.most_lines is not None and (lines := _lines_of_print(plan)) > kind.most_lines:
        words = _("That is about {lines} lines, and {most} fit on the page. Say it in fewer words.")
        yield Problem("kind", "too_long", words.format(lines=lines, most=kind.most_lines))
    if kind is not None and not any(getattr(plan, part.item) for part in kind.parts):
        yield Problem.warning(
            "kind", "empty", _("Nothing stands in the plan yet. You can keep it so, with the plan itself among the papers.")
        )


def _lines_of_print(plan: PupilPlan) -> int:
    """How many lines the parts take on paper, about."""
    texts = [getattr(plan, part.item) or "" for part in kind.parts] if (kind := plan_kind(plan.kind)) else []
    return sum(1 + len(line) // _SIGNS_IN_LINE for text in texts for line in text.splitlines() if line.strip())


@gathered
def check_plan_step(step: PlanStep, plan: PupilPlan, today: date) -> Iterator[Problem]:
    """What is wrong with a step of a plan."""
    kind = plan_kind(plan.kind)
    if kind is not None and step.kind not in kind.steps:
        yield Problem("kind", "not_of_kind", _("That is no step of a plan of this kind. Choose another."))
    if step.on > today and step.kind != PlanStepKind.MEETING:
        yield Problem("on", "future_date", _("That day lies in the future. Enter the day on which it was done."))
    if step.on < plan.made_on:
        yield Problem("on", "before_made", _("That is before the plan was first made. Check the day."))
    if step.kind == PlanStepKind.DECISION and step.outcome is None:
        yield Problem("outcome", "missing", _("Choose what the authority decided."))
    if step.kind == PlanStepKind.SPENT and step.amount is None:
        yield Problem("amount", "missing", _("Enter how many pounds were spent."))
    try:
        price_of(step.amount)
    except ValueError:
        yield Problem("amount", "bad_price", _("Write the amount in pounds, such as 85 or 85.50."))
    if step.kind in TO_INVITEES and kind is not None and kind.invitees and step.invitee not in (*kind.invitees, EVERYBODY):
        yield Problem("invitee", "missing", _("Choose which of those who are invited to the review."))
    if step.kind in (PlanStepKind.AGREED_PARENT, PlanStepKind.AGREED_STAFF) and not step.who:
        yield Problem("who", "missing", _("Enter who agreed."))
