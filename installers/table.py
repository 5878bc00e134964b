"""The table that a trial ends with: what was looked at, what was found, and whether that is as it should be.

The exit status that follows from it is 0 where all is well, FAULT where something is not, and UNREAD where nothing is wrong but
some words were not read off the screen: the eyes may miss what a person would read on the picture that is kept of it.
"""

import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

_WIDEST = 64  # characters of a column; what is longer goes on below
_WORDS = {True: "ok", False: "NOT OK", None: "-"}
_UNREAD_WORD = "UNREAD"

FAULT, UNREAD = 1, 3  # exit statuses; .ci/run goes on after the second


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; ``ok`` is None for what is only told, such as a size that nobody promised.

    ``by_eye``: it was not there to be read on the screen, which is no proof that it is not there.
    """

    what: str
    found: str
    ok: bool | None
    by_eye: bool = False


def print_table(lines: Iterable[Line], to: TextIO | None = None) -> None:
    """Print the table on standard output, or wherever ``to`` is."""
    print(*as_text(list(lines)), sep="\n", file=to or sys.stdout, flush=True)


def status_of(lines: Iterable[Line]) -> int:
    """The exit status of a trial with these lines: 0, FAULT or UNREAD."""
    bad = [line.by_eye for line in lines if line.ok is False]
    return 0 if not bad else UNREAD if all(bad) else FAULT


def as_text(lines: Sequence[Line]) -> list[str]:
    """The table's lines, with the last one saying how many things are not as they should be."""
    cells = [("What", "Found", "Ok")] + [(line.what, line.found, _word(line)) for line in lines]
    widths = [min(_WIDEST, max(len(part) for row in cells for part in row[at].splitlines() or [""])) for at in (0, 1)]
    rule = f"{'-' * widths[0]}  {'-' * widths[1]}  ------"
    text = [each for row in cells for each in _row(row, widths)]
    return [text[0], rule, *text[1:], rule, _sum_of(lines)]


def _word(line: Line) -> str:
    return _UNREAD_WORD if line.ok is False and line.by_eye else _WORDS[line.ok]


def _sum_of(lines: Sequence[Line]) -> str:
    bad = sum(line.ok is False and not line.by_eye for line in lines)
    unread = sum(line.ok is False and line.by_eye for line in lines)
    parts = [f"{bad} not as it should be" if bad else "", f"{unread} not read off the screen (look at the pictures)" if unread else ""]
    return f"{' and '.join(filter(None, parts))}, of {len(lines)}." if bad or unread else f"All {len(lines)} as they should be."


def _row(row: tuple[str, str, str], widths: Sequence[int]) -> list[str]:
    what, found = (_wrapped(part, width) for part, width in zip(row, widths, strict=False))
    height = max(len(what), len(found))
    ends = [row[2]] + [""] * (height - 1)
    what += [""] * (height - len(what))
    found += [""] * (height - len(found))
    return [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}".rstrip() for a, b, c in zip(what, found, ends, strict=True)]


def _wrapped(text: str, width: int) -> list[str]:
    return [part for line in text.splitlines() for part in textwrap.wrap(line, width)] or [""]
