"""Every value of a pupil in a transfer file, with its place, whoever reads it: what no record takes is found by these (``leftover``)."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value: its place, such as «Contacts/Contact[2]/Surname», the same without numbers, and its text.

    ``reason`` says why it is not taken, where the reader knows it already.
    """

    place: str
    kind: str
    text: str
    reason: str = ""

    @property
    def parent(self) -> str:
        """The place of the element in which it stands."""
        return self.place.rpartition("/")[0]


class Leaves:
    """The places of all elements within one, and the values that stand in them."""

    def __init__(self, root: Any, leave: Collection[Any] = ()) -> None:
        """``leave`` are elements that are not looked into."""
        self.places: dict[Any, str] = {root: ""}
        self._leave = frozenset(leave)
        self.all = tuple(self._walk(root, "", ""))

    def _walk(self, element: Any, place: str, kind: str) -> Iterator[Leaf]:
        for name, text in element.attrib.items():
            yield Leaf(_joined(place, f"@{name}"), _joined(kind, f"@{name}"), text)
        texts = [element.text, *(child.tail for child in element)]  # between its parts too, where no such file has any
        for text in texts:
            if text and text.strip():
                yield Leaf(place or ".", kind, text.strip())
        number_of_name, seen = Counter(child.tag for child in element), Counter[Any]()
        for child in element:
            seen[child.tag] += 1
            number = f"[{seen[child.tag]}]" if number_of_name[child.tag] > 1 else ""
            child_place = _joined(place, f"{child.tag}{number}")
            self.places[child] = child_place
            if child not in self._leave:
                yield from self._walk(child, child_place, _joined(kind, str(child.tag)))


def around(place: str) -> Iterator[str]:
    """A place and those of the elements in which it stands, from the inside."""
    while place:
        yield place
        place = place.rpartition("/")[0]


def _joined(place: str, name: str) -> str:
    return f"{place}/{name}" if place else name
