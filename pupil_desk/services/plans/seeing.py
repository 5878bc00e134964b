"""Who may see a plan: one rule, asked wherever a plan, or that there is one, would be shown, printed, listed, changed or read in.

Which kinds are guarded is data (``resources/plans/kinds.toml``), and who may see those is the table of roles. What data officers alone make, such as the
copy for a family or an export, tells of every plan. Figures count for each role the plans that are shown to it.
"""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.kinds import is_guarded
from pupil_desk.domain.plans.plan import PlanCase, PupilPlan
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action, who_may
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import ledger, plans

IMPORT = "plans"
"""The kind of file that lists plans, as the imports made name it."""
PAPERS = _("Papers kept with a plan")
"""What the log of what was told calls them."""


def may_see(desk: Desk, kind: str) -> bool:
    """Whether plans of that kind are shown to who is at the desk."""
    return not is_guarded(kind) or desk.may(Action.SEE_GUARDED_PLAN)


def kinds_seen(desk: Desk, kinds: Iterable[str]) -> list[str]:
    """Those of these kinds of which plans are."""
    return [kind for kind in kinds if may_see(desk, kind)]


def seen(desk: Desk, cases: Iterable[PlanCase]) -> list[PlanCase]:
    """Those of these plans that are."""
    return [case for case in cases if may_see(desk, case.now.kind)]


def papers_seen(desk: Desk, pupil_id: str, papers: Iterable[Attachment]) -> list[Attachment]:
    """Those of a pupil's papers that belong to no plan, or to one that is shown."""
    hidden_ids = _hidden_ids(desk, pupil_id)
    return [paper for paper in papers if paper.about_kind != "plan" or paper.about_id not in hidden_ids]


def file_values_seen(desk: Desk, values: Iterable[NotTaken]) -> list[NotTaken]:
    """Those of the values of files that no list of plans told: a value does not say of which kind of plan it was."""
    if desk.may(Action.SEE_GUARDED_PLAN):
        return [*values]
    hidden_ids = {row["id"] for row in ledger.imports(desk.vault) if row["kind"] == IMPORT}
    return [value for value in values if value.import_id not in hidden_ids]


def told_seen(desk: Desk, disclosures: Sequence[Row], *, title_column: str = "what") -> list[Row]:
    """Those lines of what was told to others that neither a plan nor a step of one wrote (``of_event``), or one of a plan that is shown; ``title_column`` has the paper’s name.

    Of which kind a plan was that has been erased since, nobody knows: its lines are shown to those alone to whom every plan is.
    """
    if desk.may(Action.SEE_GUARDED_PLAN):
        return [*disclosures]
    kinds = plans.kinds_of_events(desk.vault, {row["of_event"] for row in disclosures if row["of_event"]})
    fields_of_plans = {"plan.kind", begun_small(codelist("disclosed_kind").label_of("plans"))}

    def is_seen(row: Row) -> bool:
        if (kind := kinds.get(row["of_event"])) is not None:
            return may_see(desk, kind)
        return not row["of_event"] or (row[title_column] != PAPERS and fields_of_plans.isdisjoint(row["fields"].split(", ")))

    return [row for row in disclosures if is_seen(row)]


def _hidden_ids(desk: Desk, pupil_id: str) -> set[str]:
    return {case.now.entry_id for case in plans.of_pupil(desk.vault, pupil_id) if not may_see(desk, case.now.kind)}


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
