"""What was done about absence without leave: the steps, and the form of a new one. One on file is never edited, only taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.absence_steps import AbsenceStep, AbsenceStepKind
from pupil_desk.services.register import absence_steps
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class AbsencePart(SeveralPart[AbsenceStep]):
    """The steps that stand, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(AbsenceStep, today=context.desk.today, check=partial(absence_steps.problems, context.desk))
        super().__init__(context, may_leave, _MANNER, form, lambda step: step.id)
        self.back_button = button(_("Take it &back…"), self.take_back, icon_name="arrow-counter-clockwise")
        self.acts.addWidget(self.back_button)

    def _reveal(self) -> None:
        for part in (self.form, self.title):
            part.setVisible(self._adding)
        may = self.context.desk.may(Action.EDIT_RECORD)
        allow(self.back_button, self._current_row is not None and may, _("Choose a step first") if may else only(Action.EDIT_RECORD))

    def save(self) -> bool:
        """Keep a new step, and offer to undo that."""
        before = {step.id for step in self.table.rows}
        if not super().save():
            return False
        for step in self.table.rows:
            if step.id not in before:
                words = _("Recorded: {what}.").format(what=_kind_words(step))
                self.context.banner.success(words, undo=(_("&Undo"), partial(self._undo, step)))
        return True

    def _undo(self, step: AbsenceStep) -> None:
        if self.may_leave() and self._taken_back(step, _("Undone at once")):
            self.context.banner.success(_("Undone: {what}.").format(what=_kind_words(step)))

    def take_back(self) -> None:
        """Say that the step chosen was entered by mistake, once the reason is given."""
        step = self.table.current()
        if step is None or not self.may_leave():
            return
        words = _("{what}, {day}. It stays on file that it was entered, who took it back and why.")
        if step.kind == AbsenceStepKind.REFERRED:
            words += " " + _("In the log of what was told, it is struck out.")
        reason = self.context.ask.text(
            _("Take this step back?"),
            words.format(what=_kind_words(step), day=short_date(step.on)),
            _("Why it is taken back"),
            verb=_("Take it back"),
            stay=_("Keep it"),
        )
        if reason is not None and self._taken_back(step, reason):
            self.focus_first()

    def _taken_back(self, step: AbsenceStep, reason: str) -> bool:
        return self.keep(self.form, lambda: absence_steps.take_back(self.context.desk, step.id, reason))


def _kind_words(step: AbsenceStep) -> str:
    return codelist("absence_step").label_of(step.kind)


def _columns(part: SeveralPart[AbsenceStep]) -> Sequence[Column[AbsenceStep]]:
    return (
        Column("on", _("On"), lambda step: short_date(step.on)),
        Column("kind", _("What was done"), _kind_words, width=30),
        Column("note", _("What, or why"), lambda step: step.note or "", stretch=True),
    )


_MANNER = PartDefinition[AbsenceStep](
    name=_("What was done about absence"),
    add_words=_("Add a st&ep"),
    new_title=_("New step"),
    empty_words=_("Nothing is on file of what was done about absence"),
    sign="clock-clockwise",
    columns=_columns,
    rows_of=lambda record, desk: absence_steps.of_pupil(desk, record.pupil.id)[::-1],
    title_of=_kind_words,
    new_keys=lambda record, desk: {"on": desk.today},
    add=absence_steps.record,
    spare={"note": 520},
)
