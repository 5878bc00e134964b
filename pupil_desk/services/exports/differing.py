"""Where a pupil's rows of then and of now differ: row by row, column by column, told by the items of the catalogue."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import Cell
from pupil_desk.domain.catalogue import every_item
from pupil_desk.domain.items import Kind
from pupil_desk.domain.pupil import ADDRESS
from pupil_desk.domain.validation import show
from pupil_desk.services.exports.digests import Digests, Frozen
from pupil_desk.services.exports.export import Column, Row, Sheet, without_places
from pupil_desk.services.notice_text import label_of

type _Pairs = list[tuple[int, int]]
"""The places of the columns that stand on both sheets: then, and now."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value that differs: its column, the row's key («» where there is one), and the present value in words, «» for nothing.

    ``group`` is what it is called among others in a sentence: the parts of one address are one.
    """

    column: Column
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

    def __init__(self, then: Sequence[Sheet], now: Sequence[Sheet]) -> None:
        self.now = tuple(now)
        numbers = {sheet.name: number for number, sheet in enumerate(now)}
        self._number = {number: numbers.get(sheet.name) for number, sheet in enumerate(then)}
        self._pairs: dict[int, _Pairs] = {}
        for number, sheet in enumerate(then):
            match = self._number[number]
            if match is not None:
                places = {column.heading: place for place, column in reversed(list(enumerate(now[match].columns)))}
                self._pairs[number] = [(place, places[column.heading]) for place, column in enumerate(sheet.columns) if column.heading in places]
        before, after = (dict.fromkeys(column.heading for sheet in sheets for column in sheet.columns) for sheets in (then, now))
        self.columns_new = tuple(heading for heading in after if heading not in before)
        self.columns_gone = tuple(heading for heading in before if heading not in after)

    @classmethod
    def read(cls, then: str, now: Sequence[Sheet]) -> Self:
        """``then`` is as ``frozen.keep`` wrote it."""
        return cls([Sheet(name, tuple(Column(heading, item) for heading, item in columns)) for name, columns in json.loads(then)], now)

    def number(self, then: int) -> int:
        """The number that a sheet of then has now; less than 0 for one that is no longer there."""
        found = self._number.get(then)
        return -1 - then if found is None else found

    def pairs(self, then: int) -> _Pairs:
        """The columns that stand on a sheet of then and on the same sheet now."""
        return self._pairs.get(then, [])


def differences(then: Iterable[Frozen], now: Iterable[Row], sheets: Sheets, digests: Digests) -> tuple[tuple[Field, ...], tuple[str, ...], tuple[str, ...]]:
    """The values that differ in the rows of both, the keys of rows that are new, and of those that are no longer there."""
    before = _keyed((sheets.number(row.sheet), row.key, row) for row in then)
    after = _keyed((row.sheet, row.key, row) for row in now)
    fields = [field for name, row in after.items() if name in before for field in _fields(before[name], row, sheets, digests)]
    new = tuple(without_places(row.key) for name, row in after.items() if name not in before)
    gone = tuple(without_places(row.key) for name, row in before.items() if name not in after)
    return tuple(fields), new, gone


def _keyed[R](rows: Iterable[tuple[int, str, R]]) -> dict[tuple[int, str, int], R]:
    """By sheet, key, and, should one stand there twice, its place among those."""
    found: dict[tuple[int, str, int], R] = {}
    for sheet, key, row in rows:
        number = 0
        while (sheet, key, number) in found:
            number += 1
        found[sheet, key, number] = row
    return found


def _fields(then: Frozen, now: Row, sheets: Sheets, digests: Digests) -> Iterator[Field]:
    columns = sheets.now[now.sheet].columns
    for before, after in sheets.pairs(then.sheet):
        if then.cells[before] != digests.of(now.cells[after]):
            yield _field(columns, columns[after], now, now.cells[after])


def _field(columns: Sequence[Column], column: Column, row: Row, cell: Cell) -> Field:
    record, _dot, attribute = column.item.partition(".")
    if column.item in every_item():
        label = label_of(column.item)
        address = {"pupil": _("address"), "contact": _("contact: address")}.get(record, begun_small(label))
        group = address if attribute in ADDRESS else begun_small(label)
    else:
        label = group = without_places(row.key).rpartition("/")[2] if len(columns) == 1 and row.key else column.heading
    return Field(column, row.key, label, _shown(column.item, cell), group)


def _shown(path: str, cell: Cell) -> str:
    item = every_item().get(path)
    if cell is None or item is None:
        return "" if cell is None else str(cell)
    fits = {Kind.DATE: date, Kind.YES_NO: bool, Kind.CODE: str}.get(item.kind, object)
    return show(item, cell) if isinstance(cell, fits) else str(cell)
