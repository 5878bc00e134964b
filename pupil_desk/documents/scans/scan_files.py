"""Scanned papers, page by page as grey pictures: a PDF of a stack, pictures one a page, or a picture file of many pages.

One page is in memory at a time. What comes from outside is looked at before it is unpacked: which kind it is, how many dots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pupil_desk.basics.apart.failure import ReaderFailed
from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.errors import Known
from pupil_desk.basics.filekinds import FileKind, file_kind, looks_like
from pupil_desk.basics.quiet import quiet
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.pdf_limits import PdfTooLarge, refuse_over_limits
from pupil_desk.documents.reading.read_back import PDFIUM

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
_PICTURES = (FileKind.PNG, FileKind.JPEG, FileKind.TIFF)
_MOST_BROKEN = 3  # pages of one file that may break their reader
_STRIP = 256  # rows
_SCAN_OF_JPEG, _MOST_SCANS = b"\xff\xda", 200  # times that all dots are gone through: one, or about ten, is usual
_ORIENTATION = 0x0112  # the tag of EXIF that says which side is up
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # by it, the number of Pillow's way of turning


class UnreadableScan(Known):
    """A file is no scan that can be read."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What is in a file: its bytes, and how many pages it has."""

    data: bytes
    pages: int


def open_scan(data: bytes) -> Scan:
    """Look into a file. Raises UnreadableScan."""
    count = page_count(data)
    if not 0 < count <= MOST_PAGES:
        raise UnreadableScan(_("This scan has no pages, or more than {most}. Scan a smaller stack.").format(most=MOST_PAGES))
    return Scan(data, count)


@apart("pages of a scan", raises=(UnreadableScan,), refuse=lambda failed: UnreadableScan(failed.message))
def page_count(data: bytes) -> int:
    """How many pages a file has. Raises UnreadableScan."""
    return _pages_of_pdf(data) if data.startswith(b"%PDF-") else _pages_of_picture(data)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as it was drawn: its size in dots, and a byte of grey for each."""

    width: int
    height: int
    grey: bytes


def pages_of(scan: Scan) -> Iterator["Image | None"]:
    """Its pages, in order, in grey; None for one that cannot be drawn. Each is let go before the next is asked for.

    One that breaks its reader, or takes too long, is such a one; after some of them the rest of the file is not tried any more.
    """
    from PIL import Image

    number, broken_count = 0, 0
    while number < scan.pages and broken_count < _MOST_BROKEN:
        try:
            for page in drawn_pages(scan.data, number, scan.pages):
                number += 1
                yield Image.frombytes("L", (page.width, page.height), page.grey) if page else None
        except ReaderFailed:
            number, broken_count = number + 1, broken_count + 1
            yield None
    yield from [None] * (scan.pages - number)


@apart("scan", refuse=lambda failed: failed)
def drawn_pages(data: bytes, first: int, count: int) -> Iterator[DrawnPage | None]:
    """The pages of a file from one on, counted from 0."""
    pictures = _drawn_pages if data.startswith(b"%PDF-") else _picture_pages
    for picture in pictures(data, range(first, count)):
        yield DrawnPage(*picture.size, picture.tobytes()) if picture else None


def _pages_of_pdf(data: bytes) -> int:
    import pypdfium2

    try:
        refuse_over_limits(data)
    except PdfTooLarge as error:
        raise UnreadableScan(
            _("This PDF holds far more than a scan does, and would take too long to draw. It is not read. Scan the papers again.")
        ) from error
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableScan(_("This PDF cannot be read: it is damaged, or it needs a password. Scan the stack again.")) from error
        count = len(pdf)
        pdf.close()
    return count


def _drawn_pages(data: bytes, numbers: range) -> Iterator["Image | None"]:
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            with PDFIUM:
                picture = _drawn_page(pdf, number)
            yield picture
    finally:
        with PDFIUM:
            pdf.close()


def _drawn_page(pdf: object, number: int) -> "Image | None":
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
    from PIL import Image

    try:
        with quiet(), Image.open(BytesIO(data), formats=_KINDS) as picture:
            kind = picture.format
            count = _frame_count(picture) if kind == "TIFF" else 1  # others hold a second one for a screen
    except Exception as error:
        raise _no_scan(data) from error
    if kind == "JPEG" and data.count(_SCAN_OF_JPEG) > _MOST_SCANS:
        raise UnreadableScan(_("This picture would take too long to unpack, as no scan does. It is not read. Scan the paper again."))
    return count


def _no_scan(data: bytes) -> UnreadableScan:
    """Of what could not be opened as a picture: what it is, and whether it is one that is damaged."""
    kind = file_kind(data)
    if kind in _PICTURES:
        words = _("This picture ({name}) is damaged or cut short. Copy it again from the scanner, or scan the paper again.")
        return UnreadableScan(words.format(name=kind.name))
    if kind is FileKind.EMPTY:
        return UnreadableScan(_("The file is empty: there is nothing in it. Copy it again from the scanner, or scan the paper again."))
    words = _("This file is no scan, and looks like {what}. Choose a PDF, or pictures as PNG, JPEG or TIFF.")
    return UnreadableScan(words.format(what=looks_like(data)))


def _frame_count(picture: "Image") -> int:
    """How many pages a picture has; one more than are read, where it has more."""
    for number in range(MOST_PAGES + 1):
        try:
            picture.seek(number)
        except EOFError:
            return number
    return MOST_PAGES + 1


def _picture_pages(data: bytes, numbers: range) -> Iterator["Image | None"]:
    from PIL import Image

    with quiet():
        picture = Image.open(BytesIO(data), formats=_KINDS)
    with picture:
        for number in numbers:
            with quiet():
                page = _frame(picture, number)
            yield page


def _grey(picture: "Image") -> "Image":
    """In grey over white, by strips: no second copy in colours is in memory."""
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("L")
    grey = Image.new("L", picture.size, "white")
    for top in range(0, picture.height, _STRIP):
        strip = picture.crop((0, top, picture.width, min(picture.height, top + _STRIP))).convert("RGBA")
        grey.paste(strip.convert("L"), (0, top), strip.getchannel("A"))
    return grey


def _frame(picture: "Image", number: int) -> "Image | None":
    from PIL import Image

    try:
        picture.seek(number)
        if picture.width * picture.height > _MOST_DOTS:
            return None
        grey = _grey(picture)
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
        if turn is not None:
            grey = grey.transpose(Image.Transpose(turn))
    except Exception:  # noqa: BLE001 - of a page that is damaged Pillow raises nearly anything; the others are read
        return None
    longest = max(grey.size)
    if longest > _LONGEST_SIDE:
        share = _LONGEST_SIDE / longest
        grey = grey.resize((max(1, round(grey.width * share)), max(1, round(grey.height * share))), Image.Resampling.BOX)
    return grey
