"""The pages of a paper with boxes that are drawn on them: by mouse, or from the keyboard alone.

Each box is a widget of its own, so that Tab goes from box to box and a screen reader says its name. What is done with one is told once it rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.requests.boxes import LEAST_SIDE, WHOLE, PageArea
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import column_in, growing
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours

_STEP, _FINE = 50, 10  # parts of a page for an arrow key, and with Ctrl
_REST = 400  # milliseconds after the last key, before what was done is told
_OPAQUE = 165  # of 255: what is beneath can just be read while one works
_ARROWS: Final = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True, slots=True)
class BoxShown:
    """A box to be shown: its identity, its page from 1, where it stands, what is written in it, and what a screen reader says."""

    id: str
    page: int
    area: PageArea
    sign: str
    name: str


class BoxOnPage(QWidget):
    """One box. Arrow keys move it, with Shift they size it, with Ctrl by less; Delete takes it away. The mouse moves it, and sizes it at its lower right corner."""

    rested = Signal(str, object)
    removed = Signal(str)
    entered = Signal(str)

    def __init__(self, layer: "_Layer", box: BoxShown) -> None:
        super().__init__(layer)
        self._layer = layer
        self.box = box
        self.area = box.area
        self.is_chosen = False
        self._grip: tuple[QPoint, PageArea, bool] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self.tell)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        set_role(self, "Graphic")
        self.show_box(box)

    def show_box(self, box: BoxShown) -> None:
        """Show it as it is kept; one that is being moved stays where it is."""
        self.box = box
        if not self._timer.isActive() and self._grip is None:
            self.area = box.area
        self.setAccessibleName(box.name)
        self.setAccessibleDescription(_("Arrow keys move it, Shift and arrow keys size it, Delete takes it away"))
        self.setToolTip(box.name)
        self.fit_to_page()

    def fit_to_page(self) -> None:
        """Put it where it stands on its page, as large as that is shown."""
        width, height = self._layer.width(), self._layer.height()
        left, top = round(self.area.left * width / WHOLE), round(self.area.top * height / WHOLE)
        right, bottom = round(self.area.right * width / WHOLE), round(self.area.bottom * height / WHOLE)
        self.setGeometry(left, top, max(tokens.XS, right - left), max(tokens.XS, bottom - top))
        self.update()

    def tell(self) -> None:
        """What was done with it counts now."""
        self._timer.stop()
        if self.area != self.box.area:
            self.rested.emit(self.box.id, self.area)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _OPAQUE))
        painter.setPen(QColor("white"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.box.sign)
        if self.is_chosen and not self.hasFocus():  # the ring stands around what has the focus
            painter.setPen(QPen(QColor(colours().focus), 2 * tokens.THIN, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(tokens.HAIR, tokens.HAIR, -tokens.THIN, -tokens.THIN))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or modifiers & Qt.KeyboardModifier.AltModifier:
            if event.key() == Qt.Key.Key_Delete and not modifiers:
                self.removed.emit(self.box.id)
                return
            self.tell()  # before whatever the key does, such as to lock
            super().keyPressEvent(event)
            return
        step = _FINE if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
        right_by, down_by = direction[0] * step, direction[1] * step
        self._change(
            self.area.resized(right_by, down_by) if modifiers & Qt.KeyboardModifier.ShiftModifier else self.area.shifted(right_by, down_by)
        )
        self._timer.start()

    def _change(self, area: PageArea) -> None:
        self.area = area
        self.fit_to_page()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.entered.emit(self.box.id)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            point = event.position().toPoint()
            corner = QRect(self.rect().bottomRight() - QPoint(tokens.S, tokens.S), self.rect().bottomRight())
            self._grip = (self.mapToParent(point), self.area, corner.contains(point))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._grip is None:
            return
        start, area, sizes = self._grip
        way = self.mapToParent(event.position().toPoint()) - start
        right_by = round(way.x() * WHOLE / max(1, self._layer.width()))
        down_by = round(way.y() * WHOLE / max(1, self._layer.height()))
        self._change(area.resized(right_by, down_by) if sizes else area.shifted(right_by, down_by))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._grip = None
        self.tell()


class _Layer(QWidget):
    """Lies over one page and is as large: boxes stand in it, and the mouse draws new ones."""

    drew = Signal(int, object)

    def __init__(self, sheet: QWidget, page: int) -> None:
        super().__init__(sheet)
        self._sheet, self._page = sheet, page
        self._start: QPoint | None = None
        self._rubber = QRect()
        self.setCursor(Qt.CursorShape.CrossCursor)
        sheet.installEventFilter(self)
        self._fit()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._sheet and event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._sheet.rect())
        for child in self.children():
            if isinstance(child, BoxOnPage):
                child.fit_to_page()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._start is not None:
            self._rubber = QRect(self._start, event.position().toPoint()).normalized().intersected(self.rect())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        rubber, self._start, self._rubber = self._rubber, None, QRect()
        self.update()
        area = self._area_of(rubber)
        if area.right - area.left >= LEAST_SIDE and area.bottom - area.top >= LEAST_SIDE:
            self.drew.emit(self._page, area)

    def _area_of(self, rectangle: QRect) -> PageArea:
        width, height = max(1, self.width()), max(1, self.height())
        return PageArea(
            left=max(0, rectangle.left() * WHOLE // width),
            top=max(0, rectangle.top() * WHOLE // height),
            right=min(WHOLE, (rectangle.left() + rectangle.width()) * WHOLE // width),
            bottom=min(WHOLE, (rectangle.top() + rectangle.height()) * WHOLE // height),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if not self._rubber.isEmpty():
            painter = QPainter(self)
            painter.fillRect(self._rubber, QColor(0, 0, 0, _OPAQUE))


class BoxedPages(QWidget):
    """A paper from outside with its boxes. ``box_drawn`` carries a page from 1 and an area, ``box_rested`` a box and where it now stands,

    ``box_removed`` and ``box_entered`` a box by its identity.
    """

    box_drawn = Signal(int, object)
    box_rested = Signal(str, object)
    box_removed = Signal(str)
    box_entered = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.view = PdfView(name)
        self._layers: list[_Layer] = []
        self._boxes: dict[str, BoxOnPage] = {}
        column_in(self, tokens.S, growing(self.view))

    def show_paper(self, data: bytes, pages: PagesApart) -> None:
        """Show a paper from its first page, without boxes."""
        self._boxes.clear()
        self.view.show_pdf(data, pages)
        self._layers = []
        for number, sheet in enumerate(self.view.sheets, start=1):
            pause()  # a long paper has two hundred
            self._layers.append(_Layer(sheet, number))
            self._layers[-1].drew.connect(self.box_drawn)

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self._boxes.clear()
        self._layers.clear()
        self.view.clear()

    def show_boxes(self, boxes: Sequence[BoxShown]) -> None:
        """Show these boxes, in the order of Tab, and no others; one that is there already stays the same widget."""
        for box_id in self._boxes.keys() - {box.id for box in boxes}:
            old_box = self._boxes.pop(box_id)
            old_box.hide()
            old_box.deleteLater()
        for box in boxes:
            if box.id in self._boxes:
                self._boxes[box.id].show_box(box)
            else:
                self._boxes[box.id] = self._new(box)
        ordered = [self._boxes[box.id] for box in boxes]
        if ordered:
            tab_after(self.view.document, ordered)

    def _new(self, box: BoxShown) -> BoxOnPage:
        pause()
        widget = BoxOnPage(self._layers[box.page - 1], box)
        widget.rested.connect(self.box_rested)
        widget.removed.connect(self.box_removed)
        widget.entered.connect(self.box_entered)
        widget.entered.connect(lambda _box_id: self.view.show_part(widget))
        widget.show()
        return widget

    def box(self, box_id: str) -> BoxOnPage | None:
        """The widget of a box; None for one that is not shown."""
        return self._boxes.get(box_id)

    def choose(self, box_id: str) -> None:
        """Show which box is worked on, wherever the focus is."""
        for shown_id, widget in self._boxes.items():
            widget.is_chosen = shown_id == box_id
            widget.update()

    def tell_all(self) -> None:
        """What was done with boxes counts now, rested or not."""
        for widget in list(self._boxes.values()):
            widget.tell()

    @property
    def page_in_view(self) -> int:
        """The page in view, from 1."""
        return self.view.current_page() + 1
