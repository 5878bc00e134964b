"""A sheet of an XLSX workbook as lines of cells. A hostile workbook is refused before it is opened.

The reader of workbooks leaves a cell empty that holds an error, such as #REF!, and a bare number of days as it stands, whatever
calendar the workbook counts by: both are looked up here in its parts.

What the reader of workbooks does not tell and their parts do: cells that hold an error, and the calendar that days are counted by.

The parts are looked through by pattern, not parsed: they come from outside, and a pattern meets neither entities nor depth. A part
that is written in a way no program writes is passed over, and then the workbook reads as the reader of workbooks has it.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pupil_desk.basics.filekinds import FileKind, file_kind
from pupil_desk.basics.quiet import quiet
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.reading.table import TableLine, TableRead, Unreadable, WorkbookSheet, filled_lines

type Value = str | float | int | bool | date | datetime | time | timedelta

_DAYS_LATER = 1462  # from 31 December 1899, where Excel begins to count, to 1 January 1904, where Excel for Mac did
_CALENDAR = re.compile(rb"""<(?:\w+:)?workbookPr\b[^<>]*\bdate1904=["'](?:1|true)["']""")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^<>]*\br?:?id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ID, _TARGET = re.compile(rb"""\bId=["']([^"']+)["']"""), re.compile(rb"""\bTarget=["']([^"']+)["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]{0,200}?\bt="e"[^<>/]{0,200})>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})</"""
)
_CELL_PLACE = re.compile(rb"""\br="([A-Z]{1,3})([0-9]{1,7})\"""")


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
        if place := _CELL_PLACE.search(cell):
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
        words = _("The workbook has no sheet “{name}”. It has: {names}.")
        raise Unreadable(words.format(name=name, names=join_words([f"“{title}”" for title, _is_hidden, _lines in contents])))
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
        with quiet(), CalamineWorkbook.from_filelike(io.BytesIO(source)) as book:
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
                raise _no_workbook(source)
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise _too_large()
            if any(map(_leads_elsewhere, parts)):
                raise _damaged()
            cell_count = 0  # of all sheets together: each of them is read, to name those that hold something
            for part in parts:
                with archive.open(part) as file:
                    data = file.read(
                        part.file_size + 1
                    )  # one that says it is shorter than it is never unfolds whole; its checksum is wrong
                cell_count += _extent(data) if b"sheetData" in data else 0
                _check_measure(cell_count, 0)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if file_kind(source) is FileKind.ZIP:
            raise Unreadable(_("This is a ZIP, and it is damaged or cut short. Copy it, or ask for it, again.")) from error
        raise _damaged() from error


def _leads_elsewhere(part: zipfile.ZipInfo) -> bool:
    """Whether a part is a link, or has a name that would be written outside. Nothing here is unpacked by its name; no program writes such."""
    folders = part.filename.replace("\\", "/").split("/")
    return not folders[0] or ":" in folders[0] or ".." in folders or stat.S_ISLNK(part.external_attr >> 16)


def _no_workbook(source: bytes) -> Unreadable:
    """Of a whole archive in which no workbook is."""
    if file_kind(source) is FileKind.ZIP:
        return Unreadable(_("This is a ZIP of other files, and no workbook. Unpack it, and choose the list that is in it."))
    return Unreadable(_("This is an office document and no workbook (XLSX). Open it, and save the list in it as XLSX or CSV."))


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
