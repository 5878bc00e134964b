"""Tables and lists of facts set as slabs: header cells with their scope, rows that go on overleaf."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.documents import blocks as b
from pupil_desk.documents.pdf.flow import Paint, PdfPlace, Repeat, Slab
from pupil_desk.documents.pdf.style import FIRM_RULE, RULE, TINT, Style
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, PlacedRow, TaggedPdf, attributes
from pupil_desk.documents.pdf.write import Writer, baseline, show_span
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, longest_word, text_width

_ACROSS = 5.0
BESIDE_CELL = 2 * _ACROSS + 1
"""What a column needs beside its longest word, in points."""
_DOWN = 3.6
# A row of more than this part of a page may go on overleaf, in pieces of so many lines. In larger print a row soon fills half a page: only one that
# hardly fits on one, its header above it, is divided there, since pieces on one page are painted in another order than a screen reader reads them.
_WHOLE_ROW, _WHOLE_ROW_IN_LARGER_PRINT = 0.5, 0.85
_PIECE = 6
# Of a table whose longest words do not fit, the part of the width that is shared by those words.
_FOR_LONG_WORDS = 0.6
_COLUMNS_IN_LARGER_PRINT = 3
_GUTTER = 1.5  # between two lists side by side, in sizes of the text


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell with its lines, and where they begin from the left. ``height`` is that of its text."""

    writer: Writer
    lines: tuple[TextLine, ...]
    x: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.writer.manner.leading


def set_table(pdf: TaggedPdf, style: Style, block: b.Table, place: PdfPlace) -> Iterator[Slab]:
    """The slabs of a table: caption, header row, rows. Every row has as many cells as the header, else
    ValueError. In larger print a table of many columns, or without room for their words, is set row by row, as lists of facts."""
    if any(len(row) != len(block.header) for row in block.rows):
        raise ValueError("a row of the table has another number of cells than its header")
    widths = column_widths(style, block, place.width)
    if style.look.larger and not _have_room(style, block, widths):
        widths = column_widths(style, replace(block, widths=None), place.width)
        if not _have_room(style, block, widths):
            yield from _row_by_row(pdf, style, block, place)
            return
    table = pdf.element(place.parent, "Table")
    yield from _caption(pdf, style, table, block.caption, place)
    head = pdf.element(table, "TR")
    scope = attributes("Table", {"Scope": b"/Column"})
    cells = cells_of(pdf, style.cell(head=True), block.header, widths, place.x, owners=[pdf.element(head, "TH", scope) for _w in widths])
    depth = depth_of(cells)
    paint = _row(cells, depth, place, head=True)
    before = 0.0 if block.caption else style.gap * 1.4
    yield Slab(depth, paint, before=before, keep=True)
    repeat = Repeat(depth, _header_again(cells, depth, place))
    for row, key in zip(block.rows, block.keys or [""] * len(block.rows), strict=True):
        tr = pdf.element(table, "TR")
        owners = [body_cell(pdf, tr, is_header=block.row_headers and column == 0) for column in range(len(row))]
        cells = cells_of(pdf, style.cell(), row, widths, place.x, owners=owners)
        slabs = _row_slabs(cells, place, tr, _whole_row(style), repeat, down=_DOWN * block.room)
        yield from ((_placed(pdf, slab, key, place) for slab in slabs) if key else slabs)


def _placed(pdf: TaggedPdf, slab: Slab, key: str, place: PdfPlace) -> Slab:
    """The slab of a row of which it is kept where it is drawn; of one in several pieces the last."""

    def paint(page: PdfPage, y: float) -> None:
        slab.paint(page, y)
        pdf.placed_rows.append(PlacedRow(key, page, x=place.x, y=y - slab.height, width=place.width, height=slab.height))

    return replace(slab, paint=paint)


def _have_room(style: Style, block: b.Table, widths: Sequence[float]) -> bool:
    """Whether there are few columns, and no word of the table is broken between its letters."""
    return len(widths) <= _COLUMNS_IN_LARGER_PRINT and all(
        longest_word(b.runs_of(text), style.cell(head=head)) + 2 * _ACROSS <= widths[column]
        for head, row in ((True, block.header), *((False, row) for row in block.rows))
        for column, text in enumerate(row)
    )


def _row_by_row(pdf: TaggedPdf, style: Style, block: b.Table, place: PdfPlace) -> Iterator[Slab]:
    """Each row as a list of facts: what the column is, and what stands in it. A cell that holds nothing is left out."""
    for index, row in enumerate(block.rows):
        facts = [(b.words_of(head), text) for head, text in zip(block.header, row, strict=True) if b.words_of(text).strip()]
        slabs = list(set_facts(pdf, style, b.FactList(facts, block.caption if index == 0 else ""), place))
        if slabs and index:
            slabs[0].before = style.base * 1.4
        yield from (replace(slab, keep=True) for slab in slabs[:-1])
        yield from slabs[-1:]


def set_facts(pdf: TaggedPdf, style: Style, block: b.FactList, place: PdfPlace, *, caption_width: float = 0.0) -> Iterator[Slab]:
    """The slabs of a list of facts: a table whose labels are the headers of their rows. The caption is as wide as the list, unless it is given a width."""
    manner = style.fact()
    labels = replace(manner, bold=True, ink=style.cell(head=True).ink)
    longest = max((text_width((b.Run(label),), labels) for label, _value in block.facts), default=0.0)
    first = place.width * block.labels if block.labels else min(longest + 2 * _ACROSS + 4, place.width * 0.42)
    table = pdf.element(place.parent, "Table")
    yield from _caption(pdf, style, table, block.caption, replace(place, width=caption_width or place.width))
    for index, (label, value) in enumerate(block.facts):
        tr = pdf.element(table, "TR")
        th, td = body_cell(pdf, tr, is_header=True), body_cell(pdf, tr, is_header=False)
        of_label, of_value = (place.x + place.width - first, place.x) if style.rtl else (place.x, place.x + first)
        cells = [
            *cells_of(pdf, labels, [label], [first], of_label, owners=[th]),
            *cells_of(pdf, manner, [b.shown_value(value)], [place.width - first], of_value, owners=[td]),
        ]
        slabs = list(_row_slabs(cells, place, tr, _whole_row(style)))
        if index == 0 and not block.caption:
            slabs[0].before = style.gap
        yield from slabs


def set_side_by_side(pdf: TaggedPdf, style: Style, block: b.SideBySide, place: PdfPlace) -> Iterator[Slab]:
    """Two lists of facts as one slab, each a table of its own; as two lists one under the other in larger print, or where they fit on no page together."""
    half = (place.width - style.base * _GUTTER) / 2
    of_left, of_right = (place.x + place.width - half, place.x) if style.rtl else (place.x, place.x + place.width - half)
    first, second = block.blocks
    if style.look.larger:
        for facts in block.blocks:
            yield from set_facts(pdf, style, facts, place)
        return
    left, right = (
        [*set_facts(pdf, style, fact_list, replace(place, x=left_edge, width=half), caption_width=place.width)]
        for fact_list, left_edge in ((first, of_left), (second, of_right))
    )
    caption_height = (
        sum(slab.height for slab in left[: len(left) - len(first.facts)]) if first.caption else 0.0
    )  # as far down as the caption reaches

    def paint(page: PdfPage, y: float) -> None:
        for slabs, above in ((left, 0.0), (right, caption_height)):
            top = y - above
            for slab in slabs:
                slab.paint(page, top)
                if slab.ends is not None:
                    pdf.settle(slab.ends)
                top -= slab.height

    yield Slab(max(sum(slab.height for slab in left), caption_height + sum(slab.height for slab in right)), paint, before=left[0].before)


def _caption(pdf: TaggedPdf, style: Style, table: PdfElement, caption: str, place: PdfPlace) -> Iterator[Slab]:
    if not caption:
        return
    manner = replace(style.body(), bold=True, ink=style.cell(head=True).ink, size=max(style.base * 0.95, style.cell().size))
    writer = Writer(pdf, pdf.element(table, "Caption"), manner)

    def paint(line: TextLine) -> Paint:
        return lambda page, y: writer.line(page, line, place.x, y)

    lines = break_lines((b.Run(caption),), manner, place.width)
    for index, line in enumerate(lines):
        after = style.base * 0.3 if index == len(lines) - 1 else 0.0
        yield Slab(manner.leading + after, paint(line), before=0 if index else style.gap * 1.6, keep=True)


def body_cell(pdf: TaggedPdf, row: PdfElement, *, is_header: bool) -> PdfElement:
    """A cell of a row in the structure tree: its header, or one of the others."""
    if is_header:
        return pdf.element(row, "TH", attributes("Table", {"Scope": b"/Row"}))
    return pdf.element(row, "TD")


def cells_of(
    pdf: TaggedPdf,
    manner: TextManner,
    texts: Sequence[b.Text],
    widths: Sequence[float],
    x: float,
    *,
    owners: list[PdfElement],
    bold: bool = True,
) -> list[PdfCell]:
    """The cells of a row, from ``x`` on; the first stands on the right where text runs from there. Headers are bold, unless it is said otherwise."""
    cells = []
    if manner.rtl:
        x += sum(widths)
    for text, width, owner in zip(texts, widths, owners, strict=True):
        of_cell = replace(manner, bold=True) if bold and owner.tag == "TH" else manner
        lines = break_lines(b.runs_of(text), of_cell, width - 2 * _ACROSS)
        if manner.rtl:
            x -= width
        cells.append(PdfCell(Writer(pdf, owner, of_cell), lines, x + _ACROSS))
        if not manner.rtl:
            x += width
    return cells


def depth_of(cells: Sequence[PdfCell], down: float = _DOWN) -> float:
    """How tall a row of these cells is, with what stands free above and below."""
    return max(cell.height for cell in cells) + 2 * down


def _whole_row(style: Style) -> float:
    return (style.top - style.bottom) * (_WHOLE_ROW_IN_LARGER_PRINT if style.look.larger else _WHOLE_ROW)


def _row_slabs(
    cells: list[PdfCell], place: PdfPlace, row: PdfElement, undivided_height: float, repeat: Repeat | None = None, *, down: float = _DOWN
) -> Iterator[Slab]:
    """A row as one slab, or a very tall one as several; it is complete with the last. Up to the height ``undivided_height``, in points, it is not divided; ``down`` stands free

    above and below it.
    """
    count = max(len(cell.lines) for cell in cells)
    depth = depth_of(cells, down)
    if depth <= undivided_height:
        yield Slab(depth, _row(cells, depth, place, above=down), repeat=repeat, ends=row)
        return
    leading = max(cell.writer.manner.leading for cell in cells)
    for start in range(0, count, _PIECE):
        piece = [replace(cell, lines=cell.lines[start : start + _PIECE]) for cell in cells]
        above, below = down if start == 0 else 0.0, down if start + _PIECE >= count else 0.0
        depth = max(len(cell.lines) for cell in piece) * leading + above + below
        overleaf = replace(repeat, height=repeat.height + _DOWN - above) if repeat else None
        ends = row if start + _PIECE >= count else None
        yield Slab(depth, _row(piece, depth, place, above=above, with_rule=below > 0), repeat=overleaf, ends=ends)


def _row(cells: list[PdfCell], depth: float, place: PdfPlace, *, head: bool = False, above: float = _DOWN, with_rule: bool = True) -> Paint:
    def paint(page: PdfPage, y: float) -> None:
        page.artefact(frame(y, depth, place, head=head, with_rule=with_rule))
        draw_cells(page, cells, y - above)

    return paint


def draw_cells(page: PdfPage, cells: Sequence[PdfCell], y: float) -> None:
    """The text of cells, from ``y`` down."""
    for cell in cells:
        for line_number, line in enumerate(cell.lines):
            cell.writer.line(page, line, cell.x, y - line_number * cell.writer.manner.leading)


def frame(y: float, depth: float, place: PdfPlace, *, head: bool, with_rule: bool) -> bytes:
    """The tint of a header row, and the rule below a row."""
    x, width = place.x, place.width
    tint = b"%s %.2f %.2f %.2f %.2f re f " % (TINT, x, y - depth, width, depth) if head else b""
    rule = b"%s %.2f %.2f m %.2f %.2f l S" % (FIRM_RULE if head else RULE, x, y - depth, x + width, y - depth)
    return b"q %s%s Q" % (tint, rule if with_rule else b"")


def _header_again(cells: list[PdfCell], depth: float, place: PdfPlace) -> Paint:
    """The header row at the head of a further page: drawn as an artefact, since it has been read once."""

    def paint(page: PdfPage, y: float) -> None:
        out = [frame(y, depth, place, head=True, with_rule=True)]
        for cell in cells:
            manner, top = cell.writer.manner, y - _DOWN
            for line in cell.lines:
                out += [show_span(span, manner.ink, cell.x, baseline(manner, top)) for span in line.spans]
                top -= manner.leading
        page.artefact(b" ".join(out), b"Pagination")

    return paint


def column_widths(style: Style, block: b.Table, width: float) -> list[float]:
    """Columns as wide as asked, or by what they hold: never narrower than their longest word while room lasts, and one that asks for
    no more than its even share, such as a day, is not broken."""
    if block.widths is not None:
        total = sum(block.widths)
        return [width * share / total for share in block.widths]
    narrowest, natural = [], []
    for column, head in enumerate(block.header):
        manners = [
            (head, style.cell(head=True)),
            *((row[column], style.cell(head=block.row_headers and column == 0)) for row in block.rows),
        ]
        narrowest.append(max(longest_word(b.runs_of(text), manner) for text, manner in manners) + BESIDE_CELL)
        natural.append(max(text_width(b.runs_of(text), manner) for text, manner in manners) + 2 * _ACROSS + 8)
    if sum(narrowest) > width:
        narrowest = _shared(narrowest, width * _FOR_LONG_WORDS)
    if sum(natural) <= width:
        return [width * column_width / sum(natural) for column_width in natural]
    unbroken = [
        natural_width if natural_width <= width / len(natural) else small for natural_width, small in zip(natural, narrowest, strict=True)
    ]
    narrowest = unbroken if sum(unbroken) < width else narrowest
    slack = [max(natural_width - small, 1.0) for natural_width, small in zip(natural, narrowest, strict=True)]
    room = (width - sum(narrowest)) / sum(slack)
    return [small + column_slack * room for column_slack, small in zip(slack, narrowest, strict=True)]


def _shared(needed_widths: list[float], width: float) -> list[float]:
    """Too little room: a modest column has what it needs, and the greedy ones share what is left."""
    shares = [0.0] * len(needed_widths)
    for shared_out, column in enumerate(sorted(range(len(needed_widths)), key=needed_widths.__getitem__)):
        shares[column] = min(needed_widths[column], (width - sum(shares)) / (len(needed_widths) - shared_out))
    return shares
