"""A line of words that ends in dots where it has no room, and says the whole under the mouse and to screen readers."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from pupil_desk.ui.kit.words import tip


class Elided(QLabel):
    """For the status bar, whose parts share what room there is."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        room = self.contentsRect()
        full_text = self.text()
        elided = self.fontMetrics().elidedText(full_text, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if elided == full_text else tip(full_text))
        if elided == full_text:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(painter, room, self.alignment(), self.palette(), self.isEnabled(), elided, self.foregroundRole())
