"""What was done about absence without leave: the steps, and the form of a new one. One on file is never edited, only taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.absence_steps import AbsenceStep, AbsenceStepKind
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.register import absence_steps
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart
from pupil_desk.ui.pages.pupils.record.steps.steps_part import StepsPart


class AbsencePart(StepsPart[AbsenceStep]):
    """The steps that stand, the latest first."""

    codes = "absence_step"
    reverse = staticmethod(absence_steps.take_back)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(AbsenceStep, today=context.desk.today, check=partial(absence_steps.problems, context.desk))
        super().__init__(context, may_leave, _MANNER, form)

    def question_words(self, step: AbsenceStep, record: PupilRecord) -> str:
        words = _("{what}, {day}. It stays on file that it was entered, who took it back and why.")
        if step.kind == AbsenceStepKind.REFERRED:
            words += " " + _("In the log of what was told, it is struck out.")
        return words.format(what=self.kind_words(step), day=short_date(step.on))


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
