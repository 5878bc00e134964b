"""The part of a page that takes the room there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Body(QStackedWidget):
    """One of several views beneath a heading.

    What does not fit scrolls inside the view, so that the page as a whole stands still; only where the view's least size
    finds no room, as at 200 % text size, the page scrolls too.
    """

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        for view in views:
            self.addWidget(view)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """That of the view one sees: a hidden one that needs more does not make the page scroll."""
        view = self.currentWidget()
        return view.minimumSizeHint().expandedTo(view.minimumSize()) if view is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()
