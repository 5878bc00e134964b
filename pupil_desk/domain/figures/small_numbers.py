"""Small numbers are hidden in figures that are printed for others: which rows are left blank, so that nobody can be picked out.

Numbers of pupils from 1 to one less than the limit are hidden (first), and as many further rows as it takes that none of them
can be worked out from what is still shown (second). No law sets the limit. 5 is common practice for figures about one
school (sure: medium), and so it is a setting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SMALLEST, GREATEST = 3, 20


@dataclass(frozen=True, slots=True)
class Numbers:
    """One column of whole numbers about pupils: a number a row, and the number of all rows together, if it is shown.

    ``most`` is what a reader knows each number cannot exceed, such as the pupils of its row; None where nothing is known.
    ``adds_up`` is whether the rows add up to the whole: they do not where one pupil may be counted in several rows.
    """

    rows: Sequence[int]
    whole: int | None = None
    most: Sequence[int | None] | None = None
    most_whole: int | None = None
    adds_up: bool = True


@dataclass(frozen=True, slots=True)
class HiddenNumbers:
    """The rows left blank, by their places, and whether the whole is too."""

    rows: frozenset[int] = frozenset()
    whole: bool = False


def is_small(number: int, limit: int) -> bool:
    """Whether a number of pupils is too small to be shown; none at all is not."""
    return 0 < number < limit


def hide(columns: Sequence[Numbers], limit: int, *, too: Iterable[int] = (), hide_total: bool = False) -> HiddenNumbers:
    """What to leave blank of columns that are shown or hidden together, row by row.

    ``too`` are rows that are hidden unless there is none in them, and ``hide_total`` hides the number of all rows likewise.
    Further rows are chosen by their numbers, the smallest first.
    """
    forced = frozenset(index for index in too if any(column.rows[index] for column in columns))
    rows = set(forced) | {index for column in columns for index in range(len(column.rows)) if _telling(column, index, limit)}
    hide_total = (hide_total and any(column.whole for column in columns)) or any(
        column.whole is not None and is_small(column.whole, limit) for column in columns
    )
    if any(column.whole and column.most_whole is not None and is_small(column.most_whole - column.whole, limit) for column in columns):
        hide_total = True
    sizes = [sum(numbers) for numbers in zip(*(column.rows for column in columns), strict=True)]
    order = sorted((index for index, size in enumerate(sizes) if size), key=lambda index: (sizes[index], index))
    while rows or hide_total:
        if _kept_safe(columns, rows, limit, hide_total=hide_total):
            break
        next_index = next((index for index in order if index not in rows), None)
        if next_index is not None:
            rows.add(next_index)
        elif hide_total:
            break  # every row that has a number is hidden, and the whole too: nothing is left to reckon with
        else:
            hide_total = True
    return HiddenNumbers(frozenset(rows), hide_total)


def _telling(column: Numbers, index: int, limit: int) -> bool:
    """Whether a number picks somebody out: it is small, or those it leaves of the row's pupils are few."""
    number, ceiling = column.rows[index], column.most[index] if column.most is not None else None
    return is_small(number, limit) or (number > 0 and ceiling is not None and is_small(ceiling - number, limit))


def _kept_safe(columns: Sequence[Numbers], rows: set[int], limit: int, *, hide_total: bool) -> bool:
    """Whether no hidden number can be worked out from the others."""
    return all(_column_safe(column, rows, limit, hide_total=hide_total) for column in columns)


def _column_safe(column: Numbers, rows: set[int], limit: int, *, hide_total: bool) -> bool:
    if column.whole is None:
        return True
    if hide_total:  # what is left to protect is the whole itself, which the rows would give away if all were shown
        return not column.adds_up or bool(rows) or column.whole == 0
    if len(rows) < 2:
        return not rows
    together = sum(column.rows[index] for index in rows)
    if not column.adds_up:
        return together >= limit
    return together == 0 or (together >= limit and _can_differ(column, rows, limit))


def _can_differ(column: Numbers, rows: set[int], limit: int) -> bool:
    """Whether each hidden number could be another while their sum stays: two of them can give to each other.

    A reader may think that a hidden number is at least 1, since none is shown as 0.
    """
    ceilings = {index: column.most[index] if column.most is not None else None for index in rows}
    up = {index for index in rows if ceilings[index] is None or column.rows[index] < ceilings[index]}  # type: ignore[operator]  # None is caught before
    down = {index for index in rows if column.rows[index] > 1}
    left = [ceiling - column.rows[index] for index in rows if (ceiling := ceilings[index]) is not None]
    if len(left) == len(rows) and 0 < sum(left) < limit:
        return False
    return all((index in up and down - {index}) or (index in down and up - {index}) for index in rows)
