"""What a transfer file holds, found without the program: every leaf by the standard library, and what became of it; and ways to spoil a file.

A leaf is accounted for when its value stands in the records, or among the values not taken under the same name. The few elements that only say of
which kind the value beside them is (``SAYS_WHICH``) are accounted for by that value.
"""

import copy
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome

SAYS_WHICH = {"TelephoneType": {"H", "M"}, "LanguageType": {"F"}, "UKcountry": {"ENG"}, "Locale": {"ENG"}}
_NOT_RECORDS = frozenset({"amendment", "not_taken", "findable", "draft", "log"})
_NAMES = ("Surname", "Note", "Phone", "Address", "Contact", "Result", "UPN", "LEA", "Zebra", "Year", "Forename", "School", "Sex")
_VALUES = ("", "Y", "true", "false", "2026-02-31", "31/12/1999", "0", "9x999", "ENG", "K", "F", "Ж", "a" * 300, "-", "01632 960999")


@dataclass(frozen=True)
class XmlLeaf:
    """A value: its tag, its text, and the texts of what stands beside it."""

    tag: str
    text: str
    beside: tuple[str, ...]


def leaves(element: ET.Element) -> Iterator[XmlLeaf]:
    """Every value within an element: of attributes, of texts, and of texts between elements."""
    for child in element.iter():
        for name, value in child.attrib.items():
            yield XmlLeaf(f"@{name}", value, ())
    for parent in element.iter():
        texts = tuple(plain(child.text or "") for child in parent)
        for place, child in enumerate(parent):
            if (child.text or "").strip():
                yield XmlLeaf(child.tag, (child.text or "").strip(), (*texts[:place], *texts[place + 1 :]))
            if (child.tail or "").strip():
                yield XmlLeaf("." if parent is element else parent.tag, (child.tail or "").strip(), ())
    if (element.text or "").strip():
        yield XmlLeaf(".", (element.text or "").strip(), ())


def plain(text: str) -> str:
    """A value as it is compared: yes and no as the file keeps them, case and runs of blanks aside."""
    folded = " ".join(text.split()).casefold()
    return {"true": "1", "false": "0", "yes": "1", "no": "0"}.get(folded, folded)


def values_on_file(desk: Desk) -> set[str]:
    """Every value in every record of every pupil, and each line of an address word by word from any word on."""
    values: set[str] = set()
    for (table,) in desk.vault.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        columns = [row["name"] for row in desk.vault.rows(f'PRAGMA table_info("{table}")')]
        if table in _NOT_RECORDS or not (table == "pupil" or "pupil_id" in columns):
            continue
        for row in desk.vault.rows(f'SELECT * FROM "{table}"'):
            for name in columns:
                values |= values_of(name, row[name])
    return values


def values_of(name: str, value: object) -> set[str]:
    """A value as it may stand in a file: a school by its two numbers too, a line of an address in parts too."""
    text = plain(str(value)) if value is not None else ""
    values = {text, text.replace(" ", "")}
    if name in ("school", "previous_school") and "/" in text:
        values |= set(text.split("/"))
    if name.startswith("address_") or name in ("locality", "town", "county"):
        words = re.findall(r"\w+", text)
        values |= {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    return values


def lost(pupil: ET.Element, not_taken: Iterable[tuple[str, str]], on_file: set[str]) -> list[XmlLeaf]:
    """The leaves of a pupil that are in neither. ``not_taken`` are the last names of the places, each with its value."""
    told = {(re.sub(r"\[\d+\]$", "", tag), " ".join(value.split())) for tag, value in not_taken}
    missing = []
    for leaf in leaves(pupil):
        words = " ".join(re.findall(r"\w+", plain(leaf.text)))
        is_told = (leaf.tag, " ".join(leaf.text.split())) in told
        in_record = bool({plain(leaf.text), plain(leaf.text).replace(" ", ""), words, _iso(leaf.text)} & on_file)
        says_which = leaf.text.upper() in SAYS_WHICH.get(leaf.tag, ()) and any(text in on_file for text in leaf.beside)
        if not (is_told or in_record or says_which):
            missing.append(leaf)
    return missing


def _iso(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text


def told_of_row(outcome: Outcome, row: int | None) -> list[tuple[str, str]]:
    """What an outcome tells as not taken of one row: the last name of each place, and the value."""
    return [(told.value.path.rpartition("/")[2], told.value.value) for told in outcome.not_taken if told.row == row]


def spoilt(source: bytes, chance: random.Random) -> bytes:
    """The file with some of its elements changed, doubled, moved, renamed, emptied, or new ones put in; it is whole XML still."""
    root = ET.fromstring(source)
    pupils = root.findall("CTFpupilData/Pupil")
    for _time in range(chance.randint(1, 8)):
        every = [(parent, child) for pupil in pupils for parent in pupil.iter() for child in parent]
        if not every:
            break
        parent, child = chance.choice(every)
        _spoil(parent, child, chance.choice(every)[0], chance)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _spoil(parent: ET.Element, child: ET.Element, elsewhere: ET.Element, chance: random.Random) -> None:
    act = chance.choice(("text", "text", "value", "rename", "double", "move", "new", "new", "attribute", "tail", "drop", "case"))
    if act == "text":
        child.text = f"Q{chance.randrange(10**8)}"
    elif act == "value":
        child.text = chance.choice(_VALUES)
    elif act == "rename":
        child.tag = chance.choice(_NAMES)
    elif act == "double":
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(child))
    elif act == "move" and elsewhere not in list(child.iter()):
        parent.remove(child)
        elsewhere.append(child)
    elif act == "new":
        ET.SubElement(child, chance.choice(_NAMES)).text = f"N{chance.randrange(10**8)}"
    elif act == "attribute":
        child.set(chance.choice(("note", "version")), f"A{chance.randrange(10**8)}")
    elif act == "tail":
        child.tail = f"T{chance.randrange(10**8)}"
    elif act == "drop":
        parent.remove(child)
    elif act == "case":
        child.tag = child.tag.swapcase()
