"""Blocks one under the other, in as many columns as there is room for, read down and then on: as evenly filled as their order allows."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from pupil_desk.ui.kit.flow import PlacedLayout


class ColumnsLayout(PlacedLayout):
    """The blocks in their order. ``least_width`` is that of one column; there are ``most`` columns at most, ``gap`` from one to the next."""

    def __init__(self, parent: QWidget | None, *, least_width: int, most: int, spacing: int, gap: int) -> None:
        super().__init__(parent, spacing)
        self._least_width, self._most, self._gap = least_width, most, gap

    def set_least_width(self, width: int) -> None:
        """Another least width of one column, as with another text size."""
        self._least_width = width
        self.invalidate()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self.measured(width, lambda: max((place.bottom() + 1 for _item, place in self._places(QRect(0, 0, width, 0))), default=0))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        for item, place in self._places(rect):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = self._least_width * self._most + self._gap * (self._most - 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0), 0)

    def _places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        gap, below, items = self._gap, self.spacing(), [item for item in self._items if not item.isEmpty()]
        number = max(1, min(self._most, (rect.width() + gap) // (self._least_width + gap)))
        width = (rect.width() - gap * (number - 1)) // number
        heights = [item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height() for item in items]
        best = _least_bound(heights, number, below)
        places, column, y = [], 0, rect.y()
        for item, height in zip(items, heights, strict=True):
            if y > rect.y() and y + height - rect.y() > best and column < number - 1:
                column, y = column + 1, rect.y()
            places.append((item, QRect(rect.x() + column * (width + gap), y, width, height)))
            y += height + below
        return places


def _least_bound(heights: list[int], number: int, gap: int) -> int:
    """The least height in which blocks fit into so many columns, in their order: read down, then on to the next."""
    low, high = max(heights, default=0), sum(heights) + gap * len(heights)
    while low < high:
        middle = (low + high) // 2
        if _columns_for(heights, middle, gap) <= number:
            high = middle
        else:
            low = middle + 1
    return low


def _columns_for(heights: list[int], bound: int, gap: int) -> int:
    columns, filled = 1, 0
    for height in heights:
        if filled and filled + height > bound:
            columns, filled = columns + 1, 0
        filled += height + gap
    return columns
