"""Where a pupil's rows of then and of now differ: row by row, column by column, told by the items of the catalogue.

What is kept of an export's rows: for each its sheet, its key, and a digest of each value, from which no value is read back.

The digests bear a salt of the export's own, so that those of two exports tell nothing of each other. A value is
digested as the text that a file would hold, so that another type for the same text is no difference; nothing is the empty text.
A pupil's rows stand in one piece, and are packed where there are many, as in a year's register.
"""

import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Self

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.services.exports.contents import without_places
from pupil_desk.services.exports.export import ExportColumn, ExportRow, ExportSheet

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
        hasher.update((cell if isinstance(cell, str) else _text(cell)).encode("utf-8", "surrogatepass"))
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


def _text(cell: int | Decimal | date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else str(int(cell))


_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # as of a stay: it tells rows apart, and tells a person nothing

type _Pairs = list[tuple[int | None, int | None]]
"""The places of a column on both sheets, then and now; None on one of the two for one of a further person, who is on the other alone."""


@dataclass(frozen=True, slots=True)
class DifferingField:
    """A value that differs: its column, the row's key («» where there is one, or it is an identity of ours), and the present value in words, «» for nothing.

    ``group`` is what it is called among others in a sentence: the parts of one address are one.
    """

    column: ExportColumn
    key: str
    label: str
    now: str
    group: str

    @property
    def empty(self) -> bool:
        """Whether nothing stands there now."""
        return not self.now


class Sheets:
    """The sheets of then beside those of now, matched by name, and their columns by heading."""

    def __init__(self, then: Sequence[ExportSheet], now: Sequence[ExportSheet]) -> None:
        self.then, self.now = tuple(then), tuple(now)
        numbers = {sheet.name: number for number, sheet in enumerate(now)}
        self._number = {number: numbers.get(sheet.name) for number, sheet in enumerate(then)}
        self._pairs: dict[int, _Pairs] = {}
        for number, sheet in enumerate(then):
            match = self._number[number]
            if match is not None:
                self._pairs[number] = list(_paired(sheet.columns, now[match].columns))
        before, after = (dict.fromkeys(column.heading for sheet in sheets for column in sheet.columns) for sheets in (then, now))
        self.columns_new = tuple(heading for heading in after if heading not in before)
        self.columns_gone = tuple(heading for heading in before if heading not in after)

    @classmethod
    def read(cls, then: str, now: Sequence[ExportSheet]) -> Self:
        """``then`` is as ``frozen.keep`` wrote it."""
        return cls(
            [ExportSheet(name, tuple(ExportColumn(heading, item) for heading, item in columns)) for name, columns in json.loads(then)], now
        )

    def number(self, then: int) -> int:
        """The number that a sheet of then has now; less than 0 for one that is no longer there."""
        current = self._number.get(then)
        return -1 - then if current is None else current

    def pairs(self, then: int) -> _Pairs:
        """The columns of a sheet of then and of the same sheet now that are compared."""
        return self._pairs.get(then, [])


def _paired(then: Sequence[ExportColumn], now: Sequence[ExportColumn]) -> Iterator[tuple[int | None, int | None]]:
    """The columns that stand on both; and those of a further person (a third contact), whose items stand on both, on one of them more often.

    A column of an item that the other has not is of another make of the export, and is told of once, not with each pupil.
    """
    before, after = ({column.heading: place for place, column in enumerate(columns)} for columns in (then, now))
    often, often_now = (Counter(column.item for column in columns if column.item) for columns in (then, now))
    for heading, place in after.items():
        if heading in before:
            yield before[heading], place
        elif often_now[now[place].item] > often[now[place].item] > 0:
            yield None, place
    for heading, place in before.items():
        if heading not in after and often[then[place].item] > often_now[then[place].item] > 0:
            yield place, None


def differences(
    then: Iterable[Frozen], now: Iterable[ExportRow], sheets: Sheets, digests: Digests
) -> tuple[tuple[DifferingField, ...], tuple[str, ...], tuple[str, ...]]:
    """The values that differ in the rows of both, the keys of rows that are new, and of those that are no longer there."""
    before = _keyed((sheets.number(row.sheet), row.key, row) for row in then)
    after = _keyed((row.sheet, row.key, row) for row in now)
    fields = [field for name, row in after.items() if name in before for field in _fields(before[name], row, sheets, digests)]
    new = tuple(without_places(row.key) for name, row in after.items() if name not in before)
    removed = tuple(without_places(row.key) for name, row in before.items() if name not in after)
    return tuple(fields), new, removed


def _keyed[R](rows: Iterable[tuple[int, str, R]]) -> dict[tuple[int, str, int], R]:
    """By sheet, key, and, should one stand there twice, its place among those."""
    by_key: dict[tuple[int, str, int], R] = {}
    for sheet, key, row in rows:
        number = 0
        while (sheet, key, number) in by_key:
            number += 1
        by_key[sheet, key, number] = row
    return by_key


def _fields(then: Frozen, now: ExportRow, sheets: Sheets, digests: Digests) -> Iterator[DifferingField]:
    columns, empty_digest = sheets.now[now.sheet].columns, digests.digest_of(None)
    for before, after in sheets.pairs(then.sheet):
        cell = now.cells[after] if after is not None else None
        if (then.cells[before] if before is not None else empty_digest) != digests.digest_of(cell):
            column = columns[after] if after is not None else sheets.then[then.sheet].columns[before or 0]
            yield _field(columns, column, now, cell)


def _field(columns: Sequence[ExportColumn], column: ExportColumn, row: ExportRow, cell: Cell) -> DifferingField:
    record, _dot, attribute = column.item.partition(".")
    if column.item in every_item():
        label = label_of(column.item)
        address = {"pupil": _("address"), "contact": _("contact: address")}.get(record, begun_small(label))
        group = address if attribute in ADDRESS else begun_small(label)
    else:
        label = group = without_places(row.key).rpartition("/")[2] if len(columns) == 1 and row.key else column.heading
    return DifferingField(column, "" if _IDENTITY.fullmatch(row.key) else row.key, label, _cell_words(column.item, cell), group)


def _cell_words(path: str, cell: Cell) -> str:
    item = every_item().get(path)
    if cell is None or item is None:
        return "" if cell is None else str(cell)
    fits = {Kind.DATE: date, Kind.YES_NO: bool, Kind.CODE: str}.get(item.kind, object)
    return show(item, cell) if isinstance(cell, fits) else str(cell)
