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

    def in_picture(self, point: Point) -> Point:
        """Where a point of the page is in the picture."""
        a, b, c, d, e, f, g, h = self.numbers
        x, y = point
        under = g * x + h * y + 1
        return (a * x + b * y + c) / under, (d * x + e * y + f) / under

    @property
    def dots(self) -> float:
        """Dots to a point of the page, about its middle."""
        left, right = self.in_picture((200.0, 420.0)), self.in_picture((400.0, 420.0))
        return hypot(right[0] - left[0], right[1] - left[1]) / 200

    @property
    def mirrored(self) -> bool:
        """Whether it would be the page seen from behind: up on the page is down in the picture, so the sign is negative when it is not."""
        a, b, _c, d, e, _f, _g, _h = self.numbers
        return a * e - b * d > 0

    @property
    def quarters(self) -> int:
        """By how many quarters to the left the picture is turned to bring the page upright."""
        low, high = self.in_picture((300.0, 300.0)), self.in_picture((300.0, 500.0))
        shift_x, down = high[0] - low[0], high[1] - low[1]
        if abs(down) >= abs(shift_x):
            return 0 if down < 0 else 2
        return 1 if shift_x > 0 else 3

    def quarter_turned(self, width: int) -> "Lie":
        """How the page lies once the picture, so many dots wide, is turned by a quarter to the left."""
        a, b, c, d, e, f, g, h = self.numbers
        return Lie((d, e, f, width * g - a, width * h - b, width - c, g, h))

    def scaled(self, x_scale: float, y_scale: float) -> "Lie":
        """How the page lies in the picture made larger or smaller."""
        a, b, c, d, e, f, g, h = self.numbers
        return Lie((a * x_scale, b * x_scale, c * x_scale, d * y_scale, e * y_scale, f * y_scale, g, h))

    def error(self, pairs: Sequence[Pair]) -> float:
        """By how many dots the points are missed, as a root of the mean square."""
        missed = [(self.in_picture(page), in_picture) for page, in_picture in pairs]
        return sqrt(sum((x - u) ** 2 + (y - v) ** 2 for (x, y), (u, v) in missed) / len(missed))


def affine(pairs: Sequence[Pair]) -> Lie | None:
    """The six numbers that fit best; None where the points do not say (all on one line)."""
    rows = [((x, y, 1.0), in_picture) for (x, y), in_picture in pairs]
    x_numbers = _least_squares([row for row, _in_picture in rows], [in_picture[0] for _row, in_picture in rows])
    y_numbers = _least_squares([row for row, _in_picture in rows], [in_picture[1] for _row, in_picture in rows])
    if x_numbers is None or y_numbers is None:
        return None
    return Lie((x_numbers[0], x_numbers[1], x_numbers[2], y_numbers[0], y_numbers[1], y_numbers[2], 0.0, 0.0))


def even(pairs: Sequence[Pair]) -> Lie | None:
    """Turned, shifted and scaled alike both ways, which four numbers tell: what a single code is enough for."""
    rows = [row for (x, y), _in_picture in pairs for row in ((x, y, 1.0, 0.0), (-y, x, 0.0, 1.0))]
    solution = _least_squares(rows, [value for _page, in_picture in pairs for value in in_picture])
    return None if solution is None else Lie((solution[0], solution[1], solution[2], solution[1], -solution[0], solution[3], 0.0, 0.0))


def tilted(pairs: Sequence[Pair]) -> Lie | None:
    """The eight numbers that fit best, of four points at least."""
    rows: list[Sequence[float]] = []
    targets: list[float] = []
    for (x, y), (u, v) in pairs:
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        targets += [u, v]
    solution = _least_squares(rows, targets)
    return (
        None
        if solution is None
        else Lie((solution[0], solution[1], solution[2], solution[3], solution[4], solution[5], solution[6], solution[7]))
    )


def _least_squares(rows: Sequence[Sequence[float]], targets: Sequence[float]) -> list[float] | None:
    """Solves the normal equations, each column scaled to one so that large and small numbers weigh alike."""
    size = len(rows[0])
    scale = [max(abs(row[column]) for row in rows) or 1.0 for column in range(size)]
    scaled = [[row[column] / scale[column] for column in range(size)] for row in rows]
    matrix = [
        [sum(row[i] * row[j] for row in scaled) for j in range(size)]
        + [sum(row[i] * want for row, want in zip(scaled, targets, strict=True))]
        for i in range(size)
    ]
    solved = _solved(matrix)
    return None if solved is None else [value / scale[column] for column, value in enumerate(solved)]


def _solved(matrix: list[list[float]]) -> list[float] | None:
    """Gauss, with the largest number first."""
    size = len(matrix)
    for pivot in range(size):
        largest = max(range(pivot, size), key=lambda row: abs(matrix[row][pivot]))
        if abs(matrix[largest][pivot]) < 1e-12:
            return None
        matrix[pivot], matrix[largest] = matrix[largest], matrix[pivot]
        for row in range(pivot + 1, size):
            share = matrix[row][pivot] / matrix[pivot][pivot]
            for column in range(pivot, size + 1):
                matrix[row][column] -= share * matrix[pivot][column]
    solution = [0.0] * size
    for pivot in reversed(range(size)):
        known_part = sum(matrix[pivot][column] * solution[column] for column in range(pivot + 1, size))
        solution[pivot] = (matrix[pivot][size] - known_part) / matrix[pivot][pivot]
    return solution
