"""One fact of a pupil's card, in words, with the place where it is changed."""

from dataclasses import dataclass
from typing import Literal

type FactTone = Literal["accent", "check", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFact:
    """``page`` is the page of the window that it leads to; on that of pupils ``part``, ``kind``, ``row_id`` and ``item`` name the field.

    On any other page ``part`` is what follows the pupil's identity there, empty for the pupil as a whole; where ``of`` is the identity of something
    else than the pupil, that is what it leads to.
    """

    words: str
    page: str = "pupils"
    part: str = ""
    kind: str = ""
    row_id: str = ""
    item: str = ""
    of: str = ""
    tone: FactTone = "accent"
