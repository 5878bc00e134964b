"""A concern about the wrong pupil: whom it is about, and why it is moved there."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry
from pupil_desk.services.incidents import looking
from pupil_desk.services.program import keys
from pupil_desk.services.safeguarding import files, moving
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label, labelled, show_words
from pupil_desk.ui.pages.safeguarding.pupil_finder import PupilFinder
from pupil_desk.ui.style import tokens


class MoveForm(QWidget):
    """``moved`` carries the pupil to whom the concern went, the entry there, and the words to say; ``closed`` comes on Esc."""

    moved = Signal(str, str, str)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._concern: SafeguardingEntry | None = None
        self.title, self.words = label(_("Move a concern to the right pupil"), "title"), label("")
        self.finder = PupilFinder(context)
        self.reason = QLineEdit()
        self.reason.setMaximumWidth(tokens.READING)
        self.problem = label("", "problem")
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back (Esc)"), self.closed.emit)
        reason_row = labelled(_("&Why it is moved. It stands in both files: name nobody"), self.reason)
        buttons = flow_of(self.save_button, self.back_button)
        column_in(self, tokens.M, self.title, self.words, self.finder, reason_row, self.problem, buttons, STRETCH)
        self.finder.pupil_changed.connect(self.edited)
        self.finder.chose.connect(lambda: self.reason.setFocus(Qt.FocusReason.OtherFocusReason))
        self.finder.left.connect(self.closed)
        self.reason.textChanged.connect(self.edited)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def begin(self, concern: SafeguardingEntry, pupil_name: str) -> None:
        """Of the concern that stands in the file of this pupil."""
        self.forget()
        self._concern = concern
        words = _("The concern of {day} stands in the file of {pupil}. It is struck out there, and goes with its author and moment.")
        self.words.setText(words.format(day=show_date(concern.day), pupil=pupil_name))
        self.finder.find_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing typed, and nothing of a file in memory."""
        self._concern = None
        self.words.clear()
        self.finder.begin("", "")
        self.reason.clear()
        show_words(self.problem, "")

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self._concern is not None and (self.finder.dirty or bool(self.reason.text()))

    def draft(self) -> dict[str, Any] | None:
        """For a draft: which concern, whom it is about, and why."""
        if self._concern is None:
            return None
        return {"entry": self._concern.entry_id, "pupil": self._concern.pupil_id, "whom": self.finder.pupil_id, "why": self.reason.text()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, once it has begun with that concern."""
        for pupil_id, person in looking.people(self._context.desk, [draft["whom"]] if draft["whom"] else []).items():
            self.finder.take(pupil_id, person.surname_first)
        self.reason.setText(draft["why"])

    def save(self) -> bool:
        """Move it; what stops that is said."""
        concern, pupil_id, desk = self._concern, self.finder.pupil_id, self._context.desk
        if concern is None:
            return False
        if not pupil_id:
            self.finder.ask_for_one()
            return False
        words = _("The concern is moved to the file of {pupil}.").format(pupil=looking.people(desk, [pupil_id])[pupil_id].full_name)
        changed = self._context.attempt(
            lambda: moving.move(desk, concern, pupil_id, self.reason.text()),
            on_refusal=lambda problems: show_words(self.problem, " ".join(problem.message for problem in problems)),
        )
        if changed is None:
            return False
        self.forget()
        self._context.news.tell(changed)
        self.moved.emit(pupil_id, files.written_last(desk, pupil_id), words)
        return True
