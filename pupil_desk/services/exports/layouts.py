"""The files of an export that is a table: one for each of its sheets, in each of the formats of tables."""

from collections.abc import Mapping

from pupil_desk.documents.csv_table import csv_bytes
from pupil_desk.services.exports.export import Format, Layout, NewFile, Writing


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV for people of each sheet."""
    found = []
    for number, sheet in enumerate(writing.selection.sheets):
        name = f"{writing.stem}-{sheet.name}.csv" if sheet.name else f"{writing.stem}.csv"
        table = csv_bytes([column.heading for column in sheet.columns], writing.selection.lines(number))
        found.append(NewFile(name, table))
    return found


TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files}
"""The formats of a table for people."""
