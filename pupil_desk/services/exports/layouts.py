"""The files of an export that is a table, in each of the formats of tables: CSV for each of its sheets, or one workbook with them all.

Where the told stand in parts, such as one for each provider, each part has files of its own.

Columns by the items of the catalogue, and the same few for each of several people of one pupil.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.files.csv_table import Cell, csv_bytes
from pupil_desk.documents.files.xlsx_table import TooManyRows, XlsxTable, xlsx_bytes
from pupil_desk.documents.papers.receipt import kept_back_words
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.exports.contents import Tally, contents_of
from pupil_desk.services.exports.export import ExportColumn, ExportSheet, Format, Layout, NewFile, Selection, TableWritten, Writing
from pupil_desk.services.exports.made import recipients_of

_FIRST_COLUMNS = 4  # among which the names stand
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV for people of each sheet, for each part."""
    files = []
    for part in _parts(writing.selection):
        for number, sheet in enumerate(writing.selection.sheets):
            name = "-".join(filter(None, (writing.stem, part, sheet.name)))
            tally = Tally(sheet.name, sheet.columns)
            data = csv_bytes([column.heading for column in sheet.columns], tally.of(writing.selection.lines(number, part)))
            files.append(NewFile(f"{name}.csv", data, tables=(tally.written,), part=part))
    return files


def xlsx_files(writing: Writing) -> list[NewFile]:
    """A workbook for each part: a tab for each sheet, and «About this file». Raises WrongUse for more than a workbook takes."""
    files = []
    for part in _parts(writing.selection):
        tallies = [Tally(sheet.name, sheet.columns) for sheet in writing.selection.sheets]
        codes: dict[tuple[str, str], set[Cell]] = {}
        tables = [
            XlsxTable(
                sheet.name,
                [column.heading for column in sheet.columns],
                tally.of(_noting_codes(sheet, _with_dates(sheet, writing.selection.lines(number, part)), codes)),
                naming=_naming(sheet),
            )
            for number, (sheet, tally) in enumerate(zip(writing.selection.sheets, tallies, strict=True))
        ]
        name = "-".join(filter(None, (writing.stem, part)))
        try:
            data = xlsx_bytes(tables, _about_sheet(writing, part, tallies, codes), writing.moment.astimezone())
        except TooManyRows as error:
            raise WrongUse(_("These are more rows than a workbook has room for. Choose CSV, or a shorter period.")) from error
        files.append(NewFile(f"{name}.xlsx", data, tables=_written(writing.selection, tallies), part=part))
    return files


def _written(selection: Selection, tallies: Sequence[Tally]) -> tuple[TableWritten, ...]:
    """The tables of data: one that explains the others is none."""
    return tuple(tally.written for sheet, tally in zip(selection.sheets, tallies, strict=True) if not sheet.explains)


TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files, Format.XLSX: xlsx_files}
"""The formats of a table for people."""


def _parts(selection: Selection) -> list[str]:
    """The parts in their order; nobody told is one part without a name."""
    return list(dict.fromkeys(exported.part for exported in selection.exported)) or [""]


def _with_dates(sheet: ExportSheet, lines: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """The rows with real dates where an item is a date: a query that reads no whole records gives it in ISO form."""
    dates = [place for place, column in enumerate(sheet.columns) if column.item and item_at(column.item).kind is Kind.DATE]
    if not dates:
        return lines
    converted: dict[Cell, Cell] = {}

    def with_dates(line: tuple[Cell, ...]) -> tuple[Cell, ...]:
        cells = list(line)
        for place in dates:
            cell = cells[place]
            if cell not in converted:
                converted[cell] = date.fromisoformat(cell) if isinstance(cell, str) and _ISO.fullmatch(cell) else cell
            cells[place] = converted[cell]
        return tuple(cells)

    return map(with_dates, lines)


def _naming(sheet: ExportSheet) -> int:
    """How many of the first columns say whom a row is about."""
    items = [column.item for column in sheet.columns[:_FIRST_COLUMNS]]
    return items.index("pupil.forename") + 1 if "pupil.forename" in items else 1


def _noting_codes(
    sheet: ExportSheet, lines: Iterable[tuple[Cell, ...]], codes: dict[tuple[str, str], set[Cell]]
) -> Iterator[tuple[Cell, ...]]:
    """The same rows; what stands in a column of codes is noted, by the label of its item and the list of the codes."""
    items = {place: item_at(column.item) for place, column in enumerate(sheet.columns) if column.item and not sheet.explains}
    coded_columns = [(place, codes.setdefault((item.label, item.codes), set())) for place, item in items.items() if item.codes]
    for line in lines:
        for place, values in coded_columns:
            values.add(line[place])
        yield line


def _key(codes: Mapping[tuple[str, str], set[Cell]]) -> str:
    """What each code in the file means, a line for each kind: «Relationship: M = Mother; F = Father»."""
    lines = []
    for (label, code_list), values in codes.items():
        meanings = [
            f"{code} = {entry.label}" for code, entry in codelist(code_list).codes.items() if code in values and code != entry.label
        ]
        if meanings:
            lines.append(_("{item}: {meanings}").format(item=label, meanings="; ".join(meanings)))
    return "\n".join(lines)


def _about_sheet(
    writing: Writing, part: str, tallies: Sequence[Tally], codes: Mapping[tuple[str, str], set[Cell]]
) -> Iterator[tuple[str, str]]:
    """What the sheet «About this file» says, asked for once the others are written. It names no pupil and no member of staff."""
    export, selection, settings = writing.export, writing.selection, writing.desk.settings
    exported_pupils = [exported for exported in selection.exported if exported.part == part]
    of_part = replace(selection, exported=exported_pupils)
    contents = contents_of(export, of_part, [NewFile("", b"", tables=_written(selection, tallies))])
    # Of other receivers' pupils nothing is said, not even how many; nor of protected ones: with an earlier file it would say who they are.
    left_out = [left.receipt_reason for left in selection.left_out if left.part in ("", part) and not left.protections]
    facts = [
        (_("What it is"), export.title),
        (_("From"), f"{settings.name} ({settings.dfe_number})"),
        (_("For"), join_words(recipients_of(export, writing.ask, exported_pupils))),
        (_("Purpose"), export.purpose),
        (_("Law"), export.law),
        (_("Lawful basis"), export.basis.value),
        (_("Follows"), selection.spec or export.spec),
        (_("Made on"), show_date(writing.moment.astimezone().date())),
        (_("Judged on"), writing.ask.judged_on),
        (_("Covers"), export.covers),
        *contents.counts.lines(),
        # Said in every workbook, whether or not anybody is left out of it, so that it tells of nobody.
        (_("Is it whole?"), _("Not always: somebody whom it covers may be left out, and not counted here. Ask us.")),
        (_("Left out"), _left_out_words(Counter(left_out))),
        (_("Kept back"), kept_back_words(contents.withheld)),
        (
            _("Classification"),
            _(
                "Confidential: personal data about children. For the receiver named above alone; keep it locked, and delete it when it is no longer needed."
            ),
        ),
        (
            _("How to read it"),
            _("Numbers such as UPN, ULN and telephone numbers are text, so that no zero is lost. Dates are dates, shown day/month/year."),
        ),
        (_("Codes"), _key(codes)),
    ]
    yield from ((label, words) for label, words in facts if words)


def _left_out_words(reason_counts: Counter[str]) -> str:
    """How many are left out and why; no words for nobody, since there may be one of whom nothing is said."""
    if not reason_counts:
        return ""
    reasons = "; ".join(f"{number}: {reason}" for reason, number in sorted(reason_counts.items()))
    return _("{pupils} ({reasons})").format(pupils=count_of(reason_counts.total(), _("pupil"), _("pupils")), reasons=reasons)


PUPIL_ADDRESS = tuple(f"pupil.{name}" for name in ADDRESS)


def columns_of(items: Sequence[str], headings: Mapping[str, str] | None = None) -> tuple[ExportColumn, ...]:
    """A column for each item, with the item's name as its heading unless ``headings`` has another."""
    return tuple(ExportColumn((headings or {}).get(item) or item.partition(".")[2], item) for item in items)


def of_people(word: str, items: Sequence[str], count: int) -> tuple[ExportColumn, ...]:
    """The same columns for the first person, the second and so on: «parent_1_surname»."""
    return tuple(ExportColumn(f"{word}_{number}_{item.partition('.')[2]}", item) for number in range(1, count + 1) for item in items)


def cells_of_people(people: Sequence[Contact], pupil: Pupil, items: Sequence[str], count: int) -> tuple[Cell, ...]:
    """The cells of those columns."""
    cells: list[Cell] = []
    for person in people:
        home = home_of(person, pupil)
        for item in items:
            name = item.partition(".")[2]
            cells.append(getattr(home if name in ADDRESS else person, name))
    return (*cells, *[None] * ((count - len(people)) * len(items)))


def items_told(columns: Sequence[ExportColumn], cells: Sequence[Cell], derived_from: Collection[str] = ()) -> tuple[str, ...]:
    """The items of which a row tells something, each once; ``derived_from`` are those that a cell is worked out from."""
    items_with_value = [column.item for column, cell in zip(columns, cells, strict=True) if column.item and cell is not None]
    return tuple(dict.fromkeys((*items_with_value, *derived_from)))
