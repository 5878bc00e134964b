"""What was done about absence without leave: the steps, and the form of a new one. One on file is never edited, only taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.letter import IMPROVEMENT_END
from pupil_desk.domain.register.absence_steps import OF_A_PARENT, AbsenceStep, AbsenceStepKind
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.register import absence_steps, penalty_referral
from pupil_desk.services.register.without_leave import missed_of
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import SEVERAL, Context, Place
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import offer_names
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.papers import show_made
from pupil_desk.ui.pages.pupils.record.household_paper import PaperInPlace
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart
from pupil_desk.ui.pages.pupils.record.steps.steps_part import StepsPart


class AbsencePart(StepsPart[AbsenceStep]):
    """The steps that stand, the latest first."""

    codes = "absence_step"
    reverse = staticmethod(absence_steps.take_back)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(AbsenceStep, today=context.desk.today, check=partial(absence_steps.problems, context.desk))
        super().__init__(context, may_leave, _MANNER, form)
        self._has_missed = False
        self.notice_button = button(_("Noti&ce to improve…"), self.write_notice, icon_name="envelope-simple")
        self.paper_button = button(_("&Referral on paper…"), self.show_referral, icon_name="printer")
        for widget in (self.notice_button, self.paper_button):
            self.acts.addWidget(widget)
        tab_after(self.back_button, [self.notice_button, self.paper_button])
        self.paper = PaperInPlace(self, _("Referral for a penalty notice"))
        self.form.fields["kind"].edited.connect(lambda: once_calm(self, self._fit_kind))

    def show_record(self, record: PupilRecord) -> None:
        self.paper.close()
        desk, pupil_id = self.context.desk, record.pupil.id
        self._has_missed = bool(missed_of(desk, [pupil_id], desk.today))
        super().show_record(record)
        offer_names(self.form, "parent", absence_steps.parents(desk, pupil_id))

    def _reveal(self) -> None:
        super()._reveal()
        desk, step = self.context.desk, self._current_row
        may = desk.may(Action.PRINT_FORM)
        refusal = _("The register has no session missed without leave lately that was not dealt with") if may else only(Action.PRINT_FORM)
        allow(self.notice_button, may and self._has_missed, refusal)
        is_referral = step is not None and step.kind == AbsenceStepKind.REFERRED
        allow(self.paper_button, is_referral, _("Choose a referral first: add it as a step"))
        self._fit_kind()

    def _fit_kind(self) -> None:
        """Ask for what the kind has: the end of its period of a notice, the parent of a referral and of what came of it."""
        kind = self.form.fields["kind"].editor.typed_text()
        hidden_items = {"until"} if kind != AbsenceStepKind.NOTICE else set()
        hidden_items |= {"parent"} if kind not in OF_A_PARENT else set()
        self.form.show_items([name for name in self.form.fields if name not in hidden_items])

    def write_notice(self) -> None:
        """The letter, with what the register says; once it is printed it is a step here."""
        if self.record is None or not self.may_leave():
            return
        template = letter_templates.notice_to_improve(self.context.desk)
        if template is None:
            self.context.banner.problem(_("No letter has the field “{field}”.").format(field=IMPROVEMENT_END))
            return
        self.context.go("pupils", str(Place(self.record.pupil.id, SEVERAL, "letters", template.template_id, "")))

    def show_referral(self) -> None:
        """The paper for the authority about the referral chosen."""
        step, desk = self._current_row, self.context.desk
        if step is not None and self.may_leave():
            show_made(
                self,
                self.context,
                lambda: penalty_referral.paper(desk, step.id),
                lambda title, data, *, guard: self.paper.show_pdf(
                    title, data, lambda: penalty_referral.log_print(desk, step.id), guard=guard
                ),
                _("Making the paper"),
                pupil_ids=[step.pupil_id],
                paper_name="penalty referral",
            )

    def question_words(self, step: AbsenceStep, record: PupilRecord) -> str:
        words = _("{what}, {day}. It stays on file that it was entered, who took it back and why.")
        if step.kind == AbsenceStepKind.REFERRED:
            words += " " + _("In the log of what was told, it is struck out.")
        return words.format(what=self.kind_words(step), day=short_date(step.on))


def _kind_words(step: AbsenceStep) -> str:
    return codelist("absence_step").label_of(step.kind)


def _whom_or_until(step: AbsenceStep) -> str:
    return step.parent or (_("until {day}").format(day=short_date(step.until)) if step.until else "")


def _columns(part: SeveralPart[AbsenceStep]) -> Sequence[Column[AbsenceStep]]:
    return (
        Column("on", _("On"), lambda step: short_date(step.on)),
        Column("kind", _("What was done"), _kind_words, width=30),
        Column("parent", _("Parent, or until"), _whom_or_until, width=20),
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
    spare={"note": 700, "parent": 520},
    stands_on_first=False,
)
