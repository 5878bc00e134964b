"""The plans that go with a leaver's record to the next school: those that ran on the last day, printed, and the papers kept that belong to them.

A school's record of what is done for a pupil goes to the next school (SI 2005/1437, regulations 3 and 9): plans are part of it, and nobody's consent is asked.
An EHC plan may be told to the head of the school where the child is to go (SI 2014/1530, regulation 17(1)). Read as authorities repeat them; sure: medium.
So they go to a school that is known alone, and of a protected pupil once a data officer has confirmed that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.plan import PlanCase
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import Disclosure
from pupil_desk.services.plans import plan_papers, plans_due, seeing
from pupil_desk.store.tables import plans, protections

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document


@dataclass(frozen=True, slots=True)
class LeaverPlans:
    """What goes, and to which school: the plans, and the papers that belong to them. ``kept_back`` is why none goes though there are some; «» for no such reason."""

    cases: Sequence[PlanCase] = ()
    papers: Sequence[Attachment] = ()
    kept_back: str = ""
    receiver: str = ""

    @property
    def goes(self) -> bool:
        """Whether the pack has any."""
        return bool(self.cases) and not self.kept_back

    @property
    def kinds(self) -> str:
        """The kinds of them, in words: «risk assessment and EHC plan»."""
        return join_words([plans_due.kind_words(kind) for kind in dict.fromkeys(case.now.kind for case in self.cases)])

    @property
    def names(self) -> tuple[str, ...]:
        """Each plan and paper that goes, as the receipt lists it."""
        return (*map(_name, self.going), *(paper.title for paper in self.papers))

    @property
    def going(self) -> Sequence[PlanCase]:
        """The plans that go."""
        return self.cases if self.goes else ()


def of_leaver(desk: Desk, pupil: Pupil, left_on: date, receiver: str, *, confirmed: bool) -> LeaverPlans:
    """The plans shown to who is at the desk that ran on the last day, for the next school; ``receiver`` is what it is called, «» where it is not known."""
    cases = [case for case in seeing.seen(desk, plans.of_pupil(desk.vault, pupil.id)) if case.now.runs_on(left_on)]
    if not cases:
        return LeaverPlans()
    if not receiver:
        return LeaverPlans(cases, kept_back=_("the next school is not known"))
    if not confirmed and protections.of_pupil(desk.vault, pupil.id, desk.today):
        return LeaverPlans(cases, kept_back=_("the pupil is protected, and nobody has confirmed it"))
    entry_ids = {case.now.entry_id for case in cases}
    own_papers = attachments.of_pupil(desk, pupil.id)
    papers = [paper for paper in own_papers if paper.about_kind == "plan" and paper.about_id in entry_ids and paper.set_aside_on is None]
    return LeaverPlans(cases, papers, receiver=receiver)


def words_of(leaver_plans: LeaverPlans) -> str:
    """What the summary for our own file says of them; «» for none."""
    if not leaver_plans.cases:
        return ""
    if leaver_plans.goes:
        words = _("{plans}. They belong to the record that goes on: this file has them, with the papers kept of them, behind the receipt.")
        return words.format(plans=leaver_plans.kinds)
    words = _("{plans}. They belong to the record that goes on, and no file of this pack has them: {why}.")
    return words.format(plans=leaver_plans.kinds, why=leaver_plans.kept_back)


def lack_of(leaver_plans: LeaverPlans) -> str:
    """What is said on screen where none goes though there are some; «» else."""
    if not leaver_plans.kept_back:
        return ""
    return _("No plans ({plans}): {why}.").format(plans=leaver_plans.kinds, why=leaver_plans.kept_back)


def told(leaver_plans: LeaverPlans, of_receipt: Disclosure) -> Iterator[Disclosure]:
    """What the next school is told by them, as ``of_receipt`` says to whom and why: a line for each plan, and one for the papers kept with it.

    Which plan it was, and what the papers are called, stands in ``reason`` alone: whoever may not see the plan is shown neither line on the sheet
    (``seeing.told_seen``), and no statement says it. What a paper tells is not known by items, so its line names none and counts as all.
    """
    for case in leaver_plans.going:
        entry_id = case.now.entry_id
        words = _("It was the {plan}.").format(plan=_name(case))
        items = ", ".join(plan_papers.items_for_next_school(case))
        yield replace(of_receipt, what=_("Plan for the next school"), fields=items, reason=words, of_event=entry_id)
        if titles := [paper.title for paper in leaver_plans.papers if paper.about_id == entry_id]:
            words = _("Kept with the {plan}: {papers}.").format(plan=_name(case), papers=join_words(titles))
            yield replace(of_receipt, what=_("Papers kept with a plan"), fields="", reason=words, of_event=entry_id)


def _name(case: PlanCase) -> str:
    return _("{plan} of {day}").format(plan=plans_due.short_kind(case.now.kind), day=short_date(case.now.day))


def documents(desk: Desk, pupil: Pupil, leaver_plans: LeaverPlans, *, stamp: str) -> "list[Document]":
    """Each plan that goes on pages of its own."""
    from pupil_desk.documents.pdf.page import Document

    made = [plan_papers.for_next_school(desk, pupil, case, leaver_plans.receiver) for case in leaver_plans.going]
    return [Document(story, title, stamp=stamp) for story, title in made]


def locked(desk: Desk, data: bytes, title: str, leaver_plans: LeaverPlans, password: str) -> bytes:
    """The papers of the pack under their lock, and behind them those that were kept with a plan. Raises Known, WrongUse."""
    from pupil_desk.documents.files.bound_pdf import bound_pdf
    from pupil_desk.documents.files.locked_pdf import locked_pdf

    if not leaver_plans.papers:
        return locked_pdf(data, password)
    kept_papers = [attachments.pages(desk, paper) for paper in leaver_plans.papers]
    return bound_pdf([data, *kept_papers], [title, *(paper.title for paper in leaver_plans.papers)], password)
