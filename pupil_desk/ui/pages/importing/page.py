"""Import: choose a file, see what it would do, mend and decide, and keep it in one go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.imports import mapping, run
from pupil_desk.services.imports.decided import decided
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import Proposal, accept_all, answer, answer_absent, answer_waiting, mend, pick, take_unknown
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.dropping import TakesDroppedFile
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.talk.dialogs import once_answered
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing
from pupil_desk.ui.pages.importing.headings import HeadingsView
from pupil_desk.ui.pages.importing.model import row_named
from pupil_desk.ui.pages.importing.open_file import KeptFile, OpenFile, Reading, back_words
from pupil_desk.ui.pages.importing.outcome import OutcomeView
from pupil_desk.ui.pages.importing.proposed import Proposed
from pupil_desk.ui.pages.importing.source import SourceBox

_HOW = _(
    "Export pupils, contacts or choices from your school system as CSV or Excel, or take a Common Transfer File from another school, then choose the file or drop it here."
)


class ImportPage(TakesDroppedFile, Page):
    """Tasks: bring in a school system's export; see what is new in a later one; mend refused rows; take back nothing by mistake."""

    name = "import"
    title = _("Import")
    icon = "download-simple"
    group = UNIT
    action = Action.IMPORT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path: Path | None = None
        self._kind_chosen = False  # of the file that is open, by a person
        self._kind_picked = False  # before the file: it holds for the next one
        self._open: OpenFile | None = None
        self._coming_back: KeptFile | None = None  # until it is read again
        self._reading: Reading | None = None  # the file that is being read
        self._sheet: str | None = None
        self._mapping: dict[str, str] | None = None
        self.heading = Heading(_("Import"), text=_("Choose a file, look at what it would do, then import it. Nothing is kept before."))
        self.source = SourceBox(context)
        self.setAcceptDrops(True)
        self.empty_state = EmptyState("file-arrow-up", _("No file chosen yet"), _HOW)
        self.proposed, self.headings = Proposed(context), HeadingsView()
        self.stack = Body()
        self.outcome = OutcomeView(context, self.source.choose)
        for part in (self.empty_state, self.proposed, self.outcome, self.headings):
            self.stack.addWidget(part)
        fill(self.column, self.heading, self.source, growing(self.stack))
        self.heading.keep_whole(True)
        self.stack.currentChanged.connect(lambda _place: self.heading.keep_whole(self.stack.currentWidget() is self.empty_state))
        self.source.chosen.connect(self.open_file)
        self.source.kind_changed.connect(self._kind_changed)
        self.proposed.keep_wanted.connect(self.keep)
        self.proposed.sheet_chosen.connect(self._choose_sheet)
        self.proposed.headings_wanted.connect(self._show_headings)
        self.headings.mapped.connect(self._map)
        self.headings.forget_wanted.connect(self._forget)
        self.headings.closed.connect(self._leave_headings)
        self.proposed.unknown_wanted.connect(lambda: self._next(take_unknown))
        self.proposed.absent_wanted.connect(lambda: self._next(answer_absent))
        self.proposed.accept_all.connect(lambda accept: self._next(lambda old: accept_all(old, accept), self.proposed.tell_all))
        self.proposed.all_answered.connect(lambda said: self._next(lambda old: answer_waiting(old, said)))
        self.proposed.detail.picked.connect(lambda number, column, accept: self._next(lambda old: pick(old, number, column, accept)))
        self.proposed.detail.answered.connect(lambda number, said: self._next(lambda old: answer(old, number, said)))
        self.proposed.detail.mended.connect(lambda number, texts: self._next(lambda old: mend(old, number, texts)))

    @property
    def proposal(self) -> Proposal | None:
        """What the file would do, as it is shown; None while no file is open."""
        return self._open.in_view if self._open is not None else None

    def panes(self) -> list[QWidget]:
        """The file, its rows, the row one is on."""
        if self.stack.currentWidget() is self.proposed:
            return [self.source, self.proposed.table, self.proposed.detail]
        if self.stack.currentWidget() is self.headings:
            return [self.source, self.headings]
        return [self.source, self.stack]

    def on_dropped(self, path: Path) -> None:
        self.open_file(path)

    def refresh(self) -> None:
        """Read the same file again, as it is now; while that is under way, once is enough."""
        if self._reading is None and (self._coming_back is not None or self._may_lose(_("Read the file again"))):
            self.context.banner.end_former()
            self.proposed.setEnabled(False)  # what is decided meanwhile would go with what is read anew
            self._read_again()

    def _may_lose(self, verb: str) -> bool:
        """Whether what was mended or decided may go; asks only if anything was."""
        worked_on = self._coming_back or self._open
        if worked_on is None or not (worked_on.is_worked_on or self.proposed.detail.typed):
            return True
        text = _("What you mended and decided in the file is lost.")
        return self.context.ask.confirm(_("Lose what you mended?"), text, verb, stay=_("Keep it"))

    def open_file(self, path: Path) -> None:
        """Read a file, and show what it would do: the one that is to come back with what was decided in it. Asks first if rows of another were mended."""
        if self._coming_back is not None and path == self._path:
            self.refresh()
            return
        if not self._may_lose(_("Open the other file")):
            return
        if not self._kind_picked:
            self.source.kind.set_key(run.AUTO)
        self._kind_picked = False
        self._kind_chosen = self.source.kind.key() != run.AUTO
        self._path, self._sheet, self._mapping = path, None, None
        self._coming_back = None  # what was kept of the file before is not of this one
        self._read_again()

    def _kind_changed(self) -> None:
        if not self._may_lose(_("Read it as this kind")):
            self.source.kind.set_key(self._kind_read)
            return
        self._coming_back = None
        self._kind_picked, self._mapping = self._path is None, None
        self._kind_chosen = True
        self._read_again()

    @property
    def _kind_read(self) -> str:
        """As which kind the file was read that is open, or that is to come back."""
        if self._coming_back is not None:
            return self._coming_back.kind
        return self.proposal.kind.name if self.proposal is not None and self.proposal.kind is not None else run.AUTO

    def _choose_sheet(self, name: str) -> None:
        if self._may_lose(_("Read the other sheet")):
            self._sheet, self._mapping = name, None
            self._read_again()
        elif self.proposal is not None:
            self.proposed.show_proposal(self.proposal)

    def _show_headings(self) -> None:
        if self.proposal is not None:
            self.headings.show_proposal(self.proposal)
            self.stack.setCurrentWidget(self.headings)
            self.headings.focus_first()

    def _leave_headings(self) -> None:
        """Back to the rows; where there are none for these headings, to the file as its headings say what it is, else to no file."""
        if self.proposal is not None and self.proposal.readable:
            self.stack.setCurrentWidget(self.proposed)
            return
        if self._coming_back is None:
            self.context.banner.dismiss()
        was_chosen, self._kind_chosen = self._kind_chosen and self._coming_back is None, False
        self.source.kind.set_key(self._coming_back.kind if self._coming_back is not None else run.AUTO)
        if was_chosen:
            self._read_again()
        else:
            self._open = None
            self.stack.setCurrentWidget(self.empty_state)
            self.source.lead(True)

    def _map(self, chosen: dict[str, str]) -> None:
        """Read the file with these headings meaning these columns."""
        if self._coming_back is not None or self._may_lose(_("Read it with these headings")):
            self._mapping = chosen
            self.context.banner.dismiss()
            self._read_again()

    def _forget(self) -> None:
        """Forget what was chosen for lists with these headings, and read the file as if nothing had been."""
        proposal = self.proposal
        if proposal is None or proposal.kind is None or not self._may_lose(_("Forget what was chosen")):
            return
        kind = proposal.kind
        if self.context.attempt(lambda: mapping.forget(self.context.desk, kind, proposal.cells)) is not None:
            self._mapping = self._coming_back = None
            self._read_again()

    @property
    def has_draft(self) -> bool:
        return self._coming_back is not None or (self._open is not None and self._path is not None)

    def draft(self) -> dict[str, Any] | None:
        kept, open_file = self._coming_back, self._open
        if kept is None and open_file is not None and self._path is not None:
            kept = KeptFile(
                path=str(self._path),
                kind=self._kind_read,
                kind_chosen=self._kind_chosen,
                sheet=self._sheet,
                mapping=self._mapping,
                decided=decided(open_file.decided_last),
                typed=list(self.proposed.detail.typed_texts.items()),
                row=current.number if (current := self.proposed.table.current()) is not None else None,
            )
        return kept.as_draft() if kept is not None else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Read the file again; what was decided of it holds as long as it is the very same."""
        self._coming_back = kept = KeptFile.of_draft(draft)
        self._path, self._sheet, self._mapping, self._kind_chosen = Path(kept.path), kept.sheet, kept.mapping, kept.kind_chosen
        self.source.kind.set_key(kept.kind)
        self._read_again()

    def back_words(self, time: str) -> str:
        return back_words(time)

    def _read_again(self) -> None:
        if self._path is None:
            return
        desk, reading = self.context.desk, Reading(self._path, self.source.kind.key(), self._sheet, self._mapping, self._coming_back)
        self._reading = reading
        self.context.jobs.run(
            self,
            lambda job: reading.read(desk, job),
            lambda proposal: self._read(proposal, reading),
            title=_("Reading the file"),
            after=lambda: self._end_reading(reading),
        )

    def _end_reading(self, reading: Reading) -> None:
        if self._reading is reading:
            self._reading = None
            self.proposed.setEnabled(True)

    def _read(self, proposal: Proposal, reading: Reading) -> None:
        if self._reading is not reading:
            return  # another file is wanted meanwhile, or this one in another way
        self._end_reading(reading)
        kept, banner, words = reading.kept, self.context.banner, reading.words_of(proposal)
        self._coming_back = kept if kept is not None and kept.waits(proposal) else None
        if proposal.lacks_headings_alone:
            self._open = OpenFile(proposal, proposal)
            self._show_headings()
            self.source.kind.set_key(proposal.kind.name if proposal.kind is not None else run.AUTO)
            banner.note(words)
            return
        if not proposal.readable:
            self._open = None
            self.stack.setCurrentWidget(self.empty_state)
            self.source.lead(True)
            banner.problem(words)
            return
        is_same = kept is not None and kept.is_of(proposal)
        if kept is None:
            banner.dismiss()
        elif not (is_same and banner.words):
            banner.note(words)
        kept = kept if is_same else None
        self.proposed.detail.forget_typed(dict(kept.typed) if kept is not None else None)
        self._open = OpenFile(proposal, proposal)
        self._show(self._open, proposal)
        if kept is not None:
            self.proposed.table.select(kept.row)
        self.proposed.table.setFocus()

    def _show(self, open_file: OpenFile, proposal: Proposal, then: Callable[[Proposal], None] | None = None) -> None:
        if self._open is not open_file:
            return  # another file was opened meanwhile, or this one is imported
        open_file.in_view = proposal
        assert proposal.kind is not None
        self.source.kind.set_key(proposal.kind.name)
        self.proposed.show_proposal(proposal)
        self.stack.setCurrentWidget(self.proposed)
        self.source.lead(False)
        if then is not None:
            then(proposal)

    def _next(self, change: Callable[[Proposal], Proposal], then: Callable[[Proposal], None] | None = None) -> None:
        """The proposal that follows from a decision or a mended row, worked out off the screen's thread; ``then`` is told of it once it is in view."""
        open_file = self._open
        if open_file is None:
            return

        def work(_job: Job) -> Proposal:
            open_file.latest = change(open_file.latest)
            return open_file.latest

        open_file.changes_waiting.append(change)
        self.context.jobs.run(
            self,
            work,
            lambda proposal: self._show(open_file, proposal, then),
            title=_("Looking at the rows again"),
            after=lambda: self._changed(open_file),
        )

    def _changed(self, open_file: OpenFile) -> None:
        del open_file.changes_waiting[0]
        if open_file.is_keep_wanted and not open_file.changes_waiting and self._open is open_file:
            open_file.is_keep_wanted = False
            once_answered(self, self.keep)

    def keep(self) -> None:
        """Keep what is in view, in one transaction, once what is decided is worked out: what is asked before is asked of the rows that are kept."""
        open_file, desk = self._open, self.context.desk
        if open_file is None or self.stack.currentWidget() is not self.proposed:
            return
        if open_file.changes_waiting:
            open_file.is_keep_wanted = True
            return
        if not self.proposed.keep_button.isEnabled():
            return
        proposal = open_file.in_view
        if not self.proposed.may_keep():
            return
        self.proposed.keep_button.setEnabled(False)
        self.context.jobs.run(
            self,
            lambda _job: run.keep(desk, proposal),
            lambda outcome: self._show_outcome(outcome, proposal),
            title=_("Importing"),
            after=self._after,
        )

    def may_close(self) -> bool:
        """The file that is open stays so while other pages are looked at, and goes with the window."""
        return self._may_lose(_("Close Pupil Desk"))

    def _after(self) -> None:
        if self.proposal is not None:
            self.proposed.show_proposal(self.proposal)

    def save(self) -> bool:
        """Ctrl+S imports, as the button does."""
        self.keep()
        return True

    def _show_outcome(self, outcome: Outcome, proposal: Proposal) -> None:
        self.proposed.detail.forget_typed()
        names = {row.number: row_named(row, proposal.kind) for row in proposal.rows}
        self._open, self._path, self._sheet, self._mapping = None, None, None, None
        self.source.kind.set_key(run.AUTO)
        self.outcome.show_outcome(outcome, names)
        self.stack.setCurrentWidget(self.outcome)
        self.context.news.tell(outcome.news)
        rows = count_of(outcome.added + outcome.changed, _("row was kept"), _("rows were kept"))
        self.context.banner.success(_("Imported: {rows}.").format(rows=rows))
