"""The files of the census: a CSV for a machine of each table, or one workbook."""

from collections.abc import Mapping

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import machine_csv, machine_refuses
from pupil_desk.services.exports.export import ExportSheet, Format, Layout, NewFile, Writing
from pupil_desk.services.exports.layouts import xlsx_files


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV of each sheet. Its values are exact: what a machine would misread was found before, and kept out.

    Raises WrongUse for a setting of the unit that a machine would misread.
    """
    for sheet in writing.selection.sheets:
        _check_settings(sheet)
    return [
        NewFile(
            f"{writing.stem}-{sheet.name}.csv",
            machine_csv([column.heading for column in sheet.columns], writing.selection.lines(number), with_mark=True),
        )
        for number, sheet in enumerate(writing.selection.sheets)
    ]


def _check_settings(sheet: ExportSheet) -> None:
    for row in sheet.rows:
        for column, cell in zip(sheet.columns, row, strict=True):
            if isinstance(cell, str) and (reason := machine_refuses(cell)):
                words = _(
                    "The unit’s own {column} cannot stand in this file: {value}. {why} It is one of the settings; a workbook takes it as it is."
                )
                raise WrongUse(words.format(column=column.heading, value=cell, why=reason))


CENSUS_TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files, Format.XLSX: xlsx_files}
