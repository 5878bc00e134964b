"""Watches for nobody being at the PC, by the clock on the wall, so that sleep counts."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
_WARN_FROM = 30  # seconds before the end


class Idle(QObject):
    """Emits ``expired`` once after so many minutes without input, and ``soon`` with the seconds left near the end.

    ``soon`` carries 0 when someone is back. ``clock`` gives seconds of the wall clock; a clock set back counts as input.
    """

    expired = Signal()
    soon = Signal(int)

    def __init__(self, minutes: float, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock, self._limit = clock, minutes * 60
        self._last, self._warned, self._has_expired = clock(), False, False
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch the whole application."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def set_minutes(self, minutes: float) -> None:
        """Another limit, from now on."""
        self._limit = minutes * 60
        self.touch()

    def touch(self) -> None:
        """Someone is here."""
        self._last, self._has_expired = self._clock(), False
        if self._warned:
            self._warned = False
            self.soon.emit(0)

    def look(self) -> None:
        """Compare with the wall clock; called each second."""
        if self._has_expired:
            return
        elapsed = self._clock() - self._last
        if elapsed < 0:
            self.touch()
        elif elapsed >= self._limit:
            self._has_expired = True
            self.expired.emit()
        elif self._limit - elapsed <= min(_WARN_FROM, self._limit / 2):
            self._warned = True
            self.soon.emit(round(self._limit - elapsed))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _INPUT:
            if self._clock() - self._last >= self._limit:
                self.look()
                return True  # the first key after a sleep must not reach the open file
            self.touch()
        return False
