"""A list of few rows, such as the users: it ends with them, so that what is said of it stands right beneath, and takes no room for none."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_WORDS_OF_NONE = 4 * tokens.HUGE  # height at 100 % in which why it is empty is read


class ShortTable[R](Table[R]):
    """As tall as its rows, and no taller; with less room than that it scrolls. Something that takes the room left over is to stand beneath it."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        tall = height_of(self, len(self.rows) or 1)
        if not self.rows and self.empty is not None:
            tall = max(sized(_WORDS_OF_NONE), height_of(self, 0) + self.empty.whole_height(self.viewport().width()))
        if self.horizontalScrollBar().maximum():
            tall += self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), max(tall, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if not self.rows and event.oldSize().width() != event.size().width():
            self.updateGeometry()  # the words of why it is empty are as tall as they are at its width

    def _settle(self, several: bool) -> None:
        super()._settle(several)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self.updateGeometry())  # the bar takes room, too

    def show_rows(self, rows: Sequence[R]) -> None:
        super().show_rows(rows)
        self.updateGeometry()
