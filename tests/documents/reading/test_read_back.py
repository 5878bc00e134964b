"""Papers read back by other libraries than those that wrote them."""

import io

import pytest

from pupil_desk.documents.blocks import Heading, PageBreak, Para, Run
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.web import build_web
from pupil_desk.documents.reading.read_back import read_pdf, read_web

STORY = [Heading(1, "Łukasz & Ελένη"), Para((Run("bold", bold=True), Run("er, plain"))), PageBreak(), Para("The end.")]


def test_a_pdf_says_what_it_is() -> None:
    read = read_pdf(build_pdf(STORY, title="A notice, ſ", lang="en-GB"))
    assert (read.pages, read.title, read.lang, read.tagged, read.blank) == (2, "A notice, ſ", "en-GB", True, 0)
    assert "Łukasz & Ελένη bolder, plain" in read.text
    assert "The end." in read.text
    assert {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold", "DejaVuSansCondensed-Bold"} == read.fonts


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more", b"<html></html>"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_pdf(data)


def test_a_page_with_nothing_on_it_is_counted() -> None:
    import pypdfium2

    data = build_pdf(STORY, title="A")
    pdf = pypdfium2.PdfDocument(data)
    pdf.new_page(300, 300)

    held = io.BytesIO()
    pdf.save(held)
    pdf.close()
    assert read_pdf(held.getvalue()).blank == 1


def test_a_web_page_says_what_it_is() -> None:
    read = read_web(build_web(STORY, title="A & B"))
    assert (read.title, read.lang, read.is_well_formed) == ("A & B", "en-GB", True)
    assert read.text == "Łukasz & Ελένη bolder, plain The end."


@pytest.mark.parametrize("cut", [-9, -25, 60])
def test_a_web_page_cut_short_is_not_whole(cut: int) -> None:
    assert not read_web(build_web(STORY, title="A")[:cut]).is_well_formed


def test_what_is_no_page_is_not_whole() -> None:
    assert not read_web(b"words only").is_well_formed
    with pytest.raises(ValueError):
        read_web(b"\xff\xfe\xff")
