"""A form that is read again: codes that are large enough, boxes where the layout says, as many pages as it takes, and all of it accessible."""

from collections.abc import Sequence

import pytest
import zxingcpp

from pupil_desk.documents.blocks import (
    Block,
    CodedPages,
    Columns,
    FactList,
    Heading,
    Keep,
    NoticeBox,
    Para,
    TickRow,
    WritingLine,
    plain_text,
)
from pupil_desk.documents.pdf import coded_pages
from pupil_desk.documents.pdf.coded_pages import SIDE, PageLayout, TooLong, layout
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from pupil_desk.documents.pdf.style import A4, MM
from pupil_desk.documents.pdf.web import build_web
from tests import scans
from tests.documents.checking import assert_accessible

CODES = tuple(f"{number:024}" for number in (314159, 271828, 161803, 141421))


def form(base: float = 12, questions: int = 2, codes: Sequence[str] = CODES) -> CodedPages:
    body: list[Block] = [FactList([("Pupil", "Ada Quill"), ("Date of birth", "6 May 2012")])]
    for number in range(questions):
        body += [
            Heading(2, f"Question {number + 1}"),
            Para("May we do this, that, and the other thing as well, whenever the day comes? " * 2),
        ]
        body += [TickRow("Yes, you may.", key=f"q{number}/yes"), TickRow("No, you may not.", key=f"q{number}/no")]
    start: list[Block] = [Heading(1, "May we?"), Para("Please tick one box for each question, sign, and send it back.")]
    end: list[Block] = [
        Columns([WritingLine("Signature"), WritingLine("Date")]),
        NoticeBox([Para("Return to: the office")]),
        Para("You can change your mind.", style="small"),
    ]
    return CodedPages(codes, [*start, *body, *end], base, "May we? Ada Quill")


@pytest.mark.parametrize(("base", "questions", "pages"), [(12, 2, 1), (14, 2, 1), (18, 2, 2), (12, 6, 2), (18, 6, 3)])
def test_each_page_has_its_own_code_twice_and_every_box_once(base: float, questions: int, pages: int) -> None:
    block = form(base, questions)
    found = layout(block)
    assert [page.code for page in found] == list(CODES[:pages])
    pictures = scans.pages(build_pdf([block], title="May we?"))
    assert len(pictures) == pages
    for page, picture in zip(found, pictures, strict=True):
        read = zxingcpp.read_barcodes(picture)
        assert [(one.text, one.ec_level) for one in read] == [(page.code, "Q")] * 2
    assert [key for page in found for key in page.boxes] == [
        f"q{number}/{answer}" for number in range(questions) for answer in ("yes", "no")
    ]


def test_the_codes_are_large_apart_and_have_white_round_them() -> None:
    (page,) = layout(form())
    assert SIDE >= 25 * MM
    assert page.above.side == page.below.side == pytest.approx(SIDE, abs=0.01)
    assert page.above.x - page.below.x > A4[0] / 2
    assert page.above.y - page.below.y > A4[1] / 2
    (picture,) = scans.pages(build_pdf([form()], title="May we?"))
    quiet = 4 * SIDE / coded_pages.MODULES * scans.SCALE
    for square in (page.above, page.below):
        left, right = square.x * scans.SCALE, (square.x + square.side) * scans.SCALE
        top, low = picture.height - (square.y + square.side) * scans.SCALE, picture.height - square.y * scans.SCALE
        round_it = picture.crop((round(left - quiet), round(top - quiet), round(right + quiet), round(low + quiet)))
        round_it.paste(255, (round(quiet) - 1, round(quiet) - 1, round(quiet + right - left) + 2, round(quiet + low - top) + 2))
        assert min(round_it.tobytes()) > 200, "something stands in the white round a code"


def test_the_boxes_stand_where_the_layout_says() -> None:
    (page,) = layout(form())
    (picture,) = scans.pages(build_pdf([form()], title="May we?"))
    for box in page.boxes.values():
        left, right = box.x * scans.SCALE, (box.x + box.side) * scans.SCALE
        top, low = picture.height - (box.y + box.side) * scans.SCALE, picture.height - box.y * scans.SCALE
        middle = (top + low) / 2
        assert picture.getpixel((round(left), round(middle))) < 120
        assert picture.getpixel((round(right), round(middle))) < 120
        assert picture.getpixel((round((left + right) / 2), round(middle))) == 255


def test_where_it_stands_does_not_hang_on_what_comes_before() -> None:
    block = form()
    alone = scans.pages(build_pdf([block], title="x"))[0]
    after = scans.pages(build_pdf([Heading(1, "A notice"), Para("Words."), block], title="x"))
    assert len(after) == 2
    box = (0, 0, alone.width, alone.height - 180)  # the foot counts other pages
    assert after[1].crop(box).tobytes() == alone.crop(box).tobytes()


@pytest.mark.parametrize("base", [12, 18])
def test_the_three_checkers_find_nothing(base: float) -> None:
    assert_accessible(build_pdf([form(base)], title="May we?"))


def test_a_print_file_of_several_is_accessible_and_each_has_its_codes() -> None:
    other = form(codes=CODES[2:])
    assert_accessible(build_print_file([Document([form()], "One"), Document([other], "Two")], title="Forms"))


def test_a_form_too_long_for_its_codes_says_so() -> None:
    with pytest.raises(TooLong, match="too long"):
        layout(form(18, 6, codes=CODES[:2]))


def test_a_form_within_another_block_is_a_mistake_and_not_a_paper() -> None:
    with pytest.raises(ValueError, match="within another block"):
        build_pdf([Keep([form()])], title="May we?")


def test_a_later_page_says_what_it_belongs_to() -> None:
    from pupil_desk.documents.reading.read_back import read_pdf

    read = read_pdf(build_pdf([form(18)], title="May we?")).text
    assert "May we? Ada Quill" in read
    assert read.count("Return to: the office") == 1


def test_on_a_web_page_and_as_text_it_is_its_words() -> None:
    assert "Yes, you may." in plain_text([form()])
    assert "Yes, you may." in build_web([form()], title="May we?").decode()


@pytest.mark.parametrize("number", ["12a", "", "1" * 28, "٣" * 24])
def test_a_code_holds_digits_and_nothing_else(number: str) -> None:
    if number:
        with pytest.raises(ValueError, match="digits"):
            coded_pages.modules(number)


def test_the_longest_number_still_has_the_largest_modules() -> None:
    assert len(coded_pages.modules("9" * coded_pages.MOST_DIGITS)) == coded_pages.MODULES


def test_the_same_form_makes_the_same_bytes() -> None:
    assert build_pdf([form()], title="x") == build_pdf([form()], title="x")
    assert isinstance(layout(form())[0], PageLayout)


def test_blocks_that_are_to_stay_together_and_no_page_holds_go_on_overleaf_and_under_no_code() -> None:
    together = Keep(
        [TickRow("Yes, you may.", key="q/yes"), *(Para("Words that go on. " * 12) for _place in range(12)), TickRow("No.", key="q/no")]
    )
    first, *_between, last = layout(
        CodedPages(
            tuple(str(place) * 24 for place in range(1, 7)),
            [Heading(1, "May we?"), Para("Please."), together, Para("Return to: the office")],
            18,
            "May we?",
        )
    )
    assert list(first.boxes) == ["q/yes"]
    assert last.boxes["q/no"].y > last.below.y + SIDE, "not printed over the code"
