"""A place for words that change: at every key, such as how many are found, for which Qt lays the whole window out anew, or one in place of another."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class Steady(QWidget):
    """Holds one widget, as wide as there is room, and asks for another place only when that one needs another height."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._child = widget
        widget.setParent(self)
        policy = widget.sizePolicy()
        policy.setHeightForWidth(widget.hasHeightForWidth())
        self.setSizePolicy(policy)
        self._height = self._needed_height(self.width())

    def _needed_height(self, width: int) -> int:
        return self._child.heightForWidth(width) if self._child.hasHeightForWidth() else self._child.sizeHint().height()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return self._child.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._needed_height(width)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._child.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._child.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._height = self._needed_height(self.width())
        self._child.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """The held widget's wish for another place stops here, unless it needs another height."""
        if event.type() is QEvent.Type.LayoutRequest and (height := self._needed_height(self.width())) != self._height:
            self._height = height
            self.updateGeometry()
        return super().event(event)


def one_place(*words: QLabel) -> QGridLayout:
    """The place of words of which one or none is said: as tall as the tallest that is there or keeps its room, so that no gap waits for each."""
    place = QGridLayout()
    for each in words:
        each.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        place.addWidget(each, 0, 0)
    return place


def keep_room(words: QLabel, *, kept: bool = True) -> None:
    """Whether their room stays while others are said in their place, so that what is beneath stays where it is."""
    policy = words.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    words.setSizePolicy(policy)
