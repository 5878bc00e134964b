"""What every figure is: a table of numbers whose columns say how they hang together, so that small numbers can be hidden."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.attendance_totals import percentage

_TOLD_EACH = 12  # rows that a sentence tells one by one


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
class Column:
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
class Row:
    """One line: what it is of, and a cell a column."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the unit, ready to be shown. ``by`` heads the first column, and ``way`` is its words within a sentence;
    ``timely`` is whether the rows follow in time.

    ``notes`` say how it was counted. ``limit`` is 0 for whole numbers, else the limit below which numbers are hidden.
    """

    kind: str
    title: str
    period: str
    by: str
    way: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    whole: Row | None
    notes: tuple[str, ...]
    main: str
    timely: bool = False
    limit: int = 0

    def place(self, key: str) -> int:
        """Where a column stands."""
        return next(at for at, column in enumerate(self.columns) if column.key == key)

    def column(self, key: str) -> Column:
        """A column by its key."""
        return self.columns[self.place(key)]

    @property
    def lines(self) -> tuple[Row, ...]:
        """The rows, and the whole as the last."""
        return (*self.rows, *((self.whole,) if self.whole is not None else ()))


type Counts = Mapping[str, int]


def table(columns: Sequence[Column], counted: Sequence[tuple[str, Counts]], whole: tuple[str, Counts] | None) -> tuple[tuple[Row, ...], Row | None]:
    """The rows of these counts, shares reckoned; and the row of the whole."""
    rows = tuple(Row(label, _cells(columns, counts)) for label, counts in counted)
    return rows, Row(whole[0], _cells(columns, whole[1])) if whole is not None else None


def _cells(columns: Sequence[Column], counts: Counts) -> tuple[Cell, ...]:
    return tuple(percentage(counts[one.top], counts[one.base]) if one.is_share else counts[one.key] for one in columns)


def words(cell: Cell, column: Column) -> str:
    """A cell as it is read: «1,204», «93.4 %», «c» where it is hidden, a dash where there is nothing to reckon with."""
    if isinstance(cell, Blank):
        return cell.value
    if cell is None:
        return "–"
    if column.sort is Sort.PER_CENT:
        return f"{cell:.1f} %"
    return f"{cell:,.1f}" if column.sort is Sort.PER_100 else f"{cell:,}"


def said(figure: Figure, key: str) -> str:
    """One column in a sentence, for who does not see the chart: «Attendance by year group. Year 7: 93.1 %; …».

    Of many rows it tells the first and the last, the lowest and the highest.
    """
    place, column = figure.place(key), figure.column(key)
    head = _("{what} by {by}, {period}.").format(what=column.title, by=figure.way, period=figure.period)
    if len(figure.rows) > _TOLD_EACH:
        return f"{head} {_outline(figure, place)}"
    parts = [f"{row.label}: {_spoken(row.cells[place], column)}" for row in figure.rows]
    return f"{head} {'; '.join(parts)}." if parts else head


def _outline(figure: Figure, place: int) -> str:
    column, rows = figure.columns[place], figure.rows
    shown = [(cell, row.label) for row in rows if isinstance(cell := row.cells[place], int | float)]
    ends = _("From {first} ({of_first}) to {last} ({of_last}).").format(
        first=_spoken(rows[0].cells[place], column), of_first=rows[0].label, last=_spoken(rows[-1].cells[place], column), of_last=rows[-1].label
    )
    if not shown:
        return ends
    low, high = min(shown, key=lambda one: one[0]), max(shown, key=lambda one: one[0])
    return ends + " " + _("The lowest is {low} ({of_low}), the highest {high} ({of_high}). The table has every number.").format(
        low=words(low[0], column), of_low=low[1], high=words(high[0], column), of_high=high[1]
    )


def in_text(label: str) -> str:
    """A label within a sentence: «year group», but «SEN provision»."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _spoken(cell: Cell, column: Column) -> str:
    return _("hidden, too few") if isinstance(cell, Blank) else words(cell, column)


type Make = Callable[..., Figure]
