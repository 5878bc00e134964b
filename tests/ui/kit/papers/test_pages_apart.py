"""A paper from outside is drawn in the child process: the window stands ready, a page comes when it is there, and what takes too long is told."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.reader import in_a_child, run_by
from pupil_desk.basics.errors import Known
from pupil_desk.documents.reading.page_pictures import page_facts
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.papers.printing import paint_pages
from tests.hostile import page

_TURNS = 5  # of the window in half a second: of fifty on a quiet machine


@pytest.fixture(autouse=True)
def _in_a_child() -> Iterator[None]:
    with run_by(in_a_child):
        yield
    process.end_idle()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def a_paper(pages: int = 2) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, (595, 842))
    for number in range(pages):
        canvas.drawString(60, 700, f"Page {number + 1}")
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def slow_paper() -> bytes:
    """A page whose drawing takes many seconds."""
    return page(b"", b"0 0 m " + b"9 9 l 1 1 200 200 99 9 c " * 380_000 + b"S")


def is_white(image: QImage) -> bool:
    return image.pixelColor(image.width() // 2, image.height() * 3 // 4).lightness() > 250


def test_a_page_is_white_until_it_is_there_and_then_as_it_would_be_drawn_here(jobs: Jobs, qtbot: QtBot) -> None:
    data = a_paper()
    pages, here = PagesApart(data, page_facts(data), jobs), PdfPages(data)
    assert (pages.sizes, pages.words(1).strip()) == (here.sizes, "Page 2")
    assert is_white(pages.picture(0, 96.0))
    with qtbot.waitSignal(pages.drawn) as drawn:
        pass
    assert drawn.args == [0]
    assert pages.picture(0, 96.0) == here.picture(0, 96.0)
    larger = pages.picture(0, 192.0)
    assert (larger.width(), is_white(larger)) == (round(595 * 192 / 72), False), "what is there is shown until the finer one is"
    with qtbot.waitSignal(pages.drawn):
        pass
    assert pages.picture(0, 192.0) == here.picture(0, 192.0)
    pages.close()
    here.close()


def test_few_pictures_are_kept(jobs: Jobs, qtbot: QtBot) -> None:
    data = a_paper(6)
    pages = PagesApart(data, page_facts(data), jobs)
    for number in range(6):
        pages.picture(number, 300.0)
        with qtbot.waitSignal(pages.drawn):
            pass
    assert len(pages._images) < 4
    assert is_white(pages.picture(0, 300.0)), "it is asked for again"
    with qtbot.waitSignal(pages.drawn):
        pass
    assert not is_white(pages.picture(0, 300.0))
    pages.close()


def test_the_view_shows_it_and_prints_it(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    data = a_paper()
    view = PdfView("The paper")
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    pages = PagesApart(data, page_facts(data), jobs)
    view.show_pdf(data, pages)
    assert (view.page_count, view.pages_apart) == (2, pages)
    with qtbot.waitSignal(pages.drawn):
        pass
    assert not is_white(view._sheets[0].grab().toImage())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint_pages(pages, printer)
    assert len(pypdfium2.PdfDocument(printer.outputFileName())) == 2
    view.clear()
    assert (view.page_count, view.pages_apart, pages._data) == (0, None, b"")


def test_the_window_goes_on_while_a_page_takes_too_long_and_it_is_told_once(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, told, turns = slow_paper(), list[Known](), list[bool]()
    facts = page_facts(a_paper(1))
    jobs.known_error.connect(told.append)
    monkeypatch.setattr(process, "MOST_SECONDS", 0.5)
    view = PdfView("The paper")
    qtbot.addWidget(view)
    view.show()
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: turns.append(jobs.busy))
    timer.start()
    view.show_pdf(data, PagesApart(data, facts, jobs))
    qtbot.waitUntil(lambda: bool(told))
    timer.stop()
    view._sheets[0].repaint()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [isinstance(error, Known) and error.message.startswith("The file takes far longer") for error in told] == [True]
    assert sum(turns) >= _TURNS, "while the page was drawn"
    view.clear()
