"""The catalogue's grammar. What we hold is stated once, as attributes of typed records that carry their facts.

An item has no behaviour: no check, widget or SQL of its own. A kind has one editor, one check and one wording.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pupil_desk.domain.catalogue.facts import Facts, Section


class Kind(Enum):
    """The closed set of kinds of item."""

    NAME = "name"
    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    CODE = "code"
    YES_NO = "yes-no"
    UPN = "upn"
    ULN = "uln"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    SCHOOL = "school"
    AUTHORITY = "authority"
    NUMBER = "number"
    LINK = "link"


LONGEST = {
    Kind.NAME: 100,
    Kind.TEXT: 255,
    Kind.LINES: 4000,
    Kind.PHONE: 35,
    Kind.EMAIL: 254,
    Kind.LINK: 255,
}  # characters, by the command line's contract; an item may set its own


@dataclass(frozen=True, slots=True)
class Item:
    """One thing held: its label and kind, and the facts that the notice and the access request give of it."""

    name: str
    label: str
    kind: Kind
    facts: Facts
    codes: str | None = None
    required: bool = False
    hint: str = ""
    longest: int = 0
    heads: tuple[str, ...] = ()
    dated: bool = False

    @property
    def section(self) -> Section:
        """Where it stands on the screen and on the pupil's sheet."""
        return self.facts.section


def item(
    label: str,
    kind: Kind,
    facts: Facts,
    *,
    codes: str | None = None,
    required: bool = False,
    hint: str = "",
    longest: int = 0,
    heads: tuple[str, ...] = (),
    default: Any = None,
    dated: bool = False,
) -> Any:
    """An attribute of a record that is an item of the catalogue.

    ``codes`` names a code list, ``longest`` is in characters, ``heads`` the further headings that school systems give
    its column. A required attribute has no default. A ``dated`` code is judged by the record's own day, in the record's check.
    """
    stated = {
        "label": label,
        "kind": kind,
        "facts": facts,
        "codes": codes,
        "required": required,
        "hint": hint,
        "longest": longest or LONGEST.get(kind, 0),
        "heads": heads,
        "dated": dated,
    }
    return dataclasses.field(metadata={"item": stated}, **({} if required else {"default": default}))


def _read_items(record_type: type) -> tuple[Item, ...]:
    return tuple(Item(name=field.name, **field.metadata["item"]) for field in dataclasses.fields(record_type) if "item" in field.metadata)


items_of: Callable[[type], tuple[Item, ...]] = cache(_read_items)
"""The items of a record type, in the order of its attributes."""


@cache
def item_named(record_type: type, name: str) -> Item:
    """One item of a record type. Raises KeyError when there is none, which is a bug."""
    return {item.name: item for item in items_of(record_type)}[name]


def _fields_of(record_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record_type))


attributes_of: Callable[[type], tuple[str, ...]] = cache(_fields_of)
"""All attributes of a record type, keys among them, in order."""
