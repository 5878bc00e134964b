"""The page of sharing: one pupil's wishes, who has answered, who comes of age, and who would receive what."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, place_of
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.coded_forms import make_forms
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing
from pupil_desk.ui.pages.sharing.coming import ComingOfAge
from pupil_desk.ui.pages.sharing.everyone import AllPupils
from pupil_desk.ui.pages.sharing.one import PupilSharing
from pupil_desk.ui.pages.sharing.silent import AnswersView
from pupil_desk.ui.style import tokens

COMING, ANSWERS = "coming", "answers"  # the parts of a place that lead to a tab
_CONCERNING = frozenset({"pupil", "contact", "protection", "choice", "notice", "settings"})


class SharingPage(Page):
    """Record what families and pupils say, and see what it does."""

    name = "sharing"
    title = _("Sharing")
    icon = "share-network"
    group = FAMILIES
    action = Action.PREVIEW_SHARING

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._telling = False
        self.heading = Heading(self.title, self._commands(), desk=context.desk)
        self.pupil_view = PupilSharing(context, self.leave)
        self.tabs = Tabs(_("One pupil, or everyone"))
        self.tabs.addTab(self.pupil_view, _("One pup&il"))
        self.tabs.add_later("silent", lambda: self.silent, _("A&nswers"))
        self.tabs.add_later("coming", lambda: self.coming, _("Co&ming of age"))
        self.tabs.add_later("all_pupils", lambda: self.all_pupils, _("&Who would receive what"))
        self.body = Body(self.tabs)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, growing(self.body))
        self.pupil_view.pupil_chosen.connect(self._say_what_can_be_done)
        self.pupil_view.edited.connect(self.edited)
        self.pupil_view.record_saved.connect(self._on_saved)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self._say_what_can_be_done()

    @cached_property
    def silent(self) -> AnswersView:
        """Who has answered, and who has not."""
        silent = AnswersView(self.context)
        silent.opened.connect(self._open)
        silent.print_wanted.connect(self._print_for)
        return self.tabs.put("silent", silent)

    @cached_property
    def coming(self) -> ComingOfAge:
        """Who comes of age."""
        coming = ComingOfAge(self.context)
        coming.opened.connect(self._open)
        coming.form_wanted.connect(lambda pupil_id: self._print_for([pupil_id]))
        coming.letter_wanted.connect(self.show_letter)
        return self.tabs.put("coming", coming)

    @cached_property
    def all_pupils(self) -> AllPupils:
        """Who would receive what."""
        all_pupils = AllPupils(self.context)
        all_pupils.opened.connect(self._open)
        return self.tabs.put("all_pupils", all_pupils)

    @cached_property
    def paper(self) -> Paper:
        """The paper in view."""
        paper = Paper(self.context, _("The paper as it will be printed"))
        paper.closed.connect(self._close_paper)
        return self.body.put(paper)

    def _commands(self) -> list[Command]:
        return [
            Command(
                "print", _("Print the form"), self.print_, Action.PRINT_FORM, "printer", tip=_("The reply form of this pupil (Ctrl+P)")
            ),
            Command("print_all", _("Forms for all not answered yet"), self.print_all, Action.PRINT_FORM, "files"),
            Command("record", _("Record of this pupil"), lambda: self._lead("pupils"), Action.READ_RECORD, "user"),
            Command("notices", _("Notices"), lambda: self._lead("notices"), Action.PRINT_NOTICE, "envelope-simple"),
        ]

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        self.refresh()
        place = place_of(object_id or "")
        if object_id is None:
            self.search()
        elif place.part == COMING:
            self._show_tab(self.coming)
            self.coming.choose(place.object_id)
        elif place.part == ANSWERS:
            self._show_tab(self.silent)
            self.silent.show_box.set_key(place.kind)
        else:
            self._open(object_id)

    def on_change(self, changed: Changed) -> None:
        if not self._telling and changed.kinds & _CONCERNING:
            self.refresh()

    @property
    def tab(self) -> PupilSharing | AnswersView | ComingOfAge | AllPupils:
        tab = self.tabs.currentWidget()
        assert isinstance(tab, PupilSharing | AnswersView | ComingOfAge | AllPupils)
        return tab

    def refresh(self) -> None:
        self.tab.refresh()

    def search(self) -> None:
        self.tab.search()

    def panes(self) -> list[QWidget]:
        if isinstance(paper := self.body.currentWidget(), Paper):
            return [self.heading, paper]
        top: list[QWidget] = [self.heading, self.tabs.tabBar()]
        match self.tab:
            case AllPupils() as tab:
                return [*top, tab.find_box, tab.table, tab.detail]
            case AnswersView() as tab:
                return [*top, tab.find_box, tab.table, tab.print_button]
            case ComingOfAge() as tab:
                return [*top, tab.table, tab.detail]
            case tab:
                return [*top, tab.find_box, tab.matches_table, tab.panel, tab.timeline]

    @property
    def dirty(self) -> bool:
        return self.pupil_view.panel.dirty

    def save(self) -> bool:
        return self.pupil_view.panel.save() if self.dirty else True

    def discard(self) -> None:
        self.pupil_view.panel.discard()

    def draft(self) -> dict[str, Any] | None:
        return self.pupil_view.draft() if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self._open(draft["pupil_id"])
        if self._pupil() is not None:
            self.pupil_view.take_draft(draft)

    def print_(self) -> None:
        pupil = self._pupil()
        if isinstance(paper := self.body.currentWidget(), Paper):
            paper.print_()
        elif pupil is not None:
            self._print([pupil])

    def print_all(self) -> None:
        """The forms of all whose holder of the choice has not spoken, in one print."""
        self._print(printing.unanswered(self.context.desk, sharing_choice.KIND.name))

    def show_letter(self, pupil_id: str) -> None:
        """The letter to a pupil that the choice is now their own; once printed, that it was sent is recorded."""
        desk = self.context.desk
        letter = self.context.attempt(lambda: coming_of_age.letter(desk, pupil_id))
        if letter is None:
            return
        pupil_guard = guard(desk, [pupil_id], "letter at 16", for_family=True)
        title = _("{title}: {pupil}").format(title=letter.title, pupil=letter.letter.pupil.full_name)
        self.context.jobs.run(
            self,
            lambda _job: build_pdf(letter.story, title=letter.title, stamp=pupil_guard.stamp),
            lambda data: self._show_paper(
                title, data, lambda: self.context.keep(lambda: coming_of_age.record_letter(desk, pupil_id)), pupil_guard
            ),
            title=_("Making the letter"),
        )

    # what the parts ask

    def _pupil(self) -> Pupil | None:
        return self.pupil_view.record.pupil if self.pupil_view.record else None

    def _open(self, pupil_id: str) -> None:
        self._show_tab(self.pupil_view)
        self.pupil_view.open(pupil_id)

    def _show_tab(self, tab: QWidget) -> None:
        self.body.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(tab)

    def _print_for(self, ids: Sequence[str]) -> None:
        pupil_ids = set(ids)
        self._print([pupil for pupil in pupils.all_pupils(self.context.desk) if pupil.id in pupil_ids])

    def _lead(self, page: str) -> None:
        pupil = self._pupil()
        if pupil is not None:
            self.context.go(page, pupil.id)

    def _on_tab_changed(self, place: int) -> None:
        """What is typed of one pupil is not left out of sight: it is kept or put back first."""
        if self.dirty and place != 0:
            self.tabs.turn_silently(0)
            if not self.leave():
                return
            self.tabs.turn_silently(place)
        self._say_what_can_be_done()
        self.refresh()

    def _on_saved(self, changed: Changed, effect: str) -> None:
        self._telling = True
        try:
            self.context.news.tell(changed)
        finally:
            self._telling = False
        self.pupil_view.refresh()
        self.context.banner.success(_("Recorded. {effect}").format(effect=effect.replace("\n", "; ")))
        self.pupil_view.search()

    def _print(self, pupils: Sequence[Pupil]) -> None:
        """The forms; once printed, whoever they name is asked by them, or reminded."""
        make_forms(self, self.context, [(sharing_choice.KIND.name, pupils)], self._show_paper)

    def _show_paper(self, title: str, data: bytes, on_printed: Callable[[], object], pupil_guard: Guard) -> None:
        self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(title, data, on_printed, guard=pupil_guard)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.tabs)
        self.refresh()
        self.search()

    def _say_what_can_be_done(self) -> None:
        pupil = self._pupil()
        self.speak_of(pupil.id if pupil is not None else "")
        has_pupil = pupil is not None and self.tab is self.pupil_view
        for key in ("print", "record", "notices"):
            self.heading.enable(key, has_pupil, _("Find a pupil first."))
