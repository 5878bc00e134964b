"""The page of consents: one pupil, a class or a trip, and the types."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.asking import Subject
from pupil_desk.services.consents.recording import CheckedEntry
from pupil_desk.services.guard import Guard
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.coded_forms import make_forms
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.consents import trips
from pupil_desk.ui.pages.consents.commands import commands
from pupil_desk.ui.pages.consents.many import Many
from pupil_desk.ui.pages.consents.occasion import OccasionEditor
from pupil_desk.ui.pages.consents.one import OnePupil
from pupil_desk.ui.pages.consents.types import Types
from pupil_desk.ui.pages.consents.undoing import undo_of
from pupil_desk.ui.style import tokens

_SHOWN = 5  # commands, so that they stand in one line of a narrow window
_CONCERNING = frozenset({"pupil", "contact", "protection", "consent", "consent-type", "occasion", "medicine", "settings"})


class ConsentsPage(Page):
    """Tasks: take down what a parent says; mark a pile of forms for a trip; see who may come; print what is still to be asked."""

    name = "consents"
    title = _("Consents")
    icon = "handshake"
    group = FAMILIES
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._telling = False
        self.heading = Heading(self.title, commands(self), desk=context.desk, most_buttons=_SHOWN)
        self.pupil_view = OnePupil(context, self.leave)
        self.pupil_view.edited.connect(self.edited)
        self.pupil_view.pupil_chosen.connect(self._say_what_can_be_done)
        self.pupil_view.record_saved.connect(self._say_recorded)
        self.pupil_view.recorded.connect(self._say_recorded)
        self.tabs = Tabs(_("One pupil, a class or a trip, or the types"))
        self.tabs.addTab(self.pupil_view, _("One pup&il"))
        self.tabs.add_later("many", lambda: self.many, _("C&lass or trip"))
        self.tabs.add_later("types", lambda: self.types, _("Ty&pes"))
        self.body = Body(self.tabs)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, growing(self.body))
        self.tabs.currentChanged.connect(self._tab_changed)
        self._say_what_can_be_done()

    @cached_property
    def many(self) -> Many:
        """A class or a trip."""
        many = Many(self.context)
        many.opened.connect(self._open)
        many.record_saved.connect(self._tell)
        many.selection_changed.connect(self._say_what_can_be_done)
        return self.tabs.put("many", many)

    @cached_property
    def types(self) -> Types:
        """The types of consent."""
        types = Types(self.context, self.leave)
        types.edited.connect(self.edited)
        types.record_saved.connect(self._tell)
        return self.tabs.put("types", types)

    @cached_property
    def occasion(self) -> OccasionEditor:
        """A trip, or a recipient, that is written."""
        occasion = OccasionEditor(self.context)
        occasion.edited.connect(self.edited)
        occasion.record_saved.connect(self._occasion_saved)
        occasion.closed.connect(self._leave_occasion)
        return self.body.put(occasion)

    @cached_property
    def paper(self) -> Paper:
        """Forms and lists as they will be printed."""
        paper = Paper(self.context, _("Forms and lists"))
        paper.closed.connect(self._close_paper)
        return self.body.put(paper)

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        self.refresh()
        if object_id is None:
            self._take_up()
        elif "/" in object_id:
            self._show_subject(object_id)
        else:
            self._open(object_id)

    def on_change(self, changed: Changed) -> None:
        if not self._telling and changed.kinds & _CONCERNING:
            self.refresh()

    def refresh(self) -> None:
        self._view().refresh()

    def _view(self) -> OnePupil | Many | Types:
        view = self.tabs.currentWidget()
        assert isinstance(view, OnePupil | Many | Types)
        return view

    def search(self) -> None:
        view = self._view()
        if isinstance(view, Types):
            view.table.setFocus()
        else:
            view.search()

    def _take_up(self) -> None:
        """The cursor to where one goes on: in a list whose letters are marks to the row that is chosen, else to the box that finds."""
        view = self._view()
        if not (isinstance(view, Many) and view.stand_on_row()):
            self.search()

    def panes(self) -> list[QWidget]:
        now = self.body.currentWidget()
        if now is not None and now is not self.tabs:
            return [self.heading, now]
        return [self.heading, self.tabs.tabBar(), *self._view().panes()]

    # typing

    @property
    def dirty(self) -> bool:
        return self._planned.dirty if self._planned is not None else self._dirty_view is not None

    @property
    def _planned(self) -> OccasionEditor | None:
        """The trip, or the recipient, that is written now."""
        now = self.body.currentWidget()
        return now if isinstance(now, OccasionEditor) else None

    @property
    def _dirty_view(self) -> OnePupil | Types | None:
        """The tab in which something is typed and not kept."""
        if self.pupil_view.dirty:
            return self.pupil_view
        return self.types if made(self, "types") and self.types.dirty else None

    def save(self) -> bool:
        part = self._planned or self._dirty_view
        return part.save() if part is not None and part.dirty else True

    def discard(self) -> None:
        part = self._planned or self._dirty_view
        if part is not None:
            part.discard()

    def put_back(self) -> None:
        if self._planned is not None and not self._planned.dirty:
            self._leave_occasion()
        else:
            super().put_back()

    def draft(self) -> dict[str, Any] | None:
        part = self._planned or self._dirty_view
        if part is None or not part.dirty:
            return None
        kind = "occasion" if part is self._planned else "one" if part is self.pupil_view else "types"
        return {"view": kind, **part.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["view"] == "occasion":
            self._take_occasion(draft)
        elif draft["view"] == "types":
            self.tabs.setCurrentWidget(self.types)
            self.types.refresh()
            self.types.take_draft(draft)
        else:
            self._open(draft["pupil_id"])
            if self.pupil_view.record is not None:
                self.pupil_view.take_draft(draft)

    def _take_occasion(self, draft: dict[str, Any]) -> None:
        self.many.refresh()
        occasions = {subject.occasion.occasion_id: subject for subject in self.many.subjects.values() if subject.occasion}
        self._edit(occasions.get(draft["occasion_id"]))
        self.occasion.take_draft(draft)

    # what the parts ask

    def _open(self, pupil_id: str) -> None:
        self.body.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self.pupil_view)
        self.pupil_view.open(pupil_id)

    @property
    def _subject(self) -> Subject | None:
        """The consent, or the trip, that is chosen for many."""
        return self.many.current if made(self, "many") else None

    def _show_subject(self, key: str) -> None:
        self.body.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self.many)
        self.many.show_subject(key)
        self.many.table.setFocus()

    def lead(self) -> None:
        if self.pupil_view.record is not None:
            self.context.go("pupils", self.pupil_view.record.pupil.id)

    def _tab_changed(self, place: int) -> None:
        """What is typed in one view is not left out of sight: it is kept or put back first."""
        dirty_view = self._dirty_view
        if dirty_view is not None and self.tabs.widget(place) is not dirty_view:
            self.tabs.turn_silently(self.tabs.indexOf(dirty_view))
            if not self.leave():
                return
            self.tabs.turn_silently(place)
        self.refresh()
        view, now = self._view(), QApplication.focusWidget()
        if (
            isinstance(view, Many) and now is not None and view.isAncestorOf(now)
        ):  # Qt has put it where it was last, as in the box that finds
            view.stand_on_row()
        self._say_what_can_be_done()

    def _tell(self, changed: Changed) -> None:
        self._telling = True
        try:
            self.context.news.tell(changed)
        finally:
            self._telling = False
        self.refresh()

    def _say_recorded(self, changed: Changed, effect: str, recorded: Sequence[CheckedEntry] = ()) -> None:
        self._tell(changed)
        words = _("Recorded. {effect}").format(effect=effect).strip()
        self.context.banner.success(words, undo=undo_of(self.context, recorded, self._tell))
        self.pupil_view.table.setFocus()

    # occasions

    def plan(self) -> None:
        """Plan a trip, or name a person or body to be told."""
        if self.leave():
            self._edit(None)

    def change(self) -> None:
        """Change the occasion shown, or its list."""
        subject = self._subject
        if subject is not None and subject.occasion is not None:
            self._edit(subject)

    def record_accident(self) -> None:
        """Record of a trip, one that is over too, that somebody was badly hurt; or take that back. Asks first, and says what it does."""
        if self.leave() and trips.record_accident(self.context):
            self.refresh()

    def _edit(self, subject: Subject | None) -> None:
        self.body.setCurrentWidget(self.occasion)
        self.occasion.begin(subject.occasion if subject else None)
        self._say_what_can_be_done()

    def _occasion_saved(self, changed: Changed, key: str) -> None:
        self._leave_occasion()
        self._tell(changed)
        self.tabs.turn_silently(self.tabs.indexOf(self.many))
        self._show_subject(key)
        self.context.banner.success(_("Saved. Print the forms when you are ready.") if key else _("Recorded: it does not take place."))
        self._say_what_can_be_done()

    def _leave_occasion(self) -> None:
        if self._planned is not None and self._planned.dirty and not self.leave():
            return
        self.body.setCurrentWidget(self.tabs)
        self.refresh()
        self._say_what_can_be_done()
        self.search()

    # papers

    def print_(self) -> None:
        now = self.body.currentWidget()
        if isinstance(now, Paper):
            now.print_()
        else:
            self._print(Variant.STANDARD)

    def print_easy(self) -> None:
        """The forms in easy words."""
        self._print(Variant.EASY)

    def print_large(self) -> None:
        """The forms in large print."""
        self._print(Variant.LARGE)

    def _print(self, variant: Variant) -> None:
        make_forms(
            self, self.context, [(subject.key, people) for subject, people in self._forms_to_print()], self._show_paper, variant=variant
        )

    def _forms_to_print(self) -> list[tuple[Subject, list[Pupil]]]:
        """One pupil's consents chosen, or the pupils of the list."""
        view = self._view()
        if view is self.pupil_view and self.pupil_view.record is not None:
            subjects = {(row.type.consent_type, row.occasion): Subject(row.type, row.occasion) for row in self.pupil_view.selected_rows()}
            return [(subject, [self.pupil_view.record.pupil]) for subject in subjects.values()]
        people = view.picked_or_open() if isinstance(view, Many) else []
        return [(view.current, people)] if isinstance(view, Many) and view.current is not None and people else []

    def print_leader(self) -> None:
        """The list for the leader of the trip shown."""
        subject = self._subject
        if subject is not None and subject.occasion is not None:
            trips.leader(self, self.context, subject.occasion.occasion_id, self._show_paper)

    def _show_paper(self, title: str, data: bytes, on_printed: Callable[[], object], guard: Guard) -> None:
        self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(title, data, on_printed, guard=guard)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.tabs)
        self.refresh()  # who was printed a form has been asked
        self.search()

    def _say_what_can_be_done(self) -> None:
        view, planning = self._view(), self._planned is not None
        record = self.pupil_view.record if view is self.pupil_view else None
        pupil_open = record is not None
        self.speak_of(record.pupil.id if record is not None else "")
        subject = view.current if isinstance(view, Many) else None
        for key in ("print", "easy", "large"):
            self.heading.enable(key, not planning and (pupil_open or subject is not None), _("Find a pupil, or choose a consent, first."))
        has_occasion, is_trip = subject is not None and subject.occasion is not None, subject is not None and subject.is_trip
        self.heading.enable("change", not planning and has_occasion, _("Choose a trip, or a person or body, under “Class or trip” first."))
        self.heading.enable("leader", not planning and is_trip, _("Choose a trip under “Class or trip” first."))
        self.heading.enable("new", not planning, _("You are planning one now."))
        self.heading.enable("record", not planning and pupil_open, _("Find a pupil first."))
