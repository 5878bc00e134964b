"""The codes on a scanned page, whatever its turn, and how the page lies in the picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pupil_desk.documents.pdf.coded_pages import PageLayout, Square
from pupil_desk.documents.pdf.style import A4
from pupil_desk.documents.scans.geometry import Lie, Pair, Point, affine, even, tilted

if TYPE_CHECKING:
    from PIL.Image import Image

_TILTED_FROM = 2.5  # dots by which the corners are missed: more than a flat scan's, whose corners are whole dots
_MOST_MISSED = 8.0  # dots; more, and these are not the codes of this page
_OUTSIDE = 0.06  # of the page's size that may lie outside the picture: what a feeder cuts off


@dataclass(frozen=True, slots=True)
class ScanCode:
    """A code found: its number, and its corners in the picture, as it is read: top left, top right, bottom right, bottom left."""

    number: str
    corners: tuple[Point, Point, Point, Point]


def codes_in(picture: "Image") -> list[ScanCode]:
    """The codes in a picture: looked for smoothed a little, as it is, then with more contrast and smoother still."""
    codes: dict[tuple[str, int, int], ScanCode] = {}
    for variant in _tries(picture):
        for code in _read(variant):
            x, y = code.corners[0]
            codes.setdefault((code.number, round(x / 60), round(y / 60)), code)
        if len(_distinct(codes.values())) >= 2:
            break
    return _distinct(codes.values())


def _tries(picture: "Image") -> Iterator["Image"]:
    from PIL import ImageFilter, ImageOps

    smooth = picture.filter(ImageFilter.BoxBlur(1))  # noise moves the corners of a code by several dots
    yield smooth
    yield picture
    yield ImageOps.autocontrast(smooth, cutoff=2)
    yield picture.filter(ImageFilter.MedianFilter(5))
    yield picture.filter(ImageFilter.GaussianBlur(2.2))


def _read(picture: "Image") -> Iterator[ScanCode]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for barcode in zxingcpp.read_barcodes(picture, formats=formats, try_invert=False):
        place: Any = barcode.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        if barcode.text.isascii() and barcode.text.isdecimal():
            first, second, third, fourth = ((corner.x + 0.5, corner.y + 0.5) for corner in corners)
            yield ScanCode(barcode.text, (first, second, third, fourth))


def _distinct(codes: Any) -> list[ScanCode]:
    """Each once: the same code read twice at one place is one."""
    distinct: list[ScanCode] = []
    for code in codes:
        middle = _middle(code)
        if not any(earlier.number == code.number and _near(_middle(earlier), middle) for earlier in distinct):
            distinct.append(code)
    return distinct


def _middle(code: ScanCode) -> Point:
    return (sum(x for x, _y in code.corners) / 4, sum(y for _x, y in code.corners) / 4)


def _near(first: Point, second: Point) -> bool:
    return abs(first[0] - second[0]) < 60 and abs(first[1] - second[1]) < 60


def possible_lies(codes: Sequence[ScanCode], page: PageLayout, size: tuple[int, int]) -> tuple[Lie, ...]:
    """How a page may lie in a picture of so many dots, the likeliest first; none where its codes are not where they were printed.

    The frames of the boxes tell which is right.
    """
    page_codes = [code for code in codes if code.number == page.code]
    best: tuple[Lie, ...] = ()
    least_error = _MOST_MISSED
    for above in page_codes:
        for below in page_codes:
            if above is below:
                continue
            pairs = [*_pairs(above, page.above), *_pairs(below, page.below)]
            lie = affine(pairs)
            if lie is None or lie.mirrored:
                continue
            error = lie.error(pairs)
            also = tilted(pairs) if error > _TILTED_FROM else None
            missed = min(error, also.error(pairs)) if also is not None else error
            if missed < least_error:
                best, least_error = (lie, also) if also is not None else (lie,), missed
    return best or _from_one(page_codes, page, size)


def _from_one(page_codes: Sequence[ScanCode], page: PageLayout, size: tuple[int, int]) -> tuple[Lie, ...]:
    """From a single code: the upper or the lower one, whichever puts the page on the picture."""
    tries = [even(_pairs(code, square)) for code in page_codes for square in (page.above, page.below)]
    on_picture = [(out, lie) for lie in tries if lie is not None and (out := _outside(lie, size)) <= _OUTSIDE]
    return tuple(lie for _out, lie in sorted(on_picture, key=lambda candidate: candidate[0]))


def _outside(lie: Lie, size: tuple[int, int]) -> float:
    """How far the farthest corner of the page lies outside the picture, as a share of the picture."""
    corners = [lie.in_picture(corner) for corner in ((0.0, 0.0), (A4[0], 0.0), (0.0, A4[1]), (A4[0], A4[1]))]
    return max(max(-x / size[0], x / size[0] - 1, -y / size[1], y / size[1] - 1) for x, y in corners)


def _pairs(code: ScanCode, square: Square) -> list[Pair]:
    left, low, right, high = square.x, square.y, square.x + square.side, square.y + square.side
    return list(zip(((left, high), (right, high), (right, low), (left, low)), code.corners, strict=True))
