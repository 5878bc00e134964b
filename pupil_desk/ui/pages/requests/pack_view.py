"""The work on one copy: gone through place by place, section by section, paper by paper, and written."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.services.attachments import attachments
from pupil_desk.services.packs import listing, paper_boxes, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.page import HELP_HEADING
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.passphrase import all_noted
from pupil_desk.ui.kit.talk.shown_again import say_of_hidden
from pupil_desk.ui.kit.words import button, column_in, growing, line, row_layout
from pupil_desk.ui.pages.requests.pack_boxes import PackBoxes
from pupil_desk.ui.pages.requests.pack_finish import PackFinish
from pupil_desk.ui.pages.requests.pack_left import StillStanding
from pupil_desk.ui.pages.requests.pack_papers import PackPapers
from pupil_desk.ui.pages.requests.pack_places import PackPlaces
from pupil_desk.ui.pages.requests.pack_sections import PackSections
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.style import tokens


class PackView(QWidget):
    """The tabs of the work on one pack, and a paper in their place. ``records_changed`` carries what a service changed; ``closed`` puts it away."""

    records_changed = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, *, restricted_only: bool = False) -> None:
        super().__init__()
        self.setProperty(HELP_HEADING, _("Copy"))
        self.context, self.restricted_only = context, restricted_only
        self.state = PackState(context)
        title = _("Restricted notes for a copy") if restricted_only else _("A copy of what we hold")
        self.summary = line("", "muted")
        self.away_button = button(_("Back to the re&quest"), self.closed.emit)
        self.places, self.left, self.finish = (
            PackPlaces(self.state),
            StillStanding(self.state),
            PackFinish(self.state, restricted_only=restricted_only),
        )
        self.sections, self.papers = PackSections(self.state), PackPapers(self.state, self.show_paper, self.draw_boxes)
        self.tabs = Tabs(_("Steps of the copy"))
        steps: list[tuple[QWidget, str]] = [(self.places, _("&1 Names")), (self.sections, _("&2 Sections"))]
        if not restricted_only:
            steps.append((self.papers, _("&3 Papers")))
        else:
            self.papers.setParent(self)  # in no tab, but it goes with the view
            self.papers.hide()
        steps.append((self.left, _("&4 Same words elsewhere") if not restricted_only else _("&3 Same words elsewhere")))
        steps.append((self.finish, _("&5 Write") if not restricted_only else _("&4 Add")))
        for widget, words in steps:
            self.tabs.addTab(widget, words)
        self.paper = Paper(context, _("The copy"))
        self.stack = QStackedWidget()
        self._beneath: QWidget | None = self.tabs  # what the paper is shown over
        self.stack.addWidget(self.tabs)
        self.boxes = PackBoxes(context)
        for over_tabs in (self.paper, self.boxes):
            self.stack.addWidget(over_tabs)
        column_in(
            self, tokens.S, row_layout(growing(line(title, "title")), self.away_button, spacing=None), self.summary, growing(self.stack)
        )
        self.paper.closed.connect(self.close_paper)
        self.boxes.closed.connect(self.close_boxes)
        self.boxes.wants_paper.connect(self._show_boxed)
        self.boxes.changed_behind.connect(self._look_anew)
        self.tabs.currentChanged.connect(lambda _place: self._on_tab_changed())
        self.finish.wants.connect(self.show_made)
        self.finish.records_changed.connect(self.records_changed)
        self.finish.copy_written.connect(self._say_written)
        self.state.changed.connect(self._summarise)

    def show_pack(self, compiled_pack: Compiled | None) -> None:
        """Work on a pack; None keeps nothing in memory."""
        if compiled_pack is None:
            self.paper.clear()
            self.boxes.clear()
            self.finish.forget()
            self.stack.setCurrentWidget(self.tabs)
        self.state.show(compiled_pack)

    def begin(self) -> None:
        """The first step comes into view."""
        self.tabs.setCurrentIndex(0)
        self.places.table.setFocus()

    def _on_tab_changed(self) -> None:
        for step in (self.left, self.finish):
            if self.tabs.currentWidget() is step:
                step.refresh()

    def _summarise(self) -> None:
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None:
            self.summary.setText("")
            return
        parts = [
            _("{pupil} ({ref}), for {asker}").format(
                pupil=compiled_pack.pupil.full_name, ref=compiled_pack.pupil.ref, asker=compiled_pack.pack.asker
            ),
            count_of(len(compiled_pack.undecided), _("place to decide"), _("places to decide")),
        ]
        if compiled_pack.open_restricted and not self.restricted_only:
            parts.append(_("restricted notes to be added by {who}").format(who=compiled_pack.readers))
        self.summary.setText(" · ".join(parts))

    def show_paper(self, paper_id: str) -> None:
        """Show a kept paper as it would go along, made anew where it has boxes."""
        compiled_pack, desk = self.state.compiled_pack, self.context.desk
        paper = self._kept_paper(paper_id)
        if compiled_pack is None or paper is None:
            return
        boxes = next((held.boxes for held in compiled_pack.papers if held.id == paper_id), ())
        attachments.looked_at(desk, paper.id)
        self.context.jobs.run(
            self,
            lambda job: paper_boxes.made_anew(desk, paper, boxes, job.step) if boxes else attachments.pages(desk, paper),
            lambda data: self._show(paper.title, data),
            title=_("Opening the paper"),
        )

    def _kept_paper(self, paper_id: str) -> Attachment | None:
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None:
            return None
        return self.context.attempt(lambda: paper_boxes.paper_in(self.context.desk, compiled_pack.pack, paper_id))

    def draw_boxes(self, paper_id: str) -> None:
        """Show a kept paper to draw boxes on it."""
        compiled_pack, paper = self.state.compiled_pack, self._kept_paper(paper_id)
        if compiled_pack is None or paper is None:
            return
        with self.context.making.of(self):
            self.boxes.open(compiled_pack.pack, paper)
            self.stack.setCurrentWidget(self.boxes)

    def _look_anew(self, pack_id: str) -> None:
        if self.state.compiled_pack is not None and self.state.compiled_pack.pack.id == pack_id:
            self.show_made("again")

    def close_boxes(self) -> None:
        """Back to the papers, which tell what the boxes hide now."""
        self.boxes.clear()
        self.stack.setCurrentWidget(self.tabs)
        self.papers.table.setFocus()
        self.show_made("again")

    def show_made(self, view: str) -> None:
        """Show the copy as it would be written, or the list of what is withheld."""
        compiled_pack, desk = self.state.compiled_pack, self.context.desk
        if compiled_pack is None:
            return
        if view == "again":
            self.state.compile_anew()
            return
        if view == "list":
            self.context.jobs.run(
                self,
                lambda _job: listing.paper(desk, compiled_pack),
                lambda data: self._show(_("What is withheld"), data, as_list=True),
                title=_("Making the list"),
            )
            return
        make = writing.restricted_preview if self.restricted_only else writing.preview
        self.context.jobs.run(
            self,
            lambda _job: make(desk, compiled_pack),
            lambda data: self._show(_("The copy, as it would be written"), data),
            title=_("Making the copy"),
        )

    def _show(self, title: str, data: bytes, *, as_list: bool = False) -> None:
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None:
            return
        on_printed = (lambda: listing.log_print(self.context.desk, compiled_pack)) if as_list else None
        self.paper.show_pdf(title, data, on_printed, guard=listing.guarded(self.context.desk, compiled_pack))
        for widget in (self.paper.print_button, self.paper.save_button):
            widget.setVisible(as_list)  # the copy itself goes out by «Write» alone, where it is proved, locked and told in the log
        self._beneath = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.paper)

    def _show_boxed(self, title: str, data: bytes, page: int, height: float) -> None:
        self._show(title, data)
        self.paper.view.go_to(page, height)

    def _say_written(self) -> None:
        words = _("The copy is written. Its password is shown under Requests, to be noted.")
        say_of_hidden(self.context, self.finish.password, words, self._go_to_written)

    def _go_to_written(self) -> bool:
        if not self.context.go("requests"):
            return False
        self.close_paper()
        self.tabs.setCurrentWidget(self.finish)
        self.finish.password.secret.setFocus()
        return self.finish.password.isVisible()

    def leave(self) -> bool:
        """Asks once where words are on the screen that are kept nowhere else."""
        return all_noted(self.context.ask, [self.finish.password])

    def close_paper(self) -> None:
        """Back to the steps, or to the boxes of the paper that was looked at."""
        self.paper.clear()
        back = self._beneath if self._beneath in (self.tabs, self.boxes) else self.tabs
        self.stack.setCurrentWidget(back)
        (self.boxes.look_button if back is self.boxes else self.tabs).setFocus()
