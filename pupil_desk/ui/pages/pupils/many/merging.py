"""Merging pupils whom a person has ticked: the same comparison as for the pairs that the program finds."""

from collections.abc import Sequence

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils.duplicates.pairs import DuplicatesView
from pupil_desk.ui.pages.pupils.many.view import ActView


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
