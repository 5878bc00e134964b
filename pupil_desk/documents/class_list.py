"""A class list: names with the columns that were asked for, and empty ones to fill in by pen."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.style import A4

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_NAME, _BLANK = 3.0, 1.6  # shares of the width
_NUMBER = 0.065  # of the whole
_ROOM_TO_WRITE = "\n\n"  # a row of two lines has room for a pen


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and its share of the width, beside 3 for the name."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True)
class Listed:
    """One pupil's line: the name, and the words of each column in order."""

    name: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClassList:
    """What the list says. ``blanks`` are the headings of empty columns."""

    title: str
    columns: Sequence[Column]
    blanks: Sequence[str]
    rows: Sequence[Listed]
    made: str


def story(what: ClassList) -> list[Block]:
    """The list as blocks."""
    blocks: list[Block] = [Heading(1, what.title)]
    header = [_("No."), _("Name"), *(column.heading for column in what.columns), *what.blanks]
    shares = [_NAME, *(column.share for column in what.columns), *(_BLANK for _blank in what.blanks)]
    empty = [_ROOM_TO_WRITE] * len(what.blanks)
    rows = [[str(number), row.name, *row.words, *empty] for number, row in enumerate(what.rows, 1)]
    table = Table(caption="", header=header, rows=rows, widths=(sum(shares) * _NUMBER, *shares))
    return [*blocks, table, Para(what.made, style="small")]
