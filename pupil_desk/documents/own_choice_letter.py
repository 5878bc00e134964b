"""The letter to a pupil of 16 that the choice about sharing is now theirs: prose that may be edited, one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Heading, Keep, Para
from pupil_desk.documents.prose import Filling, blocks_of


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where the letter goes, from whom, its day in words, and our reference."""

    address: Sequence[str]
    sender: Sequence[str]
    day: str
    reference: str


def story(prose: str, filling: Mapping[str, Filling], envelope: Envelope) -> list[Block]:
    """The letter as blocks; the greeting stands before the first part, and each part is kept on one page."""
    title, *rest = blocks_of(prose, filling)
    about = _("{day}\nOur reference: {reference}").format(day=envelope.day, reference=envelope.reference)
    blocks: list[Block] = [AddressBlock(lines=envelope.address, sender=envelope.sender), Para(about, style="small"), title]
    part: list[Block] = []
    for block in rest:
        if isinstance(block, Heading) and part:
            blocks.append(Keep(part))
            part = []
        part.append(block)
    return [*blocks, Keep(part)]
