"""Keys that would go astray: the one that locks, while a dialog or a list stands over the window, a letter with Alt that nothing answers to, and a
shortcut of the window beneath a question that has opened and not yet got the keys."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcutEvent
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
        watch_events(self, QEvent.Type.KeyPress, QEvent.Type.Shortcut)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QShortcutEvent):
            return event.key() != QKeySequence(keys.LOCK.sequence) and _is_beneath(watched, QApplication.activeModalWidget())
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if is_pressed(event, keys.LOCK):
            stands_over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if stands_over is not None:
                QTimer.singleShot(0, self.lock_wanted.emit)
            return stands_over is not None
        return event.modifiers() in _WITH_ALT and len(event.text()) == 1 and event.text().isprintable()


def _is_beneath(shortcut: QObject, dialog: QWidget | None) -> bool:
    """Whether a shortcut, or what its letter presses, stands in another window than the dialog that is open, and than what hangs on that."""
    place = shortcut if isinstance(shortcut, QWidget) else shortcut.parent()
    while isinstance(place, QWidget) and place is not dialog:
        place = place.parentWidget()
    return dialog is not None and place is None
