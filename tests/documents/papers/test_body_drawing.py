"""The body map on paper: both figures are drawn, each mark as a ring with its number where it was placed, and said in words for who does not see it."""

import io

import pikepdf
import pypdfium2
import pytest

from pupil_desk.documents.blocks import Heading, plain_text
from pupil_desk.documents.papers.body_drawing import body_drawing
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.web import build_web
from pupil_desk.domain.safeguarding.body_map import BodyMark
from tests.documents.checking import assert_accessible

ARM = BodyMark("front", 27, 58, "round bruise, 2 cm")
BACK = BodyMark("back", 50, 54, "graze")


def printed(*marks: BodyMark) -> bytes:
    return build_pdf([Heading(1, "Safeguarding file"), body_drawing(marks)], title="Safeguarding file")


def red_places(pdf: bytes) -> set[tuple[int, int]]:
    """Where there is red on the page, which rings alone are."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    width, height = picture.size
    return {
        (x, y) for x in range(width) for y in range(height) if (dot := picture.getpixel((x, y)))[0] > 120 and dot[1] < 90 and dot[2] < 90
    }


def middle(places: set[tuple[int, int]]) -> tuple[float, float]:
    return sum(x for x, _y in places) / len(places), sum(y for _x, y in places) / len(places)


def test_each_mark_is_a_ring_at_its_place() -> None:
    assert red_places(printed()) == set()
    (arm_x, arm_y), (back_x, back_y) = middle(red_places(printed(ARM))), middle(red_places(printed(BACK)))
    assert back_x - arm_x == pytest.approx((130 + 50 - 27) * 1.2, abs=2), "the back stands beside the front"
    assert arm_y - back_y == pytest.approx((58 - 54) * 1.2, abs=2)


def test_it_is_read_by_who_does_not_see_it_and_the_sides_are_the_pupils_own() -> None:
    pdf = printed(ARM, BACK)
    assert_accessible(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        said = [str(each["/Alt"]) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    marks = "1: Front, right upper arm: round bruise, 2 cm. 2: Back, upper back, in the middle: graze."
    assert said == [f"Body map, from the front and from the back. {marks}"]
    assert plain_text([body_drawing((ARM, BACK))]).split() == ["Front", "Right", "Left", "Back", "Left", "Right", "1", "2"]
    page = build_web([Heading(1, "Safeguarding file"), body_drawing((ARM,))], title="Safeguarding file")
    assert "round bruise" in (page if isinstance(page, str) else page.decode())
