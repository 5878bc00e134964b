"""Several tables of the same pupils that are given together: small numbers are hidden in all of them at once, so that none follows from another table.

What tables share they hide together. Figures by the same group have the same rows: they are put side by side as one table, in which the pupils of each
column are part of the pupils on roll. Tables by different groups have the same totals: one that is hidden in any of them is hidden in all, and
then in each of them as many rows as keep it from being added up (statisticians call this the suppression of linked tables, with common cells).
"""

from collections.abc import Sequence
from dataclasses import replace

from pupil_desk.services.figures.incident_entries import ON_ROLL
from pupil_desk.services.figures.shape import Blank, Cell, Figure, FigureColumn, FigureRow, Sort, as_printed


def linked_key(kind: str, key: str) -> str:
    """The key of a figure's column among those of other figures."""
    return f"{kind}.{key}"


def linked(figure: Figure) -> Figure:
    """The same figure with the keys of its columns told apart from those of other figures; pupils on roll are the same in all."""
    has_roll = any(_is_roll(column) for column in figure.columns)

    def key_of(key: str) -> str:
        return key if not key or (has_roll and key == ON_ROLL.key) else linked_key(figure.kind, key)

    columns = tuple(
        replace(
            column,
            key=key_of(column.key),
            head=key_of(column.head),
            part_of=key_of(column.part_of),
            chain=key_of(column.chain),
            top=key_of(column.top),
            base=key_of(column.base),
        )
        for column in figure.columns
    )
    return replace(figure, columns=columns, main=key_of(figure.main))


def side_by_side(figures: Sequence[Figure]) -> Figure:
    """Figures by the same group or by terms as one table, with the rows of the first, which counts the pupils on roll.

    A row that another does not have is one in which it counts nothing.
    """
    tables = [linked(figure) for figure in figures]
    first = tables[0]
    columns = list(first.columns)
    rows = {row.label: list(row.cells) for row in first.rows}
    totals = list(first.total_row.cells) if first.total_row is not None else []
    for figure in tables[1:]:
        places = [place for place, column in enumerate(figure.columns) if not _is_roll(column)]
        own_columns = [figure.columns[place] for place in places]
        columns += own_columns
        cells_by_label = {row.label: row.cells for row in figure.rows}
        assert cells_by_label.keys() <= rows.keys(), "who is counted is on roll"
        for label, cells in rows.items():
            own_cells = cells_by_label.get(label)
            cells.extend(_empty_cells(own_columns) if own_cells is None else [own_cells[place] for place in places])
        if figure.total_row is not None:
            totals += [figure.total_row.cells[place] for place in places]
    return replace(
        first,
        columns=tuple(_of_those_on_roll(column) for column in columns),
        rows=tuple(FigureRow(label, tuple(cells)) for label, cells in rows.items()),
        total_row=FigureRow(first.total_row.label, tuple(totals)) if first.total_row is not None else None,
    )


def _is_roll(column: FigureColumn) -> bool:
    return (column.key, column.title) == (ON_ROLL.key, ON_ROLL.title)


def _empty_cells(columns: Sequence[FigureColumn]) -> list[Cell]:
    return [None if column.is_share else 0 for column in columns]


def _of_those_on_roll(column: FigureColumn) -> FigureColumn:
    """A column of pupils that is part of no other is part of those on roll."""
    is_top = column.sort is Sort.PUPILS and not column.head and not column.part_of and not _is_roll(column)
    return replace(column, part_of=ON_ROLL.key) if is_top else column


def hidden_together(tables: Sequence[Figure], limit: int) -> list[Figure]:
    """The tables with small numbers blank, and each total that is blank in one of them blank in all that have it."""
    hidden_totals: frozenset[str] = frozenset()
    while True:
        printed_tables = [as_printed(figure, limit, hidden_totals) for figure in tables]
        hidden_now = hidden_totals | {key for figure in printed_tables for key in _hidden_totals(figure)}
        if hidden_now == hidden_totals:
            return printed_tables
        hidden_totals = hidden_now


def _hidden_totals(figure: Figure) -> list[str]:
    cells = figure.total_row.cells if figure.total_row is not None else ()
    return [column.key for column, cell in zip(figure.columns, cells, strict=False) if cell is Blank.SMALL and not column.is_share]
