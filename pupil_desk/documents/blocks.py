"""What a document says, as data: the blocks from which the PDF, the web page and the plain text are all made.

A story is a sequence of blocks. Text in a block is text, never markup: ``<b>`` in a name prints as it is written. Callers build stories; only ``documents/pdf`` knows how a block looks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pupil_desk.documents.drawing import Drawing
from pupil_desk.documents.isolates import in_pieces

_ADDRESSES = re.compile(r"(https?://[!-~]*[0-9A-Za-z/]|[0-9A-Za-z._%+\-]+@[0-9A-Za-z.\-]+\.[A-Za-z]+)")
_HREF = re.compile(r"(https?://|mailto:|tel:)[!-~]+", re.IGNORECASE)

NOTHING = "–"
"""What stands on paper for a fact of which nothing is recorded."""

ParaStyle = Literal["body", "lead", "small", "address"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. ``href`` makes it a link, if it is https, http, mailto or tel.

    A run with ``is_apart`` finds its own direction, whatever stands around it: a name, a number or an address that is filled into
    a sentence of another script. ``lang`` is its language if that is not the document's (a code of BCP 47); such a run is apart too.
    ``exact``: it is typed letter for letter, such as a password, so that signs that look alike are told apart on paper.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None
    is_apart: bool = False
    lang: str = ""
    exact: bool = False


type Text = str | Run | Sequence[str | Run]
"""A string, a run, or several of both in reading order."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6. A document has one of level 1, and no level is skipped on the way down."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. A line break in the text is a line break on paper. With ``leads`` it stays with what comes after it."""

    text: Text
    style: ParaStyle = "body"
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, each item one text; numbered from 1 if asked."""

    items: Sequence[Text]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of column headers, repeated on each further page.

    ``caption`` is printed above it and names it for a screen reader ("" prints none). ``widths`` are shares of the page's width, one a column; without them the columns share it by the length of what they hold.
    With ``row_headers`` the first cell of each row is a header too. ``room`` is how much stands free above and below each row, 1 as usual:
    less for a grid of marks that should stay on one page, more where somebody writes by hand. Where each row with one of the ``keys`` stands on a form is kept with it.
    """

    caption: str
    header: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    widths: Sequence[float] | None = None
    row_headers: bool = False
    room: float = 1
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FactList:
    """Label and value, one pair a row, as on a record sheet. An empty value prints a dash.

    ``labels`` is the share of the width that the labels have; without it they have what they need.
    """

    facts: Sequence[tuple[str, Text]]
    caption: str = ""
    labels: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a chart: its name, its size on the chart's scale, and the number in words.

    ``size`` None is no number: one that is hidden, or that there is not.
    """

    label: str
    size: float | None
    words: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers as bars, or with ``is_line`` as points in time. ``scale_end`` is the end of the scale, which begins at nothing.

    ``alt`` says in words what the chart shows, for who does not see it. The numbers stand in a table as well.
    """

    alt: str
    bars: Sequence[Bar]
    scale_end: float
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """The lines that must show in the window of a DL or C5 envelope. The first block of its document.

    ``sender`` is printed above them at the head of the page, out of the window's reach.
    """

    lines: Sequence[str]
    sender: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TickRow:
    """A box to tick by pen, or ticked already, and what ticking it means. ``key`` names the box of a form that is read again."""

    label: Text
    ticked: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class TickGrid:
    """Questions with the same answers as a table: a row a question, a column of boxes an answer.

    ``question`` and ``answers`` are the headers; of each row its words, and a box for each answer. The label of a box is what ticking it
    means, in full: it is read out, and not printed. With ``groups`` it is a grid of marks, such as a register: each group heads as many
    columns as the others, and boxes stand as close as a scan can be read; a box without a label is none, and its place stays free.
    """

    question: str
    answers: Sequence[str]
    rows: Sequence[tuple[Text, Sequence[TickRow]]]
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A labelled rule to write on: a signature, a name, a date."""

    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Labelled rules to write on, side by side: signature and date."""

    lines: Sequence[WritingLine]


@dataclass(frozen=True, slots=True)
class NoticeBox:
    """Blocks in a frame, for what must not be missed. A ``firm`` one has a heavy line all round: what may cost a life."""

    blocks: "Sequence[Block]"
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Blocks that stay together on one page, if they fit on one at all."""

    blocks: "Sequence[Block]"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two lists of facts beside each other on paper, the first read first; on a web page one after the other. The caption of the first stands above both."""

    blocks: tuple[FactList, FactList]


@dataclass(frozen=True, slots=True)
class CutOut:
    """Blocks to be cut out of the page along a dashed line: half a page, or a whole one where they need it, and never parted while they fit on one.

    With ``beside_blocks`` it is two of a quarter page next to each other, the first read first; on a web page one after the other.
    """

    blocks: "Sequence[Block]"
    beside_blocks: "Sequence[Block]" = ()


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty space, in lines of body text."""

    lines: float = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class CodedPages:
    """A form that is read again: it begins on a page of its own, and each of its pages bears a code of its own, twice.

    ``codes`` are the numbers for its pages in order, as many as it could need; ``base`` is the size of its text in points. What
    stands before the first question is set beside the upper code, and the frame and small print at the end beside the lower.
    ``overleaf_words`` say at the head of each further page what form it belongs to.
    """

    codes: Sequence[str]
    blocks: "Sequence[Block]"
    base: float = 12
    overleaf_words: str = ""


type Block = (
    Heading
    | Para
    | Bullets
    | Table
    | FactList
    | Chart
    | Drawing
    | AddressBlock
    | TickRow
    | TickGrid
    | WritingLine
    | Columns
    | NoticeBox
    | Keep
    | SideBySide
    | CutOut
    | CodedPages
    | Spacer
    | PageBreak
)
type Story = Sequence[Block]


def safe_href(href: str | None) -> str | None:
    """The address a link may lead to, or None: nothing that a reader could run, and plain ASCII only."""
    return href if href and _HREF.fullmatch(href) else None


def linked(words: str) -> Text:
    """Words in which each e-mail address and each address of a page is a link."""
    parts = [part for part in _ADDRESSES.split(words) if part]
    if len(parts) == 1 and not _ADDRESSES.fullmatch(words):
        return words
    return [
        Run(part, href=safe_href(part if part.lower().startswith("http") else f"mailto:{part}") if _ADDRESSES.fullmatch(part) else None)
        for part in parts
    ]


def runs_of(text: Text) -> tuple[Run, ...]:
    """The runs of a text, in order; empty runs dropped, and what is isolated in a string is a run apart."""
    parts = (text,) if isinstance(text, str | Run) else text
    return in_pieces([Run(part) if isinstance(part, str) else part for part in parts])


def shown_value(value: Text) -> Text:
    """A fact's value as it is printed: a dash if it is empty."""
    return value if words_of(value).strip() else NOTHING


def words_of(text: Text) -> str:
    """The text without its manner."""
    return "".join(run.text for run in runs_of(text))


def is_empty(block: Block) -> bool:
    """Whether the block has nothing to say, and so is left out: a blank paragraph, a list without an item."""
    match block:
        case Para(text=text):
            return not words_of(text).strip()
        case Bullets(items=found) | FactList(facts=found) | Columns(lines=found) | Chart(bars=found):
            return not found
        case _:
            return False


def texts_of(story: Iterable[Block]) -> Iterator[str]:
    """Every piece of text that the story prints, in reading order."""
    for block in story:
        if not is_empty(block):
            yield from _texts_of_block(block)


def _texts_of_block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Para(text=text) | TickRow(label=text):
            yield words_of(text)
        case WritingLine(label=label):
            yield label
        case Columns(lines=lines):
            yield from (line.label for line in lines)
        case Bullets(items=items):
            yield from map(words_of, items)
        case Table() | TickGrid() | Chart() | Drawing():
            yield from _texts_of_cells(block)
        case FactList(facts=facts, caption=caption):
            yield caption
            for label, value in facts:
                yield from (label, words_of(shown_value(value)))
        case AddressBlock(lines=address, sender=sender):
            yield from (*sender, *address)
        case NoticeBox(blocks=blocks) | Keep(blocks=blocks) | SideBySide(blocks=blocks) | CodedPages(blocks=blocks):
            yield from texts_of(blocks)
        case CutOut(blocks=blocks, beside_blocks=beside_blocks):
            yield from texts_of((*blocks, *beside_blocks))
        case Spacer() | PageBreak():
            return


def _texts_of_cells(table: Table | TickGrid | Chart | Drawing) -> Iterator[str]:
    if isinstance(table, Drawing):
        yield from table.texts()
        return
    if isinstance(table, Chart):
        yield from (words for bar in table.bars for words in (bar.label, bar.words))
        return
    if isinstance(table, TickGrid):
        yield from (table.question, *table.groups, *table.answers, *(words_of(words) for words, _boxes in table.rows))
        return
    yield from (table.caption, *(words_of(cell) for row in (table.header, *table.rows) for cell in row))


def plain_text(story: Iterable[Block]) -> str:
    """The story's words, a line for each paragraph, item and cell: to measure how it reads, and for tests."""
    return "\n".join(text for text in texts_of(story) if text)
