"""The cursor that would go astray: on X11 the display tells late that a list beneath a box had the keys and gave them back.

Whoever types faster than the program draws has chosen in the list and gone on by then. Qt takes the late word for a list that opens, and puts the
cursor back into its box, where what is typed next would be entered.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more


class StrayFocus(QObject):
    """Leaves the cursor where it is when a list is said to get the keys that has closed meanwhile."""

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._qt = qt
        self._stood: QWidget | None = None  # what had the cursor
        self._astray: QWidget | None = None  # where Qt has put it

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, QEvent.Type.FocusIn)
        self._qt.focusWindowChanged.connect(self._on_window)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)
        self._qt.focusWindowChanged.disconnect(self._on_window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt tells the window of the list first, then moves the cursor, and says at the end that it has."""
        if isinstance(watched, QWindow) and _has_closed(watched):
            self._stood = QApplication.focusWidget()
        return False

    def _on_window(self, window: QWindow | None) -> None:
        """See where the cursor was put; once the keys are back with a window in view put it back, unless it has gone on from there."""
        if self._stood is None or window is None:
            return
        if not isValid(self._stood):
            self._stood = None
        elif _has_closed(window):
            self._astray = worked_on_in(self._stood.window())
        elif window.isVisible():
            stood, self._stood = self._stood, None
            if QApplication.focusWidget() is self._astray:
                stood.setFocus(Qt.FocusReason.OtherFocusReason)


def _has_closed(window: QWindow) -> bool:
    return window.type() == Qt.WindowType.Popup and not window.isVisible()
