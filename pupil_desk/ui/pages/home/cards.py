"""What Home shows: cards of lines, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

type Go = Callable[..., object]
"""What opens a page of the window: its name, and the place in it."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One thing to do, and where it leads."""

    words: str
    go: Callable[[], object]
    tone: Literal["accent", "bad", "check"] = "accent"


@dataclass(frozen=True, slots=True)
class HomeCard:
    """Things of one kind. ``all`` leads to the whole list where only the first few are shown; ``short`` is its title at the head of the page."""

    title: str
    lines: Sequence[CardLine] = field(default=())
    text: str = ""
    all: Callable[[], object] | None = None
    short: str = ""

    @property
    def tone(self) -> Literal["accent", "bad", "check"]:
        """The gravest of its lines."""
        tones = {line.tone for line in self.lines}
        return "bad" if "bad" in tones else "check" if "check" in tones else "accent"
