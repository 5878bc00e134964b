"""Where a paper is signed: lines for a pen, and the room above a name."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, Keep, Para, Spacer, WritingLine

ROOM_TO_SIGN = Spacer(2.5)  # lines of body text


def dated(label: str) -> Columns:
    """A line for a pen, and beside it one for the day."""
    return Columns([WritingLine(label), WritingLine(_("Date"))])


def signature(pupil: str | None = None, *, parent: str = _("Signature of a parent or carer")) -> list[Block]:
    """Whose signature it is stands on its line: of the ``pupil`` named, else of a parent. A parent writes the name too: which of two parents
    said it is part of the answer."""
    if pupil is not None:
        return [dated(_("Signature of {name}").format(name=pupil))]
    return [WritingLine(parent), dated(_("Name in capitals"))]


def signed_together(blocks: Sequence[Block]) -> list[Block]:
    """A letter whose last paragraph, close, room to sign and name stay together on one page."""
    place = next((index for index, block in enumerate(blocks) if isinstance(block, Spacer)), 0)
    if place == 0 or place + 1 >= len(blocks):
        return [*blocks]
    first = place - 2 if place > 1 and isinstance(blocks[place - 2], Para) else place - 1
    return [*blocks[:first], Keep(blocks[first : place + 2]), *blocks[place + 2 :]]
