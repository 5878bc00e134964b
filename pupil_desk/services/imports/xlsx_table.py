"""The first sheet of an XLSX workbook as lines of cells. A hostile workbook is refused before it is opened."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pupil_desk.basics.words import _
from pupil_desk.services.imports.table import Line, Unreadable, filled

_MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts together; 10,000 pupils are about 30 MB
_MOST_PARTS = 2_000
_MOST_CELLS = 4_000_000  # the reader makes room for the whole rectangle, however few of its cells are filled
_PLACE = re.compile(rb"""r="([A-Za-z]*)([0-9]+)""")
_PLACE_ODDLY_SPELT = re.compile(rb"""r\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_ODD_SPELLING = re.compile(rb"""r(?:\s+=|=\s|='|="\s)""")  # no program writes so, and the plain way is the fast one
_LONGEST_COLUMN, _LONGEST_ROW = 3, 7  # the last cell a sheet can have is XFD1048576

type Value = str | float | int | bool | date | datetime | time | timedelta


def read_xlsx(source: bytes) -> list[Line]:
    """The lines of the first sheet that hold anything, numbered as the sheet numbers them. Raises Unreadable."""
    _check_archive(source)
    return filled([[cell_text(value) for value in row] for row in _rows(source)])


def _rows(source: bytes) -> Sequence[Sequence[Value]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source)) as book:
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader is a Rust library; its panic is no Exception
            raise
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        _(
            "The workbook is damaged or is not an XLSX file. Open it in a spreadsheet program and save it again as XLSX or CSV."
        )
    )


def _too_large() -> Unreadable:
    return Unreadable(
        _(
            "The workbook is far too large for a list of pupils. Copy the rows that matter to a new workbook, or save it as CSV."
        )
    )


def _check_archive(source: bytes) -> None:
    """Unpack every part within limits, which also proves each checksum, and measure the sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
            if not any(part.filename.endswith("workbook.xml") for part in parts):
                raise _damaged()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise _too_large()
            for part in parts:
                data = archive.read(part)
                if b"sheetData" in data:
                    _check_extent(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged() from error


def _check_extent(sheet: bytes) -> None:
    """Measure the rectangle that holds every cell, told by name or only by its turn."""
    places = (_PLACE_ODDLY_SPELT if _ODD_SPELLING.search(sheet) else _PLACE).findall(sheet)
    letters, digits = {place[0] for place in places}, {place[1] for place in places}
    if max(map(len, letters), default=0) > _LONGEST_COLUMN or max(map(len, digits), default=0) > _LONGEST_ROW:
        raise _too_large()
    turns = sheet.split(b"<row")
    widest = max([turn.count(b"<c") for turn in turns] + [_column_number(column) for column in letters])
    tallest = max([len(turns)] + [int(row) for row in digits])
    if widest * tallest > _MOST_CELLS:
        raise _too_large()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def cell_text(value: Value) -> str:
    """A cell as text: 9.0 as 9, a date in ISO form, true and false in words. Text stays as it is, and = begins no formula."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)
