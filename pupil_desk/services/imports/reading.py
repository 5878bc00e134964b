"""The bytes of a file as lines of cells, whatever kind of file it is: it is judged by what is in it, not by its name."""

import stat
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.imports.csv_table import read_csv
from pupil_desk.services.imports.table import MOST_BYTES, TableLine, TableRead, Unreadable
from pupil_desk.services.imports.xlsx_table import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_TABLES = (b"MZ", b"\x7fELF", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"SQLite format 3", b"{\\rtf")


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
    if source.startswith(_NO_TABLES):
        raise Unreadable(_("This is not a table. Choose a CSV or XLSX file."))
    if sheet is not None and not source.startswith(_ZIP):
        raise Unreadable(_("The file is no workbook, so it has no sheet «{name}». Leave the sheet out.").format(name=sheet))
    table = read_workbook(source, sheet) if source.startswith(_ZIP) else TableRead(read_csv(source))
    if not table.lines:
        raise Unreadable(_("The file is empty. Export it again, with a line of headings."))
    return table
