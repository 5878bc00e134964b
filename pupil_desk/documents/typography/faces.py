"""One font file: what it has, how wide it is, and how a part of it goes into a document.

A face is embedded in parts of at most 255 characters under fixed codes, 1 to 255, the same in every document:
a word is encoded once in the life of the program, and code 0, which would read back as U+0000, is never used.

What the codes of a font stand for, as a PDF says it (ToUnicode), so that copied and spoken text is right.
"""

import struct
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.pdf_file import PdfFile, reference


def unicode_map(pairs: Sequence[bytes], codes: bytes) -> bytes:
    """``pairs`` are a code and its text each, «<0041> <00C9>»; ``codes`` the first and the last code there may be."""
    blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    body = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n" + codes + b"\nendcodespacerange\n" + body + b"endcmap\n"
        b"CMapName currentdict/CMap defineresource pop\nend\nend\n"
    )


_CODES = 255
# Latin-1 and the punctuation of print come first, so that most documents embed one part of a face only.
_FIRST = frozenset([*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100), *range(0x2010, 0x2045), 0x20AC])


class Face:
    """One font file: what it has, how wide it is, and how it goes into a document. Raises Damaged if it cannot be read.

    ``plain_zero`` draws its zero from its O, as wide and high as the zero was: of a face whose own has a stroke, and no other is in the file.
    """

    def __init__(self, letter: str, path: Path, scale: float, *, embed_whole: bool, plain_zero: bool = False) -> None:
        from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

        self.letter = letter
        self.scale = scale
        self.embeds_whole = embed_whole
        try:
            self._face: Any = TTFontFace(str(path))
        except TTFError as error:
            raise Damaged(
                _("This copy of Pupil Desk is not complete: the font {name} is missing or damaged. Install it again.").format(
                    name=path.name
                )
            ) from error
        if plain_zero:
            _draw_zero_plain(self._face)
        characters = sorted((code for code in self._face.charToGlyph if _printable(code)), key=lambda code: (code not in _FIRST, code))
        self._index = {chr(code): index for index, code in enumerate(characters)}
        self._parts = [characters[start : start + _CODES] for start in range(0, len(characters), _CODES)]

    @property
    def name(self) -> str:
        """The name that the face bears in a document, such as «AtkinsonHyperlegible-Bold»."""
        return str(self._face.name.decode("ascii"))

    def has(self, text: str) -> bool:
        """Whether every character of the text is in this face."""
        return all(character in self._index for character in text)

    def width(self, text: str) -> float:
        """The text's width in ems of the body face."""
        widths = self._face.charWidths
        return float(sum(widths[ord(character)] for character in text)) * self.scale / 1000

    def encode(self, text: str) -> list[tuple[str, bytes, str]]:
        """The text as (font name, codes, characters), split where the part of the face changes."""
        parts: list[tuple[str, bytes, str]] = []
        for character in text:
            part, code = divmod(self._index[character], _CODES)
            font = f"{self.letter}{part}"
            if parts and parts[-1][0] == font:
                _font, codes, characters = parts[-1]
                parts[-1] = (font, codes + bytes((code + 1,)), characters + character)
            else:
                parts.append((font, bytes((code + 1,)), character))
        return parts

    def box(self, character: str) -> tuple[int, int, int, int] | None:
        """The glyph's bounds in thousandths of an em, or None if it draws nothing."""
        face = self._face
        glyph = face.charToGlyph[ord(character)]
        start, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        if end <= start:
            return None
        data = face.get_table("glyf")[start + 2 : start + 10]
        left, low, right, high = (
            int.from_bytes(data[offset : offset + 2], signed=True) * 1000 // face.unitsPerEm for offset in (0, 2, 4, 6)
        )
        return left, low, right, high

    def add_to(self, file: PdfFile, part: int, characters: frozenset[str]) -> int:
        """Puts one part of the face into the file and returns the number of its font object."""
        face = self._face
        codes = [32 if not self._embeds(code, characters) else code for code in self._parts[part]]
        name = f"{self.letter[0]}{chr(65 + part % 26) * 5}+{self.name}".encode(
            "ascii"
        )  # a tag of its own for each part, as a subset must have
        program, length = _program(self, part, characters if not self.embeds_whole else None)
        stream = file.add_stream(program, b"/Length1 %d" % length, packed=True)
        flags = (int(face.flags) & ~32) | 4  # symbolic: the codes are our own (ISO 32000-1, 9.8.2)
        descriptor = file.add(
            b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%s]/ItalicAngle %s/Ascent %s/Descent %s"
            b"/CapHeight %s/StemV %d/FontFile2 %s>>"
            % (
                name,
                flags,
                _numbers(face.bbox),
                *map(_number, (face.italicAngle, face.ascent, face.descent)),
                _number(face.capHeight),
                face.stemV,
                reference(stream),
            )
        )
        widths = _numbers([face.charWidths[code] for code in codes])
        to_unicode = file.add_stream(_unicode_map({index + 1: code for index, code in enumerate(codes)}))
        return file.add(
            b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 1/LastChar %d/Widths[%s]/FontDescriptor %s"
            b"/ToUnicode %s>>" % (name, len(codes), widths, reference(descriptor), reference(to_unicode))
        )

    def _embeds(self, code: int, characters: frozenset[str]) -> bool:
        return self.embeds_whole or chr(code) in characters

    def program(self, part: int, characters: frozenset[str] | None) -> bytes:
        """The font program of one part, holding the used characters only, or all if ``characters`` is None."""
        codes = [code if characters is None or chr(code) in characters else 32 for code in self._parts[part]]
        program: bytes = self._face.makeSubset([0, *codes])
        return program


_OFFSETS_IN_WORDS, _OFFSETS, _TWO_SCALES = 0x0001, 0x0002, 0x0040  # flags of a composite glyph (OpenType, table «glyf»)


def _draw_zero_plain(face: Any) -> None:
    """Put a composite glyph, the O scaled to the zero's box, in the place of the zero, in memory: the file, and the font's own name, stay.

    It is shorter than the outline that was there, so nothing else moves. The font's licence (SIL OFL 1.1, no reserved name) lets it be changed.
    """
    letter, zero = face.charToGlyph[ord("O")], face.charToGlyph[ord("0")]
    start = face.get_table_pos("glyf")[0]
    glyph_start = start + face.glyphPos[zero]
    of_letter = struct.unpack(">4h", face._ttf_data[start + face.glyphPos[letter] + 2 :][:8])
    of_zero = struct.unpack(">4h", face._ttf_data[glyph_start + 2 :][:8])
    scales = [(of_zero[axis + 2] - of_zero[axis]) / (of_letter[axis + 2] - of_letter[axis]) for axis in (0, 1)]
    offsets = [round(of_zero[axis] - of_letter[axis] * scales[axis]) for axis in (0, 1)]
    flags = _OFFSETS_IN_WORDS | _OFFSETS | _TWO_SCALES
    glyph = struct.pack(">h4hHH2h2h", -1, *of_zero, flags, letter, *offsets, *(round(scale * 0x4000) for scale in scales))
    room = face.glyphPos[zero + 1] - face.glyphPos[zero]
    if len(glyph) > room:
        raise ValueError("the zero of this face has no room for another")
    face._ttf_data = face._ttf_data[:glyph_start] + glyph.ljust(room, b"\0") + face._ttf_data[glyph_start + room :]


def _printable(code: int) -> bool:
    """Whether plain setting prints it rightly, which scripts that join or run from the right need more
    than."""
    character = chr(code)
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return False
    return unicodedata.bidirectional(character) not in ("R", "AL", "AN")


@lru_cache(maxsize=200)
def _program(face: Face, part: int, characters: frozenset[str] | None) -> tuple[bytes, int]:
    program = face.program(part, characters)
    return zlib.compress(program, 9), len(program)


def _number(value: float) -> bytes:
    return b"%d" % value if value == int(value) else b"%.2f" % value


def _numbers(values: Iterable[float]) -> bytes:
    return b" ".join(map(_number, values))


def _unicode_map(codes: dict[int, int]) -> bytes:
    utf16_by_code = {code: chr(character_code).encode("utf-16-be").hex().encode("ascii") for code, character_code in codes.items()}
    pairs = [b"<%02X> <%s>" % pair for pair in utf16_by_code.items()]
    return unicode_map(pairs, b"<01> <FF>")
