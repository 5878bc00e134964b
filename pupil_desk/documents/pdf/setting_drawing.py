"""Drawings set on the page as lines: one figure of the structure tree, whose alternative text says what is in it."""

from collections.abc import Iterator

from pupil_desk.documents import blocks as b
from pupil_desk.documents.drawing import Drawing, Oval
from pupil_desk.documents.pdf.flow import PdfPlace, Slab
from pupil_desk.documents.pdf.style import INK, Style
from pupil_desk.documents.pdf.tagged import PdfPage, TaggedPdf, alternative, attributes
from pupil_desk.documents.pdf.write import baseline, show_span
from pupil_desk.documents.typography.lines import TextManner, break_lines, text_width

_STEP = 1.2  # points to a step of the grid, or less where the column is narrower
_RING = 5.0  # of the grid: half as wide as the ring of a spot
_CURVE = 0.5523  # of the half axis: the handles of the four curves that make an ellipse
_LINE = b"0.32 0.35 0.39 RG 0.7 w 1 1 1 rg"
_MARK = b"0.62 0.07 0.09 RG 1.2 w 1 1 1 rg"


def set_drawing(pdf: TaggedPdf, style: Style, block: Drawing, place: PdfPlace) -> Iterator[Slab]:
    """The slab of a drawing, whole on one page."""
    step = min(_STEP, place.width / block.width)
    tall = block.height * step
    figure = pdf.element(place.parent, "Figure", alternative(block.alt))
    manner = TextManner(style.base * 0.75, style.base * 0.95, ink=INK)

    def paint(page: PdfPage, y: float) -> None:
        box = b"[%.2f %.2f %.2f %.2f]" % (place.x, y - tall, place.x + block.width * step, y)
        figure.attributes += attributes("Layout", {"BBox": box, "Placement": b"/Block"})
        with page.tagged(figure):
            page.code.append(b"\n".join(_operators(pdf, block, manner, place.x, y, step=step)))

    yield Slab(tall, paint, before=style.gap)


def _operators(pdf: TaggedPdf, block: Drawing, manner: TextManner, x: float, y: float, *, step: float) -> Iterator[bytes]:
    for oval in block.ovals:
        yield b"q %s %s B Q" % (_LINE, _ellipse(oval, x, y, step))
    for spot in block.spots:
        yield b"q %s %s B Q" % (_MARK, _ellipse(Oval(spot.x, spot.y, _RING, _RING), x, y, step))
        wide = text_width((b.Run(spot.words),), manner)
        yield _words(pdf, spot.words, manner, x + spot.x * step - wide / 2, y - spot.y * step + manner.leading / 2)
    for caption in block.captions:
        yield _words(pdf, caption.words, manner, x + caption.x * step, y - caption.y * step)


def _ellipse(oval: Oval, x: float, y: float, step: float) -> bytes:
    """The path of an ellipse, as four curves."""
    middle_x, middle_y = x + oval.x * step, y - oval.y * step
    wide, tall = oval.half_width * step, oval.half_height * step
    path = [b"%.2f %.2f m" % (middle_x + wide, middle_y)]
    for cos, sin in ((1, 0), (0, 1), (-1, 0), (0, -1)):  # from each quarter to the next, the other way round the clock
        ends = ((cos - _CURVE * sin, sin + _CURVE * cos), (-sin + _CURVE * cos, cos + _CURVE * sin), (-sin, cos))
        path.append(b" ".join(b"%.2f %.2f" % (middle_x + wide * ray_x, middle_y + tall * ray_y) for ray_x, ray_y in ends) + b" c")
    return b" ".join(path)


def _words(pdf: TaggedPdf, words: str, manner: TextManner, x: float, y: float) -> bytes:
    (line,) = break_lines((b.Run(words),), manner, 1000.0)[:1]
    pdf.use(line.characters_by_font)
    return b" ".join(show_span(span, manner.ink, x, baseline(manner, y)) for span in line.spans)
