"""Which kind of file bytes truly are, by their content and never by the name: the one place that knows how files begin, and what people call them."""

import json
from enum import StrEnum

from pupil_desk.basics.words import _


class FileKind(StrEnum):
    """What bytes are."""

    EMPTY = "empty"
    PROGRAM = "program"
    OFFICE = "office"
    OLD_OFFICE = "old_office"
    RICH_TEXT = "rich_text"
    ZIP = "zip"
    EMPTY_ZIP = "empty_zip"
    ARCHIVE = "archive"
    PDF = "pdf"
    LATE_PDF = "late_pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    PICTURE = "picture"
    FILM = "film"
    DATABASE = "database"
    MARKUP = "markup"

    @property
    def words(self) -> str:
        """What people call it, to go on a sentence: «a PDF»."""
        return _WORDS[self]


_WORDS = {
    FileKind.EMPTY: _("an empty file"),
    FileKind.PROGRAM: _("a program"),
    FileKind.OFFICE: _("a document or a workbook"),
    FileKind.OLD_OFFICE: _("an old Word or Excel file"),
    FileKind.RICH_TEXT: _("a document (RTF)"),
    FileKind.ZIP: _("a ZIP"),
    FileKind.EMPTY_ZIP: _("an empty ZIP"),
    FileKind.ARCHIVE: _("a packed archive"),
    FileKind.PDF: _("a PDF"),
    FileKind.LATE_PDF: _("a PDF with something else before it"),
    FileKind.PNG: _("a picture (PNG)"),
    FileKind.JPEG: _("a picture (JPEG)"),
    FileKind.TIFF: _("a picture (TIFF)"),
    FileKind.PICTURE: _("a picture"),
    FileKind.FILM: _("a film or a sound"),
    FileKind.DATABASE: _("a database"),
    FileKind.MARKUP: _("a web page, or another file of XML"),
}
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"#!", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.PROGRAM),
    (b"\xd0\xcf\x11\xe0", FileKind.OLD_OFFICE),
    (b"{\\rtf", FileKind.RICH_TEXT),
    (b"PK\x05\x06", FileKind.EMPTY_ZIP),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ", FileKind.ARCHIVE),
    (b"MSCF", FileKind.ARCHIVE),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"\xff\x0a", FileKind.PICTURE),
    (b"SQLite format 3", FileKind.DATABASE),
)
_SHORT = 2  # bytes of a beginning that a text may have too
_FIRST = 1024  # bytes that are looked at
_ZIP = b"PK\x03\x04"
_OFFICE = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"application/vnd.oasis")
_FILMS = (b"isom", b"mp42", b"qt  ", b"M4V ")
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<svg", b"<script")


def file_kind(data: bytes) -> FileKind | None:
    """What bytes are; None for a text, and for what is not known."""
    if not data:
        return FileKind.EMPTY
    if data.startswith(_ZIP):
        return FileKind.OFFICE if any(sign in data for sign in _OFFICE) else FileKind.ZIP
    for start, kind in _STARTS:
        if data.startswith(start) and (len(start) > _SHORT or start == b"#!" or not _is_text(data[:_FIRST])):
            return kind
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return FileKind.FILM if data[8:12] in _FILMS else FileKind.PICTURE
    if b"%PDF-" in data[:_FIRST]:
        return FileKind.LATE_PDF
    return FileKind.MARKUP if data[:_FIRST].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP) else None


def looks_like(data: bytes) -> str:
    """What bytes look like, in words that go on a sentence: «a PDF», «a plain text»."""
    if kind := file_kind(data):
        return kind.words
    if not _is_text(data[:_FIRST]):
        return _("nothing that is known here")
    return _("another file of JSON") if _is_json(data) else _("a plain text")


def _is_text(start: bytes) -> bool:
    """Whether these may be the first bytes of a text; a letter may be cut at their end."""
    return (
        not any(byte < 32 and byte not in b"\t\r\n\f" for byte in start) and len(start.decode("utf-8", "ignore").encode()) > len(start) - 4
    )


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict | list)
    except (ValueError, RecursionError):
        return False
