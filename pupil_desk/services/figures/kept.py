"""What stays of a school year when pupils of it are erased: its figures as they would be printed for others, and no pupil.

They are made once, in the transaction of the erasure, before the first pupil of that year goes. From then on they are the figures of
that year: what could still be counted would be of fewer pupils, and the difference would tell of those who are gone.
"""

from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.figures.asking import TERMS, FigureKind, FigureQuestion, prepare
from pupil_desk.services.figures.kinds import FIGURES
from pupil_desk.services.figures.people import GROUPS
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.figures.shape import Blank, Cell, Figure, FigureColumn, FigureRow, Sort, as_printed
from pupil_desk.store.tables import statistics as store

_NOTE = _(
    "Pupils of this school year are erased. These figures were made before the first of them went; small numbers are hidden for good."
)
_NONE = _(
    "Pupils of this school year are erased, and this way to show it was not kept. Choose the whole school year, by term or by a group."
)


def keep_years(work: Work, pupil_id: str) -> None:
    """Within the transaction of an erasure: keep the figures of each school year that is over and in which a pupil was here, if none are kept."""
    years_kept, last_year = (
        store.years(work.desk.vault),
        school_year(work.desk.today) - 1,
    )  # the figures of the one that goes on are not complete
    for year in sorted(_years_of(work.desk, pupil_id, last_year) - years_kept):
        for kind in (kind for kind in FIGURES if kind.outlasts):
            for grouping, figure in _tables(work.desk, kind, year_of(year)):
                store.add(work.desk.vault, year, kind.name, grouping, _as_data(figure), moment=work.stamp)


def close_years(work: Work, pupil_id: str) -> None:
    """Within the transaction of an erasure: no anonymous statistics are made any more of a school year in which a pupil was here, the one that goes on among them."""
    now = school_year(work.desk.today)
    store.close_years(work.desk.vault, sorted(_years_of(work.desk, pupil_id, now)), moment=work.stamp)


def _years_of(desk: Desk, pupil_id: str, latest: int) -> set[int]:
    """The school years of a pupil's stays, up to one."""
    years = set[int]()
    for first, last in store.stays_of(desk.vault, pupil_id):
        last_day = date.fromisoformat(last) if last else desk.today
        years |= set(range(school_year(date.fromisoformat(first)), min(school_year(last_day), latest) + 1))
    return years


def _tables(desk: Desk, kind: FigureKind, year: Period) -> list[tuple[str, Figure]]:
    """A figure by term and by each group, small numbers hidden. One that hides of the whole year what those before it show is withheld."""
    limit, groupings = desk.settings.small_numbers, {key for key, _label in kind.ways}
    shown_columns: dict[str, bool] = {}
    tables = []
    for grouping in (TERMS, *(group.key for group in GROUPS)):
        if grouping not in groupings:
            continue
        figure = as_printed(kind.make(prepare(desk, FigureQuestion(kind.name, year, grouping))), limit)
        shown_in_total = _whole_shown(figure)
        if all(shown_columns.get(key, is_shown) == is_shown for key, is_shown in shown_in_total.items()):
            shown_columns |= shown_in_total
            tables.append((grouping, figure))
    return tables


def _whole_shown(figure: Figure) -> dict[str, bool]:
    """By column, whether the number of the whole year is shown."""
    cells = figure.total_row.cells if figure.total_row is not None else ()
    return {column.key: cell is not Blank.SMALL for column, cell in zip(figure.columns, cells, strict=False)}


def kept_figure(desk: Desk, question: FigureQuestion) -> Figure | None:
    """What is kept of a school year of which pupils are erased; empty where that way was not kept. None where the year is still counted."""
    year = school_year(question.period.first)
    if year not in store.years(desk.vault) or school_year(question.period.last) != year:
        return None
    is_full_year = question.period == year_of(year) and not question.only
    data = store.figure(desk.vault, year, question.kind, question.grouping) if is_full_year else None
    if data is None:
        title = next((kind.title for kind in FIGURES if kind.name == question.kind), "")
        return Figure(
            kind=question.kind,
            title=title,
            period=question.period.label,
            heading="",
            way="",
            columns=(FigureColumn(key="none", title=""),),
            rows=(),
            total_row=None,
            notes=(_NONE,),
            main="none",
            limit=desk.settings.small_numbers,
        )
    return _figure_of(data)


def _as_data(figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "title": figure.title,
        "period": figure.period,
        "by": figure.heading,
        "way": figure.way,
        "main": figure.main,
        "timely": figure.timely,
        "summed": figure.summed,
        "limit": figure.limit,
        "notes": [*figure.notes, _NOTE],
        "columns": [
            {
                "key": column.key,
                "title": column.title,
                "sort": column.sort.value,
                "head": column.head,
                "top": column.top,
                "base": column.base,
            }
            for column in figure.columns
        ],
        "rows": [_row_data(row) for row in figure.rows],
        "whole": _row_data(figure.total_row) if figure.total_row is not None else None,
    }


def _row_data(row: FigureRow) -> list[Any]:
    return [row.label, *(cell.value if isinstance(cell, Blank) else cell for cell in row.cells)]


def _figure_of(data: dict[str, Any]) -> Figure:
    columns = tuple(FigureColumn(**{**column_data, "sort": Sort(column_data["sort"])}) for column_data in data["columns"])
    rows, total_row = tuple(_row_of(row) for row in data["rows"]), _row_of(data["whole"]) if data["whole"] else None
    as_kept = {name: value for name, value in data.items() if name not in ("by", "whole")}  # which bear other names in the file
    return Figure(
        **{**as_kept, "heading": data["by"], "columns": columns, "rows": rows, "total_row": total_row, "notes": tuple(data["notes"])}
    )


def _row_of(data: list[Any]) -> FigureRow:
    cells: list[Cell] = [Blank(cell) if isinstance(cell, str) else cell for cell in data[1:]]
    return FigureRow(data[0], tuple(cells))
