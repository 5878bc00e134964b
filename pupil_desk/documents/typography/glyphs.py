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
class Drawn:
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
        found = struct.unpack_from(form % (self.count + 1), tables["loca"])
        self._places = [place if long else place * 2 for place in found]

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
        parts = [self.outline(part) for _at, part in components(data)]
        return sum(part[0] for part in parts), sum(part[1] for part in parts), 1 + max(part[2] for part in parts)


def components(data: bytes) -> Iterator[tuple[int, int]]:
    """Of a composite glyph: where each component's glyph number stands, and that number."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", data, at)
        yield at + 2, number
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0


def font_of(drawn: Sequence[Drawn], face: Any) -> bytes:
    """A font whose glyph 1 is the first cluster, glyph 2 the second and so on. ``face`` is a HarfBuzz face without variations."""
    used, numbers = _subset(face, {part[0] for cluster in drawn for part in cluster.parts})
    shift = len(drawn) + 1
    made = [used.glyph(0), *(_composite(cluster, used, numbers, shift) for cluster in drawn)]
    made += [_shifted(used.glyph(number), shift) for number in range(used.count)]
    metrics = [(0, 0), *((cluster.advance, _left(data)) for cluster, data in zip(drawn, made[1:], strict=False))]
    metrics += [(0, _left(data)) for data in made[len(metrics) :]]
    return _file(used, made, metrics, _most(drawn, used, numbers))


def _subset(face: Any, glyphs: set[int]) -> tuple[Outlines, dict[int, int]]:
    """The face with these glyphs only, and their new numbers."""
    import uharfbuzz as hb

    asked = hb.SubsetInput()
    asked.glyph_set.update(glyphs | {0})
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    asked.drop_table_tag_set.update(int.from_bytes(name) for name in _UNUSED)
    plan = hb.SubsetPlan(face, asked)
    small = plan.execute()
    return Outlines(tables_of(small.blob.data)), dict(plan.old_to_new_glyph_mapping)


def tables_of(font: bytes) -> dict[str, bytes]:
    """The tables of a font file by name."""
    (count,) = struct.unpack_from(">H", font, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        name, _sum, offset, length = struct.unpack_from(">4sIII", font, at)
        found[name.decode("ascii")] = font[offset : offset + length]
    return found


def _composite(cluster: Drawn, used: Outlines, numbers: Mapping[int, int], shift: int) -> bytes:
    parts = [(numbers[glyph], x, y) for glyph, x, y in cluster.parts if used.glyph(numbers[glyph])]
    if not parts:
        return b""
    boxes = [(*(box or (0, 0, 0, 0)), x, y) for box, x, y in ((used.box(part), x, y) for part, x, y in parts)]
    out = struct.pack(
        ">5h",
        -1,
        min(left + x for left, _low, _right, _high, x, _y in boxes),
        min(low + y for _left, low, _right, _high, _x, y in boxes),
        max(right + x for _left, _low, right, _high, x, _y in boxes),
        max(high + y for _left, _low, _right, high, _x, y in boxes),
    )
    for at, (number, x, y) in enumerate(parts):
        flags = _WORDS | _XY | (_OVERLAP if at == 0 else 0) | (_MORE if at < len(parts) - 1 else 0)
        out += struct.pack(">HHhh", flags, number + shift, x, y)
    return out


def _shifted(data: bytes, shift: int) -> bytes:
    """A glyph whose components, if it has any, are ``shift`` further on."""
    if not data or struct.unpack_from(">h", data)[0] >= 0:
        return data
    moved = bytearray(data)
    for at, number in components(data):
        struct.pack_into(">H", moved, at, number + shift)
    return bytes(moved)


def _left(data: bytes) -> int:
    return int(struct.unpack_from(">h", data, 2)[0]) if data else 0


def _most(drawn: Sequence[Drawn], used: Outlines, numbers: Mapping[int, int]) -> tuple[int, int, int, int, int, int]:
    """The largest counts of table maxp: points and contours of a simple glyph and of a composite one, components, depth."""
    simple = [used.outline(number) for number in range(used.count)]
    whole = [[simple[numbers[glyph]] for glyph, _x, _y in cluster.parts] for cluster in drawn]
    plain = [one for one in simple if one[2] == 0]
    return (
        max(one[0] for one in plain),
        max(one[1] for one in plain),
        max((sum(one[0] for one in parts) for parts in whole), default=0),
        max((sum(one[1] for one in parts) for parts in whole), default=0),
        max((len(parts) for parts in whole), default=0),
        1 + max(one[2] for one in simple),
    )


def _file(
    used: Outlines, glyphs: Sequence[bytes], metrics: Sequence[tuple[int, int]], most: tuple[int, int, int, int, int, int]
) -> bytes:
    places, body = [0], bytearray()
    for data in glyphs:
        body += data + b"\0" * (-len(data) % 4)
        places.append(len(body))
    head = bytearray(used.tables["head"])
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    maxp = bytearray(used.tables["maxp"][:32].ljust(32, b"\0"))
    struct.pack_into(">5H", maxp, 4, len(glyphs), *most[:4])
    struct.pack_into(">2H", maxp, 28, *most[4:])
    hhea = bytearray(used.tables["hhea"])
    struct.pack_into(">H", hhea, 10, max(advance for advance, _left in metrics))
    struct.pack_into(">H", hhea, 34, len(metrics))
    return _written(
        {
            b"glyf": bytes(body),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(struct.pack(">Hh", *metric) for metric in metrics),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"maxp": bytes(maxp),
        }
    )


def _written(tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    out = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    offset, bodies = 12 + 16 * count, b""
    for name, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        out += struct.pack(">4sIII", name, _sum_of(padded), offset + len(bodies), len(data))
        bodies += padded
    whole = bytearray(out + bodies)
    at = offset + sum(len(data) + -len(data) % 4 for name, data in tables.items() if name < b"head")
    struct.pack_into(">I", whole, at + 8, (0xB1B0AFBA - _sum_of(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum_of(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
