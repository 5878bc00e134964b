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
    """What the list says. ``blanks`` are the headings of empty columns; ``rule`` how it is to be read, for a list that is acted on from a distance: it is set larger."""

    title: str
    columns: Sequence[Column]
    blanks: Sequence[str]
    rows: Sequence[Listed]
    made: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A list as it is set: its story, the size of the page, and the size of body text in points."""

    story: Sequence[Block]
    page_size: tuple[float, float]
    base: float


def laid(what: ClassList, *, lying: bool = False) -> Laid | None:
    """The list on the first page on which no word is broken: upright, on its side, on its side in smaller type; None where it fits on none."""
    table = _table(what)
    large = ((A4, LARGE), (LYING, LARGE)) if what.rule else ()
    pages: tuple[tuple[tuple[float, float], float], ...] = (*large, (A4, BASE), (LYING, BASE), (LYING, SMALL))
    for page_size, base in (one for one in pages if one[0] == LYING or not lying):
        style = style_of(PrintLook.STANDARD, base, page_size)
        least = [_least(table, at, style) for at in range(len(table.header))]
        if sum(least) <= style.width:
            return Laid(_story(what, replace(table, widths=_widths(least, table.widths or (), style.width))), page_size, base)
    return None


def _least(table: Table, at: int, style: Style) -> float:
    """How wide a column must be for its longest word, and that of the names for the longest name if that is not too long. A name of two parts may go on after its hyphen."""
    texts = [(runs_of(with_boxes(words_of(text)).replace("-", "- ")), style.cell(head=head)) for text, head in ((table.header[at], True), *((row[at], False) for row in table.rows))]
    least = max(longest_word(runs, manner) for runs, manner in texts)
    if at == _NAMES:
        least = max(least, min(max(text_width(runs, manner) for runs, manner in texts), style.width * _OF_NAMES))
    return least + BESIDE_CELL


def _widths(least: Sequence[float], shares: Sequence[float], width: float) -> list[float]:
    """Each column as wide as its share, and where that is too little for its longest word, as that word; the others share what is left."""
    fixed: dict[int, float] = {}
    while True:
        rest = width - sum(fixed.values())
        whole = sum(share for at, share in enumerate(shares) if at not in fixed)
        given = {at: fixed.get(at, rest * share / whole if whole else 0.0) for at, share in enumerate(shares)}
        short = {at: least[at] for at in given if at not in fixed and given[at] < least[at]}
        if not short:
            return list(given.values())
        fixed |= short


def _table(what: ClassList) -> Table:
    header = [_("No."), _("Name"), *(column.heading for column in what.columns), *what.blanks]
    shares = [_NAME, *(column.share for column in what.columns), *(_BLANK for _blank in what.blanks)]
    empty = [_ROOM_TO_WRITE] * len(what.blanks)
    rows = [[str(number), row.name, *row.words, *empty] for number, row in enumerate(what.rows, 1)]
    return Table(caption="", header=header, rows=rows, widths=(sum(shares) * _NUMBER, *shares))


def _story(what: ClassList, table: Table) -> list[Block]:
    return [Heading(1, what.title), *([Para(what.rule)] if what.rule else []), table, Para(what.made, style="small")]
