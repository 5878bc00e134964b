"""Which column a heading means: by the contract's name, by the words on the screen, by the words of school systems."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.text import tidy, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.imports.kinds import ImportKind

_TELLS_OF_ORDER = re.compile(
    r"\b(court orders?|injunctions?|non molestation|prohibited steps|restraining|order or restriction"
    r"|(contact|access|legal|collection) restrictions?|no contact order|barring order)\b|^restrict(ed|ions?)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written, and the column it means; None for one that matches nothing.

    ``order`` marks one that matches nothing and says who may not be told, such as «Court Order».
    """

    text: str
    column: str | None
    order: bool = False


def match_headings(kind: ImportKind[Any], cells: Sequence[str]) -> tuple[tuple[Heading, ...], tuple[Problem, ...]]:
    """Each heading with its column, and what is wrong with them: unknown, told twice, a required one absent."""
    known = _words_of(kind)
    headings = tuple(_heading(known, tidy(cell)) for cell in cells)
    problems = [_unknown(heading) for heading in headings if heading.column is None and heading.text]
    columns = [heading.column for heading in headings if heading.column]
    for item in kind.columns:
        if columns.count(item.name) > 1:
            message = _("Two headings mean «{label}». Rename or take out one of them.").format(label=item.label)
            problems.append(Problem(item.name, "duplicate_column", message))
        if (item.required or item.name in kind.expected) and item.name not in columns:
            message = _("There is no column for «{label}» ({name}). Add it, or rename its heading.").format(
                label=item.label, name=item.name
            )
            problems.append(Problem(item.name, "missing", message))
    return headings, tuple(problems)


def best_kind(kinds: Sequence[ImportKind[Any]], cells: Sequence[str]) -> ImportKind[Any] | None:
    """The kind whose required columns are all there and which knows the most of the headings; None if none fits."""

    def known(kind: ImportKind[Any]) -> int:
        headings, problems = match_headings(kind, cells)
        return 0 if any(p.code == "missing" for p in problems) else sum(1 for heading in headings if heading.column)

    best = max(kinds, key=known)
    return best if known(best) else None


def _heading(known: dict[str, str], text: str) -> Heading:
    column = known.get(_key(text))
    return Heading(text, column, order=column is None and _TELLS_OF_ORDER.search(_key(text)) is not None)


def _key(text: str) -> str:
    """A heading for matching: its words in small letters, so that «Middle Name(s)» and «middle_name s» are one."""
    return " ".join(tokens(text))


def _words_of(kind: ImportKind[Any]) -> dict[str, str]:
    """What is matched, the contract's names before labels, and those before the words of school systems."""
    words: dict[str, str] = {}
    for spellings in (lambda i: (i.name,), lambda i: (i.label,), lambda i: i.heads):
        for item in kind.columns:
            for spelling in spellings(item):
                words.setdefault(_key(spelling), item.name)
    return words


def _unknown(heading: Heading) -> Problem:
    message = (
        _(
            "There is no place for this column. Each Yes in it puts an «order or restriction» on the pupil, to be checked."
        )
        if heading.order
        else _("There is no place for this column; it is not read.")
    )
    return Problem(heading.text, "unknown_column", message, "warning")
