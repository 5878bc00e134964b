"""What every figure is: a table of numbers whose columns say how they hang together, so that small numbers can be hidden.

It is told in words, for a screen reader and for paper, with the scale of its chart; printed for others, small numbers are left blank, and as many more as keep them from being worked out.
"""

import dataclasses
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.figures.small_numbers import HiddenNumbers, Numbers, hide
from pupil_desk.domain.register.attendance import percentage


class Blank(Enum):
    """What stands where a number is not shown."""

    SMALL = "c"


type Cell = int | float | Blank | None


class Sort(Enum):
    """What a column counts: pupils, things that happened to pupils, amounts such as sessions, or a share of two of these."""

    PUPILS = "pupils"
    EVENTS = "events"
    AMOUNT = "amount"
    PER_CENT = "per cent"
    PER_100 = "per 100"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """One column. ``head`` is the column with which it is shown or hidden, empty for one by itself; ``part_of`` the column that
    its own numbers are part of; ``chain`` one whose next row could be reckoned with it: where that has a blank, it is blank
    all the way down. A share is ``top`` of a hundred ``base``. ``adds_up``: the rows add up to the whole.
    """

    key: str
    title: str
    sort: Sort = Sort.PUPILS
    head: str = ""
    part_of: str = ""
    chain: str = ""
    top: str = ""
    base: str = ""
    adds_up: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it is reckoned from two others."""
        return bool(self.base)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line: what it is of, and a cell a column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the unit, ready to be shown. ``heading`` heads the first column, and ``way`` is its words within a sentence;
    ``timely`` is whether the rows follow in time, ``summed`` whether the whole says more than how many there are.

    ``notes`` say how it was counted. ``limit`` is 0 for whole numbers, else the limit below which numbers are hidden.
    """

    kind: str
    title: str
    period: str
    heading: str
    way: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    total_row: FigureRow | None
    notes: tuple[str, ...]
    main: str
    timely: bool = False
    summed: bool = True
    limit: int = 0

    def place(self, key: str) -> int:
        return next(index for index, column in enumerate(self.columns) if column.key == key)

    def column(self, key: str) -> FigureColumn:
        """A column by its key."""
        return self.columns[self.place(key)]

    @property
    def lines(self) -> tuple[FigureRow, ...]:
        """The rows, and the whole as the last."""
        return (*self.rows, *((self.total_row,) if self.total_row is not None else ()))


type Counts = Mapping[str, int]


def table(
    columns: Sequence[FigureColumn], counted_rows: Sequence[tuple[str, Counts]], total_row: tuple[str, Counts] | None
) -> tuple[tuple[FigureRow, ...], FigureRow | None]:
    """The rows of these counts, shares reckoned; and the row of the whole."""
    rows = tuple(FigureRow(label, _cells(columns, counts)) for label, counts in counted_rows)
    return rows, FigureRow(total_row[0], _cells(columns, total_row[1])) if total_row is not None else None


def _cells(columns: Sequence[FigureColumn], counts: Counts) -> tuple[Cell, ...]:
    return tuple(percentage(counts[column.top], counts[column.base]) if column.is_share else counts[column.key] for column in columns)


def words(cell: Cell, column: FigureColumn) -> str:
    """A cell as it is read: «1,204», «93.4 %», «c» where it is hidden, a dash where there is nothing to reckon with."""
    if isinstance(cell, Blank):
        return cell.value
    if cell is None:
        return "–"
    if column.sort is Sort.PER_CENT:
        return f"{cell:.1f} %"
    return f"{cell:,.1f}" if column.sort is Sort.PER_100 else f"{cell:,}"


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
    if any(column.sort is Sort.AMOUNT for column in figure.columns):
        return _("{rule} Sessions are amounts: however few, they stand wherever the pupils do.").format(rule=hidden_rule(figure.limit))
    return hidden_rule(figure.limit)


def hidden_rule(limit: int) -> str:
    """What is hidden where ``limit`` is the smallest number shown, and how it looks."""
    return _(
        "c: hidden. Numbers from 1 to {most} are not shown, nor what leaves so few, nor further numbers from which these could be worked out."
    ).format(most=limit - 1)


def scale_of(figure: Figure, charted: str) -> float:
    """The end of a chart's scale: 100 for a share of a hundred, else a round number that reaches over all."""
    place, column = figure.place(charted), figure.column(charted)
    if column.sort is Sort.PER_CENT:
        return 100.0
    highest = max((cell for row in figure.rows if isinstance(cell := row.cells[place], int | float)), default=0)
    step = 10 ** math.floor(math.log10(highest)) if highest > 0 else 1
    return max(4.0, float(next(step * part for part in (1, 2, 5, 10) if step * part >= highest))) if highest else 4.0


def as_printed(figure: Figure, limit: int, hidden_totals: Collection[str] = ()) -> Figure:
    """The same figure with small numbers blank. Percentages go with the numbers they are reckoned from.

    ``hidden_totals`` are the columns of which the number of all rows is blank whatever it is, since another table that has it leaves it out.
    """
    hidden_by_column: dict[str, HiddenNumbers] = {}
    for head in _heads(figure):
        above = hidden_by_column[_head_of(figure, head.part_of)] if head.part_of else HiddenNumbers()
        own_columns = [
            column for column in figure.columns if (column.head or column.key) == head.key and column.sort in (Sort.PUPILS, Sort.EVENTS)
        ]
        if head.chain and figure.timely and hidden_by_column[_head_of(figure, head.chain)] != HiddenNumbers():
            hidden_by_column[head.key] = HiddenNumbers(frozenset(range(len(figure.rows))), whole=True)
            continue
        hidden_by_column[head.key] = hide(
            [_numbers(figure, column, above) for column in own_columns],
            limit,
            too=above.rows,
            hide_total=above.whole or any(column.key in hidden_totals for column in own_columns),
        )
    for column in figure.columns:
        if column.is_share:
            sides = [hidden_by_column[_head_of(figure, key)] for key in (column.top, column.base)]
            hidden_by_column[column.key] = HiddenNumbers(sides[0].rows | sides[1].rows, sides[0].whole or sides[1].whole)
        else:
            hidden_by_column[column.key] = hidden_by_column[column.head or column.key]
    blank = [hidden_by_column[column.key] for column in figure.columns]
    rows = tuple(_row(row, [index in column_hidden.rows for column_hidden in blank]) for index, row in enumerate(figure.rows))
    total_row = _row(figure.total_row, [column_hidden.whole for column_hidden in blank]) if figure.total_row is not None else None
    return dataclasses.replace(figure, rows=rows, total_row=total_row, limit=limit)


def _heads(figure: Figure) -> Iterator[FigureColumn]:
    """The columns by which others are hidden; one whose pupils are part of another's comes after it."""
    heads = [column for column in figure.columns if not column.head and not column.is_share]
    while heads:
        waiting = {column.key for column in heads}
        ready = [column for column in heads if not waiting & {_head_of(figure, key) for key in (column.part_of, column.chain) if key}]
        assert ready, "a column is part of itself"
        yield from ready
        heads = [column for column in heads if column not in ready]


def _head_of(figure: Figure, key: str) -> str:
    """The column by which a column is hidden."""
    return figure.column(key).head or key


def _numbers(figure: Figure, column: FigureColumn, above: HiddenNumbers) -> Numbers:
    """A column with what a reader knows it cannot exceed: the pupils it is part of, where those are shown."""
    rows = _whole_numbers(figure, column.key, figure.rows)
    total = _whole_numbers(figure, column.key, (figure.total_row,))[0] if figure.total_row is not None else None
    if not column.part_of:
        return Numbers(rows, total, adds_up=column.adds_up)
    upper_bounds = [
        None if index in above.rows else number for index, number in enumerate(_whole_numbers(figure, column.part_of, figure.rows))
    ]
    most_whole = None if figure.total_row is None or above.whole else _whole_numbers(figure, column.part_of, (figure.total_row,))[0]
    return Numbers(rows, total, upper_bounds, most_whole, adds_up=column.adds_up)


def _whole_numbers(figure: Figure, key: str, rows: tuple[FigureRow, ...]) -> list[int]:
    place = figure.place(key)
    numbers = [row.cells[place] for row in rows]
    return [number for number in numbers if isinstance(number, int)]


def _row(row: FigureRow, blank: list[bool]) -> FigureRow:
    return FigureRow(row.label, tuple(Blank.SMALL if is_hidden else cell for cell, is_hidden in zip(row.cells, blank, strict=True)))
