"""A letter by template: the envelope, the heading and the words of a template with its fields filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Bullets, Heading, Keep, Para, Spacer
from pupil_desk.domain.papers.letter import SIGNATURE, pieces

_ROOM_TO_SIGN = 2.5  # lines of body text


@dataclass(frozen=True, slots=True)
class LetterEnvelope:
    """Where the letter goes, from whom, its day in words, and our reference."""

    address: Sequence[str]
    sender: Sequence[str]
    day: str
    reference: str


def story(subject: str, body: str, filling: Mapping[str, str], envelope: LetterEnvelope) -> list[Block]:
    """The letter as blocks. Raises KeyError for a field that nothing fills: the caller has looked."""
    reference_line = _("{day}\nOur reference: {reference}").format(day=envelope.day, reference=envelope.reference)
    blocks: list[Block] = [
        AddressBlock(lines=envelope.address, sender=envelope.sender),
        Para(reference_line, style="small"),
        Heading(1, fill_in(subject, filling)),
    ]
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", body)]
    body_blocks = [_block(part, filling) for part in parts if part.strip()]
    return [*blocks, *_with_room_to_sign(body_blocks)]


def fill_in(text: str, filling: Mapping[str, str]) -> str:
    """A text with its fields filled in. What is filled in stays text: it is never read again for fields."""
    return "".join(filling[piece.field] if piece.field else piece.text for piece in pieces(text))


def _block(part: str, filling: Mapping[str, str]) -> Block:
    lines = part.split("\n")
    if [piece.field for piece in pieces(part.strip())] == [SIGNATURE]:
        return Spacer(_ROOM_TO_SIGN)
    if all(line.startswith("- ") for line in lines):
        return Bullets([fill_in(line.removeprefix("- "), filling) for line in lines])
    return Para(fill_in(part, filling))


def _with_room_to_sign(blocks: list[Block]) -> list[Block]:
    """The close, the room to sign and the name stay together on one page."""
    place = next((index for index, block in enumerate(blocks) if isinstance(block, Spacer)), None)
    if place is None or place == 0 or place + 1 >= len(blocks):
        return blocks
    return [*blocks[: place - 1], Keep(blocks[place - 1 : place + 2]), *blocks[place + 2 :]]
