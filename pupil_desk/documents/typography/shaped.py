"""Faces whose letters join, stack or run from the right: shaped by HarfBuzz, and embedded as the clusters that were drawn.

A word in such a face becomes a row of clusters, left to right as it stands on the paper, each under a code of its own. The codes are
handed out for the life of the program as clusters are met; a document numbers anew those that it uses, so that the same story makes
the same bytes, on one machine, whatever was printed before.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.pdf_file import PdfFile, literal, reference
from pupil_desk.documents.typography.direction import runs_left
from pupil_desk.documents.typography.faces import unicode_map
from pupil_desk.documents.typography.glyphs import GlyphCluster, font_of

_SHOWN = re.compile(rb"/(S[A-Z]+) ([0-9.]+) Tf|<([0-9A-F]+)>Tj|\((?:[^()\\]|\\.)*\)")
_FACE = re.compile(rb"/S[A-Z]+ [0-9.]+ Tf")
# A letter has as many drawings as it has places in a word. Of one text a font holds no more than these: a checker takes many codes of
# one meaning for a font that was scrambled.
_OF_ONE_TEXT = 4
SEEN_BY_SHAPING = "\u200c\u200d"
"""The marks that part and join letters: they draw nothing, but the shape of their neighbours hangs on them."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a shaped face comes from. ``weight`` is set on the axis of a variable font; ``scale`` fits it to the body face."""

    letter: str
    path: Path
    scale: float
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class _Script:
    """A script whose letters stack, or that no other face has: its face, and the characters that are looked for in it."""

    letter: str
    file: str
    characters: str

    @property
    def source(self) -> _Source:
        """Where its face comes from; there is but one weight of it."""
        return _Source(f"S{self.letter}R", resource("fonts", self.file), 1.0)


# One file a script, as Noto has them; Chinese, Japanese and Korean are one, in Chinese forms. ``resources/help/scripts.md`` tells of them.
_SCRIPTS = (
    _Script("D", "NotoSansDevanagari-Regular.ttf", "\u0900-\u097f\ua8e0-\ua8ff"),
    _Script("B", "NotoSansBengali-Regular.ttf", "\u0980-\u09ff"),
    _Script("G", "NotoSansGurmukhi-Regular.ttf", "\u0a00-\u0a7f"),
    _Script("J", "NotoSansGujarati-Regular.ttf", "\u0a80-\u0aff"),
    _Script("T", "NotoSansTamil-Regular.ttf", "\u0b80-\u0bff"),
    _Script("U", "NotoSansTelugu-Regular.ttf", "\u0c00-\u0c7f"),
    _Script("N", "NotoSansKannada-Regular.ttf", "\u0c80-\u0cff"),
    _Script("M", "NotoSansMalayalam-Regular.ttf", "\u0d00-\u0d7f"),
    _Script("S", "NotoSansSinhala-Regular.ttf", "\u0d80-\u0dff"),
    _Script("H", "NotoSansThai-Regular.ttf", "\u0e01-\u0e3a\u0e40-\u0e5b"),
    _Script("L", "NotoSansLao-Regular.ttf", "\u0e80-\u0eff"),
    _Script("Y", "NotoSansMyanmar-Regular.ttf", "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"),
    _Script("K", "NotoSansKhmer-Regular.ttf", "\u1780-\u17ff"),
    _Script("E", "NotoSansEthiopic-Regular.ttf", "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f"),
    _Script(
        "C",
        "DroidSansFallback.ttf",
        "\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0002fa1f",
    ),
)
_OF_SCRIPTS = re.compile(f"[{''.join(script.characters for script in _SCRIPTS)}]")


def needs_shaping(text: str) -> bool:
    """Whether the text has a character of a script that is shaped before it is printed: one that runs from the right, or has a face of its own."""
    return not text.isascii() and (runs_left(text) or _OF_SCRIPTS.search(text) is not None)


def _sources(bold: bool) -> list[_Source]:
    """The faces to try for a letter that is shaped, best first."""
    import fontpkg_noto_sans_arabic

    weight, letter, style = (700, "B", "-Bold") if bold else (400, "R", "")
    arabic = Path(fontpkg_noto_sans_arabic.ROOT) / "files" / "NotoSansArabic[wdth,wght].ttf"
    wide = resource("fonts", f"DejaVuSansCondensed{style}.ttf")
    return [_Source(f"SA{letter}", arabic, 1.1, weight), _Source(f"SW{letter}", wide, 0.91)]


class ShapedFace:
    """One face as HarfBuzz reads it. Raises Damaged if the font is missing or cannot be read."""

    def __init__(self, source: _Source) -> None:
        import uharfbuzz as hb

        self.letter, self.scale = source.letter, source.scale
        try:
            self._face: Any = hb.Face(hb.Blob(source.path.read_bytes()))
        except (OSError, ValueError, hb.HarfBuzzError) as error:
            raise _damaged(source.path) from error
        if source.weight is not None:
            self._face = _pinned(self._face, source.weight)
        self._font: Any = hb.Font(self._face)
        self._units = int(self._face.upem)
        self._characters = frozenset(map(chr, self._face.unicodes))
        if not self._characters:
            raise _damaged(source.path)
        self._codes: dict[GlyphCluster, int] = {}
        self._clusters: list[GlyphCluster] = []
        self._lock = threading.Lock()
        self.name = f"{source.path.stem.partition('[')[0]}{'-Bold' if source.weight == 700 else ''}"

    def has(self, text: str) -> bool:
        """Whether every character of the text is in this face."""
        return all(character in self._characters or character in SEEN_BY_SHAPING for character in text)

    def shape(self, text: str, *, rtl: bool, before: str = "", after: str = "") -> list[tuple[GlyphCluster, int]]:
        """The clusters of a text, as they stand from left to right, each with its code. ``before`` and ``after`` may join to it."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        context = before + text + after
        buffer.add_codepoints([ord(character) for character in context], len(before), len(text))
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        hb.shape(self._font, buffer, {})
        placed = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _position in placed})
        ends = dict(zip(starts, [*starts[1:], len(before) + len(text)], strict=True))
        shaped_clusters = []
        for start, group in groupby(placed, key=lambda glyph: glyph[0].cluster):
            x = 0
            parts = []
            for info, position in group:
                parts.append((info.codepoint, x + position.x_offset, position.y_offset))
                x += position.x_advance
            shaped_clusters.append(self._coded(GlyphCluster(context[start : ends[start]], tuple(parts), x)))
        return shaped_clusters

    def _coded(self, cluster: GlyphCluster) -> tuple[GlyphCluster, int]:
        with self._lock:
            code = self._codes.setdefault(cluster, len(self._clusters) + 1)
            if code > len(self._clusters):
                self._clusters.append(cluster)
        return cluster, code

    def width(self, cluster: GlyphCluster) -> float:
        """In ems of the body face."""
        return cluster.advance / self._units * self.scale

    def numbers(self, used_codes: frozenset[str]) -> dict[int, tuple[int, int]]:
        """What a document calls the codes that it uses, each given as one character: the part of the font, from 0, and in it 1, 2 and
        so on, whatever the code is here."""
        codes = sorted((ord(code) for code in used_codes), key=lambda code: self._clusters[code - 1])
        of_text, of_part = Counter[str](), Counter[int]()
        number_by_code = {}
        for code in codes:
            text = self._clusters[code - 1].text
            part = of_text[text] // _OF_ONE_TEXT
            of_text[text] += 1
            of_part[part] += 1
            number_by_code[code] = (part, of_part[part])
        return number_by_code

    def add_to(self, file: PdfFile, used_codes: frozenset[str]) -> dict[str, int]:
        """Puts the clusters that a document uses into its file; returns the font objects' numbers by the names of the parts."""
        parts: dict[int, list[GlyphCluster]] = {}
        for code, (part, _number) in self.numbers(used_codes).items():
            parts.setdefault(part, []).append(self._clusters[code - 1])
        return {_part_name(self.letter, part): self._add_part(file, part, clusters) for part, clusters in sorted(parts.items())}

    def _add_part(self, file: PdfFile, part: int, clusters: list[GlyphCluster]) -> int:
        program = font_of(clusters, self._face)
        stream = file.add_stream(program, b"/Length1 %d" % len(program))
        name = f"{chr(65 + part % 26) * 6}+{self.name}".encode("ascii")
        extents = self._font.get_font_extents("ltr")
        high, low = self._of_1000(extents.ascender), self._of_1000(extents.descender)
        descriptor = file.add(
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
            b"/CapHeight %d/StemV 80/FontFile2 %s>>"
            % (name, -1000, min(low, -400), 3000, max(high, 1100), high, low, high, reference(stream))
        )
        widths = b" ".join(b"%.1f" % (cluster.advance * 1000 / self._units) for cluster in clusters)
        inner = file.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry%s/Ordering%s/Supplement 0>>"
            b"/FontDescriptor %s/DW 0/W[1[%s]]/CIDToGIDMap/Identity>>"
            % (name, literal(b"Adobe"), literal(b"Identity"), reference(descriptor), widths)
        )
        to_unicode = file.add_stream(_unicode_map(clusters))
        return file.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"
            % (name, reference(inner), reference(to_unicode))
        )

    def _of_1000(self, value: float) -> int:
        return round(value * 1000 / self._units)


@cache
def shaped_faces(bold: bool) -> tuple[ShapedFace, ...]:
    """Noto Sans Arabic, then DejaVu Sans Condensed for what else runs from the right; there is no slanted one."""
    return tuple(ShapedFace(source) for source in _sources(bold))


@cache
def _script_face(script: _Script) -> ShapedFace:
    return ShapedFace(script.source)


def script_faces() -> Iterator[ShapedFace]:
    """The faces of scripts that have one of their own, each read as it is asked for."""
    return map(_script_face, _SCRIPTS)


def faces_for(cluster: str, bold: bool) -> Iterator[ShapedFace]:
    """The faces to try for a letter that is shaped, best first, each read as it is asked for. An upright face may have what its bold one lacks."""
    yield from (_script_face(script) for script in _SCRIPTS if re.match(f"[{script.characters}]", cluster))
    yield from shaped_faces(bold)
    if bold:
        yield from shaped_faces(bold=False)


def shaped_face_of(font: str) -> ShapedFace:
    """The face that a font name such as ``SAR``, ``SWB`` or ``SCR`` stands for."""
    script = next((script for script in _SCRIPTS if script.source.letter == font), None)
    if script is not None:
        return _script_face(script)
    return next(face for face in shaped_faces(font.endswith("B")) if face.letter == font)


def _part_name(letter: str, part: int) -> str:
    return f"{letter}{part}" if part else letter


def has_clusters(content: bytes) -> bool:
    """Whether the content of a page may show clusters, which ``renumbered`` numbers."""
    return _FACE.search(content) is not None


def renumbered(content: bytes, numbers: Mapping[str, Mapping[int, tuple[int, int]]]) -> bytes:
    """The content of a page with its document's own numbers for the clusters. ``numbers`` are by font name, as ``ShapedFace.numbers``."""
    font, size, current_part = "", b"", 0

    def renumbered_match(match: re.Match[bytes]) -> bytes:
        nonlocal font, size, current_part
        if match[1] is not None:
            font, size, current_part = match[1].decode("ascii"), match[2], 0
        if match[3] is None:
            return match[0]
        codes = [int(match[3][start : start + 4], 16) for start in range(0, len(match[3]), 4)]
        out = []
        for part, group in groupby((numbers[font][code] for code in codes), key=lambda number: number[0]):
            if part != current_part:
                current_part = part
                out.append(b"/%s %s Tf" % (_part_name(font, part).encode("ascii"), size))
            out.append(b"<%s>Tj" % b"".join(b"%04X" % number for _part, number in group))
        return b" ".join(out)

    return _SHOWN.sub(renumbered_match, content)


def _pinned(face: Any, weight: int) -> Any:
    """A variable font at one weight and its usual width."""
    import uharfbuzz as hb

    subset_input = hb.SubsetInput()
    subset_input.keep_everything()
    subset_input.pin_all_axes_to_default(face)
    subset_input.pin_axis_location(face, "wght", weight)
    subset_input.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    return hb.Face(subset_input.subset(face).blob)


def _damaged(path: Path) -> Damaged:
    return Damaged(
        _("This copy of Pupil Desk is not complete: the font {name} is missing or damaged. Install it again.").format(name=path.name)
    )


def _unicode_map(clusters: list[GlyphCluster]) -> bytes:
    pairs = [b"<%04X> <%s>" % (number, _utf16(cluster.text)) for number, cluster in enumerate(clusters, 1)]
    return unicode_map(pairs, b"<0000> <FFFF>")


def _utf16(text: str) -> bytes:
    return unicodedata.normalize("NFC", text).encode("utf-16-be").hex().upper().encode("ascii")
