"""Sends a document to a printer, page by page, from memory."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.memory import Memory
from pupil_desk.ui.kit.pdfpages import PdfPages
from pupil_desk.ui.kit.pdfview import PRINTED, fit

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_pdf(data: bytes, parent: QWidget, *, memory: Memory | None = None) -> bool:
    """Ask which printer, and print; False when the person cancels. Printer and both-sides are remembered.

    Raises Known when the printer does not take it. The name of the print job says nothing of a pupil.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName("Pupil Desk")
    if memory is not None:
        printer.setPrinterName(str(memory.get("printer/name", printer.printerName())))
        printer.setDuplex(QPrinter.DuplexMode(int(memory.get("printer/duplex", 0))))
    dialog = QPrintDialog(printer, parent)
    pages = PdfPages(data)
    try:
        dialog.setMinMax(1, len(pages))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        paint_pages(pages, printer)
    finally:
        pages.close()
    if memory is not None:
        memory.put("printer/name", printer.printerName())
        memory.put("printer/duplex", printer.duplex().value)
    return True


def paint_pages(pages: PdfPages, printer: "QPrinter") -> None:
    """Draw the pages asked for on a printer, true to size. Raises Known when it cannot be reached."""
    printer.setFullPage(True)
    first = printer.fromPage() or 1
    last = min(printer.toPage() or len(pages), len(pages))
    _turn(printer, pages.sizes[first - 1])
    painter = QPainter()
    if not painter.begin(printer):
        raise Known(_("The printer cannot be reached. Check that it is on, or choose another one."))
    try:
        for number in range(first - 1, last):
            size = pages.sizes[number]
            if number > first - 1:
                _turn(printer, size)
                printer.newPage()
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            picture = pages.picture(number, min(PRINTED, printer.resolution()))
            painter.drawImage(fit(QSize(round(size.width()), round(size.height())), paper.translated(-paper.topLeft())), picture)
    finally:
        painter.end()


def _turn(printer: "QPrinter", size: QSizeF) -> None:
    """The next page upright or lying, as the document has it."""
    upright = size.height() >= size.width()
    printer.setPageOrientation(QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape)
