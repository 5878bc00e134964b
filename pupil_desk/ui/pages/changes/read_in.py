"""The files read in, the newest first, and a button that undoes one once it has said what would go back and what would stay."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.counting import set_aside_words
from pupil_desk.services.imports.past import PastImport, past_imports
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.undoing import done_words
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.pages.changes.recycled import moment_words
from pupil_desk.ui.pages.changes.telling import by_kind
from pupil_desk.ui.style import tokens


def _undone(file_import: PastImport) -> str:
    return moment_words(file_import.undone_at) if file_import.undone_at else ""


_COLUMNS = (
    Column[PastImport]("at", _("When"), lambda file_import: moment_words(file_import.moment), width=20),
    Column[PastImport](
        "file", _("File"), lambda file_import: file_import.file_name, width=14, stretch=True, tip=lambda file_import: file_import.file_name
    ),
    Column[PastImport](
        "kind", _("Kind of file"), lambda file_import: file_import.kind, width=14, stretch=True, tip=lambda file_import: file_import.kind
    ),
    Column[PastImport]("undone", _("Undone"), _undone, longest=_("28 Nov 2026 10:00")),
    Column[PastImport]("who", _("Who"), lambda file_import: file_import.actor, width=16, longest=_("A longer name")),
    Column[PastImport]("read", _("Rows"), lambda file_import: f"{file_import.read:,}", width=8, align="right"),
    Column[PastImport]("added", _("Added"), lambda file_import: f"{file_import.added:,}", width=8, align="right"),
    Column[PastImport]("changed", _("Changed"), lambda file_import: f"{file_import.changed:,}", width=10, align="right"),
    Column[PastImport]("unchanged", _("Unchanged"), lambda file_import: f"{file_import.same:,}", width=12, align="right"),
    Column[PastImport]("refused", _("Refused"), lambda file_import: f"{file_import.refused:,}", width=8, align="right"),
)


_SPARE = {
    "refused": 1150,
    "unchanged": 1150,
    "read": 1000,
    "changed": 940,
    "kind": 880,
    "who": 780,
}  # columns for which there is room from a width on, at 100 %


def _import_title(file_import: PastImport) -> str:
    """The file in a question: its name and kind, and when and by whom it was read in."""
    name = _("{kind} ({file})").format(kind=file_import.kind, file=file_import.file_name) if file_import.file_name else file_import.kind
    return _("{file}, read in on {when} by {who}.").format(file=name, when=moment_words(file_import.moment), who=file_import.actor)


def _import_words(file_import: PastImport) -> str:
    """The file in hand in a sentence or two."""
    fates = _("{added} added, {changed} changed, {unchanged} unchanged, {refused} refused").format(
        added=file_import.added, changed=file_import.changed, unchanged=file_import.same, refused=file_import.refused
    )
    sentence = _("{file}, read in by {who}: {read}, {fates}.").format(
        file=file_import.file_name or file_import.kind,
        who=file_import.actor,
        read=count_of(file_import.read, _("row"), _("rows")),
        fates=", ".join((fates, *set_aside_words(file_import.not_decided, file_import.rows_left_out))),
    )
    back = (
        _("Undone {when} by {who}.").format(when=moment_words(file_import.undone_at), who=file_import.undone_by)
        if file_import.undone_at
        else ""
    )
    kept = ""
    if file_import.not_taken:
        values = count_of(file_import.not_taken, _("value"), _("values"))
        kept = _("Of it {values} stand under “From files”, in the records of their pupils.").format(values=values)
    return " ".join(filter(None, (sentence, kept, back)))


class ImportsView(QWidget):
    """The list and the button."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: Table[PastImport] = Table(
            _COLUMNS,
            name=_("Files read in"),
            id_of=lambda file_import: file_import.id,
            memory=context.memory,
            memory_key="read-in",
            stands_on_first=False,
            empty=EmptyState(
                "download-simple",
                _("No file was read in"),
                _("What a file changed can be undone here, all of it at once."),
                (_("Import a file"), lambda: context.go("import")),
            ),
        )
        keep_rows(self.table)
        self.count, self.detail_label = label("", "hint"), label("", "hint")
        self.undo = button(_("Un&do this import…"), self.undo_import, icon_name="arrow-u-up-left")
        column_in(self, tokens.S, self.count, growing(self.table), self.detail_label, flow_of(self.undo), top=tokens.M)
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.undo)
        self.table.always_give_way(_SPARE, room_of=self)  # the line beneath says them too

    def panes(self) -> list[QWidget]:
        return [self.table]

    def refresh(self) -> None:
        """The files as they are now."""
        rows = past_imports(self._context.desk)
        self.table.show_rows(rows)
        self.count.setText(f"{count_of(len(rows), _('file'), _('files'))}.")
        self._on_row_changed(self.table.current() if rows else None)

    def show_import(self, import_id: str) -> bool:
        """Stand on one of the files; whether it is among them."""
        self.refresh()
        return self.table.select(import_id)

    def _on_row_changed(self, file_import: PastImport | None) -> None:
        allow(
            self.undo,
            file_import is not None and not file_import.why_not,
            _("Choose a file first") if file_import is None else file_import.why_not,
        )
        show_words(
            self.detail_label, " ".join(filter(None, (_import_words(file_import), file_import.why_not))) if file_import is not None else ""
        )

    def undo_import(self) -> None:
        """Say by kind what would go back and what would stay, ask, and do it."""
        file_import = self.table.current()
        would = self._context.attempt(lambda: undoing.would_undo(self._context.desk, file_import.id)) if file_import is not None else None
        if file_import is None or would is None:
            return
        if not would.lines:
            self._context.ask.tell(_("Nothing would go back"), by_kind(would))
            return
        if not self._context.ask.confirm(
            _("Undo this import?"), f"{_import_title(file_import)}\n\n{by_kind(would)}", _("Undo"), stay=_("Keep it")
        ):
            return
        undone = self._context.attempt(lambda: undoing.undo(self._context.desk, file_import.id))
        if undone is not None:
            self._context.news.tell(undone.changed)
            self.refresh()
            self._context.banner.success(done_words(undone))
