"""Words that stand in a gap of the window, but only where they have room there whole."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.ui.style import tokens

_MOVES = frozenset({QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class Fitting(QLabel):
    """``stands`` carries whether they stand there now; they take no room from what is around the gap."""

    stands = Signal(bool)

    def __init__(self, words: str, gap: QWidget) -> None:
        super().__init__(words, gap)
        self.hide()
        gap.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _MOVES and isinstance(watched, QWidget):
            size, room = self.sizeHint(), watched.size()
            fits = watched.isVisible() and size.width() <= room.width() - 2 * tokens.S and size.height() <= room.height()
            begin = watched.mapTo(watched.window(), QPoint())
            left, top = (room.width() - size.width()) // 2, (room.height() - size.height()) // 2
            even = QPoint(left - (begin.x() + left) % 2, top - (begin.y() + top) % 2)  # of the window: its edges are sharp at 150 % too
            self.setGeometry(QRect(even, QSize(size.width() + size.width() % 2, size.height() + size.height() % 2)))
            self.setVisible(fits)
            self.stands.emit(fits)
        return False
