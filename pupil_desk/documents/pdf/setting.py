"""Blocks set as slabs: each with its place in the structure tree and the drawing of its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.documents import blocks as b
from pupil_desk.documents.drawing import Drawing
from pupil_desk.documents.pdf.flow import Paint, PdfPlace, Slab
from pupil_desk.documents.pdf.setting_chart import set_chart
from pupil_desk.documents.pdf.setting_drawing import set_drawing
from pupil_desk.documents.pdf.setting_grid import PdfTickBox, set_grid
from pupil_desk.documents.pdf.setting_marks import set_marks
from pupil_desk.documents.pdf.setting_table import set_facts, set_side_by_side, set_table
from pupil_desk.documents.pdf.style import HEAD_INK, MM, RULE, TINT, Style
from pupil_desk.documents.pdf.tagged import PdfPage, TaggedPdf, attributes
from pupil_desk.documents.pdf.write import Writer
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, text_width

# The window of a DL or C5 envelope is 90 × 35 mm, 20 mm from the left (BS 4264). What shows through it
# wherever the folded sheet slides is from 54 mm down; the letter goes on below the fold.
_ADDRESS_TOP = 54 * MM
_ADDRESS_DEPTH = 28 * MM
_LETTER_TOP = 97 * MM
_ADDRESS_LEFT = 24 * MM
_BOX_INSET = 10.0
_EDGE = 3.0  # the thickness of a panel's edge, in points
_LABEL_BESIDE, _IN_LARGER = 0.7, 0.5  # of the width: a longer label leaves too short a rule beside it; in larger print sooner


def set_blocks(pdf: TaggedPdf, style: Style, story: b.Story, place: PdfPlace) -> Iterator[Slab]:
    """The slabs of blocks, in order. Boxes to tick stay together, and with the question above them.

    Raises ValueError for a form with codes: ``coded_pages.set_story`` sets a document's blocks and forms.
    """
    filled_blocks = [block for block in story if not b.is_empty(block)]
    for block, after in zip(filled_blocks, [*filled_blocks[1:], None], strict=False):
        if isinstance(after, b.TickRow) and isinstance(block, b.TickRow | b.Para):
            yield from (replace(slab, keep=True) for slab in _set(pdf, style, block, place))
        else:
            yield from _set(pdf, style, block, place)


def _set(pdf: TaggedPdf, style: Style, block: b.Block, place: PdfPlace) -> Iterator[Slab]:
    match block:
        case b.Heading():
            return _heading(pdf, style, block, place)
        case b.Para():
            return _para(pdf, style, block, place)
        case b.Bullets():
            return _bullets(pdf, style, block, place)
        case b.Table() | b.FactList() | b.SideBySide() | b.TickGrid() | b.Chart():
            return _in_columns(pdf, style, block, place)
        case Drawing():
            return set_drawing(pdf, style, block, place)
        case b.AddressBlock():
            return _address(pdf, style, block, place)
        case b.NoticeBox() | b.CutOut() | b.Keep():
            return _together(pdf, style, block, place)
        case b.CodedPages():
            raise ValueError("a form with codes stands for itself in its document, not within another block")
        case b.TickRow() | b.WritingLine() | b.Columns():
            return _to_fill_in(pdf, style, block, place)
        case b.Spacer(lines=lines):
            return iter([Slab(0, _paint_nothing, before=lines * style.body().leading)])
        case b.PageBreak():
            return iter([Slab(0, _paint_nothing, breaks=True)])


def _together(pdf: TaggedPdf, style: Style, block: b.NoticeBox | b.CutOut | b.Keep, place: PdfPlace) -> Iterator[Slab]:
    if isinstance(block, b.NoticeBox):
        return _boxed(pdf, style, block, place)
    return _cut_out(pdf, style, block, place) if isinstance(block, b.CutOut) else _on_one_page(pdf, style, block, place)


def _in_columns(
    pdf: TaggedPdf, style: Style, block: b.Table | b.FactList | b.SideBySide | b.TickGrid | b.Chart, place: PdfPlace
) -> Iterator[Slab]:
    if isinstance(block, b.Table):
        return set_table(pdf, style, block, place)
    if isinstance(block, b.FactList):
        return set_facts(pdf, style, block, place)
    if isinstance(block, b.SideBySide):
        return set_side_by_side(pdf, style, block, place)
    if isinstance(block, b.TickGrid):
        return set_marks(pdf, style, block, place) if block.groups else set_grid(pdf, style, block, place)
    return set_chart(pdf, style, block, place)


def _to_fill_in(pdf: TaggedPdf, style: Style, block: b.TickRow | b.WritingLine | b.Columns, place: PdfPlace) -> Iterator[Slab]:
    if isinstance(block, b.TickRow):
        return _tick(pdf, style, block, place)
    return _rules(pdf, style, block.lines if isinstance(block, b.Columns) else (block,), place)


def _on_one_page(pdf: TaggedPdf, style: Style, block: b.Keep, place: PdfPlace) -> Iterator[Slab]:
    slabs = list(set_blocks(pdf, style, block.blocks, place))
    yield from (replace(slab, keep=True) for slab in slabs[:-1])
    yield from slabs[-1:]


def _paint_nothing(page: PdfPage, y: float) -> None:
    """Draws nothing."""


def text_slabs(
    writer: Writer, lines: Sequence[TextLine], manner: TextManner, x: float, before: float, *, keep: bool = False
) -> Iterator[Slab]:
    """A slab a line. The first two lines stay together, and the last two; with ``keep`` all, and with the
    next."""
    last = len(lines) - 1

    def paint(line: TextLine) -> Paint:
        return lambda page, y: writer.line(page, line, x, y)

    for index, line in enumerate(lines):
        stays_with_next = keep or (last > 0 and index in (0, last - 1))
        yield Slab(manner.leading, paint(line), before=0 if index else before, keep=stays_with_next)


def _heading(pdf: TaggedPdf, style: Style, block: b.Heading, place: PdfPlace) -> Iterator[Slab]:
    manner = style.heading(block.level)
    element = pdf.element(place.parent, f"H{block.level}")
    writer = Writer(pdf, element, manner)
    before = style.base * (1.6, 1.5, 1.1)[min(block.level, 3) - 1]
    lines = break_lines(b.runs_of(block.text), manner, place.width)
    slabs = list(text_slabs(writer, lines, manner, place.x, before, keep=True))
    title, first = b.words_of(block.text), slabs[0].paint

    def paint(page: PdfPage, y: float) -> None:
        pdf.mark(block.level, title, page, y)
        first(page, y)

    yield replace(slabs[0], paint=paint)
    yield from slabs[1:]


def _para(pdf: TaggedPdf, style: Style, block: b.Para, place: PdfPlace) -> Iterator[Slab]:
    manner = style.para(block.style)
    lines = break_lines(b.runs_of(block.text), manner, place.width)
    writer = Writer(pdf, pdf.element(place.parent, "P"), manner)
    yield from text_slabs(writer, lines, manner, place.x, style.gap, keep=block.leads)


def _bullets(pdf: TaggedPdf, style: Style, block: b.Bullets, place: PdfPlace) -> Iterator[Slab]:
    manner = style.body()
    numbering = b"/Decimal" if block.numbered else b"/Disc"
    parent = pdf.element(place.parent, "L", attributes("List", {"ListNumbering": numbering}))
    inset = style.base * (1.9 if block.numbered else 1.3)
    before_mark = style.base * 0.25
    x, of_mark = _edges_with_mark(style, place, inset)
    for index, item in enumerate(block.items):
        li = pdf.element(parent, "LI")
        label = Writer(pdf, pdf.element(li, "Lbl"), manner)
        (mark,) = break_lines((b.Run(f"{index + 1}." if block.numbered else "•"),), manner, inset - before_mark)
        writer = Writer(pdf, pdf.element(li, "LBody"), manner)
        lines = break_lines(b.runs_of(item), manner, place.width - inset)
        slabs = list(text_slabs(writer, lines, manner, x, style.gap * (0.45 if index else 0.8)))
        yield _labelled(slabs[0], label, mark, of_mark if style.rtl else of_mark + before_mark)
        yield from slabs[1:]


def _edges_with_mark(style: Style, place: PdfPlace, inset: float) -> tuple[float, float]:
    """The left edges of a text that leaves room for a mark, and of that room: before the text, on whichever side it begins."""
    return (place.x, place.x + place.width - inset) if style.rtl else (place.x + inset, place.x)


def _labelled(slab: Slab, label: Writer, mark: TextLine, x: float) -> Slab:
    def paint(page: PdfPage, y: float) -> None:
        label.line(page, mark, x, y)
        slab.paint(page, y)

    return replace(slab, paint=paint)


def _address(pdf: TaggedPdf, style: Style, block: b.AddressBlock, place: PdfPlace) -> Iterator[Slab]:
    sender = pdf.element(place.parent, "P") if block.sender else None
    element = pdf.element(place.parent, "P")
    manner = style.address()
    if len(block.lines) * manner.leading > _ADDRESS_DEPTH:
        scale = _ADDRESS_DEPTH / (len(block.lines) * manner.leading)
        manner = replace(manner, size=manner.size * scale, leading=manner.leading * scale)

    # In larger print the sender's lines run on, or they would reach down to the window.
    of_sender = block.sender if not style.look.larger else [", ".join(block.sender)]

    def paint(page: PdfPage, y: float) -> None:
        if sender:
            _stack(Writer(pdf, sender, style.sender()), page, of_sender, place, y)
        window = replace(place, x=_ADDRESS_LEFT)
        _stack(Writer(pdf, element, manner), page, block.lines, window, style.page[1] - _ADDRESS_TOP)

    yield Slab(_LETTER_TOP - (style.page[1] - style.top), paint)


def _stack(writer: Writer, page: PdfPage, texts: Sequence[str], place: PdfPlace, y: float) -> None:
    """Lines one under the other from ``y`` down."""
    for line in break_lines((b.Run("\n".join(texts)),), writer.manner, place.width):
        writer.line(page, line, place.x, y)
        y -= writer.manner.leading


def _tick(pdf: TaggedPdf, style: Style, block: b.TickRow, place: PdfPlace) -> Iterator[Slab]:
    manner = style.body()
    element = pdf.element(place.parent, "P")
    box, inset = PdfTickBox.of_row(pdf, style, block, element, pdf.words.ticked if block.ticked else pdf.words.empty), style.base * 2.1
    x, of_box = _edges_with_mark(style, place, inset)
    left = place.x + place.width - box.side if style.rtl else of_box
    lines = break_lines(b.runs_of(block.label), manner, place.width - inset)
    writer = Writer(pdf, element, manner)
    slabs = list(text_slabs(writer, lines, manner, x, style.gap * 1.1, keep=True))
    first = slabs[0].paint

    def paint(page: PdfPage, y: float) -> None:
        box.paint(page, left, y - manner.leading + (manner.leading - box.side) / 2)
        first(page, y)

    yield replace(slabs[0], paint=paint, keep=len(slabs) > 1)
    yield from slabs[1:-1]
    if len(slabs) > 1:
        yield replace(slabs[-1], keep=False)


def _rules(pdf: TaggedPdf, style: Style, lines: Sequence[b.WritingLine], place: PdfPlace) -> Iterator[Slab]:
    """Labels with a rule to write on, side by side; room for a pen above each rule. A long label stands above its rule."""
    manner = style.body()
    gutter = style.base * 1.5
    width = (place.width - gutter * (len(lines) - 1)) / len(lines)
    long = [text_width((b.Run(line.label),), manner) for line in lines]
    widest = max(long)
    below = widest > width * (_IN_LARGER if style.look.larger else _LABEL_BESIDE)
    of_label = width if below else width * _LABEL_BESIDE
    rule = (place.width - gutter * (len(lines) - 1) - sum(long)) / len(lines)  # as long beside a long label as beside a short one
    widths = [width if below else label + rule for label in long]
    fields = [
        (
            Writer(pdf, pdf.element(place.parent, "P"), manner),
            break_lines((b.Run(line.label),), manner, of_label),
            place.x + sum(earlier_width + gutter for earlier_width in (widths[index + 1 :] if style.rtl else widths[:index])),
            widths[index],
        )
        for index, line in enumerate(lines)
    ]
    room = style.base * 1.6 if below else 0.0
    deepest = max(len(labels) for _writer, labels, _x, _width in fields) * manner.leading + room

    def paint(page: PdfPage, y: float) -> None:
        for writer, labels, x, width in fields:
            for line_number, label in enumerate(labels):
                left = x + width - of_label if style.rtl else x
                writer.line(page, label, left, y - deepest + room + (len(labels) - line_number) * manner.leading)
            label_width = 0.0 if below else max(line.width for line in labels) + style.base * 0.5
            start, end = (x, x + width - label_width) if style.rtl else (x + label_width, x + width)
            foot = y - deepest + manner.leading * 0.18
            page.artefact(b"q %s %.2f %.2f m %.2f %.2f l S Q" % (RULE, start, foot, end, foot))

    yield Slab(deepest, paint, before=style.base * 1.5)


def _boxed(pdf: TaggedPdf, style: Style, block: b.NoticeBox, place: PdfPlace) -> Iterator[Slab]:
    """A tinted panel with a firm edge. Each slab draws its own part of it, so that it may go on overleaf."""
    inner = replace(place, x=place.x + _BOX_INSET * (1 if style.rtl else 1.4), width=place.width - _BOX_INSET * 2.4)
    slabs = list(set_blocks(pdf, style, block.blocks, inner))
    last = len(slabs) - 1
    for index, slab in enumerate(slabs):
        above = _BOX_INSET * 0.8 if index == 0 else slab.before
        below = _BOX_INSET if index == last else 0.0
        yield Slab(
            above + slab.height + below,
            _panel(
                slab, style, place, above, above + slab.height + below, edges=_Edges(firm=block.firm, first=index == 0, last=index == last)
            ),
            before=style.gap * 1.4 if index == 0 else 0.0,
            keep=slab.keep,
        )


@dataclass(frozen=True, slots=True)
class _Edges:
    """Which edges of a panel a slab draws: a firm one has all four, the upper with its first slab and the lower with its last."""

    firm: bool
    first: bool
    last: bool

    def bars(self, place: PdfPlace, y: float, height: float, *, rtl: bool) -> bytes:
        """The bars, as rectangles to be filled; ``y`` is the upper edge."""
        left, right, low = place.x, place.x + place.width - _EDGE, y - height
        upright = (left, right) if self.firm else (right,) if rtl else (left,)
        edge_ys = [edge_y for is_drawn, edge_y in ((self.first, y - _EDGE), (self.last, low)) if is_drawn and self.firm]
        return b" ".join(
            (
                *(b"%.2f %.2f %.2f %.2f re f" % (x, low, _EDGE, height) for x in upright),
                *(b"%.2f %.2f %.2f %.2f re f" % (left, edge_y, place.width, _EDGE) for edge_y in edge_ys),
            )
        )


def _panel(slab: Slab, style: Style, place: PdfPlace, above: float, height: float, *, edges: _Edges) -> Paint:
    def paint(page: PdfPage, y: float) -> None:
        bars = edges.bars(place, y, height, rtl=style.rtl)
        page.artefact(b"q %s %.2f %.2f %.2f %.2f re f %s %s Q" % (TINT, place.x, y - height, place.width, height, HEAD_INK, bars))
        slab.paint(page, y - above)

    return paint


def _cut_out(pdf: TaggedPdf, style: Style, block: b.CutOut, place: PdfPlace) -> Iterator[Slab]:
    """A dashed outline of half the column's height, or as much as it needs; or two beside each other. What does not fit on one page goes on overleaf, without an outline."""
    wide = (place.width - style.gap) / 2 if block.beside_blocks else place.width
    inner = replace(place, x=place.x + _BOX_INSET, width=wide - 2 * _BOX_INSET)
    columns = [list(set_blocks(pdf, style, block.blocks, inner))]
    if block.beside_blocks:
        columns.append(list(set_blocks(pdf, style, block.beside_blocks, replace(inner, x=inner.x + wide + style.gap))))
    room = style.top - style.bottom
    half = (room - 2 * style.heading(1).leading) / 2  # a heading above the first of them has its place
    needed_height = max(sum(slab.before + slab.height for slab in slabs) - slabs[0].before for slabs in columns) + 2 * _BOX_INSET
    if needed_height > room:
        for slabs in columns:
            yield from slabs
        return
    height = max(half, needed_height)

    def paint(page: PdfPage, y: float) -> None:
        for column, slabs in enumerate(columns):
            left = place.x + column * (wide + style.gap)
            page.artefact(b"q %s [4 3] 0 d %.2f %.2f %.2f %.2f re S Q" % (RULE, left, y - height, wide, height))
            top = y - _BOX_INSET
            for number, slab in enumerate(slabs):
                top -= slab.before if number else 0
                slab.paint(page, top)
                top -= slab.height

    yield Slab(height, paint, before=style.gap)
