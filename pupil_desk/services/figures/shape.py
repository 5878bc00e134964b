"""What every figure is: a table of numbers whose columns say how they hang together, so that small numbers can be hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.domain.register.attendance_totals import percentage


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
        """Where a column stands."""
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
