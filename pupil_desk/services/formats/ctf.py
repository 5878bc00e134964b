"""The elements of the Common Transfer File, which the export writes by and the import reads by: data, in ``resources/ctf/elements.txt``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_text

VERSIONS = "ctf_version"  # the code list


class Need(StrEnum):
    """How far an element is needed. One that the law asks for is sent when it is held, and missed when it is not."""

    MUST = "must"
    LAW = "law"
    USUAL = "usual"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class CtfElement:
    """One element, in its place. ``path`` is that under the pupil; ``items`` are those of the catalogue that it comes from.

    ``may_repeat``: it may stand several times. ``since`` is the first version that has it, «» for all. ``codes`` are what it may hold,
    where that is less than we hold; ``fixed`` is what it always holds. ``read``: the import reads it. ``parts`` are its children, in order.
    """

    path: str
    need: Need
    items: tuple[str, ...]
    may_repeat: bool = False
    since: str = ""
    codes: tuple[str, ...] = ()
    fixed: str = ""
    read: bool = False
    parts: tuple["CtfElement", ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_sent(self) -> bool:
        """Whether the export can ever write it."""
        return bool(self.items) or any(part.is_sent for part in self.parts)

    def walk(self) -> Iterator["CtfElement"]:
        """It and all that is in it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@by_rules
def elements(version: str = "") -> tuple[CtfElement, ...]:
    """The pupil's own elements in order, each with its parts; all there are, or those of a version."""
    below: dict[str, list[tuple[str, Need, tuple[str, ...], dict[str, str]]]] = {}
    for line in rule_text("ctf", "elements.txt").splitlines():
        if not line or line.startswith("#"):
            continue
        path, need, items, extra = (cell.strip() for cell in line.split("|"))
        facts = {name: value for name, _blank, value in (word.partition(" ") for word in extra.split("; ") if word)}
        if not version or number(facts.get("since", "")) <= number(version):
            below.setdefault(path.rpartition("/")[0], []).append((path, Need(need), tuple(items.split()), facts))
    return tuple(_under("", below))


def _under(path: str, below: dict[str, list[tuple[str, Need, tuple[str, ...], dict[str, str]]]]) -> Iterator[CtfElement]:
    for own_path, need, items, facts in below.get(path, ()):
        parts = tuple(_under(own_path, below))
        read = bool(items) or "read" in facts or any(part.read for part in parts)
        yield CtfElement(
            own_path,
            need,
            items,
            may_repeat="many" in facts,
            since=facts.get("since", ""),
            codes=tuple(facts.get("codes", "").split()),
            fixed=facts.get("fixed", ""),
            read=read,
            parts=parts,
        )


def number(version: str) -> float:
    """A version, as it is compared; 0 for none."""
    return float(version or 0)


@by_rules
def element_at(path: str) -> CtfElement:
    """The element of that path. Raises KeyError for one there is not, which is a bug."""
    return {element.path: element for top in elements() for element in top.walk()}[path]


def items_sent() -> tuple[str, ...]:
    """Every item that a file can carry, each once, in the order of the elements."""
    sent_elements = (element for top in elements() for element in top.walk() if element.is_sent)
    return tuple(dict.fromkeys(item for element in sent_elements for item in element.items))


def attributes(path: str, record: str) -> dict[str, str]:
    """The elements right under a path («» is the pupil) that hold one item of a record and nothing else: name to attribute."""
    parts = element_at(path).parts if path else elements()
    single_items = (
        (part.name, part.items[0].split(".")) for part in parts if len(part.items) == 1 and not part.parts and not part.may_repeat
    )
    return {name: attribute for name, (owner, attribute) in single_items if owner == record}


def names_read(path: str) -> frozenset[str]:
    """The names of the elements right under a path that the import reads."""
    return frozenset(part.name for part in (element_at(path).parts if path else elements()) if part.read)


def version_on(day: date, preferred: str | None) -> str:
    """The version that a file is written in: the one chosen, else the newest that had begun on that day."""
    begun_versions = [code.code for code in codelist(VERSIONS).codes.values() if code.since is None or code.since <= day]
    return preferred or max(begun_versions or codelist(VERSIONS).codes, key=number)
