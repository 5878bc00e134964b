"""A figure as it is printed for others: small numbers left blank, and as many more as keep them from being worked out."""

import dataclasses

from pupil_desk.domain.exports.small_numbers import Hidden, Numbers, hide
from pupil_desk.services.figures.shape import Blank, Column, Figure, Row, Sort


def as_printed(figure: Figure, limit: int) -> Figure:
    """The same figure with small numbers blank. Percentages go with the numbers they are reckoned from."""
    hidden: dict[str, Hidden] = {}
    for head in _heads(figure):
        above = hidden[_head_of(figure, head.part_of)] if head.part_of else Hidden()
        own = [one for one in figure.columns if (one.head or one.key) == head.key and one.sort in (Sort.PUPILS, Sort.EVENTS)]
        if head.chain and figure.timely and hidden[_head_of(figure, head.chain)] != Hidden():
            hidden[head.key] = Hidden(frozenset(range(len(figure.rows))), whole=True)
            continue
        hidden[head.key] = hide([_numbers(figure, one, above) for one in own], limit, too=above.rows, whole=above.whole)
    for column in figure.columns:
        if column.is_share:
            of = [hidden[_head_of(figure, key)] for key in (column.top, column.base)]
            hidden[column.key] = Hidden(of[0].rows | of[1].rows, of[0].whole or of[1].whole)
        else:
            hidden[column.key] = hidden[column.head or column.key]
    blank = [hidden[column.key] for column in figure.columns]
    rows = tuple(_row(row, [at in one.rows for one in blank]) for at, row in enumerate(figure.rows))
    whole = _row(figure.whole, [one.whole for one in blank]) if figure.whole is not None else None
    return dataclasses.replace(figure, rows=rows, whole=whole, limit=limit)


def _heads(figure: Figure) -> list[Column]:
    """The columns by which others are hidden; one whose pupils are part of another's comes after it."""
    heads = [one for one in figure.columns if not one.head and not one.is_share]
    done: list[Column] = []
    while heads:
        waiting = {one.key for one in heads}
        ready = [one for one in heads if not waiting & {_head_of(figure, key) for key in (one.part_of, one.chain) if key}]
        assert ready, "a column is part of itself"
        done += ready
        heads = [one for one in heads if one not in ready]
    return done


def _head_of(figure: Figure, key: str) -> str:
    """The column by which a column is hidden."""
    return figure.column(key).head or key


def _numbers(figure: Figure, column: Column, above: Hidden) -> Numbers:
    """A column with what a reader knows it cannot exceed: the pupils it is part of, where those are shown."""
    rows = _whole_numbers(figure, column.key, figure.rows)
    whole = _whole_numbers(figure, column.key, (figure.whole,))[0] if figure.whole is not None else None
    if not column.part_of:
        return Numbers(rows, whole, adds_up=column.adds_up)
    most = [None if at in above.rows else number for at, number in enumerate(_whole_numbers(figure, column.part_of, figure.rows))]
    most_whole = None if figure.whole is None or above.whole else _whole_numbers(figure, column.part_of, (figure.whole,))[0]
    return Numbers(rows, whole, most, most_whole, adds_up=column.adds_up)


def _whole_numbers(figure: Figure, key: str, rows: tuple[Row, ...]) -> list[int]:
    place = figure.place(key)
    numbers = [row.cells[place] for row in rows]
    return [number for number in numbers if isinstance(number, int)]


def _row(row: Row, blank: list[bool]) -> Row:
    return Row(row.label, tuple(Blank.SMALL if hidden else cell for cell, hidden in zip(row.cells, blank, strict=True)))
