"""Where the list of a drop-down opens and what may choose from it: beneath its box, as wide as its longest entry, by a press of its own."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QWidget
from shiboken6 import isValid

from pupil_desk.ui.style import tokens

_PLACED = frozenset({QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.Move})


class DropDown(QObject):
    """Keeps the list of a box where it belongs, wherever Qt puts it.

    Nothing is chosen that nobody pointed at: a list that opens under a still pointer keeps its line, and a click that did not begin in the list
    does not end there. ``takes_key`` is asked of each key in the open list whether the box has done all about it.
    """

    def __init__(self, box: QWidget, lines: QAbstractItemView, takes_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(lines)
        self._takes_key = takes_key
        self._box, self._lines, self._popup = box, lines, lines.window()
        self._still_at, self._is_pressed = QCursor.pos(), False
        self._popup.installEventFilter(self)
        if lines is not self._popup:
            lines.installEventFilter(self)
        lines.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._holds:  # an entry was chosen that has the whole form made anew
            return False
        if watched is self._popup and event.type() in _PLACED:
            self.place()
            if event.type() is QEvent.Type.Show:
                self._still_at, self._is_pressed = QCursor.pos(), False
        if watched is self._lines and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_esc(event):
            event.accept()  # it closes the list, and is no Esc of the form around the box
            return True
        if watched is self._lines and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_command(event):
            self._popup.hide()  # what is done by it, such as saving the form, has the list over it no longer
        if watched is self._lines and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if self._popup is self._lines and (_closes(event) or _is_esc(event)):
                self._popup.hide()  # the list of a box that can be typed in: its keys are the text's, and Qt closes it by none of these
                return True
            return self._takes_key(event)
        if not isinstance(event, QMouseEvent) or watched is not self._lines.viewport():
            return False
        if event.type() is QEvent.Type.MouseButtonPress:
            self._is_pressed = True
        if event.type() is QEvent.Type.MouseMove:
            return event.globalPosition().toPoint() == self._still_at
        return event.type() is QEvent.Type.MouseButtonRelease and not self._is_pressed

    @classmethod
    def kept(cls, before: "DropDown | None", box: QWidget, lines: QAbstractItemView, takes_key: Callable[[QKeyEvent], bool]) -> "DropDown":
        """The one from before while it has the list in hand, which PySide may count as gone though Qt has it; else another."""
        return before if before is not None and isValid(before) and before._holds else cls(box, lines, takes_key)

    @property
    def _holds(self) -> bool:
        return isValid(self._lines) and isValid(self._box)

    def place(self) -> None:
        """Put the list there now."""
        place = self._place()
        self._popup.setMinimumWidth(place.width())  # Qt fits the list to its lines once more, after it is shown
        self._popup.setGeometry(place)

    def _place(self) -> QRect:
        """Beneath the box, or above it where there is no room beneath and more of it above; never over it, nor beyond the sides of the screen."""
        box, screen = self._box, self._box.screen().availableGeometry()
        corner, width, height = box.mapToGlobal(box.rect().topLeft()), self._width(), self._popup.height()
        above, beneath = corner.y() - screen.top(), screen.bottom() + 1 - corner.y() - box.height()
        left = max(screen.left(), min(corner.x(), screen.right() + 1 - width))
        if height <= beneath or beneath >= above:
            return QRect(left, corner.y() + box.height(), width, min(height, beneath))
        return QRect(left, corner.y() - min(height, above), width, min(height, above))

    def _width(self) -> int:
        """As wide as the longest entry, no narrower than the box and no wider than the screen."""
        lines, metrics = self._lines, self._lines.fontMetrics()
        model = lines.model()
        longest = max((metrics.horizontalAdvance(str(model.index(row, 0).data())) for row in range(model.rowCount())), default=0)
        bar = lines.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return min(max(self._box.width(), longest + bar + 2 * tokens.L), self._box.screen().availableGeometry().width())


def _is_esc(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


def _is_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() != Qt.Key.Key_Control


def _closes(event: QKeyEvent) -> bool:
    is_with_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return event.key() == Qt.Key.Key_F4 or (is_with_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down))
