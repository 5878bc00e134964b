"""How much of a box is inked, measured where its frame is found to be.

The frame is looked for near the place that the codes say, and left out. What counts as ink is darker than the paper round
the box by a share of the way to the black of the page's own codes: a grey copy, a shadow and a light pen change both.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from pupil_desk.documents.pdf.coded_pages import PageLayout, Square, WrittenRow
from pupil_desk.documents.scans.geometry import Lie

if TYPE_CHECKING:
    from PIL.Image import Image

CUT = 96
"""Dots of a side of what is cut out."""
_SIDE = 48  # dots to which each box is brought, whatever the scan's
_ROUND = 24  # dots round it that are looked at: half a side
_FRAME = 5  # dots from the frame's middle line inwards that are left out: the line, its blur, a dot of misplacing
_SHIFT = 14  # dots by which the frames of a page may stand elsewhere than the codes say
_STRAY = 4  # dots by which one frame may stand elsewhere than those about it
_NEIGHBOURS = 24  # boxes by which it is judged where a frame stands: a paper that was folded lies a little otherwise below the fold
_ACROSS = 0.25  # what a step across the page counts beside one down: papers are folded across
_BEYOND = (5, 11)  # dots from the frame outwards, in which a stroke beside the box is looked for
_INK = 0.30  # of the way from paper to black: a pencil's line is darker, noise smoothed over nine dots is not
_ROUND_ROW = 4  # points round a row that is cut out
_ROW_STEP = 0.6  # points to a dot of it: 120 to the inch, less than the picture that is kept has
_LEAST_CONTRAST, _LEAST_FRAME = 60, 22  # grey steps from paper to black, and to the frame: less is not read


@dataclass(frozen=True, slots=True)
class Ink:
    """What was measured: the share of the box that is inked, 0 to 1, and whether the box was seen for certain.

    ``middle`` and ``beyond`` are how much darker than the paper the inside of the box is on the whole, and the white close round it, as
    shares of the way to black: what tells of a stroke too faint to count as ink, and of one beside its box.
    """

    share: float
    is_certain: bool
    middle: float = 0.0
    beyond: float = 0.0


@dataclass(frozen=True, slots=True)
class Boxes:
    """How the page lies, as the frames of its boxes have it, and the ink in each, by ``question/answer``."""

    lie: Lie
    ink: dict[str, Ink]


def boxes_of(picture: "Image", lies: Sequence[Lie], page: PageLayout) -> Boxes:
    """Every box of a page, measured. Of ways in which the page may lie, the one that puts the frames where they were printed."""
    candidates = []
    for lie in lies:
        measured = _all_measured(picture, lie, page)
        boxes = Boxes(lie, {key: measured_box.ink for key, measured_box in measured.items()})
        if len(lies) == 1 or all(ink.is_certain for ink in boxes.ink.values()):
            return boxes
        candidates.append((sum(measured_box.frame for measured_box in measured.values()), boxes))
    return max(candidates, key=lambda candidate: candidate[0])[1]


def _all_measured(picture: "Image", lie: Lie, page: PageLayout) -> "dict[str, _Measured]":
    """Each box looked for by itself, then again near where most of those about it were found."""
    black = _black(picture, lie, page)
    cuttings = {key: _smooth(cutting_of(picture, lie, box)) for key, box in page.boxes.items()}
    everywhere = range(-_SHIFT, _SHIFT + 1)
    first = {key: _measured(cutting, black, everywhere, everywhere) for key, cutting in cuttings.items()}
    certain = {key: first_try for key, first_try in first.items() if first_try.ink.is_certain} or first
    measured = {}
    for key, cutting in cuttings.items():
        shifts = [certain[neighbour].shift for neighbour in _nearest(page, page.boxes[key], certain)]
        ways, heights = (_near(sorted(shift[way] for shift in shifts)) for way in (0, 1))
        shift_x, shift_y = first[key].shift
        is_near = shift_x in ways and shift_y in heights
        measured[key] = first[key] if is_near else _measured(cutting, black, ways, heights)
    return measured


def _nearest(page: PageLayout, box: Square, keys: Collection[str]) -> Iterable[str]:
    """The boxes that stand nearest to one, of so many that one by one may be wrong; all of a page with few."""
    if len(keys) <= _NEIGHBOURS:
        return keys
    return nsmallest(_NEIGHBOURS, keys, key=lambda key: abs(page.boxes[key].x - box.x) * _ACROSS + abs(page.boxes[key].y - box.y))


def _near(shifts: list[int]) -> range:
    """A few dots round the middle one."""
    middle = shifts[len(shifts) // 2] if shifts else 0
    return range(max(-_SHIFT, middle - _STRAY), min(_SHIFT, middle + _STRAY) + 1)


def cutting_of(picture: "Image", lie: Lie, box: Square) -> "Image":
    """A box cut out upright, with half its side round it, 96 dots each way."""
    from PIL import Image

    dots = CUT
    step = box.side / _SIDE
    numbers = _through(lie, (box.x - _ROUND * step, box.y + box.side + _ROUND * step), step)
    return picture.transform((dots, dots), Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BILINEAR, fillcolor=255)


def strip_of(picture: "Image", lie: Lie, boxes: Sequence[Square]) -> "Image":
    """Boxes that stand in a row cut out upright as one picture, with half a side round them."""
    from PIL import Image

    first, last = min(boxes, key=lambda box: box.x), max(boxes, key=lambda box: box.x)
    step = first.side / _SIDE
    width = round((last.x + last.side - first.x) / step) + 2 * _ROUND
    numbers = _through(lie, (first.x - _ROUND * step, first.y + first.side + _ROUND * step), step)
    return picture.transform((width, CUT), Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BILINEAR, fillcolor=255)


def row_of(picture: "Image", lie: Lie, row: WrittenRow) -> "Image":
    """A row to write in, cut out upright as one picture, with a little round it for what is written over its edge."""
    from PIL import Image

    size = (round((row.width + 2 * _ROUND_ROW) / _ROW_STEP), round((row.height + 2 * _ROUND_ROW) / _ROW_STEP))
    numbers = _through(lie, (row.x - _ROUND_ROW, row.y + row.height + _ROUND_ROW), _ROW_STEP)
    return picture.transform(size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BILINEAR, fillcolor=255)


def _through(lie: Lie, corner: tuple[float, float], step: float) -> tuple[float, ...]:
    """From dots of the cutting, whose upper left corner is at a point of the page, to dots of the picture."""
    a, b, c, d, e, f, g, h = lie.numbers
    x, y = corner
    under = g * x + h * y + 1
    return tuple(
        number / under for number in (a * step, -b * step, a * x + b * y + c, d * step, -e * step, d * x + e * y + f, g * step, -h * step)
    )


def _black(picture: "Image", lie: Lie, page: PageLayout) -> int:
    """How dark black is on this page: that of its codes, of which half is black; of a code that is covered or torn off, not."""
    darkest = []
    for square in (page.above, page.below):
        counts = _smooth(cutting_of(picture, lie, square)).crop((_ROUND, _ROUND, _ROUND + _SIDE, _ROUND + _SIDE)).histogram()
        darkest.append(grey_level(counts, 0.2))
    return max(darkest) if max(darkest) - min(darkest) < _LEAST_CONTRAST else min(darkest)


def _smooth(cutting: "Image") -> "Image":
    from PIL import ImageFilter

    return cutting.filter(ImageFilter.BoxBlur(1))


def grey_level(counts: list[int], share: float) -> int:
    """The grey below which that share of the dots lies."""
    left = sum(counts) * share
    for grey, count in enumerate(counts):
        left -= count
        if left <= 0:
            return grey
    return 255


@dataclass(frozen=True, slots=True)
class _Measured:
    """The ink of a box, by how many grey steps its frame's lightest line is darker than the paper, and where the frame stands."""

    ink: Ink
    frame: float
    shift: tuple[int, int]


def _measured(smooth: "Image", black: int, ways: range, heights: range) -> _Measured:
    shift_x, line_across = _frame(smooth, ways, upright=True)
    shift_y, line_down = _frame(smooth, heights, upright=False)
    left, top = _ROUND + shift_x, _ROUND + shift_y
    paper = _paper(smooth, left, top)
    contrast = paper - black
    inner = smooth.crop((left + _FRAME, top + _FRAME, left + _SIDE - _FRAME, top + _SIDE - _FRAME))
    counts = inner.histogram()
    inked = sum(counts[: max(0, round(paper - contrast * _INK))])
    frame = paper - max(line_across, line_down)
    is_certain = contrast >= _LEAST_CONTRAST and frame >= _LEAST_FRAME
    scale = max(1, contrast)
    ink = Ink(
        inked / max(1, sum(counts)),
        is_certain,
        middle=(paper - _mean(counts)) / scale,
        beyond=(paper - _mean(_round_frame(smooth, left, top))) / scale,
    )
    return _Measured(ink, frame, (shift_x, shift_y))


def _mean(counts: Sequence[int]) -> float:
    """The grey on the whole."""
    return sum(grey * count for grey, count in enumerate(counts)) / max(1, sum(counts))


def _round_frame(smooth: "Image", left: int, top: int) -> list[int]:
    """How often each grey is in the white close round the frame, all four sides of it."""
    near, far = _BEYOND
    low, right = top + _SIDE, left + _SIDE
    counts = [0] * 256
    for place in (
        (left - far, top, left - near, low),
        (right + near, top, right + far, low),
        (left, top - far, right, top - near),
        (left, low + near, right, low + far),
    ):
        box = (max(0, place[0]), max(0, place[1]), min(smooth.width, place[2]), min(smooth.height, place[3]))
        counts = [sum_so_far + count for sum_so_far, count in zip(counts, smooth.crop(box).histogram(), strict=True)]
    return counts


def _frame(smooth: "Image", shifts: range, *, upright: bool) -> tuple[int, float]:
    """By how many dots the frame stands from where it should, and how dark its lighter line is."""
    from PIL import Image

    size = smooth.width
    if upright:
        rows = smooth.crop((0, _ROUND, size, _ROUND + _SIDE)).resize((size, 1), Image.Resampling.BOX)
    else:
        rows = smooth.crop((_ROUND, 0, _ROUND + _SIDE, size)).resize((1, size), Image.Resampling.BOX)
    grey = list(rows.tobytes())

    def line(position: int) -> float:
        return sum(grey[position - 1 : position + 2]) / 3

    best = min(shifts, key=lambda shift: (line(_ROUND + shift) + line(_ROUND + _SIDE - 1 + shift), abs(shift)))
    return best, max(line(_ROUND + best), line(_ROUND + _SIDE - 1 + best))


def _paper(smooth: "Image", left: int, top: int) -> int:
    """How light the paper is round the box: the words stand to its right, so not there."""
    edge, far = 6, 20
    counts = [0] * 256
    for place in (
        (max(0, left - far), top, left - edge, top + _SIDE),
        (left, max(0, top - far), left + _SIDE, top - edge),
        (left, top + _SIDE + edge, left + _SIDE, min(smooth.height, top + _SIDE + far)),
    ):
        if place[2] > place[0] and place[3] > place[1]:
            counts = [sum_so_far + count for sum_so_far, count in zip(counts, smooth.crop(place).histogram(), strict=True)]
    return grey_level(counts, 0.6)
