"""A row of widgets that wraps, so that commands stay in sight at 200 % text size and on narrow screens; and a column that becomes a row."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLabel, QLayout, QLayoutItem, QWidget

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_ONE_ROW = 1.5  # times the height of a control: less high is a line in which no name stands above its box


def turn(layout: QBoxLayout, *, is_row: bool) -> None:
    """Have what stands in a layout stand side by side, or one under the other."""
    layout.setDirection(QBoxLayout.Direction.LeftToRight if is_row else QBoxLayout.Direction.TopToBottom)


class PlacedLayout(QLayout):
    """Items in their order, as high as the width makes them; where each of them stands is the matter of who goes on from here."""

    def __init__(self, parent: QWidget | None, spacing: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._measured: dict[str | int, Any] = {}  # what was asked since something last changed: Qt asks again and again
        self.destroyed.connect(partial(_end, self._items))
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._measured.clear()
        super().invalidate()

    def measured[T](self, what: str | int, work: Callable[[], T]) -> T:
        """What ``work`` measures, worked out once until something in the layout changes."""
        if what not in self._measured:
            self._measured[what] = work()
        return cast("T", self._measured[what])

    def put_first(self, widget: QWidget) -> None:
        """Have a widget stand before all others."""
        self.addWidget(widget)
        self._items.insert(0, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True


def _end(items: list[QLayoutItem], *_gone: object) -> None:
    """A layout of Qt's own ends its items with it; for one of ours nobody else would."""
    for item in items:
        if shiboken6.isValid(item):
            shiboken6.delete(item)
    items.clear()


class FlowLayout(PlacedLayout):
    """Left to right, and on to the next line when the width is used up."""

    _between: int | None = None

    def set_between(self, room: int) -> None:
        """Leave this room between two lines, in place of the spacing."""
        self._between = room
        self.invalidate()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self.measured(width, lambda: self._place(QRect(0, 0, width, 0), only_measure=True))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._place(rect, only_measure=False)
        holder = self.parentWidget()
        if holder is not None and holder.layout() is self:  # else what is around it gives it the height of one line
            holder.setMinimumHeight(self.heightForWidth(rect.width()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.measured("hint", self._hint)

    def _hint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        return self.measured("least", self._least)

    def _least(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, area: QRect, *, only_measure: bool) -> int:
        rect = area.marginsRemoved(self.contentsMargins())
        y = rect.y()
        for place, line in enumerate(self._lines(rect.width())):
            y += (self.spacing() if self._between is None else self._between) if place else 0
            if not only_measure:
                self._lay_out(line, rect, y)
            y += max(size.height() for _item, size in line)
        return y - area.y() + self.contentsMargins().bottom()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands together in each line, and how large each is."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken_width = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _size_of(item, room)
            if not lines or taken_width + self.spacing() + size.width() > room:
                lines.append([])
                taken_width = -self.spacing()
            lines[-1].append((item, size))
            taken_width += self.spacing() + size.width()
        return lines

    def _lay_out(self, line: list[tuple[QLayoutItem, QSize]], rect: QRect, y: int) -> None:
        """Side by side; what likes to grow shares what the line has to spare."""
        growing = [item for item, _size in line if item.expandingDirections() & Qt.Orientation.Horizontal]
        spare = rect.width() - sum(size.width() for _item, size in line) - self.spacing() * (len(line) - 1)
        x, tall = rect.x(), max(size.height() for _item, size in line)
        for item, size in line:
            above = _above(item, tall - size.height(), is_one_row=tall < sized(tokens.TARGET) * _ONE_ROW)
            width = size.width() + (max(0, spare) // len(growing) if item in growing else 0)
            item.setGeometry(QRect(QPoint(x, y + above), QSize(width, size.height())))
            x += width + self.spacing()


def _above(item: QLayoutItem, spare: int, *, is_one_row: bool) -> int:
    """How far down in its line something stands: in the middle of a line of words and controls, and a button, or words, beside boxes that have their
    names above."""
    if is_one_row:
        return spare // 2
    control = item.widget()
    if not isinstance(control, QAbstractButton | QLabel):
        return 0
    lower = (sized(tokens.TARGET) - control.sizeHint().height()) // 2 if isinstance(control, QLabel) else 0
    return min(spare, control.fontMetrics().height() + tokens.XS + max(0, lower))


def _size_of(item: QLayoutItem, room: int) -> QSize:
    """As large as it likes to be; what is wider than the whole line wraps within itself."""
    size = item.sizeHint()
    if size.width() <= room:  # what wraps guesses its height for a width that it does not get: ask for this one
        return QSize(size.width(), item.heightForWidth(size.width())) if item.hasHeightForWidth() else size
    width = max(room, item.minimumSize().width())
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height())
