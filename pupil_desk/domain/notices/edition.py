"""All that an edition of the privacy notice says, as data: to be printed again, and to be compared with another.

What makes an edition new is in ``notice_editions`` of the services.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pupil_desk.domain.notices.addressees import ENGLISH, STANDARD

type Filled = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""What fills a name in the words: a text, a list, or a table by its rows, its heads first."""


def as_filling(value: Any) -> Filled:
    """A filling as it is kept: lists of any kind, such as JSON has, become tuples."""
    return value if isinstance(value, str) else tuple(map(as_filling, value))  # type: ignore[return-value]  # nested as deep as it was


@dataclass(frozen=True, slots=True)
class EditionItem:
    """What an edition says of one item: the words that are printed. ``special`` is empty where the law protects it no more than others."""

    label: str
    category: str
    purpose: str
    basis: str
    kept: str
    special: str = ""


@dataclass(frozen=True, slots=True)
class EditionRecipient:
    """What an edition says of one recipient; ``minimum`` and ``full`` are paths of items.

    ``minimum`` is what nobody can refuse; it is empty where no choice changes what is told. ``covers`` says in a sentence of whom or what,
    ``names`` are their own names, where the unit has written them down.
    """

    heading: str
    law: str
    minimum: tuple[str, ...]
    full: tuple[str, ...]
    covers: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionContent:
    """An edition: its two texts, what fills them, the items by path, the recipients by name, and the special conditions in order."""

    front: str
    more: str
    filling: Mapping[str, Filled]
    items: Mapping[str, EditionItem]
    recipients: Mapping[str, EditionRecipient]

    def as_data(self) -> dict[str, Any]:
        """As JSON would hold it; ``content_of`` reads it."""
        return asdict(self)


def content_of(data: Mapping[str, Any]) -> EditionContent:
    """The edition that ``as_data`` wrote."""
    filling = {name: as_filling(value) for name, value in data["filling"].items()}
    recipients = {
        name: EditionRecipient(
            facts["heading"],
            facts["law"],
            tuple(facts["minimum"]),
            tuple(facts["full"]),
            facts.get("covers", ""),
            names=tuple(facts.get("names", ())),
        )
        for name, facts in data["recipients"].items()
    }
    return EditionContent(
        data["front"], data["more"], filling, {path: EditionItem(**facts) for path, facts in data["items"].items()}, recipients
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeProse:
    """The words of the notice in one language and layout: ``front`` is the part that everyone reads, ``more`` closes the tables.

    ``shipped`` is the digest of the program's own words that were there when these were written, ``of_prose`` the words of which this
    is a translation. ``version`` 0 are the program's own. One that is ``retired`` gives the place back to them.
    """

    id: str = ""
    language: str = ENGLISH
    variant: str = STANDARD
    version: int = 0
    front: str = ""
    more: str = ""
    shipped: str = ""
    of_prose: str = ""
    translated_by: str | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    retired: bool = False

    @property
    def place(self) -> tuple[str, str]:
        return self.language, self.variant

    @property
    def is_main(self) -> bool:
        """Whether it is the one that every other follows, and that makes an edition: English, as usual."""
        return self.place == (ENGLISH, STANDARD)

    @property
    def ready(self) -> bool:
        """Whether it may be given: a translation only once somebody who speaks the language has checked it."""
        return bool(self.front) and (self.language == ENGLISH or self.checked_on is not None)
