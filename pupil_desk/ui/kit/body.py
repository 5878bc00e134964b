"""The part of a page that takes the room there is."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class Body(QStackedWidget):
    """One of several views beneath a heading. What does not fit scrolls inside the view, and the page as a whole stands still."""

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for view in views:
            self.addWidget(view)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False
