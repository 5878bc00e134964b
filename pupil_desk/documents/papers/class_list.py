"""A class list: names with the columns that were asked for, and empty ones to fill in by pen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table, runs_of, words_of
from pupil_desk.documents.pdf.setting_table import BESIDE_CELL
from pupil_desk.documents.pdf.style import A4, PrintLook, Style, style_of
from pupil_desk.documents.typography.fonts import with_boxes
from pupil_desk.documents.typography.lines import longest_word, text_width

LYING = (A4[1], A4[0])
LARGE, BASE, SMALL = 12.5, 11, 8.5  # points of body text
_NAME, _BLANK = 3.0, 1.6  # shares of the width
_NUMBER = 0.065  # of the whole
_NAMES, _OF_NAMES = 1, 0.22  # which column has them, and at most how much of the page is kept for the longest
_ROOM_TO_WRITE = "\n\n"  # a row of two lines has room for a pen


@dataclass(frozen=True, slots=True)
class ClassListColumn:
    """One column: its heading and its share of the width, beside 3 for the name."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True)
class ClassListRow:
    """One pupil's line: the name, and the words of each column in order."""

    name: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClassList:
    """What the list says. ``blanks`` are the headings of empty columns; ``rule`` how it is to be read, for a list that is acted on from a distance: it is set larger."""

    title: str
    columns: Sequence[ClassListColumn]
    blanks: Sequence[str]
    rows: Sequence[ClassListRow]
    imprint: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LaidList:
    """A list as it is set: its story, the size of the page, and the size of body text in points."""

    story: Sequence[Block]
    page_size: tuple[float, float]
    base: float


def lay_out(class_list: ClassList, *, lying: bool = False) -> LaidList | None:
    """The list on the first page on which no word is broken: upright, on its side, on its side in smaller type; None where it fits on none."""
    table = _table(class_list)
    large = ((A4, LARGE), (LYING, LARGE)) if class_list.rule else ()
    pages: tuple[tuple[tuple[float, float], float], ...] = (*large, (A4, BASE), (LYING, BASE), (LYING, SMALL))
    for page_size, base in (layout for layout in pages if layout[0] == LYING or not lying):
        style = style_of(PrintLook.STANDARD, base, page_size)
        narrowest = [_narrowest(table, column, style) for column in range(len(table.header))]
        if sum(narrowest) <= style.width:
            return LaidList(_story(class_list, replace(table, widths=_widths(narrowest, table.widths or (), style.width))), page_size, base)
    return None


def _narrowest(table: Table, column: int, style: Style) -> float:
    """How wide a column must be for its longest word, and that of the names for the longest name if that is not too long. A name of two parts may go on after its hyphen."""
    texts = [
        (runs_of(with_boxes(words_of(text)).replace("-", "- ")), style.cell(head=head))
        for text, head in ((table.header[column], True), *((row[column], False) for row in table.rows))
    ]
    narrowest = max(longest_word(runs, manner) for runs, manner in texts)
    if column == _NAMES:
        narrowest = max(narrowest, min(max(text_width(runs, manner) for runs, manner in texts), style.width * _OF_NAMES))
    return narrowest + BESIDE_CELL


def _widths(narrowest: Sequence[float], shares: Sequence[float], width: float) -> list[float]:
    """Each column as wide as its share, and where that is too little for its longest word, as that word; the others share what is left."""
    fixed: dict[int, float] = {}
    while True:
        remaining_width = width - sum(fixed.values())
        total_share = sum(share for column, share in enumerate(shares) if column not in fixed)
        widths = {
            column: fixed.get(column, remaining_width * share / total_share if total_share else 0.0) for column, share in enumerate(shares)
        }
        short = {column: narrowest[column] for column in widths if column not in fixed and widths[column] < narrowest[column]}
        if not short:
            return list(widths.values())
        fixed |= short


def _table(class_list: ClassList) -> Table:
    header = [_("No."), _("Name"), *(column.heading for column in class_list.columns), *class_list.blanks]
    shares = [_NAME, *(column.share for column in class_list.columns), *(_BLANK for _blank in class_list.blanks)]
    empty = [_ROOM_TO_WRITE] * len(class_list.blanks)
    rows = [[str(number), row.name, *row.words, *empty] for number, row in enumerate(class_list.rows, 1)]
    return Table(caption="", header=header, rows=rows, widths=(sum(shares) * _NUMBER, *shares))


def _story(class_list: ClassList, table: Table) -> list[Block]:
    return [
        Heading(1, class_list.title),
        *([Para(class_list.rule)] if class_list.rule else []),
        table,
        Para(class_list.imprint, style="small"),
    ]
