"""How tall the rows of a list are, and how many of them are in view at the least, whatever the text size: the page scrolls for it where it must."""

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

LEAST_ROWS: Final = 3
_BESIDE_WORDS: Final = 2 * (tokens.S + tokens.XS)  # pixels of a cell that the template and Qt leave free of words


def fit_rows(view: QTableView) -> int:
    """Have its rows be as tall as their text, and as what is clicked; how tall that is, in pixels."""
    tall = max(sized(tokens.TARGET), view.fontMetrics().height() + tokens.S)
    view.verticalHeader().setMinimumSectionSize(tall)
    view.verticalHeader().setDefaultSectionSize(tall)
    return tall


def height_of(view: QTableView, rows: int) -> int:
    """The height in which so many rows are in view beneath the headings."""
    heading = max(view.horizontalHeader().sizeHint().height(), view.horizontalHeader().minimumHeight())
    return heading + rows * view.verticalHeader().defaultSectionSize() + 2 * tokens.THIN


def least_height(view: QTableView) -> int:
    """The height under which no list comes, unless it says that it is content with less."""
    return max(tokens.HUGE * 4, height_of(view, LEAST_ROWS))


def keep_rows(view: QTableView, rows: int = LEAST_ROWS) -> None:
    """Have a list be content with so many rows, where the rest of the room is for what stands beneath it."""
    view.setMinimumHeight(height_of(view, rows))


class WholeRows(QTableView):
    """A list whose last row in view is seen whole: the ground lies over the next one, of which the lower edge leaves a part.

    Over none that is current or chosen, nor over one of several lines, which is read as far as it goes.
    """

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if (cut := self._cut_row()).isValid():
            painter = QPainter(self.viewport())
            painter.fillRect(cut, self.palette().base())
            painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """What Qt moves as it is painted may lie under the ground no longer, or come to."""
        super().scrollContentsBy(dx, dy)
        if dy:
            self.viewport().update()

    def indexAt(self, place: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Nothing is pressed, hovered or told of where the ground lies over a row: nobody sees which it is."""
        return QModelIndex() if self._cut_row().contains(place) else super().indexAt(place)

    def _cut_row(self) -> QRect:
        """What is in view of a row that the lower edge cuts, where the ground lies over it."""
        view_rect = self.viewport().rect()
        row = self.rowAt(view_rect.bottom())
        top, tall = self.rowViewportPosition(row), self.rowHeight(row)
        is_cut = row >= 0 and top > 0 and top + tall > view_rect.bottom() + 1 and tall <= self.verticalHeader().defaultSectionSize()
        is_free = is_cut and row != self.currentIndex().row() and not self.selectionModel().isRowSelected(row)
        return view_rect.adjusted(0, top, 0, 0) if is_free else QRect()


class _Breaking(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        option.text = _breaking(option.text)


def _breaking(words: str) -> str:
    """With places at which an address for e-mail may go on in another line, which are not seen."""
    return re.sub(r"(?<=[@./_-])(?=\w)", "\u200b", words)


class WrappedRows(QObject):
    """Has the words of a table wrap, and each row as tall as its words need in the columns as they are: for a few hundred rows at the most.

    Qt by itself forgets the template's space beside the words, and asks no more once a column has another width.
    """

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setItemDelegate(_Breaking(view))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        view.model().modelReset.connect(self._soon.start)
        view.horizontalHeader().sectionResized.connect(lambda *_sizes: self._soon.start())

    def fit(self) -> None:
        """Make each row as tall as it has to be now. Most rows of a list say the same as others, so each text is measured once."""
        view, model, metrics = self._view, self._view.model(), self._view.fontMetrics()
        gap = 2 * (
            view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1
        )  # between a sign and the words, as Qt has it
        tall, sign = view.verticalHeader().minimumSectionSize(), view.iconSize().width() + gap
        columns = [
            (place, view.columnWidth(place) - _BESIDE_WORDS) for place in range(model.columnCount()) if not view.isColumnHidden(place)
        ]
        width, height = cache(metrics.horizontalAdvance), cache(self._height)
        for row in range(model.rowCount()):
            row_height = tall
            for place, room in columns:
                words = str(model.index(row, place).data() or "")
                if "\n" in words or width(words) > room - sign:
                    sign_width = sign if model.index(row, place).data(Qt.ItemDataRole.DecorationRole) is not None else 0
                    row_height = max(row_height, height(words, room - sign_width) + tokens.S)
            if view.rowHeight(row) != row_height:
                view.setRowHeight(row, row_height)

    def _height(self, words: str, room: int) -> int:
        return self._view.fontMetrics().boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, _breaking(words)).height()
