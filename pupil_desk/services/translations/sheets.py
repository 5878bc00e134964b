"""The sheet for a translator: the lines of a letter or form in English, with room for each in another language; written out, and taken back.

A sheet holds nothing of any pupil. What comes back is only proposed: it counts once somebody has looked it over and kept it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import csv_bytes, guard
from pupil_desk.documents.files.xlsx_table import XlsxTable, xlsx_bytes
from pupil_desk.documents.reading.table import Unreadable
from pupil_desk.documents.reading.table_file import read_table
from pupil_desk.domain.translations.translation import PaperLine
from pupil_desk.services.desk import Desk
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.translations import KIND, language_label

type SheetWriter = Callable[[Path], None]
"""Writes a sheet to a path."""

XLSX, CSV = ".xlsx", ".csv"
LINE, PART, ENGLISH_WORDS = _("Line"), _("Where"), _("English")


@dataclass(frozen=True, slots=True)
class SheetTakenBack:
    """What a sheet says: what stands for each line, by its key; how many lines are left empty; and the lines whose English is another now."""

    words: Mapping[str, str]
    empty: int
    other_english: tuple[str, ...] = ()


def sheet_name(language: str, suffix: str = XLSX) -> str:
    """What a sheet is called where it is saved."""
    return f"to-translate-{language}{suffix}"


def write_sheet(desk: Desk, paper: TranslatablePaper, language: str, words: Mapping[str, str], path: Path) -> None:
    """Write the lines of a paper out, as CSV or as a workbook by the ending of the path, with what is translated already. Raises NotAllowed, WrongUse, CannotWrite."""
    desk.require(paper.action)
    header = (LINE, PART, ENGLISH_WORDS, language_label(language))
    rows = [(line.key, line.label, line.english, words.get(line.key, "")) for line in paper.lines]
    suffix = path.suffix.lower()
    if suffix not in (CSV, XLSX):
        raise WrongUse(_("The sheet is a workbook (.xlsx) or a table (.csv). Give the file one of these endings."))
    if suffix == CSV:
        data = csv_bytes(header, rows)
    else:
        facts = [
            (_("What it is"), paper.title),
            (_("Into"), language_label(language)),
            (_("From"), desk.settings.name),
            (_("Made on"), show_date(desk.today)),
            (
                _("How to use it"),
                _(
                    "Write the translation of each line into the last column. Leave the other columns as they are. What stands in { } is filled in by us: keep it to the letter, wherever it belongs in the sentence."
                ),
            ),
        ]
        data = xlsx_bytes([XlsxTable(_("To translate"), header, rows)], facts, desk.clock.now().astimezone())
    with desk.act(paper.action, KIND, paper.key, f"sheet for a translator in {language}"):
        write_whole(path, data, replace=True)


def read_sheet(desk: Desk, paper: TranslatablePaper, language: str, data: bytes) -> SheetTakenBack:
    """What a sheet that came back says of a paper as it is worded now. Raises NotAllowed; WrongUse for a file that is no such sheet, or of another language."""
    desk.require(paper.action)
    try:
        header, *rows = [line.cells for line in read_table(data)]
    except Unreadable as error:
        raise WrongUse(error.message) from error
    if [fold(cell) for cell in header[:3]] != [fold(heading) for heading in (LINE, PART, ENGLISH_WORDS)] or len(header) < 4:
        raise WrongUse(
            _("This is no sheet for a translator: its headings are others. Write the sheet out again, and have that one filled in.")
        )
    if fold(header[3]) != fold(language_label(language)):
        words = _("This sheet is for {other}, and {language} is chosen. Choose the language of the sheet.")
        raise WrongUse(words.format(other=tidy(header[3])[:40], language=language_label(language)))
    return _taken_back(paper.lines, rows)


def _taken_back(lines: Sequence[PaperLine], rows: Sequence[Sequence[str]]) -> SheetTakenBack:
    english_by_key = {line.key: line.english for line in lines}
    words: dict[str, str] = {}
    other_english: list[str] = []
    for row in rows:
        key, _part, english, translation = (_without_guard(cell) for cell in (*row, "", "", "", "")[:4])
        if english_by_key.get(key.strip()) != english.strip():
            other_english.append(tidy(english))
        elif tidy(translation):
            words[key.strip()] = tidy(translation)
    return SheetTakenBack(words, len(lines) - len(words), tuple(other_english))


def _without_guard(cell: str) -> str:
    """A cell as it was before it was kept from being taken for a formula."""
    return cell[1:] if cell.startswith("'") and guard(cell[1:]) == cell else cell
