"""A grid of marks, such as a register on paper: many small boxes in groups of columns, as close as a scan of them can still be read.

How close is the reader's to say (``documents/scans/boxes.py``): it looks for the frame of a box a quarter of its side away from where the
codes put it, and takes the white round it for the paper. With less than four tenths of a side between two boxes it would take one for the other.

In the structure tree it is a list, an item a row: each box says in full whom and what it is about, and a table of empty cells would be read as nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.documents import blocks as b
from pupil_desk.documents.pdf.flow import PdfPlace, Slab
from pupil_desk.documents.pdf.setting_grid import PdfTickBox, read_aloud
from pupil_desk.documents.pdf.setting_table import cells_of, depth_of, draw_cells, frame
from pupil_desk.documents.pdf.style import Style
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, TaggedPdf, alternative, attributes

_SIDE = 1.3  # of a box, in sizes of the text: 4.6 mm with text of 10 points
_LEAST_PITCH, _MOST_PITCH = 1.45, 2.0  # from one box to the next, in sides
_GROUP_GAP = 0.7  # between two groups, in sides, besides
_WORDS = 0.26  # of the width, the least that the words of a row have
_ROW = 0.36  # free above and below a box, in sides


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of boxes stand, in points: the width of the words before them, the side of a box, and the left edge of each box."""

    words: float
    side: float
    pitch: float
    lefts: tuple[float, ...]

    def group_span(self, group: int, size: int) -> tuple[float, float]:
        """Left edge and width of a group of so many columns."""
        left = self.lefts[group * size] - (self.pitch - self.side) / 2
        return left, size * self.pitch


def _columns(style: Style, block: b.TickGrid, place: PdfPlace) -> _Columns:
    count, groups = len(block.answers), len(block.groups)
    side = style.base * _SIDE
    gaps = (groups - 1) * side * _GROUP_GAP
    pitch = min((place.width * (1 - _WORDS) - gaps) / count, side * _MOST_PITCH)
    if pitch < side * _LEAST_PITCH:
        raise ValueError("the boxes of the grid would stand too close to be read")
    start = place.x + place.width - count * pitch - gaps
    size = count // groups
    lefts = tuple(start + column * pitch + (column // size) * side * _GROUP_GAP + (pitch - side) / 2 for column in range(count))
    return _Columns(start - place.x, side, pitch, lefts)


def set_marks(pdf: TaggedPdf, style: Style, block: b.TickGrid, place: PdfPlace) -> Iterator[Slab]:
    """The slabs of a grid: its header, then a row a pupil or half-day, all kept together.

    Raises ValueError for a row with another number of boxes, for groups that share the columns unevenly, for more boxes than can be read.
    """
    if len(block.answers) % len(block.groups) or any(len(boxes) != len(block.answers) for _words, boxes in block.rows):
        raise ValueError("a row of the grid has another number of boxes than there are answers, or a group another than the others")
    columns = _columns(style, block, place)
    header = pdf.element(place.parent, "P")
    items = pdf.element(place.parent, "L", attributes("List", {"ListNumbering": b"/None"}))
    yield _header(pdf, style, block, columns, header=header, place=place)
    for index, (words, boxes) in enumerate(block.rows):
        body = pdf.element(pdf.element(items, "LI"), "LBody")
        slab = _row(pdf, style, body, words, boxes, columns=columns, place=place)
        yield replace(slab, keep=index < len(block.rows) - 1)


def _header(pdf: TaggedPdf, style: Style, block: b.TickGrid, columns: _Columns, *, header: PdfElement, place: PdfPlace) -> Slab:
    """Two rows: the groups, and below each what its boxes mean."""
    manner, size = style.cell(head=True), len(block.answers) // len(block.groups)
    cells = cells_of(pdf, manner, [block.question], [columns.words], place.x, owners=[header])
    for group, words in enumerate(block.groups):
        left, width = columns.group_span(group, size)
        cells += cells_of(pdf, manner, [words], [width], left, owners=[header])
    codes = [
        cell
        for left, words in zip(columns.lefts, block.answers, strict=True)
        for cell in cells_of(pdf, manner, [words], [columns.pitch], left - (columns.pitch - columns.side) / 2, owners=[header])
    ]
    upper_depth, lower_depth = depth_of(cells), depth_of(codes)
    depth = upper_depth + lower_depth

    def paint(page: PdfPage, y: float) -> None:
        page.artefact(frame(y, depth, place, head=True, with_rule=True))
        draw_cells(page, cells, y - (upper_depth - max(cell.height for cell in cells)) / 2)
        draw_cells(page, codes, y - upper_depth - (lower_depth - max(cell.height for cell in codes)) / 2)

    return Slab(depth, paint, before=style.gap, keep=True)


def _row(
    pdf: TaggedPdf, style: Style, body: PdfElement, words: b.Text, ticks: Sequence[b.TickRow], *, columns: _Columns, place: PdfPlace
) -> Slab:
    cells = cells_of(pdf, style.cell(head=False), [words], [columns.words], place.x, owners=[body], bold=False)
    boxes = []
    for left, tick in zip(columns.lefts, ticks, strict=True):
        if tick.label:  # without one the place stays free
            figure = pdf.element(body, "Figure", alternative(read_aloud(pdf, tick)))
            boxes.append((left, PdfTickBox(pdf, figure, columns.side, ticked=tick.ticked, key=tick.key)))
    depth = max(cells[0].height, columns.side * (1 + 2 * _ROW))

    def paint(page: PdfPage, y: float) -> None:
        page.artefact(frame(y, depth, place, head=False, with_rule=True))
        draw_cells(page, cells, y - (depth - cells[0].height) / 2)
        for left, box in boxes:
            box.paint(page, left, y - (depth + columns.side) / 2)

    return Slab(depth, paint)
