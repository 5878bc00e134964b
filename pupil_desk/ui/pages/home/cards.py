"""What Home shows: cards of lines, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, and where it leads."""

    words: str
    go: Callable[[], object]
    tone: Literal["accent", "bad", "check"] = "accent"


@dataclass(frozen=True, slots=True)
class Card:
    """Things of one kind. ``all`` leads to the whole list where only the first few are shown."""

    title: str
    lines: Sequence[Line] = field(default=())
    text: str = ""
    all: Callable[[], object] | None = None
