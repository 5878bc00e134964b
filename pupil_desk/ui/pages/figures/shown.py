"""One figure on the screen: chart, table, and how it was counted."""

import textwrap

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.figures import Blank, Figure, FigureRow, column_sentence, hidden_words, scale_of, words
from pupil_desk.services.figures import FigureColumn as Counted
from pupil_desk.services.figures.asking import WEEKS
from pupil_desk.ui.kit.chart import Chart, Point
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look

_HEADING = 14  # characters in a line of a column's heading
_FEWEST, _MOST, _EMPTY = 2, 16, 6  # rows of which the table has the height; more scroll within it


class FigureView(QWidget):
    """Shows a figure. The table is made anew when the columns are others."""

    def __init__(self) -> None:
        super().__init__()
        self.figure: Figure | None = None
        self.chart_title = label("", "subhead")
        self.chart = Chart()
        self.hidden_label = label("", "check")
        self.notes_title = label(_("How it was counted"), "subhead")
        self.notes = label("", "muted")
        self.table: Table[FigureRow] = _table((), "")
        self._column = column_in(
            self, tokens.S, self.chart_title, self.chart, self.table, self.hidden_label, self.notes_title, self.notes, STRETCH
        )
        self.chart.point_changed.connect(self._to_row)
        if (dress := look()) is not None:
            dress.changed.connect(self._fit)

    def show_figure(self, figure: Figure, charted: str, grouping: str) -> None:
        """Show a figure, with this column in the chart."""
        if self.figure is None or self.figure.heading != figure.heading or self.figure.columns != figure.columns:
            self._other_table(figure)
        self.figure = figure
        place, column = figure.place(charted), figure.column(charted)
        title = _("{what} by {by}").format(what=column.title, by=figure.way)
        self.chart_title.setText(title)
        points = [
            Point(row.label, None if cell is None or isinstance(cell, Blank) else float(cell), words(cell, column), isinstance(cell, Blank))
            for row in figure.rows
            for cell in (row.cells[place],)
        ]
        self.chart.show_points(
            points,
            highest=scale_of(figure, charted),
            is_line=grouping == WEEKS,
            name=_("Chart: {title}").format(title=title),
            description=column_sentence(figure, charted),
        )
        had_focus = self.chart.hasFocus()
        for part in (self.chart_title, self.chart):
            part.setVisible(bool(points))
        if had_focus and not points:
            self.table.setFocus()
        self.table.show_rows(figure.lines if figure.rows else ())
        self._fit()
        self.hidden_label.setText(hidden_words(figure))
        self.hidden_label.setVisible(bool(points))
        self.notes.setText("\n".join(figure.notes))

    def _other_table(self, figure: Figure) -> None:
        had_focus = self.table.hasFocus()
        table = _table(figure.columns, figure.heading)
        self._column.replaceWidget(self.table, table)
        self.table.hide()
        self.table.deleteLater()
        self.table = table
        if had_focus:
            table.setFocus()

    def _fit(self) -> None:
        """A heading of several lines has room for them, whatever the size of the text; and the table is as tall as its rows, up to a screenful."""
        heading_lines = max((column.title.count("\n") + 1 for column in self.table.model_.columns), default=1)
        self.table.horizontalHeader().setMinimumHeight(heading_lines * self.table.fontMetrics().lineSpacing() + 2 * tokens.S)
        rows = min(_MOST, max(_FEWEST, len(self.table.rows))) if self.table.rows else _EMPTY
        head, bar = self.table.horizontalHeader().sizeHint().height(), self.table.horizontalScrollBar().sizeHint().height()
        head = max(head, self.table.horizontalHeader().minimumHeight())
        self.table.setFixedHeight(head + rows * self.table.verticalHeader().defaultSectionSize() + bar + 2 * tokens.XS)

    def _to_row(self, index: int) -> None:
        """The bar that one is at is the row that is chosen."""
        if index < len(self.table.rows):
            self.table.selectRow(index)


def _table(columns: tuple[Counted, ...], title: str) -> Table[FigureRow]:
    first = Column[FigureRow]("label", title, lambda row: row.label, width=34)
    numbers = [_column(index, column) for index, column in enumerate(columns)]
    empty = EmptyState(
        "chart-bar", _("There is nothing to count"), _("Nothing of this is on file for these days. Choose another period or figure.")
    )
    table: Table[FigureRow] = Table((first, *numbers), name=_("The numbers"), id_of=lambda row: row.label, empty=empty)
    return table


def _column(index: int, column: Counted) -> Column[FigureRow]:
    lines = textwrap.wrap(column.title, _HEADING, break_long_words=False)
    return Column[FigureRow](
        column.key, "\n".join(lines), lambda row: words(row.cells[index], column), width=max(map(len, lines)) + 2, align="right"
    )
