"""The cursor that would go astray: on X11 the display tells late that a list beneath a box had the keys and gave them back.

Whoever types faster than the program draws has chosen in the list and gone on by then. Qt takes the late word for a list that opens, and puts the
cursor back into its box, where what is typed next would be entered: in the box's own window, though a dialog may be in front by then.
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
        self._stood: QWidget | None = None  # what had the cursor in the window of the list
        self._astray: QWidget | None = None  # where Qt has put it

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress)
        self._qt.focusWindowChanged.connect(self._on_window)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)
        self._qt.focusWindowChanged.disconnect(self._on_window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt tells the window of the list first, then moves the cursor, and says at the end that it has."""
        if event.type() is QEvent.Type.MouseButtonPress:
            if self._astray is not None and isinstance(watched, QWidget) and isValid(self._astray) and _is_within(watched, self._astray):
                self._forget()  # where it has gone astray to, somebody wants it
        elif isinstance(watched, QWindow) and _has_closed(watched) and (window := _window_beneath(watched)) is not None:
            self._stood = worked_on_in(window)
        return False

    def _on_window(self, window: QWindow | None) -> None:
        """See where the cursor was put; once the keys are back with that window put it back, unless it has gone on from there."""
        stood = self._stood
        if stood is None or window is None:
            return
        if not isValid(stood):
            self._forget()
        elif _has_closed(window):
            self._astray = worked_on_in(stood.window())
        elif window is stood.window().windowHandle():
            is_astray = QApplication.focusWidget() is self._astray
            self._forget()
            if is_astray and stood.isVisible() and stood.isEnabled():
                stood.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._stood = self._astray = None


def _has_closed(window: QWindow) -> bool:
    return window.type() == Qt.WindowType.Popup and not window.isVisible()


def _window_beneath(popup: QWindow) -> QWidget | None:
    """The window with the box that a list is of: its own, as of a drop-down, or the one that it gives its keys to, as what completes words does."""
    view = next((widget for widget in QApplication.topLevelWidgets() if widget.windowHandle() is popup), None)
    box = (view.focusProxy() or view.parentWidget()) if view is not None else None
    return box.window() if box is not None else None


def _is_within(widget: QWidget, part: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)
