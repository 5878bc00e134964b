"""A paper about a pupil that is addressed to one household."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.documents.blocks import Block
from pupil_desk.domain.notices.addressees import Letter


@dataclass(frozen=True, slots=True)
class HouseholdPaper:
    """One paper as a story, and the letter of the notice that it goes with; its file name says nothing but our reference."""

    letter: Letter
    story: Sequence[Block]
    title: str
    file_stem: str
