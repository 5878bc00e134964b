"""The table that a trial ends with: what was looked at, what was found, and whether that is as it should be."""

import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

_WIDEST = 64  # characters of a column; what is longer goes on below
_WORDS = {True: "ok", False: "NOT OK", None: "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; ``ok`` is None for what is only told, such as a size that nobody promised."""

    what: str
    found: str
    ok: bool | None


def print_table(lines: Iterable[Line], to: TextIO | None = None) -> None:
    """Print the table on standard output, or wherever ``to`` is."""
    print(*as_text(list(lines)), sep="\n", file=to or sys.stdout, flush=True)


def all_well(lines: Iterable[Line]) -> bool:
    """Whether nothing was found that is not as it should be."""
    return all(line.ok is not False for line in lines)


def as_text(lines: Sequence[Line]) -> list[str]:
    """The table's lines, with the last one saying how many things are not as they should be."""
    cells = [("What", "Found", "Ok")] + [(line.what, line.found, _WORDS[line.ok]) for line in lines]
    widths = [min(_WIDEST, max(len(part) for row in cells for part in row[at].splitlines() or [""])) for at in (0, 1)]
    rule = f"{'-' * widths[0]}  {'-' * widths[1]}  ------"
    text = [each for row in cells for each in _row(row, widths)]
    bad = sum(line.ok is False for line in lines)
    return [text[0], rule, *text[1:], rule, f"{bad} not as it should be, of {len(lines)}." if bad else f"All {len(lines)} as they should be."]


def _row(row: tuple[str, str, str], widths: Sequence[int]) -> list[str]:
    what, found = (_wrapped(part, width) for part, width in zip(row, widths, strict=False))
    height = max(len(what), len(found))
    ends = [row[2]] + [""] * (height - 1)
    what += [""] * (height - len(what))
    found += [""] * (height - len(found))
    return [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c}".rstrip() for a, b, c in zip(what, found, ends, strict=True)]


def _wrapped(text: str, width: int) -> list[str]:
    return [part for line in text.splitlines() for part in textwrap.wrap(line, width)] or [""]
