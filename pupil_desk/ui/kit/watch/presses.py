"""A press that was meant for something else: what has only just come under a pointer at rest is not pressed yet.

A page or a dialog opens where one has clicked, and the second half of a double click would press what lies there now. Keys are not touched.
"""

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more

SETTLES = 0.5  # seconds until what came under the pointer counts as seen
CALM = round(1_200 * SETTLES)  # ms after an edit or a click, until words come or go that put other things elsewhere
_MOST = 2.0  # seconds: where something appears without end, as in a busy sign, what lies beneath counts as seen too
_AT_REST = 4  # px that a hand moves between the two halves of a double click

_APPEARS = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move})
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_AFTER = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class PressGuard(QObject):
    """Swallows a press on a widget that came under the pointer less than half a second ago by no move of the pointer. ``clock`` gives seconds."""

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._changed = float("-inf")  # when something last appeared, went or was put elsewhere
        self._place: QPoint | None = None  # where the pointer came to rest; None after the wheel, which moves what is beneath on purpose
        self._under: QWidget | None = None
        self._pressed = float("-inf")  # when somebody last pressed
        self._pressed_at: QPoint | None = None
        self._pressed_on: QWidget | None = None
        self._swallows = False
        self._restless_since = 0.0
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._look_beneath)

    def start(self) -> None:
        """Begin to watch the whole application."""
        watch_events(self, *_APPEARS, *_PRESSES, *_AFTER)
        _guards.append(self)

    def stop(self) -> None:
        """Watch no more."""
        watch_no_more(self)
        _guards.remove(self)

    def calm_in(self, place: QWidget) -> int:
        """As the function of that name."""
        pressed_at = self._pressed_at
        if pressed_at is None or not self._rests_at(pressed_at) or not place.rect().contains(place.mapFromGlobal(pressed_at)):
            return 0
        return max(0, CALM - round(1_000 * (self._clock() - self._pressed)))

    def was_pressed_in(self, place: QWidget) -> bool:
        """As the function of that name."""
        pressed = self._pressed_on
        return pressed is None or not shiboken6.isValid(pressed) or pressed is place or place.isAncestorOf(pressed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind in _APPEARS:
            self._changed = self._clock()
            if not self._settled.isActive():
                self._restless_since = self._changed
                self._settled.start(round(1_000 * SETTLES))
        elif kind in _PRESSES and isinstance(event, QMouseEvent):
            return self._on_press(event.globalPosition().toPoint())
        elif kind is QEvent.Type.MouseButtonRelease:
            swallowed, self._swallows = self._swallows, False
            return swallowed
        elif kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition().toPoint()
            if not self._rests_at(place):
                self._aim(place, QApplication.widgetAt(place))
        elif kind is QEvent.Type.Wheel:
            self._place = None
        return False

    def _on_press(self, place: QPoint) -> bool:
        self._pressed, self._pressed_at = self._clock(), place
        self._pressed_on = under = QApplication.widgetAt(place)
        if self._rests_at(place) and under is not self._under and self._clock() - self._changed < SETTLES:
            self._swallows = True
            return True
        self._aim(place, under)
        return False

    def _aim(self, place: QPoint, under: QWidget | None) -> None:
        self._place, self._under = place, under

    def _rests_at(self, place: QPoint) -> bool:
        return self._place is not None and (place - self._place).manhattanLength() <= _AT_REST

    def _look_beneath(self) -> None:
        """Nothing has appeared for a while: what lies under the pointer now has been seen."""
        now = self._clock()
        left = SETTLES - (now - self._changed)
        if left > 0 and now - self._restless_since < _MOST:
            self._settled.start(round(1_000 * left) + 1)
        elif self._place is not None:
            self._under = QApplication.widgetAt(self._place)


_guards: list[PressGuard] = []  # the one there is, while anybody watches


def calm_in(place: QWidget) -> int:
    """ms until things within a place may be put elsewhere: not while the pointer rests there after a press. 0 for at once."""
    return _guards[-1].calm_in(place) if _guards else 0


def was_pressed_in(place: QWidget) -> bool:
    """Whether what was pressed last stands, or stood, in a place, as far as is known: where it does not, what is there came only by the press."""
    return not _guards or _guards[-1].was_pressed_in(place)


def once_calm(owner: QWidget, act: Callable[[], object], *, place: QWidget | None = None, wait: int = 0) -> None:
    """Do what puts things elsewhere in a place, the owner's window unless it is given: at once, or in ``wait`` ms at the earliest, and not while the
    pointer rests where one has clicked in it. It may be done once for each time that it was asked for, and not at all where the owner is gone.
    """
    if left := wait or calm_in(place or owner.window()):
        QTimer.singleShot(left, owner, lambda: once_calm(owner, act, place=place))
    else:
        act()
