"""The papers of the entry that one is on, and what is done with the one that is chosen."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.papers.attachment import size_words
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import SealedPaper, papers_of
from pupil_desk.ui.kit.lists.heights import LEAST_ROWS, height_of
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of
from pupil_desk.ui.style import tokens


class PapersList(QWidget):
    """``paper_opened``, ``written_out`` and ``taken_out`` carry the paper that is chosen. It is not there for an entry without one."""

    paper_opened = Signal(object)
    written_out = Signal(object)
    taken_out = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        columns = (
            Column[SealedPaper]("title", _("Paper"), lambda paper: paper.title, stretch=True, width=16),
            Column[SealedPaper]("pages", _("Pages"), lambda paper: str(paper.pages), longest="200"),
            Column[SealedPaper]("size", _("Size"), lambda paper: size_words(paper.size), longest="9.9 MB"),
        )
        self.table: Table[SealedPaper] = Table(columns, name=_("Papers of the entry"), id_of=lambda paper: paper.id, stands_on_first=False)
        self.table.setFixedHeight(height_of(self.table, LEAST_ROWS))
        self.view_button = button(_("Vie&w"), lambda: self._tell(self.paper_opened), icon_name="eye")
        self.write_button = button(_("Write out under a lock…"), lambda: self._tell(self.written_out), icon_name="lock-key")
        self.out_button = button(_("Take the paper out…"), lambda: self._tell(self.taken_out), icon_name="minus-circle")
        column_in(self, tokens.S, self.table, flow_of(self.view_button, self.write_button, self.out_button))
        self.table.opened.connect(self.paper_opened)
        self.table.current_changed.connect(lambda _paper: self._enable())
        self._is_struck = False

    def _tell(self, signal: SignalInstance) -> None:
        paper = self.table.current()
        if paper is not None:
            signal.emit(paper)

    def show_entry(self, entry: SafeguardingEntry | None) -> None:
        """Show the papers of an entry. What is struck out is only looked at."""
        papers = papers_of(entry.papers) if entry is not None else ()
        self._is_struck = entry is not None and entry.struck is not None
        self.table.show_rows(papers)
        self._enable()
        self.setVisible(bool(papers))

    def _enable(self) -> None:
        is_chosen = self.table.current() is not None
        allow(self.view_button, is_chosen, _("Choose a paper first"))
        for paper_button in (self.write_button, self.out_button):
            allow(paper_button, is_chosen and not self._is_struck, _("It is struck out") if self._is_struck else _("Choose a paper first"))
