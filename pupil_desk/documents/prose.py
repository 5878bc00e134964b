"""Prose kept in ``resources/words``: a small, safe part of Markdown, read into blocks.

Headings (#, ##), paragraphs, lists (-), **bold**, and ``{names}`` that are filled from data. What is filled
in is text and stays text: no name of a person becomes markup, and only a web page or an e-mail address becomes a
link. A name may be filled with a list, which is read as «a, b and c». What is filled in keeps its own direction, so that an
English name or a telephone number stands right in an Arabic sentence.
"""

import re
from collections.abc import Mapping, Sequence

from pupil_desk.basics.words import listed
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Run, safe_href

type Filling = str | Sequence[str]

_NAME = re.compile(r"\{([a-z0-9_]+)\}")
_EMAIL = re.compile(r"([!-?A-~]+@[!-?A-~]+\.[A-Za-z]+)")
_PIECES = re.compile(r"(\*\*|\{[a-z0-9_]+\})")


def blocks_of(prose: str, filling: Mapping[str, Filling]) -> list[Block]:
    """The prose as blocks. Raises KeyError for a name that nothing fills, which is a bug in the prose."""
    return [_block(part.strip(), filling) for part in re.split(r"\n\s*\n", prose.strip())]


def _block(part: str, filling: Mapping[str, Filling]) -> Block:
    if part.startswith("#"):
        marks, text = part.split(" ", 1)
        return Heading(len(marks), _runs(text, filling))
    if part.startswith("- "):
        return Bullets([_runs(line.removeprefix("- "), filling) for line in part.split("\n")])
    return Para(_runs(" ".join(part.split("\n")), filling))


def _runs(text: str, filling: Mapping[str, Filling]) -> list[Run]:
    runs, bold = [], False
    for piece in _PIECES.split(text):
        if piece == "**":
            bold = not bold
        elif found := _NAME.fullmatch(piece):
            value = filling[found[1]]
            filled = value if isinstance(value, str) else listed(tuple(value))
            runs += _linked(filled, bold=bold)
        elif piece:
            runs.append(Run(piece, bold=bold))
    return runs


def _linked(filled: str, *, bold: bool) -> list[Run]:
    """What is filled in: an address of a page is a link, and so is each e-mail address among other words."""
    if safe_href(filled):
        return [Run(filled, bold=bold, href=filled, apart=True)]
    parts = [part for part in _EMAIL.split(filled) if part]
    return [
        Run(part, bold=bold, href=safe_href(f"mailto:{part}") if _EMAIL.fullmatch(part) else None, apart=True)
        for part in parts
    ]
