"""A figure of the unit on paper: a sentence, the chart, the table, and how it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Chart, Heading, NoticeBox, Para, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE, SMALL = 10.5, 9  # points of body text; the second where there are very many columns
_MANY_COLUMNS, _VERY_MANY = 5, 9
_NAME, _NUMBER = 2.6, 1.0  # shares of the width


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """What one figure says. ``hidden_words`` is what is said of hidden numbers, or, where all are whole, to whom it may not go."""

    title: str
    unit: str
    period: str
    imprint: str
    chart_title: str
    chart: Chart
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    hidden_words: str
    for_others: bool


def page_size(sheet: FigureSheet) -> tuple[float, float]:
    """Lying A4 where there are many columns."""
    return LYING if len(sheet.header) > _MANY_COLUMNS else A4


def base_size(sheet: FigureSheet) -> float:
    """The size of body text, in points."""
    return SMALL if len(sheet.header) > _VERY_MANY else BASE


def story(sheet: FigureSheet) -> list[Block]:
    blocks: list[Block] = [
        Heading(1, sheet.title),
        Para(_("{unit}. {period}.").format(unit=sheet.unit, period=sheet.period), style="lead"),
        Para(sheet.imprint, style="small"),
    ]
    if not sheet.for_others:
        blocks.append(NoticeBox([Para(sheet.hidden_words)]))
    if not sheet.rows:
        return [*blocks, Para(_("There is nothing on file to count."))]
    if sheet.chart.bars:
        blocks += [Heading(2, sheet.chart_title), sheet.chart]
    widths = (_NAME, *(_NUMBER for _column in sheet.header[1:])) if len(sheet.header) <= _MANY_COLUMNS else None
    blocks += [Heading(2, _("The numbers")), Table("", sheet.header, sheet.rows, widths, row_headers=True)]
    if sheet.for_others:
        blocks.append(Para(sheet.hidden_words))
    return [*blocks, Heading(2, _("How it was counted")), Bullets(sheet.notes)]
