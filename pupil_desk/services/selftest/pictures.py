"""The pictures of pages, read as the files they are: a picture of one colour shows nothing."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.words import _
from pupil_desk.services.selftest.check import Failed

_PNG = b"\x89PNG\r\n\x1a\n"
_BYTES = {0: 1, 2: 3, 4: 2, 6: 4}  # of one dot, by the kind of colour, eight bits each (PNG, 11.2.2)
_FILTERS = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its size in dots, whether all of it has one colour, and what drew it as the picture itself says."""

    width: int
    height: int
    one_colour: bool
    drawn_by: str


def read_picture(path: Path) -> Picture:
    """Read a PNG of eight bits a colour. Raises Failed for what is none or is cut short."""
    chunks = list(_chunks(path.read_bytes(), path.name))
    head = dict(chunks).get(b"IHDR", b"")
    try:
        width, height, depth, kind, _packing, _filtering, interlaced = struct.unpack(">IIBBBBB", head)
        dots = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    except (struct.error, zlib.error) as error:
        raise _no_picture(path.name) from error
    if depth != 8 or kind not in _BYTES or interlaced or len(dots) != height * (1 + width * _BYTES[kind]):
        raise _no_picture(path.name)
    return Picture(width, height, _one_colour(dots, height, _BYTES[kind]), _software(chunks))


def _no_picture(name: str) -> Failed:
    return Failed(_("{name} is not a whole picture").format(name=name))


def _chunks(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Each part of the file, its checksum proved."""
    if not data.startswith(_PNG):
        raise _no_picture(name)
    position = len(_PNG)
    while position < len(data):
        size = int.from_bytes(data[position : position + 4])
        kind, body, check = (
            data[position + 4 : position + 8],
            data[position + 8 : position + 8 + size],
            data[position + 8 + size : position + 12 + size],
        )
        if zlib.crc32(kind + body) != int.from_bytes(check) or len(check) != 4:
            raise _no_picture(name)
        yield kind, body
        position += 12 + size


def _software(chunks: list[tuple[bytes, bytes]]) -> str:
    for kind, body in chunks:
        word, _mark, text = body.partition(b"\0")
        if kind == b"tEXt" and word == b"Software":
            return text.decode("latin-1")
    return ""


def _one_colour(dots: bytes, height: int, size: int) -> bool:
    """Whether every dot is like the first. The rows are compared as they are filtered (PNG, 9.2), which saves undoing that."""
    row = len(dots) // height
    dot = dots[1 : 1 + size]  # the very first dot stands in the file as it is, whatever the filter
    count = (row - 1) // size
    first = {way: _filtered(way, dot, count, above=False) for way in range(_FILTERS)}
    later_rows = {way: _filtered(way, dot, count, above=True) for way in range(_FILTERS)}
    if dots[1:row] != first.get(dots[0]):
        return False
    return all(dots[position + 1 : position + row] == later_rows.get(dots[position]) for position in range(row, len(dots), row))


def _filtered(way: int, dot: bytes, count: int, *, above: bool) -> bytes:
    """How a row of so many dots of one colour stands in the file: by filter, and by whether a row like it is above."""
    zeros = bytes(len(dot))
    rest_of_half = bytes(value - value // 2 for value in dot)
    match way:
        case 0:
            return dot * count
        case 1:
            return dot + zeros * (count - 1)
        case 2:
            return zeros * count if above else dot * count
        case 3:
            return rest_of_half + zeros * (count - 1) if above else dot + rest_of_half * (count - 1)
        case _:
            return zeros * count if above else dot + zeros * (count - 1)
