"""One figure of the body map, drawn from the shapes of ``resources/safeguarding/body.toml``, with the marks that lie on it.

A mark is placed by the mouse, or by the arrow keys and Enter; at each step the part of the body that the cross is on is said.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.body_map import HEIGHT, WIDTH, BodyMark, figure, sides_of, view_label
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, sized

_SCALE = 1.7  # pixels at 100 % to a step of the grid
_STEP, _FAR = 2, 10  # of the grid, with an arrow key; with Shift
_MARK = 4.5  # of the grid: half as wide as a mark
_CROSS = 4
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class BodyFigure(QWidget):
    """``placed`` carries where a mark is wanted on the grid. ``readonly``: the marks are only looked at."""

    placed = Signal(int, int)

    def __init__(self, view: str, *, readonly: bool = False) -> None:
        super().__init__()
        self.view = view
        self._marks: tuple[tuple[int, BodyMark], ...] = ()
        self._readonly = readonly
        self.cross = (WIDTH // 2, HEIGHT // 4)
        set_role(self, "Graphic")
        self.setAccessibleName(_("{view} of the body").format(view=view_label(view)))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if readonly else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if not readonly:
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.setAccessibleDescription(_("Arrow keys move the cross, Enter places a mark"))

    def show_marks(self, marks: Sequence[tuple[int, BodyMark]]) -> None:
        """Show these, each with its number; those of the other figure are left out."""
        self._marks = tuple((number, mark) for number, mark in marks if mark.view == self.view)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(sized(round(WIDTH * _SCALE)), sized(round(HEIGHT * _SCALE)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    @property
    def _unit(self) -> float:
        """Pixels to a step of the grid, by the room that there is."""
        return min(self.width() / WIDTH, self.height() / HEIGHT)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _ARROWS and not self._readonly:
            far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            step_x, step_y = _ARROWS[key]
            self._move_to(self.cross[0] + step_x * far, self.cross[1] + step_y * far)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not self._readonly:
            self.placed.emit(*self.cross)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._readonly or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.cross = self._on_grid(round(event.position().x() / self._unit), round(event.position().y() / self._unit))
        self.placed.emit(*self.cross)

    def _move_to(self, x: int, y: int) -> None:
        self.cross = self._on_grid(x, y)
        announce(self, BodyMark(self.view, *self.cross, "").part_words)
        self.update()

    def _on_grid(self, x: int, y: int) -> tuple[int, int]:
        return max(0, min(WIDTH, x)), max(0, min(HEIGHT, y))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, unit, look = QPainter(self), self._unit, colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.setBrush(QColor(look.raised))
        for part in figure():
            if part.view == self.view:
                painter.drawEllipse(QPointF(part.x * unit, part.y * unit), part.half_width * unit, part.half_height * unit)
        self._draw_sides(painter)
        font = self.font()
        font.setPixelSize(max(1, round(_MARK * 1.5 * unit)))
        font.setBold(True)
        painter.setFont(font)
        for number, mark in self._marks:
            spot = QPointF(mark.x * unit, mark.y * unit)
            painter.setPen(QPen(QColor(look.bad), 2))
            painter.setBrush(QColor(look.surface))
            painter.drawEllipse(spot, _MARK * unit, _MARK * unit)
            side = 2 * _MARK * unit
            painter.drawText(QRectF(spot.x() - side / 2, spot.y() - side / 2, side, side), Qt.AlignmentFlag.AlignCenter, str(number))
        if self.hasFocus():
            self._draw_cross(painter, unit)

    def _draw_sides(self, painter: QPainter) -> None:
        """The pupil's own left and right, each in the corner above its side, where no part of the figure is."""
        painter.setPen(QColor(colours().muted))
        for side, edge in zip(sides_of(self.view), (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
            painter.drawText(self.rect().adjusted(tokens.XS, tokens.XS, -tokens.XS, 0), edge | Qt.AlignmentFlag.AlignTop, side)

    def _draw_cross(self, painter: QPainter, unit: float) -> None:
        look = colours()
        painter.setPen(QPen(QColor(look.accent), 2))
        x, y, arm = self.cross[0] * unit, self.cross[1] * unit, _CROSS * unit
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
