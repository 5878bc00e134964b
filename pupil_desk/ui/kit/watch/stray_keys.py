"""Keys that would go astray: the one that locks, while a dialog or a list stands over the window, and a letter with Alt that nothing answers to."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import is_pressed
from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more

_WITH_ALT = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)


class StrayKeys(QObject):
    """``lock_wanted``: Ctrl+L was pressed where the window itself does not hear it. What is typed next would be a password, into whatever is open.

    A letter with Alt is the underlined one of a button; Qt types it where no button has it.
    """

    lock_wanted = Signal()

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, QEvent.Type.KeyPress)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if is_pressed(event, keys.LOCK):
            stands_over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if stands_over is not None:
                QTimer.singleShot(0, self.lock_wanted.emit)
            return stands_over is not None
        return event.modifiers() in _WITH_ALT and len(event.text()) == 1 and event.text().isprintable()
