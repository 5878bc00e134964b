"""A paper about several pupils, as the services hand it over to be shown."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pupil_desk.documents.blocks import Block


class PaperOfPupils(NamedTuple):
    """A paper about several pupils: its story, its title, and the ids of those who stand on it."""

    story: Sequence[Block]
    title: str
    pupil_ids: Collection[str]
