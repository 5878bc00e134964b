"""The papers of the unit's own duties: each with what it is for, seen before it is printed."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.services.governance import papers
from pupil_desk.services.governance.papers import DutyPaper
from pupil_desk.services.guard import NOBODY
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, label
from pupil_desk.ui.style import tokens

_COLUMNS = (
    Column[DutyPaper]("title", _("Paper"), lambda row: row.title, width=30),
    Column[DutyPaper]("what", _("What it is for"), lambda row: row.what, width=24, stretch=True, tip=lambda row: row.what),
)


class Papers(QWidget):
    """The list of papers with what each is for; or the paper as it will be printed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.paper = Paper(context, _("The paper as it will be printed"))
        self.table: ShortTable[DutyPaper] = ShortTable(
            _COLUMNS, name=_("Papers"), id_of=lambda row: row.key, memory=context.memory, memory_key="duty-papers"
        )
        self.words, self.missing = label("", "muted"), label("", "check")
        self.show_button = button(_("&Look at it and print…"), self.print_, "primary", icon_name="printer")
        self.settings_button = button(_("Enter them in Settin&gs"), lambda: context.go("settings"))
        row = flow_of(self.show_button, self.settings_button)
        view = self._view = column_of(self.missing, row, self.table, self.words, STRETCH)
        self.body = Body(view, self.paper)
        column_in(self, None, self.body, top=tokens.M)
        self.table.current_changed.connect(lambda row: self.words.setText(row.what if row is not None else ""))
        self.table.opened.connect(lambda _row: self.print_())
        self.paper.closed.connect(self._close)

    def refresh(self) -> None:
        """The papers, and what of the unit's details is missing in them."""
        self.table.show_rows(list(papers.PAPERS.values()))
        missing = [*map(begun_small, papers.missing_details(self._context.desk))]
        self.missing.setText(_("Not entered yet, and so left empty: {details}.").format(details=join_words(missing)))
        self.missing.setVisible(bool(missing))
        self.settings_button.setVisible(bool(missing))

    def panes(self) -> list[QWidget]:
        """The list, or the paper."""
        return [self.paper] if self.body.currentWidget() is self.paper else [self.table]

    def search(self) -> None:
        self.table.setFocus()

    def print_(self) -> None:
        """The paper one is on, seen first."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
            return
        row, desk = self.table.current(), self._context.desk
        if row is None:
            return

        def work(_job: object) -> tuple[str, bytes]:
            return papers.pdf_of(desk, row.key)

        self._context.jobs.run(self, work, lambda paper: self._show(row.key, paper), title=_("Making the paper"))

    def _show(self, key: str, paper: tuple[str, bytes]) -> None:
        self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(*paper, on_printed=lambda: papers.log_print(self._context.desk, key), guard=NOBODY)

    def _close(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self._view)
        self.table.setFocus()
