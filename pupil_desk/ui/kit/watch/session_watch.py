"""Tells that the person has left the PC by its own doors: screen locked, user switched, remote desk cut, sleep, shutdown.

Windows says so in messages to the window (security reference, 3.5): WM_WTSSESSION_CHANGE to a window that asked for it,
WM_POWERBROADCAST and WM_ENDSESSION to every window. On any system Qt tells of the end of the session.

Watches for nobody being at the PC, by the clock on the wall, so that sleep counts.
"""

import ctypes
import logging
import sys
import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more

_log = logging.getLogger(__name__)

# Names and numbers of winuser.h and wtsapi32.h.
WM_ENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0016, 0x0218, 0x02B1
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 2, 4, 6, 7
PBT_APMSUSPEND, PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC = 4, 7, 18
_THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION


class Left(StrEnum):
    """How the person left."""

    LOCKED = "locked"
    SWITCHED = "switched"
    DISCONNECTED = "disconnected"
    ASLEEP = "asleep"
    ENDING = "ending"


_MEANINGS = {
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): Left.LOCKED,
    (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT): Left.SWITCHED,
    (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT): Left.DISCONNECTED,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOGOFF): Left.ENDING,
    (WM_POWERBROADCAST, PBT_APMSUSPEND): Left.ASLEEP,
    # A PC that lost its current in standby says nothing on the way down, but it does on the way up.
    (WM_POWERBROADCAST, PBT_APMRESUMESUSPEND): Left.ASLEEP,
    (WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC): Left.ASLEEP,
}
_WATCHED = frozenset({WM_ENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE})


def meaning(message: int, wparam: int) -> Left | None:
    """What a message of Windows says of the person; None when nobody left."""
    if message == WM_ENDSESSION:  # wparam 0: another program has stopped the shutdown
        return Left.ENDING if wparam else None
    return _MEANINGS.get((message, wparam))


class _Message(ctypes.Structure):
    """The beginning of Windows' MSG."""

    _fields_ = (("window", ctypes.c_void_p), ("number", ctypes.c_uint), ("wparam", ctypes.c_size_t))


class Messages(QAbstractNativeEventFilter):
    """Reads the number of each message that the program gets, thousands of them, and hands on the few that are watched."""

    def __init__(self, on_message: Callable[[int, int], None]) -> None:
        super().__init__()
        self._on_message = on_message

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, address: int) -> object:  # noqa: N802 - Qt's name
        message = _Message.from_address(int(address))  # shiboken hands over a pointer of its own kind
        if message.number in _WATCHED:
            self._on_message(message.number, message.wparam)
        return False, 0


class SessionWatch(QObject):
    """Emits ``left`` with a ``Left`` as the person leaves, before the PC sleeps or ends: who hears it acts at once."""

    left = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window, self._registered, self._watching = window, 0, False
        self._messages = Messages(self.on_message)

    def start(self) -> None:
        """Begin to watch; the window is on the screen."""
        self._watching = True
        _application().commitDataRequest.connect(self.ending)
        if sys.platform == "win32":
            _application().installNativeEventFilter(self._messages)
            self._window.installEventFilter(self)
            self._register()

    def stop(self) -> None:
        """Watch no more. A second call does nothing."""
        if not self._watching:
            return
        self._watching = False
        _application().commitDataRequest.disconnect(self.ending)
        if sys.platform == "win32":
            _application().removeNativeEventFilter(self._messages)
            self._window.removeEventFilter(self)
            self._unregister()

    def on_message(self, message: int, wparam: int) -> None:
        """A message of Windows."""
        meaning_found = meaning(message, wparam)
        if meaning_found is not None:
            self.left.emit(meaning_found)

    def ending(self, _manager: QSessionManager) -> None:
        """The system asks every program to keep what it holds: it is about to end the session."""
        self.left.emit(Left.ENDING)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.WinIdChange:  # Qt made the window anew, and Windows knows only the old one
            self._register()
        return super().eventFilter(watched, event)

    def _register(self) -> None:
        self._unregister()
        if sys.platform == "win32":
            self._registered = _asked_for(self._window)

    def _unregister(self) -> None:
        if sys.platform == "win32" and self._registered:
            _let_go(self._registered)
        self._registered = 0


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


if sys.platform == "win32":

    def _asked_for(window: QWidget) -> int:
        """The handle for which Windows will send WM_WTSSESSION_CHANGE; 0 when it will not."""
        handle = int(window.winId())
        try:
            wts = ctypes.WinDLL("wtsapi32", use_last_error=True)
            wts.WTSRegisterSessionNotification.argtypes = [ctypes.c_void_p, ctypes.c_uint]
            wts.WTSRegisterSessionNotification.restype = ctypes.c_int
            if wts.WTSRegisterSessionNotification(handle, _THIS_SESSION):
                return handle
            _log.warning("Windows will not tell of the session: error %d", ctypes.get_last_error())
        except (OSError, AttributeError):
            _log.warning("Windows cannot tell of the session")
        return 0

    def _let_go(handle: int) -> None:
        wts = ctypes.WinDLL("wtsapi32", use_last_error=True)
        wts.WTSUnRegisterSessionNotification.argtypes = [ctypes.c_void_p]
        wts.WTSUnRegisterSessionNotification.restype = ctypes.c_int
        wts.WTSUnRegisterSessionNotification(handle)


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
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, *_INPUT)
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        watch_no_more(self)

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
