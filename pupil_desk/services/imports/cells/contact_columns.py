"""The contacts that a list of pupils holds beside them: which headings are a contact's, and what a row tells of each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import heading_key, tidy, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, entered_items_of
from pupil_desk.domain.catalogue.validation import Problem, read
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.cells.telephones import kept_as_written, parted
from pupil_desk.services.imports.kinds import ReadPart
from pupil_desk.services.imports.unknown_words import CODE as UNKNOWN_WORD
from pupil_desk.services.imports.unknown_words import taken_as_other

WHOLE_NAME = "name"
_NAMES = (WHOLE_NAME, "surname")
_OF_CONTACT = re.compile(
    r"(?:emergency )?(?P<who>contact|parent carer|parent guardian|parent|carer|guardian|mother|mum|father|dad|next of kin)s?"
    r"(?: (?P<number>\d))?(?: (?P<what>.+))?"
)
_RELATIONSHIPS = {"mother": "PAM", "mum": "PAM", "father": "PAF", "dad": "PAF", "carer": "CAR"}
_FURTHER_WORDS = {"fullname": WHOLE_NAME, "contactname": WHOLE_NAME, "relation": "relationship", "relationshiptopupil": "relationship"}
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "rev", "prof", "sir", "lady"})


@dataclass(frozen=True, slots=True)
class ContactHeading:
    """A heading of a contact in a list of pupils: which contact of the row, which column of it, and the relationship that the heading tells."""

    contact: str
    column: str
    relationship: str = ""


def contact_heading(text: str) -> ContactHeading | None:
    """What a heading such as «Contact 1 Mobile» or «Mother Name» tells of a contact; None where it is none of a contact's."""
    match = _matched(text)
    if match is None or not (match["number"] or match["what"] or match["who"] in _RELATIONSHIPS):
        return None
    column = _columns().get("".join((match["what"] or WHOLE_NAME).split()), "")
    contact = " ".join(filter(None, (match["who"], match["number"])))
    return ContactHeading(contact, column, _RELATIONSHIPS.get(match["who"], "")) if column else None


@lru_cache(maxsize=4096)
def _matched(text: str) -> re.Match[str] | None:
    return _OF_CONTACT.fullmatch(" ".join(tokens(text.replace("’", "").replace("'", ""))))


@by_rules
def _items() -> Mapping[str, Item]:
    return {item.name: item for item in entered_items_of(Contact)}


@by_rules
def _columns() -> Mapping[str, str]:
    """The columns of a contact by the words for them, without blanks."""
    words: dict[str, str] = {WHOLE_NAME: WHOLE_NAME, **_FURTHER_WORDS}
    for item in _items().values():
        for spelling in (item.name, item.label, *item.heads, *item.second_heads):
            words.setdefault(heading_key(spelling), item.name)
    return words


def with_names(headings: Iterable[ContactHeading | None]) -> frozenset[str]:
    """The contacts of which a list has the name: of another there is nobody to take in."""
    return frozenset(heading.contact for heading in headings if heading and heading.column in _NAMES)


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """The contacts of a row, what is said of them, and the cells that say nothing that is kept."""

    parts: tuple[ReadPart, ...]
    remarks: tuple[Problem, ...]
    not_taken: tuple[NotTaken, ...]


type Cell = tuple[str, ContactHeading, str]
"""Its heading as it stands, what that means, and the text."""


def read_contacts(cells: Sequence[Cell], today: date) -> ContactsRead:
    """The contacts in the filled cells of a row."""
    parts: list[ReadPart] = []
    remarks: list[Problem] = []
    left: list[NotTaken] = []
    for n, contact in enumerate(dict.fromkeys(heading.contact for _text, heading, _cell in cells), start=1):
        contact_cells = [cell for cell in cells if cell[1].contact == contact and cell[2].strip()]
        if not contact_cells:
            continue
        texts = _texts(contact_cells)
        name = " ".join(filter(None, (texts.get("forename"), texts.get("surname")))) or contact_cells[0][0]
        if not texts.get("surname", "").strip():
            remarks.append(
                Problem.warning("", "contact_left_out", _("{name} is left out: there is no name.").format(name=contact_cells[0][0]))
            )
            left += [
                NotTaken(path=text, value=cell.strip(), reason=_("The contact has no name.")) for text, _heading, cell in contact_cells
            ]
            continue
        values, problems = _values(texts, today)
        remarks += [replace(problem, column="", message=f"{name}: {problem.message}") for problem in problems]
        messages = {problem.column: problem.message for problem in problems if problem.column not in values or problem.code == UNKNOWN_WORD}
        left += [
            NotTaken(path=text, value=cell.strip(), reason=messages[h.column]) for text, h, cell in contact_cells if h.column in messages
        ]
        parts.append(ReadPart(f"contact-{n}", Contact, values, contact))
    return ContactsRead(tuple(parts), tuple(remarks), tuple(left))


def _texts(cells: Sequence[Cell]) -> dict[str, str]:
    """The texts of one contact by its columns; a second number of one column goes beside the first, to be parted."""
    texts: dict[str, str] = {}
    for _text, heading, cell in cells:
        texts[heading.column] = " / ".join(filter(None, (texts.get(heading.column, ""), cell.strip())))
    texts = {**_named(texts.pop(WHOLE_NAME, "")), **texts}
    relationship = next((heading.relationship for _text, heading, _cell in cells if heading.relationship), "")
    texts.setdefault("relationship", relationship)
    return texts


def _named(name: str) -> dict[str, str]:
    """A whole name as title, forename and surname: «Jones, Sarah», «Mrs Sarah Jones»."""
    surname, comma, forenames = tidy(name).partition(",")
    words = (f"{forenames} {surname}" if comma else surname).split()
    title = words.pop(0) if len(words) > 1 and words[0].lower().rstrip(".") in _TITLES else ""
    last = len(surname.split()) if comma else 1
    return {
        key: text for key, text in (("title", title), ("forename", " ".join(words[:-last])), ("surname", " ".join(words[-last:]))) if text
    }


def _values(texts: Mapping[str, str], today: date) -> tuple[dict[str, object], list[Problem]]:
    """What the texts of one contact mean, and what is wrong with them: a cell that cannot be understood is left out alone."""
    cells = parted(_items(), texts)
    values: dict[str, object] = {}
    problems = list(cells.problems)
    for name, item in _items().items():
        text = cells.texts.get(name, "")
        reading = kept_as_written(item, text, taken_as_other(item, text, read(item, text, today)))
        problems += [Problem.warning(problem.column, problem.code, problem.message) for problem in reading.problems]
        if reading.value is not None:
            values[name] = reading.value
    return values, problems


def cells_of(headings: Iterable[tuple[int, str, ContactHeading]], cells: Sequence[str]) -> Iterator[Cell]:
    """The cells of a row that are a contact's."""
    for place, text, heading in headings:
        if place < len(cells):
            yield text, heading, cells[place]
