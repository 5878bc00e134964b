"""What no copy tells, whoever asks: a line of the log of which the family may not know, and that the pupil is protected from somebody.

It is out whole, with nothing in its place, as in the statement for the family: that there is something would tell as much as what it is.
A restriction and an objection are the family's own word, and are told. What is left out the office is told, in a sentence.
"""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures, statement_lines, statements, told
from pupil_desk.services.exports.protected import PROTECTED
from pupil_desk.services.packs import requests_told
from pupil_desk.services.packs.content import CopyPart, Passage
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import told as told_store

PROTECTIONS = "protections"
"""The section of which a copy does not even say that there is nothing in it."""
_LOG = "disclosures"
_KINDS = frozenset({ADDRESS_WITHHELD, ORDER})

type _Entry = tuple[Passage, ...]


def without(desk: Desk, pupil_id: str, parts: Iterable[CopyPart]) -> tuple[CopyPart, ...]:
    """The sections without it."""
    kept: dict[str, Callable[[CopyPart], Iterable[_Entry]]] = {
        _LOG: lambda part: _lines_known(told_store.of_pupil(desk.vault, pupil_id), part.entries),
        "frozen": lambda part: (entry for entry in part.entries if not _says(entry, "reason", lambda words: words.startswith(PROTECTED))),
        "request_events": lambda part: (
            entry
            for (kind, _back), entry in zip(requests_told.steps(desk, pupil_id), part.entries, strict=True)
            if kind != requests_told.UNTOLD
        ),
        PROTECTIONS: lambda part: (entry for entry in part.entries if not _says(entry, "kind", _KINDS.__contains__)),
    }
    return tuple(_of_entries(part, tuple(kept[part.name](part))) if part.name in kept else part for part in parts)


def words(desk: Desk, pupil_id: str, parts: Iterable[CopyPart]) -> str:
    """How many lines of the log, and records that tell of a protection, are left out of the sections, for the office alone; empty where none is."""
    lines = statements.left_out_words([statement_lines.from_log(desk, pupil_id, told.Days(date.min, date.max))])
    number = sum(part.untold for part in parts if part.name != _LOG)
    if not number:
        return lines
    protected = _("{records} left out: no copy tells that a pupil is protected.")
    return f"{lines} {protected.format(records=count_of(number, _('record is'), _('records are')))}".lstrip()


def _of_entries(part: CopyPart, entries: tuple[_Entry, ...]) -> CopyPart:
    return dataclasses.replace(part, entries=entries, number=len(entries), untold=part.number - len(entries))


def _says(entry: _Entry, field: str, says: Callable[[str], bool]) -> bool:
    return any(passage.field == field and says(str(passage.value)) for passage in entry)


def _lines_known(rows: list[Row], entries: tuple[_Entry, ...]) -> Iterable[_Entry]:
    """The lines of the log that the family may know, each without what tells of a protection."""
    for row, entry in zip(reversed(rows), entries, strict=True):
        if disclosures.may_know(row):
            fields = statement_lines.sayable(row["fields"])
            yield entry if fields == row["fields"] else tuple(_with_fields(passage, fields, row["what"]) for passage in entry)


def _with_fields(passage: Passage, fields: str, paper: str) -> Passage:
    if passage.field != "fields":
        return passage
    return dataclasses.replace(passage, words="; ".join(told.in_words(fields, paper)), value=None)
