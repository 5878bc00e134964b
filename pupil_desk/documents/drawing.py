"""A drawing of a story, as data: ovals with numbered spots on them and a few words, on a grid of its own. Such as the figure of a body map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse around ``(x, y)``, with half its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Words at a place of the grid: in the middle of a ring, or as a caption that begins there."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ovals, the ``spots`` over them, each in a ring, and the ``captions``. ``width`` and ``height`` are those of the grid, from the upper left.

    ``alt`` says in words what the drawing shows, for who does not see it.
    """

    alt: str
    width: float
    height: float
    ovals: Sequence[Oval]
    spots: Sequence[Spot]
    captions: Sequence[Spot] = ()

    def texts(self) -> Iterator[str]:
        """What is printed in it."""
        yield from (spot.words for spot in (*self.captions, *self.spots))
