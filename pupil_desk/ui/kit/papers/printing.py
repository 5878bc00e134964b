"""Sends a document to a printer, page by page, from memory, through the system's own print dialog.

How far the printing is, once that takes longer than a moment, with a way to stop it.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QProgressBar, QWidget

from pupil_desk.basics.apart.process import on_wait
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.jobs import Stopped
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.papers.pdfview import PRINTED, Pages, fit
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.help_text import answers_to_f1
from pupil_desk.ui.kit.watch.making import SHOWN_AFTER
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.words import aligned, button, column_in, label
from pupil_desk.ui.style import tokens

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class NoPrinter(Known):
    """This PC has none."""


class Sending(QDialog):
    """Stands over the window while pages go to the printer: a printer is drawn on where the window is drawn, on one thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._began = monotonic()
        self._is_stopped = False
        self.setWindowTitle(_("Printing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.words = label("", wraps=False)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = button(_("&Stop printing"), self.reject)
        column_in(
            self,
            tokens.M,
            label(_("Sending to the printer"), "subhead"),
            self.words,
            self.bar,
            aligned(self.cancel, Qt.AlignmentFlag.AlignRight),
            left=tokens.XL,
            top=tokens.XL,
            right=tokens.XL,
            bottom=tokens.L,
        )
        self.setMinimumWidth(tokens.FIELD)
        answers_to_f1(self, lambda: "start")

    def step(self, number: int, total: int) -> None:
        """This page of so many is next. Raises Stopped once the person has asked to stop, or the window has been locked."""
        if not self._appears():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(number)
        self.words.setText(_("Page {number} of {total}").format(number=f"{number:,}", total=f"{total:,}"))
        self.look()

    def _appears(self) -> bool:
        """Whether it stands over the window, as it does after a while."""
        if not self.isVisible() and 1_000 * (monotonic() - self._began) >= SHOWN_AFTER:
            self.show()
            announce(self, _("Sending to the printer"))
        return self.isVisible()

    def look(self) -> None:
        """Let the person stop it while a page is drawn apart. Raises Stopped."""
        if not self._appears():
            return
        self.let_in()
        if not shiboken6.isValid(self) or not shiboken6.isValid(self._owner) or not self._owner.isVisible() or self._is_stopped:
            raise Stopped

    def let_in(self) -> None:
        """Let the screen be painted, and the person stop it."""
        QApplication.processEvents()

    def reject(self) -> None:
        """Esc, closing, and the button: stop at the next page."""
        self._is_stopped = True
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping…"))


_NAME, _DUPLEX = "printer/name", "printer/duplex"


def print_pdf(data: bytes, parent: QWidget, *, memory: Memory | None = None, pages: PagesApart | None = None) -> bool:
    """Ask which printer, and print; False when the person cancels, or stops it. Printer and both-sides are remembered.

    ``pages`` are those of a document from outside, which are drawn apart.

    Raises Known when there is no printer, or it does not take it. The name of the print job says nothing of a pupil.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    own_pages = PdfPages(data) if pages is None else None
    try:
        to_print = own_pages or pages
        assert to_print is not None
        printer = _printer(to_print.sizes[0], memory)
        dialog = QPrintDialog(printer, parent)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)  # that would be a copy in the clear
        dialog.setMinMax(1, len(to_print))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        if not accepted or not parent.isVisible():  # the window was locked while the system's dialog stood over it
            return False
        was_sent = _send(to_print, printer, parent)
    finally:
        if own_pages is not None:
            own_pages.close()
    if not was_sent:
        return False
    if memory is not None:
        memory.keep(_NAME, printer.printerName())
        memory.keep(_DUPLEX, printer.duplex().value)
    return True


def _send(pages: Pages, printer: "QPrinter", parent: QWidget) -> bool:
    """Whether all pages were sent, and nobody has stopped it."""
    sending = Sending(parent)
    token = on_wait.set(sending.look)
    try:
        paint_pages(pages, printer, sending.step)
    except Stopped:
        return False
    finally:
        on_wait.reset(token)
        if shiboken6.isValid(sending):
            sending.hide()
            sending.deleteLater()
    return True


def _printer(page: QSizeF, memory: Memory | None) -> "QPrinter":
    """A printer set for paper of that size, in points. Raises Known when there is none."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    saved_name = memory.get(_NAME) if memory is not None else None
    printer_name = printer_to_offer(QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName(), saved_name)
    if printer_name is None:
        raise NoPrinter(_("No printer is set up on this PC. Ask your technician for one."))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(printer_name)
    upright = QSizeF(min(page.width(), page.height()), max(page.width(), page.height()))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setDocName("Pupil Desk")
    if memory is not None and memory.get(_DUPLEX) in {mode.value for mode in QPrinter.DuplexMode}:
        printer.setDuplex(QPrinter.DuplexMode(memory.get(_DUPLEX)))
    return printer


def printer_to_offer(names: Sequence[str], usual: str, saved_name: object) -> str | None:
    """The printer used last if it is still there, else the system's usual one, else any; None when there is none."""
    candidates = [name for name in (saved_name, usual, *names) if isinstance(name, str) and name in names]
    return candidates[0] if candidates else None


def _unwatched_step(_number: int, _total: int) -> None:
    """Nobody watches."""


def paint_pages(pages: Pages, printer: "QPrinter", step: Callable[[int, int], None] = _unwatched_step) -> None:
    """Draw the pages and copies asked for on a printer, true to size. Raises Known when it cannot be reached, or stops.

    ``step`` is told of each page, and may raise Stopped: then the printer is told to forget what it has.
    """
    printer.setFullPage(True)
    numbers = pages_wanted(printer, len(pages))
    _turn(printer, pages.sizes[numbers[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise Known(_("The printer cannot be reached. Check that it is on, or choose another one."))
    try:
        for place, number in enumerate(numbers):
            step(place + 1, len(numbers))
            if place:
                _turn(printer, pages.sizes[number])
                if not printer.newPage():
                    raise Known(_("The printer stopped. Look at its display, then print again."))
            _paint(pages, number, painter, printer)
    except Stopped:
        printer.abort()
        raise
    finally:
        painter.end()


def pages_wanted(printer: "QPrinter", count: int) -> list[int]:
    """The pages to draw, from 0, in order: of the range asked for, and again for each copy that the printer does not make."""
    all_pages, ranges = list(range(count)), printer.pageRanges()
    numbers = all_pages
    if printer.printRange() is printer.PrintRange.PageRange and not ranges.isEmpty():
        numbers = [number for number in all_pages if ranges.contains(number + 1)] or all_pages
    if printer.pageOrder() is printer.PageOrder.LastPageFirst:
        numbers = numbers[::-1]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return numbers * copies
    return [number for number in numbers for _copy in range(copies)]


def _paint(pages: Pages, number: int, painter: QPainter, printer: "QPrinter") -> None:
    size = pages.sizes[number]
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    picture = pages.printed(number, min(PRINTED, printer.resolution()))
    place = fit(QSize(round(size.width()), round(size.height())), paper.translated(-paper.topLeft()))
    painter.drawImage(place, picture)


def _turn(printer: "QPrinter", size: QSizeF) -> None:
    """The next page upright or lying, as the document has it."""
    upright = size.height() >= size.width()
    printer.setPageOrientation(QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape)
