"""A letter about a request: an envelope, and words that the office may have written itself.

Its words are plain text with a few signs: a line that begins with «# » is the heading, «## » a heading beneath it, «- » a line of a list;
a line of «____» is room to sign. Everything else is text as it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Bullets, Heading, Keep, Para, Spacer

_ROOM_TO_SIGN = 2.5  # lines of body text
_SIGN = re.compile(r"_{3,}")


@dataclass(frozen=True, slots=True)
class RequestEnvelope:
    """Where the letter goes (nothing for one handed over), from whom, its day in words, and our number."""

    address: Sequence[str]
    sender: Sequence[str]
    day: str
    reference: str


def story(words: str, envelope: RequestEnvelope, title: str) -> list[Block]:
    """The letter as blocks. ``title`` is the heading where the words have none."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", words.strip()) if part.strip()]
    if parts and parts[0].startswith("# "):
        title, *under = parts[0].removeprefix("# ").split("\n", 1)
        parts = [*under, *parts[1:]]
    reference_line = _("{day}\nOur number: {reference}").format(day=envelope.day, reference=envelope.reference)
    head: list[Block] = [
        AddressBlock(lines=envelope.address, sender=envelope.sender),
        Para(reference_line, style="small"),
        Heading(1, title.strip() or envelope.reference),
    ]
    return [*head, *_with_room_to_sign(_parted([block for part in parts for block in _blocks(part)]))]


def _blocks(part: str) -> list[Block]:
    """The blocks of a part without an empty line: a heading, then a list or a paragraph."""
    first, *further_lines = lines = part.split("\n")
    if re.match(r"##?( |$)", first):
        heading = first.lstrip("#").strip()
        return [*([Heading(2, heading)] if heading else []), *(_blocks("\n".join(further_lines)) if further_lines else [])]
    if _SIGN.fullmatch(part.strip()):
        return [Spacer(_ROOM_TO_SIGN)]
    if all(line.startswith("- ") for line in lines):
        items = [line.removeprefix("- ").strip() for line in lines]
        return [Bullets([item for item in items if item])] if any(items) else []
    return [Para(part)]


def _parted(blocks: list[Block]) -> list[Block]:
    """A heading stays with what follows it."""
    grouped: list[Block] = []
    for block in blocks:
        if grouped and isinstance(grouped[-1], Heading) and not isinstance(block, Heading | Spacer):
            grouped[-1] = Keep([grouped[-1], block])
        else:
            grouped.append(block)
    return grouped


def _with_room_to_sign(blocks: list[Block]) -> list[Block]:
    """The close, the room to sign and the name stay together on one page."""
    place = next((index for index, block in enumerate(blocks) if isinstance(block, Spacer)), None)
    if place is None or place == 0 or place + 1 >= len(blocks):
        return blocks
    return [*blocks[: place - 1], Keep(blocks[place - 1 : place + 2]), *blocks[place + 2 :]]
