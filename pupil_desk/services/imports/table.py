"""What a file is before anything is known of pupils: numbered lines of cells, all of them text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.validation import Problem

MOST_LINES = 500_000  # a school year of sessions for 1,300 pupils
MOST_BYTES = 20 * 1024 * 1024  # of a source file; 10,000 pupils with every column filled are about 4 MB
_SHOWN = 60  # characters shown of a text


class Unreadable(Exception):
    """The file as a whole cannot be read. The message says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line that holds anything: its number, the first being 1, and its cells as they stand in the file."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet of a workbook: its name, how many lines of it hold anything, whether it is hidden, and whether it is the one read."""

    name: str
    lines: int
    is_hidden: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a file holds: its lines; of a workbook its sheets, and how many days its own calendar begins after Excel's usual one.

    ``old_letters`` are some texts with accents of a file that is not in UTF-8.
    """

    lines: list[TableLine]
    sheets: tuple[WorkbookSheet, ...] = ()
    days_later: int = 0
    old_letters: tuple[str, ...] = ()


def filled_lines(records: Iterable[list[str]]) -> list[TableLine]:
    """The records that hold anything, each with its own number: an empty one is passed over, and still counts as a line."""
    lines = [TableLine(number, cells) for number, cells in enumerate(records, start=1) if any(map(str.strip, cells))]
    if len(lines) > MOST_LINES:
        raise too_many_lines()
    return lines


def too_many_lines() -> Unreadable:
    """The refusal of a file whose rows would fill the memory."""
    return Unreadable(_("The file has more rows than any list of a unit. Check that it is the right one."))


def about_table(table: TableRead) -> Iterator[Problem]:
    """What is to be looked at of the file as a whole: sheets that are not read, letters written the old way."""
    yield from _about_sheets(table.sheets)
    if table.old_letters:
        words = _("The letters of the file are written the old way of Windows, so those with accents may be damaged. Look at: {examples}.")
        yield Problem.warning("", "old_letters", words.format(examples=join_words([f"«{text[:_SHOWN]}»" for text in table.old_letters])))


def _about_sheets(sheets: Sequence[WorkbookSheet]) -> tuple[Problem, ...]:
    """Which sheets of a workbook hold something and are not read."""
    unread = [sheet for sheet in sheets if sheet.lines and not sheet.is_read]
    if not unread:
        return ()
    words = _("Only the sheet «{read}» is read. Not read: {others}. If you want another, choose that sheet.")
    titles = [
        f"«{sheet.name}» ({count_of(sheet.lines, _('line'), _('lines'))}{_(', hidden') if sheet.is_hidden else ''})" for sheet in unread
    ]
    read = next((sheet.name for sheet in sheets if sheet.is_read), "")
    return (Problem.warning("", "other_sheets", words.format(read=read, others=join_words(titles))),)
