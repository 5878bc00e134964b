"""The focus where what had it is greyed or gone: it goes to what was worked on, and never to whatever Qt has next.

While a dialog is open the window is not active, and on Linux it is not for a moment after that either: what the answer greys or takes away in it
loses the focus without a word (``focusChanged`` tells of the active window alone). Qt passes it on through ``focusNextPrevChild`` where a
widget is greyed, and chooses anew as the window is activated where it was hidden or deleted.
"""

import weakref
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from pupil_desk.ui.kit.keys import stand_on_tabs, stay_near, stay_within
from pupil_desk.ui.kit.watch.descendants import worked_on_in


class LostFocus(QObject):
    """Watches a window. ``page`` gives the page in view, None before the first; ``begin`` puts the focus where that begins."""

    def __init__(self, window: QMainWindow, rail: QWidget, page: Callable[[], QWidget | None], begin: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._rail, self._page, self._begin = window, rail, page, begin
        self._left: list[weakref.ref[QWidget]] = []  # what had the focus as the window was left, and what that stands in, outwards
        QApplication.instance().focusChanged.connect(self._on_moved)  # type: ignore[union-attr]  # there is one while there is a window
        window.installEventFilter(self)

    def _on_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or before is None or now is None or {before.window(), now.window()} != {self._window}:
            return  # a window that goes away passes the focus from each of its buttons to the next
        if now.focusPolicy() is Qt.FocusPolicy.NoFocus:
            QTimer.singleShot(0, self, self._leave_empty)  # once what a tab turned to shows is there
        self.look_after(before, now)

    def look_after(self, before: QWidget, now: QWidget | None) -> None:
        """Where the focus went from ``before`` to ``now`` since that is greyed or gone, take it back to what was worked on.

        From a field to another it may go; to a button only where somebody put it there, and not while the window is not active, where Qt passes it on.
        """
        page = self._page()
        is_passed_to_button = not self._window.isActiveWindow() and isinstance(now, QAbstractButton)
        is_gone = not (before.isVisible() and before.isEnabled())
        is_in_page = page is not None and page.isAncestorOf(before)
        on_rail = now is not None and self._rail.isAncestorOf(now)
        is_lost = is_gone and is_in_page and (isinstance(before, QAbstractButton) or on_rail or is_passed_to_button)
        if is_lost and not stay_near(before, but=self._rail) and not stand_on_tabs(before):
            self._begin()

    def _leave_empty(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and now.window() is self._window and now.focusPolicy() is Qt.FocusPolicy.NoFocus:
            stand_on_tabs(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isValid(self._window):
            return False
        if event.type() is QEvent.Type.WindowDeactivate:
            self._left = []
            widget = worked_on_in(self._window)
            while widget is not None and widget is not self._window:
                self._left.append(weakref.ref(widget))
                widget = widget.parentWidget()
        elif event.type() is QEvent.Type.WindowActivate:
            self._come_back()
        return False

    def _come_back(self) -> None:
        """Before Qt gives the focus to what has it in the window: is that no more there, to the nearest of what was worked on."""
        left, self._left = self._left, []
        now, page = worked_on_in(self._window), self._page()
        if not left or page is None or (now is not None and now.isVisible()):
            return
        still_there = [widget for ref in left if (widget := ref()) is not None and isValid(widget)]
        if page in still_there and not stay_within(still_there[0], but=self._rail):
            self._begin()
