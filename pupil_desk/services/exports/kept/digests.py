"""What is kept of an export's rows: for each its sheet, its key, and a digest of each value, from which no value is read back.

The digests bear a salt of the export's own, so that those of two exports tell nothing of each other. A value is
digested as the text that a file would hold, so that another type for the same text is no difference; nothing is the empty text.
A pupil's rows stand in one piece, and are packed where there are many, as in a year's register.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.services.exports.export import ExportRow

SALT = 16
_SIZE = 8  # bytes of a digest: a difference is overlooked once in 2^64
_PACKED_FROM = 8  # rows; of fewer nothing repeats that packing would save
_LEVEL = 1  # of packing: the next ones take three times as long for a tenth less
_PLAIN, _PACKED = b"\0", b"\1"
_HEAD = struct.Struct(">BHH")  # the sheet, the bytes of the key, the cells


@dataclass(frozen=True, slots=True)
class Frozen:
    """One row: the number of its sheet, its key, and the digests of its cells in the order of the columns."""

    sheet: int
    key: str
    cells: tuple[bytes, ...]


class _DigestCache(dict[Cell, bytes]):
    """The digest of each value met so far. A yes or no is as 1 and 0, and 85.0 as 85, for which it is one key."""

    def __init__(self, salt: bytes) -> None:
        super().__init__()
        self._salted_hash = blake2b(salt=salt, digest_size=_SIZE)

    def __missing__(self, cell: Cell) -> bytes:
        hasher = self._salted_hash.copy()  # in half the time of a new one
        hasher.update(_text(cell).encode("utf-8", "surrogatepass"))
        digest = self[cell] = hasher.digest()
        return digest


class Digests:
    """Digests under one salt. Those of values met before are not worked out again."""

    def __init__(self, salt: bytes) -> None:
        self.digest_of = _DigestCache(salt).__getitem__
        """The digest of a value."""

    def frozen(self, rows: Sequence[ExportRow]) -> tuple[bytes, int]:
        """A pupil's rows as they are kept, and how many values they have: an empty cell is none."""
        cells, pieces = 0, []
        for row in rows:
            key, number = row.key.encode("utf-8", "surrogatepass"), len(row.cells)
            pieces += [_HEAD.pack(row.sheet, len(key), number), key, *map(self.digest_of, row.cells)]
            cells += number - row.cells.count(None) - row.cells.count("")
        body = b"".join(pieces)
        return (_PACKED + zlib.compress(body, _LEVEL) if len(rows) > _PACKED_FROM else _PLAIN + body), cells


def thawed(packed: bytes) -> list[Frozen]:
    """The rows of a pupil, as ``frozen`` kept them."""
    body = zlib.decompress(packed[1:]) if packed[:1] == _PACKED else packed[1:]
    rows, place = [], 0
    while place < len(body):
        sheet, length, number = _HEAD.unpack_from(body, place)
        place += _HEAD.size
        key = body[place : place + length].decode("utf-8", "surrogatepass")
        place += length
        cells = tuple(body[offset : offset + _SIZE] for offset in range(place, place + number * _SIZE, _SIZE))
        place += number * _SIZE
        rows.append(Frozen(sheet, key, cells))
    return rows


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else str(int(cell))
