"""What a line is made of: stretches of text in one manner, and the PDF operators that show them."""

import re
from dataclasses import dataclass, field

from pupil_desk.documents.blocks import Run
from pupil_desk.documents.pdf.pdf_file import text_string
from pupil_desk.documents.typography.fonts import Word, is_shaped

PARTS = re.compile(r"\n|[^\S\n\u00a0\u202f\u2007]+|[\S\u00a0\u202f\u2007]+")
"""What a text falls into: line breaks, blanks, and words. Blanks that do not break belong to the words."""


def is_blank(text: str) -> bool:
    """Whether a piece of a text is a blank at which a line may be broken."""
    return text.isspace() and text[0] not in "\u00a0\u202f\u2007"


@dataclass(frozen=True, slots=True)
class TextManner:
    """How a paragraph's text is set. Sizes and leading in points; ``ink`` is a colour operator.

    With ``rtl`` the text begins at the right edge of its column.
    """

    size: float
    leading: float
    bold: bool = False
    italic: bool = False
    ink: bytes = b"0 g"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a line that belongs to one link, or to none. ``x`` and ``width`` in points from the line's
    start.

    ``show`` are the operators that show it; ``words`` is the whole text of the link, which may go on
    elsewhere; ``lang`` is its language, if that is not the document's.
    """

    x: float
    width: float
    show: bytes
    href: str | None
    words: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its spans, its width, and the characters it uses of each font."""

    spans: tuple[Span, ...]
    width: float
    characters_by_font: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class WordPart:
    """A stretch of one run without a blank in it, all of one level (see ``direction``)."""

    text: str
    word: Word
    run: Run
    level: int = 0


@dataclass(slots=True)
class _Shower:
    """Gathers the operators of a line: the font is named when it changes, and strings of one font are
    joined."""

    size: float
    out: list[bytes] = field(default_factory=list)
    pending: list[bytes] = field(default_factory=list)
    font: str = ""

    def word(self, word: Word) -> None:
        if word.read_as:
            self.flush()
            self.out.append(b"/Span<</ActualText %s>>BDC" % text_string(word.read_as))
        for piece in word.pieces:
            self.use(piece.font, piece.scale)
            self.pending.append(piece.encoded[1:-1])
            for accent in piece.accents:
                self.use(accent.font, piece.scale)
                self.flush()
                rise = accent.up * self.size * piece.scale / 1000
                accent_operands = (-accent.shift_x, accent.encoded, accent.shift_x)
                self.out.append(b"%.2f Ts[%d %s %d]TJ 0 Ts" % (rise, *accent_operands))
        if word.read_as:
            self.flush()
            self.out.append(b"EMC")

    def use(self, font: str, scale: float) -> None:
        if font != self.font:
            self.flush()
            self.font = font
            self.out.append(b"/%s %.4g Tf" % (font.encode("ascii"), self.size * scale))

    def flush(self) -> None:
        if self.pending:
            form = b"<%s>Tj" if is_shaped(self.font) else b"(%s)Tj"
            self.out.append(form % b"".join(self.pending))
            self.pending.clear()


def show(words: list[Word], size: float) -> bytes:
    """The operators that show the words one after another."""
    shower = _Shower(size)
    for word in words:
        shower.word(word)
    shower.flush()
    return b" ".join(shower.out)
