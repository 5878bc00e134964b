"""Who may see a plan: one rule, asked wherever a plan, or that there is one, would be shown, printed, listed, changed or read in.

Which kinds are guarded is data (``resources/plans/kinds.toml``), and who may see those is the table of roles. What data officers alone make, such as the
copy for a family or an export, tells of every plan. Figures count all of them, and name none.
"""

from collections.abc import Iterable

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.plans.kinds import is_guarded
from pupil_desk.domain.plans.plan import PlanCase, PupilPlan
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action, who_may


def may_see(desk: Desk, kind: str) -> bool:
    """Whether plans of that kind are shown to who is at the desk."""
    return not is_guarded(kind) or desk.may(Action.SEE_GUARDED_PLAN)


def seen(desk: Desk, cases: Iterable[PlanCase]) -> list[PlanCase]:
    """Those of these plans that are."""
    return [case for case in cases if may_see(desk, case.now.kind)]


def require_seen(desk: Desk, plan: PupilPlan) -> None:
    """Refuse a plan that is not, and log that it was asked for. Raises NotAllowed, saying who may."""
    if is_guarded(plan.kind):
        desk.require(Action.SEE_GUARDED_PLAN, "pupil", plan.pupil_id)


def refused(desk: Desk, plan: PupilPlan) -> tuple[Problem, ...]:
    """What is wrong with a plan that would not be shown to who enters it."""
    if may_see(desk, plan.kind):
        return ()
    words = _("Plans of this kind are shown to these roles alone: {who}. Ask one of them to enter it.")
    return (Problem("kind", "not_for_role", words.format(who=who_may(Action.SEE_GUARDED_PLAN))),)
