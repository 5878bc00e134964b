"""The pages of a document as pictures: what was typed into a form too, large ones coarser, the last ones kept."""

import io

import pikepdf
import pytest
from PySide6.QtGui import QColor

from pupil_desk.documents.reading import page_pictures
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from tests.made_papers import a_pdf


def _with_a_field() -> bytes:
    """A form with one field; what was typed in it is seen as a black box."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        look = pdf.make_stream(b"0 g 0 0 100 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 50])
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="name",
                V="typed",
                F=4,
                Rect=[100, 300, 200, 350],
                AP=pikepdf.Dictionary(N=look),
            )
        )
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(made)
    return made.getvalue()


def test_what_was_typed_into_a_form_is_drawn() -> None:
    pages = PdfPages(_with_a_field())
    picture = pages.picture(0, 72)
    assert picture.pixelColor(150, 842 - 325) == QColor("black")
    assert picture.pixelColor(300, 842 - 325) == QColor("white")
    pages.close()


def test_a_page_drawn_last_is_not_drawn_again() -> None:
    pages = PdfPages(a_pdf(6))
    first = pages.picture(0, 72)
    assert pages.picture(0, 72) is first
    assert pages.picture(0, 96).width() > first.width()
    for number in range(1, 6):
        pages.picture(number, 72)
    assert pages.picture(5, 72) is pages.picture(5, 72)
    assert sorted(pages._images) == [2, 3, 4, 5]
    pages.close()


def test_a_page_too_large_to_be_drawn_fine_is_drawn_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pictures, "MOST_DOTS", 100_000)
    pages = PdfPages(a_pdf())
    picture = pages.picture(0, 300)
    assert 90_000 < picture.width() * picture.height() < 110_000
    pages.close()
