"""Tabs of which each takes the room that it needs itself."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QTabWidget


class Tabs(QTabWidget):
    """The parts of a page, or of a record, one at a time. ``name`` is for a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setDocumentMode(True)
        for named in (self, self.tabBar()):
            named.setAccessibleName(name)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def turn_silently(self, place: int) -> None:
        """Turn to a tab without telling anybody: for who is asked to stay where something typed is not kept yet."""
        self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """What is in the tab needs another room than before: whoever lays out the tabs is told, which Qt leaves out."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """That of the tab one sees: a hidden one that needs more does not make the page scroll."""
        if self.count() == 0:
            return super().minimumSizeHint()
        seen = self.currentWidget()
        least = seen.minimumSizeHint().expandedTo(seen.minimumSize())
        return QSize(least.width(), least.height() + self.tabBar().sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False
