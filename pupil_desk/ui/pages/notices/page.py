"""Notices: to whom the privacy notice is due, seen before it is printed, and recorded as given."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _, count_of, join_words, some_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices import notices
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import HTML, PDF, Saving
from pupil_desk.ui.kit.context import Context, place_of
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.next_for_pupil import button_for
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.coded_forms import none_for
from pupil_desk.ui.kit.papers.paper import ask_if_protected
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.talk.next_act import Act
from pupil_desk.ui.kit.words import column_of, fill, growing
from pupil_desk.ui.pages.notices.giving import GiveStrip, MissingDetails, addressee_words
from pupil_desk.ui.pages.notices.listing import NONE, LetterLists
from pupil_desk.ui.pages.notices.model import edition_words
from pupil_desk.ui.pages.notices.papers import give, log_printed, save_papers
from pupil_desk.ui.pages.notices.preview import NoticePreview
from pupil_desk.ui.pages.notices.tabs import EDITIONS, GIVE, GIVEN, TRANSLATIONS, NoticeTabs
from pupil_desk.ui.style import tokens

FOLDER = "notices/folder"
EMAIL = "email"
_NAMES = 440  # least width at 100 % of the list: where there is less, the paper stands beneath it, and no name is cut
_CONCERNING = frozenset({"notice-words", "pupil", "contact", "enrolment", "protection", "notice", "settings", "choice"})


class NoticesPage(Page):
    """Tasks: give a new family its notice; write a new edition and give it to everybody; see who never had one, and who has not said
    that they have it; print the forms of all unasked."""

    name = "notices"
    title = _("Notices")
    icon = "envelope-simple"
    group = FAMILIES
    action = Action.PRINT_NOTICE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.send = print_pdf  # what prints: tests put another in its place
        self._telling = False
        self.heading = Heading(_("Privacy notices"), self._commands(), desk=context.desk, has_line=True, comes_and_goes=True)
        self.tabs = NoticeTabs(context)
        self.missing = MissingDetails(context)
        self.lists = LetterLists(context)
        self.give = GiveStrip(context.desk)
        self.preview = NoticePreview(context)
        self._build()
        self.lists.selection_changed.connect(self._on_selection_changed)
        self.lists.opened.connect(lambda pupil_id: context.go("pupils", pupil_id))
        self.preview.preview_wanted.connect(self._show_selection)
        self.preview.changed.connect(self._enable)
        self.give.record_wanted.connect(self.issue)
        self.tabs.edited.connect(self.edited)
        self.tabs.edition_made.connect(self._to_give)
        self.tabs.currentChanged.connect(self._on_tab_changed)

    def _commands(self) -> tuple[Command, ...]:
        notice = Action.PRINT_NOTICE
        return (
            Command("print", _("&Print…"), self.print_, notice, icon="printer", primary=True, tip=keys.PRINT.shown),
            Command("pdf", _("&Save as PDF…"), lambda: self.save_as(PDF), notice, icon="file-pdf"),
            Command("web", _("Save as web pa&ge…"), lambda: self.save_as(HTML), notice, icon="globe-simple"),
            Command("forms", _("Reply forms for all &unasked"), self.show_forms, Action.PRINT_FORM, icon="clipboard-text"),
        )

    def _build(self) -> None:
        left = column_of(growing(self.lists), self.give)
        self.panes_ = Panes(left, self.preview, shares=(3, 2), memory=self.context.memory, key="notices", beside=_NAMES)
        self.panes_.setContentsMargins(0, tokens.M, 0, 0)
        fill(self.column, self.heading, self.missing, growing(self.tabs))
        self.tabs.begin_with(self.panes_)
        tab_after(self.lists.all, [self.heading.button_of("print")])  # chosen, printed, recorded: in the order of the work

    def on_show(self, object_id: str | None = None) -> None:
        """The lists as they are now, or one pupil's letters; the arrows go through them."""
        place = place_of(object_id or "")
        is_translation = place.part == "translations"
        if object_id is not None:
            self.tabs.setCurrentIndex(TRANSLATIONS if is_translation else GIVE)
        self._look(None if is_translation else object_id)
        if is_translation:
            self.tabs.translations.turn_to(f"{place.kind}/{place.row_id}", place.item)
        now = QApplication.focusWidget()
        if now in (None, self) and self.tabs.currentIndex() == GIVE:
            (self.lists.none if self.lists.segment == NONE else self.lists.letters).setFocus()

    def _look(self, object_id: str | None = None) -> None:
        desk = self.context.desk
        edition, reasons = notices.current_edition(desk), notices.why_new(desk)
        words = _("Current edition: {name}.").format(name=edition_words(edition))
        if reasons:
            words += " " + _("It is new because {reasons}.").format(reasons=join_words(reasons))
        self.heading.set_title(_("Privacy notices"), words)
        self.missing.refresh()
        if self.tabs.refresh():
            return
        self.preview.kind.refresh()
        self.lists.refresh()
        if object_id:
            self.lists.choose_pupil(object_id)

    def _on_tab_changed(self, _place: int) -> None:
        """Another tab: its commands stand in it, those of «To give» at the head of the page."""
        self.heading.show_commands(self.tabs.currentIndex() == GIVE)
        self._look()

    def _to_give(self) -> None:
        """From a new edition to whom it is due."""
        self.tabs.setCurrentIndex(GIVE)
        self.lists.show_due()
        self.lists.letters.setFocus()

    def refresh(self) -> None:
        self._look()

    def on_change(self, changed: Changed) -> None:
        """Somebody came, left, was given a notice, or the notice itself changed."""
        if not self._telling and changed.kinds & _CONCERNING and self.isVisible():
            self._look()

    def _tell(self, changed: Changed) -> None:
        """Tell the other pages; what is shown here stays as it went to the printer."""
        self._telling = True
        try:
            self.context.news.tell(changed)
        finally:
            self._telling = False

    def search(self) -> None:
        if self.tabs.currentIndex() == GIVEN:
            self.tabs.given_notices.search()
            return
        self.tabs.setCurrentIndex(GIVE)
        self.lists.find_box.setFocus()
        self.lists.find_box.selectAll()

    def panes(self) -> list[QWidget]:
        """Commands, list, what is given, preview; or those of the tab in view."""
        if self.tabs.currentIndex() != GIVE:
            return self.tabs.panes()
        return [self.tabs.tabBar(), self.heading, self.lists, self.give, self.preview.view]

    def _on_selection_changed(self) -> None:
        """Other families: in the language that they would like, if it may be given."""
        self.preview.kind.propose(self.lists.selected())
        self._show_selection()

    def _show_selection(self) -> None:
        """Show what is chosen, and what can be recorded of it."""
        letters = self.lists.selected()
        self.give.say(letters)
        self.give.setVisible(self.lists.segment != NONE)
        self.preview.show_letters(letters, self.lists.none_row())

    def _enable(self) -> None:
        has_selection, choose = bool(self.lists.selected()), _("Choose notices first")
        self.heading.enable("print", self.preview.sheets is not None, choose if not has_selection else _("The notice is being made"))
        self.heading.enable("pdf", has_selection, choose)
        self.heading.enable("web", has_selection, choose)

    def show_forms(self) -> None:
        """The reply forms of all who have not been asked, to look at and print."""
        self.preview.show_forms()

    def print_(self) -> None:
        """Print what is shown; what went to the printer is logged."""
        if self.tabs.currentIndex() == EDITIONS:
            self.tabs.editions.print_()
            return
        sheets = self.preview.sheets
        if sheets is None and self.tabs.currentIndex() == GIVE:
            self.context.banner.note(_("The paper is still being made. Print it once it is shown."))
        if sheets is None or self.tabs.currentIndex() != GIVE or not self.context.lets_out():
            return
        if not ask_if_protected(self.context.ask, sheets.guard, _("Print them")):
            return
        try:
            if not self.send(sheets.data, self, memory=self.context.memory):
                return
        except Known as error:
            self.context.banner.problem(error)
            return
        self._tell(log_printed(self.context.desk, sheets))
        if sheets.letters:
            self.context.banner.success(_("Sent to the printer. When it has been given, record it as given."))
            self.give.record.setFocus()
        else:
            self.context.banner.success(_("Sent to the printer. Read them in on the Forms page as they come back."))

    def save_as(self, form: str) -> None:
        """The chosen notices as files of their own in a folder, whole or not at all; a PDF with its slip and its reply form where ticked."""
        letters = self.lists.selected()
        if not ask_if_protected(self.context.ask, self._guard(letters), _("Save them")):
            return
        folder = self._folder(_("Where to save the notices")) if letters else None
        if folder is None:
            return
        desk, besides = self.context.desk, self.preview.besides
        self.context.jobs.run(
            self,
            lambda job: save_papers(desk, letters, folder, form=form, besides=besides, progress=job.step),
            lambda result: self._on_papers_saved(*result),
            title=_("Saving the notices"),
        )

    def _guard(self, letters: list[Letter]) -> Guard:
        """Of whom among these something must be kept from somebody."""
        return guard(self.context.desk, {letter.pupil.id for letter in letters}, "notice saved", for_family=True)

    def _on_papers_saved(self, saving: Saving, changed: Changed, left_out: Sequence[LeftOut]) -> None:
        self._tell(changed)
        self._say_done(saving.words, left_out)

    def _say_done(self, words: str, left_out: Sequence[LeftOut], act: Act | None = None) -> None:
        """That it was done; where somebody is left out, it is a note that names them."""
        if left_out:
            self.context.banner.note(_("{done} Left out: {who}.").format(done=words, who=none_for(left_out)))
        else:
            self.context.banner.success(words, act=act)

    def issue(self) -> None:
        """Record that the chosen notices were given, once it is agreed to whom: each is taken back with a reason alone. For e-mail they are saved
        first, to be attached."""
        letters, channel_and_day = self.lists.selected(), self.give.read()
        if channel_and_day is None:
            self.context.banner.problem(_("Enter the day on which the notice was given, such as 27 3 2007."))
            return
        channel_code, day = channel_and_day
        channel = codelist("notice_channel").label_of(channel_code).lower()
        sentence = _("{notices} given {how} on {day}.").format(
            notices=count_of(len(letters), _("notice"), _("notices")), how=channel, day=show_date(day)
        )
        text = _("{told} To: {names}. A mistake is taken back under “Given and acknowledged”.").format(
            told=sentence,
            names=some_of([addressee_words(letter.addressee, letter.pupil, to_pupil=not letter.contacts) for letter in letters]),
        )
        title = _("Record these notices as given?") if len(letters) > 1 else _("Record this notice as given?")
        if not letters or not self.context.ask.confirm(title, text, _("Record {count} as given").format(count=len(letters))):
            return
        if channel_code == EMAIL and not ask_if_protected(self.context.ask, self._guard(letters), _("Save them")):
            return
        folder = self._folder(_("Where to save the notices, to attach them to e-mails")) if channel_code == EMAIL else None
        if folder is None and channel_code == EMAIL:
            return
        desk, besides = self.context.desk, self.preview.besides
        self.context.jobs.run(
            self,
            lambda job: give(desk, letters, channel_code, day, besides=besides, folder=folder, progress=job.step),
            lambda result: self._on_given(*result, sentence, letters),
            title=_("Recording what was given"),
        )

    def _on_given(self, changed: Changed, files: int, left_out: Sequence[LeftOut], sentence: str, letters: Sequence[Letter]) -> None:
        self.context.news.tell(changed)
        words = _("Recorded: {told}").format(told=sentence)
        if files:
            words += " " + _("Saved {files} to attach. Nothing was sent: attach each to an e-mail to its family.").format(
                files=count_of(files, _("file"), _("files"))
            )
        self._say_done(words, left_out, self._next(letters))

    def _next(self, letters: Sequence[Letter]) -> Act | None:
        """What comes next for the pupil of whom alone it was."""
        ids = {letter.pupil.id for letter in letters}
        return button_for(self.context, ids.pop()) if len(ids) == 1 else None

    def _folder(self, title: str) -> Path | None:
        """A folder to save to, the last one first; it is remembered."""
        start = self.context.memory.get(FOLDER)
        folder = self.context.ask.folder(title, Path(start) if isinstance(start, str) else None)
        if folder is not None:
            self.context.memory.keep(FOLDER, str(folder))
        return folder

    @property
    def dirty(self) -> bool:
        return bool(self.tabs.dirty_panes)

    def save(self) -> bool:
        return all(pane.save() for pane in self.tabs.dirty_panes)

    def discard(self) -> None:
        for pane in self.tabs.dirty_panes:
            pane.discard()

    def draft(self) -> dict[str, Any] | None:
        return self.tabs.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.tabs.take_draft(draft)
