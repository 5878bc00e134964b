"""Papers that came from outside: proved to open, and turned into pages to be shown. All in memory, nothing in them is run.

Our PDFium is built without scripts, and what a PDF would do as it is opened is never asked for: it is painted, and no more.

A stamp on pages that were not made here: a paper on file, as it is shown and printed. The paper kept is not touched.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Para
from pupil_desk.documents.pdf import picture_page
from pupil_desk.documents.pdf.page import build_pdf, draw_stamp
from pupil_desk.documents.pdf.style import MM
from pupil_desk.documents.pdf.tagged import TaggedPdf
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.paper_content import Media, content_of, text_of
from pupil_desk.documents.reading.pdf_limits import PdfTooLarge, refuse_over_limits
from pupil_desk.documents.reading.read_back import PDFIUM
from pupil_desk.documents.typography.fonts import CannotPrint
from pupil_desk.domain.papers.attachment import MOST_PAGES

_PASSWORD = 4  # PDFium's own number for it
_XFA = 2, 3  # forms that only Adobe's program draws: the whole page, or in the foreground
_SMALL = 24  # dots across a page that is drawn for proof
_TEXT_SIZE = 10.5  # points


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file that can be kept: what is kept of it, whether something unseen was left out, and how many pages it has."""

    media: Media
    data: bytes
    cleaned: bool
    pages: int


@apart("paper", raises=(NotKept,), refuse=NotKept.by)
def looked_into(data: bytes) -> PaperFile:
    """What can be kept of a file. Raises NotKept."""
    content = content_of(data)
    return PaperFile(content.media, content.data, content.cleaned, prove(content.media, content.data))


def prove(media: Media, data: bytes) -> int:
    """How many pages it has, once its first is seen to be drawn. Raises NotKept."""
    try:
        return _prove_pdf(data if media is Media.PDF else pages_of(media, data), is_picture=media in (Media.JPEG, Media.PNG))
    except CannotPrint as error:
        raise NotKept("no_letters") from error


def pages_of(media: Media, data: bytes) -> bytes:
    """A paper as a PDF. Raises NotKept, CannotPrint (a plain text with signs that no font of ours has)."""
    return data if media is Media.PDF else _made_pages(media, data)


@apart("pages of a paper", raises=(NotKept, CannotPrint), refuse=NotKept.by)
def _made_pages(media: Media, data: bytes) -> bytes:
    if media is Media.JPEG:
        return picture_page.jpeg_page(data)
    if media is Media.PNG:
        return picture_page.png_page(data)
    return build_pdf(_story(text_of(data)), title="", base_size=_TEXT_SIZE)


def _story(text: str) -> list[Block]:
    """A plain text, paragraph by paragraph, its lines as they are."""
    return [Para(part.expandtabs(4)) for part in text.split("\n\n") if part.strip()]


def _prove_pdf(data: bytes, *, is_picture: bool) -> int:
    import pypdfium2

    if not is_picture:
        try:
            refuse_over_limits(data)
        except PdfTooLarge as error:
            raise NotKept("too_many_dots" if error.dots else "too_much_to_draw") from error
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise NotKept("password" if error.err_code == _PASSWORD else "bad_pdf") from error
        try:
            return _count(pdf, is_picture=is_picture)
        except pypdfium2.PdfiumError as error:
            raise NotKept("bad_picture" if is_picture else "bad_pdf") from error
        finally:
            pdf.close()


def _count(pdf: Any, *, is_picture: bool) -> int:
    page_count = len(pdf)
    if not page_count:
        raise NotKept("no_pages")
    if page_count > MOST_PAGES:
        raise NotKept("too_many_pages")
    if pdf.get_formtype() in _XFA:
        raise NotKept("adobe_form")
    if pdf.count_attachments():
        raise NotKept("files_inside")
    for number in range(page_count):
        page = pdf[number]
        if min(page.get_size()) <= 0:
            raise NotKept("bad_pdf")
        if number == 0:
            _draw(page, is_picture=is_picture)
        page.close()
    return page_count


def _draw(page: Any, *, is_picture: bool) -> None:
    page.render(scale=_SMALL / max(page.get_size())).close()
    if is_picture:
        for page_object in page.get_objects():
            page_object.get_bitmap()  # raises for a picture that cannot be unpacked, which drawing passes over


_WIDTH, _HEIGHT = 190 * MM, 8 * MM
_LEFT, _TOP = 8 * MM, 3 * MM


def stamped(data: bytes, words: str) -> bytes:
    """The pages with a line at the head of each, as it is seen; without words as they are. Raises Known where it cannot be laid over them."""
    return _stamped(data, words) if words else data


@apart("stamp", raises=(Known,), refuse=lambda failed: failed)
def _stamped(data: bytes, words: str) -> bytes:
    import pikepdf

    try:
        return _laid_over(data, words)
    except pikepdf.PdfError:
        pass  # PDFium, which has shown that it can read them, writes them anew
    try:
        return _laid_over(written_anew(data), words)
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


def written_anew(data: bytes) -> bytes:
    """A PDF as the library that draws it writes it: one that others cannot read may be in order then. Raises PdfiumError."""
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
