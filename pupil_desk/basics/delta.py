"""A file kept as what differs from another that is nearly the same: the other's pieces by number, and what is new, compressed.

A PDF is cut after each of its objects, and after its number, since what follows may have another number in the other file; any other
file after each line. The result says nothing that the two files do not.
"""

import hashlib
import re
import struct
import zlib

_CUT = re.compile(rb"(?<=endobj\n)|(?<= 0 obj\n)")
_LINES = re.compile(rb"(?<=\n)")
_FROM_BASE, _NEW, _NOTHING = range(3)
_STEP = struct.Struct(">BII")  # what it is; the first piece and how many, or the length of what is new


def difference(base: bytes, data: bytes) -> bytes:
    """What must be kept beside ``base`` so that ``patched`` gives ``data``, byte for byte."""
    places: dict[bytes, int] = {}
    for number, piece in enumerate(_pieces(base)):
        places.setdefault(_digest(piece), number)
    steps: list[tuple[int, int, int]] = []
    new: list[bytes] = []
    for piece in _pieces(data):
        base_place = places.get(_digest(piece))
        kind, first, count = steps.pop() if steps else (_NOTHING, 0, 0)
        if base_place is None:
            new.append(piece)
            step = (_NEW, 0, len(piece))
        else:
            step = (_FROM_BASE, base_place, 1)
        if kind == step[0] and (kind == _NEW or first + count == base_place):
            steps.append((kind, first, count + step[2]))
        else:
            steps += [step] if kind == _NOTHING else [(kind, first, count), step]
    packed_steps = b"".join(_STEP.pack(*step) for step in steps)
    return zlib.compress(struct.pack(">I", len(steps)) + packed_steps + b"".join(new), 9)


def patched(base: bytes, delta: bytes) -> bytes:
    """The file again. Raises ValueError where ``delta`` is not what ``difference`` made, or of another base."""
    try:
        body = zlib.decompress(delta)
        (number,) = struct.unpack_from(">I", body)
        steps = [_STEP.unpack_from(body, 4 + place * _STEP.size) for place in range(number)]
    except (zlib.error, struct.error) as error:
        raise ValueError("not a difference of ours") from error
    pieces, position, out = _pieces(base), 4 + number * _STEP.size, []
    for kind, first, count in steps:
        if kind == _FROM_BASE:
            if first + count > len(pieces):
                raise ValueError("a piece that the base has not")
            out += pieces[first : first + count]
        else:
            out.append(body[position : position + count])
            position += count
    return b"".join(out)


def _pieces(data: bytes) -> list[bytes]:
    splitter = _CUT if data.startswith(b"%PDF-") else _LINES
    return [piece for piece in splitter.split(data) if piece]


def _digest(piece: bytes) -> bytes:
    return hashlib.sha256(piece).digest()
