"""A list of few rows, such as the users: it ends with them, so that what is said of it stands right beneath, and takes no room for none."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_WORDS_OF_NONE = 4 * tokens.HUGE  # height at 100 % in which why it is empty is read


class ShortTable[R](Table[R]):
    """As tall as its rows, and no taller; with less room than that it scrolls. Something that takes the room left over is to stand beneath it."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        tall = height_of(self, len(self.rows)) if self.rows else sized(_WORDS_OF_NONE)
        if self.horizontalScrollBar().maximum():
            tall += self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), max(tall, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.sizeHint().height()))

    def _settle(self, several: bool) -> None:
        super()._settle(several)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self.updateGeometry())  # the bar takes room, too

    def show_rows(self, rows: Sequence[R]) -> None:
        super().show_rows(rows)
        self.updateGeometry()
