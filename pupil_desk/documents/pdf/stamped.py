"""A stamp on pages that were not made here: a paper on file, as it is shown and printed. The paper kept is not touched."""

from functools import cache
from io import BytesIO
from typing import Any

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.page import draw_stamp
from pupil_desk.documents.pdf.style import MM
from pupil_desk.documents.pdf.tagged import TaggedPdf
from pupil_desk.documents.reading.pdfium import PDFIUM

_WIDTH, _HEIGHT = 190 * MM, 8 * MM
_LEFT, _TOP = 8 * MM, 3 * MM


def stamped(data: bytes, words: str) -> bytes:
    """The pages with a line at the head of each, as it is seen; without words as they are. Raises Known where it cannot be laid over them."""
    if not words:
        return data
    import pikepdf

    try:
        return _laid_over(data, words)
    except pikepdf.PdfError:
        pass  # PDFium, which has shown that it can read them, writes them anew
    try:
        return _laid_over(_anew(data), words)
    except pikepdf.PdfError as error:
        raise Known(
            _("The line that a protection asks for cannot be put on this paper’s pages. Ask a data officer to save a copy of it.")
        ) from error


def _laid_over(data: bytes, words: str) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(data)) as file, pikepdf.open(BytesIO(_strip(words))) as strip:
        for page in file.pages:
            page.add_overlay(strip.pages[0], pikepdf.Rectangle(*_place(page)))
        out = BytesIO()
        file.save(out)
    return out.getvalue()


def _place(page: Any) -> tuple[float, float, float, float]:
    """The strip's place at the upper edge as the page is seen, in its own measures: it may be turned."""
    left, foot, right, head = (float(edge) for edge in page.cropbox)
    rotation = int(page.get("/Rotate", 0)) % 360
    long = min(_WIDTH, (head - foot if rotation in (90, 270) else right - left) - 2 * _LEFT)
    tall = _HEIGHT * long / _WIDTH
    return {
        0: (left + _LEFT, head - _TOP - tall, left + _LEFT + long, head - _TOP),
        90: (left + _TOP, foot + _LEFT, left + _TOP + tall, foot + _LEFT + long),
        180: (right - _LEFT - long, foot + _TOP, right - _LEFT, foot + _TOP + tall),
        270: (right - _TOP - tall, head - _LEFT - long, right - _TOP, head - _LEFT),
    }[rotation]


def _anew(data: bytes) -> bytes:
    import pypdfium2

    out = BytesIO()
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        try:
            pdf.save(out)
        finally:
            pdf.close()
    return out.getvalue()


@cache
def _strip(words: str) -> bytes:
    """The line alone on a page of its own size, which is laid over the others."""
    pdf = TaggedPdf(width=_WIDTH, height=_HEIGHT)
    draw_stamp(pdf, pdf.new_page(), words, 6, _HEIGHT - 5, element=None)
    return pdf.finish(title=words, subject="", lang="en-GB")
