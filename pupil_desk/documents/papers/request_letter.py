"""A letter about a request: an envelope, and words that the office may have written itself.

Its words are plain text with a few signs: a line that begins with «# » is the heading, «## » a heading beneath it, «- » a line of a list;
a line of «____» is room to sign. Everything else is text as it stands.
"""

import re

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, Para, Spacer
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.signing import ROOM_TO_SIGN, signed_together

_SIGN = re.compile(r"_{3,}")


def story(words: str, envelope: Envelope, title: str) -> list[Block]:
    """The letter as blocks. ``title`` is the heading where the words have none."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", words.strip()) if part.strip()]
    if parts and parts[0].startswith("# "):
        title, *under = parts[0].removeprefix("# ").split("\n", 1)
        parts = [*under, *parts[1:]]
    head = [*envelope.head(_("{day}\nOur number: {reference}")), Heading(1, title.strip() or envelope.reference)]
    return [*head, *signed_together(_parted([block for part in parts for block in _blocks(part)]))]


def _blocks(part: str) -> list[Block]:
    """The blocks of a part without an empty line: a heading, then a list or a paragraph."""
    first, *further_lines = lines = part.split("\n")
    if re.match(r"##?( |$)", first):
        heading = first.lstrip("#").strip()
        return [*([Heading(2, heading)] if heading else []), *(_blocks("\n".join(further_lines)) if further_lines else [])]
    if _SIGN.fullmatch(part.strip()):
        return [ROOM_TO_SIGN]
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
