"""The catalogue's grammar. What we hold is stated once, as attributes of typed records that carry their facts.

An item has no behaviour: no check, widget or SQL of its own. A kind has one editor, one check and one wording.

The closed sets of facts that an item of the catalogue carries: what the notice says of it, and on what law.

Sources: UK GDPR Articles 6, 9, 13, 14; Data Protection Act 2018 schedule 1.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pupil_desk.basics.rulefiles import by_rules, unit_text
from pupil_desk.basics.text import heading_key
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.own_values import OWN, record_with_own


class Section(Enum):
    """Where an item stands on the screen and on the pupil's sheet, in order."""

    IDENTITY = _("Identity")
    ADDRESS = _("Address and contact details")
    STAY = _("Stay at the unit")
    LEAVING = _("Leaving, and the school before and after")
    PLACEMENT = _("What was agreed for the stay")
    CHARACTERISTICS = _("Characteristics")
    NEEDS = _("Special educational needs")
    WELFARE = _("Health and welfare")
    ATTENDANCE = _("Attendance")
    SUSPENSIONS = _("Suspensions and exclusions")
    INCIDENTS = _("Incidents")
    ACCIDENTS = _("Accidents")
    PLANS = _("Plans and their reviews")
    SAFEGUARDING = _("Safeguarding file")
    ASSESSMENTS = _("Assessments and results")
    EXAMS = _("Exams")
    LEARNING = _("Learning after 14")
    DESTINATIONS = _("Where the pupil goes next")
    NOTES = _("Notes")
    PAPERS = _("Papers kept")
    FILES = _("From files read in, and not taken")
    CONTACTS = _("Family and other contacts")
    PROTECTIONS = _("Protections")
    SHARING = _("Sharing choices")
    CONSENTS = _("Consents")
    NOTICES = _("Privacy notices given")
    REQUESTS = _("Requests and complaints")
    UNIT = _("The unit")
    PEOPLE = _("People to contact")
    AUTHORITY = _("Authority and services")
    TOLD = _("Who else is told")
    CAUTIONS = _("Cautions")
    CONSENT_TYPE = _("What is asked, and why")
    CONSENT_RULE = _("Who decides")
    CONSENT_LAPSE = _("How long it holds")
    CONSENT_WORDS = _("Words of the form")
    CONSENT_EASY = _("The same in easy words")
    OWN_EXPORT = _("For whom, and why it may leave")
    OWN_FIELD = _("The field, and why it is held")
    OWN = _("Fields of your unit’s own")


class Category(Enum):
    """The categories of data that the front part of the privacy notice names (Article 14(1)(d))."""

    IDENTITY = _("name, date of birth and pupil numbers")
    CONTACT_DETAILS = _("contact details")
    FAMILY = _("parents, carers and other contacts")
    STAYS = _("time spent with us and at other schools")
    CHARACTERISTICS = _("personal characteristics (sex, ethnic group, first language)")
    NEEDS = _("special educational needs")
    PLANS = _("support and care plans, and their reviews")
    MEDICAL = _("medical information")
    WELFARE = _("care and welfare")
    SAFETY = _("protections, such as an address kept from someone")
    CHOICES = _("your choices, consents, requests and notices")
    ATTENDANCE = _("attendance")
    SUSPENSIONS = _("suspensions and exclusions")
    INCIDENTS = _("incidents, behaviour and rewards")
    ACCIDENTS = _("accidents and first aid")
    SAFEGUARDING = _("safeguarding and child protection")
    ASSESSMENTS = _("progress, test and exam results")
    POST_14 = _("learning after 14")
    DESTINATIONS = _("where pupils go next")
    NOTES = _("notes")
    PAPERS = _("plans and letters")
    OWN = _("other facts that our unit asks for")
    STAFF = _("the unit and its staff")


class Purpose(Enum):
    """Why an item is held (Article 13(1)(c))."""

    LEARNING = _("to support pupils’ learning")
    PROGRESS = _("to monitor progress and report on it")
    CARE = _("to look after pupils and keep them safe")
    QUALITY = _("to assess how well we do")
    CONTACT = _("to reach the family")
    LAW = _("to do what the law asks of us")
    RIGHTS = _("to respect the choices of families and pupils")


class Basis(Enum):
    """The lawful basis (Article 6(1))."""

    LEGAL_OBLIGATION = _("legal obligation, Article 6(1)(c)")
    PUBLIC_TASK = _("public task, Article 6(1)(e)")
    CONSENT = _("consent, Article 6(1)(a)")


class Special(Enum):
    """The condition under which a special category of data is held (Article 9(2), and the 2018 Act's schedule 1)."""

    ETHNIC = _(
        "ethnic origin: substantial public interest, Article 9(2)(g), with schedule 1 paragraphs 6 and 8 of the Data Protection Act 2018"
    )
    HEALTH = _("health: substantial public interest, Article 9(2)(g), with schedule 1 paragraphs 6 and 18 of the Data Protection Act 2018")
    SAFETY = _(
        "what a note tells of health, belief or another protected matter: substantial public interest, Article 9(2)(g), with schedule 1 paragraphs 6 and 18 of the Data Protection Act 2018"
    )
    SAFEGUARDING = _(
        "what a safeguarding file tells of health, belief or another protected matter: substantial public interest, Article 9(2)(g), with schedule 1 paragraph 18 of the Data Protection Act 2018, safeguarding of children"
    )
    BELIEF = _(
        "religion or belief: substantial public interest, Article 9(2)(g), with schedule 1 paragraphs 6 and 8 of the Data Protection Act 2018"
    )
    CONSENT = _(
        "what a consent tells of health or belief: substantial public interest, Article 9(2)(g), with schedule 1 paragraphs 6 and 18 of the Data Protection Act 2018"
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notice says of an item. ``retention`` names a class of ``domain.governance.retention``."""

    section: Section
    category: Category
    purpose: Purpose
    basis: Basis
    special: Special | None = None
    retention: str = "pupil-record"


class Kind(Enum):
    """The closed set of kinds of item. Each is itself alone, so by that it is looked up: an import asks for the kind of a cell ten times."""

    __hash__ = object.__hash__

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


_CLAUSES = frozenset(("How", "In", "To", "What", "When", "Where", "Who", "Whose", "Why"))  # the first words of labels that are clauses


@dataclass(frozen=True, slots=True)
class Item:
    """One thing held: its label and kind, and the facts that the notice and the access request give of it.

    One that is ``withdrawn`` is read wherever it was entered, and is entered no more: only a field of the unit's own can be. Such a one alone has a ``reason``
    too: what it is held for, in the words of who made it.
    """

    name: str
    label: str
    kind: Kind
    facts: Facts
    codes: str | None = None
    required: bool = False
    hint: str = ""
    longest: int = 0
    heads: tuple[str, ...] = ()
    second_heads: tuple[str, ...] = ()
    dated: bool = False
    withdrawn: bool = False
    reason: str = ""

    @property
    def section(self) -> Section:
        """Where it stands on the screen and on the pupil's sheet."""
        return self.facts.section

    @property
    def offered_label(self) -> str:
        """Its label where one chooses what to look at: it says of one that is withdrawn that it is."""
        return _("{label} (withdrawn)").format(label=self.label) if self.withdrawn else self.label

    @property
    def quoted_label(self) -> str:
        """Its label as the subject of a sentence: one that is a clause itself, such as “What it is”, stands in quotation marks."""
        return _("“{label}”").format(label=self.label) if self.label.split()[0].rstrip(",") in _CLAUSES else self.label


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
    second_heads: tuple[str, ...] = (),
    default: Any = None,
    dated: bool = False,
) -> Any:
    """An attribute of a record that is an item of the catalogue.

    ``codes`` names a code list, ``longest`` is in characters, ``heads`` the further headings that school systems give
    its column, ``second_heads`` those of a second one, which is taken where a row has nothing under the first. A required attribute has no default. A ``dated`` code is judged by the record's own day, in the record's check.
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
        "second_heads": second_heads,
        "dated": dated,
    }
    return dataclasses.field(metadata={"item": stated}, **({} if required else {"default": default}))


def _read_items(record_type: type) -> tuple[Item, ...]:
    return tuple(Item(name=field.name, **field.metadata["item"]) for field in dataclasses.fields(record_type) if "item" in field.metadata)


program_items_of: Callable[[type], tuple[Item, ...]] = cache(_read_items)
"""The items of a record type that the program itself has, in the order of its attributes: for what is laid down before a unit is open."""


@by_rules
def items_of(record_type: type) -> tuple[Item, ...]:
    """The items of a record type: the program's in the order of its attributes, then those of the unit's own, withdrawn ones among them."""
    program_items, own_items = program_items_of(record_type), _own_items().get(record_with_own(record_type), ())
    return (*program_items, *(_told_apart(own_item, program_items) for own_item in own_items))


def _told_apart(own_item: Item, program_items: Iterable[Item]) -> Item:
    """The item of a field that was made before the program had an item of that name, or read that heading: its label then says whose it is."""
    key = heading_key(own_item.label)
    is_taken = any(
        key == heading_key(words)
        for known_item in program_items
        for words in (known_item.name, known_item.label, *known_item.heads, *known_item.second_heads)
    )
    return dataclasses.replace(own_item, label=_("{label} (own)").format(label=own_item.label)) if is_taken else own_item


@by_rules
def entered_items_of(record_type: type) -> tuple[Item, ...]:
    """The items of a record type that are entered today: all but those that were withdrawn."""
    return tuple(known_item for known_item in items_of(record_type) if not known_item.withdrawn)


def own_items_of(record_type: type) -> tuple[Item, ...]:
    """The items of a record type that are of the unit's own, in the order in which they were made, withdrawn ones among them."""
    return items_of(record_type)[len(program_items_of(record_type)) :]


@by_rules
def item_named(record_type: type, name: str) -> Item:
    """One item of a record type. Raises KeyError when there is none, which is a bug."""
    return {item.name: item for item in items_of(record_type)}[name]


_OWN_SECTIONS = {"pupil": Section.OWN, "contact": Section.CONTACTS, "plan": Section.PLANS}
OWN_FIELDS = "own_fields.json"
"""Under this path the rules in force have the fields that the open unit has made: see ``domain.unit.own_field``."""


@by_rules
def _own_items() -> Mapping[str, tuple[Item, ...]]:
    """The items of the unit's own by the short name of their record."""
    items: dict[str, tuple[Item, ...]] = {}
    for own_field in json.loads(unit_text(OWN_FIELDS) or "[]"):
        facts = Facts(
            _OWN_SECTIONS[own_field["record"]],
            Category.OWN,
            Purpose[own_field["purpose"]],
            Basis[own_field["basis"]],
            special=Special[own_field["special"]] if own_field["special"] else None,
            retention=own_field["retention"],
        )
        own_item = Item(
            name=own_field["name"],
            label=own_field["label"],
            kind=Kind(own_field["kind"]),
            facts=facts,
            codes=own_field["name"] if own_field["kind"] == Kind.CODE.value else None,
            hint=own_field["hint"],
            longest=LONGEST.get(Kind(own_field["kind"]), 0),
            withdrawn=own_field["withdrawn"],
            reason=own_field["reason"],
        )
        items[own_field["record"]] = (*items.get(own_field["record"], ()), own_item)
    return items


def _fields_of(record_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record_type))


attributes_of: Callable[[type], tuple[str, ...]] = cache(_fields_of)
"""All attributes of a record type, keys among them, in order."""


def value_names_of(record_type: type) -> tuple[str, ...]:
    """By what names the values of a record are read and changed one by one: its attributes, and in place of ``own`` the items of the unit's own."""
    own = (own_item.name for own_item in own_items_of(record_type))
    return (*(name for name in attributes_of(record_type) if name != OWN), *own)
