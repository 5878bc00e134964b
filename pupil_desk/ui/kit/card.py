"""A card that is never lower than its words are at its width: where there is no room for them, the page scrolls."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame


class Card(QFrame):
    """A framed surface for what belongs together, as tall as what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Qt's own is that of words one under the other, or, of words that may be cut, none."""
        least_size = super().minimumSizeHint()
        return QSize(least_size.width(), self.heightForWidth(max(self.width(), least_size.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
