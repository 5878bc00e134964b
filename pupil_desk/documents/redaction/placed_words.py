"""Where the words of a page stand that a kept paper carries with it: read in the child process, as everything of such a paper is.

Sources: PDFium's fpdf_text.h (boxes of letters in the page's own measures, those that it puts in by itself have none) and
``FPDF_PageToDevice`` of fpdfview.h (the same on the page as it is seen, turned and cut as the page says).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.apart.reader import apart
from pupil_desk.documents.reading.page_pictures import opened
from pupil_desk.documents.reading.read_back import PDFIUM
from pupil_desk.domain.requests.boxes import WHOLE, PageArea

_MOST_LETTERS = 100_000  # of one page; a page that is closely printed has 6,000


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word: where it stands in the page's text, and on the page."""

    start: int
    stop: int
    area: PageArea


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """The text of a page, and its words in their order; a word of which no letter has a place is left out."""

    text: str
    words: tuple[PlacedWord, ...]


@apart("words of a page", raises=(ValueError,), refuse=lambda failed: ValueError(failed.message))
def placed_words(data: bytes, number: int) -> PlacedPage:
    """A page of a paper from outside, from 0. Raises ValueError for one that cannot be read."""
    pdf = opened(data)
    try:
        return _placed(pdf, number)
    finally:
        pdf.close()


def _placed(pdf: Any, number: int) -> PlacedPage:
    import pypdfium2.raw as pdfium

    with PDFIUM:
        page = pdf[number]
        letters = page.get_textpage()
        letter_count = min(_MOST_LETTERS, letters.count_chars())
        text = "".join(_letter(pdfium.FPDFText_GetUnicode(letters, index)) for index in range(letter_count))
        words = tuple(
            PlacedWord(start, stop, area)
            for start, stop in _stretches(text)
            if (area := _area_of(page, letters, range(start, stop))) is not None
        )
        letters.close()
        page.close()
    return PlacedPage(text, words)


def _letter(code: int) -> str:
    """One sign for one letter, so that places in the text are those of letters; half of a pair that UTF-16 needs is none."""
    return "-" if code == 0xFFFE else chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for index, letter in enumerate((*text, " ")):
        if letter.isspace():
            if start is not None:
                yield start, index
            start = None
        elif start is None:
            start = index


def _area_of(page: Any, letters: Any, indices: range) -> PageArea | None:
    areas = [area for index in indices if (area := _letter_area(page, letters, index)) is not None]
    if not areas:
        return None
    whole_word = areas[0]
    for area in areas[1:]:
        whole_word = whole_word.joined_with(area)
    return whole_word


def _letter_area(page: Any, letters: Any, index: int) -> PageArea | None:
    """Where a letter may be drawn: the room of its face, and its own outline where that goes beyond it."""
    import pypdfium2.raw as pdfium

    room, edges = pdfium.FS_RECTF(), [ctypes.c_double() for _edge in range(4)]
    if not pdfium.FPDFText_GetLooseCharBox(letters, index, room):
        return None
    sides = [(room.left, room.bottom), (room.right, room.top)]
    if pdfium.FPDFText_GetCharBox(letters, index, *edges):
        left, right, bottom, top = (edge.value for edge in edges)
        sides += [(left, bottom), (right, top)]
    x_parts, y_parts = zip(*(_on_page(page, x, y) for x, y in sides), strict=True)
    area = PageArea(left=min(x_parts), top=min(y_parts), right=max(x_parts), bottom=max(y_parts))
    return area if area.size else None


def _on_page(page: Any, x: float, y: float) -> tuple[int, int]:
    import pypdfium2.raw as pdfium

    x_parts, y_parts = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, WHOLE, WHOLE, 0, x, y, x_parts, y_parts)
    return max(0, min(WHOLE, x_parts.value)), max(0, min(WHOLE, y_parts.value))
