"""A sheet of an XLSX workbook as lines of cells. A hostile workbook is refused before it is opened.

The reader of workbooks leaves a cell empty that holds an error, such as #REF!, and a bare number of days as it stands, whatever
calendar the workbook counts by: both are looked up here in its parts.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime, time

from pupil_desk.basics.words import _, join_words
from pupil_desk.services.imports.table import TableLine, TableRead, Unreadable, WorkbookSheet, filled_lines
from pupil_desk.services.imports.xlsx_parts import Value, column_number, with_errors, workbook_parts

_MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts together; 10,000 pupils are about 30 MB
_MOST_PARTS = 2_000
_MOST_SHEETS = 500
_MOST_CELLS = 4_000_000  # the reader makes room for the whole rectangle, however few of its cells are filled
_PLACE = re.compile(rb"""r="([A-Za-z]*)([0-9]+)""")
_PLACE_ODDLY_SPELT = re.compile(rb"""r\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_ODD_SPELLING = re.compile(rb"""r(?:\s+=|=\s|='|="\s)""")  # no program writes so, and the plain way is the fast one
_LONGEST_COLUMN, _LONGEST_ROW = 3, 7  # the last cell a sheet can have is XFD1048576


def read_xlsx(source: bytes) -> list[TableLine]:
    """The lines that hold anything, as ``read_workbook`` reads them where no sheet is named. Raises Unreadable."""
    return read_workbook(source).lines


def read_workbook(source: bytes, name: str | None = None) -> TableRead:
    """The lines that hold anything of the sheet of that name, numbered as the sheet numbers them; without a name, of the first that is not hidden and holds more than one line.

    Raises Unreadable.
    """
    _check_archive(source)
    parts = workbook_parts(source)
    contents = [
        (title, is_hidden, filled_lines([[cell_text(value) for value in row] for row in with_errors(rows, parts.sheet(place))]))
        for place, (title, is_hidden, rows) in enumerate(_sheets(source))
    ]
    if name is not None and name not in (title for title, _is_hidden, _lines in contents):
        words = _("The workbook has no sheet «{name}». It has: {names}.")
        raise Unreadable(words.format(name=name, names=join_words([f"«{title}»" for title, _is_hidden, _lines in contents])))
    places = [
        place
        for place, (title, is_hidden, lines) in enumerate(contents)
        if (title == name if name is not None else len(lines) > 1 and not is_hidden)
    ]
    place = places[0] if places else 0
    sheets = tuple(WorkbookSheet(title, len(lines), is_hidden, index == place) for index, (title, is_hidden, lines) in enumerate(contents))
    return TableRead(contents[place][2] if contents else [], sheets, parts.days_later)


def _sheets(source: bytes) -> list[tuple[str, bool, Sequence[Sequence[Value]]]]:
    """Each sheet with cells: its name, whether it is hidden, and its rows."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[tuple[str, bool, Sequence[Sequence[Value]]]] = []
    cell_count = 0
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source)) as book:
            for sheet in book.sheets_metadata:
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False) if sheet.typ == SheetTypeEnum.WorkSheet else []
                sheets.append((sheet.name, sheet.visible != SheetVisibleEnum.Visible, rows))
                cell_count += len(rows) * len(rows[0]) if rows else 0
                _check_measure(cell_count, len(sheets))  # as it is read: one part may be named by many sheets
            return sheets
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader is a Rust library; its panic is no Exception
            raise
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        _("The workbook is damaged or is not an XLSX file. Open it in a spreadsheet program and save it again as XLSX or CSV.")
    )


def _too_large() -> Unreadable:
    return Unreadable(
        _("The workbook is far too large for a list of pupils. Copy the rows that matter to a new workbook, or save it as CSV.")
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
            cell_count = 0  # of all sheets together: each of them is read, to name those that hold something
            for part in parts:
                data = archive.read(part)
                cell_count += _extent(data) if b"sheetData" in data else 0
                _check_measure(cell_count, 0)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged() from error


def _check_measure(cells: int, sheets: int) -> None:
    if cells > _MOST_CELLS or sheets > _MOST_SHEETS:
        raise _too_large()


def _extent(sheet: bytes) -> int:
    """How many cells the rectangle has that holds every cell, told by name or only by its turn. Raises Unreadable for a place that no sheet has."""
    places = (_PLACE_ODDLY_SPELT if _ODD_SPELLING.search(sheet) else _PLACE).findall(sheet)
    letters, digits = {place[0] for place in places}, {place[1] for place in places}
    if max(map(len, letters), default=0) > _LONGEST_COLUMN or max(map(len, digits), default=0) > _LONGEST_ROW:
        raise _too_large()
    turns = sheet.split(b"<row")
    widest = max([turn.count(b"<c") for turn in turns] + [column_number(column) for column in letters])
    tallest = max([len(turns)] + [int(row) for row in digits])
    return widest * tallest


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
