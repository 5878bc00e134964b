"""A small TrueType font of drawn clusters: each glyph is one cluster of letters and marks as HarfBuzz placed them.

Arabic letters of one word are joined, and many are drawn as a body and its dots. A reader that copies from a PDF finds characters
again by glyph; so each cluster («ب» with its dot, «لا») becomes one glyph of its own, a composite of the face's glyphs, and one code
stands for one piece of text. Only what a PDF reader needs is written: glyf, loca, hmtx, hhea, head, maxp (ISO 32000-1, 9.9).
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Flags of a composite's component (OpenType, table glyf).
_WORDS, _XY, _SCALE, _MORE, _XY_SCALE, _MATRIX, _OVERLAP = 0x0001, 0x0002, 0x0008, 0x0020, 0x0040, 0x0080, 0x0400

_UNUSED = (b"GSUB", b"GPOS", b"GDEF", b"kern", b"MATH", b"name", b"post", b"OS/2", b"FFTM", b"STAT")


@dataclass(frozen=True, slots=True, order=True)
class GlyphCluster:
    """A cluster: its text, its parts as (glyph of the face, x, y), and how far it moves on; in units of the face."""

    text: str
    parts: tuple[tuple[int, int, int], ...]
    advance: int


class Outlines:
    """The outlines of a TrueType font file without variations. ``tables`` by name."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        self.tables = tables
        self.count: int = struct.unpack_from(">H", tables["maxp"], 4)[0]
        long = struct.unpack_from(">h", tables["head"], 50)[0]
        form = ">%dI" if long else ">%dH"
        offsets = struct.unpack_from(form % (self.count + 1), tables["loca"])
        self._places = [place if long else place * 2 for place in offsets]

    def glyph(self, number: int) -> bytes:
        """A glyph's description, empty for one that draws nothing."""
        return self.tables["glyf"][self._places[number] : self._places[number + 1]]

    def box(self, number: int) -> tuple[int, int, int, int] | None:
        """xMin, yMin, xMax, yMax, or None."""
        data = self.glyph(number)
        return struct.unpack_from(">4h", data, 2) if data else None

    def outline(self, number: int) -> tuple[int, int, int]:
        """How many points and contours it has, all its parts together, and how deep its parts are nested."""
        data = self.glyph(number)
        if not data:
            return 0, 0, 0
        contours: int = struct.unpack_from(">h", data)[0]
        if contours >= 0:
            last = struct.unpack_from(">H", data, 8 + 2 * contours)[0] if contours else -1
            return last + 1, contours, 0
        parts = [self.outline(part) for _offset, part in components(data)]
        return sum(part[0] for part in parts), sum(part[1] for part in parts), 1 + max(part[2] for part in parts)


def components(data: bytes) -> Iterator[tuple[int, int]]:
    """Of a composite glyph: where each component's glyph number stands, and that number."""
    offset, flags = 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", data, offset)
        yield offset + 2, number
        offset += 8 if flags & _WORDS else 6
        offset += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0


def font_of(clusters: Sequence[GlyphCluster], face: Any) -> bytes:
    """A font whose glyph 1 is the first cluster, glyph 2 the second and so on. ``face`` is a HarfBuzz face without variations."""
    subset, numbers = _subset(face, {part[0] for cluster in clusters for part in cluster.parts})
    shift = len(clusters) + 1
    glyphs = [subset.glyph(0), *(_composite(cluster, subset, numbers, shift) for cluster in clusters)]
    glyphs += [_shifted(subset.glyph(number), shift) for number in range(subset.count)]
    metrics = [(0, 0), *((cluster.advance, _left(data)) for cluster, data in zip(clusters, glyphs[1:], strict=False))]
    metrics += [(0, _left(data)) for data in glyphs[len(metrics) :]]
    return _file(subset, glyphs, metrics, _maximums(clusters, subset, numbers))


def _subset(face: Any, glyphs: set[int]) -> tuple[Outlines, dict[int, int]]:
    """The face with these glyphs only, and their new numbers."""
    import uharfbuzz as hb

    subset_input = hb.SubsetInput()
    subset_input.glyph_set.update(glyphs | {0})
    subset_input.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    subset_input.drop_table_tag_set.update(int.from_bytes(name) for name in _UNUSED)
    plan = hb.SubsetPlan(face, subset_input)
    small = plan.execute()
    return Outlines(tables_of(small.blob.data)), dict(plan.old_to_new_glyph_mapping)


def tables_of(font: bytes) -> dict[str, bytes]:
    """The tables of a font file by name."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {}
    for entry in range(12, 12 + 16 * count, 16):
        name, _sum, offset, length = struct.unpack_from(">4sIII", font, entry)
        tables[name.decode("ascii")] = font[offset : offset + length]
    return tables


def _composite(cluster: GlyphCluster, subset: Outlines, numbers: Mapping[int, int], shift: int) -> bytes:
    parts = [(numbers[glyph], x, y) for glyph, x, y in cluster.parts if subset.glyph(numbers[glyph])]
    if not parts:
        return b""
    boxes = [(*(box or (0, 0, 0, 0)), x, y) for box, x, y in ((subset.box(part), x, y) for part, x, y in parts)]
    out = struct.pack(
        ">5h",
        -1,
        min(left + x for left, _low, _right, _high, x, _y in boxes),
        min(low + y for _left, low, _right, _high, _x, y in boxes),
        max(right + x for _left, _low, right, _high, x, _y in boxes),
        max(high + y for _left, _low, _right, high, _x, y in boxes),
    )
    for index, (number, x, y) in enumerate(parts):
        flags = _WORDS | _XY | (_OVERLAP if index == 0 else 0) | (_MORE if index < len(parts) - 1 else 0)
        out += struct.pack(">HHhh", flags, number + shift, x, y)
    return out


def _shifted(data: bytes, shift: int) -> bytes:
    """A glyph whose components, if it has any, are ``shift`` further on."""
    if not data or struct.unpack_from(">h", data)[0] >= 0:
        return data
    shifted = bytearray(data)
    for offset, number in components(data):
        struct.pack_into(">H", shifted, offset, number + shift)
    return bytes(shifted)


def _left(data: bytes) -> int:
    return int(struct.unpack_from(">h", data, 2)[0]) if data else 0


def _maximums(clusters: Sequence[GlyphCluster], subset: Outlines, numbers: Mapping[int, int]) -> tuple[int, int, int, int, int, int]:
    """The largest counts of table maxp: points and contours of a simple glyph and of a composite one, components, depth."""
    simple = [subset.outline(number) for number in range(subset.count)]
    composites = [[simple[numbers[glyph]] for glyph, _x, _y in cluster.parts] for cluster in clusters]
    plain = [counts for counts in simple if counts[2] == 0]
    return (
        max(counts[0] for counts in plain),
        max(counts[1] for counts in plain),
        max((sum(counts[0] for counts in parts) for parts in composites), default=0),
        max((sum(counts[1] for counts in parts) for parts in composites), default=0),
        max((len(parts) for parts in composites), default=0),
        1 + max(counts[2] for counts in simple),
    )


def _file(
    subset: Outlines, glyphs: Sequence[bytes], metrics: Sequence[tuple[int, int]], maximums: tuple[int, int, int, int, int, int]
) -> bytes:
    places, body = [0], bytearray()
    for data in glyphs:
        body += data + b"\0" * (-len(data) % 4)
        places.append(len(body))
    head = bytearray(subset.tables["head"])
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    maxp = bytearray(subset.tables["maxp"][:32].ljust(32, b"\0"))
    struct.pack_into(">5H", maxp, 4, len(glyphs), *maximums[:4])
    struct.pack_into(">2H", maxp, 28, *maximums[4:])
    hhea = bytearray(subset.tables["hhea"])
    struct.pack_into(">H", hhea, 10, max(advance for advance, _left in metrics))
    struct.pack_into(">H", hhea, 34, len(metrics))
    return _font_file(
        {
            b"glyf": bytes(body),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(struct.pack(">Hh", *metric) for metric in metrics),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"maxp": bytes(maxp),
        }
    )


def _font_file(tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    out = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    offset, bodies = 12 + 16 * count, b""
    for name, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        out += struct.pack(">4sIII", name, _sum_of(padded), offset + len(bodies), len(data))
        bodies += padded
    font = bytearray(out + bodies)
    head_offset = offset + sum(len(data) + -len(data) % 4 for name, data in tables.items() if name < b"head")
    struct.pack_into(">I", font, head_offset + 8, (0xB1B0AFBA - _sum_of(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _sum_of(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
