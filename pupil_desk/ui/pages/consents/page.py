"""The page of consents: one pupil, a class or a trip, and the types."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.asking import Subject
from pupil_desk.services.guard import Guard
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.coded_forms import make_forms
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing
from pupil_desk.ui.pages.consents import trips
from pupil_desk.ui.pages.consents.many import Many
from pupil_desk.ui.pages.consents.occasion import OccasionEditor
from pupil_desk.ui.pages.consents.one import OnePupil
from pupil_desk.ui.pages.consents.types import Types
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
        self.heading = Heading(self.title, self._commands(), desk=context.desk, most_buttons=_SHOWN)
        self.pupil_view = OnePupil(context, self.leave)
        self.many = Many(context)
        self.types = Types(context, self.leave)
        self.tabs = Tabs(_("One pupil, a class or a trip, or the types"))
        for view, words in ((self.pupil_view, _("One p&upil")), (self.many, _("C&lass or trip")), (self.types, _("Ty&pes"))):
            self.tabs.addTab(view, words)
        self.occasion = OccasionEditor(context)
        self.paper = Paper(context, _("Forms and lists"))
        self.body = Body(self.tabs, self.occasion, self.paper)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, growing(self.body))
        for signal in (self.pupil_view.edited, self.types.edited, self.occasion.edited):
            signal.connect(self.edited)
        self.pupil_view.pupil_chosen.connect(self._say_what_can_be_done)
        self.pupil_view.record_saved.connect(self._say_recorded)
        self.many.opened.connect(self._open)
        self.many.record_saved.connect(self._tell)
        self.many.selection_changed.connect(self._say_what_can_be_done)
        self.types.record_saved.connect(self._tell)
        self.occasion.record_saved.connect(self._occasion_saved)
        self.occasion.closed.connect(self._leave_occasion)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.paper.closed.connect(self._close_paper)
        self._say_what_can_be_done()

    def _commands(self) -> list[Command]:
        return [
            Command(
                "print",
                _("Print forms"),
                self.print_,
                Action.PRINT_FORM,
                "printer",
                tip=_("For the consents or pupils chosen, else for all still to be asked (Ctrl+P)"),
            ),
            Command(
                "new",
                _("New trip or recipient"),
                self.plan,
                Action.PLAN_OCCASION,
                "bus",
                shortcut=keys.NEW.sequence,
                tip=_("A trip, or a person or body to be told"),
            ),
            Command("change", _("Change it, or its list"), self.change, Action.PLAN_OCCASION, "pencil-simple"),
            Command(
                "hurt",
                _("Somebody was badly hurt"),
                self.record_accident,
                Action.PLAN_OCCASION,
                "warning",
                tip=_("On a trip: what was said of it is then kept longer"),
            ),
            Command("leader", _("List for the leader"), self.print_leader, Action.READ_RECORD, "clipboard-text"),
            Command(
                "easy",
                _("Print forms in easy words"),
                self.print_easy,
                Action.PRINT_FORM,
                "book-open",
                tip=_("The same forms, in easy words"),
            ),
            Command(
                "large", _("Print forms in large print"), self.print_large, Action.PRINT_FORM, "text-aa", tip=_("The same forms, 18 point")
            ),
            Command("record", _("Record of this pupil"), self._lead, Action.READ_RECORD, "user"),
        ]

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        self.refresh()
        if object_id is None:
            self.search()
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

    def panes(self) -> list[QWidget]:
        if self.body.currentWidget() is not self.tabs:
            return [self.heading, self.paper if self.body.currentWidget() is self.paper else self.occasion]
        parts: dict[QWidget, list[QWidget]] = {
            self.pupil_view: [
                self.pupil_view.find_box,
                self.pupil_view.matches_table,
                self.pupil_view.table,
                self.pupil_view.timeline,
                self.pupil_view.side,
            ],
            self.many: [self.many.find_box, self.many.table],
            self.types: [self.types.table, self.types.form],
        }
        return [self.heading, self.tabs.tabBar(), *parts[self._view()]]

    # typing

    @property
    def dirty(self) -> bool:
        return self.occasion.dirty if self.body.currentWidget() is self.occasion else self.pupil_view.dirty or self.types.dirty

    def save(self) -> bool:
        if not self.dirty:
            return True
        if self.body.currentWidget() is self.occasion:
            return self.occasion.save()
        return self.pupil_view.save() if self.pupil_view.dirty else self.types.save()

    def discard(self) -> None:
        if self.body.currentWidget() is self.occasion:
            self.occasion.discard()
        elif self.pupil_view.dirty:
            self.pupil_view.discard()
        else:
            self.types.discard()

    def put_back(self) -> None:
        if self.body.currentWidget() is self.occasion and not self.occasion.dirty:
            self._leave_occasion()
        else:
            super().put_back()

    def draft(self) -> dict[str, Any] | None:
        if not self.dirty:
            return None
        if self.body.currentWidget() is self.occasion:
            return {"view": "occasion", **self.occasion.draft()}
        return {"view": "one", **self.pupil_view.draft()} if self.pupil_view.dirty else {"view": "types", **self.types.draft()}

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

    def _show_subject(self, key: str) -> None:
        self.body.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self.many)
        self.many.show_subject(key)
        self.many.table.setFocus()

    def _lead(self) -> None:
        if self.pupil_view.record is not None:
            self.context.go("pupils", self.pupil_view.record.pupil.id)

    def _tab_changed(self, place: int) -> None:
        """What is typed in one view is not left out of sight: it is kept or put back first."""
        dirty_view = self.pupil_view if self.pupil_view.dirty else self.types if self.types.dirty else None
        if dirty_view is not None and self.tabs.widget(place) is not dirty_view:
            self.tabs.turn_silently(self.tabs.indexOf(dirty_view))
            if not self.leave():
                return
            self.tabs.turn_silently(place)
        self.refresh()
        self._say_what_can_be_done()

    def _tell(self, changed: Changed) -> None:
        self._telling = True
        try:
            self.context.news.tell(changed)
        finally:
            self._telling = False
        self.refresh()

    def _say_recorded(self, changed: Changed, effect: str) -> None:
        self._tell(changed)
        self.context.banner.success(_("Recorded. {effect}").format(effect=effect).strip())
        self.pupil_view.table.setFocus()

    # occasions

    def plan(self) -> None:
        """Plan a trip, or name a person or body to be told."""
        if self.leave():
            self._edit(None)

    def change(self) -> None:
        """Change the occasion shown, or its list."""
        subject = self.many.current
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
        if self.occasion.dirty and not self.leave():
            return
        self.body.setCurrentWidget(self.tabs)
        self.refresh()
        self._say_what_can_be_done()
        self.search()

    # papers

    def print_(self) -> None:
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
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
        if self._view() is self.pupil_view and self.pupil_view.record is not None:
            subjects = {(row.type.consent_type, row.occasion): Subject(row.type, row.occasion) for row in self.pupil_view.selected_rows()}
            return [(subject, [self.pupil_view.record.pupil]) for subject in subjects.values()]
        people = self.many.picked_or_open() if self._view() is self.many else []
        return [(self.many.current, people)] if self.many.current is not None and people else []

    def print_leader(self) -> None:
        """The list for the leader of the trip shown."""
        subject = self.many.current
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
        view, planning = self._view(), self.body.currentWidget() is self.occasion
        self.speak_of(record.pupil.id if (record := self.pupil_view.record) is not None else "")
        pupil_open = view is self.pupil_view and record is not None
        subject = self.many.current if view is self.many else None
        is_trip = subject is not None and subject.occasion is not None
        for key in ("print", "easy", "large"):
            self.heading.enable(key, not planning and (pupil_open or subject is not None), _("Find a pupil, or choose a consent, first."))
        for key in ("change", "leader"):
            self.heading.enable(key, not planning and is_trip, _("Choose a trip, or a person or body, under “Class or trip” first."))
        self.heading.enable("new", not planning, _("You are planning one now."))
        self.heading.enable("record", not planning and pupil_open, _("Find a pupil first."))
