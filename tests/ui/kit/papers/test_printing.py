"""Printing: pages, ranges and copies on the paper that comes out; which printer is offered; and no printer at all."""

import io
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from pupil_desk.basics.errors import Known
from pupil_desk.ui.kit.papers import printing
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.papers.printing import Sending, pages_wanted, paint_pages, print_pdf, printer_to_offer
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.watch.native_dialogs import cancel_native_dialogs

A4 = (595.28, 841.89)


def paper(*shades: float, size: tuple[float, float] = A4) -> bytes:
    """A document whose pages are filled with these shades of grey, by which one knows them again."""
    made = io.BytesIO()
    canvas = Canvas(made, size)
    for shade in shades:
        canvas.setFillGray(shade)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setResolution(150)  # dots an inch: 1200 take a third of a second a page
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def shades_printed(printer: QPrinter, data: bytes) -> list[float]:
    pages = PdfPages(data)
    paint_pages(pages, printer)
    pages.close()
    printed = pypdfium2.PdfDocument(printer.outputFileName())
    shades = []
    for page in printed:
        width, height = page.get_size()
        assert {round(width), round(height)} == {595, 842}
        picture = page.render(scale=0.1, grayscale=True)
        shades.append(round(bytes(picture.buffer)[picture.stride * (picture.height // 2) + picture.width // 2] / 255, 1))
    printed.close()
    return shades


def ask_for(printer: QPrinter, *ranges: tuple[int, int]) -> None:
    asked = QPageRanges()
    for first, last in ranges:
        asked.addRange(first, last)
    printer.setPageRanges(asked)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)


DOCUMENT = paper(0.0, 0.2, 0.4, 0.6, 0.8)


def test_all_pages_come_out_in_order(printer: QPrinter) -> None:
    assert shades_printed(printer, DOCUMENT) == [0.0, 0.2, 0.4, 0.6, 0.8]


def test_only_the_pages_asked_for(printer: QPrinter) -> None:
    ask_for(printer, (2, 2), (4, 5))
    assert shades_printed(printer, DOCUMENT) == [0.2, 0.6, 0.8]


def test_a_range_of_from_and_to_as_the_dialog_of_windows_gives_it(printer: QPrinter) -> None:
    printer.setFromTo(2, 3)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert shades_printed(printer, DOCUMENT) == [0.2, 0.4]


def test_a_range_that_stands_there_and_is_not_chosen_does_not_count(printer: QPrinter) -> None:
    printer.setFromTo(2, 3)
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    assert pages_wanted(printer, 5) == [0, 1, 2, 3, 4]


def test_a_range_beyond_the_document_prints_what_there_is(printer: QPrinter) -> None:
    ask_for(printer, (4, 9))
    assert pages_wanted(printer, 5) == [3, 4]
    ask_for(printer, (8, 9))
    assert pages_wanted(printer, 5) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("collated", "order"), [(True, [0.2, 0.4, 0.2, 0.4]), (False, [0.2, 0.2, 0.4, 0.4])])
def test_copies_that_the_printer_does_not_make_itself(printer: QPrinter, collated: bool, order: list[float]) -> None:
    ask_for(printer, (2, 3))
    printer.setCopyCount(2)
    printer.setCollateCopies(collated)
    assert shades_printed(printer, DOCUMENT) == order


def test_the_last_page_first(printer: QPrinter) -> None:
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_wanted(printer, 3) == [2, 1, 0]


def test_a_lying_page_is_printed_lying(printer: QPrinter) -> None:
    assert shades_printed(printer, paper(0.4, size=(A4[1], A4[0]))) == [0.4]
    printed = pypdfium2.PdfDocument(printer.outputFileName())
    width, height = printed[0].get_size()
    printed.close()
    assert width > height


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_said(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    pages = PdfPages(DOCUMENT)
    with pytest.raises(Known, match="The printer cannot be reached"):
        paint_pages(pages, printer)
    pages.close()


@pytest.mark.parametrize(
    ("names", "usual", "kept", "offered"),
    [
        (["A", "B"], "A", "B", "B"),
        (["A", "B"], "B", None, "B"),
        (["A", "B"], "B", "gone", "B"),
        (["A"], "", None, "A"),
        (["A"], "gone", 7, "A"),
        ([], "", "A", None),
    ],
)
def test_the_printer_used_last_is_offered_if_it_is_there(names: list[str], usual: str, kept: object, offered: str | None) -> None:
    assert printer_to_offer(names, usual, kept) == offered


def test_no_printer_is_said_before_any_dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(Known, match=r"No printer is set up on this PC. Ask your technician"):
        print_pdf(DOCUMENT, window)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, printer: QPrinter) -> list[QPrintDialog]:
    """The dialogs shown: each is answered «Print» at once, and what is printed goes to a file of the test."""
    from pupil_desk.ui.kit.papers import printing

    shown: list[QPrintDialog] = []

    def answered(dialog: QPrintDialog) -> int:
        shown.append(dialog)
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(printing, "_printer", lambda _page, _memory: printer)
    monkeypatch.setattr(QPrintDialog, "exec", answered)
    return shown


def test_the_dialog_is_the_systems_and_offers_no_file(qtbot: QtBot, dialogs: list[QPrintDialog], tmp_path: Path) -> None:
    window, memory = QWidget(), Memory(tmp_path / "window.json")
    qtbot.addWidget(window)
    window.show()
    assert print_pdf(DOCUMENT, window, memory=memory)
    (dialog,) = dialogs
    assert type(dialog) is QPrintDialog  # on Windows that is the system's own
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 5)
    assert memory.get("printer/duplex") == QPrinter.DuplexMode.DuplexNone.value


def test_nothing_is_printed_once_the_window_is_locked(qtbot: QtBot, dialogs: list[QPrintDialog], printer: QPrinter) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.hide()
    assert not print_pdf(DOCUMENT, window)
    assert len(dialogs) == 1
    assert not Path(printer.outputFileName()).exists()


def test_a_short_document_is_sent_without_a_window_over_the_other(
    qtbot: QtBot, dialogs: list[QPrintDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(printing, "SHOWN_AFTER", 1_000_000)
    monkeypatch.setattr(Sending, "show", lambda _self: pytest.fail("it is shown"))
    assert print_pdf(DOCUMENT, window)


def test_a_long_one_says_how_far_it_is(qtbot: QtBot, dialogs: list[QPrintDialog], monkeypatch: pytest.MonkeyPatch) -> None:
    window, told = QWidget(), []
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(printing, "SHOWN_AFTER", 0)
    monkeypatch.setattr(Sending, "let_in", lambda self: told.append(self.words.text()))
    assert print_pdf(DOCUMENT, window)
    assert told == ["Page 1 of 5", "Page 2 of 5", "Page 3 of 5", "Page 4 of 5", "Page 5 of 5"]


def test_it_is_stopped_at_the_next_page(qtbot: QtBot, dialogs: list[QPrintDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    window, memory = QWidget(), Memory(tmp_path / "window.json")
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(printing, "SHOWN_AFTER", 0)
    monkeypatch.setattr(Sending, "let_in", lambda self: self.cancel.click())
    assert not print_pdf(DOCUMENT, window, memory=memory)
    assert memory.get("printer/name") is None


def test_a_lock_while_pages_are_sent_stops_it(qtbot: QtBot, dialogs: list[QPrintDialog], monkeypatch: pytest.MonkeyPatch) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    window = QWidget(around)
    around.show()
    monkeypatch.setattr(printing, "SHOWN_AFTER", 0)
    monkeypatch.setattr(Sending, "let_in", lambda _self: shiboken6.delete(window))
    assert not print_pdf(DOCUMENT, window)


def test_without_dialogs_of_windows_there_is_none_to_cancel() -> None:
    assert cancel_native_dialogs() == 0
