"""A paper about several pupils of which there is nothing to choose: made at once, and shown before it is printed."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.pages.pupils.many.view import ActView
from pupil_desk.ui.pages.pupils.papers import show_made

if TYPE_CHECKING:
    from pupil_desk.documents.blocks import Block

type Make = "Callable[[Desk, Collection[str]], tuple[list[Block], str]]"


class PlainPaper(ActView):
    """Shows what ``make`` gives for the pupils."""

    def __init__(self, context: Context, name: str, make: Make) -> None:
        super().__init__(context)
        self._name, self._make = name, make
        self.paper = Paper(context, name)
        self.paper.closed.connect(self.closed)
        self.column.addWidget(self.paper, 1)

    def begin(self, ids: Sequence[str]) -> None:
        paper_name = self._name.lower()
        show_made(
            self, self.context, lambda: self._make(self.context.desk, ids), self._show, self._name, pupil_ids=ids, paper_name=paper_name
        )

    def _show(self, title: str, data: bytes, *, guard: Guard) -> None:
        self.paper.show_pdf(title, data, guard=guard)

    def print_(self) -> None:
        self.paper.print_()

    def end(self) -> None:
        self.paper.clear()
