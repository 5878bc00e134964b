"""Papers read back: what stands in a PDF or a web page, read by other libraries than those that wrote it."""

import ctypes
import io
import re
import threading
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

PDFIUM = threading.RLock()
"""Held for as long as a call to pypdfium2 takes."""


_TAG = re.compile(r"[A-Z]{6}\+")  # before the name of a face of which a part is embedded (ISO 32000-1, 9.6.4)
_INK = 200  # a grey of 0 to 255; what is darker was printed


@dataclass(frozen=True, slots=True)
class PdfRead:
    """One PDF. ``text`` has single blanks; ``fonts`` are the embedded ones; ``blank`` counts pages with nothing on them."""

    pages: int
    text: str
    title: str
    lang: str
    tagged: bool
    fonts: frozenset[str]
    blank: int


def read_pdf(data: bytes) -> PdfRead:
    """Read a PDF with the library that also draws the preview. Raises ValueError for what is none, or is damaged."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            read = [_page(page) for page in (pdf[number] for number in range(len(pdf)))]
            return PdfRead(
                pages=len(read),
                text=" ".join(" ".join(text for text, _fonts, _inked in read).split()),
                title=str(pdf.get_metadata_value("Title")),
                lang=_lang(pdf),
                tagged=bool(pdf.is_tagged()),
                fonts=frozenset().union(*(fonts for _text, fonts, _inked in read)),
                blank=sum(not inked for _text, _fonts, inked in read),
            )
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def _page(page: Any) -> tuple[str, frozenset[str], bool]:
    """A page's text, its embedded fonts, and whether anything is printed on it."""
    import pypdfium2.raw

    words = page.get_textpage()
    text = str(words.get_text_bounded())
    fonts = [text_object.get_font() for text_object in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    names = frozenset(_TAG.sub("", str(font.get_base_name())) for font in fonts if font.is_embedded)
    bitmap = page.render(scale=0.5, grayscale=True)
    inked = min(bytes(bitmap.buffer)) < _INK
    for pdfium_object in (bitmap, words, page):
        pdfium_object.close()
    return text, names, inked


def _lang(pdf: Any) -> str:
    import pypdfium2.raw

    size = pypdfium2.raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pypdfium2.raw.FPDFCatalog_GetLanguage(pdf, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


@dataclass(frozen=True, slots=True)
class WebRead:
    """One web page. ``text`` has single blanks; ``is_well_formed`` says that every tag that opens is closed again."""

    text: str
    title: str
    lang: str
    is_well_formed: bool


def read_web(data: bytes) -> WebRead:
    """Read a web page. Raises ValueError for what is not UTF-8."""
    reader = _WebReader()
    reader.feed(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read())
    reader.close()
    text = " ".join("".join(reader.words).split())
    return WebRead(text, " ".join(reader.title.split()), reader.lang, reader.began and not reader.open and reader.fits)


class _WebReader(HTMLParser):
    _ALONE = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})  # tags that nothing closes
    _INSIDE_WORDS = frozenset({"a", "bdi", "em", "strong", "span"})  # tags that may stand in the middle of a word

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.title = self.lang = ""
        self.began, self.fits = False, True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.began, self.lang = True, dict(attrs).get("lang") or ""
        if tag not in self._ALONE:
            self.open.append(tag)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes: the one that opened last."""
        self.fits = self.fits and bool(self.open) and self.open.pop() == tag
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag not in self._INSIDE_WORDS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if self.open[-1:] == ["title"]:
            self.title += data
        elif self.open[-1:] not in (["style"], ["script"]):
            self.words.append(data)
