"""Prose kept in ``resources/words``: a small, safe part of Markdown, read into blocks.

Headings (#, ##), paragraphs, lists (-), **bold**, and ``{names}`` that are filled from data. What is filled
in is text and stays text: no name of a person becomes markup, and only a web page or an e-mail address becomes a
link. A name may be filled with a list, which is read as «a, b and c», or, where it is a paragraph of its own, with a table by its rows,
the heads first. What is filled in keeps its own direction, so that an
English name or a telephone number stands right in an Arabic sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pupil_desk.basics.words import join_words
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Run, Table, linked, runs_of, safe_href

_WIDTHS = (0.66, 0.34)  # of a table of two columns: what, and its short reason

type Filling = str | Sequence[str] | Sequence[Sequence[str]]

_NAME = re.compile(r"\{([a-z0-9_]+)\}")
_PIECES = re.compile(r"(\*\*|\{[a-z0-9_]+\})")


def blocks_of(prose: str, filling: Mapping[str, Filling]) -> list[Block]:
    """The prose as blocks. Raises KeyError for a name that nothing fills, which is a bug in the prose."""
    return [
        _block(part, filling) for part in map(str.strip, re.split(r"\n\s*\n", prose.strip())) if not _filled_with_nothing(part, filling)
    ]


def _filled_with_nothing(part: str, filling: Mapping[str, Filling]) -> bool:
    """Whether it is one name that is filled with nothing: then there is no such paragraph."""
    match = _NAME.fullmatch(part)
    return match is not None and not filling[match[1]]


def _block(part: str, filling: Mapping[str, Filling]) -> Block:
    if part.startswith("#"):
        marks, text = part.split(" ", 1)
        return Heading(len(marks), _runs(text, filling))
    if part.startswith("- "):
        return Bullets([_runs(line.removeprefix("- "), filling) for line in part.split("\n")])
    rows = _rows(part, filling)
    return (
        Table("", rows[0], rows[1:], widths=_WIDTHS if len(rows[0]) == 2 else None)
        if rows
        else Para(_runs(" ".join(part.split("\n")), filling))
    )


def _rows(part: str, filling: Mapping[str, Filling]) -> list[Sequence[str]]:
    """The rows of the table that fills a paragraph of one name; none where something else does."""
    match = _NAME.fullmatch(part)
    value = filling[match[1]] if match else ""
    return [] if isinstance(value, str) else [row for row in value if not isinstance(row, str)]


def _runs(text: str, filling: Mapping[str, Filling]) -> list[Run]:
    runs, bold = [], False
    for piece in _PIECES.split(text):
        if piece == "**":
            bold = not bold
        elif match := _NAME.fullmatch(piece):
            value = filling[match[1]]
            insertion = (
                value if isinstance(value, str) else join_words([part if isinstance(part, str) else ": ".join(part) for part in value])
            )
            runs += _linked(insertion, bold=bold)
        elif piece:
            runs.append(Run(piece, bold=bold))
    return runs


def _linked(insertion: str, *, bold: bool) -> list[Run]:
    """What is filled in: an address of a page is a link, and so is each address of a page or for e-mail among other words."""
    if safe_href(insertion):
        return [Run(insertion, bold=bold, href=insertion, is_apart=True)]
    return [replace(run, bold=bold, is_apart=True) for run in runs_of(linked(insertion))]
