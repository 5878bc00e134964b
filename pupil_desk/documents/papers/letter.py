"""A letter by template: the envelope, the heading and the words of a template with its fields filled in."""

from collections.abc import Mapping

from pupil_desk.documents.blocks import Block, Bullets, Heading, Para
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.signing import ROOM_TO_SIGN, signed_together
from pupil_desk.documents.prose import listed, paragraphs
from pupil_desk.domain.papers.letter import SIGNATURE, pieces


def story(subject: str, body: str, filling: Mapping[str, str], envelope: Envelope) -> list[Block]:
    """The letter as blocks. Raises KeyError for a field that nothing fills: the caller has looked."""
    body_blocks = [_block(part, filling) for part in paragraphs(body)]
    return [*envelope.head(), Heading(1, fill_in(subject, filling)), *signed_together(body_blocks)]


def fill_in(text: str, filling: Mapping[str, str]) -> str:
    """A text with its fields filled in. What is filled in stays text: it is never read again for fields."""
    return "".join(filling[piece.field] if piece.field else piece.text for piece in pieces(text))


def _block(part: str, filling: Mapping[str, str]) -> Block:
    if [piece.field for piece in pieces(part.strip())] == [SIGNATURE]:
        return ROOM_TO_SIGN
    if items := listed(part):
        return Bullets([fill_in(item, filling) for item in items])
    return Para(fill_in(part, filling))
