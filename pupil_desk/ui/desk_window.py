"""The window of whoever has signed in: to close it is to sign out."""

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent

from pupil_desk.ui.window import Window


class DeskWindow(Window):
    """The window, whose closing is a signing out. ``is_gone`` once the person has signed out, and it may close."""

    leaving: Callable[[], None]
    is_gone = False

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self.is_gone:
            event.accept()
            return
        if self.context.making.postpone(self, self.close):
            event.ignore()
            return
        super().closeEvent(event)
        if event.isAccepted():
            self.leaving()
            event.setAccepted(self.is_gone)
