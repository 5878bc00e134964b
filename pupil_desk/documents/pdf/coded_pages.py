"""Pages of a form that is read again: two codes a page at opposite corners, and where each box stands between them.

The codes stand as far from one another as the page allows, so that a scan that is turned, skewed or scaled is laid over the
page as it was printed, and every box is found. Everything here is in points from the lower left corner of an A4 page.

A QR code as one filled path: drawn by any printer, sharp at any size, and a few hundred bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents import blocks as b
from pupil_desk.documents.pdf.flow import PdfPlace, Slab
from pupil_desk.documents.pdf.setting import set_blocks
from pupil_desk.documents.pdf.style import A4, MM, Style
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, PlacedRow, PlacedSquare, TaggedPdf, alternative, attributes

LEVEL = "Q"
"""Of error correction: a quarter of the code may be lost."""
MODULES = 21
"""Of a side: version 1, the largest modules there are, which holds 27 digits at level Q."""
MOST_DIGITS = 27


def modules(number: str) -> list[bytes]:
    """The rows of the code from the top, a byte a module, 0 for black. Raises ValueError for more than it holds, or no digits."""
    import zxingcpp

    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        raise ValueError("a code holds decimal digits, 27 at most")
    barcode = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    dots = memoryview(barcode.to_image(scale=1, add_quiet_zones=False))
    if dots.shape != (MODULES, MODULES):
        raise ValueError("the code came out in another size")
    flat = dots.tobytes()
    return [flat[start : start + MODULES] for start in range(0, len(flat), MODULES)]


def path(number: str, x: float, y: float, side: float) -> bytes:
    """The operators that fill the code's black, its lower left corner at (x, y), in points."""
    step = side / MODULES
    runs = [
        b"%d %d %d 1 re" % (start, MODULES - 1 - row, length) for row, line in enumerate(modules(number)) for start, length in _runs(line)
    ]
    return b"q %.5f 0 0 %.5f %.3f %.3f cm 0 g %s f Q" % (step, step, x, y, b" ".join(runs))


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    """Where black begins in a row, and over how many modules it goes."""
    start = 0
    while (start := line.find(0, start)) >= 0:
        end = start
        while end < len(line) and line[end] == 0:
            end += 1
        yield start, end - start
        start = end


SIDE = 26 * MM  # of a code; 25 mm is the least that an office scanner reads for certain
MARK = "0" * 24
"""What a page bears that goes with a form and has nothing to be read: no number of a form, of which each is by chance."""
MARK_SIDE, MARK_EDGE = 13 * MM, 6 * MM  # of the mark, at the upper right corner, above what is printed
_QUIET = 5.5 * MM  # white round it, a little over four of its modules (ISO/IEC 18004)
_EDGE = 14 * MM  # from the paper's edge: what no printer leaves out
_TOP = 17 * MM  # from the paper's edge to the first line beside the upper code
CODE_ABOVE, CODE_BELOW = "code above", "code below"
CODES_HINT = b.Para(_("The codes hold this form’s number and no name. Please do not write on them."), style="small")
"""The last block of a form: a word on the codes, for who wonders what they are."""
_GOES_ON = b.Para(b.Run(_("This form goes on. Please send back every page."), bold=True))


class TooLong(Known):
    """A form takes more pages than there are codes for it."""


@dataclass(frozen=True, slots=True)
class Square:
    """Where something square stands: its lower left corner and its side."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """Where a row stands in which somebody writes by hand: its lower left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page of a form: its number, its two codes, its boxes by ``question/answer``, and the rows to write in by their keys."""

    code: str
    above: Square
    below: Square
    boxes: dict[str, Square]
    rows: dict[str, WrittenRow] = field(default_factory=dict)

    @property
    def under_boxes(self) -> WrittenRow:
        """All between the last box, or row, and the lower code: there the last page of a form is signed."""
        low = self.below.y + self.below.side
        top = min((*(box.y for box in self.boxes.values()), *(row.y for row in self.rows.values())), default=self.above.y)
        return WrittenRow(self.below.x, low, self.above.x + self.above.side - self.below.x, max(top - low, 1.0))


def layout(block: b.CodedPages) -> tuple[PageLayout, ...]:
    """Where all stands, page by page, whatever the document before it. Raises TooLong, CannotPrint."""
    style = _style(block, Style(12, A4))
    pdf = TaggedPdf(width=A4[0], height=A4[1])
    for slab in set_coded(pdf, style, block, pdf.document):
        if not slab.breaks:
            slab.paint(pdf.new_page(), style.top)
    return tuple(_layout_of(block.codes[index], page, pdf.placed, pdf.placed_rows) for index, page in enumerate(pdf.pages))


def _layout_of(code: str, page: PdfPage, placed: Sequence[PlacedSquare], placed_rows: Sequence[PlacedRow]) -> PageLayout:
    squares = {box.key: Square(round(box.x, 2), round(box.y, 2), round(box.side, 2)) for box in placed if box.page is page}
    rows = {
        row.key: WrittenRow(round(row.x, 2), round(row.y, 2), round(row.width, 2), round(row.height, 2))
        for row in placed_rows
        if row.page is page
    }
    return PageLayout(code, squares.pop(CODE_ABOVE), squares.pop(CODE_BELOW), squares, rows)


def draw_mark(page: PdfPage) -> None:
    """Draws the mark of a page on which nothing is read."""
    page.artefact(path(MARK, A4[0] - MARK_EDGE - MARK_SIDE, A4[1] - MARK_EDGE - MARK_SIDE, MARK_SIDE))


def set_story(pdf: TaggedPdf, style: Style, story: b.Story, place: PdfPlace) -> Iterator[Slab]:
    """The slabs of a whole document, in order: its blocks, and the forms among them. Raises TooLong."""
    blocks: list[b.Block] = []
    for block in story:
        if isinstance(block, b.CodedPages):
            yield from set_blocks(pdf, style, blocks, place)
            yield from set_coded(pdf, style, block, place.parent)
            blocks = []
        else:
            blocks.append(block)
    yield from set_blocks(pdf, style, blocks, place)


def set_coded(pdf: TaggedPdf, style: Style, block: b.CodedPages, parent: PdfElement) -> Iterator[Slab]:
    """The form as slabs, a page each. Raises TooLong."""
    style = _style(block, style)
    setter = _Setter(pdf, style, parent, block.overleaf_words)
    for index, page in enumerate(setter.pages(*_parted(block.blocks))):
        if index >= len(block.codes):
            raise TooLong(_("A form is too long to be printed with its codes. Shorten what it says."))
        yield Slab(0, page.paint, breaks=True)
        yield Slab(style.top - style.bottom, replace(page, code=block.codes[index]).paint)


def _style(block: b.CodedPages, style: Style) -> Style:
    """The form's own: where its boxes stand must not hang on how the document around it looks."""
    return Style(block.base, style.page)


def _parted(story: Sequence[b.Block]) -> tuple[list[b.Block], list[b.Block], list[b.Block]]:
    """What stands beside the upper code, between the codes, and beside the lower one."""
    start, end = 0, len(story)
    while start < end and (isinstance(story[start], b.Para) or story[start] == story[0]):
        start += 1
    while end > start and isinstance(story[end - 1], b.NoticeBox | b.Para):
        end -= 1
    return list(story[:start]), list(story[start:end]), list(story[end:])


@dataclass(frozen=True, slots=True)
class _CodedPage:
    """One page: slabs with the height of their upper edge, and its code."""

    pdf: TaggedPdf
    figures: tuple[PdfElement, PdfElement]
    strips: tuple[tuple[float, Slab], ...]
    first: int
    width: float
    code: str = ""

    def paint(self, page: PdfPage, _y: float) -> None:
        """Draws all of it; where the flow has come to does not matter."""
        for y, slab in self.strips[: self.first]:
            slab.paint(page, y)
        self._code(page, self.figures[0], CODE_ABOVE, self.width - _EDGE - SIDE, A4[1] - _EDGE - SIDE)
        for y, slab in self.strips[self.first :]:
            slab.paint(page, y)
        self._code(page, self.figures[1], CODE_BELOW, _EDGE, Style().bottom + 1 * MM)

    def _code(self, page: PdfPage, figure: PdfElement, name: str, x: float, y: float) -> None:
        box = b"[%.2f %.2f %.2f %.2f]" % (x, y, x + SIDE, y + SIDE)
        figure.attributes += attributes("Layout", {"BBox": box})
        with page.tagged(figure):
            page.code.append(path(self.code, x, y, SIDE))
        self.pdf.placed.append(PlacedSquare(name, page, x, y, SIDE))


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets the parts of a form in their columns, and shares the slabs out over pages."""

    pdf: TaggedPdf
    style: Style
    parent: PdfElement
    overleaf: str

    def pages(self, head: Sequence[b.Block], body: Sequence[b.Block], foot: Sequence[b.Block]) -> Iterator[_CodedPage]:
        """As many as it takes; the foot stands on the last."""
        style, right = self.style, self.style.page[0]
        top, low = style.page[1] - _TOP, style.bottom + 1 * MM
        width_beside_code = right - _EDGE - SIDE - _QUIET - style.left
        heads = list(set_blocks(self.pdf, style, head, PdfPlace(self.parent, style.left, width_beside_code)))
        above = self._figure()
        bodies = list(set_blocks(self.pdf, style, body, PdfPlace(self.parent, style.left, style.width)))
        start = _EDGE + SIDE + _QUIET
        feet = list(set_blocks(self.pdf, style, foot, PdfPlace(self.parent, start, right - style.left - start)))
        tall = sum(slab.height + slab.before for slab in feet) - (feet[0].before if feet else 0.0)
        need = max(SIDE + _QUIET * 0.9, tall + style.gap)
        strips, y = _stacked(heads, top)
        y = min(y - style.gap, style.page[1] - _EDGE - SIDE - _QUIET)
        groups = _groups(bodies)
        while True:
            first = len(strips)
            foot_of_body = _fill(groups, strips, y, low + SIDE + _QUIET * 0.9)
            fits = not groups and foot_of_body >= low + need
            if fits:
                strips += _stacked(feet, low + need - style.gap / 2)[0]
            else:  # beside the lower code, where the foot stands on the last page
                strips += _stacked(
                    list(set_blocks(self.pdf, style, [_GOES_ON], PdfPlace(self.parent, start, right - style.left - start))), low + SIDE / 2
                )[0]
            yield _CodedPage(self.pdf, (above, self._figure()), tuple(strips), first, right)
            if fits:
                return
            if not groups and len(strips) == first:
                raise TooLong(_("A form is too long to be printed with its codes. Shorten what it says."))
            goes_on = list(
                set_blocks(
                    self.pdf,
                    style,
                    [b.Para(b.Run(self.overleaf, bold=True))] if self.overleaf else [],
                    PdfPlace(self.parent, style.left, width_beside_code),
                )
            )
            strips, y = _stacked(goes_on, top)
            above = self._figure()
            y = min(y - style.gap, style.page[1] - _EDGE - SIDE - _QUIET)

    def _figure(self) -> PdfElement:
        return self.pdf.element(
            self.parent, "Figure", alternative(_("Code of this page, for the office’s reader. It holds a number and nothing else."))
        )


def _stacked(slabs: Sequence[Slab], y: float) -> tuple[list[tuple[float, Slab]], float]:
    """Slabs one under the other from ``y``, and where they end."""
    strips = []
    for index, slab in enumerate(slabs):
        y -= slab.before if index else 0.0
        strips.append((y, slab))
        y -= slab.height
    return strips, y


def _groups(slabs: Sequence[Slab]) -> list[list[Slab]]:
    """Slabs that stay together on one page."""
    groups: list[list[Slab]] = [[]]
    for slab in slabs:
        if slab.breaks:
            continue
        groups[-1].append(slab)
        if not slab.keep:
            groups.append([])
    return [group for group in groups if group]


def _fill(groups: list[list[Slab]], strips: list[tuple[float, Slab]], y: float, low: float) -> float:
    """Take as many groups as there is room for down to ``low``; where they end. Of one that no page holds, what there is room for, so that it goes on."""
    fresh = True
    while groups:
        height = sum(slab.height + slab.before for slab in groups[0]) - (groups[0][0].before if fresh else 0.0)
        if y - height < low:
            if not fresh:
                return y
            groups[:1] = _broken(groups[0], y - low)
        for slab in groups.pop(0):
            y -= 0.0 if fresh else slab.before
            strips.append((y, slab))
            y -= slab.height
            fresh = False
    return y


def _broken(group: list[Slab], room: float) -> list[list[Slab]]:
    """A group that is too tall for a page, in two: as many of its slabs as there is room for, one at least, and the rest."""
    height, count = group[0].height, 1
    while count < len(group) and height + group[count].before + group[count].height <= room:
        height += group[count].before + group[count].height
        count += 1
    return [part for part in (group[:count], group[count:]) if part]
