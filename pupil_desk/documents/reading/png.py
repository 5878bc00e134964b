"""A PNG taken apart: how large it is, that it is whole, and what of it is kept.

Only what is needed to draw it stays: texts, the time, EXIF, colour profiles and anything behind its end go.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.domain.papers.attachment import MOST_DOTS

START = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"IDAT", b"IEND"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by the kind of colour
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PALETTE = 3
_PASSES = (  # of an interlaced one: where each begins, across and down, and how far its dots stand apart
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class PngShape:
    """What is needed to draw it. ``channels``: 1 grey or palette, 2 grey and cover, 3 colours, 4 colours and cover.

    ``interlaced``: its dots stand in seven passes, each finer than the one before, and cannot be drawn as they are packed.
    """

    width: int
    height: int
    depth: int
    channels: int
    palette: bytes
    packed: bytes
    interlaced: bool = False

    @property
    def row(self) -> int:
        """The bytes of one row, with the byte that says how it is filtered."""
        return self._row(self.width)

    def _row(self, width: int) -> int:
        return 1 + (width * self.depth * self.channels + 7) // 8

    @property
    def unpacked(self) -> int:
        """The bytes that all rows have together; of an interlaced one, those of each pass."""
        if not self.interlaced:
            return self.row * self.height
        passes = [(-(-(self.width - left) // across), -(-(self.height - top) // down)) for left, top, across, down in _PASSES]
        return sum(self._row(width) * height for width, height in passes if width > 0 and height > 0)


def cleaned(data: bytes) -> bytes:
    """The picture without what is not seen. Raises NotKept for one that is damaged, too large or of a rare kind."""
    shape_of(data)
    return START + b"".join(chunk for name, _body, chunk in _chunks(data) if name in _KEPT)


def shape_of(data: bytes) -> PngShape:
    """What is needed to draw it; each sum is checked, and its dots are counted without keeping them. Raises NotKept."""
    head, palette, packed, is_ended = b"", b"", [], False
    for name, body, _chunk in _chunks(data):
        if name == b"IHDR":
            head = body
        elif name == b"PLTE":
            palette = body
        elif name == b"IDAT":
            packed.append(body)
        is_ended = name == b"IEND"
    if not is_ended:
        raise NotKept("cut_short")
    shape = _shape(head, palette, b"".join(packed))
    if not _is_whole(shape):
        raise NotKept("bad_picture")
    return shape


def _shape(head: bytes, palette: bytes, packed: bytes) -> PngShape:
    if len(head) != 13:
        raise NotKept("bad_picture")
    width, height, depth, colour = int.from_bytes(head[:4]), int.from_bytes(head[4:8]), head[8], head[9]
    if not width or not height or depth not in _DEPTHS.get(colour, ()) or head[10:] not in (b"\0\0\0", b"\0\0\1"):
        raise NotKept("bad_picture")
    if width * height > MOST_DOTS:
        raise NotKept("too_many_dots")
    if colour == _PALETTE and (not palette or len(palette) % 3 or len(palette) > 768):
        raise NotKept("bad_picture")
    return PngShape(
        width, height, depth, _CHANNELS[colour], palette if colour == _PALETTE else b"", packed=packed, interlaced=head[12] == 1
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each part's name, its body and all its bytes, up to the end. Raises NotKept for a wrong sum."""
    place = len(START)
    while place + 12 <= len(data):
        size, name = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        end = place + 12 + size
        if end > len(data):
            raise NotKept("cut_short")
        if zlib.crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise NotKept("bad_picture")
        yield name, data[place + 8 : end - 4], data[place:end]
        if name == b"IEND":
            return
        place = end


def _is_whole(shape: PngShape) -> bool:
    """Whether what is packed comes to exactly its dots, read in steps so that a bomb fills no memory."""
    unpacker, expected, size = zlib.decompressobj(), shape.unpacked, 0
    fed = shape.packed
    try:
        while size <= expected:
            piece = unpacker.decompress(fed, _STEP)
            size += len(piece)
            fed = unpacker.unconsumed_tail
            if unpacker.eof or not piece:
                break
    except zlib.error:
        return False
    return unpacker.eof and size == expected
