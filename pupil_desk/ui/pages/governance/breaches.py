"""Breaches: anybody reports one here; the data officer sees the 72 hours, the steps, and records what is done."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.words import _
from pupil_desk.domain.governance.breach import Breach, StepState, next_kind, possible, steps
from pupil_desk.domain.governance.breach_forms import FORMS, BreachEventKind
from pupil_desk.services.governance import breaches
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, label, name_label, set_look
from pupil_desk.ui.pages.governance.breach_form import BreachForm
from pupil_desk.ui.style import tokens

_SIGNS = {StepState.OPEN: "○", StepState.DONE: "✓", StepState.NOT_NEEDED: "–"}
_SPARE = {"aware": 1150}  # what happened is cut before that, and the record beside it says the moment too


class Breaches(QWidget):
    """The list with one breach beside it; or the form in which one is reported, or something of it recorded; or its paper."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.form = BreachForm(context)
        self.paper = Paper(context, _("The record of a breach"))
        self.table = self._make_table()
        self.detail = self._make_detail()
        self.list_view = self._make_list()
        self.body = Body(self.list_view, self.form, self.paper)
        column_in(self, None, self.body, top=tokens.M)
        self.table.current_changed.connect(lambda _row: self._show_one())
        self.table.lead_to(self.kind, self.so_far)
        self.form.done.connect(self._back)
        self.form.edited.connect(self.edited)
        self.paper.closed.connect(self._close_paper)
        self.table.always_give_way(_SPARE, room_of=self)

    def _make_table(self) -> Table[Breach]:
        desk = self._context.desk
        columns = (
            Column[Breach]("number", _("No."), lambda row: str(row.number), align="right"),
            Column[Breach]("what", _("What happened"), lambda row: " ".join(row.events[0].text.split()), width=16, stretch=True),
            Column[Breach]("state", _("How it stands"), lambda row: breaches.state_words(desk, row), width=18, icon=self._sign),
            Column[Breach]("aware", _("Known since"), lambda row: breaches.moment_words(row.aware), width=24),
        )
        empty_state = EmptyState(
            "shield-check",
            _("No breach is on file"),
            _(
                "A letter to the wrong family, a lost stick, a record seen by somebody who should not: report it here at once, even if you are not sure."
            ),
        )
        return Table(
            columns, name=_("Breaches"), id_of=lambda row: row.id, memory=self._context.memory, memory_key="breaches", empty=empty_state
        )

    def _sign(self, row: Breach) -> str:
        if row.ended is not None:
            return "check-circle"
        return {"late": "warning-circle", "soon": "warning"}.get(breaches.clock(self._context.desk, row).pressing, "clock")

    def _make_list(self) -> QWidget:
        self.report_button = button(_("&Report a breach…"), self.report, "primary", icon_name="warning-circle")
        self.print_button = button(_("Print the re&cord…"), self.print_, icon_name="printer")
        return column_of(
            flow_of(self.report_button, self.print_button),
            growing(Panes(self.table, scrolled(self.detail), shares=(1, 1), memory=self._context.memory, key="breaches")),
        )

    def _make_detail(self) -> QWidget:
        self.title, self.clock, self.steps = label("", "subhead"), label(""), label("")
        self.so_far = TimelineView(_("What was recorded"))
        self.so_far.setMinimumHeight(tokens.HUGE * 4)
        self.kind = ChoiceBox(name=_("What is recorded"))
        self.kind_label = name_label(_("Record what was found out, d&one or decided"), self.kind)
        self.record_button = button(_("Record &it…"), self.record, icon_name="pencil-simple")
        self.row = flow_of(self.kind, self.record_button)
        self.steps_title, self.said_title = label(_("Steps"), "label"), label(_("What was recorded, newest first"), "label")
        return column_of(
            self.title,
            self.clock,
            self.steps_title,
            self.steps,
            self.kind_label,
            self.row,
            self.said_title,
            growing(self.so_far),
            left=tokens.S,
        )

    # -- looking

    def refresh(self) -> None:
        """The breaches that one may see."""
        self.table.show_rows(breaches.listing(self._context.desk))
        self._show_one()

    def go_to_row(self, breach_id: str) -> None:
        """Choose one breach."""
        self.table.select(breach_id)

    def panes(self) -> list[QWidget]:
        """The list, what can be recorded, and what was; or the form."""
        if self.body.currentWidget() is self.form:
            return [self.form]
        if self.body.currentWidget() is self.paper:
            return [self.paper]
        return [self.table, self.so_far, self.kind] if self.table.rows else [self.report_button, self.table]

    def search(self) -> None:
        """To the list: there are few breaches."""
        self.table.setFocus()

    def _show_one(self) -> None:
        breach, desk = self.table.current() if self.table.rows else None, self._context.desk
        self.detail.setVisible(breach is not None)
        self.print_button.setEnabled(breach is not None and desk.may(Action.READ_BREACHES))
        if breach is None:
            return
        deadline = breaches.clock(desk, breach)
        self.title.setText(breaches.title(breach))
        self.clock.setText(deadline.words)
        set_look(self.clock, {"late": "problem", "soon": "check"}.get(deadline.pressing, ""))
        self.steps.setText("\n".join(f"{_SIGNS[step.state]}  {step.words}{_state_words(step.state)}" for step in steps(breach)))
        self.so_far.show_events(
            [
                TimelineEvent(local_time(stamp(event.at)).date(), breaches.event_title(event), _facts_words(event), id=str(place))
                for place, event in reversed(list(enumerate(breach.events)))
            ]
        )
        self._offer(breach)

    def _offer(self, breach: Breach) -> None:
        may = self._context.desk.may(Action.HANDLE_BREACH)
        self.kind.clear()
        for kind in possible(breach):
            self.kind.addItem(FORMS[kind][0], kind.value)
        self.kind.set_key(next_kind(breach).value)
        for part in (self.kind, self.record_button):
            part.setEnabled(may)
            part.setToolTip("" if may else only(Action.HANDLE_BREACH))

    # -- reporting and recording

    @property
    def writing(self) -> bool:
        """Whether the form is in view."""
        return self.body.currentWidget() is self.form

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return self.writing and self.form.dirty

    def report(self) -> None:
        """An empty form, with this moment as when we became aware."""
        self.form.begin_report()
        self.body.setCurrentWidget(self.form)
        self.form.focus()

    def record(self) -> None:
        """The form of what is chosen, for the breach one is on."""
        breach = self.table.current()
        if breach is not None and self.kind.key():
            self._begin(breach, BreachEventKind(self.kind.key()))

    def _begin(self, breach: Breach, kind: BreachEventKind) -> None:
        self.form.begin(breach, kind)
        self.body.setCurrentWidget(self.form)
        self.form.focus()

    def save(self) -> bool:
        return self.form.save()

    def discard(self) -> None:
        """Give up what is typed."""
        self.form.clear()
        self._back("")

    def give_up(self) -> None:
        """Out of the form; with something typed, once that is agreed to."""
        if not self.form.dirty or self._context.ask.confirm(
            _("Give up what you have typed?"), _("Nothing of it is on file yet."), _("Give it up"), danger=True, stay=_("Keep it")
        ):
            self.discard()

    def _back(self, breach_id: str) -> None:
        self.body.setCurrentWidget(self.list_view)
        self.refresh()
        if breach_id:
            self.table.select(breach_id)
        (self.table if self.table.rows else self.report_button).setFocus()

    def draft(self) -> dict[str, Any] | None:
        """What is typed, and of what."""
        return self.form.draft() if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what was typed."""
        self.refresh()
        row = next((row for row in self.table.rows if row.id == draft["breach"]), None)
        if draft["kind"] == BreachEventKind.REPORTED.value:
            self.report()
        elif row is not None:
            self._begin(row, BreachEventKind(draft["kind"]))
        else:
            return
        self.form.take_draft(draft["typed"])

    # -- on paper

    def print_(self) -> None:
        """The record of the breach one is on, seen first."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
            return
        breach, desk = self.table.current() if self.table.rows else None, self._context.desk
        if breach is None:
            return

        def work(_job: object) -> tuple[str, bytes]:
            from pupil_desk.documents.pdf.page import build_pdf

            story, title = breaches.paper(desk, breach.id)
            return title, build_pdf(story, title=title, footer=desk.settings.name)

        self._context.jobs.run(self, work, lambda paper: self._show_paper(breach.id, paper), title=_("Making the record"))

    def _show_paper(self, breach_id: str, paper: tuple[str, bytes]) -> None:
        self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(*paper, on_printed=lambda: breaches.log_print(self._context.desk, breach_id), guard=Guard("record of a breach"))

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.list_view)
        self.table.setFocus()


def _state_words(state: StepState) -> str:
    """The sign before a step in words, for who does not see it."""
    return {StepState.OPEN: "", StepState.DONE: _(" (done)"), StepState.NOT_NEEDED: _(" (not needed)")}[state]


def _facts_words(event: Any) -> str:
    facts = [f"{title}: {value}" for title, value in breaches.event_facts(event)]
    return " ".join(f"{fact.rstrip('.')}." for fact in (*facts, breaches.recorded_words(event)))
