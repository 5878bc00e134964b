"""The field in which one types to find a line of a list beneath it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_OF_TABLE = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class FindBox(QLineEdit):
    """The arrows go through the list, Enter chooses, Esc leaves. ``name`` is its accessible name, ``table`` the list when it is there."""

    chose = Signal()
    left = Signal()

    def __init__(self, name: str, table: Callable[[], QWidget]) -> None:
        super().__init__()
        self._table = table
        self.setClearButtonEnabled(True)
        self.setAccessibleName(name)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in _OF_TABLE:
            QApplication.sendEvent(self._table(), event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chose.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False
