"""The bytes of a file as lines of cells, whatever kind of file it is: it is judged by what is in it, not by its name."""

from pupil_desk.basics.words import _
from pupil_desk.services.imports.csv_table import read_csv
from pupil_desk.services.imports.table import MOST_BYTES, Line, Unreadable
from pupil_desk.services.imports.xlsx_table import read_xlsx

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_TABLES = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format 3",
    b"{\\rtf",
)


def read_table(source: bytes) -> list[Line]:
    """The lines of a CSV or XLSX file that hold anything, the heading first. Raises Unreadable."""
    if len(source) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than 20 MB, far more than a list of pupils needs. Check that it is the right one.")
        )
    if source.startswith(_OLD_EXCEL):
        raise Unreadable(
            _(
                "This is an old Excel file (.xls), or a workbook with a password. Open it, and save it as XLSX without a password, or as CSV."
            )
        )
    if source.startswith(_NO_TABLES):
        raise Unreadable(_("This is not a table. Choose a CSV or XLSX file."))
    lines = read_xlsx(source) if source.startswith(_ZIP) else read_csv(source)
    if not lines:
        raise Unreadable(_("The file is empty. Export it again, with a line of headings."))
    return lines
