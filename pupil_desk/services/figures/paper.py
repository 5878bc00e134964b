"""A figure as a paper: for others with small numbers hidden, or in whole numbers for the unit alone."""

from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Bar, Block, Chart
from pupil_desk.documents.papers import figures as layout
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.asking import WEEKS
from pupil_desk.services.figures.shape import Blank, Figure, column_sentence, hidden_words, scale_of, words
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class FigurePaper:
    """A story to set, with its title, and the sizes of its pages and of its text in points."""

    story: list[Block]
    title: str
    page_size: tuple[float, float]
    base_size: float


def paper(desk: Desk, figure: Figure, grouping: str, charted: str) -> FigurePaper:
    """The paper of a figure as it stands: one with a limit is for others. ``charted`` is the column that the chart shows."""
    desk.require(Action.READ_RECORD)
    column = figure.column(charted)
    heading = _("{what} by {by}").format(what=column.title, by=figure.way)
    sheet = layout.FigureSheet(
        title=_("{title} by {by}").format(title=figure.title, by=figure.way),
        unit=desk.settings.name,
        period=figure.period,
        imprint=_("Made on {day}.").format(day=show_date(desk.today)),
        chart_title=heading,
        chart=_chart(figure, charted, is_line=grouping == WEEKS),
        header=[figure.heading, *(column.title for column in figure.columns)],
        rows=[
            [line.label, *(words(cell, column) for cell, column in zip(line.cells, figure.columns, strict=True))] for line in figure.lines
        ]
        if figure.rows
        else [],
        notes=figure.notes,
        hidden_words=hidden_words(figure),
        for_others=bool(figure.limit),
    )
    return FigurePaper(layout.story(sheet), sheet.title, layout.page_size(sheet), layout.base_size(sheet))


def _chart(figure: Figure, charted: str, *, is_line: bool) -> Chart:
    place, column = figure.place(charted), figure.column(charted)
    bars = [
        Bar(row.label, None if cell is None or isinstance(cell, Blank) else float(cell), words(cell, column), isinstance(cell, Blank))
        for row in figure.rows
        for cell in (row.cells[place],)
    ]
    return Chart(column_sentence(figure, charted), bars, scale_of(figure, charted), is_line=is_line)
