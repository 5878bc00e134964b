"""One pupil: what every recipient would get today, all exports at once."""

from dataclasses import dataclass

from PySide6.QtCore import Signal

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import previewing
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.papers.preview_paper import by_words, level_words, not_covered
from pupil_desk.services.exports.previewing import PreviewLine, PupilPreview
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.lists.find_pupil import FindPupil
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import NAME, Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_of, flow_of, growing, label
from pupil_desk.ui.pages.exports.words import line_words, sign

_SPARE = {"by": 900}  # columns for which there is room from a width on, at 100 %


@dataclass(frozen=True, slots=True)
class _ReceivingMatch:
    id: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class _RecipientRow:
    """One recipient; without a line it gets nothing, and ``reason`` says so."""

    export: Export
    line: PreviewLine | None
    reason: str

    @property
    def id(self) -> str:
        return f"{self.export.name}|{self.line.id if self.line else ''}"

    @property
    def recipient(self) -> str:
        return (self.line.recipient if self.line else "") or self.export.recipient


def _found_columns(desk: Desk) -> tuple[Column[_ReceivingMatch], ...]:
    name = Column[_ReceivingMatch]("name", _("Pupil"), lambda row: row.name, stretch=True, most=NAME)
    return (
        badged(desk, name, lambda row: row.id, in_colour=True),
        Column[_ReceivingMatch]("ref", _("Number"), lambda row: row.ref, width=8, stretch=True),
    )


_COLUMNS = (
    Column[_RecipientRow]("recipient", _("Recipient"), lambda row: row.recipient, width=24, stretch=True, tip=lambda row: row.recipient),
    Column[_RecipientRow]("export", _("Export"), lambda row: row.export.title, width=24, stretch=True, tip=lambda row: row.export.title),
    Column[_RecipientRow](
        "level",
        _("Level"),
        lambda row: level_words(row.line) if row.line else _("Nothing"),
        icon=lambda row: sign(row.line) if row.line else "minus",
        width=20,
        longest=_("Left out: protected"),
    ),
    Column[_RecipientRow]("by", _("Decided by"), lambda row: by_words(row.line) if row.line else "", width=12),
)


class ReceivingView(FindPupil[_ReceivingMatch]):
    """The pupil found, with a line for each recipient; ``print_wanted`` carries the Pupil and the PupilPreviews that are wanted on paper."""

    print_wanted = Signal(object, object)

    def __init__(self, context: Context) -> None:
        empty = EmptyState("magnifying-glass", _("No pupil has a name or number like that"), _("Try the beginning of a surname, or a UPN."))
        super().__init__(
            context,
            lambda: True,
            Table(_found_columns(context.desk), name=_("Pupils to choose from"), empty=empty, stands_on_first=False),
            lambda row: row.id,
        )
        self.previews: list[PupilPreview] = []
        self.table: Table[_RecipientRow] = Table(
            _COLUMNS, name=_("What each recipient would get"), memory=context.memory, memory_key="receivers"
        )
        self.table.always_give_way(_SPARE)
        self.words = label("", "muted")
        self.print_button = button(_("Prin&t this list"), self.print_, icon_name="printer")
        self.sharing_button = button(_("&Sharing choices"), lambda: self._lead("sharing"), icon_name="share-network")
        self.told_button = button(_("What was told alread&y"), self._lead_to_told, icon_name="megaphone")
        body = column_of(self.head, flow_of(self.print_button, self.sharing_button, self.told_button), growing(self.table), self.words)
        self.lay_out(body)
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.sharing_button, self.told_button, self.print_button)

    def rows_for(self, text: str) -> list[_ReceivingMatch]:
        return [_ReceivingMatch(row[0], row[1], f"{row[2]}, {row[3]}") for row in pupils.listing(self.context.desk, find=text)]

    def focus_first(self) -> None:
        self.table.setFocus()

    def read(self, pupil_id: str) -> bool:
        """What every recipient would get of that pupil."""
        desk = self.context.desk
        record = self.context.attempt(lambda: pupils.record(desk, pupil_id))
        if record is None:
            return False
        self.record = record
        self.head.show_record(record, desk)
        self.table.show_rows([])
        self.print_button.setEnabled(False)

        def work(job: Job) -> list[PupilPreview]:
            return previewing.of_pupil(desk, record.pupil.id, progress=job.step)

        self.context.jobs.run(self, work, self._read, title=_("Looking who would receive what"))
        return True

    def _read(self, previews: list[PupilPreview]) -> None:
        self.previews = previews
        rows = [
            _RecipientRow(preview.export, line, line.reason if line else not_covered(preview))
            for preview in previews
            for line in (preview.lines or (None,))
        ]
        self.table.show_rows(sorted(rows, key=lambda row: row.line is None))
        self.print_button.setEnabled(True)

    def refresh(self) -> None:
        """The list, and the pupil shown, as they are now."""
        self.list_again()
        if self.record is not None:
            self.read(self.record.pupil.id)

    def _on_row_changed(self, row: _RecipientRow | None) -> None:
        words = "" if row is None else line_words(row.line) if row.line else row.reason
        law = "" if row is None else f" {row.export.law.rstrip('.')}."
        self.words.setText(words + law)

    def _lead(self, page: str) -> None:
        if self.record is not None:
            self.context.go(page, self.record.pupil.id)

    def _lead_to_told(self) -> None:
        if self.record is not None:
            self.context.go("pupils", str(Place(self.record.pupil.id, "history")))

    def print_(self) -> None:
        """The list as a paper, seen first."""
        if self.record is not None and self.previews:
            self.print_wanted.emit(self.record.pupil, self.previews)
