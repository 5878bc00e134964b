"""A place for words that change at every key, such as how many are found: Qt lays the whole window out anew for a label's other words."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Steady(QWidget):
    """Holds one widget, as wide as there is room, and asks for another place only when that one needs another height."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._held = widget
        widget.setParent(self)
        policy = widget.sizePolicy()
        policy.setHeightForWidth(widget.hasHeightForWidth())
        self.setSizePolicy(policy)
        self._height = self._needed(self.width())

    def _needed(self, width: int) -> int:
        return self._held.heightForWidth(width) if self._held.hasHeightForWidth() else self._held.sizeHint().height()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return self._held.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._needed(width)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._held.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._held.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._height = self._needed(self.width())
        self._held.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """The held widget's wish for another place stops here, unless it needs another height."""
        if event.type() is QEvent.Type.LayoutRequest and (height := self._needed(self.width())) != self._height:
            self._height = height
            self.updateGeometry()
        return super().event(event)
