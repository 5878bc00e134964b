"""Plans of pupils: how many run, of which kind, and of how many the review is overdue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.plans.plan import PlanCase
from pupil_desk.domain.plans.reviewing import PlanContext, review_due
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import incidents
from pupil_desk.store.tables import plans as store

_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils on roll")),
    FigureColumn(key="plans", title=_("Plans that run"), sort=Sort.EVENTS, head="planned"),
    FigureColumn(key="planned", title=_("Pupils with one"), part_of="pupils"),
    FigureColumn(key="overdue", title=_("Reviews overdue"), sort=Sort.EVENTS, head="late"),
    FigureColumn(key="late", title=_("Pupils with one overdue"), part_of="planned"),
)
_NOTES = (
    _("Plans that run on the last day of the row’s time, by their last version, of pupils who are on roll that day."),
    _("Overdue: the last day for the review, of an EHC plan for the authority’s decision, was before that day."),
    _("A pupil is counted once in a row, however many plans there are."),
    _("Plans of a kind that is shown to some roles alone are counted for these roles alone."),
)
_BY_KIND = "plan-kinds"


@dataclass(frozen=True, slots=True)
class CountedPlan:
    """A plan that runs on a day, whose it is as counted, its kind, and whether its review is overdue."""

    person: str
    kind: str
    overdue: bool


def _make(prepared: PreparedQuestion) -> Figure:
    cases = [case for case in seen(prepared.desk, store.every(prepared.desk.vault)) if case.now.struck is None]
    at_the_end = list(_counted(prepared, cases, prepared.full_period.last))
    if prepared.question.grouping == _BY_KIND:
        return _by_kind(prepared, at_the_end)

    def of_part(number: int, people: Sequence[Person]) -> Counts:
        return _counts(people, list(_counted(prepared, cases, prepared.parts[number].last)))

    columns = [replace(column, adds_up=not prepared.timely) for column in _COLUMNS]  # what runs in one month runs in the next
    return answer(prepared, PLANS, columns, _NOTES, main="plans", of_part=of_part, of_people=lambda people: _counts(people, at_the_end))


def _counted(prepared: PreparedQuestion, cases: Sequence[PlanCase], day: date) -> Iterator[CountedPlan]:
    """The plans that run on a day, of pupils on roll; what was recorded of them later is not known yet."""
    people, calendar, iso_day = prepared.people, law_calendar(prepared.desk.vault), day.isoformat()
    interventions = incidents.intervention_days(prepared.desk.vault)
    for case in cases:
        person = people.all.get(people.person_of[case.now.pupil_id])
        if person is None or not person.on_roll(iso_day, iso_day) or not case.now.runs_on(day):
            continue
        known = PlanCase(case.wordings, tuple(step for step in case.steps if step.on <= day))
        due = review_due(known, PlanContext(day, person.year_group or None, calendar, interventions.get(case.now.pupil_id, ())))
        yield CountedPlan(person.id, case.now.kind, due is not None and due < day)


def _counts(people: Sequence[Person], counted: Sequence[CountedPlan]) -> Counts:
    ids = {person.id for person in people}
    return {"pupils": len(people), **_of_plans([plan for plan in counted if plan.person in ids])}


def _of_plans(counted: Sequence[CountedPlan]) -> Counts:
    overdue = [plan for plan in counted if plan.overdue]
    return {
        "plans": len(counted),
        "planned": len({plan.person for plan in counted}),
        "overdue": len(overdue),
        "late": len({plan.person for plan in overdue}),
    }


def _by_kind(prepared: PreparedQuestion, counted: Sequence[CountedPlan]) -> Figure:
    columns = [replace(column, part_of=column.part_of.replace("pupils", ""), adds_up=column.sort is Sort.EVENTS) for column in _COLUMNS[1:]]
    code_list = codelist("plan_kind")
    counted_rows = [(code_list.label_of(code), _of_plans([plan for plan in counted if plan.kind == code])) for code in code_list.codes]
    return put_together(
        prepared, PLANS, columns, counted_rows, (_("All plans"), _of_plans(counted)), heading=_("Kind of plan"), notes=_NOTES, main="plans"
    )


PLANS = FigureKind("plans", _("Plans"), _make, own_ways=((_BY_KIND, _("Kind of plan")),), switch="keeps_plans")
