"""Whether Ctrl is held for itself, and not for a key that is pressed at once with it: then the keys that go with it are shown."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more

HELD = 400  # ms: whoever knows the key has pressed it by then, and sees nothing flicker


class HeldCtrl(QObject):
    """``changed`` carries whether it is held. It is let go too where the window is left for another program meanwhile."""

    changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_held = False
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(lambda: self._tell(is_held=True))

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.WindowDeactivate)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)
        self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Control:
            if not self._is_held and not self._waiting.isActive():
                self._waiting.start(HELD)
        else:  # another key, Ctrl let go, or another program
            self._let_go()
        return False

    def _let_go(self) -> None:
        self._waiting.stop()
        if self._is_held:
            self._tell(is_held=False)

    def _tell(self, *, is_held: bool) -> None:
        self._is_held = is_held
        self.changed.emit(is_held)
