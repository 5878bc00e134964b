"""The key of a text of a copy, by which what was decided of it is found again; a text that is marked as a whole has another than one that is not."""

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Protocol

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.requests.pack import TextPlace


def key_of(text: str, marked_as: str = "") -> str:
    """A digest of a text, short: decisions hold for that text alone. ``marked_as``: the code under which it is marked as a whole."""
    return hashlib.sha256((f"{marked_as}\n{text}" if marked_as else text).encode()).hexdigest()[:20]


class _Text(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def key(self) -> str: ...


def place_now(place: TextPlace, texts: Mapping[tuple[str, str, str], _Text]) -> TextPlace:
    """A place of which something was said, in its text as that is marked now; ``texts`` are those of a copy by section, field and key.

    What a person said holds where the text is marked as a whole since, or is no more.
    """
    if (place.section, place.field, place.key) in texts:
        return place
    codes = ("", *codelist("redaction").codes)
    alike = (text for (section, field, _key), text in texts.items() if (section, field) == (place.section, place.field))
    keys = (text.key for text in alike if any(place.key == key_of(text.words, code) for code in codes))
    return dataclasses.replace(place, key=next(keys, place.key))
