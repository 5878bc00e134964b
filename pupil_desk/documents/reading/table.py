"""What a file is before anything is known of pupils: numbered lines of cells, all of them text."""

from collections.abc import Iterable
from dataclasses import dataclass

from pupil_desk.basics.words import _

MOST_LINES = 500_000  # a school year of sessions for 1,300 pupils
MOST_BYTES = 20 * 1024 * 1024  # of a source file; 10,000 pupils with every column filled are about 4 MB
_MOST_COLUMNS = 1_000  # that hold anything; the widest list that a school system writes has some hundreds
_LONGEST_CELL = 32_767  # letters, as Excel has it


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
    lines = []
    for number, cells in enumerate(records, start=1):
        if any(map(str.strip, cells[_MOST_COLUMNS:])) or max(map(len, cells), default=0) > _LONGEST_CELL:
            words = _("Line {number} of the file holds more than a line of any list of a unit. Check that it is the right one.")
            raise Unreadable(words.format(number=number))
        if any(map(str.strip, cells)):
            lines.append(TableLine(number, cells))
    if len(lines) > MOST_LINES:
        raise too_many_lines()
    return lines


def too_many_lines() -> Unreadable:
    """The refusal of a file whose rows would fill the memory."""
    return Unreadable(_("The file has more rows than any list of a unit. Check that it is the right one."))
