"""The school census as tables with DfE's item names, for keying, or for import into the school's own system. Not the message that is uploaded.

Source: Education Act 1996, section 537A; domain reference, 3. What is asked, of whom and in which term is data (``resources/census``).

The files of the census: a CSV for a machine of each table, or one workbook.
"""

from collections.abc import Mapping

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import machine_csv, machine_refuses
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.sharing.recipients import DFE
from pupil_desk.services.exports.census.selecting import select
from pupil_desk.services.exports.contents import Tally
from pupil_desk.services.exports.export import Export, ExportSheet, Format, Layout, NewFile, Writing
from pupil_desk.services.exports.layouts import xlsx_files
from pupil_desk.services.formats.census import items_told


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV of each sheet. Its values are exact: what a machine would misread was found before, and kept out.

    Raises WrongUse for a setting of the unit that a machine would misread.
    """
    for sheet in writing.selection.sheets:
        _check_settings(sheet)
    return [_csv_file(writing, number, sheet) for number, sheet in enumerate(writing.selection.sheets)]


def _csv_file(writing: Writing, number: int, sheet: ExportSheet) -> NewFile:
    tally = Tally(sheet.name, sheet.columns)
    data = machine_csv([column.heading for column in sheet.columns], tally.of(writing.selection.lines(number)), with_mark=True)
    return NewFile(f"{writing.stem}-{sheet.name}.csv", data, tables=() if sheet.explains else (tally.written,))


def _check_settings(sheet: ExportSheet) -> None:
    for row in sheet.rows:
        for column, cell in zip(sheet.columns, row, strict=True):
            if isinstance(cell, str) and (reason := machine_refuses(cell)):
                words = _(
                    "The unit’s own {column} cannot stand in this file: {value}. {why} It is one of the settings; a workbook takes it as it is."
                )
                raise WrongUse(words.format(column=column.heading, value=cell, why=reason))


CENSUS_TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files, Format.XLSX: xlsx_files}


CENSUS = Export(
    name="school-census",
    title=_("School census"),
    recipient_key=DFE,
    law=_("Education Act 1996, section 537A"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To return the termly school census: the rows are keyed, or read into the school’s own system, which sends them."),
    items=items_told,
    covers=_(
        "Everyone on roll on the last reference day on or before the day asked (status C, M or S), and those who were on roll in the days of the attendance told and are not on that day."
    ),
    select=select,
    layouts=CENSUS_TABLE,
    spec=_(
        "School census, DfE’s item names as authorities load them (2024), and the Common Basic Data Set of May 2026; the sheet “columns” names the year of each. Checked against that structure, not certified."
    ),
    upload=True,
    same_day=True,
    totals=frozenset({"mark.code"}),
)

__all__ = ["CENSUS"]
