"""The editions of the notice: which holds, what each said, printed as it was, and what changed from one to another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Edition
from pupil_desk.services.notices import families, notice_copies, notice_editions
from pupil_desk.services.notices.notice_editions import EditionOnFile
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.tabs import SteadyTabs, name_tabs, turned_by_keys
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, growing, label, labelled, row_layout
from pupil_desk.ui.pages.notices.changed import Changes
from pupil_desk.ui.pages.notices.model import edition_words
from pupil_desk.ui.style import tokens


def _state(row: EditionOnFile) -> str:
    if row.current:
        return _("Current") if row.came_on_file is not None else _("Current, not given yet")
    return _("Earlier")


_COLUMNS = (
    Column[EditionOnFile]("number", _("No."), lambda row: str(row.edition.number), width=5, align="right"),
    Column[EditionOnFile]("day", _("Of"), lambda row: short_date(row.edition.made_on), width=12),
    Column[EditionOnFile](
        "state", _("State"), _state, stretch=True, width=12, icon=lambda row: "check-circle" if row.current else "archive"
    ),
)
_STATES = 512  # width at 100 % in which the state of each is read beside the paper


class Editions(QWidget):
    """The list, the edition as it was, and its changes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.send = print_pdf  # what prints: tests put another in its place
        self._editions: list[Edition] = []
        self.table: ShortTable[EditionOnFile] = ShortTable(
            _COLUMNS,
            name=_("Editions of the notice"),
            id_of=lambda row: row.edition.id,
            memory=context.memory,
            memory_key="editions",
            empty=EmptyState("archive", _("There is no edition yet"), _("“Make it current…” under “Words and checklist” makes the first.")),
        )
        self.edition_label = label("", "muted")
        self.print_button = button(_("&Print this edition…"), self.print_, icon_name="printer")
        self.save_button = button(_("&Save it as PDF…"), self.save_as, icon_name="file-pdf")
        self.tables_button = button(_("Print the tables a&lone…"), self.print_tables, icon_name="printer")
        self.tables_button.setToolTip(_("For the folder in the office, where a family can read them or have them free"))
        self.web_button = button(_("Save it as we&b page…"), self.save_page, icon_name="globe-simple")
        self.web_button.setToolTip(_("Both sides and the tables, without an address: for your web site"))
        self.compare = ChoiceBox(name=_("Compare with"))
        self.view = PdfView(_("The edition as it was"))
        self.missing = EmptyState(
            "archive",
            _("What this edition said is not on file"),
            _("It was made before the program kept that. Who was given it is on record."),
        )
        self.missing.hide()  # until it is known
        self.changes = Changes()
        self._build()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.print_button, self.view)
        self.compare.currentIndexChanged.connect(lambda _place: self._show_changes())

    def _build(self) -> None:
        edition_tab = QWidget()
        column_in(edition_tab, None, growing(self.view), growing(self.missing), top=tokens.S)
        changed = QWidget()
        column_in(
            changed,
            tokens.S,
            row_layout(labelled(_("Compare with an &earlier one"), self.compare), STRETCH, spacing=None),
            growing(self.changes),
            top=tokens.S,
        )
        self.parts = SteadyTabs()
        turned_by_keys(self.parts)
        name_tabs(self.parts, _("The edition, or what changed"))
        self.parts.addTab(edition_tab, _("What it sai&d"))
        self.parts.addTab(changed, _("What chan&ged"))
        foot = flow_of(*self._buttons)
        left = QWidget()
        right = QWidget()
        column_in(left, tokens.S, self.table, self.edition_label, foot, STRETCH, top=tokens.S)
        column_in(right, None, growing(self.parts), top=tokens.S)
        self._panes = Panes(left, right, shares=(2, 3), memory=self._context.memory, key="editions", beside=_STATES)
        column_in(self, None, self._panes)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.print_button, self.tables_button, self.save_button, self.web_button

    def refresh(self) -> None:
        """The editions as they are now."""
        rows = notice_editions.on_file(self._context.desk)
        self._editions = [row.edition for row in rows]
        self.table.show_rows(rows)
        self._on_row_changed(self.table.current())

    def panes(self) -> list[QWidget]:
        return [self.table, self.parts.tabBar(), self.view if self.parts.currentIndex() == 0 else self.changes.table]

    def _on_row_changed(self, row: EditionOnFile | None) -> None:
        may = self._context.desk.may(Action.PRINT_NOTICE)
        self.missing.hide()
        data = self._context.making.beside(lambda: self._file(row))
        if row != self.table.current():
            return  # the editions were looked at anew meanwhile
        self.view.setVisible(bool(data))
        self.missing.setVisible(row is not None and not data)
        for act_button in self._buttons:
            act_button.setEnabled(may and bool(data))
        if data:
            self.view.show_pdf(data)
        else:
            self.view.clear()
        self.edition_label.setText(self._words(row) if row is not None else "")
        self._offer(row)
        self._show_changes()

    def _file(self, row: EditionOnFile | None) -> bytes:
        if row is None:
            return b""
        try:
            return notice_copies.edition_file(self._context.desk, row.edition)
        except Known:
            return b""

    def _words(self, row: EditionOnFile) -> str:
        """Of whom it is, whether it told of the LRS, and who still has it and not the current one."""
        sentences = []
        if row.came_on_file is not None:
            sentences.append(_("Made by {who}.").format(who=row.came_on_file[1]))
        if row.lrs is not None:
            sentences.append(
                _("It tells of the Learning Records Service.") if row.lrs else _("It does not tell of the Learning Records Service.")
            )
        if row.minor_because:
            sentences.append(_("Its other words promise the same as before: {why}").format(why=row.minor_because))
        if not row.current:
            number = len(families.affected(self._context.desk, row.edition))
            sentences.append(
                _("{letters} on roll still go by it, and not by the current one.").format(
                    letters=count_of(number, _("family"), _("families"))
                )
            )
        return " ".join(sentences)

    def _offer(self, row: EditionOnFile | None) -> None:
        """The editions before the one in hand."""
        earlier = [edition for edition in self._editions if row is not None and edition.number < row.edition.number]
        self.compare.offer([(edition.id, edition_words(edition)) for edition in earlier])
        self.compare.setEnabled(bool(earlier))

    def _show_changes(self) -> None:
        row, key = self.table.current(), self.compare.key()
        old = next((edition for edition in self._editions if edition.id == key), None)
        if row is None or old is None:
            self.changes.show_changes((), none=_("There is no earlier edition"), reason=_("This is the first that is on file."))
            return
        self.changes.show_changes(notice_editions.changes(self._context.desk, old, row.edition), none=_("Both say the same"))

    def print_(self) -> None:
        """Print the edition in hand, addressed to nobody."""
        row = self.table.current()
        if row is not None and self.view.data:
            self._print(self.view.data, lambda: notice_copies.edition_printed(self._context.desk, row.edition))

    def print_tables(self) -> None:
        """Print the tables of the edition in hand by themselves."""
        row = self.table.current()
        data = self._context.attempt(lambda: notice_copies.tables_file(self._context.desk, row.edition)) if row is not None else None
        if row is not None and data:
            self._print(data, lambda: notice_copies.tables_printed(self._context.desk, row.edition))

    def _print(self, data: bytes, log: Callable[[], Changed]) -> None:
        if not self._context.lets_out():
            return
        try:
            if not self.send(data, self, memory=self._context.memory):
                return
        except Known as error:
            self._context.banner.problem(error)
            return
        self._context.keep(log, _("Sent to the printer."))

    def save_as(self) -> None:
        """Save the edition in hand as a file."""
        row = self.table.current()
        if row is not None and self.view.data:
            self._save(row.edition, "pdf", _("PDF"), lambda: self.view.data)

    def save_page(self) -> None:
        """Save the edition in hand as a web page, for the unit's site."""
        row = self.table.current()
        if row is not None:
            self._save(row.edition, "html", _("Web page"), lambda: notice_copies.web_page(self._context.desk, row.edition))

    def _save(self, edition: Edition, form: str, kind: str, make: Callable[[], bytes]) -> None:
        if not self._context.lets_out():
            return
        name = _("privacy-notice-edition-{number}").format(number=edition.number) + f".{form}"
        path = self._context.ask.save_file(_("Save this edition"), name, ((kind, f"*.{form}"),))

        def write(path: Path) -> Changed:
            write_whole(path, make(), replace=True)
            return notice_copies.edition_printed(self._context.desk, edition)

        if path is not None:
            self._context.keep(lambda: write(path), _("Saved: {name}.").format(name=path.name))
