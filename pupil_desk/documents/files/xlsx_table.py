"""Tables as an XLSX workbook for people: every cell of its type, so that a spreadsheet neither runs nor alters it.

Text is a text cell (format ``@``), so that leading zeros, long numbers and what begins with ``=`` stay as they are. A date is a
date, shown dd/mm/yyyy; a number is a number. The workbook names no author, and nothing of it touches the disk while it is made.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import CONTROL, Cell

MOST_ROWS = 1_048_575  # of a sheet, below its heading
MOST_CELLS = 800_000
"""With something in them, of a whole workbook. XlsxWriter holds some 300 bytes of each until the end, and what else it has, it keeps in open files
of the system's: so many are the memory that a sign-in takes for its half second, and no export takes more."""
ABOUT = _("About this file")
"""The name of the sheet of facts, which each workbook of ours ends with."""
_LONGEST_NAME = 31  # characters of a tab
_LONGEST_CELL = 32_767  # characters
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_TEXT = 49  # the number of the format @
_NARROWEST, _WIDEST, _OF_DATE = 9, 48, 12  # characters wide
_ON_A_PAGE = 170  # characters across a lying A4, of some 8 points
_FIRST_YEAR = 1900  # a spreadsheet knows no day before it
_LOOKED_AT = 500  # rows that a width is taken from


@dataclass(frozen=True, slots=True)
class XlsxTable:
    """A sheet: the name on its tab, its headings, and its rows, which are gone through once. ``naming`` are the first columns that say
    whom a row is about: where the columns need several pages beside each other, they stand on each."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    naming: int = 1


class TooManyRows(ValueError):
    """A sheet has room for 1,048,575 rows below its heading, a workbook of ours for 800,000 cells, and these are more."""


def xlsx_bytes(tables: Iterable[XlsxTable], file_facts: Iterable[tuple[str, str]], moment: datetime) -> bytes:
    """The workbook's bytes: a sheet for each table, with a frozen heading and a filter, and last «About this file».

    ``file_facts`` are its facts, (label, words), gone through once the tables are written; ``moment`` is when it was made, for the description of the file. The same input gives the same bytes with the same zlib.
    Raises TooManyRows; ValueError for a row of another length than the heading, a control character, or a text of more than 32,767 characters.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": moment.replace(tzinfo=None, microsecond=0)})
        looks = _Looks(book)
        used_names = {ABOUT.casefold()}
        for table in tables:
            _write(book.add_worksheet(_tab(table.name, used_names)), table, looks)
        _write_about(book.add_worksheet(ABOUT), [*file_facts], looks)
    return out.getvalue()


class _Looks:
    """The formats of a workbook's cells, and how many more cells it takes."""

    def __init__(self, book: Any) -> None:
        self.room = MOST_CELLS
        self.text = book.add_format({"num_format": _TEXT, "valign": "top"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self.number = book.add_format({"valign": "top"})
        self.head = book.add_format({"bold": True, "num_format": _TEXT, "bottom": 1, "valign": "top"})
        self.fact = book.add_format({"bold": True, "valign": "top"})
        self.words = book.add_format({"num_format": _TEXT, "text_wrap": True, "valign": "top"})


def _tab(name: str, used_names: set[str]) -> str:
    """A name that a tab may bear and that no other tab has."""
    plain = " ".join(name.translate(_NOT_IN_A_NAME).split()) or _("Data")
    tab_name, number = plain[:_LONGEST_NAME].strip(), 1
    while tab_name.casefold() in used_names:
        number += 1
        tab_name = f"{plain[: _LONGEST_NAME - 4].strip()} {number}"
    used_names.add(tab_name.casefold())
    return tab_name


def _write(sheet: Any, table: XlsxTable, looks: _Looks) -> None:
    width, number = len(table.header), 0
    wide = [min(max(len(heading) + 3, _NARROWEST), _WIDEST) for heading in table.header]  # room for the filter's button
    for place, heading in enumerate(table.header):
        sheet.write_string(0, place, heading, looks.head)
    for number, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise ValueError("a row of another length than the header")
        looks.room -= width - row.count(None)
        if number > MOST_ROWS or looks.room < 0:
            raise TooManyRows("more rows than a sheet has, or more cells than a workbook")
        if number <= _LOOKED_AT:
            wide = [min(max(before, _size(cell)), _WIDEST) for before, cell in zip(wide, row, strict=True)]
        _write_row(sheet, number, row, wide, looks)
    for place, size in enumerate(wide):
        sheet.set_column(place, place, size, looks.text)
    pages = _pages_across(wide, table.naming)
    sheet.freeze_panes(1, table.naming if pages > 1 else 0)
    if width:
        sheet.autofilter(0, 0, number, width - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(0)
    if pages > 1:
        sheet.repeat_columns(0, table.naming - 1)
    sheet.fit_to_pages(pages, 0)


def _pages_across(wide: Sequence[int], naming: int) -> int:
    """How many pages beside each other the columns need in print that can be read, the naming ones on each."""
    naming_width = sum(wide[:naming])
    return max(1, ceil((sum(wide) - naming_width) / max(_ON_A_PAGE - naming_width, _WIDEST)))


def _write_row(sheet: Any, number: int, row: Sequence[Cell], wide: Sequence[int], looks: _Looks) -> None:
    """``wide``: how wide each column is; a text that is longer goes on below, where the cell beside it would cover it."""
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(number, place, _sound(cell), looks.words if _size(cell) > wide[place] or "\n" in cell else looks.text)
        elif cell is None:
            continue
        elif isinstance(cell, bool):
            sheet.write_string(number, place, "Y" if cell else "N", looks.text)
        elif isinstance(cell, int | Decimal):
            sheet.write_number(number, place, cell, looks.number)
        elif cell.year < _FIRST_YEAR:
            sheet.write_string(number, place, cell.isoformat(), looks.text)
        else:
            sheet.write_datetime(number, place, cell, looks.date)


def _sound(text: str) -> str:
    if CONTROL.search(text) or len(text) > _LONGEST_CELL:
        raise ValueError("a control character in a cell, or a text that no cell holds")
    return text


def _size(cell: Cell) -> int:
    return len(cell) + 1 if isinstance(cell, str) else _OF_DATE if isinstance(cell, date) else 0


def _write_about(sheet: Any, file_facts: Sequence[tuple[str, str]], looks: _Looks) -> None:
    for number, (label, words) in enumerate(file_facts):
        sheet.write_string(number, 0, label, looks.fact)
        sheet.write_string(number, 1, words, looks.words)
    sheet.set_column(0, 0, max([len(heading) for heading, _words in file_facts] + [_NARROWEST]) + 2)
    sheet.set_column(1, 1, 90, looks.words)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
