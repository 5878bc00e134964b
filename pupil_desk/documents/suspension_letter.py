"""The letter to a family about a suspension: prose that the office may edit, in the parts that the decision calls for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Heading, Keep, Para
from pupil_desk.documents.prose import Filling, blocks_of

DAY_SIX = "Education from the sixth day"
"""The heading, as it stands in the prose, of the part that is left out where there is no sixth day."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where the letter goes, from whom, about whom, and its day in words."""

    address: Sequence[str]
    sender: Sequence[str]
    about: str
    made_on: str


def story(
    prose: str, filling: Mapping[str, Filling], envelope: Envelope, *, without: Collection[str] = ()
) -> list[Block]:
    """The letter as blocks, each part kept on one page. ``without`` are headings of parts that are left out."""
    title, *rest = blocks_of(_without(prose, without), filling)
    about = Para(_("About: {pupil}. {day}.").format(pupil=envelope.about, day=envelope.made_on), style="small")
    blocks: list[Block] = [AddressBlock(lines=envelope.address, sender=envelope.sender), title, about]
    part: list[Block] = []
    for block in rest:
        if isinstance(block, Heading) and part:
            blocks.append(Keep(part))
            part = []
        part.append(block)
    return [*blocks, Keep(part)]


def _without(prose: str, headings: Collection[str]) -> str:
    front, *parts = prose.split("\n## ")
    return "\n## ".join([front, *(part for part in parts if part.split("\n", 1)[0] not in headings)])
