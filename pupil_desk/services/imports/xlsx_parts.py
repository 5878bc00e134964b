"""What the reader of workbooks does not tell and their parts do: cells that hold an error, and the calendar that days are counted by.

The parts are looked through by pattern, not parsed: they come from outside, and a pattern meets neither entities nor depth. A part
that is written in a way no program writes is passed over, and then the workbook reads as the reader of workbooks has it.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

type Value = str | float | int | bool | date | datetime | time | timedelta

_DAYS_LATER = 1462  # from 31 December 1899, where Excel begins to count, to 1 January 1904, where Excel for Mac did
_CALENDAR = re.compile(rb"""<(?:\w+:)?workbookPr\b[^<>]*\bdate1904=["'](?:1|true)["']""")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^<>]*\br?:?id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ID, _TARGET = re.compile(rb"""\bId=["']([^"']+)["']"""), re.compile(rb"""\bTarget=["']([^"']+)["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]{0,200}?\bt="e"[^<>/]{0,200})>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})</"""
)
_PLACE = re.compile(rb"""\br="([A-Z]{1,3})([0-9]{1,7})\"""")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of each sheet, in the order of the workbook, and how many days its calendar begins later than the usual one."""

    of_sheets: tuple[bytes, ...]
    days_later: int

    def sheet(self, place: int) -> bytes:
        """The part of the sheet at that place; empty where it cannot be told."""
        return self.of_sheets[place] if place < len(self.of_sheets) else b""


def workbook_parts(source: bytes) -> Parts:
    """The parts of a workbook whose archive was checked before."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        names = set(archive.namelist())
        book = next((name for name in names if name.endswith("workbook.xml")), "")
        folder, _slash, name = book.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if not book or relations not in names:
            return Parts((), 0)
        book_xml = archive.read(book)
        targets = _targets(archive.read(relations), folder)
        paths = [targets.get(match[1], "") for match in _SHEET.finditer(book_xml)]
        parts_by_path = {path: archive.read(path) for path in set(paths) & names}  # each once, however often the workbook names it
        return Parts(tuple(parts_by_path.get(path, b"") for path in paths), _DAYS_LATER if _CALENDAR.search(book_xml) else 0)


def _targets(relations: bytes, folder: str) -> dict[bytes, str]:
    paths_by_id = {}
    for relation in _RELATION.findall(relations):
        key, target = _ID.search(relation), _TARGET.search(relation)
        if key and target:
            path = target[1].decode("utf-8", errors="replace")
            paths_by_id[key[1]] = path.lstrip("/") if path.startswith("/") else f"{folder}/{path}".lstrip("/")
    return paths_by_id


def with_errors(rows: Sequence[Sequence[Value]], part: bytes) -> Sequence[Sequence[Value]]:
    """The rows with the signs of errors, such as #REF!, in the cells that hold one."""
    if b't="e"' not in part:
        return rows
    changed = [list(row) for row in rows]
    for cell, sign in _ERROR.findall(part):
        if place := _PLACE.search(cell):
            row, column = int(place[2]) - 1, column_number(place[1]) - 1
            if row < len(changed) and column < len(changed[row]):
                changed[row][column] = sign.decode("utf-8", errors="replace")
    return changed


def column_number(letters: bytes) -> int:
    """The number of a column, the first being 1: AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
