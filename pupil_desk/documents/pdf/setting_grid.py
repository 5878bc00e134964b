"""Boxes to tick, and grids of them: where each stands is kept, so that a scan of the page is measured box by box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from pupil_desk.documents import blocks as b
from pupil_desk.documents.pdf.flow import PdfPlace, Slab
from pupil_desk.documents.pdf.setting_table import body_cell, cells_of, depth_of, draw_cells, frame
from pupil_desk.documents.pdf.style import Style
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, PlacedSquare, TaggedPdf, alternative, attributes
from pupil_desk.documents.typography.lines import longest_word, text_width

_READ_AGAIN = 1.4  # sides of a box that is read from a scan, in sizes of the text: 6 mm, some 46 dots at 200 to the inch
_TO_READ = 1.05  # of one that a person reads
_ROOM = 0.35  # between a box and the rules of its row, in sizes of the text
_ANSWERS = 0.5  # of the width, the most that the columns of boxes take
_WITH_HEADERS = 3  # rows: fewer have words that head no more than a box or two, and each box says in full what it is
_LINES = 1.7  # in which a sentence that heads a column should stand
_LEAST = 3.6  # the width of a column of boxes, in sizes of the text


@dataclass(frozen=True, slots=True)
class PdfTickBox:
    """A box with its figure in the structure tree. ``side`` in points."""

    pdf: TaggedPdf
    figure: PdfElement
    side: float
    ticked: bool
    key: str

    @classmethod
    def of_row(cls, pdf: TaggedPdf, style: Style, block: b.TickRow, parent: PdfElement, alternative_text: str) -> Self:
        """The box of a row, of which ``alternative_text`` is read out."""
        side = style.base * (_READ_AGAIN if block.key else _TO_READ)
        return cls(pdf, pdf.element(parent, "Figure", alternative(alternative_text)), side, block.ticked, block.key)

    def paint(self, page: PdfPage, x: float, y: float) -> None:
        """Draw it with its lower left corner there, and keep where it stands if it has a key."""
        self.figure.attributes += attributes("Layout", {"BBox": b"[%.2f %.2f %.2f %.2f]" % (x, y, x + self.side, y + self.side)})
        with page.tagged(self.figure):
            page.code.append(_box(x, y, self.side, ticked=self.ticked))
        if self.key:
            self.pdf.placed.append(PlacedSquare(self.key, page, x, y, self.side))


def _box(x: float, y: float, side: float, *, ticked: bool) -> bytes:
    operators = b"q 0.15 0.18 0.22 RG 1 w %.2f %.2f %.2f %.2f re S" % (x, y, side, side)
    if ticked:
        corners = (x + side * 0.2, y + side * 0.5, x + side * 0.42, y + side * 0.24, x + side * 0.82, y + side * 0.8)
        operators += b" 1.7 w 1 J %.2f %.2f m %.2f %.2f l %.2f %.2f l S" % corners
    return operators + b" Q"


def set_grid(pdf: TaggedPdf, style: Style, block: b.TickGrid, place: PdfPlace) -> Iterator[Slab]:
    """The slabs of a grid: a header row, then a row a question, all kept together. Raises ValueError for a row with another number of boxes."""
    widths = _widths(style, block, place.width)
    if any(len(boxes) != len(block.answers) for _words, boxes in block.rows):
        raise ValueError("a row of the grid has another number of boxes than there are answers")
    table = pdf.element(place.parent, "Table")
    head, scope = pdf.element(table, "TR"), attributes("Table", {"Scope": b"/Column"})
    cells = cells_of(
        pdf,
        style.cell(head=True),
        [block.question, *block.answers],
        widths,
        place.x,
        owners=[pdf.element(head, "TH", scope) for _width in widths],
    )
    depth = depth_of(cells)

    def paint_head(page: PdfPage, y: float) -> None:
        page.artefact(frame(y, depth, place, head=True, with_rule=True))
        draw_cells(page, cells, y - (depth - max(cell.height for cell in cells)) / 2)

    yield Slab(depth, paint_head, before=style.gap * 1.4, keep=True)
    for index, (words, boxes) in enumerate(block.rows):
        row = pdf.element(table, "TR")
        owner = body_cell(pdf, row, is_header=len(block.rows) >= _WITH_HEADERS)
        yield replace(_row(pdf, style, (row, owner), words, boxes, place=place, widths=widths), keep=index < len(block.rows) - 1)


def _widths(style: Style, block: b.TickGrid, width: float) -> list[float]:
    """A column for the words, and narrow ones for the boxes, all of one width: wide enough for a sentence that heads one in a few lines."""
    manner = style.cell(head=True)
    longest = max(longest_word(b.runs_of(words), manner) for words in block.answers)
    sentence = max(text_width(b.runs_of(words), manner) for words in block.answers) / _LINES + style.base
    of_box = min(max(longest + style.base, sentence, style.base * _LEAST), width * _ANSWERS / len(block.answers))
    return [width - of_box * len(block.answers), *[of_box] * len(block.answers)]


def _row(
    pdf: TaggedPdf,
    style: Style,
    row_elements: tuple[PdfElement, PdfElement],
    words: b.Text,
    ticks: Sequence[b.TickRow],
    *,
    place: PdfPlace,
    widths: Sequence[float],
) -> Slab:
    """A row in its element, of which the words have theirs."""
    x, (row, owner) = place.x, row_elements
    (cell,) = cells_of(pdf, style.body(), [words], widths[:1], x + sum(widths[1:]) if style.rtl else x, owners=[owner], bold=False)
    boxes = [PdfTickBox.of_row(pdf, style, tick, body_cell(pdf, row, is_header=False), read_aloud(pdf, tick)) for tick in ticks]
    depth = max(cell.height, *(box.side for box in boxes)) + 2 * style.base * _ROOM

    def paint(page: PdfPage, y: float) -> None:
        page.artefact(frame(y, depth, place, head=False, with_rule=True))
        draw_cells(page, [cell], y - (depth - cell.height) / 2)
        for index, box in enumerate(boxes):
            left = x + sum(widths[1:]) - sum(widths[1 : index + 2]) if style.rtl else x + sum(widths[: index + 1])
            box.paint(page, left + _inset(style), y - (depth + box.side) / 2)

    return Slab(depth, paint)


def _inset(style: Style) -> float:
    """The boxes begin below the words of their header."""
    return style.base * 0.4


def read_aloud(pdf: TaggedPdf, tick: b.TickRow) -> str:
    """What is read out of a box."""
    return f"{b.words_of(tick.label)}: {pdf.words.ticked if tick.ticked else pdf.words.empty}"
