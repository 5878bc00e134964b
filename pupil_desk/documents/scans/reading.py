"""One scanned page, read: whose code it bears, how it lies, what its boxes hold, and its picture as it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pupil_desk.documents.pdf.coded_pages import MARK, PageLayout, Square, WrittenRow
from pupil_desk.documents.scans.boxes import CUT, Ink, boxes_of, cutting_of, grey_level, row_of, strip_of
from pupil_desk.documents.scans.codes import ScanCode, codes_in, possible_lies
from pupil_desk.documents.scans.geometry import Lie

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST_KEPT = 1760  # dots of the longer side of the picture that is kept: A4 at 150 to the inch
_QUALITY = 55  # of JPEG: a hand's writing stays clear
_BLANK_STEP = 4
_MOST_NOISE = 14.0  # grey steps of deviation once dots are taken together by fours: more is something printed
_TRIM = 9  # dots of a cutting that show the neighbours of a box, and are left out where it is shown
_DIGITS = 24

type Known = Callable[[str], PageLayout | None]
"""The page of a form with that number, or None for a number that is not of this file."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was found. ``aside`` is empty for a page that is read, else a code of ``domain.papers.paper_form.Aside``; ``blank`` has nothing on it, ``marked``
    bears the mark of a page that goes with a form and is not read.

    ``lie`` is how the page lies in the picture that is kept; ``ink`` what was measured of each box.
    """

    picture: bytes
    code: str = ""
    aside: str = ""
    lie: Lie | None = None
    ink: dict[str, Ink] | None = None
    blank: bool = False
    marked: bool = False


def read_page(picture: "Image | None", page_of_code: Known) -> PageRead:
    """Read one page. Nothing is written, and nothing is asked but which numbers are known."""
    if picture is None:
        return PageRead(b"", aside="undrawn")
    if _is_blank(picture):
        return PageRead(b"", aside="unread", blank=True)
    codes = codes_in(picture)
    pages_by_code = {code.number: page for code in codes if (page := page_of_code(code.number)) is not None}
    if len(pages_by_code) != 1:
        return _not_filed(picture, codes, len(pages_by_code))
    ((code, page),) = pages_by_code.items()
    lies = possible_lies(codes, page, picture.size)
    if not lies:
        return PageRead(kept_picture(picture, None)[0], code=code, aside="misplaced")
    boxes = boxes_of(picture, lies, page)
    data, lie = kept_picture(picture, boxes.lie)
    return PageRead(data, code=code, lie=lie, ink=boxes.ink)


def _not_filed(picture: "Image", codes: list[ScanCode], page_count: int) -> PageRead:
    data, _lie = kept_picture(picture, None)
    if page_count > 1:
        return PageRead(data, aside="two")
    if {code.number for code in codes} == {MARK}:
        return PageRead(data, marked=True)
    if any(len(code.number) == _DIGITS for code in codes):
        return PageRead(data, aside="foreign")
    return PageRead(data, aside="unread")


def _is_blank(picture: "Image") -> bool:
    """Whether nothing is on it, as on the back of a sheet: no spot darker than the paper beyond what its own noise makes."""
    counts = picture.reduce(_BLANK_STEP).histogram()
    middle, quarter = grey_level(counts, 0.5), grey_level(counts, 0.25)
    noise = min(_MOST_NOISE, (middle - quarter) / 0.674)  # the quartile of a normal distribution
    darkest = next(grey for grey, count in enumerate(counts) if count)
    return middle > 150 and darkest >= middle - 12 - 5.2 * noise


def kept_picture(picture: "Image", lie: Lie | None) -> tuple[bytes, Lie | None]:
    """The picture as a JPEG, the right side up where that is known, and how the page lies in it."""
    from PIL import Image

    if lie is not None:
        for _quarter in range(lie.quarters):
            width = picture.width
            picture, lie = picture.transpose(Image.Transpose.ROTATE_90), lie.quarter_turned(width)
    share = _LONGEST_KEPT / max(picture.size)
    if share < 1:
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        lie = lie.scaled(size[0] / picture.width, size[1] / picture.height) if lie is not None else None
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, dpi=(150, 150))
    return out.getvalue(), lie


def cuttings(data: bytes, lie: Lie, boxes: dict[str, Square]) -> dict[str, bytes]:
    """Each box cut out of a picture that was kept, as a PNG, with a little round it."""
    within = (_TRIM, _TRIM, CUT - _TRIM, CUT - _TRIM)
    return _cut_out(data, boxes, lambda grey, box: cutting_of(grey, lie, box).crop(within))


def rows(data: bytes, lie: Lie, places: dict[str, WrittenRow]) -> dict[str, bytes]:
    """The rows to write in cut out of a picture that was kept, upright, each as a PNG."""
    return _cut_out(data, places, lambda grey, place: row_of(grey, lie, place))


def _cut_out[T](data: bytes, places: dict[str, T], cut: "Callable[[Image, T], Image]") -> dict[str, bytes]:
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(data), formats=("JPEG",)) as picture:
        grey = picture.convert("L")
    pictures = {}
    for key, place in places.items():
        out = BytesIO()
        cut(grey, place).save(out, "PNG")
        pictures[key] = out.getvalue()
    return pictures


def turned_picture(data: bytes) -> bytes:
    """A picture that was kept, turned by a quarter to the right."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
        out = BytesIO()
        picture.transpose(Image.Transpose.ROTATE_270).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def strips[K](data: bytes, lie: Lie, rows: dict[K, list[Square]]) -> dict[K, bytes]:
    """Boxes that stand in a row, cut out of a picture that was kept as one picture, upright, with what stands round them, as a PNG."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
        grey = picture.convert("L")
    strips_by_row = {}
    for key, squares in rows.items():
        out = BytesIO()
        strip_of(grey, lie, squares).save(out, "PNG")
        strips_by_row[key] = out.getvalue()
    return strips_by_row
