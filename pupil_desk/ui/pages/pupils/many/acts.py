"""What can be done with several pupils at once: a line each.

Merging pupils whom a person has ticked: the same comparison as for the pairs that the program finds.

A paper about several pupils of which there is nothing to choose: made at once, and shown before it is printed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.style import A4
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.pages.pupils.duplicates.pairs import DuplicatesView
from pupil_desk.ui.pages.pupils.many.frame import ActView
from pupil_desk.ui.pages.pupils.papers import show_paper

if TYPE_CHECKING:
    from pupil_desk.documents.paper_of_pupils import PaperOfPupils


type Make = "Callable[[Desk, Collection[str]], PaperOfPupils]"
"""Gives a paper about the pupils for whom it is made."""


class PlainPaper(ActView):
    """Shows what ``make`` gives for the pupils, under the guard of those who stand on it."""

    def __init__(self, context: Context, name: str, make: Make, *, page_size: tuple[float, float] = A4, base: float = 12) -> None:
        super().__init__(context)
        self._name, self._make, self._page_size, self._base = name, make, page_size, base
        self.paper = Paper(context, name)
        self.paper.closed.connect(self.closed)
        self.column.addWidget(self.paper, 1)

    def begin(self, ids: Sequence[str]) -> None:
        if (made := self.context.attempt(lambda: self._make(self.context.desk, ids))) is not None:
            show_paper(
                self, self.context, made, self._show, self._name, paper_name=self._name.lower(), page_size=self._page_size, base=self._base
            )

    def _show(self, title: str, data: bytes, *, guard: Guard) -> None:
        self.paper.show_pdf(title, data, guard=guard)

    def print_(self) -> None:
        self.paper.print_()

    def end(self) -> None:
        self.paper.clear()


class MergeView(ActView):
    """The pairs among the ticked pupils, side by side."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.view = DuplicatesView(context)
        self.view.closed.connect(self.closed)
        self.view.record_saved.connect(context.news.tell)
        self.column.addWidget(self.view)

    def begin(self, ids: Sequence[str]) -> None:
        self.view.begin(ids)

    def end(self) -> None:
        self.view.clear()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do with the ticked pupils. ``make`` imports and makes its view when it is first wanted.

    One that is ``of_all`` is a list over the unit: while nobody is ticked it is of everyone in the list of pupils.
    """

    key: str
    words: str
    text: str
    icon: str
    make: Callable[[Context], ActView]
    action: Action | None = None
    switch: str = ""  # the setting by which a unit switches it off
    of_all: bool = False


def acts() -> tuple[Act, ...]:
    """Everything that can be done with several pupils, in order. A further one is its line here."""
    return (
        Act("class-list", _("&Class list"), _("Names, with the columns you tick and empty ones to fill in"), "list-numbers", _class_list),
        Act("labels", _("&Labels"), _("Names, or addresses of families, on sheets of labels"), "tag", _labels),
        Act("letters", _("Le&tters"), _("One to each household, by a template"), "envelope-simple", _letters, action=Action.PRINT_FORM),
        Act(
            "slips",
            _("Data-chec&k slips"),
            _("What we hold, for each household to put right and send back"),
            "check-square",
            _slips,
            action=Action.PRINT_FORM,
        ),
        Act(
            "statements",
            _("Who &was told"),
            _("Two sides for each family: who was told what, and how to object"),
            "megaphone",
            _statements,
            action=Action.PRINT_FORM,
        ),
        *_papers(),
        Act(
            "change",
            _("C&hange an item"),
            _("Such as the year group or the next review, the same for all"),
            "pencil-simple",
            _change,
            action=Action.EDIT_RECORD,
        ),
        Act(
            "workbook",
            _("Workbook to change"),
            _("For Excel, to be read in again under Import"),
            "file-xls",
            _workbook,
            action=Action.EXPORT_PLAIN,
        ),
        Act("merge", _("Me&rge records"), _("Records that are of one person"), "users-three", _merge, action=Action.MERGE),
    )


def _papers() -> tuple[Act, ...]:
    """Papers of which there is nothing to choose."""
    return (
        Act("emergency", _("&Emergency contacts"), _("Whom to call, and nothing else"), "phone", _emergency),
        Act("first-aid", _("First-a&id cards"), _("Allergies, conditions, medicines: a card a pupil"), "first-aid-kit", _first_aid),
        Act(
            "profiles",
            _("One-&page profiles"),
            _("What matters to the pupil, and how to help: a page a pupil"),
            "clipboard-text",
            _profiles,
            switch="keeps_plans",
        ),
        Act(
            "plan-list",
            _("List of plans"),
            _("By kind, with the reviews due and the money spent"),
            "clipboard-text",
            _plan_list,
            switch="keeps_plans",
            of_all=True,
        ),
        Act(
            "exam-days",
            _("Exams by day"),
            _("Who sits what, where, and with what extra time"),
            "exam",
            _exam_days,
            switch="enters_exams",
            of_all=True,
        ),
        Act(
            "exam-entries",
            _("Exam entries"),
            _("Those of each series, for the boards"),
            "list-numbers",
            _exam_entries,
            switch="enters_exams",
            of_all=True,
        ),
        Act(
            "accident-book",
            _("Accident book"),
            _("A line an accident, of this school year and the last"),
            "book-open",
            _accident_book,
            switch="keeps_accidents",
            of_all=True,
        ),
    )


def _class_list(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.class_list import ClassListView

    return ClassListView(context)


def _labels(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.labels import LabelsView

    return LabelsView(context)


def _letters(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.letters import LettersView

    return LettersView(context)


def _change(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.change import ChangeView

    return ChangeView(context)


def _workbook(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.workbook import WorkbookView

    return WorkbookView(context)


def _merge(context: Context) -> ActView:

    return MergeView(context)


def _slips(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.slips import SlipsView

    return SlipsView(context)


def _statements(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.statements import StatementsView

    return StatementsView(context)


def _emergency(context: Context) -> ActView:
    from pupil_desk.documents.papers.first_aid_card import BASE
    from pupil_desk.services.care import cards

    return PlainPaper(context, _("Emergency contacts"), cards.emergency_contacts, base=BASE)


def _first_aid(context: Context) -> ActView:
    from pupil_desk.services.care import cards

    return PlainPaper(context, _("First-aid cards"), cards.first_aid)


def _profiles(context: Context) -> ActView:
    from pupil_desk.services.plans import plan_papers

    return PlainPaper(context, _("One-page profiles"), plan_papers.profiles)


def _plan_list(context: Context) -> ActView:
    from pupil_desk.services.plans import plan_list_paper

    return PlainPaper(context, _("List of plans"), plan_list_paper.paper)


def _exam_days(context: Context) -> ActView:
    from pupil_desk.services.exams import exam_lists

    return PlainPaper(context, _("Exams by day"), exam_lists.by_day, page_size=exam_lists.LYING, base=exam_lists.BASE)


def _exam_entries(context: Context) -> ActView:
    from pupil_desk.services.exams import exam_lists

    return PlainPaper(context, _("Exam entries"), exam_lists.by_series, page_size=exam_lists.LYING, base=exam_lists.BASE)


def _accident_book(context: Context) -> ActView:
    from pupil_desk.services.accidents import accident_book

    return PlainPaper(context, _("Accident book"), accident_book.book)
