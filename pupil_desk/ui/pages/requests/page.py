"""Requests: who asked for what, by when the answer is due, and each step of the way."""

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseRow, CaseStanding, RequestState
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.given import titled
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.requests import closing
from pupil_desk.ui.pages.requests.case_view import CaseView
from pupil_desk.ui.pages.requests.commands import commands
from pupil_desk.ui.pages.requests.letters import ReadyLetter
from pupil_desk.ui.pages.requests.listing import CaseList
from pupil_desk.ui.pages.requests.new import NewCase
from pupil_desk.ui.pages.requests.pack import NotesForCopy, waits_for_notes
from pupil_desk.ui.pages.requests.places import PlacesView
from pupil_desk.ui.pages.requests.words import none_chosen, none_of_pupil

_CONCERNING = frozenset({"request", "pupil", "contact", "protection", "settings", "disclosure", "export"})


class RequestsPage(Page):
    """Tasks: record that a request came; see what is due and when; do the next step; answer with a letter, and close."""

    name = "requests"
    title = _("Requests")
    icon = "tray"
    group = FAMILIES
    action = Action.RECORD_REQUEST

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._may_read = context.desk.may(Action.READ_REQUESTS)
        self._quiet = False
        self._shown_id = ""
        self.heading = Heading(_("Requests"), commands(self), desk=context.desk, has_line=True, most_buttons=4)
        self.list = CaseList(context)
        self.view = CaseView(context)
        self.no_case = EmptyState("tray", *none_chosen(may_read=self._may_read))
        self.right = Body(self.view, self.no_case)
        self.panes_ = Panes(self.list, self.right, shares=(40, 60), memory=context.memory, key="requests")
        self.body = Body(self.panes_)
        fill(self.column, self.heading, growing(self.body))
        tab_after(self.list.table, [self.heading.button_of("new")])  # what one comes here for most is the next stop
        self.list.case_chosen.connect(self._on_case_chosen)
        self.list.opened.connect(lambda _row: self.view.part().first().setFocus())
        self.view.edited.connect(self._enable)
        self.view.letters.shows.connect(self._show_letter)
        for part in self.view.parts:
            part.wants.connect(self._give_room)
        self.body.currentChanged.connect(lambda _place: self._enable())  # what can be done with a case goes with the list of cases

    @cached_property
    def new(self) -> NewCase:
        """A new request that is written, or one that is put right."""
        new = NewCase(self.context)
        new.case_saved.connect(self._on_case_saved)
        new.closed.connect(self._close_new)
        new.edited.connect(self.edited)
        return self.body.put(new)

    @cached_property
    def places(self) -> PlacesView:
        """The list of places to search."""
        places = PlacesView(self.context)
        places.closed.connect(self._back_to_list)
        return self.body.put(places)

    @cached_property
    def paper(self) -> Paper:
        """The letter as it will be printed."""
        paper = Paper(self.context, _("The letter"))
        paper.closed.connect(self._close_paper)
        return self.body.put(paper)

    @cached_property
    def notes(self) -> NotesForCopy:
        """The restricted notes that a copy waits for."""
        notes = NotesForCopy(self.context)
        notes.wants.connect(self._give_room)
        return self.body.put(notes)

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        """The cases as they are now; at one of them, at those of a pupil, or at the restricted notes that a copy waits for."""
        if object_id and not self.secrets_noted():
            return
        self._look()
        if object_id and waits_for_notes(self.context.desk, object_id) and self.notes.open(object_id):
            return
        if object_id and made(self, "notes"):
            self.notes.forget()
        if object_id and not self.list.choose(object_id):
            self._go_to_pupil(object_id)
        if QApplication.focusWidget() in (None, self) and self.now is self.panes_:
            self.list.table.setFocus()

    def _go_to_pupil(self, pupil_id: str) -> None:
        """The most pressing case of a pupil; where there is none it is said, and no other pupil's stands there instead."""
        case_id = next(
            (row.id for row in self._rows if pupil_id in (row.seen.case.pupil_id, row.seen.pupil.id if row.seen.pupil else "")), ""
        )
        if not self.list.choose(case_id):
            self.list.table.choose_none()
            self._show(None)
            self.no_case.say(*none_of_pupil(may_read=self._may_read))
            announce(self, ". ".join(none_of_pupil(may_read=self._may_read)))

    def refresh(self) -> None:
        if isinstance(self.now, PlacesView):
            self.now.refresh()
        self._look()

    def on_change(self, changed: Changed) -> None:
        """A case went on, or something changed that its steps hang on."""
        if changed.kinds & _CONCERNING and self.isVisible():
            self._look()

    def search(self) -> None:
        box = self.now.find_box if isinstance(self.now, NewCase) else self.list.find_box
        box.setFocus()
        box.selectAll()

    def panes(self) -> list[QWidget]:
        """Commands, list, the tab in view; or what stands in their place."""
        if self.now is not self.panes_:
            return [self.now] if self.heading.isHidden() else [self.heading, self.now]
        return [self.heading, self.list, self.view.tabs] if self.view.isVisible() else [self.heading, self.list]

    @property
    def now(self) -> QWidget:
        """What one sees beneath the heading: the list and a case, or what stands in their place."""
        return self.body.currentWidget() or self.panes_

    @property
    def dirty(self) -> bool:
        return self.now.dirty if isinstance(self.now, NewCase) else self.view.dirty

    def save(self) -> bool:
        """Record what is typed."""
        if isinstance(self.now, NewCase):
            return self.now.save()
        return self.view.part().save() if self.view.part().dirty or self.view.steps.has_cursor else True

    def discard(self) -> None:
        if isinstance(self.now, NewCase):
            self._back_to_list()
        else:
            self.view.discard()

    def leave(self) -> bool:
        """Asks once: of the new request, or of what is typed in a tab; and of words that are shown once."""
        if not self.secrets_noted():
            return False
        if isinstance(self.now, NotesForCopy):
            return self.now.leave()
        return super().leave() if isinstance(self.now, NewCase) else self.view.leave()

    def draft(self) -> dict[str, Any] | None:
        if isinstance(self.now, NewCase):
            return {"new": self.now.draft()} if self.now.dirty else None
        overview = self.view.overview
        for key, part in (("steps", self.view.steps), ("letters", self.view.letters)):
            if overview is not None and part.dirty:
                return {"case": overview.case.id, key: part.draft()}
        return None

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "new" in draft:
            self._take_new(draft["new"])
            return
        self._look()
        if self.list.choose(draft["case"]):
            part = self.view.steps if "steps" in draft else self.view.letters
            self.view.tabs.setCurrentWidget(part)
            part.take_draft(draft["steps" if "steps" in draft else "letters"])

    def _take_new(self, draft: dict[str, Any]) -> None:
        case = next((row.seen.case for row in self._rows if row.id == draft["case"]), None)
        self.body.setCurrentWidget(self.new)
        if case is not None:
            self.new.correct(case)
        else:
            self.new.begin(draft["pupil"])
        self.new.take_draft(draft)

    def print_(self) -> None:
        """The paper in view, or the letter that is written."""
        if isinstance(self.now, Paper):
            self.now.print_()
        elif not isinstance(self.now, NotesForCopy) and (self.now is self.panes_ or self.heading.isHidden()):
            self.view.part().print_()

    def _give_room(self, view: QWidget | None) -> None:
        """A view of a tab in the place of everything else; None goes back to the case."""
        if view is None and not self.heading.isHidden():
            return
        self.heading.setVisible(view is None)
        if view is not None and self.body.indexOf(view) < 0:
            self.body.addWidget(view)
            self.context.making.pause()
        self.body.setCurrentWidget(view or self.panes_)

    # what is done

    def begin_new(self) -> None:
        """Record a new request, of the pupil of the case in view or of any other."""
        if isinstance(self.now, NewCase) or not self.leave():
            return
        with self.context.making.of(self.body):
            self.body.setCurrentWidget(self.new)
        self.new.begin()
        self._enable()

    def correct(self) -> None:
        """Put right what was recorded of the case in view."""
        if self.view.overview is not None and self.leave():
            self.body.setCurrentWidget(self.new)
            self.new.correct(self.view.overview.case)
            self._enable()

    def show_places(self) -> None:
        """The list of places to search."""
        if self.leave():
            self.places.refresh()
            self.body.setCurrentWidget(self.places)
            self.places.table.setFocus()
            self._enable()

    def open_record(self) -> None:
        """The record of the pupil whom the case is about."""
        if self.view.overview is not None and self.view.overview.case.pupil_id:
            self.context.go("pupils", self.view.overview.case.pupil_id)

    def close_case(self) -> None:
        """Close the case in view; a closed one is opened again, once the reason is given."""
        if self.view.overview is not None and self.leave():
            closing.close_or_open(self.context, self.view.overview)

    def withdraw(self) -> None:
        """The person no longer asks, once it is said how we know."""
        if self.view.overview is not None and self.leave():
            closing.withdraw(self.context, self.view.overview)

    # what the parts tell

    def _look(self) -> None:
        shown_id = self._shown_id
        self._rows = looking.rows(self.context.desk)
        self._quiet = True
        self.list.show_rows(self._rows)
        row = self.list.table.current()
        if shown_id and (row is None or row.id != shown_id) and shown_id in {listed_row.id for listed_row in self._rows}:
            self.list.choose(shown_id)
            row = self.list.table.current()
        self._quiet = False  # to look asks nothing: a job that ends may have it done while a question is open
        self.heading.set_title(_("Requests"), self.list.summary())
        self._show(row)

    def _on_case_chosen(self, row: CaseRow | None) -> None:
        """Another line of the list; what is typed of the case before is asked about first."""
        if self._quiet or (row is not None and row.id == self._shown_id):
            return
        if self.view.dirty and not self.view.leave():
            self._quiet = True
            self.list.table.select(self._shown_id)
            self._quiet = False
            return
        self._show(row)

    def _show(self, row: CaseRow | None) -> None:
        self._shown_id = row.id if row is not None else ""
        self.speak_of(self._shown_id)
        overview = self._read(row)
        self.view.show_case(overview)
        self.no_case.say(*none_chosen(may_read=self._may_read))
        self.right.setCurrentWidget(self.view if overview is not None else self.no_case)
        self._enable()

    def _read(self, row: CaseRow | None) -> RequestState | None:
        return self.context.attempt(lambda: looking.case(self.context.desk, row.id)) if row is not None and self._may_read else None

    def _enable(self) -> None:
        overview, in_list, choose = self.view.overview, self.now is self.panes_, _("Choose a request first")
        closed = overview is not None and overview.standing is CaseStanding.CLOSED
        self.heading.button_of("close").setText(_("Open the &case again…") if closed else _("&Close the case"))
        self.heading.enable("new", not isinstance(self.now, NewCase))
        self.heading.button_of("new").be_main("plus", is_main=in_list)  # what stands in its place has a main button of its own
        for key, can, why_not in (
            ("close", True, choose),
            ("withdraw", overview is not None and overview.standing is CaseStanding.OPEN, _("It is answered already")),
            ("correct", not closed, _("The case is closed")),
            ("record", overview is not None and overview.pupil is not None, _("It is about no pupil")),
        ):
            self.heading.enable(key, in_list and overview is not None and can, choose if overview is None else why_not)
        self.heading.enable("places", not isinstance(self.now, PlacesView))
        self.edited.emit()

    def _on_case_saved(self, case_id: str) -> None:
        self._shown_id = case_id
        self._back_to_list()
        self.list.choose(case_id)
        ref = next((row.seen.case.ref for row in self._rows if row.id == case_id), "")
        self.context.banner.success(_("Recorded as {ref}.").format(ref=ref))

    def _close_new(self) -> None:
        if not self.new.dirty or super().leave():
            self._back_to_list()

    def _back_to_list(self) -> None:
        self.body.setCurrentWidget(self.panes_)
        self._look()
        self.list.table.setFocus()

    def _show_letter(self, ready: ReadyLetter) -> None:
        title = titled(ready.paper.title, ready.paper.language, ready.paper.in_english_because)

        def show(data: bytes) -> None:
            with self.context.making.of(self.body):
                self.body.setCurrentWidget(self.paper)
            self.paper.show_pdf(title, data, lambda: self._on_letter_printed(ready), guard=ready.guard)
            self._enable()

        self.context.jobs.run(self, lambda _job: ready.paper.pdf(ready.guard.stamp), show, title=_("Making the letter"))

    def _on_letter_printed(self, ready: ReadyLetter) -> None:
        self._close_paper()
        self.view.letters.on_printed(ready)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.panes_)
        self._enable()
        self.view.part().first().setFocus()
