"""The letter to a pupil of 16 that the choice about sharing is now theirs: prose that may be edited, one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Keep, Para, Spacer
from pupil_desk.documents.prose import Filling, blocks_of

_ROOM_TO_SIGN = 1.5  # lines of body text


@dataclass(frozen=True, slots=True)
class OwnChoiceEnvelope:
    """Where the letter goes, from whom, its day in words, and our reference."""

    address: Sequence[str]
    sender: Sequence[str]
    day: str
    reference: str


def story(prose: str, filling: Mapping[str, Filling], envelope: OwnChoiceEnvelope) -> list[Block]:
    """The letter as blocks; the close, the room to sign and the name stay together."""
    title, *body, close, name = blocks_of(prose, filling)
    reference_line = _("{day}\nOur reference: {reference}").format(day=envelope.day, reference=envelope.reference)
    return [
        AddressBlock(lines=envelope.address, sender=envelope.sender),
        Para(reference_line, style="small"),
        title,
        *body,
        Keep([close, Spacer(_ROOM_TO_SIGN), name]),
    ]
