"""What a paper in another language still says in English, by the rule: each word that its translation does not have, and that nobody typed.

Names, addresses and what staff wrote stay as they are held, and so do days and pages of the web. What is marked as English is for the office,
and where a letter goes is for the post.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pupil_desk.basics.dates import MONTHS
from pupil_desk.documents.blocks import AddressBlock, Block, Run, texts_of
from pupil_desk.services.desk import Desk

_WORD, _REACHED_AT = re.compile(r"[A-Za-z]{2,}"), re.compile(r"https?://\S+|\S+@\S+|\S+\.\w+/\S*")
_HELD = ("pupil", "contact", "suspension", "accident", "leave_request", "request_case", "request_event", "staff", "medicine")


def english_left(desk: Desk, story: Sequence[Block], *known: str) -> set[str]:
    """The words of a translated story that are left in English; ``known`` are the words of the translation, and what was typed elsewhere."""
    text = "\n".join(texts_of([block for block in story if not isinstance(block, AddressBlock)]))
    for marked in sorted({run.text for run in _runs(story) if run.lang.startswith("en")}, key=len, reverse=True):
        text = text.replace(marked, " ")
    return _words(_REACHED_AT.sub(" ", text)) - _words(" ".join((*known, *MONTHS, *_typed(desk))))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _typed(desk: Desk) -> Iterator[str]:
    yield from (value for value in dataclasses.asdict(desk.settings).values() if isinstance(value, str))
    for table in _HELD:
        for row in desk.vault.rows(f"SELECT * FROM {table}"):
            yield from (value for value in tuple(row) if isinstance(value, str))


def _runs(part: Any) -> Iterator[Run]:
    if isinstance(part, Run):
        yield part
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _runs(inner)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from _runs(getattr(part, field.name))
