"""A paper in Arabic: what begins on the left in English begins on the right, and English words in it stand as they are read."""

import io
import re
import subprocess
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pupil_desk.documents.blocks import (
    AddressBlock,
    Block,
    Bullets,
    Columns,
    FactList,
    Heading,
    NoticeBox,
    PageBreak,
    Para,
    Run,
    Table,
    TickRow,
    WritingLine,
)
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from pupil_desk.documents.prose import blocks_of
from tests.documents.checking import assert_accessible

MM = 72 / 25.4
LEFT, RIGHT = 24 * MM, 186 * MM
LINK = "https://www.example.org/privacy"


def story() -> list[Block]:
    return [
        AddressBlock(["Mrs Layla Al-Ahmad", "14 Long Acre", "WARE", "SG11 2ZZ"], sender=["Wymond Road Centre"]),
        Heading(1, "إشعار الخصوصية"),
        Para("نحتفظ بسجل لكل تلميذ يتعلم معنا."),
        Para(
            [
                "اتصل على ",
                Run("01632 960 0142", is_apart=True),
                " أو ",
                Run("office@example.org", is_apart=True, href="mailto:office@example.org"),
                ".",
            ]
        ),
        Bullets(["تفاصيل الاتصال", "الحضور"]),
        Bullets(["املأ النموذج", "أعده"], numbered=True),
        Table("ما نحتفظ به", ["البيان", "الغرض"], [["الاسم", "التعليم"], ["العنوان", "التواصل"]], widths=(1, 1)),
        FactList([("الاسم", "ليلى"), ("الرقم", "A123")]),
        TickRow("نعم"),
        TickRow("لا", ticked=True),
        Columns([WritingLine("التوقيع"), WritingLine("التاريخ")]),
        NoticeBox([Para("لا تفقد هذه الورقة.")]),
        PageBreak(),
        Para(Run("The tables are in English.", lang="en-GB")),
        Para(Run("See the page of the youth service", lang="en-GB", href=LINK)),
    ]


@pytest.fixture(scope="module")
def arabic() -> bytes:
    return build_pdf(story(), title="إشعار", lang="ar", footer="مركز التعليم")


def boxes(pdf: bytes, text: str, page: int = 0) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the first place where the text stands."""
    read = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    found = read.search(text).get_next()
    assert found, text
    each = [read.get_charbox(at) for at in range(found[0], found[0] + found[1])]
    return min(b[0] for b in each), min(b[1] for b in each), max(b[2] for b in each), max(b[3] for b in each)


@pytest.mark.parametrize("text", ["إشعار الخصوصية", "نحتفظ بسجل", "اتصل", "ما نحتفظ به", "مركز التعليم"])
def test_text_begins_at_the_right_edge(arabic: bytes, text: str) -> None:
    assert boxes(arabic, text)[2] == pytest.approx(RIGHT, abs=2.5)


@pytest.mark.parametrize(("mark", "text"), [("•", "تفاصيل"), ("البيان", "الغرض"), ("الرقم", "A123")])
def test_what_comes_first_stands_on_the_right(arabic: bytes, mark: str, text: str) -> None:
    assert boxes(arabic, mark)[0] > boxes(arabic, text)[2] - 1


def test_a_line_of_a_list_begins_beside_its_mark_and_a_cell_at_its_right_edge(arabic: bytes) -> None:
    assert boxes(arabic, "الحضور")[2] == pytest.approx(RIGHT - 12 * 1.3, abs=2)
    assert boxes(arabic, "التعليم")[2] == pytest.approx((LEFT + RIGHT) / 2 - 5, abs=2)


def test_pages_are_counted_in_arabic_on_the_left(arabic: bytes) -> None:
    assert boxes(arabic, "صفحة")[0] < LEFT + 60
    assert boxes(arabic, "صفحة")[2] < boxes(arabic, "مركز التعليم")[0]


def test_the_address_still_shows_in_the_window_and_runs_from_the_left(arabic: bytes) -> None:
    left, _bottom, right, top = boxes(arabic, "Mrs Layla Al-Ahmad")
    assert left == pytest.approx(24 * MM, abs=1.5)
    assert right < 110 * MM
    assert 297 * MM - top > 52 * MM


def test_a_number_and_an_address_stand_as_they_are_read(arabic: bytes) -> None:
    """The figures of a telephone number are not turned group by group."""
    groups = [boxes(arabic, group)[0] for group in ("01632", "960", "0142")]
    assert groups == sorted(groups)
    assert boxes(arabic, "office")[0] < boxes(arabic, "example.org")[0]
    turned = build_pdf([Para(["اتصل على ", "01632 960 0142", " أو"])], title="", lang="ar")
    held = [boxes(turned, group)[0] for group in ("01632", "960", "0142")]
    assert held == sorted(held), "hard blanks hold it together"


def test_the_parts_of_what_is_filled_in_stand_together_as_in_english() -> None:
    (para,) = blocks_of("أخبرونا: {who} وشكرا", {"who": "Robin Ashdown, 01632 960100, office@example.org."})
    pdf = build_pdf([para], title="", lang="ar")
    edges = [boxes(pdf, part) for part in ("Robin", "Ashdown", "960100", "office", "example")]
    assert [box[0] for box in edges] == sorted(box[0] for box in edges)
    assert boxes(pdf, "شكرا")[2] < edges[0][0]
    assert edges[-1][2] < boxes(pdf, "أخبرونا")[0]


def test_english_lines_stand_on_the_right_but_read_as_they_are_written(arabic: bytes) -> None:
    lines = ["142 Great Northern Road", "SG4 7ZZ, (England)"]
    pdf = build_pdf([Heading(1, "ا"), Para("\n".join(lines)), FactList([("الهاتف", "01632 960 0142")])], title="", lang="ar")
    edges = [boxes(pdf, word) for word in ("142", "Great", "Northern", "Road")]
    assert [box[0] for box in edges] == sorted(box[0] for box in edges)
    assert edges[-1][2] == pytest.approx(RIGHT, abs=1.5)
    assert boxes(pdf, "(England)")[2] == pytest.approx(RIGHT, abs=1.5)
    assert boxes(pdf, "01632")[0] < boxes(pdf, "0142")[0]


def test_a_link_covers_its_words(arabic: bytes) -> None:
    with pikepdf.open(io.BytesIO(arabic)) as pdf:
        (link,) = pdf.pages[0].Annots
        rect = [float(edge) for edge in link.Rect]
    left, bottom, right, top = boxes(arabic, "office@example.org")
    assert rect[0] <= left + 1
    assert rect[2] >= right - 1
    assert rect[1] <= bottom + 1
    assert rect[3] >= top - 2


def test_boxes_to_tick_and_rules_to_write_on_are_on_the_other_side(arabic: bytes) -> None:
    with pikepdf.open(io.BytesIO(arabic)) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        edges = [[float(edge) for edge in figure.A.BBox] for figure in figures]
        said = [str(figure.Alt) for figure in figures]
    assert said == ["مربع فارغ لوضع علامة", "مربع عليه علامة"]
    assert all(box[2] == pytest.approx(RIGHT, abs=0.5) for box in edges)
    assert boxes(arabic, "نعم")[2] < edges[0][0]
    assert boxes(arabic, "التوقيع")[0] > boxes(arabic, "التاريخ")[2]


def test_the_language_of_the_paper_and_of_english_words_in_it_is_told(arabic: bytes) -> None:
    with pikepdf.open(io.BytesIO(arabic)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        stretches = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Span" and "/Lang" in each]
        assert [str(stretch.Lang) for stretch in stretches] == ["en-GB", "en-GB"]
        inside = [kid.S for kid in _kids(stretches[1]) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    assert [str(name) for name in inside] == ["/Link"]


def _kids(element: Any) -> list[Any]:
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_a_print_file_may_hold_both_and_each_keeps_its_side() -> None:
    english = [Heading(1, "Privacy notice"), Para("We keep a record.")]
    pdf = build_print_file([Document(english, "A", "Foot"), Document(story()[1:], "B", lang="ar"), Document(english, "C")], title="Notices")
    assert boxes(pdf, "We keep", 0)[0] == pytest.approx(LEFT, abs=1.5)
    assert boxes(pdf, "إشعار الخصوصية", 2)[2] == pytest.approx(RIGHT, abs=2.5)
    assert boxes(pdf, "Page 1 of 1", 4)[2] == pytest.approx(RIGHT, abs=1.5)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parts = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Part"]
        assert [str(part.get("/Lang", "")) for part in parts] == ["", "ar", ""]


def test_an_arabic_paper_and_a_mixed_print_file_pass_the_three_checkers(arabic: bytes) -> None:
    assert_accessible(arabic)
    assert_accessible(build_print_file([Document(story(), "A", lang="ar"), Document([Heading(1, "B")], "B")], title="Both"))


@pytest.mark.needs("pdftotext")
def test_the_content_comes_in_reading_order(arabic: bytes) -> None:
    """As a reader of content finds it: in each line the words come first that are read first, though they stand on the right."""
    read = subprocess.run(["pdftotext", "-raw", "-l", "1", "-", "-"], input=arabic, capture_output=True, check=True).stdout.decode()
    words = re.sub(r"[\u202a-\u202e\u200e\u200f]", "", read).split()
    order = [words.index(word) for word in ("نحتفظ", "بسجل", "لكل", "تلميذ", "يتعلم", "اتصل", "على", "01632", "أو", "office@example.org")]
    assert order == sorted(order)


def test_a_long_arabic_text_is_broken_between_words_into_lines_that_fill_the_column() -> None:
    words = "نحتفظ بسجل لكل تلميذ يتعلم معنا حتى تناسبه الدروس " * 12
    pdf = build_pdf([Para(words)], title="", lang="ar")
    read = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    lines = [line for line in read.get_text_range().split("\r\n") if "صفحة" not in line]
    assert " ".join(" ".join(lines).split()) == words.strip()
    assert len(lines) > 6
    rects = [read.get_rect(at) for at in range(read.count_rects())]
    assert min(rect[0] for rect in rects) > LEFT - 1
    assert max(rect[2] for rect in rects) < RIGHT + 1
