"""What is kept of an export's rows: for each its sheet, its key, and a digest of each value, from which no value is read back.

The digests are keyed with a salt of the export's own, so that those of two exports tell nothing of each other. A value is
digested as the text that a file would hold, so that another type for the same text is no difference; nothing is the empty text.
A pupil's rows stand in one piece, and are packed where there are many, as in a year's register.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from pupil_desk.documents.csv_table import Cell
from pupil_desk.services.exports.export import Row

SALT = 16
_SIZE = 8  # bytes of a digest: a difference is overlooked once in 2^64
_PACKED_FROM = 8  # rows; of fewer nothing repeats that packing would save
_PLAIN, _PACKED = b"\0", b"\1"
_HEAD = struct.Struct(">BHH")  # the sheet, the bytes of the key, the cells


@dataclass(frozen=True, slots=True)
class Frozen:
    """One row: the number of its sheet, its key, and the digests of its cells in the order of the columns."""

    sheet: int
    key: str
    cells: tuple[bytes, ...]


class Digests:
    """Digests under one salt. Those of values seen before are not worked out again."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._known: dict[str, bytes] = {}

    def of(self, cells: Sequence[Cell]) -> list[bytes]:
        """The digest of each cell."""
        known, found = self._known, []
        for cell in cells:
            text = cell if type(cell) is str else _text(cell)
            digest = known.get(text)
            if digest is None:
                digest = known[text] = blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=_SIZE).digest()
            found.append(digest)
        return found

    def frozen(self, rows: Iterable[Row]) -> tuple[bytes, int]:
        """A pupil's rows as they are kept, and how many values they have."""
        pieces, number, cells = [], 0, 0
        for row in rows:
            key = row.key.encode("utf-8", "surrogatepass")
            pieces += [_HEAD.pack(row.sheet, len(key), len(row.cells)), key, *self.of(row.cells)]
            number, cells = number + 1, cells + len(row.cells)
        body = b"".join(pieces)
        return (_PACKED + zlib.compress(body) if number > _PACKED_FROM else _PLAIN + body), cells


def thawed(kept: bytes) -> list[Frozen]:
    """The rows of a pupil, as ``frozen`` kept them."""
    body = zlib.decompress(kept[1:]) if kept[:1] == _PACKED else kept[1:]
    found, place = [], 0
    while place < len(body):
        sheet, length, number = _HEAD.unpack_from(body, place)
        place += _HEAD.size
        key = body[place : place + length].decode("utf-8", "surrogatepass")
        place += length
        cells = tuple(body[at : at + _SIZE] for at in range(place, place + number * _SIZE, _SIZE))
        place += number * _SIZE
        found.append(Frozen(sheet, key, cells))
    return found


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
