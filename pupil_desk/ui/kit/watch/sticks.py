"""Sees by itself that a stick was plugged in or pulled."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.pc.drives import plugged_in

_EVERY = 2_000  # ms between two looks


class StickWatch(QObject):
    """While a widget is in view, ``look`` is called whenever another stick is plugged in than at the last look: ``mark_seen`` says that there was one."""

    def __init__(self, owner: QWidget, look: Callable[[], object]) -> None:
        super().__init__(owner)
        self.plugged = plugged_in  # tests put another in its place
        self._look = look
        self._last_seen: object = None
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.ask)
        owner.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether it looks for sticks now."""
        return self._timer.isActive()

    def mark_seen(self) -> None:
        """What is plugged in now is known."""
        self._last_seen = self.plugged()

    def ask(self) -> None:
        """Look again if something was plugged in or pulled since."""
        if self.plugged() != self._last_seen:
            self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show:
            if self._last_seen is not None:
                self.ask()
            self._timer.start()
        elif event.type() is QEvent.Type.Hide:
            self._timer.stop()
        return super().eventFilter(watched, event)
