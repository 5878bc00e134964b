"""How long each class of record is kept, how sure we are of it, and who says so."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.governance import papers
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens

type _Row = tuple[str, str, str, str]
_COLUMNS = (
    Column[_Row]("kept", _("Kept"), lambda row: row[0], width=20, stretch=True, tip=lambda row: row[0]),
    Column[_Row]("parts", _("Parts of the record"), lambda row: row[1], width=20, stretch=True, tip=lambda row: row[1]),
    Column[_Row]("sure", _("How sure we are"), lambda row: row[2], width=16),
)


class Periods(QWidget):
    """The classes, and in words the one that one is on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: Table[_Row] = Table(
            _COLUMNS, name=_("How long things are kept"), id_of=lambda row: row[0], memory=context.memory, memory_key="periods"
        )
        self.words = label("", "muted")
        column = column_in(self, tokens.S)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        self.table.current_changed.connect(self._show_row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.table.give_way({"sure": 700}, self.width())

    def refresh(self) -> None:
        """The classes as they hold today."""
        self.table.show_rows(papers.period_rows(self._context.desk.schedule))

    def panes(self) -> list[QWidget]:
        """The list."""
        return [self.table]

    def print_(self) -> None:
        """They stand in the record of processing activities."""

    def _show_row(self, row: _Row | None) -> None:
        words = _("{kept}: {parts}. How sure we are: {sure}. {source}")
        self.words.setText(words.format(kept=row[0], parts=row[1], sure=row[2], source=row[3]) if row is not None else "")
