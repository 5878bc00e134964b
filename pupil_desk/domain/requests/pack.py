"""The pack that answers a request for a copy of one pupil's data: who asked, what is decided of each place, and what was given.

Sources: UK GDPR Articles 12, 15 and 20; Data Protection Act 2018 schedules 2 and 3; SI 2005/1437 regulation 5.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_COPY = Facts(Section.NOTICES, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure")
LONGEST_ASKER = 255  # characters
LONGEST_REASON = 1000
PAPER = "paper:"
"""What stands before the identity of an attachment where a paper is named in the place of a section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBegun:
    """A pack under way, or made. ``case_id`` is the request that it answers, if one is on file. Never edited."""

    id: str = ""
    pupil_id: str = ""
    case_id: str | None = None
    asker: str = item(_("Who asked for a copy"), Kind.NAME, facts=_COPY, required=True, longest=LONGEST_ASKER)
    begun_on: date = item(_("Copy begun on"), Kind.DATE, facts=_COPY, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade:
    """A pack that was written. What it told is held as counts, its files as digests. Never edited.

    ``sections`` is JSON, section to number; ``digests`` JSON, name of a file to SHA-256; ``withheld`` how many places were.
    """

    id: str = ""
    pupil_id: str = ""
    pack_id: str = ""
    given_to: str = item(_("Copy made for"), Kind.NAME, facts=_COPY, required=True, longest=LONGEST_ASKER)
    made_on: date = item(_("Copy made on"), Kind.DATE, facts=_COPY, required=True)
    sections: str = ""
    digests: str = ""
    withheld: int = 0


class PlaceVerdict(StrEnum):
    """What is decided of a place. ``UNMARK`` takes that back. ``STAYS`` ticks a place where a withheld word may stand, ``LOOK`` takes the tick away:

    a place may be both a mark of its own and one where another's word still stands, so ticks are told apart from decisions.
    """

    WITHHOLD = "withhold"
    RELEASE = "release"
    STAYS = "stays"
    UNMARK = "unmark"
    LOOK = "look-again"


TICKS = frozenset({PlaceVerdict.STAYS, PlaceVerdict.LOOK})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A stretch of a text of the pack. ``key`` is a digest of the text, so that nothing decided of one text is taken for another's."""

    section: str
    field: str
    key: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMark:
    """One word about one place; the last of a place counts. ``words`` are what stands there, ``whose`` a code of «redaction»,
    ``who`` the person in words, ``reason`` a code of «redaction_reason», ``note`` more in a person's words. ``by_hand``: a person marked it."""

    id: str = ""
    pack_id: str = ""
    pupil_id: str = ""
    section: str = ""
    field: str = ""
    key: str = ""
    start: int = 0
    stop: int = 0
    words: str = ""
    whose: str = ""
    who: str = ""
    said: str = ""
    reason: str = ""
    note: str = ""
    by_hand: bool = False

    @property
    def place(self) -> TextPlace:
        return TextPlace(section=self.section, field=self.field, key=self.key, start=self.start, stop=self.stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSection:
    """A whole section, or one paper («paper:…»), that is not given. ``exemption`` is a code; empty takes it back, and it is given.

    ``quiet``: the copy does not say on what ground, where saying it would do what the ground prevents.
    """

    id: str = ""
    pack_id: str = ""
    pupil_id: str = ""
    section: str = ""
    given: bool = True
    exemption: str = ""
    quiet: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What someone named to read restricted notes added to a pack: how many notes, and of which wordings it was made.

    Its bytes are locked with words that only they were shown; without any, all of it is withheld on a ground.
    """

    id: str
    pack_id: str
    notes: int
    covers: str
    withheld: int
    exemption: str
    at: str
    by: str

    @property
    def given(self) -> bool:
        """Whether there are files of it."""
        return not self.exemption
