"""Lines of text drawn into the page, each part tied to its structure element, links to their own."""

from dataclasses import dataclass

from pupil_desk.documents.pdf.style import LINK_INK
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, TaggedPdf, language
from pupil_desk.documents.typography.lines import Span, TextLine, TextManner


@dataclass(slots=True)
class Writer:
    """Draws the lines of one paragraph, item or cell. It remembers the link and the language that a line ended in."""

    pdf: TaggedPdf
    element: PdfElement
    manner: TextManner
    _link: PdfElement | None = None
    _href: str | None = None
    _span_element: PdfElement | None = None
    _lang: str = ""

    def line(self, page: PdfPage, line: TextLine, x: float, y: float) -> None:
        """Draws the line with its upper edge at ``y``."""
        self.pdf.use(line.characters_by_font)
        base = baseline(self.manner, y)
        for span in line.spans:
            element = self._in_language(span.lang)
            if span.href is None:
                if self._link is not None:
                    # What follows a link stands after it in the tree too, where a reader of the tree alone looks for it.
                    self._link, element = None, self._stretch(span.lang)
                page.begin(element)
                page.code.append(show_span(span, self.manner.ink, x, base))
                page.end()
            else:
                self._linked(page, element, span, span.href, x, base=base)

    def _in_language(self, lang: str) -> PdfElement:
        """The paragraph itself, or within it the stretch that is in another language."""
        if lang != self._lang:
            self._lang, self._link = lang, None
            return self._stretch(lang)
        return self._span_element or self.element

    def _stretch(self, lang: str) -> PdfElement:
        """A further stretch of the paragraph, of its own in the tree."""
        self._span_element = self.pdf.element(self.element, "Span", language(lang) if lang else b"")
        return self._span_element

    def _linked(self, page: PdfPage, element: PdfElement, span: Span, href: str, x: float, *, base: float) -> None:
        if self._link is None or self._href != href:
            self._link, self._href = self.pdf.element(element, "Link"), href
        size = self.manner.size
        left, right = x + span.x, x + span.x + span.width
        page.begin(self._link)
        page.code.append(show_span(span, LINK_INK, x, base))
        page.code.append(b"q 0.03 0.28 0.55 RG 0.6 w %.2f %.2f m %.2f %.2f l S Q" % (left, base - size * 0.13, right, base - size * 0.13))
        page.end()
        box = (left, base - size * 0.25, right, base + size * 0.8)
        self.pdf.link(page, self._link, box, href, span.words)


def baseline(manner: TextManner, y: float) -> float:
    """Where letters stand in a line whose upper edge is at ``y``."""
    return y - (manner.leading - manner.size) / 2 - manner.size * 0.8


def show_span(span: Span, ink: bytes, x: float, base: float) -> bytes:
    """The operators that show a span."""
    return b"BT %s 1 0 0 1 %.2f %.2f Tm %s ET" % (ink, x + span.x, base, span.show)
