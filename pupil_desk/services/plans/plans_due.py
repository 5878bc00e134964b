"""What is still to be done about plans, for Home and beside the plan: a line for each plan, the most urgent first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.plans.kinds import ReviewRule, plan_kind, plan_kinds
from pupil_desk.domain.plans.plan import AGREEMENTS, PlanCase, PlanStepKind
from pupil_desk.domain.plans.reviewing import PlanContext, PlanDuty, duties_of, review_due
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import enrolments, incidents
from pupil_desk.store.tables import plans as store

AHEAD = 30  # days
STEP_WORDS = {
    PlanStepKind.MEETING: _("set the day of the review meeting"),
    PlanStepKind.INVITED: _("invite to the review meeting"),
    PlanStepKind.ADVICE_ASKED: _("ask for advice for the review"),
    PlanStepKind.ADVICE: _("send the advice round"),
    PlanStepKind.REVIEWED: _("review it"),
    PlanStepKind.REPORT: _("send the report of the meeting"),
    PlanStepKind.DECISION: _("the authority’s decision is due"),
    PlanStepKind.AMENDMENT: _("the authority’s notice of amendments is due"),
    PlanStepKind.FINAL: _("the final amended plan is due"),
}
"""What is to be done, or to come, by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlan:
    """What is left to do about one plan, and in a few ``words``; ``due`` is the first day of any of it, ``late`` whether that has gone by.

    ``by_law`` is of a kind of which the law lays down the dates.
    """

    pupil_id: str
    entry_id: str
    name: str
    kind: str
    duties: tuple[PlanDuty, ...]
    words: tuple[str, ...]
    due: date
    late: bool
    by_law: bool


def contexts(desk: Desk, people: Collection[Pupil]) -> dict[str, PlanContext]:
    """What decides the days of the plans of these pupils, by id."""
    calendar, interventions = law_calendar(desk.vault), incidents.intervention_days(desk.vault)
    return {pupil.id: PlanContext(desk.today, pupil.year_group, calendar, interventions.get(pupil.id, ())) for pupil in people}


def open_plans(desk: Desk, people: Sequence[Pupil] | None = None, ahead: int = AHEAD) -> list[OpenPlan]:
    """The plans shown to who is at the desk of these pupils, of all on roll if None, about which something is to be done within so many days, or is late. Raises NotAllowed.

    None where the unit keeps none here.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.keeps_plans or not store.any_on_file(desk.vault):
        return []
    people_by_id = {pupil.id: pupil for pupil in (pupils.on_roll(desk, desk.today) if people is None else people)}
    cases = seen(desk, store.of_pupil(desk.vault, next(iter(people_by_id))) if len(people_by_id) == 1 else store.every(desk.vault))
    context_of, until = contexts(desk, people_by_id.values()), desk.today + timedelta(days=ahead)
    lines = []
    for case in cases:
        pupil = people_by_id.get(case.now.pupil_id)
        if pupil is not None and (duties := [duty for duty in duties_of(case, context_of[pupil.id]) if duty.due <= until]):
            lines.append(_line(case, pupil, duties, desk.today))
    return sorted(lines, key=lambda line: (line.due, line.name))


def _line(case: PlanCase, pupil: Pupil, duties: Sequence[PlanDuty], today: date) -> OpenPlan:
    due = min(duty.due for duty in duties)
    return OpenPlan(
        pupil_id=pupil.id,
        entry_id=case.now.entry_id,
        name=pupil.full_name,
        kind=kind_words(case.now.kind),
        duties=tuple(duties),
        words=tuple(duty_words(duty) for duty in duties),
        due=due,
        late=due < today,
        by_law=case.now.kind in by_law_kinds(),
    )


def next_step(desk: Desk, pupil: Pupil, case: PlanCase) -> tuple[str, str] | None:
    """The one step that comes next, in words and by its code: what is late or soon due, else that nobody agreed yet; None for none."""
    kind = plan_kind(case.now.kind)
    if kind is None or not case.now.runs_on(desk.today) or has_left(desk, pupil):
        return None
    until = desk.today + timedelta(days=AHEAD)
    if duties := [duty for duty in duties_of(case, contexts(desk, [pupil])[pupil.id]) if duty.due <= until]:
        return duty_words(duties[0]), duties[0].step.value
    to_agree = [step for step in kind.steps if step in AGREEMENTS]
    return (_("record who agreed to this version"), to_agree[0]) if to_agree and not case.agreements else None


def review_day(desk: Desk, pupil: Pupil, case: PlanCase) -> date | None:
    """The last day for the next review of a plan; None where it does not run, or the pupil has left."""
    return None if has_left(desk, pupil) else review_due(case, contexts(desk, [pupil])[pupil.id])


def has_left(desk: Desk, pupil: Pupil) -> bool:
    """Whether a pupil was on roll here and is so no more: nobody here reviews the plans of one who left."""
    stays = enrolments.of_pupil(desk.vault, pupil.id)
    return bool(stays) and not any(stay.on_roll(desk.today, date.max) for stay in stays)


def by_law_kinds() -> frozenset[str]:
    """The kinds whose dates the law lays down, each step of them."""
    return frozenset(kind.code for kind in plan_kinds().values() if kind.rule is ReviewRule.ANNUAL_REVIEW)


def duty_words(duty: PlanDuty) -> str:
    """What is to be done, and by when, and after what; with whom, where it was done with others of those invited already."""
    labels, day = codelist("plan_invitee"), short_date(duty.due)
    if duty.after is not None:
        words = _("{what} by {day}, after the restrictive intervention of {after}")
        return words.format(what=STEP_WORDS[duty.step], day=day, after=short_date(duty.after))
    if not duty.invitees or len(duty.invitees) == duty.of_how_many:
        return _("{what} by {day}").format(what=STEP_WORDS[duty.step], day=day)
    invitee_words = ", ".join(begun_small(labels.label_of(invitee)) for invitee in duty.invitees)
    return _("{what} by {day} ({whom})").format(what=STEP_WORDS[duty.step], day=day, whom=invitee_words)


def short_kind(kind: str) -> str:
    """What a kind of plan is called in as few words as there are for it: «EHC plan»."""
    code = codelist("plan_kind").get(kind)
    return code.alike[0] if code is not None and code.alike else codelist("plan_kind").label_of(kind)


def kind_words(kind: str) -> str:
    """What a kind of plan is called within a sentence: «risk assessment», «EHC plan»."""
    return begun_small(codelist("plan_kind").label_of(kind))
