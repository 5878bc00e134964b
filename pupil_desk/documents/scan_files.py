"""Scanned papers, page by page as grey pictures: a PDF of a stack, pictures one a page, or a picture file of many pages.

One page is in memory at a time. What comes from outside is looked at before it is unpacked: which kind it is, how many dots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents.pdfium import PDFIUM

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 200
"""At which pages of a PDF are drawn: the usual setting of an office scanner."""
MOST_PAGES = 1000
"""Of one file: two reams."""
MOST_BYTES = 400_000_000
"""Of one file, which is held in memory whole while its pages are read."""
_MOST_DOTS = 45_000_000  # of one picture: A4 at 600 dots to the inch is 35
_LONGEST_SIDE = 2600  # dots that are looked at: A4 at 220 to the inch
_KINDS = ("PNG", "JPEG", "TIFF")


class UnreadableScan(Known):
    """A file is no scan that can be read."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What is in a file: its bytes, and how many pages it has."""

    data: bytes
    pages: int


def open_scan(data: bytes) -> Scan:
    """Look into a file. Raises UnreadableScan."""
    count = _pages_of_pdf(data) if data.startswith(b"%PDF-") else _pages_of_picture(data)
    if not 0 < count <= MOST_PAGES:
        raise UnreadableScan(_("This scan has no pages, or more than {most}. Scan a smaller stack.").format(most=MOST_PAGES))
    return Scan(data, count)


def pages_of(scan: Scan) -> Iterator["Image | None"]:
    """Its pages, in order, in grey; None for one that cannot be drawn. Each is let go before the next is asked for."""
    return _drawn_pages(scan) if scan.data.startswith(b"%PDF-") else _picture_pages(scan)


def _pages_of_pdf(data: bytes) -> int:
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableScan(_("This PDF cannot be read: it is damaged, or it needs a password. Scan the stack again.")) from error
        count = len(pdf)
        pdf.close()
    return count


def _drawn_pages(scan: Scan) -> Iterator["Image | None"]:
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(scan.data)
    try:
        for number in range(scan.pages):
            with PDFIUM:
                drawn = _drawn(pdf, number)
            yield drawn
    finally:
        with PDFIUM:
            pdf.close()


def _drawn(pdf: object, number: int) -> "Image | None":
    import pypdfium2
    from PIL import Image

    try:
        page = pdf[number]  # type: ignore[index]  # pypdfium2 has no types
        longest = max(page.get_size())
        scale = min(DOTS_PER_INCH / 72, _LONGEST_SIDE / longest) if longest > 0 else 0.0
        if not scale:
            return None
        bitmap = page.render(scale=scale, grayscale=True)
        picture = Image.frombytes("L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride)
        bitmap.close()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return picture


def _pages_of_picture(data: bytes) -> int:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_KINDS) as picture:
            return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1  # others hold a second one for a screen
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableScan(_("This file is no scan: choose a PDF, or pictures as PNG, JPEG or TIFF.")) from error


def _picture_pages(scan: Scan) -> Iterator["Image | None"]:
    from PIL import Image

    with Image.open(BytesIO(scan.data), formats=_KINDS) as picture:
        for number in range(scan.pages):
            yield _frame(picture, number)


def _frame(picture: "Image", number: int) -> "Image | None":
    from PIL import Image, ImageOps

    try:
        picture.seek(number)
        if picture.width * picture.height > _MOST_DOTS:
            return None
        upright = ImageOps.exif_transpose(picture)
        if "A" in upright.getbands() or "transparency" in upright.info:
            seen = upright.convert("RGBA")
            white = Image.new("RGBA", seen.size, "white")
            upright = Image.alpha_composite(white, seen)
        grey = upright.convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    longest = max(grey.size)
    if longest > _LONGEST_SIDE:
        share = _LONGEST_SIDE / longest
        grey = grey.resize((max(1, round(grey.width * share)), max(1, round(grey.height * share))), Image.Resampling.BOX)
    return grey
