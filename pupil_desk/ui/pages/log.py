"""The log. Everyone reads their own acts; a data officer all of it."""

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import logbook
from pupil_desk.services.unit.logbook import REFUSED, LogRow
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import find_line, label
from pupil_desk.ui.style import tokens

_IDENTITY = 32  # characters of a record's own number, at least
_MOST = 2000  # rows shown; what is older is found by the words of the search box


def _subject_words(row: LogRow) -> str:
    """What kind of thing it concerns, and who of the staff or the start of its number; never the name of anybody else."""
    kind = row.kind.replace("-", " ").capitalize()
    if row.member:
        return f"{kind} {row.member}"
    return f"{kind} {row.object_id[:8]}" if len(row.object_id) >= _IDENTITY else kind


def _action(row: LogRow) -> str:
    return row.action.replace("-", " ").capitalize()


def _who(row: LogRow) -> str:
    """Whoever acted. Whose a wrong password was is not known; any other row without a user is of the recovery code."""
    return row.user or (_("Not known") if row.action == REFUSED else _("Recovery code"))


def _role(row: LogRow) -> str:
    return row.role.replace("-", " ").capitalize()


_SPARE = {"seq": 800, "role": 800}  # columns for which there is room from a width on, at 100 %
_COLUMNS = (
    Column[LogRow]("seq", _("No."), lambda row: f"{row.seq:,}", align="right"),
    Column[LogRow]("at", _("When"), lambda row: row.at.strftime("%d %b %Y %H:%M"), tip=lambda row: row.at.strftime("%d %b %Y %H:%M:%S")),
    Column[LogRow]("user", _("Who"), _who, tip=_role),
    Column[LogRow]("role", _("Role"), _role),
    Column[LogRow]("action", _("What"), _action),
    Column[LogRow]("reason", _("Details"), lambda row: row.reason, stretch=True, tip=lambda row: row.reason),
    Column[LogRow]("object", _("About"), _subject_words, tip=lambda row: row.object_id or row.kind),
)


class LogPage(Page):
    """Tasks: see what was done last; find what one person did; see that nothing is missing."""

    name = "log"
    title = _("Log")
    icon = "clock-counter-clockwise"
    group = UNIT
    action = Action.READ_OWN_LOG

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reads_whole = context.desk.may(Action.READ_WHOLE_LOG)
        text = (
            _("Everything that was done with this file. It cannot be changed.")
            if self._reads_whole
            else _("What you did. A data officer reads the whole log.")
        )
        self.column.addWidget(Heading(_("Log"), text=text))
        self.search_box = find_line()
        self.search_box.textChanged.connect(self._show)
        self.search_box.setMaximumWidth(tokens.READING)
        self.count = label("", "hint")
        self.column.addWidget(FilterRow(find=(_("&Find by person, act or detail (Ctrl+F)"), self.search_box), beside=self.count))
        empty = EmptyState("magnifying-glass", _("Nothing found"), _("No row of the log has these words."))
        self.table: Table[LogRow] = Table(
            _COLUMNS, name=_("Log"), id_of=lambda row: row.seq, memory=context.memory, memory_key="log", empty=empty
        )
        self.table.always_give_way(_SPARE)
        self.table.opened.connect(self._lead)
        self.column.addWidget(self.table, 1)
        self._rows: list[LogRow] = []

    def on_show(self, object_id: str | None = None) -> None:
        read = logbook.rows if self._reads_whole else logbook.own_rows
        self._rows = read(self.context.desk)
        self._show()

    def refresh(self) -> None:
        self.on_show()

    def on_change(self, changed: Changed) -> None:
        """What is in view is read anew."""
        if self.isVisible():
            self.on_show()

    def search(self) -> None:
        self.search_box.setFocus()

    def _lead(self, row: LogRow) -> None:
        """Enter on an act that concerns a pupil opens the record."""
        if row.kind == "pupil" and row.object_id:
            self.context.go("pupils", row.object_id)

    def _show(self) -> None:
        words = fold(self.search_box.text()).split()
        matches = [
            row
            for row in self._rows
            if all(word in fold(f"{row.user} {_action(row)} {row.reason} {row.kind} {row.object_id} {row.member}") for word in words)
        ]
        self.table.show_rows(matches[:_MOST])
        limit_note = _(" The latest {most} are shown.").format(most=f"{_MOST:,}") if len(matches) > _MOST else ""
        self.count.setText(count_of(len(matches), _("row"), _("rows")) + "." + limit_note)
