"""What was made is read again: a withheld word is found wherever in a PDF, or in the data, it might still be."""

import io
import json
from collections import Counter
from collections.abc import Callable

import pikepdf
import pytest

from pupil_desk.documents.blocks import Block, Heading, Para, Table, texts_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading import proof
from pupil_desk.domain.requests.withholding import needle_counts

NEEDLES = frozenset({"tyrone", "penn"})
STORY: list[Block] = [
    Heading(1, "A copy"),
    Para("Bea sat by [withheld]."),
    Table(caption="", header=("Day", "Words"), rows=[("Monday", "Bea was in")]),
]


def still(data: bytes, story: list[Block] = STORY) -> list[str]:
    return proof.still_in_pdf(data, NEEDLES, needle_counts(texts_of(STORY), NEEDLES), ["Larkfield", "Day", "Words"])


def test_a_paper_without_the_words_passes() -> None:
    assert still(build_pdf(STORY, title="A copy", footer="Larkfield")) == []


@pytest.mark.parametrize("text", ["Tyrone", "by TYRONE’s", "Týrone", "Ty\u00adrone", "T. Penn"])
def test_a_word_in_the_text_is_found(text: str) -> None:
    assert still(build_pdf([*STORY, Para(f"Bea sat by {text}.")], title="A copy"))


def test_a_word_broken_over_two_lines_is_found() -> None:
    assert still(build_pdf([*STORY, Para("Bea sat by Ty\nrone.")], title="A copy")) == ["tyrone"]


def changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(build_pdf(STORY, title="A copy"))) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def in_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "A copy for Tyrone"


def in_metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as data:
        data["dc:description"] = "About Tyrone"


def in_actual_text(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot["/ActualText"] = "Tyrone"


def in_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Penn", 0))


def in_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Hidden"] = pdf.make_stream(b"left over: Tyrone Penn")


def in_wide_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Hidden"] = pdf.make_stream("left over: Tyrone".encode("utf-16-be"))


def beneath_a_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BT /F9 12 Tf 100 500 Td (Tyrone) Tj ET 0 g 90 490 200 30 re f")
    pdf.pages[0].Resources.Font["/F9"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


@pytest.mark.parametrize("change", [in_title, in_metadata, in_actual_text, in_bookmark, in_stream, in_wide_stream, beneath_a_box])
def test_a_word_anywhere_else_in_the_file_is_found(change: Callable[[pikepdf.Pdf], object]) -> None:
    assert still(changed(change))


def test_a_short_name_in_the_digests_of_the_file_is_there_by_chance() -> None:
    """They are as good as random bytes: «Mo» stands between two signs in one paper of a thousand."""

    def in_digest(pdf: pikepdf.Pdf) -> None:
        pdf.trailer["/ID"] = pikepdf.Array([pikepdf.String(b"0123 mo 89 bcdef") for _both in range(2)])

    def in_title(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = "Mo"

    may = needle_counts(texts_of(STORY), {"mo"})
    assert proof.still_in_pdf(changed(in_digest), {"mo"}, may, []) == []
    assert proof.still_in_pdf(changed(in_title), {"mo"}, may, []) == ["mo"]


def test_a_word_that_may_stand_once_is_found_when_it_stands_twice() -> None:
    story = [*STORY, Para("Penn came.")]
    may = needle_counts(texts_of(story), NEEDLES)
    assert proof.still_in_pdf(build_pdf(story, title="A copy"), NEEDLES, may, []) == []
    assert proof.still_in_pdf(build_pdf([*story, Para("Penn went.")], title="A copy"), NEEDLES, may, []) == ["penn"]


def test_words_on_every_page_are_counted_by_the_page() -> None:
    story = [*STORY, *(Para("More. " * 60) for _each in range(12))]
    data = build_pdf(story, title="A copy", footer="Penn Centre")
    assert proof.still_in_pdf(data, NEEDLES, Counter(), ["Penn Centre"]) == []
    assert proof.still_in_pdf(data, NEEDLES, Counter(), []) == ["penn"]


def test_the_name_of_a_font_is_no_word() -> None:
    needles = frozenset({"atkinson", "hyperlegible", "regular"})
    assert proof.still_in_pdf(build_pdf(STORY, title="A copy"), needles, Counter(), []) == []


def test_a_short_name_is_not_found_in_the_form_of_a_file() -> None:
    """«Do», «Tj» and «Li» are names of people, and words of the language that PDF and its description are written in."""
    for needle in ("do", "tj", "li", "bt", "pop", "def", "alt", "obj", "rdf", "xmp", "pdf"):
        assert proof.still_in_pdf(build_pdf(STORY, title="A copy", footer="Larkfield"), frozenset({needle}), Counter(), []) == [], needle
    assert proof.still_in_pdf(build_pdf([*STORY, Para("Mrs Do came.")], title="A copy"), frozenset({"do"}), Counter(), []) == ["do"]


def test_words_that_a_page_has_in_place_of_a_picture_are_found() -> None:
    def alt(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"/Span <</ActualText (Tyrone)>> BDC EMC")

    assert still(changed(alt)) == ["tyrone"]


def test_data_is_read_by_its_texts_so_that_a_line_break_hides_nothing() -> None:
    data = json.dumps({"a": ["x\nTyrone came"], "Penn": 1}).encode()
    assert proof.still_in_data(data, NEEDLES, Counter()) == ["penn", "tyrone"]
    assert proof.still_in_data(data, NEEDLES, Counter({"tyrone": 1, "penn": 1})) == []
