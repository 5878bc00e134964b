"""A letter about a request: an envelope, and words that the office may have written itself.

Its words are plain text with a few signs: a line that begins with «# » is the heading, «## » a heading beneath it, «- » a line of a list;
a line of «____» is room to sign. Everything else is text as it stands.
"""

import re

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Spacer
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.signing import ROOM_TO_SIGN, signed_together
from pupil_desk.documents.prose import kept_together, listed, paragraphs

_SIGN = re.compile(r"_{3,}")


def story(words: str, envelope: Envelope, title: str) -> list[Block]:
    """The letter as blocks. ``title`` is the heading where the words have none."""
    parts = paragraphs(words.strip())
    if parts and parts[0].startswith("# "):
        title, *under = parts[0].removeprefix("# ").split("\n", 1)
        parts = [*under, *parts[1:]]
    head = [*envelope.head(_("{day}\nOur number: {reference}")), Heading(1, title.strip() or envelope.reference)]
    return [*head, *signed_together(kept_together((block for part in parts for block in _blocks(part)), _heads))]


def _blocks(part: str) -> list[Block]:
    """The blocks of a part without an empty line: a heading, then a list or a paragraph."""
    first, *further_lines = part.split("\n")
    if re.match(r"##?( |$)", first):
        heading = first.lstrip("#").strip()
        return [*([Heading(2, heading)] if heading else []), *(_blocks("\n".join(further_lines)) if further_lines else [])]
    if _SIGN.fullmatch(part.strip()):
        return [ROOM_TO_SIGN]
    if items := listed(part):
        filled_items = [item for item in map(str.strip, items) if item]
        return [Bullets(filled_items)] if filled_items else []
    return [Para(part)]


def _heads(block: Block, following: Block) -> bool:
    """A heading stays with what follows it."""
    return isinstance(block, Heading) and not isinstance(following, Heading | Spacer)
