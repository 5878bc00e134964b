"""Large print and easy reading: every letter large enough, nothing broken, nothing over the edge, whatever the story holds."""

import re
from io import BytesIO
from itertools import groupby

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from pupil_desk.documents.blocks import AddressBlock, Block, FactList, Heading, Para, Table, TickRow, WritingLine, plain_text
from pupil_desk.documents.pdf.page import Document, PrintLook, build_pdf, build_print_file, pages_needed
from pupil_desk.documents.pdf.style import style_of
from pupil_desk.services.paper_forms.kind import Variant
from tests.documents.checking import assert_accessible

MM = 72 / 25.4
FOOTER = "Wymond Road Centre. Privacy notice, edition 24 November 2026, number 3."
LARGER = [PrintLook.LARGE, PrintLook.EASY]


def letters(pdf: bytes) -> list[tuple[int, str, float, tuple[float, float, float, float]]]:
    """Page, character, size in points and box of everything that is printed."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number].get_textpage()
        for at in range(page.count_chars()):
            character = page.get_text_range(at, 1)
            if character.strip():
                found.append((number, character, raw.FPDFText_GetFontSize(page, at), page.get_charbox(at)))
    return found


def test_each_variant_of_a_form_has_its_look() -> None:
    assert [PrintLook(variant.value).name for variant in Variant] == [variant.name for variant in Variant]


def test_in_large_print_nothing_but_the_address_is_below_18_points(story: list[Block]) -> None:
    """What stands in the other face is set a little smaller, so that its letters are as large: 0.91 of the size."""
    small = [each for each in letters(build_pdf(story, title="A", footer=FOOTER, look=PrintLook.LARGE)) if each[2] < 18 * 0.91 - 0.05]
    assert {round(size, 2) for _page, _character, size, _box in small} <= {11.0, 10.01}
    assert {page for page, _character, _size, _box in small} == {0}
    assert all(297 * MM - box[3] > 54 * MM and 297 * MM - box[1] < 83 * MM for _page, _character, _size, box in small)


def test_easy_reading_is_16_points_with_lines_of_at_most_60_letters(story: list[Block]) -> None:
    pdf = build_pdf(story[1:], title="A", footer=FOOTER, look=PrintLook.EASY)
    assert min(size for _page, _character, size, _box in letters(pdf)) >= 14 * 0.91 - 0.05
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    lines = page.get_text_range().split("\r\n")
    assert max(map(len, lines)) <= 75
    prose = [line for line in lines if len(line) > 20]
    assert sum(map(len, prose)) / len(prose) <= 60


@pytest.mark.parametrize("look", PrintLook)
def test_nothing_stands_over_the_edge_and_all_of_it_is_there(look: PrintLook, story: list[Block]) -> None:
    pdf = build_pdf(story, title="A", footer=FOOTER, look=look)
    for page, character, _size, (left, bottom, right, top) in letters(pdf):
        where = (page, character, left, right)
        assert left > 15 * MM, where
        assert right < 195 * MM, where
        assert bottom > 6 * MM, where
        assert top < 290 * MM, where
    document = pypdfium2.PdfDocument(pdf)
    read = "".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    for word in set(plain_text(story).split()):
        assert word in read


@pytest.mark.parametrize("look", PrintLook)
def test_no_line_runs_into_another(look: PrintLook, story: list[Block]) -> None:
    """Two letters of one page never share the same place, so lines, cells and footers keep clear of each other."""
    pdf = build_pdf(story, title="A", footer=FOOTER, look=look)
    for page, group in groupby(letters(pdf), key=lambda each: each[0]):
        placed: list[tuple[str, tuple[float, float, float, float]]] = []
        for _page, character, _size, box in group:
            across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            under = [other for other, there in placed if there[0] < across < there[2] and there[1] < up < there[3]]
            assert not (character.isalnum() and under), (page, character, under)
            if character.isalnum():
                placed.append((character, box))


@pytest.mark.parametrize("look", LARGER)
def test_three_checkers_find_nothing(look: PrintLook, story: list[Block]) -> None:
    assert_accessible(build_pdf(story, title="Notice", footer=FOOTER, look=look))


@pytest.mark.parametrize("look", LARGER)
def test_a_table_of_many_columns_is_set_row_by_row(look: PrintLook) -> None:
    header = ["What we keep", "What for", "Whom we tell", "How long", "Lawful basis"]
    rows = [
        ["Name", "to teach", "the next school", "25th birthday", "public task"],
        ["Address", "to write", "", "25th birthday", "public task"],
    ]
    pdf = build_pdf([Heading(1, "Tables"), Table("Contact details", header, rows)], title="A", look=look)
    read = " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())
    assert "Contact details What we keep Name What for to teach Whom we tell the next school" in read
    assert read.count("Whom we tell") == 1, "a cell that holds nothing is left out"
    assert read.count("Contact details") == 1
    assert_accessible(pdf)


def test_a_table_of_few_columns_stays_a_table_in_large_print() -> None:
    story = [Heading(1, "A"), Table("", ["Pupil", "Class"], [["Amy", "Oak"], ["Ben", "Elm"]])]
    with pikepdf.open(BytesIO(build_pdf(story, title="A", look=PrintLook.LARGE))) as pdf:
        scopes = [str(each.A.Scope) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
    assert scopes == ["/Column", "/Column"]


@pytest.mark.parametrize("look", LARGER)
def test_a_word_too_long_for_its_column_makes_the_table_go_row_by_row(look: PrintLook) -> None:
    long = "Wymondley-under-Larkfield-and-Great-Hormead"
    story = [Heading(1, "A"), Table("", ["One", "Two", "Three"], [[long, long, long]])]
    read = pypdfium2.PdfDocument(build_pdf(story, title="A", look=look))[0].get_textpage().get_text_range()
    assert read.replace("\r\n", " ").count("Three") == 1
    assert read.index("Two") > read.index("Hormead")


@pytest.mark.parametrize("look", LARGER)
def test_a_question_stays_with_its_boxes(look: PrintLook) -> None:
    question = [
        Heading(2, "Photographs"),
        Para("May we take photographs of your child in lessons, and show them in school?"),
        TickRow("Yes"),
        TickRow("No"),
    ]
    for above in range(0, 40, 3):
        story = [Heading(1, "Form"), *[Para(f"Line {number}.") for number in range(above)], *question]
        document = pypdfium2.PdfDocument(build_pdf(story, title="A", look=look))
        on = [at for at in range(len(document)) for text in [document[at].get_textpage().get_text_range()] if "Photographs" in text]
        text = document[on[0]].get_textpage().get_text_range()
        assert "Yes" in text
        assert "No" in text


@pytest.mark.parametrize("look", LARGER)
def test_a_long_label_in_larger_print_stands_above_its_rule(look: PrintLook) -> None:
    with pikepdf.open(
        BytesIO(build_pdf([Heading(1, "A"), WritingLine("Name of the parent or carer who signs, in capitals")], title="A", look=look))
    ) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    rule = max(float(part.split()[3]) - float(part.split()[0]) for part in _rules(drawn))
    assert rule == pytest.approx(style_of(look, 12, (210 * MM, 297 * MM)).width, abs=1)


def _rules(drawn: str) -> list[str]:
    """«x y m x y l», as x y . x, of each rule that is drawn above the footer."""
    found = re.findall(r"([0-9.]+) ([0-9.]+) m ([0-9.]+) ([0-9.]+) l S", drawn)
    return [f"{left} {low} . {right}" for left, low, right, _low in found if float(low) > 40 * MM]


@pytest.mark.parametrize("look", LARGER)
def test_a_larger_paper_takes_more_pages_and_a_smaller_size_asked_for_does_not_shrink_it(look: PrintLook, story: list[Block]) -> None:
    assert pages_needed(story, look=look) > pages_needed(story)
    assert pages_needed(story, look=look, base_size=8) == pages_needed(story, look=look)


def test_looks_may_be_mixed_in_one_print_file() -> None:
    story = [
        AddressBlock(["Amy Penn", "1 Lane"], sender=["Wymond Road Centre", "1 School Lane"]),
        Heading(1, "Notice"),
        FactList([("Name", "Amy")]),
    ]
    pdf = build_print_file([Document(story, look.name, FOOTER, look=look) for look in PrintLook], title="Notices", two_sided=False)
    heights = {page: max(size for number, _c, size, _b in letters(pdf) if number == page) for page in range(4)}
    assert [round(heights[page], 1) for page in range(4)] == [22.2, 22.2, 27.0, 29.6]
    assert_accessible(pdf)
