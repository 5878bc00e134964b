"""Charts drawn into the page as lines and areas: one figure of the structure tree, whose alternative text says what is in it.

Nothing in a chart is told by colour alone: each bar has its number beside it, and a number that is hidden has an empty box.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.documents import blocks as b
from pupil_desk.documents.pdf.flow import PdfPlace, Slab
from pupil_desk.documents.pdf.style import HEAD_INK, INK, QUIET_INK, RULE, Style
from pupil_desk.documents.pdf.tagged import PdfPage, TaggedPdf, alternative, attributes
from pupil_desk.documents.pdf.write import baseline, show_span
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, text_width

_LABELS = 0.4  # of the width, at most
_BAR = 0.62  # of a row's height
_HIDDEN = 10.0  # points: the box that stands for a hidden number
_PLOT = 150.0  # points: height of a line chart
_GAP = 6.0


def set_chart(pdf: TaggedPdf, style: Style, block: b.Chart, place: PdfPlace) -> Iterator[Slab]:
    """The slab of a chart; bars that would not fit on one page go on overleaf, as a further figure with the same words."""
    if block.is_line:
        yield _slab(pdf, place, block.alt, _LineChart(pdf, style, block, place), before=style.gap * 1.4)
        return
    bars = _bars(pdf, style, block, place)
    for index, part in enumerate(bars.parts(style.top - style.bottom)):
        yield _slab(pdf, place, block.alt, part, before=0.0 if index else style.gap * 1.4)


def _slab(pdf: TaggedPdf, place: PdfPlace, alt: str, drawing: "_BarChart | _LineChart", *, before: float) -> Slab:
    figure = pdf.element(place.parent, "Figure", alternative(alt))

    def paint(page: PdfPage, y: float) -> None:
        box = b"[%.2f %.2f %.2f %.2f]" % (place.x, y - drawing.height, place.x + place.width, y)
        figure.attributes += attributes("Layout", {"BBox": box, "Placement": b"/Block"})
        with page.tagged(figure):
            page.code.append(drawing.draw(y))

    return Slab(drawing.height, paint, before=before)


@dataclass(frozen=True, slots=True)
class _BarChart:
    """Bars lying one under the other: label, bar, number. ``label`` and ``room`` are the widths of the names and of the bars."""

    pdf: TaggedPdf
    maximum: float
    x: float
    manner: TextManner
    label: float
    room: float
    rows: Sequence[tuple[b.Bar, tuple[TextLine, ...]]]

    @property
    def height(self) -> float:
        """In points."""
        return sum(self._tall(lines) for _bar, lines in self.rows)

    def _tall(self, lines: Sequence[TextLine]) -> float:
        return self.manner.leading * (len(lines) + 0.45)

    def parts(self, room: float) -> "Iterator[_BarChart]":
        """Itself, or as many pieces as fit on a page each."""
        rows, tall = list[tuple[b.Bar, tuple[TextLine, ...]]](), 0.0
        for row in self.rows:
            if rows and tall + self._tall(row[1]) > room:
                yield replace(self, rows=rows)
                rows, tall = [], 0.0
            rows.append(row)
            tall += self._tall(row[1])
        yield replace(self, rows=rows)

    def draw(self, y: float) -> bytes:
        """The operators that draw it from ``y`` down."""
        out = []
        for bar, lines in self.rows:
            tall, left = self._tall(lines), self.x + self.label
            top = y - (tall - len(lines) * self.manner.leading) / 2
            out += [
                _text(self.pdf, line, self.manner, self.x, top - line_number * self.manner.leading)
                for line_number, line in enumerate(lines)
            ]
            thick = self.manner.leading * _BAR
            long = _HIDDEN if bar.size is None else self.room * bar.size / self.maximum
            manner = b"%s %.2f %.2f %.2f %.2f re f" if bar.size is not None else b"%s 0.8 w %.2f %.2f %.2f %.2f re S"
            if bar.size is not None or bar.is_hidden:
                ink = HEAD_INK if bar.size is not None else b"0.32 0.35 0.39 RG"
                out.append(b"q " + manner % (ink, left, y - (tall + thick) / 2, long, thick) + b" Q")
            (words,) = break_lines((b.Run(bar.words),), self.manner, self.room)[:1]
            after = left + _GAP + (long if bar.size is not None or bar.is_hidden else 0.0)
            out.append(_text(self.pdf, words, self.manner, after, y - (tall - self.manner.leading) / 2))
            y -= tall
        out.append(b"q %s %.2f %.2f m %.2f %.2f l S Q" % (RULE, self.x + self.label, y, self.x + self.label, y + self.height))
        return b"\n".join(out)


def _bars(pdf: TaggedPdf, style: Style, block: b.Chart, place: PdfPlace) -> _BarChart:
    """The bars of a chart laid out: names as wide as the widest, within bounds, and the numbers beside the bars."""
    manner = TextManner(style.base * 0.86, style.base * 1.12, ink=INK)
    number_width = max((text_width((b.Run(bar.words),), manner) for bar in block.bars), default=0.0)
    name_width = max((text_width((b.Run(bar.label),), manner) for bar in block.bars), default=0.0)
    label = min(name_width, place.width * _LABELS) + _GAP
    rows = [(bar, break_lines((b.Run(bar.label),), manner, label - _GAP)) for bar in block.bars]
    return _BarChart(pdf, block.scale_end or 1.0, place.x, manner, label, room=place.width - label - number_width - _GAP, rows=rows)


class _LineChart:
    """Points in time, joined where none is missing; lines across at nothing, half and the whole of the scale."""

    def __init__(self, pdf: TaggedPdf, style: Style, block: b.Chart, place: PdfPlace) -> None:
        self._pdf, self._block = pdf, block
        self._manner = TextManner(style.base * 0.75, style.base * 0.95, ink=QUIET_INK)
        self._marks = [_number_text(block.scale_end * part) for part in (0, 0.5, 1)]
        wide = max(text_width((b.Run(mark),), self._manner) for mark in self._marks) + _GAP
        self._left, self._wide, self._x = place.x + wide, place.width - wide - _GAP, place.x
        self.height = _PLOT + 2 * self._manner.leading + _GAP

    def draw(self, y: float) -> bytes:
        """The operators that draw it from ``y`` down."""
        top = y - self._manner.leading / 2
        out = []
        for index, mark in enumerate(self._marks):
            high = top - _PLOT * (1 - index / 2)
            out.append(b"q %s %.2f %.2f m %.2f %.2f l S Q" % (RULE, self._left, high, self._left + self._wide, high))
            (line,) = break_lines((b.Run(mark),), self._manner, self._wide)
            out.append(_text(self._pdf, line, self._manner, self._x, high + self._manner.leading / 2))
        out.append(self._points(top))
        out += self._names(top - _PLOT - _GAP / 2)
        return b"\n".join(out)

    def _x_of(self, index: int) -> float:
        return self._left + self._wide * (index / max(1, len(self._block.bars) - 1))

    def _points(self, top: float) -> bytes:
        path, dots, pen = [b"q 0.08 0.22 0.36 RG 1.6 w 1 j"], [], False
        for index, bar in enumerate(self._block.bars):
            if bar.size is None:
                pen = False
                continue
            x, y = self._x_of(index), top - _PLOT * (1 - bar.size / (self._block.scale_end or 1))
            path.append(b"%.2f %.2f %s" % (x, y, b"l" if pen else b"m"))
            dots.append(b"%.2f %.2f 2.4 2.4 re" % (x - 1.2, y - 1.2))
            pen = True
        return b" ".join([*path, b"S", HEAD_INK, *dots, b"f Q"])

    def _names(self, y: float) -> Iterator[bytes]:
        """The names below, as many as have room."""
        widest = max((text_width((b.Run(bar.label),), self._manner) for bar in self._block.bars), default=1.0) + 2 * _GAP
        step = max(1, -(-len(self._block.bars) * int(widest) // max(1, int(self._wide))))
        for index in range(0, len(self._block.bars), step):
            (line,) = break_lines((b.Run(self._block.bars[index].label),), self._manner, self._wide)[:1]
            wide = text_width((b.Run(self._block.bars[index].label),), self._manner)
            yield _text(self._pdf, line, self._manner, min(self._x_of(index), self._left + self._wide - wide), y)


def _number_text(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _text(pdf: TaggedPdf, line: TextLine, manner: TextManner, x: float, y: float) -> bytes:
    pdf.use(line.characters_by_font)
    return b" ".join(show_span(span, manner.ink, x, baseline(manner, y)) for span in line.spans)
