"""A chapter of the help on paper: the part of Markdown that the help is written in, read into blocks.

Headings (#, ##), paragraphs, lists (-), numbered lists (1.), boxes to tick (- [ ]), lines to write on (Date: ____),
tables with a row of headers, **bold**, *italic*, `what is typed`, and links. A web address stays a link; the name of another chapter is printed as words.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import groupby

from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, Para, Run, Table, TickRow, WritingLine, safe_href, words_of


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
_INLINE = re.compile(r"`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)|(\*\*?)")


def blocks_of(markdown: str) -> list[Block]:
    """The chapter as blocks. Raises ValueError for a line that is not of this part of Markdown: a bug in the chapter."""
    blocks: list[Block] = []
    for kind, lines in groupby(markdown.splitlines(), _kind_of):
        blocks += _blocks(kind, list(lines))
    return _with_its_list(blocks)


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


def _with_its_list(blocks: Sequence[Block]) -> list[Block]:
    """A line that ends in a colon stays on the page of what it leads to."""
    grouped: list[Block] = []
    for block in blocks:
        before = grouped[-1] if grouped else None
        if isinstance(before, Para) and isinstance(block, Bullets) and words_of(before.text).endswith(":"):
            grouped[-1] = Keep([before, block])
        else:
            grouped.append(block)
    return grouped


def runs_in(text: str) -> list[Run]:
    """The runs of a line of Markdown. What is typed is bold: no typewriter face is embedded."""
    runs: list[Run] = []
    bold = italic = False
    position = 0
    for match in _INLINE.finditer(text):
        _add(runs, text[position : match.start()], bold=bold, italic=italic)
        code, words, address, mark = match.groups()
        if mark == "**":
            bold = not bold
        elif mark:
            italic = not italic
        elif code:
            _add(runs, code, bold=True, italic=italic)
        else:
            _add(runs, words, bold=bold, italic=italic, href=safe_href(address))
        position = match.end()
    _add(runs, text[position:], bold=bold, italic=italic)
    return runs


def _add(runs: list[Run], words: str, *, bold: bool, italic: bool, href: str | None = None) -> None:
    if words:
        runs.append(Run(words, bold=bold, italic=italic, href=href))
