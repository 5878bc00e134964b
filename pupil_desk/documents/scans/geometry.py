"""How a page as it was printed lies in a picture of it: found from the corners of its codes. Pure arithmetic.

A scan turns, skews, shifts and scales a page, which six numbers tell (affine); a photograph also tilts it, which takes eight
(ISO 12233 calls it perspective). Six are found first, from points that are far apart, and are enough unless the corners
say otherwise: with eight, a dot's error at a code would be several at a box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

type Point = tuple[float, float]
type Pair = tuple[Point, Point]
"""A point of the page in points, and where it is in the picture in dots."""


@dataclass(frozen=True, slots=True)
class Lie:
    """Where each point of the page is in the picture: (ax + by + c, dx + ey + f), both over (gx + hy + 1)."""

    numbers: tuple[float, float, float, float, float, float, float, float]

    def at(self, point: Point) -> Point:
        """Where a point of the page is in the picture."""
        a, b, c, d, e, f, g, h = self.numbers
        x, y = point
        under = g * x + h * y + 1
        return (a * x + b * y + c) / under, (d * x + e * y + f) / under

    @property
    def dots(self) -> float:
        """Dots to a point of the page, about its middle."""
        left, right = self.at((200.0, 420.0)), self.at((400.0, 420.0))
        return hypot(right[0] - left[0], right[1] - left[1]) / 200

    @property
    def mirrored(self) -> bool:
        """Whether it would be the page seen from behind: up on the page is down in the picture, so the sign is negative when it is not."""
        a, b, _c, d, e, _f, _g, _h = self.numbers
        return a * e - b * d > 0

    @property
    def quarters(self) -> int:
        """By how many quarters to the left the picture is turned to bring the page upright."""
        low, high = self.at((300.0, 300.0)), self.at((300.0, 500.0))
        across, down = high[0] - low[0], high[1] - low[1]
        if abs(down) >= abs(across):
            return 0 if down < 0 else 2
        return 1 if across > 0 else 3

    def turned(self, width: int) -> "Lie":
        """How the page lies once the picture, so many dots wide, is turned by a quarter to the left."""
        a, b, c, d, e, f, g, h = self.numbers
        return Lie((d, e, f, width * g - a, width * h - b, width - c, g, h))

    def scaled(self, across: float, down: float) -> "Lie":
        """How the page lies in the picture made larger or smaller."""
        a, b, c, d, e, f, g, h = self.numbers
        return Lie((a * across, b * across, c * across, d * down, e * down, f * down, g, h))

    def error(self, pairs: Sequence[Pair]) -> float:
        """By how many dots the points are missed, as a root of the mean square."""
        missed = [(self.at(page), seen) for page, seen in pairs]
        return sqrt(sum((x - u) ** 2 + (y - v) ** 2 for (x, y), (u, v) in missed) / len(missed))


def affine(pairs: Sequence[Pair]) -> Lie | None:
    """The six numbers that fit best; None where the points do not say (all on one line)."""
    rows = [((x, y, 1.0), seen) for (x, y), seen in pairs]
    across = _least_squares([row for row, _seen in rows], [seen[0] for _row, seen in rows])
    down = _least_squares([row for row, _seen in rows], [seen[1] for _row, seen in rows])
    if across is None or down is None:
        return None
    return Lie((across[0], across[1], across[2], down[0], down[1], down[2], 0.0, 0.0))


def even(pairs: Sequence[Pair]) -> Lie | None:
    """Turned, shifted and scaled alike both ways, which four numbers tell: what a single code is enough for."""
    rows = [row for (x, y), _seen in pairs for row in ((x, y, 1.0, 0.0), (-y, x, 0.0, 1.0))]
    found = _least_squares(rows, [value for _page, seen in pairs for value in seen])
    return None if found is None else Lie((found[0], found[1], found[2], found[1], -found[0], found[3], 0.0, 0.0))


def tilted(pairs: Sequence[Pair]) -> Lie | None:
    """The eight numbers that fit best, of four points at least."""
    rows: list[Sequence[float]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in pairs:
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        wanted += [u, v]
    found = _least_squares(rows, wanted)
    return None if found is None else Lie((found[0], found[1], found[2], found[3], found[4], found[5], found[6], found[7]))


def _least_squares(rows: Sequence[Sequence[float]], wanted: Sequence[float]) -> list[float] | None:
    """Solves the normal equations, each column scaled to one so that large and small numbers weigh alike."""
    size = len(rows[0])
    scale = [max(abs(row[at]) for row in rows) or 1.0 for at in range(size)]
    scaled = [[row[at] / scale[at] for at in range(size)] for row in rows]
    matrix = [[sum(row[i] * row[j] for row in scaled) for j in range(size)] + [sum(row[i] * want for row, want in zip(scaled, wanted, strict=True))]
              for i in range(size)]  # fmt: skip
    solved = _solved(matrix)
    return None if solved is None else [value / scale[at] for at, value in enumerate(solved)]


def _solved(matrix: list[list[float]]) -> list[float] | None:
    """Gauss, with the largest number first."""
    size = len(matrix)
    for at in range(size):
        largest = max(range(at, size), key=lambda row: abs(matrix[row][at]))
        if abs(matrix[largest][at]) < 1e-12:
            return None
        matrix[at], matrix[largest] = matrix[largest], matrix[at]
        for row in range(at + 1, size):
            share = matrix[row][at] / matrix[at][at]
            for column in range(at, size + 1):
                matrix[row][column] -= share * matrix[at][column]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(matrix[at][column] * found[column] for column in range(at + 1, size))
        found[at] = (matrix[at][size] - rest) / matrix[at][at]
    return found
