"""The plans of a pupil: one in a form with the parts of its kind, kept in a further version, struck out, printed."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, own_items_of
from pupil_desk.domain.plans.kinds import ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import ENDING, HEAD, MOVES, PLAN_FORM, PlanCase, PlanStepKind, PupilPlan
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.services.guard import Guard
from pupil_desk.services.plans import plan_papers, plans_due, recording, review_invitations
from pupil_desk.services.pupils import badges
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.scroll import bring_together_into_view
from pupil_desk.ui.kit.talk.next_act import Act, NextAct
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, button, label, show_words
from pupil_desk.ui.pages.pupils.papers import show_made
from pupil_desk.ui.pages.pupils.record.household_paper import PaperInPlace
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class PlansList(SeveralPart[PupilPlan]):
    """Those that run first. ``step_wanted`` carries the plan of which a step is to be recorded, and which, «» for any."""

    step_wanted = Signal(str, str)
    next_act: NextAct

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        self.cases: dict[str, PlanCase] = {}
        self._own = [own_item.name for own_item in own_items_of(PupilPlan)]
        form = Form(
            PupilPlan,
            today=context.desk.today,
            only=(*PLAN_FORM, *self._own),
            check=partial(recording.problems, context.desk),
            begin=("ended_on",),
            wide=("kind",),
        )
        manner = dataclasses.replace(_MANNER, rows_of=lambda record, _desk: self._rows(record))
        super().__init__(context, may_leave, manner, form, lambda plan: plan.entry_id)
        self.state = label("", "muted")
        self.column.insertWidget(self.column.indexOf(self.form), self.state)
        self.next_act = NextAct()
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        self.step_button = button(_("Record a st&ep…"), self._want_step, icon_name="list-plus")
        self.print_button = button(_("&Print it"), self._print, icon_name="printer")
        self.strike_button = button(_("Stri&ke out…"), self.strike, icon_name="prohibit")
        self.invite_button = button(_("Print invi&tations"), self._print_invitations, icon_name="envelope-simple")
        buttons = [self.step_button, self.print_button, self.strike_button, self.invite_button]
        for widget in buttons:
            self.acts.addWidget(widget)
        tab_after(self.add_button, [*buttons, *self.next_act.buttons])
        self.paper = PaperInPlace(self, _("Plan"))
        self.form.fields["kind"].edited.connect(lambda: once_calm(self, self._fit_kind))

    def begin_new(self) -> None:
        """With the form from its title on in view: it is long, and the list is not needed meanwhile."""
        super().begin_new()
        if self.adding:
            once_calm(self, lambda: bring_together_into_view([self.title, self.form]))

    # what is shown

    def show_record(self, record: PupilRecord) -> None:
        self.paper.close()
        super().show_record(record)

    def how_to_begin(self) -> str:
        """And where the plan stands of which the head tells: none of this list."""
        words = badges.of_record(self.context.desk, self.record).get(PupilBadge.PLAN, "") if self.record is not None else ""
        if not words:
            return super().how_to_begin()
        ehc = PupilBadge.PLAN.value.words
        where = _("Needs and care") if words == ehc else _("Needs and care, and Health") if words.startswith(ehc) else _("Health")
        return " ".join([_("“{plan}” stands in {part}.").format(plan=words, part=where), super().how_to_begin()]).strip()

    def _rows(self, record: PupilRecord) -> list[PupilPlan]:
        self.cases = {case.now.entry_id: case for case in recording.of_pupil(self.context.desk, record.pupil.id)}
        return [case.now for case in self.cases.values()]

    def _reveal(self) -> None:
        super()._reveal()
        desk, case = self.context.desk, self.case
        may, counts = desk.may(Action.EDIT_RECORD), case is not None and case.now.struck is None
        self.form.set_readonly(not (may and (counts or self._adding)))
        self.form.fields["kind"].editor.set_readonly(not self._adding)
        refusal = _("Choose a plan that counts first") if may else only(Action.EDIT_RECORD)
        for widget in (self.step_button, self.strike_button):
            allow(widget, may and counts, refusal)
        allow(self.print_button, case is not None and counts, _("Choose a plan that counts first"))
        allow(self.invite_button, case is not None and review_invitations.can_be_made(case), review_invitations.SET_THE_DAY)
        show_words(self.state, self._state_of(case) if case is not None else "")
        self._offer_next(case if may else None)
        self._fit_kind()

    @property
    def case(self) -> PlanCase | None:
        """The plan shown, with its versions and steps; None for a new one."""
        return None if self._adding or self._current_row is None else self.cases.get(self._current_row.entry_id)

    def _fit_kind(self) -> None:
        """Ask for the parts of the kind, each by what it is called in a plan of that kind."""
        kind = plan_kind(self.form.fields["kind"].editor.typed_text())
        names = {part.item: part.label for part in kind.parts} if kind is not None else {}
        for name, field in self.form.fields.items():
            field.name_it(names.get(name, item_named(PupilPlan, name).label))
        moves = MOVES if kind is not None and kind.rule is ReviewRule.ANNUAL_REVIEW else ()
        head = HEAD if self.case is not None else [name for name in HEAD if name != "version_day"]
        self.form.show_items([*head, *moves, *names, *self._own, *(ENDING if self.case is not None else ())], in_order=True)

    def _state_of(self, case: PlanCase) -> str:
        assert self.record is not None
        return " ".join(plan_papers.state_sentences(self.context.desk, self.record.pupil, case))

    def due_words(self, plan: PupilPlan) -> str:
        """When it is to be reviewed; of one that does not run, why not."""
        if plan.struck is not None:
            return _("Struck out")
        if not plan.runs_on(self.context.desk.today):
            return _("Ended")
        assert self.record is not None
        due = plans_due.review_day(self.context.desk, self.record.pupil, self.cases[plan.entry_id])
        if due is None:
            return ""
        return _("{day}, late").format(day=short_date(due)) if due < self.context.desk.today else short_date(due)

    # what is done

    def save(self) -> bool:
        """Keep it, and offer to undo that."""
        before = {entry_id: len(case.wordings) for entry_id, case in self.cases.items()}
        if not super().save():
            return False
        for entry_id, case in self.cases.items():
            if len(case.wordings) > before.get(entry_id, 0):
                self._say_done(_("Kept: {plan}."), case.now)
        return True

    def _say_done(self, words: str, plan: PupilPlan) -> None:
        words = words.format(plan=plans_due.kind_words(plan.kind))
        self.context.banner.success(words, undo=(_("&Undo"), partial(self._undo, plan)))

    def _undo(self, plan: PupilPlan) -> None:
        if self.may_leave() and self.keep(self.form, lambda: recording.undo(self.context.desk, plan)):
            if self.isVisible():
                self.table.select(plan.entry_id)
                self.focus_first()
            self.context.banner.success(_("Undone: {plan}.").format(plan=plans_due.kind_words(plan.kind)))

    def strike(self) -> None:
        """Say that the one chosen was entered by mistake, once the reason is given, and offer to undo that."""
        row = self._current_row
        if row is None or self.record is None or not self.may_leave():
            return
        words = _(
            "{pupil}. {plan}. It stays on file with the reason, and counts no more. A plan that is over is not struck out: enter when it ended."
        )
        words = words.format(pupil=self.record.pupil.full_name, plan=_title(row))
        reason = self.context.ask.text(
            _("Strike this plan out?"), words, _("Why it is struck out"), verb=_("Strike it out"), stay=_("Keep it")
        )
        if reason is not None and self.keep(self.form, lambda: recording.strike(self.context.desk, row.entry_id, reason)):
            self.focus_first()
            self._say_done(_("Struck out: {plan}."), self.cases[row.entry_id].now)

    def _offer_next(self, case: PlanCase | None) -> None:
        """What comes next of the plan shown, and the buttons that do it."""
        step = plans_due.next_step(self.context.desk, self.record.pupil, case) if case is not None and self.record is not None else None
        words, kind = step or ("", "")
        invites = kind == PlanStepKind.INVITED and case is not None and review_invitations.can_be_made(case)
        acts: list[Act] = [(_("Record it…"), partial(self._want_step, kind))] if words else []
        if invites:
            acts.append((_("Print invitations"), self._print_invitations))
        self.next_act.offer(words, acts)

    def _want_step(self, kind: str = "") -> None:
        if self._current_row is not None and self.may_leave():
            self.step_wanted.emit(self._current_row.entry_id, kind)

    def _print(self) -> None:
        row = self._current_row
        if row is None or not self.may_leave():
            return
        show_made(
            self,
            self.context,
            lambda: plan_papers.paper(self.context.desk, row.entry_id),
            self._show_paper,
            _("Making the paper"),
            pupil_ids=[row.pupil_id],
            paper_name="plan",
        )

    def _print_invitations(self) -> None:
        case = self.case
        if case is None or not self.may_leave():
            return
        show_made(
            self,
            self.context,
            lambda: review_invitations.letters(self.context.desk, case),
            self._show_paper,
            _("Making the letters"),
            pupil_ids=[case.now.pupil_id],
            paper_name="invitations to a review",
        )

    def _show_paper(self, title: str, data: bytes, guard: Guard) -> None:
        self.paper.show_pdf(title, data, lambda: None, guard=guard)


def _title(plan: PupilPlan) -> str:
    return codelist("plan_kind").label_of(plan.kind)


def _columns(part: SeveralPart[PupilPlan]) -> Sequence[Column[PupilPlan]]:
    assert isinstance(part, PlansList)
    return (
        Column("kind", _("Plan"), _title, stretch=True, icon=lambda plan: "prohibit" if plan.struck is not None else ""),
        Column("day", _("Version of"), lambda plan: short_date(plan.day), longest="30 Nov 2026"),
        Column("due", _("Review due"), part.due_words, longest=_("{day}, late").format(day="30 Nov 2026")),
        Column("lead", _("Led by"), lambda plan: plan.lead or "", width=16),
    )


_MANNER = PartDefinition[PupilPlan](
    name=_("Plans"),
    add_words=_("&Add a plan"),
    new_title=_("New plan"),
    empty_words=_("No plan is on file"),
    sign="clipboard-text",
    columns=_columns,
    rows_of=lambda _record, _desk: [],
    title_of=_title,
    new_keys=lambda _record, desk: {"made_on": desk.today, "lead": desk.user.name},
    add=recording.add,
    save=recording.amend,
    switch=recording.SWITCH,
    spare={"lead": 620},
    stands_on_first=False,
)
