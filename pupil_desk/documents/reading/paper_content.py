"""What a file is by its content, never by its name; and what of it is kept.

PDF, JPEG, PNG and plain text can be shown from memory, so these are kept. Anything else is refused, in words that say what
to do instead. Pure: bytes in, bytes out. That a PDF can be opened is proved where the library for it is (documents).

The words that a kept paper carries with it, page by page: a scan without a layer of text carries none.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.filekinds import FileKind, file_kind
from pupil_desk.basics.text import control_character
from pupil_desk.basics.words import _
from pupil_desk.documents.reading import jpeg, png
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.read_back import PDFIUM
from pupil_desk.domain.papers.attachment import MOST_BYTES, MOST_TEXT

_TAIL = 1024  # bytes after the end of a PDF that some programs leave; more is something else
_MOST_UNFOLDED = 250_000_000  # bytes of one packed part; a whole scanned page in colour at 600 dots to the inch is 100
_MOST_UNFOLDED_IN_ALL = 1_000_000_000
_STEP = 1 << 20
_STREAM, _END_OF_ONE, _PACKED = b"stream", b"end", b"/Fl"
_PACKED_TWICE = re.compile(rb"/(FlateDecode|Fl)\s*/(FlateDecode|Fl)\b")
_ZIP_END = b"PK\x05\x06"
_ZIP_REACH = 66_000  # bytes from the end in which a ZIP has its own end


class Media(StrEnum):
    """What is kept, by its registered name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TEXT = "text/plain"

    @property
    def words(self) -> str:
        """What people call it."""
        return _WORDS[self]

    @property
    def ending(self) -> str:
        """The ending of a file's name."""
        return _ENDINGS[self]


_WORDS = {Media.PDF: _("PDF"), Media.JPEG: _("Picture (JPEG)"), Media.PNG: _("Picture (PNG)"), Media.TEXT: _("Plain text")}
_ENDINGS = {Media.PDF: ".pdf", Media.JPEG: ".jpg", Media.PNG: ".png", Media.TEXT: ".txt"}


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a file. ``cleaned``: something that is not to be seen, such as where a picture was taken, was left out."""

    media: Media
    data: bytes
    cleaned: bool = False


def content_of(data: bytes) -> Content:
    """What a file holds, checked as far as bytes alone can tell. Raises NotKept."""
    if not data:
        raise NotKept("empty")
    if len(data) > MOST_BYTES:
        raise NotKept("too_large")
    if data.startswith(b"%PDF-"):
        _check_pdf(data)
        return Content(Media.PDF, data)
    if data.startswith(jpeg.START):
        cleaned = jpeg.cleaned(data)
        return Content(Media.JPEG, cleaned, cleaned=cleaned != data)
    if data.startswith(png.START):
        cleaned = png.cleaned(data)
        return Content(Media.PNG, cleaned, cleaned=cleaned != data)
    _refuse_others(data)
    text_of(data)
    return Content(Media.TEXT, data)


def text_of(data: bytes) -> str:
    """The words of a plain text: UTF-8, UTF-16 with its mark, or what Windows wrote before. Raises NotKept."""
    if len(data) > MOST_TEXT:
        raise NotKept("text_too_long")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise NotKept("unknown") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if control_character(text, may_break=True) or not text.strip():
        raise NotKept("unknown")
    return text


def _check_pdf(data: bytes) -> None:
    """Whole, one kind of file only, and of a size that can be unfolded."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise NotKept("cut_short")
    if len(data[end + 5 :].strip(b"\0 \t\r\n")) > _TAIL or _has_zip(data):
        raise NotKept("two_kinds")
    if any(_PACKED_TWICE.match(data, place) for place in _places(data, _PACKED)):
        raise NotKept("bomb")
    unfolded_bytes = 0
    for place in _places(data, _STREAM):
        begins = place + len(_STREAM) + (2 if data[place + len(_STREAM) : place + len(_STREAM) + 2] == b"\r\n" else 1)
        if data[place - len(_END_OF_ONE) : place] != _END_OF_ONE and _PACKED in data[max(0, place - 400) : place]:
            unfolded_bytes += _unfolded(data, begins)
            if unfolded_bytes > _MOST_UNFOLDED_IN_ALL:
                raise NotKept("bomb")


def _places(data: bytes, sign: bytes) -> Iterator[int]:
    """Where a sign stands. A pattern would do, but it would hold the window still for as long as it looks."""
    place = data.find(sign)
    while place >= 0:
        yield place
        place = data.find(sign, place + 1)


def _unfolded(data: bytes, start: int) -> int:
    """How many bytes a packed part comes to; one that is damaged counts as far as it goes. Raises NotKept."""
    unpacker, size, place = zlib.decompressobj(), 0, memoryview(data)[start:]
    fed: bytes | memoryview = place
    try:
        while True:
            piece = unpacker.decompress(fed, _STEP)
            size += len(piece)
            if size > _MOST_UNFOLDED:
                raise NotKept("bomb")
            fed = unpacker.unconsumed_tail
            if unpacker.eof or not piece:
                return size
    except zlib.error:
        return size


def _has_zip(data: bytes) -> bool:
    """Whether a program that unpacks would take it for an archive: an end of one that names a place in the file."""
    tail = data[-_ZIP_REACH:]
    place = tail.rfind(_ZIP_END)
    if place < 0 or len(tail) - place < 22:
        return False
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    return length <= len(data) and int.from_bytes(tail[place + 20 : place + 22], "little") <= len(tail) - place - 22


_CODES = {
    FileKind.OLD_OFFICE: "office",
    FileKind.RICH_TEXT: "office",
    FileKind.ZIP: "archive",
    FileKind.EMPTY_ZIP: "archive",
    FileKind.PDF: "bad_pdf",
    FileKind.PNG: "bad_picture",
    FileKind.JPEG: "bad_picture",
    FileKind.LATE_PDF: "not_at_start",
    FileKind.TIFF: "picture",
    FileKind.DATABASE: "unknown",
    FileKind.MARKUP: "web_page",
}  # of the refusals, where they are not the kind’s own


def _refuse_others(data: bytes) -> None:
    """Raise NotKept for what is known to be something else."""
    kind = file_kind(data)
    if kind is not None:
        raise NotKept(_CODES.get(kind, kind.value))


_LEAST_READ = 20  # letters on a page from which on it counts as read


def texts_of_paper(media: Media, data: bytes) -> tuple[str, ...]:
    """A text for each page of a PDF; one of a plain text; none of a picture. Raises ValueError for a PDF that does not open."""
    if media is Media.TEXT:
        return (text_of(data),)
    if media is not Media.PDF:
        return ()
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error
        try:
            texts = []
            for number in range(len(pdf)):
                page = pdf[number]
                words = page.get_textpage()
                texts.append(str(words.get_text_range()))
                words.close()
                page.close()
            return tuple(texts)
        finally:
            pdf.close()


@apart("texts of a paper", raises=(ValueError, NotKept), refuse=lambda failed: ValueError(failed.message))
def texts_of_kept(media: Media, data: bytes) -> tuple[str, ...]:
    """The same of a paper that came from outside."""
    return texts_of_paper(media, data)


def can_be_read(pages: tuple[str, ...]) -> bool:
    """Whether every page has words on it: a page without any may be a picture of a page, in which nothing is found."""
    return bool(pages) and all(sum(letter.isalnum() for letter in page) >= _LEAST_READ for page in pages)
