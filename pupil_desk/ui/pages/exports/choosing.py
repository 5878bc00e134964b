"""The exports there are, grouped by whom they are for: whom each has not told of yet, when it was made last, and on what law it rests."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.exports import offers
from pupil_desk.services.exports.offers import ExportOffer
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.scroll import scrolled_words
from pupil_desk.ui.kit.words import aligned, button, card, column_in, growing, label, row_in
from pupil_desk.ui.style import tokens

_SPARE = {"who": 1150}  # columns for which there is room from a width on, at 100 %: the words beneath say it too
_LINES, _LOW_LINES = 5, 2  # of the words beneath that are in view


class ExportChooser(Foldable):
    """``export_chosen`` carries the ExportOffer to prepare."""

    export_chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._waiting: Mapping[str, int] = {}
        self._looking: Job | None = None
        self.table: Table[ExportOffer] = Table(self._columns(), name=_("Exports"))
        self.words, self.law = label(""), label("", "muted")
        self.open_button = button(_("P&repare it (Enter)"), self._open, "primary", icon_name="arrow-right")
        detail = card()
        area = self._detail_area = scrolled_words(self.words, self.law)
        self.fold(is_low=False)
        row_in(
            detail,
            None,
            growing(area),
            aligned(self.open_button, Qt.AlignmentFlag.AlignTop),
            left=tokens.L,
            top=tokens.S,
            right=tokens.L,
            bottom=tokens.S,
        )
        keep_rows(self.table)
        column_in(self, tokens.S, growing(self.table), detail, top=tokens.M)
        self.table.always_give_way(_SPARE)
        self.table.current_changed.connect(self._tell)
        self.table.opened.connect(self.export_chosen)

    def fold(self, *, is_low: bool) -> None:
        """In a low window the list needs the room: the words beneath scroll."""
        lines = (_LOW_LINES if is_low else _LINES) * self.words.fontMetrics().lineSpacing()
        self._detail_area.setFixedHeight(lines + (tokens.S if is_low else tokens.XL))  # the law beneath stands a little apart

    def _columns(self) -> tuple[Column[ExportOffer], ...]:
        return (
            Column("group", _("For"), self._group, accessible=lambda row: row.group, width=22, longest=_("Youth support, colleges")),
            Column("title", _("Export"), lambda row: row.export.title, stretch=True, width=24, tip=lambda row: row.export.title),
            Column(
                "waiting",
                _("Not sent yet"),
                self._waiting_words,
                icon=lambda row: "bell" if self._waiting_words(row) else "",
                width=16,
                longest=_("{pupils}").format(pupils="1,000 pupils"),
            ),
            Column("last", _("Last made"), lambda row: short_date(row.last) if row.last else _("never"), width=13, longest="24 Nov 2026"),
            Column("who", _("Who may make it"), lambda row: capital(row.who_may), width=24),
        )

    def _group(self, row: ExportOffer) -> str:
        """Once, at the head of its exports."""
        first = next(candidate for candidate in self.table.rows if candidate.group == row.group)
        return row.group if first.id == row.id else ""

    def _waiting_words(self, row: ExportOffer) -> str:
        number = self._waiting.get(row.id, 0)
        return count_of(number, _("pupil"), _("pupils")) if number else ""

    def refresh(self) -> None:
        """The exports there are; what is due follows when it has been looked for."""
        desk, is_first = self._context.desk, not self.table.rows
        rows = offers.offers(desk)
        self.table.show_rows(rows)
        if is_first:
            self.table.select(next((row.id for row in rows if row.allowed), ""))
        if self._looking is not None:
            self._looking.stop()

        def work(job: Job) -> dict[str, int]:
            return offers.not_sent_yet(desk, progress=job.step)

        self._looking = self._context.jobs.run(self, work, self._show_waiting, title=_("Looking who was not sent yet"))

    def _show_waiting(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting
        self.table.viewport().update()
        self._tell(self.table.current())

    def select(self, name: str) -> ExportOffer | None:
        """Go to an export by its name."""
        return self.table.current() if self.table.select(name) else None

    def _tell(self, row: ExportOffer | None) -> None:
        self.open_button.setEnabled(row is not None)
        if row is None:
            return
        export = row.export
        self.words.setText(_("{title}. {covers}").format(title=export.title, covers=export.covers))
        sentences: Sequence[str] = (export.law, export.spec, _("Made by: {who}").format(who=row.who_may))
        self.law.setText(" ".join(words if words.endswith(".") else f"{words}." for words in sentences if words))

    def _open(self) -> None:
        if (row := self.table.current()) is not None:
            self.export_chosen.emit(row)
