"""A figure as it is printed for others: small numbers left blank, and as many more as keep them from being worked out."""

import dataclasses

from pupil_desk.domain.exports.small_numbers import Hidden, Numbers, hide
from pupil_desk.services.figures.shape import Blank, Figure, FigureColumn, FigureRow, Sort


def as_printed(figure: Figure, limit: int) -> Figure:
    """The same figure with small numbers blank. Percentages go with the numbers they are reckoned from."""
    hidden_by_column: dict[str, Hidden] = {}
    for head in _heads(figure):
        above = hidden_by_column[_head_of(figure, head.part_of)] if head.part_of else Hidden()
        own_columns = [
            column for column in figure.columns if (column.head or column.key) == head.key and column.sort in (Sort.PUPILS, Sort.EVENTS)
        ]
        if head.chain and figure.timely and hidden_by_column[_head_of(figure, head.chain)] != Hidden():
            hidden_by_column[head.key] = Hidden(frozenset(range(len(figure.rows))), whole=True)
            continue
        hidden_by_column[head.key] = hide(
            [_numbers(figure, column, above) for column in own_columns], limit, too=above.rows, hide_total=above.whole
        )
    for column in figure.columns:
        if column.is_share:
            sides = [hidden_by_column[_head_of(figure, key)] for key in (column.top, column.base)]
            hidden_by_column[column.key] = Hidden(sides[0].rows | sides[1].rows, sides[0].whole or sides[1].whole)
        else:
            hidden_by_column[column.key] = hidden_by_column[column.head or column.key]
    blank = [hidden_by_column[column.key] for column in figure.columns]
    rows = tuple(_row(row, [index in column_hidden.rows for column_hidden in blank]) for index, row in enumerate(figure.rows))
    total_row = _row(figure.total_row, [column_hidden.whole for column_hidden in blank]) if figure.total_row is not None else None
    return dataclasses.replace(figure, rows=rows, total_row=total_row, limit=limit)


def _heads(figure: Figure) -> list[FigureColumn]:
    """The columns by which others are hidden; one whose pupils are part of another's comes after it."""
    heads = [column for column in figure.columns if not column.head and not column.is_share]
    ordered: list[FigureColumn] = []
    while heads:
        waiting = {column.key for column in heads}
        ready = [column for column in heads if not waiting & {_head_of(figure, key) for key in (column.part_of, column.chain) if key}]
        assert ready, "a column is part of itself"
        ordered += ready
        heads = [column for column in heads if column not in ready]
    return ordered


def _head_of(figure: Figure, key: str) -> str:
    """The column by which a column is hidden."""
    return figure.column(key).head or key


def _numbers(figure: Figure, column: FigureColumn, above: Hidden) -> Numbers:
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
