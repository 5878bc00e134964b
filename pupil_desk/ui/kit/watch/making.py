"""What takes long to be made, such as a page, is made in steps, between which the window paints and hears of all but keys and clicks: those
wait, and come in their order to what was made once it is there.

What is long, such as a form, gives the window its turns wherever it is made: between two of its fields (``pause``).

What takes some tenths of a second and touches no widget, such as the lock of a new password, is done beside the window, in the same way.

Where either takes longer than a moment, the pointer says so.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEventLoop, QMetaObject, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.ui.kit.watch.events import unwatched

_STEP = 0.01  # seconds of work until the window has its turn
SHOWN_AFTER = 200  # ms until it is said that the program is busy
AGAIN = 20  # ms after which is asked again whether it is made
_ALL_BUT_INPUT = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


_now: list["Making"] = []  # where something is being made


def pause() -> None:
    """Give the window its turn, where it is due, if what calls this is a part of something that is being made. The part hears of nothing yet."""
    for making in _now:
        making.pause()


def is_in_steps() -> bool:
    """Whether something is half made, and this is one of the turns that the window has meanwhile."""
    return any(making.in_steps for making in _now)


class Making:
    """``in_steps``: whether the window has its turns meanwhile, as it does in the program. ``is_under_way`` while something is made."""

    in_steps, is_under_way = False, False
    _worked = 0.0  # seconds of work of this thread when the window had its last turn

    @contextmanager
    def of(self, appearing: QObject) -> Iterator[Callable[[], None]]:
        """Around the steps in which something is made and comes into view; what it hands over is called between two of them.

        What is made within another is a part of its step: nothing half made hears of anything, and what is handed over gives no turn then.
        """
        if self.is_under_way:
            yield _go_on
            return
        self._worked = 0.0  # what came before in this turn is not known, so the first pause gives another
        with self._under_way(), unwatched(appearing):
            yield self.pause

    def turn(self) -> None:
        """Give the window a turn between two things that are each made in steps, or at the end: with all of it where it belongs, before a click that
        waits is heard, which would else press what is about to go elsewhere."""
        with self.of(QObject()) as pause:
            pause()

    def pause(self) -> None:
        """Give the window its turn, where it is due, while something is made."""
        if self.in_steps and self.is_under_way and time.thread_time() - self._worked > _STEP:
            QCoreApplication.processEvents(_ALL_BUT_INPUT)
            self._worked = time.thread_time()

    def postpone(self, owner: QObject, act: Callable[[], object]) -> bool:
        """Whether something is being made; then ``act`` is tried again shortly, as long as its owner lives.

        It is for what closes the file: what is made may ask it yet. Asked anew at once, it would take a processor all the while.
        """
        if self.is_under_way:
            QTimer.singleShot(AGAIN, owner, act)
        return self.is_under_way

    def beside[T](self, work: Callable[[], T]) -> T:
        """What ``work`` gives, done in a thread of its own while the window goes on. Raises what it raises.

        Unlike a job it stands in no queue, and nothing else is done until it is there: so it is for what ends soon.
        """
        if self.is_under_way or not self.in_steps:
            return work()
        self._worked = float("inf")  # the loop gives the window all its turns
        loop = QEventLoop()
        with self._under_way(), ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside") as worker:
            found = worker.submit(work)
            found.add_done_callback(lambda _found: QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection))
            loop.exec(_ALL_BUT_INPUT)
        return found.result()

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        """Around all of it. The turns of the window are those in which its pointer becomes a busy one, where it takes so long."""
        busy = QTimer(singleShot=True, interval=SHOWN_AFTER)
        busy.timeout.connect(_show_busy)
        if self.in_steps:
            busy.start()
        self.is_under_way = True
        _now.append(self)
        try:
            yield
        finally:
            _now.remove(self)
            self.is_under_way = False
            if self.in_steps and not busy.isActive():
                QApplication.restoreOverrideCursor()


def making_of(part: QWidget) -> Making:
    """That of the window in which something stands; one without steps where it stands in none."""
    making = getattr(part.window(), "making", None)
    return making if isinstance(making, Making) else Making()


def _show_busy() -> None:
    QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)


def _go_on() -> None:
    """No turn for the window."""
