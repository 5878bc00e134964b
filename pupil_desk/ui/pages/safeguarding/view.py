"""The safeguarding file of a pupil: the statuses, the chronology with what is still to be done, and the entry that one is on, whole."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, SafeguardingEntry, ended_by
from pupil_desk.domain.safeguarding.transfer import TransferDue
from pupil_desk.services.safeguarding.files import SafeguardingFile, ended_words, unopened_words
from pupil_desk.services.safeguarding.telling import facts_of, statuses_words
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.facts import Facts
from pupil_desk.ui.kit.lists.pupil_badges import badges_of
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in, column_of, flow_in, growing, label, show_words
from pupil_desk.ui.pages.safeguarding.asked_entries import AskedEntries
from pupil_desk.ui.pages.safeguarding.body_map import BodyMapView
from pupil_desk.ui.pages.safeguarding.papers_list import PapersList
from pupil_desk.ui.pages.safeguarding.words import in_a_line, kind_words, recorded_words, standing, transfer_words
from pupil_desk.ui.style import tokens


class FileView(QWidget):
    """Shows one file. What is done with an entry stands in the heading of the page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.file: SafeguardingFile | None = None
        self._later: Mapping[str, SafeguardingEntry] = {}
        self.title, self.status = label("", "subhead", wraps=False), label("")
        self.transfer, self.warning = label("", "check"), label("", "problem")
        self.badges: list[Badge] = []
        head = QWidget()
        self._head = flow_in(head, self.title, spacing=tokens.M)
        self._desk, self._today = context.desk, context.desk.today
        self.asked = AskedEntries(context)
        self.empty = EmptyState("shield", _("Nothing is in the file"))
        self.table: Table[EntryHistory] = Table(
            self._columns(),
            name=_("Chronology, newest first"),
            id_of=lambda history: history.now.entry_id,
            empty=self.empty,
            stands_on_first=False,
        )
        self.table.always_give_way({"text": 480})  # it stands whole beneath
        self.facts, self.recorded = Facts(), label("", "muted")
        self.marks = BodyMapView()
        self.papers = PapersList()
        detail = column_of(self.facts, self.papers, self.marks, self.recorded, STRETCH, spacing=tokens.S, right=tokens.S)
        head_parts = (head, self.status, self.transfer, self.warning, self.asked)
        column_in(self, tokens.S, *head_parts, growing(self.table), growing(scrolled(detail)))
        self.asked.asked_anew.connect(self._show_entries)
        self.table.current_changed.connect(self._show_entry)
        self.show_file(None, "")

    def _columns(self) -> tuple[Column[EntryHistory], ...]:
        return (
            Column("day", _("Day"), lambda history: short_date(history.now.day), longest="24 Nov 2026"),
            Column("kind", _("What it is"), lambda history: kind_words(history.now.kind), stretch=True, width=12, most=24),
            Column("text", _("In words"), lambda history: in_a_line(history.now, self._ended_words(history)), stretch=True, width=16),
            Column(
                "state",
                _("Still to do"),
                lambda history: standing(history, self._today, self._later.get(history.now.entry_id)),
                longest=_("Ended 24 Nov 2026"),
                icon=lambda history: "prohibit" if history.now.struck is not None else "circle-dashed" if history.is_open else "",
                tone=lambda history: "check" if self._is_late(history) else "",
            ),
        )

    def _is_late(self, history: EntryHistory) -> bool:
        due = history.now.day if history.now.kind == EntryKind.MEETING else history.now.due
        return history.is_open and due is not None and due < self._today

    def show_file(self, file: SafeguardingFile | None, name: str, transfer: TransferDue | None = None) -> None:
        """Show one; None shows none, and keeps nothing in memory."""
        if file is None or self.file is None or file.pupil_id != self.file.pupil_id:
            self.asked.ask_for_all()
        self.file = file
        self._later = ended_by(file.histories) if file is not None else {}
        self.title.setText(name)
        self.badges = Badge.change(self._head, self.badges, badges_of(self._desk, file.pupil_id) if file is not None else ())
        self.status.setText(statuses_words(file.statuses) if file is not None else "")
        show_words(self.transfer, transfer_words(transfer))
        show_words(self.warning, unopened_words(file.moved, file.sealed) if file is not None else "")
        self._show_entries()

    def _show_entries(self) -> None:
        """Those that are asked for."""
        histories = self.file.histories if self.file is not None else ()
        entries_in_view = self.asked.asked.of(histories)
        self.asked.say_how_many(len(entries_in_view), len(histories))
        self.empty.say(_("No entry is like that") if histories else _("Nothing is in the file"), "")
        self.table.show_rows(entries_in_view)
        self._show_entry(self.table.current())

    def _show_entry(self, history: EntryHistory | None) -> None:
        self.facts.show_facts((*facts_of(history.now, has_papers=False), *self._ended_facts(history)) if history is not None else ())
        self.papers.show_entry(history.now if history is not None else None)
        self.recorded.setText(recorded_words(history) if history is not None else "")
        self.marks.show_text(history.now.body_map if history is not None else None)

    def _ended_words(self, history: EntryHistory) -> str:
        return ended_words(self.file.histories, history.now.entry_id) if self.file is not None and self._later else ""

    def _ended_facts(self, history: EntryHistory) -> Iterator[tuple[str, str]]:
        """By what a status ended, and what ended by it."""
        if (later := self._later.get(history.now.entry_id)) is not None:
            words = _("{status}, {day}").format(
                status=codelist("safeguarding_status").label_of(later.status or ""), day=show_date(later.day)
            )
            yield _("Ended by"), words
        if words := self._ended_words(history):
            yield _("What it ended"), words

    def go_to(self, entry_id: str) -> bool:
        """Put the cursor on an entry, though others were asked for; False where it is not in the file."""
        if self.file is None or not any(history.now.entry_id == entry_id for history in self.file.histories):
            return False
        if not self.table.select(entry_id):
            self.asked.ask_for_all()
            self._show_entries()
            self.table.select(entry_id)
        self.table.setFocus()
        return True

    @property
    def history(self) -> EntryHistory | None:
        """The entry that one is on."""
        return self.table.current()
