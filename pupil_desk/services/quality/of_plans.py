"""Plans: a review whose day has gone by, and provision and plans that do not go together."""

from collections.abc import Iterator

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.plans.kinds import plan_kind, plan_kinds
from pupil_desk.domain.plans.reviewing import PlanContext, duties_of, provisions_planned
from pupil_desk.services.plans.plans_due import STEP_WORDS, kind_words
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope

_EDUCATION_PLAN = "pep"


def plan_overdue(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A plan of which a step of the review is late: told as Home tells it."""
    interventions = tuple(case.now.day for case in file.incidents if case.now.restrictive and not case.struck)
    plan_context = PlanContext(context.today, file.pupil.year_group, context.calendar, interventions)
    for case in file.plans:
        late = [duty for duty in duties_of(case, plan_context) if duty.due < context.today]
        if late:
            words = _("{plan}: {what} by {day}.").format(
                plan=kind_words(case.now.kind), what=STEP_WORDS[late[0].step], day=short_date(late[0].due)
            )
            yield Gap(words[:1].upper() + words[1:], "", "plan", case.now.entry_id)


def provision_without_plan(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An EHC plan by the provision of today, and none among the plans, where plans are kept here."""
    provision = file.pupil.sen_provision
    if context.keeps_plans and provision in _with_dates_of_law() and provision not in provisions_planned(file.plans, context.today):
        words = _("By the SEN provision there is an EHC plan, and none is among the plans. Add it: the dates of its review follow.")
        yield Gap(words, "", "plan")


def support_without_plan(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A provision of today that a kind of plan goes with whose dates are ours, such as SEN support, and none that runs."""
    provision = file.pupil.sen_provision
    provisions = {kind.provision for kind in plan_kinds().values() if kind.provision} - _with_dates_of_law()
    if context.keeps_plans and provision in provisions and provision not in provisions_planned(file.plans, context.today):
        words = _("By the SEN provision the pupil has support, and no plan says what it is. Add one: it is reviewed three times a year.")
        yield Gap(words, "", "plan")


def looked_after_without_plan(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A looked-after pupil without a personal education plan that runs; nothing for a role that may not see whether there is one."""
    if not context.keeps_plans or _EDUCATION_PLAN not in context.plan_kinds_seen or not file.pupil.looked_after:
        return
    if not any(case.now.kind == _EDUCATION_PLAN and case.now.runs_on(context.today) for case in file.plans):
        words = _("The pupil is looked after, and no personal education plan is among the plans. Add it, or ask the virtual school for it.")
        yield Gap(words, "", "plan")


def plan_without_provision(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A plan that runs, of a kind with a provision of its own, which the record does not say today."""
    for case in file.plans:
        kind = plan_kind(case.now.kind)
        if kind is not None and kind.provision and case.now.runs_on(context.today) and kind.provision != file.pupil.sen_provision:
            words = _(
                "There is a running plan ({plan}), and the SEN provision of today says otherwise. Correct one of the two, or end the plan."
            )
            yield Gap(words.format(plan=kind_words(case.now.kind)), "sen_provision")


def _with_dates_of_law() -> frozenset[str]:
    return frozenset(kind.provision for kind in plan_kinds().values() if kind.provision and kind.months is None)


RULES = (
    QualityRule(_("Review of a plan is late"), (Need.SEN,), Gravity.SHOULD, Scope.HERE, _("Children and Families Act 2014, section 44; the kinds of plan"), plan_overdue),
    QualityRule(_("EHC plan not among the plans"), (Need.SEN,), Gravity.SHOULD, Scope.HERE, OURS, provision_without_plan),
    QualityRule(_("SEN support without a plan"), (Need.SEN,), Gravity.SHOULD, Scope.HERE, _("SEND code of practice 2015, chapter 6: assess, plan, do, review"), support_without_plan),
    QualityRule(_("Looked after, without a personal education plan"), (Need.SEN,), Gravity.SHOULD, Scope.HERE, _("Promoting the education of looked-after children (2018), statutory guidance: every looked-after child has one"), looked_after_without_plan),
    QualityRule(_("Plan and provision that contradict"), (Need.SEN, Need.CENSUS), Gravity.SHOULD, Scope.HERE, OURS, plan_without_provision),
)  # fmt: skip
