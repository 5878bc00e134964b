"""Shows a document before it is printed, and prints it: both from memory, never through a file."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import POINT
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.making import making_of, pause
from pupil_desk.ui.kit.words import button, column_in, growing, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_FIT = 0  # as wide as there is room
_SCREEN = 96.0  # dots to the inch at 100 %
PRINTED = 300.0  # most dots to the inch sent to a printer: at 600 the notices of sixty pupils are 40 GB in its queue


type Pages = PdfPages | PagesApart


def _close(documents: Iterable[Pages], *_of_qt: object) -> None:
    for pages in documents:
        pages.close()


class _Sheet(QWidget):
    """One page on the screen; drawn when it comes into view."""

    def __init__(self, pages: Pages, number: int, dots_per_inch: float) -> None:
        super().__init__()
        self._pages, self._number = pages, number
        self.draw_at(dots_per_inch)
        self.setAccessibleName(_("Page {number} of {all}").format(number=number + 1, all=len(pages)))
        self.setAccessibleDescription(pages.words(number))

    def draw_at(self, dots_per_inch: float) -> None:
        """Draw it with so many dots to the inch."""
        self._dpi = dots_per_inch
        size = self._pages.sizes[self._number]
        self.setFixedSize(round(size.width() * dots_per_inch / POINT), round(size.height() * dots_per_inch / POINT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        sharp = self.devicePixelRatioF()
        picture = self._pages.picture(self._number, self._dpi * sharp)
        picture.setDevicePixelRatio(sharp)
        painter = QPainter(self)
        if picture.width() + 1 < round(self.width() * sharp):  # too large a page to be drawn as fine as it is shown
            painter.drawImage(self.rect(), picture)
        else:
            painter.drawImage(0, 0, picture)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PdfView(QWidget):
    """A document with its pages one below the other. PageUp and PageDown turn pages, Ctrl+plus and Ctrl+minus zoom."""

    page_turned = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._open: list[Pages] = []  # what is closed when the view goes: nothing of a paper stays in memory without one
        self.destroyed.connect(partial(_close, self._open))
        self._data = b""
        self._zoom = _FIT
        self._sheets: list[_Sheet] = []
        self._area = self._make_area(name)
        self.where = label("", "muted", wraps=False)
        self.where.setMinimumHeight(sized(tokens.TARGET))  # in one line with the buttons beside it
        self._tools = QWidget()
        policy = self._tools.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._tools.setSizePolicy(policy)
        self._tools.hide()  # over nothing they have nothing to turn
        bar = FlowLayout(self._tools, tokens.S)  # they go on to a second line where there is no room for one
        tools = (
            self._tool("caret-up", _("Page before"), lambda: self.turn(-1)),
            self._tool("caret-down", _("Next page"), lambda: self.turn(1)),
            self._tool("magnifying-glass-minus", _("Smaller"), lambda: self.zoom(-1)),
            self._tool("magnifying-glass-plus", _("Larger"), lambda: self.zoom(1)),
            self._tool("arrows-out-line-horizontal", _("As wide as there is room"), lambda: self.zoom(0)),
        )
        for tool in (*tools, self.where):  # the words are the last, since they are as wide as another paper has pages
            bar.addWidget(tool)
        column_in(self, tokens.S, self._tools, growing(self._area))
        tab_after(tools[-1], [self._area])
        self.setMinimumSize(tokens.FIELD, tokens.HUGE * 5)  # below that a page at its smallest would not fit

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Given the focus by a page: the document takes it. A focus proxy would hide the buttons from Tab."""
        self._area.setFocus(event.reason())

    def _make_area(self, name: str) -> QScrollArea:
        area = scrolled(QWidget(), gap=0)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(area, "Document")
        area.setAccessibleName(name)
        area.verticalScrollBar().valueChanged.connect(self._say_where)
        return area

    def _tool(self, sign: str, words: str, run: Callable[[], object]) -> QWidget:
        tool = button("", run, "quiet", icon_name=sign)
        tool.setAccessibleName(words)
        tool.setToolTip(words)
        tool.setFixedSize(QSize(sized(tokens.TARGET), sized(tokens.TARGET)))
        return tool

    @property
    def data(self) -> bytes:
        """The document shown; empty for none."""
        return self._data

    @property
    def sheets(self) -> Sequence[QWidget]:
        """The pages as they are shown, in order: what is laid over one stands in it."""
        return self._sheets

    @property
    def document(self) -> QWidget:
        """What scrolls, and has the focus while one reads."""
        return self._area

    def show_part(self, part: QWidget) -> None:
        """Scroll to something that stands in a page."""
        self._area.ensureWidgetVisible(part, tokens.XL, tokens.XL)

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self._sheets)

    def show_pdf(self, data: bytes, pages: PagesApart | None = None) -> None:
        """Show a document from its first page; one from outside by its pages, which are drawn apart."""
        self._put_away()
        self._data = data
        opened = pages or making_of(self).beside(lambda: PdfPages(data))  # the library takes a moment to read
        if self._data is not data:  # another is shown since, or none
            opened.close()
            return
        self._pages = opened
        if pages is not None:
            pages.drawn.connect(self._update_sheet)
        self._open.append(self._pages)
        self._build()

    def _update_sheet(self, number: int) -> None:
        if number < len(self._sheets):
            self._sheets[number].update()

    @property
    def pages_apart(self) -> PagesApart | None:
        """The pages of a document from outside; None for one of ours."""
        return self._pages if isinstance(self._pages, PagesApart) else None

    def clear(self) -> None:
        """Show nothing."""
        self._put_away()
        self._tools.hide()

    def _put_away(self) -> None:
        self._sheets = []  # before they go: the scroll bar, which then returns to the top, asks where they are
        self._area.setWidget(QWidget())
        if self._pages is not None:
            self._pages.close()
        self._open.clear()
        self._pages, self._data = None, b""
        self.where.setText("")

    def zoom(self, direction: int) -> None:
        """A step larger or smaller, 50 to 300 per cent; 0 fits the width."""
        now = self._percent()
        next_zooms = [step for step in _ZOOMS if (step > now + 1 if direction > 0 else step < now - 1)]
        if direction == 0:
            self._zoom = _FIT
        elif next_zooms:
            self._zoom = next_zooms[0] if direction > 0 else next_zooms[-1]
        self._draw()

    def _percent(self) -> float:
        if self._zoom != _FIT or self._pages is None:
            return self._zoom or 100
        widest = max(size.width() for size in self._pages.sizes) * _SCREEN / POINT
        room = self.width() - 2 * tokens.M - tokens.XL
        return max(25.0, min(150.0, room / widest * 100))

    def _draw(self) -> None:
        for sheet in self._sheets:
            sheet.draw_at(_SCREEN * self._percent() / 100)
        self._say_where()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._zoom == _FIT:
            self._draw()

    def turn(self, count: int) -> None:
        """So many pages on, or back."""
        if self._sheets:
            place = max(0, min(len(self._sheets) - 1, self.current_page() + count))
            self._area.verticalScrollBar().setValue(self._sheets[place].y() - tokens.M)

    def current_page(self) -> int:
        """The page in view, from 0."""
        top = self._area.verticalScrollBar().value() + self._area.viewport().height() // 3
        return max((place for place, sheet in enumerate(self._sheets) if sheet.y() <= top), default=0)

    def middle_in_view(self) -> float:
        """How far down the page in view the middle of what is seen of it lies: 0 at its top, 1 at its foot."""
        sheet, top = self._sheets[self.current_page()], self._area.verticalScrollBar().value()
        seen_from, seen_to = max(top, sheet.y()), min(top + self._area.viewport().height(), sheet.y() + sheet.height())
        return max(0.0, min(1.0, ((seen_from + seen_to) / 2 - sheet.y()) / max(1, sheet.height())))

    def go_to(self, page: int, height: float) -> None:
        """Scroll to a place of a page, from 0, as ``middle_in_view`` gives it, once the pages have their places."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(page, height))

    def _scroll_to(self, page: int, height: float) -> None:
        if page < len(self._sheets):
            sheet = self._sheets[page]
            self._area.verticalScrollBar().setValue(sheet.y() + round(sheet.height() * height) - self._area.viewport().height() // 2)

    def _build(self) -> None:
        assert self._pages is not None
        ground = QWidget()
        column = column_in(ground, tokens.L, left=tokens.M, top=tokens.M, right=tokens.M, bottom=tokens.M)
        sheets, dots_per_inch = list[_Sheet](), _SCREEN * self._percent() / 100
        for number in range(len(self._pages)):
            pause()
            sheets.append(_Sheet(self._pages, number, dots_per_inch))
            column.addWidget(sheets[-1], 0, Qt.AlignmentFlag.AlignHCenter)
        self._sheets = sheets
        column.addStretch(1)
        self._area.setWidget(ground)
        self._tools.show()
        self._say_where()

    def _say_where(self) -> None:
        if self._sheets:
            words = _("Page {number} of {all} at {zoom} %")
            self.where.setText(words.format(number=self.current_page() + 1, all=len(self._sheets), zoom=round(self._percent())))
            self.page_turned.emit(self.current_page())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif with_control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(-1 if event.key() == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)


def fit(page: QSize, paper: QRect) -> QRect:
    """Where a page goes on the paper: as large as it fits, in the middle."""
    size = page.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = paper.left() + (paper.width() - size.width()) // 2, paper.top() + (paper.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
