"""A list of what was done, and the form of a new step. One on file is never edited, only taken back, with a reason."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class RecordedStep(Protocol):
    """A step on file: what was done, by its code, and when."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...


class StepsPart[S: RecordedStep](SeveralPart[S]):
    """The steps that stand. ``codes`` names the list of what can be done; ``reverse`` takes a step back: the desk, its identity and the reason."""

    codes: str
    reverse: Callable[[Desk, str, str], Changed]

    def __init__(self, context: Context, may_leave: Callable[[], bool], manner: PartDefinition[S], form: Form[S]) -> None:
        super().__init__(context, may_leave, manner, form, lambda step: step.id)
        self.back_button = button(_("Take it &back…"), self.take_back, icon_name="arrow-counter-clockwise")
        self.acts.addWidget(self.back_button)

    def question_words(self, step: S, record: PupilRecord) -> str:
        """What is asked before a step is taken back: which it is, and what stays."""
        raise NotImplementedError

    def kind_words(self, step: S) -> str:
        """What was done."""
        return codelist(self.codes).label_of(step.kind)

    def _reveal(self) -> None:
        super()._reveal()
        for part in (self.form, self.title):
            part.setVisible(self._adding)
        may = self.context.desk.may(Action.EDIT_RECORD)
        allow(self.back_button, self._current_row is not None and may, _("Choose a step first") if may else only(Action.EDIT_RECORD))

    def save(self) -> bool:
        """Keep a new step, and offer to undo that."""
        before = {step.id for step in self.table.rows}
        if not super().save():
            return False
        if new_steps := [step for step in self.table.rows if step.id not in before]:
            words = _("Recorded: {what}.").format(what=self.kind_words(new_steps[0]))
            self.context.banner.success(words, undo=(_("&Undo"), partial(self._undo, new_steps)))
        return True

    def _undo(self, steps: Sequence[S]) -> None:
        if self.may_leave() and all(self._taken_back(step, _("Undone at once")) for step in steps):
            self.context.banner.success(_("Undone: {what}.").format(what=self.kind_words(steps[0])))

    def take_back(self) -> None:
        """Say that the step chosen was entered by mistake, once the reason is given."""
        step = self.table.current()
        if step is None or self.record is None or not self.may_leave():
            return
        words = self.question_words(step, self.record)
        reason = self.context.ask.text(
            _("Take this step back?"), words, _("Why it is taken back"), verb=_("Take it back"), stay=_("Keep it")
        )
        if reason is not None and self._taken_back(step, reason):
            self.focus_first()

    def _taken_back(self, step: S, reason: str) -> bool:
        return self.keep(self.form, lambda: self.reverse(self.context.desk, step.id, reason))
