"""The dots of a page, those beneath each box made black, packed anew: what lay there is in no bit of what is packed.

A JPEG keeps a page in squares of eight dots (ITU-T T.81, A.1.1), each by itself where no colour is kept coarser than another (A.2.3,
sampling 1 by 1). So a box is widened to whole squares: each square within it is of one colour and says nothing, and what stands beside a
box cannot stain it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pupil_desk.documents.reading.page_pictures import PagePicture
from pupil_desk.domain.requests.boxes import WHOLE, PageArea

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 200.0
MOST_DOTS = 12_000_000
"""Of one page: A4 at 200 dots to the inch is 3.9 million. A larger sheet is drawn coarser."""

_SQUARE = 8  # dots
_QUALITY = 75  # of 100: writing is sharp, and 200 pages stay below 100 MB
_GREY_WITHIN = 8  # steps of 255 by which the colours of a page may differ that counts as grey: what a scanner adds

type DotRectangle = tuple[int, int, int, int]
"""Left, top, right and lower edge, in dots."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it is packed: a JPEG, its size in dots, and whether it has no colours."""

    data: bytes
    width: int
    height: int
    is_grey: bool


def blacked_out(picture: PagePicture, areas: Iterable[PageArea]) -> PageImage:
    """The page with these areas black, made of its dots alone."""
    from PIL import Image

    page = Image.frombytes("RGB", (picture.width, picture.height), picture.dots, "raw", "RGBX", picture.stride, 1)
    for area in areas:
        page.paste((0, 0, 0), _whole_squares(dots_of(area, page.size), page.size))
    is_grey = _is_grey(page)
    packed = BytesIO()
    (page.convert("L") if is_grey else page).save(packed, "JPEG", quality=_QUALITY, subsampling=0)
    return PageImage(packed.getvalue(), page.width, page.height, is_grey)


def dots_of(area: PageArea, size: tuple[int, int]) -> DotRectangle:
    """The dots that an area touches, on a page of so many across and down."""
    width, height = size
    return (
        area.left * width // WHOLE,
        area.top * height // WHOLE,
        min(width, -(-area.right * width // WHOLE)),
        min(height, -(-area.bottom * height // WHOLE)),
    )


def _whole_squares(rectangle: DotRectangle, size: tuple[int, int]) -> DotRectangle:
    left, top, right, bottom = rectangle
    return (
        left // _SQUARE * _SQUARE,
        top // _SQUARE * _SQUARE,
        min(size[0], -(-right // _SQUARE) * _SQUARE),
        min(size[1], -(-bottom // _SQUARE) * _SQUARE),
    )


def _is_grey(page: "Image") -> bool:
    from PIL import ImageChops

    red, green, blue = page.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(int(difference.getextrema()[1]) <= _GREY_WITHIN for difference in differences)  # type: ignore[arg-type]  # of one band


def is_of_one_colour(page: "Image", area: PageArea) -> bool:
    """Whether all dots beneath an area are the very same, and dark: no eye and no program finds anything in what is uniform."""
    extremes = page.crop(dots_of(area, page.size)).getextrema()
    bands = [extremes] if isinstance(extremes[0], (int, float)) else extremes
    return all(low == high <= _GREY_WITHIN for low, high in bands)
