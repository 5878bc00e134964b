"""A word of another system that is in no list of ours, where the list has a code for all others: the record is taken in with that, and the word told."""

import dataclasses
from collections.abc import Iterable
from functools import partial
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import shortened, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item
from pupil_desk.domain.catalogue.validation import Problem, Reading
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.kinds import ImportKind, ReadRow

CODE = "unknown_word"
_SHOWN = 60  # characters of the word


def taken_as_other(item: Item, text: str, reading: Reading) -> Reading:
    """The reading with the code for all others, where the text is a word that is not in the list, or there is none though there must be."""
    code = codelist(item.codes).for_unknown if item.codes else ""
    if not code or reading.value is not None or {problem.code for problem in reading.problems} - {"unknown_code", "missing"}:
        return reading
    words = (
        _("{label} “{word}” is not in the list: taken as “{other}”. Choose the right one in the record.")
        if text.strip()
        else _("{label} is not told: taken as “{other}”. Choose the right one in the record.")
    )
    message = words.format(label=item.label, word=shortened(tidy(text), _SHOWN), other=codelist(item.codes or "").label_of(code))
    return Reading(code, (Problem.warning(item.name, CODE, message),))


def unknown_words(kind: ImportKind[Any], rows: Iterable[ReadRow]) -> tuple[str, ...]:
    """The words that stand in such columns, where nothing else is wrong with the cell, each once."""
    items = _with_other(kind)
    return tuple(dict.fromkeys(row.texts[item.name].strip() for row in (rows if items else ()) for item in items if _is_unknown(row, item)))


def _with_other(kind: ImportKind[Any]) -> list[Item]:
    """The columns whose list has a code for all others."""
    return [item for item in kind.columns if item.codes and codelist(item.codes).for_unknown]


def _is_unknown(row: ReadRow, item: Item) -> bool:
    return {problem.code for problem in row.problems if problem.column == item.name and problem.stops} == {"unknown_code"}


def with_others(kind: ImportKind[Any], rows: Iterable[ReadRow]) -> list[ReadRow]:
    """The rows with the code for all others in place of each such word."""
    items = _with_other(kind)
    return [_with_others(items, row) for row in rows]


def _with_others(items: Iterable[Item], row: ReadRow) -> ReadRow:
    for item in filter(partial(_is_unknown, row), items):
        text = row.texts[item.name]
        reading = taken_as_other(item, text, Reading(None))
        problems = tuple(problem for problem in row.problems if problem.column != item.name or not problem.stops)
        not_taken = NotTaken(path=item.label, value=text.strip(), reason=_("It is not in the list of codes."))
        row = dataclasses.replace(
            row,
            values={**row.values, item.name: reading.value},
            problems=(*problems, *reading.problems),
            not_taken=(*row.not_taken, not_taken),
        )
    return row
