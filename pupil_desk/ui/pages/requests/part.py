"""One tab of a case. A case has those that concern it."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestCase
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import leave_choices
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.style import tokens


class CasePart(QWidget):
    """What a tab of a case must do. ``name`` is its key, ``title`` its words with the Alt key; ``self.column`` is its layout."""

    name: ClassVar[str]
    title: ClassVar[str]

    edited = Signal()
    wants = Signal(object)
    """A view of it that is to stand in the place of the list and the case, as it needs the room; None puts it away."""

    wants_step = Signal()
    """What it is for is done: back to the step that comes next."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.column = column_in(self, tokens.S, top=tokens.M)

    @classmethod
    def concerns(cls, case: RequestCase) -> bool:
        """Whether the tab is there for a case."""
        return True

    def show_case(self, overview: RequestState | None) -> None:
        """Show a case; None shows nothing, and keeps nothing in memory."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return False

    def save(self) -> bool:
        """Keep what is typed; False when it could not be, and the part has said why."""
        return True

    def discard(self) -> None:
        """Put back what was."""

    def leave(self) -> bool:
        """Whether the part may be left; asks once where something is not kept."""
        if not self.dirty:
            return True
        words = _("You have typed something here that is not saved yet.")
        answer = self.context.ask.choose(_("Save your changes?"), words, leave_choices(), safe="stay")
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.discard()
            return True
        return False

    def print_(self) -> None:
        """Ctrl+P in this tab."""

    def first(self) -> QWidget:
        """What takes the cursor when the tab comes into view."""
        return self
