"""Whether a window fits the screen, and whether its words do: the questions that ``survey.py`` asks of each page."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QScrollArea, QTabBar, QToolButton, QWidget

from pupil_desk.ui.kit.papers import pdfview
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.talk.clipped import Clipped
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.kit.words import Elided


@contextmanager
def dots_drawn(dots: list[tuple[float, float]]) -> Iterator[None]:
    """Note, for each page of a document that is drawn on the screen, the dots to the inch it has and those it needs."""
    paint = pdfview._Sheet.paintEvent
    picture = PdfPages.picture

    def paints(sheet: pdfview._Sheet, event: QPaintEvent) -> None:
        def noting(pages: PdfPages, number: int, dots_per_inch: float) -> QImage:
            dots.append((dots_per_inch, sheet._dpi * sheet.screen().devicePixelRatio()))
            return picture(pages, number, dots_per_inch)

        PdfPages.picture = noting  # type: ignore[method-assign]
        paint(sheet, event)
        PdfPages.picture = picture  # type: ignore[method-assign]

    pdfview._Sheet.paintEvent = paints  # type: ignore[method-assign]
    try:
        yield
    finally:
        pdfview._Sheet.paintEvent = paint  # type: ignore[method-assign]


def blurred(window: QWidget, scale: float) -> Iterator[str]:
    """Pictures with fewer dots than the screen has."""
    for part in window.findChildren(QLabel):
        if part.isVisible() and not part.pixmap().isNull() and part.pixmap().devicePixelRatio() < scale:
            yield f"a picture with {part.pixmap().devicePixelRatio()} dots of {scale} in {type(part.parentWidget()).__name__}"
    for part in window.findChildren(QAbstractButton):
        if (
            part.isVisible()
            and not part.icon().isNull()
            and part.icon().pixmap(part.iconSize()).width() < int(part.iconSize().width() * scale)
        ):
            yield f"an icon too small: {part.accessibleName()}"


def faults(window: QWidget, room: QSize) -> Iterator[str]:
    """What does not fit: the window the screen, a part its window, words their widget."""
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    if least.width() > room.width() or least.height() > room.height():
        yield f"asks for {least.width()}x{least.height()}, the screen has {room.width()}x{room.height()}"
    if window.width() > room.width() or window.height() > room.height():
        yield f"is {window.width()}x{window.height()}, the screen has {room.width()}x{room.height()}"
    for part in in_view(window):
        if part.window() is window and not part.visibleRegion().isEmpty() and not isinstance(part, Elided | Clipped):
            if words := cut_words(part):
                yield f"{type(part).__name__} cut: {words}"
            if words := outside(part):
                yield f"{type(part).__name__} out of reach: {words}"
    for part in window.findChildren(QScrollArea):
        if part.isVisible() and part.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways by {part.horizontalScrollBar().maximum()}: {part.widget().objectName() or type(part.widget()).__name__} in {type(part.parentWidget()).__name__}"


def cut_words(part: QWidget) -> str:
    """The words of a label or button for which its place is too small."""
    if isinstance(part, QLabel) and part.text():
        needed = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
        if part.height() + 1 < needed or (not part.wordWrap() and part.width() + 1 < part.sizeHint().width()):
            return f"«{part.text()[:40]}» {part.width()}x{part.height()} of {part.sizeHint().width()}x{needed}"
    elif isinstance(part, QPushButton | QToolButton) and part.text():
        hint = part.sizeHint()
        if part.width() + 1 < hint.width() or part.height() + 1 < hint.height():
            return f"«{part.text()[:40]}» {part.width()}x{part.height()} of {hint.width()}x{hint.height()}"
    elif isinstance(part, QLineEdit) and part.height() < part.fontMetrics().height():
        return f"line «{part.accessibleName()}» {part.height()} high"
    return ""


def outside(part: QWidget) -> str:
    """What is laid out beyond the edge of its parent, where no scroll bar leads."""
    if not isinstance(part, QAbstractButton | QLineEdit | QLabel | QTabBar):
        return ""
    parent = part.parentWidget()
    while parent is not None and not parent.isWindow():
        place = QRect(part.mapTo(parent, QPoint(0, 0)), part.size())
        scrolls = parent.parentWidget() is not None and isinstance(parent.parentWidget().parentWidget(), QScrollArea)
        if not scrolls and not parent.rect().adjusted(-2, -2, 2, 2).contains(place):
            words = part.text() if hasattr(part, "text") else part.accessibleName()
            return (
                ""
                if isinstance(parent.parentWidget(), QScrollArea)
                else f"«{str(words)[:40]}» {place.getRect()} in {type(parent).__name__} {parent.width()}x{parent.height()}"
            )
        if scrolls:
            return ""
        parent = parent.parentWidget()
    return ""
