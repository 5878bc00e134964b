"""A chart of a few numbers: bars lying one under the other, or points in time joined by a line; small, upright bars beside words.

Nothing is told by colour alone: each bar has its name and its number in words, and one that is hidden is hatched. A screen
reader is given the whole in a sentence, and each number as the arrow keys go over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, look, sized

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_NAMES = 2 / 5  # of the width, at most, for the names of bars


@dataclass(frozen=True, slots=True)
class Point:
    """One number: its name, its size on the chart's scale, and the number in words. ``size`` None where there is none to show."""

    label: str
    size: float | None
    words: str
    is_hidden: bool = False


class Chart(QWidget):
    """Shows ``points``. ``point_changed`` carries the place of the one that the arrow keys or a click have come to.

    A ``small`` one stands beside words that say the same: upright bars without names, of which the one that the cursor is on is told.
    """

    point_changed = Signal(int)

    def __init__(self, *, small: bool = False) -> None:
        super().__init__()
        self._small = small
        self.points: tuple[Point, ...] = ()
        self.current_index = 0
        self._scale_end, self._line = 1.0, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "Chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if (dress := look()) is not None:
            dress.changed.connect(self._dressed)

    def show_points(self, points: Sequence[Point], *, highest: float, is_line: bool, name: str, description: str) -> None:
        """Show these. ``highest`` is the end of the scale; ``description`` says in a sentence what a person sees."""
        self.points, self._scale_end, self._line = tuple(points), max(highest, 1e-9), is_line
        self.current_index = min(self.current_index, max(0, len(points) - 1))
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.updateGeometry()
        self.update()

    def _dressed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as its bars, or as a line needs."""
        if self._small:
            return QSize(sized(tokens.FIELD) // 2, sized(tokens.XL))
        tall = sized(tokens.HUGE) * 5 if self._line else len(self.points) * self._row() + 2 * tokens.XS
        return QSize(sized(tokens.READING), max(tall, self._row()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(sized(tokens.HUGE) if self._small else sized(tokens.FIELD), self.sizeHint().height())

    def _row(self) -> int:
        return max(sized(tokens.XL), self.fontMetrics().height() + tokens.S)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self.current_index + _STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key is Qt.Key.Key_Home else len(self.points) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = event.position()
        if self.points:
            self._go(
                min(
                    range(len(self.points)),
                    key=lambda index: abs(self._spot(index) - (place.x() if self._line or self._small else place.y())),
                )
            )

    def _spot(self, index: int) -> float:
        if self._small:
            return self._upright(index).center().x()
        return self._x_of(index) if self._line else tokens.XS + (index + 0.5) * self._row()

    def _go(self, index: int) -> None:
        if not self.points:
            return
        self.current_index = max(0, min(len(self.points) - 1, index))
        point = self.points[self.current_index]
        announce(self, f"{point.label}: {point.words}")
        self.point_changed.emit(self.current_index)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._small:
            self._draw_small(painter)
        elif self._line:
            self._draw_line(painter)
        else:
            self._draw_bars(painter)
        if self.hasFocus():
            self._frame(painter, QRectF(self.rect()))

    def _frame(self, painter: QPainter, rect: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().focus), tokens.THIN))
        painter.drawRoundedRect(rect.adjusted(tokens.HAIR, tokens.HAIR, -tokens.HAIR, -tokens.HAIR), tokens.XS, tokens.XS)

    def _upright(self, index: int) -> QRectF:
        """Where one upright bar stands, with the room above it."""
        step = min(self.width() / max(1, len(self.points)), sized(tokens.L))
        return QRectF(index * step, tokens.XS, max(step - tokens.THIN, 1.0), self.height() - 2 * tokens.XS)

    def _draw_small(self, painter: QPainter) -> None:
        scheme = colours()
        for index, point in enumerate(self.points):
            room = self._upright(index)
            painter.fillRect(room, QColor(scheme.line))
            if point.size is not None:
                tall = room.height() * min(1.0, point.size / self._scale_end)
                painter.fillRect(room.adjusted(0, room.height() - tall, 0, 0), QColor(scheme.accent))
            if self.hasFocus() and index == self.current_index:
                self._frame(painter, room.adjusted(-tokens.THIN, -tokens.THIN, tokens.THIN, tokens.THIN))

    def _draw_bars(self, painter: QPainter) -> None:
        metrics, scheme, row = self.fontMetrics(), colours(), self._row()
        widest = max((metrics.horizontalAdvance(point.label) for point in self.points), default=0)
        names = min(widest, round(self.width() * _NAMES)) + tokens.M
        numbers = max((metrics.horizontalAdvance(point.words) for point in self.points), default=0) + tokens.M
        left, room = names + tokens.S, self.width() - names - numbers - 2 * tokens.S
        for index, point in enumerate(self.points):
            top = tokens.XS + index * row
            if self.hasFocus() and index == self.current_index:
                painter.fillRect(QRect(tokens.XS, top, self.width() - 2 * tokens.XS, row), QColor(scheme.accent_soft))
            ink = QColor(scheme.on_accent_soft if self.hasFocus() and index == self.current_index else scheme.text)
            painter.setPen(ink)
            words = metrics.elidedText(point.label, Qt.TextElideMode.ElideRight, names - tokens.S)
            painter.drawText(QRect(tokens.S, top, names - tokens.S, row), _RIGHT, words)
            end = self._bar(painter, point, QRectF(left, top + row * 0.18, room, row * 0.64))
            painter.setPen(ink)
            painter.drawText(QRect(round(end) + tokens.S, top, numbers + tokens.S, row), _LEFT, point.words)
        painter.setPen(QColor(scheme.edge))
        painter.drawLine(left, tokens.XS, left, tokens.XS + len(self.points) * row)

    def _bar(self, painter: QPainter, point: Point, room: QRectF) -> float:
        """Draw one bar; returns where it ends."""
        scheme = colours()
        if point.size is None and not point.is_hidden:
            return room.left()
        if point.is_hidden:
            rect = QRectF(room.left(), room.top(), sized(tokens.L), room.height())
            painter.setPen(QPen(QColor(scheme.edge), tokens.HAIR))
            painter.setBrush(QBrush(QColor(scheme.edge), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(rect)
            return rect.right()
        rect = QRectF(room.left(), room.top(), room.width() * (point.size or 0) / self._scale_end, room.height())
        painter.fillRect(rect, QColor(scheme.accent))
        return rect.right()

    def _plot(self) -> QRectF:
        """Where the points of a line are drawn."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(_number(self._scale_end)) + tokens.M
        below = metrics.height() + tokens.S
        return QRectF(
            left, metrics.height() + tokens.S, self.width() - left - tokens.XL, self.height() - below - metrics.height() - tokens.L
        )

    def _x_of(self, index: int) -> float:
        plot = self._plot()
        return plot.left() + plot.width() * index / max(1, len(self.points) - 1)

    def _up(self, size: float) -> float:
        plot = self._plot()
        return plot.bottom() - plot.height() * size / self._scale_end

    def _draw_line(self, painter: QPainter) -> None:
        plot, scheme = self._plot(), colours()
        for part in (0.0, 0.5, 1.0):
            high = self._up(self._scale_end * part)
            painter.setPen(QColor(scheme.line))
            painter.drawLine(QPointF(plot.left(), high), QPointF(plot.right(), high))
            painter.setPen(QColor(scheme.muted))
            painter.drawText(
                QRectF(0, high - self._row() / 2, plot.left() - tokens.S, self._row()), _RIGHT, _number(self._scale_end * part)
            )
        painter.setPen(QPen(QColor(scheme.accent), tokens.THIN))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in self._runs():
            painter.drawPolyline(QPolygonF([QPointF(self._x_of(index), self._up(self.points[index].size or 0)) for index in run]))
        self._dots(painter)
        self._names_below(painter)

    def _runs(self) -> list[list[int]]:
        """The points that follow each other without one missing."""
        runs: list[list[int]] = [[]]
        for index, point in enumerate(self.points):
            if point.size is None:
                runs.append([])
            else:
                runs[-1].append(index)
        return [run for run in runs if run]

    def _dots(self, painter: QPainter) -> None:
        scheme, plot = colours(), self._plot()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.accent))
        for index, point in enumerate(self.points):
            if point.size is not None:
                painter.drawEllipse(QPointF(self._x_of(index), self._up(point.size)), tokens.THIN + tokens.HAIR, tokens.THIN + tokens.HAIR)
        if not self.hasFocus() or not self.points:
            return
        point, x = self.points[self.current_index], self._x_of(self.current_index)
        painter.setPen(QPen(QColor(scheme.focus), tokens.THIN))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        words = f"{point.label}: {point.words}"
        wide = self.fontMetrics().horizontalAdvance(words)
        painter.setPen(QColor(scheme.text))
        painter.drawText(QPointF(max(plot.left(), min(plot.right() - wide, x - wide / 2)), plot.top() - tokens.S), words)

    def _names_below(self, painter: QPainter) -> None:
        """The names of the points below, as many as have room."""
        metrics, plot = self.fontMetrics(), self._plot()
        widest = max((metrics.horizontalAdvance(point.label) for point in self.points), default=1) + tokens.XL
        stride = max(1, -(-len(self.points) * widest // max(1, round(plot.width()))))
        painter.setPen(QColor(colours().muted))
        for index in range(0, len(self.points), stride):
            wide = metrics.horizontalAdvance(self.points[index].label)
            x = min(self._x_of(index) - (0 if index == 0 else wide / 2), plot.right() + tokens.L - wide)
            painter.drawText(QPointF(x, plot.bottom() + metrics.ascent() + tokens.XS), self.points[index].label)


def _number(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")
