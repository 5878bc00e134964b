"""The plans that go with a leaver's record to the next school: those that ran on the last day, printed, and the papers kept that belong to them.

A school's record of what is done for a pupil goes to the next school (SI 2005/1437, regulations 3 and 9): plans are part of it, and nobody's consent is asked.
An EHC plan may be told to the head of the school where the child is to go (SI 2014/1530, regulation 17(1)). Read as authorities repeat them; sure: medium.
So they go to a school that is known alone, and of a protected pupil once a data officer has confirmed that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import Disclosure
from pupil_desk.services.plans import plan_papers, plans_due, seeing
from pupil_desk.store.tables import plans, protections

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document

NO_SCHOOL = _("there is no next school")


@dataclass(frozen=True, slots=True)
class PlanGoing:
    """A plan that goes, as it stood on the last day: its paper, what that tells, as paths of the catalogue, and the papers kept that belong to it."""

    plan: PupilPlan
    story: Sequence[Block]
    items: tuple[str, ...]
    papers: Sequence[Attachment]

    @property
    def name(self) -> str:
        return _("{plan} of {day}").format(plan=plans_due.short_kind(self.plan.kind), day=short_date(self.plan.day))


@dataclass(frozen=True, slots=True)
class LeaverPlans:
    """What goes to the next school; ``kept_back`` is why nothing does though there are plans, of the kinds that ``kinds`` says: «» for no such reason."""

    kinds: str = ""
    going: Sequence[PlanGoing] = ()
    kept_back: str = ""

    @property
    def papers(self) -> Sequence[Attachment]:
        """The papers kept that go."""
        return [paper for plan in self.going for paper in plan.papers]

    @property
    def names(self) -> tuple[str, ...]:
        """Each plan and paper that goes, as the receipt lists it."""
        return (*(plan.name for plan in self.going), *(paper.title for paper in self.papers))


def of_leaver(desk: Desk, pupil: Pupil, left_on: date, receiver: str | None, *, confirmed: bool) -> LeaverPlans:
    """The plans shown to who is at the desk that ran on the last day, as they were then, for the next school; ``receiver`` is what it is called, «» where it is not known, None where there is none."""
    every_case = seeing.seen(desk, plans.of_pupil(desk.vault, pupil.id))
    cases = [past for case in every_case if (past := case.as_on(left_on)) is not None]
    if not cases:
        return LeaverPlans()
    kinds = join_words([plans_due.kind_words(kind) for kind in dict.fromkeys(case.now.kind for case in cases)])
    if not receiver:
        return LeaverPlans(kinds, kept_back=NO_SCHOOL if receiver is None else _("the next school is not known"))
    if not confirmed and protections.of_pupil(desk.vault, pupil.id, desk.today):
        return LeaverPlans(kinds, kept_back=_("the pupil is protected, and nobody has confirmed it"))
    papers = grouped(
        (paper.about_id, paper)
        for paper in attachments.of_pupil(desk, pupil.id)
        if paper.about_kind == "plan" and paper.set_aside_on is None and (paper.paper_day is None or paper.paper_day <= left_on)
    )
    going = [
        PlanGoing(case.now, story, items, papers.get(case.now.entry_id, ()))
        for case in cases
        for story, items in [plan_papers.for_next_school(desk, pupil, case, receiver)]
        if items
    ]
    return LeaverPlans(kinds, going, "" if going else _("the notice names no plans among what the next school is told"))


def words_of(leaver_plans: LeaverPlans) -> str:
    """What the summary for our own file says of them; «» for none."""
    if leaver_plans.kept_back:
        words = _("{plans}. They belong to the record that goes on, and no file of this pack has them: {why}.")
        return words.format(plans=leaver_plans.kinds, why=leaver_plans.kept_back)
    words = _("{plans}. They belong to the record that goes on: this file has them, with the papers kept of them, behind the receipt.")
    return words.format(plans=leaver_plans.kinds) if leaver_plans.going else ""


def lack_of(leaver_plans: LeaverPlans) -> str:
    """What is said on screen where none goes though there are some; «» else."""
    if not leaver_plans.kept_back:
        return ""
    return _("No plans ({plans}): {why}.").format(plans=leaver_plans.kinds, why=leaver_plans.kept_back)


def told(leaver_plans: LeaverPlans, of_receipt: Disclosure) -> Iterator[Disclosure]:
    """What the next school is told by them, as ``of_receipt`` says to whom and why: a line for each plan, and one for the papers kept with it.

    Which plan it was, and what the papers are called, stands in ``reason`` alone: whoever may not see the plan is shown neither line on the sheet nor in
    the log (``seeing.told_seen``), and no statement says it. What a paper tells is not known by items, so its line names none and counts as all.
    """
    for plan in leaver_plans.going:
        of_plan = replace(of_receipt, of_event=plan.plan.entry_id)
        words = _("It was the {plan}.").format(plan=plan.name)
        yield replace(of_plan, what=_("Plan for the next school"), fields=", ".join(plan.items), reason=words)
        if plan.papers:
            words = _("Kept with the {plan}: {papers}.").format(plan=plan.name, papers=join_words([paper.title for paper in plan.papers]))
            yield replace(of_plan, what=seeing.PAPERS, fields="", reason=words)


def documents(leaver_plans: LeaverPlans, *, stamp: str) -> "list[Document]":
    """Each plan that goes on pages of its own."""
    from pupil_desk.documents.pdf.page import Document

    return [Document(list(plan.story), codelist("plan_kind").label_of(plan.plan.kind), stamp=stamp) for plan in leaver_plans.going]


def locked(desk: Desk, data: bytes, title: str, leaver_plans: LeaverPlans, password: str) -> bytes:
    """The papers of the pack under their lock, and behind them those that were kept with a plan. Raises Known, WrongUse."""
    from pupil_desk.documents.files.bound_pdf import bound_pdf
    from pupil_desk.documents.files.locked_pdf import locked_pdf

    if not leaver_plans.papers:
        return locked_pdf(data, password)
    kept_papers = [attachments.pages(desk, paper) for paper in leaver_plans.papers]
    return bound_pdf([data, *kept_papers], [title, *(paper.title for paper in leaver_plans.papers)], password)
