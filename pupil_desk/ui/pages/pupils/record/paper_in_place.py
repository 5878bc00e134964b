"""A paper shown in the place of a part's list, and the list put back when it is closed."""

from collections.abc import Callable
from typing import Any

from pupil_desk.services.guard import Guard
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


class PaperInPlace:
    """Stands in for the list of a part while a paper is looked at; ``paper`` is the view of it."""

    def __init__(self, part: SeveralPart[Any], name: str) -> None:
        self._part = part
        self.paper = Paper(part.context, name, part)
        layout = part.layout()
        assert layout is not None
        layout.addWidget(self.paper)
        self.paper.hide()
        self.paper.closed.connect(self.close)

    def show_pdf(self, title: str, data: bytes, on_printed: Callable[[], object], *, guard: Guard) -> None:
        """Show it; ``on_printed`` is called once it has been printed, ``guard`` says who in it is protected."""
        self._part.list_area.hide()
        self.paper.show()
        self.paper.show_pdf(title, data, on_printed, guard=guard)

    def close(self) -> None:
        """Put the list back, and keep nothing of the paper in memory."""
        if self.paper.isHidden():
            return
        self.paper.clear()
        self.paper.hide()
        self._part.list_area.show()
        self._part.focus_first()
