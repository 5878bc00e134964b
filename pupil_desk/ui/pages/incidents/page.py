"""Incidents, rewards and ordinary behaviour: what happened, what was done, and who must be told of it.

How other pages lead here, with ``context.go("incidents", …)``: the identity of an incident shows it; that of a pupil shows those of this pupil
alone; ``new_with(pupil_id)``, of ``ui.kit.context``, begins a new incident with the pupil in it.
"""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.services.incidents import looking, recording
from pupil_desk.services.incidents.looking import LAST_YEAR, IncidentRow
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import NEW, Context, Place, place_of
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.incidents import striking
from pupil_desk.ui.pages.incidents.account_view import AccountView
from pupil_desk.ui.pages.incidents.commands import OF_ONE, commands, why_not
from pupil_desk.ui.pages.incidents.entry import IncidentEntry
from pupil_desk.ui.pages.incidents.letter_home import letter_wanted
from pupil_desk.ui.pages.incidents.listing import IncidentList
from pupil_desk.ui.pages.incidents.reporting import ReportView
from pupil_desk.ui.pages.incidents.step_form import StepForm
from pupil_desk.ui.pages.incidents.view import IncidentView
from pupil_desk.ui.pages.incidents.words import amended_words, incident_title

_CONCERNING = frozenset({"incident", "pupil", "contact", "protection", "settings", "disclosure"})


class IncidentsPage(Page):
    """Tasks: record what happened; see what is left to do; sign, report and talk it over; put it right."""

    name = "incidents"
    switch = "records_incidents"
    title = _("Incidents")
    icon = "flag"
    group = DAILY
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._quiet = False
        self._shown_id = ""
        self.heading = Heading(_("Incidents"), commands(self), desk=context.desk, has_line=True, most_buttons=5)
        self.list = IncidentList(context)
        self.view = IncidentView(context)
        self.none_chosen = EmptyState("flag", _("No incident is chosen"), _("Choose one to see what happened, and what is left to do."))
        self.right = Body(self.view, self.none_chosen)
        self.panes_ = Panes(self.list, self.right, shares=(57, 43), memory=context.memory, key="incidents")
        self.body = Body(self.panes_)
        fill(self.column, self.heading, growing(self.body))
        tab_after(self.list.table, [self.heading.button_of("new")])  # what one comes here for most is the next stop
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.view.first().setFocus())
        self.list.wanted.connect(self._look)
        self.view.step_wanted.connect(self._begin_step)
        self.view.report_wanted.connect(self._make_report)
        self.view.back_wanted.connect(self._take_step_back)
        self.view.missing_wanted.connect(partial(self.amend, ask_for_missing=True))
        self.body.currentChanged.connect(self._on_place)

    @cached_property
    def entry(self) -> IncidentEntry:
        """An incident that is typed."""
        entry = IncidentEntry(self.context)
        entry.saved.connect(self._on_saved)
        entry.closed.connect(self._close_typed)
        entry.edited.connect(self.edited)
        return self.body.put(entry)

    @cached_property
    def step(self) -> StepForm:
        """A step that is recorded."""
        step = StepForm(self.context)
        step.recorded.connect(self._on_recorded)
        step.closed.connect(self._close_typed)
        step.edited.connect(self.edited)
        return self.body.put(step)

    @cached_property
    def report(self) -> ReportView:
        """The report to one parent."""
        report = ReportView(self.context)
        report.closed.connect(self._leave_report)
        report.edited.connect(self.edited)
        report.given_wanted.connect(lambda step, defaults: self._begin_step(step, step.kind, **defaults))
        return self.body.put(report)

    @cached_property
    def account(self) -> AccountView:
        """The account on paper."""
        account = AccountView(self.context)
        account.closed.connect(self._leave_report)
        return self.body.put(account)

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        """The incidents as they are now; at one of them, at those of a pupil, or at a new one with a pupil in it."""
        self._look()
        place = place_of(object_id or "")
        if place.part == NEW:
            self.begin_new(place.object_id)
        elif object_id:
            self._go_to(object_id)
        if QApplication.focusWidget() in (None, self) and self.now is self.panes_:
            self.list.table.setFocus()

    def _go_to(self, object_id: str) -> None:
        """An incident; else those of a pupil."""
        if self.list.choose(object_id):
            self.view.take_up()
            return
        if (pupil := looking.people(self.context.desk, [object_id]).get(object_id)) is not None:
            self.list.show_pupil(pupil.id, pupil.full_name)
        elif self._reads_older(object_id):
            self.view.take_up()

    def _reads_older(self, incident_id: str) -> bool:
        """Whether it is one of those older than the list goes back, which then are listed."""
        if looking.incident(self.context.desk, incident_id) is None:
            return False
        self.list.ask_for_all()
        self._look()
        return self.list.choose(incident_id)

    def refresh(self) -> None:
        self._look()

    def on_change(self, changed: Changed) -> None:
        """An incident went on, or something changed on which hangs who must be told."""
        if changed.kinds & _CONCERNING and self.isVisible():
            self._look()

    def search(self) -> None:
        box = self.now.people.find_box if isinstance(self.now, IncidentEntry) else self.list.find_box
        box.setFocus()
        box.selectAll()

    def panes(self) -> list[QWidget]:
        """Commands, list, the incident; or what stands in their place."""
        if self.now is not self.panes_:
            return [self.now]
        return [self.heading, self.list, self.view.tabs] if self.view.isVisible() else [self.heading, self.list]

    @property
    def now(self) -> QWidget:
        """What one sees beneath the heading: the list and an incident, or what stands in their place."""
        return self.body.currentWidget() or self.panes_

    @property
    def dirty(self) -> bool:
        return self.now.dirty if isinstance(self.now, IncidentEntry | StepForm | ReportView) else False

    def save(self) -> bool:
        """Keep what is typed."""
        return self.now.save() if isinstance(self.now, IncidentEntry | StepForm | ReportView) else True

    def discard(self) -> None:
        self._back_to_list()

    @property
    def has_draft(self) -> bool:
        return self.dirty or (isinstance(self.now, ReportView) and self.now.has_draft)

    def draft(self) -> dict[str, Any] | None:
        if not self.has_draft or not isinstance(self.now, IncidentEntry | StepForm | ReportView):
            return None
        return {"entry" if isinstance(self.now, IncidentEntry) else "step" if isinstance(self.now, StepForm) else "sent": self.now.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        key = next(key for key in ("entry", "step", "sent") if key in draft)
        state = looking.incident(self.context.desk, draft[key]["incident"]) if draft[key]["incident"] else None
        if key == "entry":
            self.body.setCurrentWidget(self.entry)
            if state is not None:
                self.entry.amend(state)
            else:
                self.entry.begin()
            self.entry.take_draft(draft[key])
        elif state is not None:
            self._go_to(state.id)
            if (part := self.step if key == "step" else self.report).take_draft(draft[key], state):
                self.body.setCurrentWidget(part)

    def back_words(self, time: str) -> str:
        return self.now.back_words(time) if isinstance(self.now, ReportView) else super().back_words(time)

    # what is done

    def begin_new(self, pupil_id: str = "") -> None:
        """Type a new incident, with a pupil in it where one is given."""
        if (isinstance(self.now, IncidentEntry) and not pupil_id) or not self.leave():
            return
        with self.context.making.of(self.body):
            self.body.setCurrentWidget(self.entry)
        self.entry.begin(pupil_id or self.list.pupil_box.key())
        self._enable()

    def amend(self, *, ask_for_missing: bool = False) -> None:
        """Say otherwise what was recorded of the incident in view."""
        if self.view.state is not None and self.view.state.counting and self.leave():
            with self.context.making.of(self.body):
                self.body.setCurrentWidget(self.entry)
            self.entry.amend(self.view.state, ask_for_missing=ask_for_missing)
            self._enable()

    def letter_home(self) -> None:
        """A letter to the family of one pupil of the incident in view, whatever it was."""
        if self.view.state is not None and (letter := letter_wanted(self.context, self.view.state)) is not None:
            self._make_report(letter)

    def strike(self) -> None:
        """Strike the incident in view out, or one pupil of it."""
        if self.view.state is not None and striking.strike(self.context, self.view.state):
            self.list.table.setFocus()

    def open_record(self) -> None:
        """The record of a pupil who is in the incident in view."""
        if self.view.state is not None and (pupil_id := striking.whose_record(self.context, self.view.state)):
            entry_ids = {case.now.pupil_id: case.now.entry_id for case in self.view.state.cases}
            self.context.go("pupils", str(Place(pupil_id, "incidents", "incident", entry_ids[pupil_id])))

    def _begin_step(self, step: IncidentStep, kind: IncidentEventKind, **defaults: str) -> None:
        if (state := self.view.state) is not None:
            self.body.setCurrentWidget(self.step)
            self.step.begin(state, step, kind, **(self.report.said_of(state, step, kind) if made(self, "report") else {}), **defaults)
            self._enable()

    def _make_report(self, step: IncidentStep) -> None:
        """The report of a step; then it can be recorded as given."""
        if self.view.state is not None and self.report.begin(self.view.state, step):
            with self.context.making.of(self.body):
                self.body.setCurrentWidget(self.report)
            self._enable()

    def _leave_report(self) -> None:
        if not self.dirty or self.leave():
            self._back_to_list()
            self.view.take_up()

    def print_account(self) -> None:
        """The account of the incident in view, to be signed by hand."""
        if self.view.state is not None and self.view.state.counting and self.account.begin(self.view.state):
            self.body.setCurrentWidget(self.account)

    def print_(self) -> None:
        """The report in view."""
        if isinstance(self.now, ReportView | AccountView):
            self.now.print_()

    def _take_step_back(self, step: IncidentStep) -> None:
        """Say that a step was recorded in error; that it was recorded stays on file."""
        if self.view.state is not None and striking.means_to_take_back(self.context, self.view.state, step):
            striking.take_back(
                self.context, self.view.state, step.done, (_("&Undo"), partial(striking.record_again, self.context, step.done))
            )
        self.view.steps.setFocus()

    # what the parts tell

    def _look(self) -> None:
        shown_id = self._shown_id
        since = None if self.list.goes_back else self.context.desk.today - LAST_YEAR
        self._quiet = True
        self.list.show_rows(looking.rows(self.context.desk, since=since))
        self._quiet = False
        self.heading.set_title(_("Incidents"), self.list.summary())
        row = self.list.table.current()
        if shown_id and (row is None or row.id != shown_id):
            self._quiet = True
            self.list.table.select(shown_id)
            self._quiet = False
            row = self.list.table.current()
        self._show(row)

    def _on_place(self) -> None:
        if made(self, "report") and self.now is not self.report:
            self.report.forget()
        if made(self, "account") and self.now is not self.account:
            self.account.clear()
        self._enable()

    def _on_chosen(self, row: IncidentRow | None) -> None:
        if not self._quiet and (row is None or row.id != self._shown_id):
            self._show(row)

    def _show(self, row: IncidentRow | None) -> None:
        self._shown_id = row.id if row is not None else ""
        self.speak_of(self._shown_id)
        state = self.context.attempt(lambda: looking.incident(self.context.desk, row.id)) if row is not None else None
        self.view.show_incident(state)
        self.right.setCurrentWidget(self.view if state is not None else self.none_chosen)
        self._enable()

    def _enable(self) -> None:
        self.heading.setVisible(in_list := self.now is self.panes_)  # what is typed has all of the page
        self.heading.enable("new", in_list)
        for key in OF_ONE:
            words = why_not(key, self.view.state)
            self.heading.enable(key, in_list and not words, words)
        self.edited.emit()

    def _on_saved(self, incident_id: str, kept: Sequence[Incident]) -> None:
        self._shown_id = incident_id
        self._back_to_list()
        self._go_to(incident_id)
        state = self.view.state
        undo = (_("&Undo"), partial(self._undo, kept, incident_title(state) if state else "")) if kept else None
        amended = amended_words(state, kept) if state is not None and len(state.cases[0].wordings) > 1 else ""
        self.context.banner.success(amended or (_("The incident is on file.") if kept else _("Nothing was changed.")), undo=undo)

    def _undo(self, kept: Sequence[Incident], title: str) -> None:
        """Undo what was just saved: a new incident is struck out, an amended one says what it said before. A form of it goes with it."""
        if self.leave() and self.context.keep(lambda: recording.undo(self.context.desk, kept), _("Undone: {what}").format(what=title)):
            self._back_to_list()

    def _on_recorded(self, events: Sequence[IncidentEvent]) -> None:
        self._back_to_list()
        self.view.take_up()
        what = codelist("incident_event").label_of(events[0].kind)
        self.context.banner.success(
            _("Recorded: {what}.").format(what=what), undo=(_("&Undo"), partial(striking.take_back, self.context, self.view.state, events))
        )

    def _close_typed(self) -> None:
        if not self.dirty or super().leave():
            self._back_to_list()

    def _back_to_list(self) -> None:
        self.body.setCurrentWidget(self.panes_)
        for part in ("entry", "step"):
            if made(self, part):
                getattr(self, part).forget()
        self._look()
        self.list.table.setFocus()
