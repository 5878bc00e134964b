"""What was done about plans: the steps, and the form of a new one. One on file is never edited, only taken back."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.plans.kinds import plan_kind
from pupil_desk.domain.plans.plan import EVERYBODY, TO_INVITEES, PlanCase, PlanStep, PlanStepKind
from pupil_desk.services.plans import plan_papers, plans_due, recording
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, label
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart
from pupil_desk.ui.pages.pupils.record.steps.steps_part import StepsPart

_ASKED = ("kind", "on", "who", "note")
_OF_INVITEE = ("kind", "on", "invitee", "who", "note")


class PlanStepsList(StepsPart[PlanStep]):
    """The steps that stand, the latest first. Of which plan a new one is, is chosen above its form."""

    codes = "plan_step"
    reverse = staticmethod(recording.take_back)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        self.cases: dict[str, PlanCase] = {}
        form = Form(PlanStep, today=context.desk.today, check=lambda step: recording.step_problems(context.desk, self._finished(step)))
        manner = dataclasses.replace(_MANNER, rows_of=lambda record, _desk: self._rows(record))
        super().__init__(context, may_leave, manner, form)
        self.plan_box, self.plan_label = ChoiceBox(name=_("Of which plan")), label(_("Of which plan"), "label")
        self.plan_label.setBuddy(self.plan_box)
        place = self.column.indexOf(self.form)
        for widget in (self.plan_box, self.plan_label):
            self.column.insertWidget(place, widget)
        tab_after(self.add_button, [self.back_button])
        self.plan_box.currentIndexChanged.connect(lambda _place: self._fit_plan())
        self.form.fields["kind"].edited.connect(lambda: once_calm(self, self._fit_kind))

    # what is shown

    def show_record(self, record: PupilRecord) -> None:
        self._rows(record)
        counting = [case.now for case in self.cases.values() if case.now.struck is None]
        self.plan_box.offer(
            [(plan.entry_id, _("{plan}, {day}").format(plan=_plan_words(plan.kind), day=short_date(plan.day))) for plan in counting]
        )
        super().show_record(record)
        may = self.context.desk.may(Action.EDIT_RECORD)
        refusal = _("No plan is on file. Add one first.") if may else only(Action.EDIT_RECORD)
        allow(self.add_button, may and bool(counting), refusal)
        if self.table.empty is not None:
            self.table.empty.say(self.manner.empty_words, self.how_to_begin() if counting else refusal)

    def _rows(self, record: PupilRecord) -> list[PlanStep]:
        self.cases = {case.now.entry_id: case for case in recording.of_pupil(self.context.desk, record.pupil.id)}
        steps = [step for case in self.cases.values() if case.now.struck is None for step in case.steps]
        return sorted(steps, key=lambda step: step.on, reverse=True)

    def plan_words(self, step: PlanStep) -> str:
        """Of which plan a step is."""
        return _plan_words(self.cases[step.entry_id].now.kind)

    def short_plan_words(self, step: PlanStep) -> str:
        """The same in as few words as there are for it."""
        return plans_due.short_kind(self.cases[step.entry_id].now.kind)

    def _reveal(self) -> None:
        super()._reveal()
        for part in (self.plan_box, self.plan_label):
            part.setVisible(self._adding)
        if self._adding:
            self._fit_plan()

    def begin_of(self, entry_id: str, kind: str = "") -> None:
        """A new step of that plan, of that kind where one is named."""
        self.begin_new()
        if self._adding:
            self.plan_box.set_key(entry_id)
            if kind:
                self.form.take_draft({"kind": kind})

    def _fit_plan(self) -> None:
        """Offer what may be recorded of a plan of that kind."""
        case = self.cases.get(self.plan_box.key())
        kind = plan_kind(case.now.kind) if case is not None else None
        if kind is not None:
            self.form.limit_codes("kind", kind.steps)
        self._fit_kind()

    def _fit_kind(self) -> None:
        step = self.form.fields["kind"].editor.typed_text()
        case = self.cases.get(self.plan_box.key())
        kind = plan_kind(case.now.kind) if case is not None else None
        if kind is not None and kind.invitees and step in TO_INVITEES:
            self.form.limit_codes("invitee", (*kind.invitees, EVERYBODY))
            self.form.show_items(_OF_INVITEE, in_order=True)
            return
        if step == PlanStepKind.AGREED_PUPIL:
            self.form.show_items([name for name in _ASKED if name != "who"])
            return
        items = {PlanStepKind.DECISION: ("outcome",), PlanStepKind.SPENT: ("amount",)}.get(step, ())  # type: ignore[call-overload]  # a value of it
        self.form.show_items([*_ASKED, *items])

    # what is done

    def _finished(self, record: PlanStep) -> PlanStep:
        return dataclasses.replace(record, entry_id=self.plan_box.key())

    def question_words(self, step: PlanStep, record: PupilRecord) -> str:
        return _("{pupil}, {plan}: {what}, {day}. It stays on file that it was entered, who took it back and why.").format(
            pupil=record.pupil.full_name, plan=self.plan_words(step), what=self.kind_words(step), day=short_date(step.on)
        )

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"of": self.plan_box.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        super().take_draft(draft)
        if self._adding:
            self.plan_box.set_key(draft["of"])


def _plan_words(kind: str) -> str:
    return codelist("plan_kind").label_of(kind)


def _columns(part: SeveralPart[PlanStep]) -> Sequence[Column[PlanStep]]:
    assert isinstance(part, PlanStepsList)
    return (
        Column("on", _("On"), lambda step: short_date(step.on), longest="30 Nov 2026"),
        Column("what", _("What was done"), plan_papers.step_words, stretch=True, width=24),
        Column("plan", _("Plan"), part.short_plan_words, tip=part.plan_words),
        Column("who", _("With whom"), lambda step: step.who or "", width=16),
    )


_MANNER = PartDefinition[PlanStep](
    name=_("Reviews and steps of plans"),
    add_words=_("Add a st&ep"),
    new_title=_("New step"),
    empty_words=_("Nothing is on file of what was done about plans"),
    sign="clock-clockwise",
    columns=_columns,
    rows_of=lambda _record, _desk: [],
    title_of=plan_papers.step_words,
    new_keys=lambda _record, desk: {"on": desk.today},
    add=recording.record,
    spare={"who": 720, "plan": 560},
    stands_on_first=False,
)
