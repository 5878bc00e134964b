"""A document is shown and printed from memory."""

import gc
import io
import subprocess
import sys
import weakref
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.papers.printing import paint_pages


@pytest.fixture(scope="module")
def document() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, (595, 842))
    for words in ("Privacy notice", "Annex"):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(60, 700, words)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def view(qtbot: QtBot, document: bytes) -> PdfView:
    made = PdfView("Preview of the notice")
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.show_pdf(document)
    return made


def test_it_shows_the_pages_and_their_words_to_a_screen_reader(view: PdfView) -> None:
    assert view.page_count == 2
    assert view._sheets[1].accessibleName() == "Page 2 of 2"
    assert "Annex" in view._sheets[1].accessibleDescription()


def test_the_page_is_drawn(view: PdfView) -> None:
    picture = view._sheets[0].grab().toImage()
    dark = sum(picture.pixelColor(x, y).lightness() < 80 for x in range(0, picture.width(), 2) for y in range(0, picture.height() // 4, 2))
    assert dark > 50


def test_it_fits_the_width_and_zooms(view: PdfView, qtbot: QtBot) -> None:
    assert view._sheets[0].width() <= 600
    before = view._sheets[0].width()
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view._sheets[0].width() > before
    view.zoom(0)
    assert view._sheets[0].width() == before


def test_no_button_moves_where_another_paper_has_more_pages(view: PdfView) -> None:
    tools = [tool for tool in view.findChildren(QPushButton) if tool.isVisible()]
    before = [tool.pos() for tool in tools]
    assert len(tools) == 5
    view.where.setText("Page 125 of 1,250")
    QApplication.processEvents()
    assert [tool.pos() for tool in tools] == before


def test_page_down_turns_the_page(view: PdfView, qtbot: QtBot) -> None:
    assert view.where.text().startswith("Page 1 of 2")
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.where.text().startswith("Page 2 of 2")
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.where.text().startswith("Page 1 of 2")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.75, 2.5])
def test_a_page_is_drawn_with_the_dots_of_the_screen_it_is_on(view: PdfView, monkeypatch: pytest.MonkeyPatch, scale: float) -> None:
    sheet, picture, drawn = view._sheets[0], PdfPages.picture, []

    def noting(pages: PdfPages, number: int, dots_per_inch: float) -> QImage:
        drawn.append(picture(pages, number, dots_per_inch))
        return drawn[-1]

    monkeypatch.setattr(PdfPages, "picture", noting)
    monkeypatch.setattr(sheet, "devicePixelRatioF", lambda: scale)  # the window has been moved to another screen
    sheet.repaint()
    assert drawn[-1].width() == pytest.approx(sheet.width() * scale, abs=2)


def test_it_is_cleared(view: PdfView) -> None:
    view.clear()
    assert view.data == b""
    assert view.page_count == 0


def test_it_is_cleared_from_a_further_page(view: PdfView) -> None:
    """The scroll bar goes back to the top, and asks on which page that is."""
    view.turn(1)
    assert view.current_page() == 1
    view.clear()
    assert (view.page_count, view.where.text()) == (0, "")


def test_a_view_that_goes_closes_its_paper(qtbot: QtBot, document: bytes) -> None:
    view = PdfView("A paper kept")
    view.show_pdf(document)
    assert view._pages is not None
    pages = weakref.ref(view._pages)
    shiboken6.delete(view)
    del view
    gc.collect()
    assert pages() is None


def test_it_prints_every_page(qtbot: QtBot, document: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = PdfPages(document)
    paint_pages(pages, printer)
    pages.close()
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 2
    picture = printed[1].render(scale=0.5, grayscale=True)
    assert min(bytes(picture.buffer)) < 100
    printed.close()


def test_a_document_still_shown_when_the_program_ends_is_closed_without_a_word(document: bytes, tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(document)
    script = (
        "import sys, weakref; from pathlib import Path; from pupil_desk.ui.kit.papers.pdfpages import PdfPages;"
        "weakref.finalize(Path, int);"  # as in the program: Python's own clearing up then comes after pypdfium2's
        "pages = PdfPages(Path(sys.argv[1]).read_bytes()); pages.picture(0, 50)"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path / "one.pdf")], capture_output=True, text=True, check=True)
    assert ran.stderr == ""


def test_over_no_document_there_are_no_tools_that_turn_and_enlarge_it(view: PdfView, document: bytes) -> None:
    view.clear()
    smaller = next(tool for tool in view.findChildren(QPushButton) if tool.accessibleName() == "Smaller")
    assert not smaller.isVisible()
    view.show_pdf(document)
    assert smaller.isVisible()
    view.clear()
    assert not smaller.isVisible()


def test_tab_reaches_the_tools_of_a_document_before_its_pages(qtbot: QtBot, document: bytes) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    before, view, after = QPushButton("Before"), PdfView("The notice"), QPushButton("After")
    for each in (before, view, after):
        column.addWidget(each)
    qtbot.addWidget(window)
    view.show_pdf(document)  # over nothing there are no tools
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    met = []
    while QApplication.focusWidget() is not after:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget().accessibleName())
        assert len(met) < 10
    assert met[:-1] == ["Page before", "Next page", "Smaller", "Larger", "As wide as there is room", "The notice"]
    view.setFocus()
    assert QApplication.focusWidget().accessibleName() == "The notice"
