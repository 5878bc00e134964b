"""A kept paper made anew of pictures of its pages: nothing of the file that it was goes over but how each page looks, boxes and all.

In a box stands what it says there, if there is room, and beneath each page with boxes how many there are and why, so that no reason is lost.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Run
from pupil_desk.documents.pdf.style import A4, INK
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, TaggedPdf, alternative
from pupil_desk.documents.pdf.write import Writer
from pupil_desk.documents.redaction.pixels import PageImage
from pupil_desk.documents.typography.lines import TextManner, break_lines, text_width
from pupil_desk.domain.requests.boxes import WHOLE, PageArea

TITLE = _("A paper kept, with places withheld")
"""What the file says of itself: it names nobody."""

_WHITE = b"1 1 1 rg"
_SIZES = (9.0, 8.0, 7.0, 6.0)  # points: the largest that has room in its box
_LEADING = 1.2
_INSET = 2.0  # points between the edge of a box and its words
_FOOT = TextManner(8, 10, ink=INK)
_MARGIN = 12.0  # points around the line beneath the page


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """A box: where it stands, what it says, and what it says where there is no room for that."""

    area: PageArea
    words: str
    short_words: str


@dataclass(frozen=True, slots=True)
class PageAnew:
    """A page as it goes out: its picture, its size in points, its boxes in the order in which they are read."""

    image: PageImage
    width: float
    height: float
    boxes: tuple[PrintedBox, ...]


def foot_words(boxes: Sequence[PrintedBox]) -> str:
    """What stands beneath a page: how many boxes it has, by what they say; empty for none."""
    if not boxes:
        return ""
    counts = Counter(box.words for box in boxes)
    lines = [f"{count_of(number, _('place'), _('places'))} {words}" for words, number in counts.items()]
    return _("On this page boxes cover {places}.").format(places=join_words(lines))


def words_on(page_boxes: Sequence[PrintedBox]) -> str:
    """All that the text of a page can say, at most: its foot, and of each box the longer words and the shorter."""
    return " ".join((foot_words(page_boxes), *(f"{box.words} {box.short_words}" for box in page_boxes)))


def paper_anew(pages: Iterable[PageAnew], page_count: int, *, lang: str = "en-GB") -> bytes:
    """The paper as a PDF. The pages are taken one by one, and none is held once it is laid. Raises CannotPrint."""
    pdf = TaggedPdf(width=A4[0], height=A4[1])
    for number, page in enumerate(pages, start=1):
        _lay(pdf, page, _("Page {number} of {all}, as a picture").format(number=number, all=page_count))
        pdf.settle_pages()
    return pdf.finish(title=TITLE, subject="", lang=lang)


def _lay(pdf: TaggedPdf, page: PageAnew, alternative_text: str) -> None:
    words = foot_words(page.boxes)
    lines = break_lines((Run(words),), _FOOT, page.width - 2 * _MARGIN) if words else ()
    foot = len(lines) * _FOOT.leading + _MARGIN if lines else 0.0
    sheet = pdf.new_page()
    sheet.size = (page.width, page.height + foot)
    figure = pdf.element(pdf.document, "Figure", alternative(alternative_text) + _bounds(page, foot))
    with sheet.tagged(figure):
        name = pdf.picture(_add_image(pdf, page.image))
        sheet.code.append(b"q %.3f 0 0 %.3f 0 %.3f cm %s Do Q" % (page.width, page.height, foot, name))
    for box in page.boxes:
        _label(pdf, sheet, box, page, foot)
    if lines:
        writer, top = Writer(pdf, pdf.element(pdf.document, "P"), _FOOT), foot - _MARGIN / 2
        for line in lines:
            writer.line(sheet, line, _MARGIN, top)
            top -= _FOOT.leading


def _add_image(pdf: TaggedPdf, image: PageImage) -> int:
    colours = b"/DeviceGray" if image.is_grey else b"/DeviceRGB"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode"
    return pdf.file.add_plain_stream(image.data, entries % (image.width, image.height, colours))


def _bounds(page: PageAnew, foot: float) -> bytes:
    return b"/A<</O/Layout/BBox[0 %.2f %.2f %.2f]/Placement/Block>>" % (foot, page.width, page.height + foot)


def _label(pdf: TaggedPdf, sheet: PdfPage, box: PrintedBox, page: PageAnew, foot: float) -> None:
    """The words of a box within it, as large as they have room; those that have none stand beneath the page alone."""
    left, top = box.area.left * page.width / WHOLE, foot + page.height - box.area.top * page.height / WHOLE
    room = ((box.area.right - box.area.left) * page.width / WHOLE, (box.area.bottom - box.area.top) * page.height / WHOLE)
    for words in (box.words, box.short_words):
        for size in _SIZES:
            manner = TextManner(size, size * _LEADING, ink=_WHITE)
            width = text_width((Run(words),), manner)
            if width + 2 * _INSET <= room[0] and manner.leading <= room[1]:
                (line,) = break_lines((Run(words),), manner, width + 1)
                element: PdfElement = pdf.element(pdf.document, "P")
                Writer(pdf, element, manner).line(sheet, line, left + _INSET, top - (room[1] - manner.leading) / 2)
                return
