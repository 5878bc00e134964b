"""The catalogue's grammar. What we hold is stated once, as attributes of typed records that carry their facts.

An item has no behaviour: no check, widget or SQL of its own. A kind has one editor, one check and one wording.
"""

import dataclasses
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pupil_desk.domain.facts import Basis, Category, Purpose, Section, Special


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
    Kind.NAME: 100, Kind.TEXT: 255, Kind.LINES: 4000, Kind.PHONE: 35, Kind.EMAIL: 254, Kind.LINK: 255,
}  # characters, by the command line's contract; an item may set its own  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing held: its label and kind, and the facts that the notice and the access request give of it."""

    name: str
    label: str
    kind: Kind
    section: Section
    category: Category
    purpose: Purpose
    basis: Basis
    retention: str
    special: Special | None = None
    codes: str | None = None
    required: bool = False
    hint: str = ""
    longest: int = 0
    heads: tuple[str, ...] = ()


def item(label: str, kind: Kind, *, section: Section, category: Category, purpose: Purpose, basis: Basis,
         retention: str = "pupil-record", special: Special | None = None, codes: str | None = None,
         required: bool = False, hint: str = "", longest: int = 0, heads: tuple[str, ...] = (), default: Any = None) -> Any:  # fmt: skip
    """An attribute of a record that is an item of the catalogue.

    ``codes`` names a code list, ``retention`` an entry of the list «retention», ``heads`` the further headings that
    school systems give its column. A required attribute has no default.
    """
    facts = {
        "label": label, "kind": kind, "section": section, "category": category, "purpose": purpose, "basis": basis,
        "retention": retention, "special": special, "codes": codes, "required": required, "hint": hint,
        "longest": longest or LONGEST.get(kind, 0), "heads": heads,
    }  # fmt: skip
    return dataclasses.field(metadata={"item": facts}, **({} if required else {"default": default}))


@cache
def items_of(record_type: type) -> tuple[Item, ...]:
    """The items of a record type, in the order of its attributes."""
    return tuple(
        Item(name=field.name, **field.metadata["item"])
        for field in dataclasses.fields(record_type)
        if "item" in field.metadata
    )


@cache
def item_named(record_type: type, name: str) -> Item:
    """One item of a record type. Raises KeyError when there is none, which is a bug."""
    return {item.name: item for item in items_of(record_type)}[name]


@cache
def attributes_of(record_type: type) -> tuple[str, ...]:
    """All attributes of a record type, keys among them, in order."""
    return tuple(field.name for field in dataclasses.fields(record_type))
