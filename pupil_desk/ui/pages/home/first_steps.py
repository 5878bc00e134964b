"""A new unit's first steps, at the head of Home, and in the training unit the first hour: what is still to do, each with the way there, and what is done.

Hidden on wish, and shown again.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.words import _, join_words
from pupil_desk.services.home.step import FirstStep
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.words import STRETCH, aligned, button, column_in, growing, label, row_layout
from pupil_desk.ui.pages.home.cards import Duty
from pupil_desk.ui.pages.home.duty_card import DutyCard
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import sized


class FirstSteps(QWidget):
    """There until all steps are done. What is done is decided from the file, so nothing is ticked here. ``card_made`` as of a group."""

    card_made = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._steps: Sequence[FirstStep] = ()
        self.heading, self.done = label("", "subhead"), label("", "muted")
        self.hide_button = button(_("Hide"), partial(self._keep, hidden=True), "quiet")
        self.hide_button.setAccessibleName(_("Hide the first steps"))
        self.show_button = button(_("Show the first steps"), partial(self._keep, hidden=False), "quiet", icon_name="caret-right")
        self.card: DutyCard | None = None
        self._tick = QLabel()
        self._done_row = QWidget()
        column_in(self._done_row, 0, row_layout(self._tick, growing(self.done)))
        self._column = column_in(
            self, tokens.S, row_layout(self.heading, self.hide_button, STRETCH), self._done_row, aligned(self.show_button)
        )
        self.hide()

    @property
    def _is_hour(self) -> bool:
        return any(step.of_hour for step in self._steps)

    @property
    def _key(self) -> str:
        return "home/first-hour-hidden" if self._is_hour else "home/first-steps-hidden"

    @property
    def is_hidden(self) -> bool:
        """Whether the person has hidden them on this PC."""
        return bool(self._context.memory.get(self._key, False))

    @property
    def stops(self) -> list[QWidget]:
        """What the Tab key comes to, as one reads."""
        return [self.hide_button, *(self.card.lines if self.card is not None else ()), self.show_button]

    def _keep(self, *, hidden: bool) -> None:
        self._context.memory.keep(self._key, hidden)
        self.show_steps(self._steps)

    def show_steps(self, steps: Sequence[FirstStep]) -> None:
        """Show these; nothing where all are done."""
        self._steps, left = steps, [step for step in steps if not step.done]
        self.setVisible(bool(left))
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        shown, done = not self.is_hidden, [step.name for step in steps if step.done]
        for part in (self.heading, self.hide_button):
            part.setVisible(shown)
        self._done_row.setVisible(shown and bool(done))
        self.show_button.setVisible(not shown)
        title = _("First hour: {done} of {number} done") if self._is_hour else _("First steps: {done} of {number} done")
        self.heading.setText(title.format(done=len(done), number=len(steps)))
        self.done.setText(_("Done: {steps}").format(steps=join_words(done)))
        mark = sized(tokens.ICON)
        self._tick.setPixmap(icon("check-circle", QPalette.ColorRole.PlaceholderText).pixmap(QSize(mark, mark)))
        if shown and left:
            go = self._context.go
            duties = [Duty(step.name, step.words, partial(go, step.page, step.place), "accent") for step in left]
            self.card = DutyCard(self.heading.text(), duties)
            self._column.insertWidget(1, self.card)
            self.card.show()  # at once, so that the cursor can go there
        self.card_made.emit()
