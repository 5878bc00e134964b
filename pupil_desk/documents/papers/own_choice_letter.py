"""The letter to a pupil of 16 that the choice about sharing is now theirs: prose that may be edited, one page."""

from collections.abc import Mapping

from pupil_desk.documents.blocks import Block, Keep, Spacer
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling, blocks_of

_ROOM_TO_SIGN = 1.5  # lines of body text


def story(prose: str, filling: Mapping[str, Filling], envelope: Envelope) -> list[Block]:
    """The letter as blocks; the close, the room to sign and the name stay together."""
    title, *body, close, name = blocks_of(prose, filling)
    return [*envelope.head(), title, *body, Keep([close, Spacer(_ROOM_TO_SIGN), name])]
