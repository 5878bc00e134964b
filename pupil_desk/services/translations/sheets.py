"""The sheet for a translator: the lines of a letter or form in English, with room for each in another language; written out, and taken back.

A sheet holds nothing of any pupil. What comes back is only proposed: it counts once somebody has looked it over and kept it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import fold, shortened, tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import csv_bytes, guard
from pupil_desk.documents.files.xlsx_table import XlsxTable, xlsx_bytes
from pupil_desk.documents.reading.table import TableRead, Unreadable
from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.domain.translations.translation import PaperLine
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.papers import NOTICE_TITLE, TranslatablePaper, papers
from pupil_desk.services.translations.translations import KIND, language_label

type SheetWriter = Callable[[Path], None]
"""Writes a sheet to a path."""

XLSX, CSV = ".xlsx", ".csv"
_LONGEST_NAME, _LONGEST_EXAMPLE = 40, 60  # characters of a paper's title in a file's name, and of a line in a message
_OF_PAPER = " › "  # between the title of the paper and which part of it a line is
_LOST = re.compile(r"\w\?\w|\?{3}")  # what an old table puts for letters that it cannot hold
LINE, PART, ENGLISH_WORDS = _("Line"), _("Where"), _("English")


@dataclass(frozen=True, slots=True)
class SheetTakenBack:
    """What a sheet says: what stands for each line, by its key; how many lines are without a translation; the lines whose English is another
    now; and those that stand on it more than once with other words each, of which none is taken."""

    words: Mapping[str, str]
    empty: int
    other_english: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


def sheet_name(title: str, language: str, suffix: str = XLSX) -> str:
    """What the sheet of a paper is called where it is saved: «to-translate-letter-hello-pl.xlsx»."""
    words = "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:_LONGEST_NAME].strip("-")
    return "-".join(filter(None, ("to-translate", words, language))) + suffix


def write_sheet(desk: Desk, paper: TranslatablePaper, language: str, words: Mapping[str, str], path: Path) -> None:
    """Write the lines of a paper out, as CSV or as a workbook by the ending of the path, with what is translated already. Raises NotAllowed, WrongUse, CannotWrite."""
    desk.require(paper.action)
    header = (LINE, PART, ENGLISH_WORDS, language_label(language))
    rows = [(line.key, f"{paper.title}{_OF_PAPER}{line.label}", line.english, words.get(line.key, "")) for line in paper.lines]
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
    with desk.act(Action.WRITE_TRANSLATOR_SHEET, KIND, paper.key, f"in {language}"):
        write_whole(path, data, replace=True)


def read_sheet(desk: Desk, paper: TranslatablePaper, language: str, data: bytes) -> SheetTakenBack:
    """What a sheet that came back says of a paper as it is worded now. Raises NotAllowed; WrongUse for a file that is no such sheet, of another
    language or another paper, or in which letters were lost."""
    desk.require(paper.action)
    try:
        table = read_whole(data)
        header, *lines = [line.cells for line in table.lines]
    except Unreadable as error:
        raise WrongUse(error.message) from error
    if [fold(cell) for cell in header[:3]] != [fold(heading) for heading in (LINE, PART, ENGLISH_WORDS)] or len(header) < 4:
        raise WrongUse(
            _("This is no sheet for a translator: its headings are others. Write the sheet out again, and have that one filled in.")
        )
    if fold(header[3]) != fold(language_label(language)):
        words = _("This sheet is for {other}, and {language} is chosen. Choose the language of the sheet.")
        raise WrongUse(words.format(other=tidy(header[3])[:40], language=language_label(language)))
    rows = [(*cells, "", "", "", "")[:4] for cells in lines]
    _refuse_other_paper(desk, paper, rows)
    _refuse_lost_letters(table, rows)
    return _taken_back(paper.lines, rows)


def _refuse_other_paper(desk: Desk, paper: TranslatablePaper, rows: Sequence[Sequence[str]]) -> None:
    """A paper that was renamed since still takes its sheet back: only the title of another one that there is counts."""
    titles = {cells[1].partition(_OF_PAPER)[0].strip() for cells in rows if _OF_PAPER in cells[1]} - {paper.title}
    other_title = next((title for title in sorted(titles) if title in {NOTICE_TITLE, *(paper.title for paper in papers(desk))}), None)
    if other_title is not None:
        words = _("This sheet is of another paper. It is of “{other}”, and “{paper}” is chosen.")
        raise WrongUse(words.format(other=other_title, paper=paper.title))


def _refuse_lost_letters(table: TableRead, rows: Sequence[Sequence[str]]) -> None:
    lost_line = next((cells[3] for cells in rows if _LOST.search(cells[3])), None)
    examples = table.old_letters or ((lost_line,) if lost_line is not None else ())
    if examples:
        words = _(
            "Letters may have been lost when this table was saved, for example here: {examples}. Have it saved as a workbook (.xlsx), or as “CSV UTF-8”."
        )
        raise WrongUse(words.format(examples="; ".join(shortened(tidy(text), _LONGEST_EXAMPLE) for text in examples[:3])))


def _taken_back(lines: Sequence[PaperLine], rows: Sequence[Sequence[str]]) -> SheetTakenBack:
    english_by_key = {line.key: line.english for line in lines}
    words: dict[str, str] = {}
    other_english: list[str] = []
    doubled: set[str] = set()
    for row in rows:
        key, _part, english, translation = (_without_guard(cell) for cell in row)
        if english_by_key.get(key.strip()) != english.strip():
            other_english.append(tidy(english))
        elif tidy(translation) and words.setdefault(key.strip(), tidy(translation)) != tidy(translation):
            doubled.add(key.strip())
    single = {key: translation for key, translation in words.items() if key not in doubled}
    doubled_lines = tuple(line.english for line in lines if line.key in doubled)
    return SheetTakenBack(single, len(lines) - len(single), tuple(other_english), doubled_lines)


def _without_guard(cell: str) -> str:
    """A cell as it was before it was kept from being taken for a formula."""
    return cell[1:] if cell.startswith("'") and guard(cell[1:]) == cell else cell
