"""The bytes of a file as lines of cells, whatever kind of file it is: it is judged by what is in it, not by its name.

A CSV file as lines of cells: which encoding it has, which separator, and whether it is whole.
"""

import codecs
import csv
import io
import re
import stat
from collections import Counter
from itertools import chain, islice
from pathlib import Path

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.filekinds import FileKind, file_kind
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import MOST_BYTES, MOST_LINES, TableLine, TableRead, Unreadable, filled_lines, too_many_lines
from pupil_desk.documents.reading.workbook import read_workbook

_SEPARATORS = (",", ";", "\t")
_SAID = re.compile(
    r"""\ufeff?"?sep=([,;\t|])"?[ \t,;]*(?:\r\n|\r|\n)""", re.IGNORECASE
)  # Excel's own first line, which it reads and does not show
_LOOKED_AT = 20  # lines that are looked at for the separator
_FEW = 5  # texts with accents that are shown of a file in the old letters
_END = "\x00end"  # a record of our own after the last: missing at the end means that a quotation mark was left open
_MOST_CONTROLS = (
    0.01  # of all characters, or one a line: what was never text holds far more, and an odd cell in a short list refuses its own row
)


def read_csv(source: bytes) -> list[TableLine]:
    """The lines of a CSV file that hold anything, numbered as a spreadsheet shows them. Raises Unreadable."""
    return _lines_of(_decode(source))


def _lines_of(text: str) -> list[TableLine]:
    _check_text(text)
    declaration = _SAID.match(text)
    text = text[declaration.end() :] if declaration else text
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=declaration[1] if declaration else _separator(text))
    records = list(islice(reader, MOST_LINES + 2))
    if len(records) > MOST_LINES + 1:
        raise too_many_lines()
    if records.pop() != [_END]:
        raise Unreadable(_("A quotation mark in the file is opened and never closed, so the file may be cut short. Export it again."))
    return filled_lines(records)


def _decode(source: bytes) -> str:
    try:
        if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return source.decode("utf-16")
        if source.startswith(codecs.BOM_UTF8):
            return source.decode("utf-8-sig")
        if unmarked := _unmarked_utf_16(source):
            return source.decode(unmarked)
        return _utf_8_or_windows(source)
    except UnicodeDecodeError as error:
        raise Unreadable(_("The letters in the file cannot be read. Save it again as “CSV UTF-8” and try that.")) from error


def _unmarked_utf_16(source: bytes) -> str | None:
    """UTF-16 without its mark: in Latin text every second byte is 0."""
    start = source[:1000]
    half = len(start) // 2
    if half and len(source) % 2 == 0:
        for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            if start[offset::2].count(0) > 0.8 * half and start[1 - offset :: 2].count(0) == 0:
                return name
    return None


def _utf_8_or_windows(source: bytes) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        decoded = source.decode("utf-8", errors="replace")
    broken_letters = decoded.count("�")
    if sum(1 for c in decoded if c > "\x7f") > 2 * broken_letters:  # mostly good UTF-8: damaged, and not Windows-1252
        raise Unreadable(_("The file is damaged: some of its letters are broken. Export it again."))
    return source.decode("windows-1252")


def _check_text(text: str) -> None:
    if text.lstrip("﻿ \t\r\n").startswith("<"):
        raise Unreadable(_("This is a web page or an XML file, not a table. Save it as CSV or XLSX."))
    control_count = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 13))
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    if control_count > max(_MOST_CONTROLS * len(text), text.count("\n") + 1) or "\x00" in heading:
        raise Unreadable(_("This is not a table of text. Choose a CSV or XLSX file."))


def _separator(text: str) -> str:
    """The one that cuts the most of the first lines into one and the same number of cells; of two, the one that makes more cells; a comma when none does.

    Not by the first line alone: it may be a title with a comma in it.
    """
    start = text.lstrip("\r\n")[:20_000]

    def agree(separator: str) -> tuple[int, int]:
        lines = islice(csv.reader(io.StringIO(start, newline=""), delimiter=separator), _LOOKED_AT)
        widths = Counter(len(line) for line in lines if len(line) > 1)
        return max(((times, width) for width, times in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=agree)


_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_TABLES = frozenset(FileKind) - {FileKind.EMPTY, FileKind.MARKUP, FileKind.LATE_PDF}
"""Kinds of which no bytes are read as text: what else begins as one of these is looked at as a list, and told in its own words."""


def bytes_of(path: Path) -> bytes:
    """What is in a file that somebody chose; of one that is too large only enough for ``read_table`` to say so.

    Raises WrongUse for what is not there, cannot be read, or is no regular file, such as a folder, a pipe or a device.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WrongUse(_("{file} is not a file that can be read. Choose a CSV or XLSX file.").format(file=path.name))
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise WrongUse(_("There is no file {file}. Check the name and the folder.").format(file=path.name)) from None
    except OSError as error:
        words = _("{file} cannot be read. Close it in other programs, check that you may open it, and try again.")
        raise WrongUse(words.format(file=path.name)) from error


def read_table(source: bytes) -> list[TableLine]:
    """The lines of a CSV or XLSX file that hold anything. Raises Unreadable."""
    return read_whole(source).lines


def _read_csv_whole(source: bytes) -> TableRead:
    lines = read_csv(source)
    if _is_utf_8(source) or source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _unmarked_utf_16(source):
        return TableRead(lines)
    with_accents = (cell.strip() for line in lines for cell in line.cells if not cell.isascii())
    return TableRead(lines, old_letters=tuple(islice(dict.fromkeys(with_accents), _FEW)))


def _is_utf_8(source: bytes) -> bool:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@apart("table", raises=(Unreadable,), refuse=lambda failed: Unreadable(failed.message))
def read_whole(source: bytes, sheet: str | None = None) -> TableRead:
    """A CSV or XLSX file with its lines that hold anything; of a workbook those of the sheet of that name, else as ``read_workbook`` chooses.

    Raises Unreadable.
    """
    if len(source) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 20 MB, far more than a list of pupils needs. Check that it is the right one."))
    if source.startswith(_OLD_EXCEL):
        raise Unreadable(
            _(
                "This is an old Excel file (.xls), or a workbook with a password. Open it, and save it as XLSX without a password, or as CSV."
            )
        )
    kind = file_kind(source)
    if kind is not None and kind in _NO_TABLES and not source.startswith(_ZIP):
        raise Unreadable(_("This is {what}, whatever its name says, and no table. Choose a CSV or XLSX file.").format(what=kind.words))
    if sheet is not None and not source.startswith(_ZIP):
        raise Unreadable(_("The file is no workbook, so it has no sheet “{name}”. Leave the sheet out.").format(name=sheet))
    table = read_workbook(source, sheet) if source.startswith(_ZIP) else _read_csv_whole(source)
    if not table.lines:
        raise Unreadable(_("The file is empty. Export it again, with a line of headings."))
    return table
