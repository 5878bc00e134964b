"""A figure in words, for a screen reader and for paper, and the scale of its chart."""

import math

from pupil_desk.basics.words import _
from pupil_desk.services.figures.shape import Blank, Cell, Figure, FigureColumn, Sort, words

_TOLD_EACH = 12  # rows that a sentence tells one by one


def column_sentence(figure: Figure, key: str) -> str:
    """One column in a sentence, for who does not see the chart: «Attendance by year group. Year 7: 93.1 %; …».

    Of many rows it tells the first and the last, the lowest and the highest.
    """
    place, column = figure.place(key), figure.column(key)
    head = _("{what} by {by}, {period}.").format(what=column.title, by=figure.way, period=figure.period)
    if len(figure.rows) > _TOLD_EACH:
        return f"{head} {_outline(figure, place)}"
    parts = [f"{row.label}: {_cell_words(row.cells[place], column)}" for row in figure.rows]
    return f"{head} {'; '.join(parts)}." if parts else head


def _outline(figure: Figure, place: int) -> str:
    column, rows = figure.columns[place], figure.rows
    shown_cells = [(cell, row.label) for row in rows if isinstance(cell := row.cells[place], int | float)]
    ends = _("From {first} ({of_first}) to {last} ({of_last}).").format(
        first=_cell_words(rows[0].cells[place], column),
        of_first=rows[0].label,
        last=_cell_words(rows[-1].cells[place], column),
        of_last=rows[-1].label,
    )
    if not shown_cells:
        return ends
    low, high = min(shown_cells, key=lambda pair: pair[0]), max(shown_cells, key=lambda pair: pair[0])
    return (
        ends
        + " "
        + _("The lowest is {low} ({of_low}), the highest {high} ({of_high}). The table has every number.").format(
            low=words(low[0], column), of_low=low[1], high=words(high[0], column), of_high=high[1]
        )
    )


def in_text(label: str) -> str:
    """A label within a sentence: «year group», but «SEN provision»."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _cell_words(cell: Cell, column: FigureColumn) -> str:
    return _("hidden, too few") if isinstance(cell, Blank) else words(cell, column)


def hidden_words(figure: Figure) -> str:
    """What is said of hidden numbers, or of there being none hidden."""
    if not figure.limit:
        return _("For the unit only: whole numbers, by which a pupil could be picked out. Do not pass this on.")
    return _(
        "c: hidden. Numbers from 1 to {most} are not shown, nor what leaves so few, nor further numbers from which these could be worked out."
    ).format(most=figure.limit - 1)


def scale_of(figure: Figure, charted: str) -> float:
    """The end of a chart's scale: 100 for a share of a hundred, else a round number that reaches over all."""
    place, column = figure.place(charted), figure.column(charted)
    if column.sort is Sort.PER_CENT:
        return 100.0
    highest = max((cell for row in figure.rows if isinstance(cell := row.cells[place], int | float)), default=0)
    step = 10 ** math.floor(math.log10(highest)) if highest > 0 else 1
    return max(4.0, float(next(step * part for part in (1, 2, 5, 10) if step * part >= highest))) if highest else 4.0
