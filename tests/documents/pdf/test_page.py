"""What a person holds in the hand: pages, their footers, their order, and nothing that acts."""

import gc
import re
import subprocess
import tracemalloc
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from pupil_desk.documents.blocks import AddressBlock, Block, Heading, Keep, PageBreak, Para, Run, Spacer, Table, plain_text
from pupil_desk.documents.papers.disclosure_log import LYING
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from pupil_desk.documents.typography.fonts import CannotPrint
from tests.documents.checking import assert_accessible

MM = 72 / 25.4
PROSE = "We keep a record of each pupil who learns with us, so that lessons fit them. "


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[at].get_textpage().get_text_range().replace("\r\n", "\n") for at in range(len(document))]


def box_of(pdf: bytes, text: str, page: int = 0) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the text on the page, in points."""
    read = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    found = read.search(text).get_next()
    assert found
    boxes = [read.get_charbox(at) for at in range(found[0], found[0] + found[1])]
    return (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes))


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("manner", [[], ["-raw"]])
def test_words_read_back_whole_and_in_order(story: list[Block], manner: list[str]) -> None:
    pdf = build_pdf(story, title="Notice", footer="Edition 1")
    read = subprocess.run(["pdftotext", *manner, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    read = re.sub(r"Edition 1|Page \d of \d", "", read)
    marks = ("•", "1.", "2.")
    words = [word for word in read.split() if word not in marks]
    told = [word for word in plain_text(story).split() if word not in marks]
    repeated = 0
    while words != told:  # the header row again at the head of each further page of the table
        at = next(at for at, (read_word, word) in enumerate(zip(words, told, strict=False)) if read_word != word)
        assert words[at : at + 4] == ["Held", "Purpose", "Kept", "until"]
        del words[at : at + 4]
        repeated += 1
    assert repeated == 1


def test_the_same_story_makes_the_same_bytes(story: list[Block]) -> None:
    assert build_pdf(story, title="A", footer="B") == build_pdf(story, title="A", footer="B")
    assert build_pdf(story, title="A", footer="B") != build_pdf(story, title="A", footer="C")


def test_the_file_tells_nobody_who_made_it_or_when() -> None:
    pdf = pikepdf.open(BytesIO(build_pdf([Heading(1, "A")], title="Notice", subject="For families")))
    assert {str(key): str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Notice",
        "/Subject": "For families",
        "/Producer": "Pupil Desk",
    }
    assert "Date" not in pdf.Root.Metadata.read_bytes().decode()


def test_each_page_is_counted_and_bears_the_footer(story: list[Block]) -> None:
    read = pages(build_pdf(story, title="Notice", footer="Edition 7", first_page_footer="Edition 7, to Zoë"))
    assert len(read) > 3
    for number, page in enumerate(read, 1):
        assert f"Page {number} of {len(read)}" in page
        assert ("Edition 7, to Zoë" in page) == (number == 1)
        assert "Edition 7" in page


def test_each_document_of_a_print_file_counts_its_own_pages_and_begins_on_a_front() -> None:
    one = Document([Heading(1, "For Amy")], "Amy", "to Amy")
    two = Document([Heading(1, "For Ben"), PageBreak(), Para("More")], "Ben", "to Ben")
    read = pages(build_print_file([one, two, one], title="Notices"))
    assert ["Amy" in page for page in read] == [True, False, False, False, True]
    assert read[1] == ""
    assert "Page 1 of 1" in read[0]
    assert "Page 2 of 2" in read[3]
    assert len(pages(build_print_file([one, two, one], title="Notices", two_sided=False))) == 4
    outline = pikepdf.open(BytesIO(build_print_file([one, two], title="Notices"))).open_outline()
    assert [entry.title for entry in outline.root] == ["Amy", "Ben"]


def test_thousands_of_pages_need_little_more_memory_than_their_file() -> None:
    words = [Heading(1, "A form"), *(Para(f"Line {number}") for number in range(20))]

    def forms(number: int) -> bytes:
        return build_print_file((Document(words, "A form", "Foot") for _form in range(number)), title="Forms")

    def rows(number: int) -> bytes:
        return build_pdf(
            [Heading(1, "A list"), Table("", ["a", "b", "c"], [["one", "two", "three"]] * number)], title="A list", footer="Foot"
        )

    for work, few, many, pages_more, bound in ((forms, 5, 35, 30, 6_000), (rows, 100, 1000, 27, 16_000)):
        work(few)  # what is remembered of fonts and words comes only once
        (small, least), (large, most) = _most_held(work, few), _most_held(work, many)
        assert (most - least - (large - small)) / pages_more < bound, work.__name__


def _most_held(work: Callable[[int], bytes], number: int) -> tuple[int, int]:
    """The size of what was made, and the most memory that was held for it, both in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        return len(work(number)), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_cannot_be_printed_is_named_of_all_documents_at_once() -> None:
    documents = (Document([Heading(1, words)], words) for words in ("Amy", "𠮷", "Ben", "ܐ"))
    with pytest.raises(CannotPrint) as refused:
        build_print_file(documents, title="Notices")
    assert [character for character, _name in refused.value.missing] == ["𠮷", "ܐ"]


def test_the_address_shows_in_the_window_of_a_dl_and_of_a_c5_envelope() -> None:
    lines = ["Mr and Mrs Okonkwo-Nguyễn", "Flat 3", "14 Long Acre", "Little Wymond", "WARE", "SG11 2ZZ"]
    pdf = build_pdf([AddressBlock(lines, sender=["Wymond Road Centre"]), Heading(1, "Dear family")], title="Letter")
    left, _low, _right, top = box_of(pdf, lines[0])
    _left, bottom, _r, _t = box_of(pdf, lines[-1])
    height = 297 * MM
    assert 20 * MM < left < 30 * MM
    assert height - top > 52 * MM
    assert height - bottom < 83 * MM
    assert height - box_of(pdf, "Dear family")[3] > 94 * MM
    assert height - box_of(pdf, "Wymond Road Centre")[1] < 45 * MM


def test_an_address_that_is_not_at_the_head_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="first block"):
        build_pdf([Heading(1, "A"), AddressBlock(["B"])], title="A")


@pytest.mark.parametrize("above", range(40))
def test_no_heading_is_left_behind_and_no_line_alone(above: int) -> None:
    story: list[Block] = [Heading(1, "Top"), *[Para(f"Line {number}") for number in range(22)]]
    story += [Spacer(above / 5), Heading(2, "Kept heading"), Para(PROSE * 5)]
    read = [page.strip().split("\n") for page in pages(build_pdf(story, title="A"))]
    bodies = [[line for line in page if not line.startswith("Page ")] for page in read]
    prose = [sum(not line.startswith(("Line", "Top", "Kept")) for line in body) for body in bodies]
    assert sum(prose) == 5
    assert 1 not in prose
    assert not any(body[-1] == "Kept heading" for body in bodies)


def test_what_is_to_be_kept_together_is() -> None:
    story: list[Block] = [Heading(1, "Top"), *[Para(f"Line {number}") for number in range(20)]]
    story.append(Keep([Heading(2, "Reply"), *[Para(f"Choice {number}") for number in range(12)]]))
    (reply,) = [page for page in pages(build_pdf(story, title="A")) if "Reply" in page]
    assert all(f"Choice {number}" in reply for number in range(12))


def test_what_is_too_tall_to_be_kept_goes_on_overleaf() -> None:
    story: list[Block] = [Keep([Heading(1, "Top"), *[Para(f"Line {number}") for number in range(90)]])]
    read = "".join(pages(build_pdf(story, title="A")))
    assert all(f"Line {number}\n" in read for number in range(90))


def test_a_row_of_more_than_half_a_lying_page_begins_on_the_page_that_has_room() -> None:
    rows = [[f"Row {number}", "\n".join(f"Line {line}" for line in range(24))] for number in range(3)]
    read = pages(
        build_pdf(
            [Heading(1, "Top"), Para("Line"), Para("Line"), Table("", ["Who", "What"], rows)], title="A", page_size=LYING, base_size=10
        )
    )
    assert "Row 1" in read[0]


def test_empty_space_and_a_last_page_break_make_no_empty_page() -> None:
    full: list[Block] = [Heading(1, "Top"), *[Para("Line") for _line in range(26)]]
    assert len(pages(build_pdf([*full, Spacer(9), PageBreak()], title="A"))) == 1
    assert len(pages(build_pdf([], title="A"))) == 1


def test_nothing_falls_off_the_page() -> None:
    long = "https://www.example.org/" + "a-very-long-path/" * 30
    row = ["Item", "word " * 400, long]
    pdf = build_pdf([Heading(1, long), Para(long), Table("All", ["A", "B", "C"], [row])], title="A", footer=PROSE * 2)
    document = pypdfium2.PdfDocument(pdf)
    assert 1 < len(document) < 6
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at, loose=False)
            assert 0 < left <= right < 210 * MM - 20 * MM
            assert 9 * MM < bottom <= top < 297 * MM - 20 * MM
    assert "".join(pages(pdf)).replace("\n", "").replace("\ufffe", "").count("word") == 400


HOSTILE = [
    "<b>bold</b>",
    "&amp; &lt;",
    '<img src="file:///etc/passwd">',
    "<a href=javascript:alert(1)>x</a>",
    '<font color="[[c for c in ()]]">y</font>',
    "(\\) Tj ET /JS (app.alert) ) <</S/URI>>",
    "%PDF-1.7 endstream endobj",
    "{name} %s %(x)d",
]


@pytest.mark.acceptance(43)
def test_strange_text_is_printed_as_it_is_written() -> None:
    story: list[Block] = [Heading(1, HOSTILE[0]), *[Para(text) for text in HOSTILE]]
    story.append(Para([Run("lured", href="javascript:alert(1)"), Run("in", href="https://x y")]))
    story.append(Table(HOSTILE[1], HOSTILE[:2], [HOSTILE[2:4], HOSTILE[4:6]]))
    pdf = build_pdf(story, title=HOSTILE[3], subject=HOSTILE[5], footer=HOSTILE[4])
    read = "".join(pages(pdf))
    for text in HOSTILE:
        assert text in read
    acting = {"/URI", "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/AcroForm"}
    opened = pikepdf.open(BytesIO(pdf))
    dictionaries = [object_ for object_ in opened.objects if isinstance(object_, pikepdf.Dictionary)]
    assert len(dictionaries) > 20
    for dictionary in dictionaries:
        assert not acting & set(dictionary.keys())
        assert dictionary.get("/S") not in ("/URI", "/JavaScript", "/Launch")
    assert_accessible(pdf)
