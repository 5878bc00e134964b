"""A chapter of the help on paper: the part of Markdown that the help is written in, read into blocks.

Headings (#, ##), paragraphs, lists (-), numbered lists (1.), boxes to tick (- [ ]), lines to write on (Date: ____),
tables with a row of headers, **bold**, *italic*, `what is typed`, and links. A web address stays a link; the name of another chapter is printed as words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from itertools import groupby

from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Run, Table, TickRow, WritingLine, safe_href, words_of
from pupil_desk.documents.prose import kept_together, marked


class _LineKind(Enum):
    """What a line of a chapter belongs to."""

    BLANK = auto()
    HEADING = auto()
    TICK = auto()
    BULLET = auto()
    NUMBER = auto()
    ROW = auto()
    RULE = auto()
    WORDS = auto()


_KINDS = (
    (_LineKind.BLANK, re.compile(r"$")),
    (_LineKind.HEADING, re.compile(r"#+ ")),
    (_LineKind.TICK, re.compile(r"- \[ \] ")),
    (_LineKind.BULLET, re.compile(r"- ")),
    (_LineKind.NUMBER, re.compile(r"\d+\. ")),
    (_LineKind.ROW, re.compile(r"\| ?")),
    (_LineKind.RULE, re.compile(r"[^_]+: _{4,}$")),
    (_LineKind.WORDS, re.compile(r"(?=\S)")),
)
_UNDER_HEADERS = re.compile(r"\|(\s*:?-+:?\s*\|)+")
_INLINE = re.compile(r"`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)|\*\*?")


def blocks_of(markdown: str) -> list[Block]:
    """The chapter as blocks. Raises ValueError for a line that is not of this part of Markdown: a bug in the chapter."""
    blocks: list[Block] = []
    for kind, lines in groupby(markdown.splitlines(), _kind_of):
        blocks += _blocks(kind, list(lines))
    return kept_together(blocks, _leads_to_list)


def title_of(markdown: str) -> str:
    """The words of a chapter's first line."""
    return markdown.partition("\n")[0].lstrip("# ").strip()


def _kind_of(line: str) -> _LineKind:
    for kind, start in _KINDS:
        if start.match(line):
            return kind
    raise ValueError(f"not of the Markdown that the help is written in: {line!r}")


def _blocks(kind: _LineKind, lines: Sequence[str]) -> Iterator[Block]:
    line_texts = [line.partition("] " if kind is _LineKind.TICK else " ")[2] for line in lines]
    match kind:
        case _LineKind.BLANK:
            return
        case _LineKind.HEADING:
            for line, words in zip(lines, line_texts, strict=True):
                yield Heading(line.index(" "), runs_in(words))
        case _LineKind.TICK:
            yield from (TickRow(runs_in(words)) for words in line_texts)
        case _LineKind.BULLET | _LineKind.NUMBER:
            yield Bullets([runs_in(words) for words in line_texts], numbered=kind is _LineKind.NUMBER)
        case _LineKind.ROW:
            yield _table(lines)
        case _LineKind.RULE:
            yield from (WritingLine(line.partition(": ")[0]) for line in lines)
        case _LineKind.WORDS:
            yield Para(runs_in(" ".join(line.strip() for line in lines)))


def _table(lines: Sequence[str]) -> Table:
    if len(lines) < 3 or not _UNDER_HEADERS.fullmatch(lines[1].strip()):
        raise ValueError(f"a table without a row of headers: {lines[0]!r}")
    rows = [[runs_in(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in (lines[0], *lines[2:])]
    # Of two columns the first heads one cell alone: a screen reader would say it twice.
    return Table("", rows[0], rows[1:], row_headers=len(rows[0]) > 2)


def _leads_to_list(block: Block, following: Block) -> bool:
    """A line that ends in a colon stays on the page of what it leads to."""
    return isinstance(block, Para) and isinstance(following, Bullets) and words_of(block.text).endswith(":")


def runs_in(text: str) -> list[Run]:
    """The runs of a line of Markdown. What is typed is bold: no typewriter face is embedded."""
    return marked(text, _INLINE, _insertion)


def _insertion(match: re.Match[str], manner: Run) -> list[Run]:
    code, words, address = match.groups()
    return [replace(manner, text=code, bold=True) if code else replace(manner, text=words, href=safe_href(address))]
