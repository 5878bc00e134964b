"""Where a paper goes that is posted: the window of its envelope, and the lines that say whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Para
from pupil_desk.documents.prose import filled_apart
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.unit.settings import UnitSettings

ABOUT, REFERENCE = _("About: {pupil}. {day}."), _("Our reference: {reference}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Where a paper goes (nothing for one handed over) and from whom; its day in words, our reference, and whom it is about."""

    address: Sequence[str]
    sender: Sequence[str]
    day: str = ""
    reference: str = ""
    pupil: str = ""

    @classmethod
    def of(cls, letter: Letter, unit: UnitSettings, day: date) -> Self:
        """The envelope of a letter about its pupil to one household, or to the pupil."""
        return cls(
            address=(*letter.names, *letter.address),
            sender=unit.name_and_address,
            day=show_date(day),
            reference=letter.pupil.ref,
            pupil=letter.pupil.legal_name,
        )

    @property
    def window(self) -> AddressBlock:
        """The block that stands in the window, and whence it came."""
        return AddressBlock(lines=self.address, sender=self.sender)

    def head(self, words: str = REFERENCE) -> list[Block]:
        """How a letter begins: the window, and beneath it the day and the reference, in these words."""
        return [self.window, Para([f"{self.day}\n", *filled_apart(words, {"reference": self.reference}, {})], style="small")]

    def about(self, title: Block, words: str = ABOUT) -> list[Block]:
        """How a paper about a pupil begins: the window, the title, and beneath it whom it is about and the day, in these words."""
        return [self.window, title, Para(filled_apart(words, {"pupil": self.pupil, "day": self.day}, {}), style="small")]
