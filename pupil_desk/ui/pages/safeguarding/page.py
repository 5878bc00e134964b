"""Safeguarding. Anybody writes a concern here; who holds the key of the files sees them beside, and goes on with each.

How other pages lead here, with ``context.go("safeguarding", …)``: the identity of a pupil shows the file to the lead;
``new_with(pupil_id)``, of ``ui.kit.context``, begins a concern about the pupil, and ``new_with("")`` one about somebody still to be found.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.safeguarding.entry import EntryKind
from pupil_desk.domain.safeguarding.transfer import TransferDue
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import files, transfers, writing
from pupil_desk.services.safeguarding.files import FileLine
from pupil_desk.services.safeguarding.papers import LockedFiles
from pupil_desk.ui.kit.context import NEW, Context, place_of
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.safeguarding.commands import LEADS, commands, why_not
from pupil_desk.ui.pages.safeguarding.entry import EntryForm
from pupil_desk.ui.pages.safeguarding.listing import FileList
from pupil_desk.ui.pages.safeguarding.moving import MoveForm
from pupil_desk.ui.pages.safeguarding.notes_in import take_notes_in
from pupil_desk.ui.pages.safeguarding.outgoing import Outgoing
from pupil_desk.ui.pages.safeguarding.pack_view import PackView
from pupil_desk.ui.pages.safeguarding.paper_acts import PaperActs
from pupil_desk.ui.pages.safeguarding.view import FileView
from pupil_desk.ui.pages.safeguarding.words import kind_words
from pupil_desk.ui.pages.safeguarding.writing_out import PaperOfRoom

_CONCERNING = frozenset({"safeguarding", "pupil", "settings", "staff", "note"})


class SafeguardingPage(Page):
    """Tasks: write a concern; for the lead: decide, act, keep the chronology, the meetings and the status."""

    name = "safeguarding"
    switch = files.SWITCH
    title = _("Safeguarding")
    icon = "shield"
    group = DAILY
    action = Action.WRITE_CONCERN

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown_id = ""
        self._quiet = False
        self._transfers: dict[str, TransferDue] = {}
        self.list, self.view = FileList(context), FileView(context)
        self.outgoing = Outgoing(
            context, self, self.view, show_pack=self._show_pack, show_written_out=self._show_written_out, show_paper=self._show_paper
        )
        self.papers = PaperActs(context, self, self.view, self._show_paper, self._show_written_out)
        self.heading = Heading(
            _("Safeguarding"), commands(self, self.papers, self.outgoing), desk=context.desk, has_line=True, most_buttons=5
        )
        self.none_chosen = EmptyState("shield", _("No file is chosen"), _("Choose a pupil to read the file."))
        self.right = Body(self.view, self.none_chosen)
        self.panes_ = Panes(self.list, self.right, shares=(42, 58), memory=context.memory, key="safeguarding")
        self.for_all = EmptyState("shield", _("Write down what worries you about a pupil"), "")
        self.body = Body(self.for_all, self.panes_)
        fill(self.column, self.heading, growing(self.body))
        self.list.line_changed.connect(self._on_chosen)
        self.list.line_opened.connect(lambda _line: self.view.table.setFocus())
        self.view.table.current_changed.connect(lambda _history: self._enable())
        self.view.table.opened.connect(lambda _history: self.amend())
        self.body.currentChanged.connect(lambda _place: self._enable())

    @cached_property
    def entry(self) -> EntryForm:
        """An entry that is typed."""
        entry = EntryForm(self.context)
        entry.entry_kept.connect(self._on_saved)
        entry.closed.connect(self._close_typed)
        entry.edited.connect(self.edited)
        return self.body.put(entry)

    @cached_property
    def paper(self) -> PaperOfRoom:
        """A paper, looked at."""
        paper = PaperOfRoom(self.context)
        paper.closed.connect(self._back)
        return self.body.put(paper)

    @cached_property
    def pack_view(self) -> PackView:
        """A pack that was written."""
        view = PackView(self.context)
        view.closed.connect(self._back)
        return self.body.put(view)

    @cached_property
    def move_form(self) -> MoveForm:
        """To whom a concern is moved, typed."""
        form = MoveForm(self.context)
        form.moved.connect(self._on_saved)
        form.closed.connect(self._close_typed)
        form.edited.connect(self.edited)
        return self.body.put(form)

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        """The files for the lead; for anybody, and where a place asks for it, a concern that is typed."""
        self._look()
        place = place_of(object_id or "")
        if place.part == NEW:
            self.begin_concern(place.object_id)
        elif object_id and self._may_open:
            self._go_to(object_id)
        if QApplication.focusWidget() in (None, self) and self.now is self.panes_:
            self.list.table.setFocus()

    @property
    def _may_open(self) -> bool:
        return files.may_open(self.context.desk)

    def _go_to(self, pupil_id: str) -> None:
        """The file of a pupil, one that has no entry yet too."""
        self.list.find_box.clear()
        if not self.list.table.select(pupil_id):
            self._show(pupil_id)

    def refresh(self) -> None:
        self._look()

    def on_change(self, changed: Changed) -> None:
        """An entry was written, or somebody became lead."""
        if changed.kinds & _CONCERNING and self.isVisible() and not isinstance(self.now, EntryForm | MoveForm):
            self._look()

    def search(self) -> None:
        box = self.now.finder.find_box if isinstance(self.now, EntryForm | MoveForm) else self.list.find_box
        box.setFocus()
        box.selectAll()

    def panes(self) -> list[QWidget]:
        """Commands, list, the file; or what stands in their place."""
        return [self.heading, self.list, self.view] if self.now is self.panes_ else [self.heading, self.now]

    @property
    def now(self) -> QWidget:
        """What one sees beneath the heading."""
        return self.body.currentWidget() or self.for_all

    @property
    def dirty(self) -> bool:
        return self.now.dirty if isinstance(self.now, EntryForm | MoveForm) else False

    def save(self) -> bool:
        """Keep what is typed."""
        return self.now.save() if isinstance(self.now, EntryForm | MoveForm) else True

    def discard(self) -> None:
        self._back()

    def draft(self) -> dict[str, Any] | None:
        return self.now.draft() if isinstance(self.now, EntryForm | MoveForm) and self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["entry"]:
            if not self._may_open:
                return
            self._go_to(draft["pupil"])
            if not self.view.table.select(draft["entry"]):
                return
            if "whom" in draft:
                self.begin_move()
                self.move_form.take_draft(draft)
            else:
                self.amend()
        elif draft["kind"] == EntryKind.CONCERN:
            self.begin_concern(draft["pupil"])
        elif self._may_open:
            self._go_to(draft["pupil"])
            self.begin_entry(EntryKind(draft["kind"]))
        if isinstance(self.now, EntryForm):
            self.entry.take_draft(draft)

    # what is done

    def begin_concern(self, pupil_id: str = "") -> None:
        """Type a concern, about a pupil where one is given. Not while nobody could read it."""
        if words := writing.nobody_reads(self.context.desk):
            self.context.banner.problem(words)
            return
        self._begin(EntryKind.CONCERN, pupil_id)

    def begin_concern_here(self) -> None:
        """Type a concern about the pupil whose file is in view, where one is."""
        self.begin_concern(self._shown_id if self.now is self.panes_ else "")

    def begin_entry(self, kind: EntryKind) -> None:
        """Type an entry of the lead's, in the file in view."""
        if self._shown_id:
            self._begin(kind, self._shown_id)

    def _begin(self, kind: EntryKind, pupil_id: str) -> None:
        if not self.leave():
            return
        name = ""
        if pupil_id:
            pupil = self.context.attempt(lambda: pupil_of(self.context.desk.vault, pupil_id))
            name, pupil_id = (pupil.full_name, pupil.id) if pupil is not None else ("", "")
        with self.context.making.of(self.body):
            self.body.setCurrentWidget(self.entry)
        self.entry.begin(kind, pupil_id, name)
        self._enable()

    def amend(self) -> None:
        """Say the entry in view otherwise, or decide about a concern."""
        history = self.view.history
        if history is None or history.struck or not self.leave():
            return
        with self.context.making.of(self.body):
            self.body.setCurrentWidget(self.entry)
        self.entry.amend(history.now, self.view.title.text())
        self._enable()

    def strike(self) -> None:
        """Strike the entry in view out, once the reason is given."""
        history = self.view.history
        if history is None or history.struck:
            return
        entry = history.now
        title = _("Strike this out?")
        text = _("{what} of {day}, about {pupil}. It stays in the file with the reason, and can be changed no more.").format(
            what=kind_words(entry.kind), day=show_date(entry.day), pupil=self.view.title.text()
        )
        reason = self.context.ask.text(title, text, _("Why it is struck out"), verb=_("Strike it out"), stay=_("Keep it"))
        if reason is not None:
            self.context.keep(lambda: writing.strike(self.context.desk, entry, reason), _("It is struck out."))
            self.view.table.setFocus()

    def begin_move(self) -> None:
        """Type to whom the concern in view is moved."""
        history = self.view.history
        if history is None or history.struck or history.now.kind != EntryKind.CONCERN:
            return
        self.body.setCurrentWidget(self.move_form)
        self.move_form.begin(history.now, self.view.title.text())
        self._enable()

    def open_record(self) -> None:
        """The record of the pupil whose file is in view."""
        if self._shown_id:
            self.context.go("pupils", self._shown_id)

    def _show_pack(self, locked: LockedFiles, name: str, folder: Path) -> None:
        self.body.setCurrentWidget(self.pack_view)
        self.pack_view.show_pack(locked, name, folder)
        self._enable()

    def _show_written_out(self, locked: LockedFiles, paper: str, folder: Path) -> None:
        self.body.setCurrentWidget(self.pack_view)
        self.pack_view.show_paper(locked, paper, folder)
        self._enable()

    def _show_paper(self) -> PaperOfRoom:
        self.paper.offer_lock(None)
        self.body.setCurrentWidget(self.paper)
        self._enable()
        return self.paper

    def take_notes_in(self) -> None:
        """Move the safeguarding concerns of the restricted notes into the files, once that is agreed to."""
        take_notes_in(self.context)

    # what the parts tell

    def _look(self) -> None:
        desk, may_open = self.context.desk, self._may_open
        readers = files.who_opens(desk)
        if may_open:
            self._quiet = True
            self._transfers = transfers.transfers_due(desk)
            self.list.show_lines(files.listing(desk, also=self._transfers), self._transfers)
            self.list.table.select(self._shown_id)
            self._quiet = False
            self.heading.set_title(_("Safeguarding"), self.list.summary())
            self._show(self._shown_id)
        else:
            self.heading.set_title(_("Safeguarding"), _("What you write is read by {who}, and by nobody else.").format(who=readers))
            self.for_all.say(
                _("Write down what worries you about a pupil"),
                writing.nobody_reads(desk)
                or _(
                    "Press “Write a concern…” (Ctrl+N). Once it is saved you cannot read it back. If a child is in danger now, tell {who} at once."
                ).format(who=readers),
            )
        if not isinstance(self.now, EntryForm | MoveForm | PackView | Paper):
            self.body.setCurrentWidget(self.panes_ if may_open else self.for_all)
        self._enable()

    def _on_chosen(self, line: FileLine | None) -> None:
        pupil_id = line.pupil.id if line is not None else ""
        if not self._quiet and pupil_id != self._shown_id:
            self._show(pupil_id)

    def _show(self, pupil_id: str) -> None:
        """The file of a pupil; that it was opened is logged."""
        desk = self.context.desk
        file = self.context.attempt(lambda: files.of_pupil(desk, pupil_id)) if pupil_id else None
        pupil = self.context.attempt(lambda: pupil_of(desk.vault, pupil_id)) if file is not None else None
        self._shown_id = pupil.id if pupil is not None else ""
        self.speak_of(self._shown_id)
        name = pupil.full_name if pupil is not None else ""
        self.view.show_file(file if pupil is not None else None, name, self._transfers.get(self._shown_id))
        self.right.setCurrentWidget(self.view if pupil is not None else self.none_chosen)
        self._enable()

    def _enable(self) -> None:
        in_list, history = self.now is self.panes_, self.view.history
        self.heading.setVisible(not isinstance(self.now, EntryForm | MoveForm | PackView | Paper))  # what is typed has all of the page
        for key in LEADS:
            words = why_not(key, history, has_file=bool(self._shown_id))
            self.heading.enable(key, in_list and not words, words)
        self.edited.emit()

    def _on_saved(self, pupil_id: str, entry_id: str, words: str) -> None:
        self._shown_id = pupil_id if self._may_open else ""
        self._back(entry_id)
        self.context.banner.success(words)

    def _close_typed(self) -> None:
        if not self.dirty or super().leave():
            self._back()

    def _back(self, entry_id: str = "") -> None:
        self.body.setCurrentWidget(self.panes_ if self._may_open else self.for_all)
        for part in ("entry", "move_form"):
            if made(self, part):
                getattr(self, part).forget()
        if made(self, "paper"):
            self.paper.clear()
        self._look()
        if not (entry_id and self.view.go_to(entry_id)):
            (self.list.table if self.now is self.panes_ else self.heading.button_of("new")).setFocus()
