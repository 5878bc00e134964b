"""The files of the census: a CSV for a machine of each table, or one workbook."""

from collections.abc import Mapping

from pupil_desk.documents.csv_table import machine_csv
from pupil_desk.services.exports.export import Format, Layout, NewFile, Writing
from pupil_desk.services.exports.layouts import xlsx_files


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV of each sheet. Its values are exact: what a machine would misread was found before, and kept out."""
    return [
        NewFile(f"{writing.stem}-{sheet.name}.csv", machine_csv([column.heading for column in sheet.columns], writing.selection.lines(number), mark=True))
        for number, sheet in enumerate(writing.selection.sheets)
    ]


CENSUS_TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files, Format.XLSX: xlsx_files}
