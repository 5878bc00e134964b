"""The files of an export that is a table, in each of the formats of tables: CSV for each of its sheets, or one workbook with them all.

Where the told stand in parts, such as one for each provider, each part has files of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, listed
from pupil_desk.documents.files.csv_table import Cell, csv_bytes
from pupil_desk.documents.files.xlsx_table import Table, TooManyRows, xlsx_bytes
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.services.exports.export import Format, Layout, NewFile, Selection, Sheet, Writing, recipients_of

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def csv_files(writing: Writing) -> list[NewFile]:
    """A CSV for people of each sheet, for each part."""
    found = []
    for part in _parts(writing.selection):
        for number, sheet in enumerate(writing.selection.sheets):
            name = "-".join(filter(None, (writing.stem, part, sheet.name)))
            lines = writing.selection.lines(number, part)
            found.append(NewFile(f"{name}.csv", csv_bytes([column.heading for column in sheet.columns], lines)))
    return found


def xlsx_files(writing: Writing) -> list[NewFile]:
    """A workbook for each part: a tab for each sheet, and «About this file». Raises WrongUse for more than a workbook takes."""
    found = []
    for part in _parts(writing.selection):
        tables = [
            Table(sheet.name, [column.heading for column in sheet.columns], _typed(sheet, writing.selection.lines(number, part)))
            for number, sheet in enumerate(writing.selection.sheets)
        ]
        name = "-".join(filter(None, (writing.stem, part)))
        try:
            found.append(NewFile(f"{name}.xlsx", xlsx_bytes(tables, _about(writing, part), writing.moment.astimezone())))
        except TooManyRows as error:
            raise WrongUse(_("These are more rows than a workbook has room for. Choose CSV, or a shorter period.")) from error
    return found


TABLE: Mapping[Format, Layout] = {Format.CSV: csv_files, Format.XLSX: xlsx_files}
"""The formats of a table for people."""


def _parts(selection: Selection) -> list[str]:
    """The parts in their order; nobody told is one part without a name."""
    return list(dict.fromkeys(told.part for told in selection.told)) or [""]


def _typed(sheet: Sheet, lines: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """The rows with real dates where an item is a date: a query that reads no whole records gives it in ISO form."""
    dates = [place for place, column in enumerate(sheet.columns) if column.item and item_at(column.item).kind is Kind.DATE]
    if not dates:
        return lines
    known: dict[Cell, Cell] = {}

    def typed(line: tuple[Cell, ...]) -> tuple[Cell, ...]:
        cells = list(line)
        for place in dates:
            cell = cells[place]
            if cell not in known:
                known[cell] = date.fromisoformat(cell) if isinstance(cell, str) and _ISO.fullmatch(cell) else cell
            cells[place] = known[cell]
        return tuple(cells)

    return map(typed, lines)


def _about(writing: Writing, part: str) -> list[tuple[str, str]]:
    """What the sheet «About this file» says. It names no pupil and no member of staff."""
    export, selection, settings = writing.export, writing.selection, writing.desk.settings
    told = [one for one in selection.told if one.part == part]
    why = Counter(left.receipt_reason for left in selection.left_out)
    facts = [
        (_("What it is"), export.title),
        (_("From"), f"{settings.name} ({settings.dfe_number})"),
        (_("For"), listed(recipients_of(export, told))),
        (_("Purpose"), export.purpose),
        (_("Law"), export.law),
        (_("Lawful basis"), export.basis.value),
        (_("Follows"), export.spec),
        (_("Made on"), show_date(writing.moment.astimezone().date())),
        (_("Judged on"), writing.ask.judged_on),
        (_("Covers"), export.covers),
        *selection.counts(part).lines(),
        (_("Left out"), _left_out_words(len(selection.left_out), why)),
        (_("Classification"), _("Confidential: personal data about children. For the receiver named above alone; keep it locked, and delete it when it is no longer needed.")),
        (_("How to read it"), _("Numbers such as UPN, ULN and telephone numbers are text, so that no zero is lost. Dates are dates, shown day/month/year.")),
    ]  # fmt: skip
    return [(what, words) for what, words in facts if words]


def _left_out_words(count: int, why: Counter[str]) -> str:
    if not count:
        return _("Nobody")
    reasons = "; ".join(f"{number}: {reason}" for reason, number in sorted(why.items()))
    return _("{pupils} ({reasons})").format(pupils=count_of(count, _("pupil"), _("pupils")), reasons=reasons)
