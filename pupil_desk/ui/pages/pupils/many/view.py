"""The protocol of a view that does something with several pupils at once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.style import tokens


class ActView(QWidget):
    """Takes the place of list and record until ``closed``, which goes back to the ticked pupils. ``self.column`` is its layout."""

    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.column = column_in(self, tokens.M)

    def begin(self, ids: Sequence[str]) -> None:
        """Start on these pupils, at least one, in the order in which they were ticked."""
        raise NotImplementedError

    def print_(self) -> None:
        """Ctrl+P, where there is something to print."""

    def end(self) -> None:
        """It is left: keep nothing in memory."""

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return False

    def save(self) -> bool:
        """Ctrl+S: keep what is typed; False when it could not be, and the view has said why."""
        return True

    def discard(self) -> None:
        """Put back what was."""

    def draft(self) -> dict[str, Any]:
        """What is typed and not kept, as JSON would hold it; asked only of a view that is ``dirty``."""
        return {}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, after ``begin``."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and not self.dirty:
            self.closed.emit()
            return
        super().keyPressEvent(event)
