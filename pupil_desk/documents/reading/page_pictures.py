"""The pages of a PDF as pictures, drawn by pypdfium2: of our own papers here, of one from outside in the child process."""

import math
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.apart.reader import apart
from pupil_desk.documents.reading.read_back import PDFIUM

POINT = 72.0  # points to the inch
MOST_DOTS = 50_000_000
"""Of one page drawn, four bytes each; a larger one is drawn coarser."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page before it is drawn: its size in points, and its words, for a screen reader."""

    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is drawn: its size in dots, the bytes of a row, and four bytes a dot."""

    width: int
    height: int
    stride: int
    dots: bytes


def opened(data: bytes) -> Any:
    """A PDF that is open for drawing, with what was typed into its forms."""
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        if pdf.get_formtype():
            pdf.init_forms()  # or what was typed into a form is not drawn; no script is run, the library has none
    return pdf


def facts_of(pdf: Any, number: int) -> PageFacts:
    """A page, from 0, before it is drawn."""
    with PDFIUM:
        width, height = pdf.get_page_size(number)
        page = pdf[number]
        text = page.get_textpage()
        words = str(text.get_text_bounded())
        text.close()
        page.close()
    return PageFacts(float(width), float(height), words)


def drawn(pdf: Any, number: int, dots_per_inch: float, most: int | None = None) -> PagePicture:
    """A page, from 0, with so many dots to the inch."""
    with PDFIUM:
        width, height = pdf.get_page_size(number)
        scale = min(dots_per_inch / POINT, math.sqrt((most or MOST_DOTS) / max(1.0, width * height)))
        page = pdf[number]
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        picture = PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
    return picture


@apart("facts of pages", refuse=lambda failed: failed)
def page_facts(data: bytes) -> tuple[PageFacts, ...]:
    """All pages of a paper from outside that was kept."""
    pdf = opened(data)
    try:
        return tuple(facts_of(pdf, number) for number in range(len(pdf)))
    finally:
        pdf.close()


@apart("picture of a page", refuse=lambda failed: failed)
def page_picture(data: bytes, number: int, dots_per_inch: float, most: int) -> PagePicture:
    """A page of such a paper."""
    pdf = opened(data)
    try:
        return drawn(pdf, number, dots_per_inch, most)
    finally:
        pdf.close()
