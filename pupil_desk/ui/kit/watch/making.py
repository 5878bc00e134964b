"""What takes long to be made, such as a page, is made in steps, between which the window paints and hears of all but keys and clicks: those
wait, and come in their order to what was made once it is there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject

from pupil_desk.ui.kit.watch.events import unwatched

_STEP = 0.02  # seconds of work until the window has its turn


class Making:
    """``in_steps``: whether the window has its turns meanwhile, as it does in the program. ``is_under_way`` while something is made."""

    in_steps, is_under_way = False, False

    @contextmanager
    def of(self, appearing: QObject) -> Iterator[Callable[[], None]]:
        """Around the steps in which something is made and comes into view; what it hands over is called between two of them.

        What is made within another is a part of its step: nothing half made hears of anything.
        """
        if self.is_under_way:
            yield _go_on
            return
        self.is_under_way = True
        worked = time.thread_time()

        def pause() -> None:
            nonlocal worked
            if self.in_steps and time.thread_time() - worked > _STEP:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
                worked = time.thread_time()

        try:
            with unwatched(appearing):
                yield pause
        finally:
            self.is_under_way = False


def _go_on() -> None:
    """No turn for the window."""
