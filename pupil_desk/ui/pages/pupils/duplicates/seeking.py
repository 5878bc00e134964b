"""Duplicates in place of the list and the record: made when they are first asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.page import Body

if TYPE_CHECKING:
    from pupil_desk.ui.pages.pupils.duplicates.pairs import DuplicatesView


class Seeking(QObject):
    """``record_saved`` carries what was changed; ``search_ended`` says that the person goes back to the list."""

    record_saved = Signal(object)
    search_ended = Signal()

    def __init__(self, context: Context, body: Body) -> None:
        super().__init__(body)
        self._context, self._body = context, body
        self.view: DuplicatesView | None = None

    @property
    def is_open(self) -> bool:
        """Whether duplicates are in view."""
        return self.view is not None and self._body.currentWidget() is self.view

    def begin(self) -> None:
        """Look for them, and show them."""
        if self.view is None:
            from pupil_desk.ui.pages.pupils.duplicates.pairs import DuplicatesView

            self.view = DuplicatesView(self._context)
            self.view.record_saved.connect(self.record_saved)
            self.view.closed.connect(self.search_ended)
            self._body.addWidget(self.view)
        self._body.setCurrentWidget(self.view)
        self.view.begin()

    def refresh(self) -> None:
        """Look again where they are in view."""
        if self.view is not None:
            self.view.refresh()

    def panes(self) -> list[QWidget]:
        return [] if self.view is None else [self.view.table, self.view.compared]
