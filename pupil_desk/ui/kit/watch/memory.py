"""What this PC remembers of the window between two runs: sizes, columns, the last folder. Never a word about a pupil.

Where a window stands when it is shown: where it stood before if that place is still there, else in the middle of the
main screen, and never larger than the screen.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.places import window_memory

_log = logging.getLogger(__name__)
SAY_AT_SIGN_IN = "entry/say"
"""Under it a sentence for the sign-in that the next process shows, which forgets it."""


class Memory:
    """Small values under short keys, in one JSON file. What cannot be read or kept is forgotten without a word."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path if path is not None else window_memory()
        self._values = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        """What is kept under a key."""
        return self._values.get(key, default)

    def keep(self, key: str, value: str | float | bool | list[int] | None) -> None:
        """Keep a value under a key; None forgets it."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if value is None:
            del self._values[key]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(self._values, indent=1).encode(), replace=True)
        except (OSError, CannotWrite):
            _log.info("preferences not kept: %d values", len(self._values))


FRAME = QMargins(0, 31, 0, 0)  # what Windows draws around a window at every scale: nobody can ask before it is shown
_KEY = "window/rectangle"  # and, behind it, which screens there are: a laptop on the desk and on the way has a place for each


def place_of(remembered: QRect | None, screens: Sequence[QRect], usual: QSize, frame: QMargins = FRAME) -> QRect:
    """The rectangle of a window within its frame, in device-independent pixels.

    ``remembered`` is where it stood last; ``screens`` are the free parts of the screens that are there now, the main one first.
    A kept place counts while at least half of it is in sight; it is then moved and shrunk until all of it is.
    """
    rooms = [screen.marginsRemoved(frame) for screen in screens]
    if remembered is not None and _area(remembered):
        best = max(rooms, key=lambda room: _area(room.intersected(remembered)))
        if 2 * _area(best.intersected(remembered)) >= _area(remembered):
            return _pushed_into(best, remembered)
        usual = remembered.size()
    size = usual.boundedTo(rooms[0].size())
    middle = QRect(rooms[0].topLeft(), size)
    middle.translate((rooms[0].width() - size.width()) // 2, (rooms[0].height() - size.height()) // 2)
    return middle


def _area(rectangle: QRect) -> int:
    return max(0, rectangle.width()) * max(0, rectangle.height())


def _pushed_into(room: QRect, remembered: QRect) -> QRect:
    size = remembered.size().boundedTo(room.size())
    left = min(max(remembered.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(remembered.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def put_where_it_was(window: QWidget, memory: Memory, usual: QSize, smallest: QSize) -> bool:
    """Place a window that is not shown yet; whether a place is kept. Its least size is ``smallest``, or less on a screen that has less."""
    kept = _kept(memory)
    place = place_of(QRect(*kept[:4]) if kept else None, _screens(), usual)
    window.setMinimumSize(smallest.boundedTo(place.size()))
    window.setGeometry(place)
    if kept and kept[4]:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    return kept is not None


def remember_place(window: QWidget, memory: Memory) -> None:
    """Keep where a window stands, and whether it fills the screen, for these screens."""
    place = window.normalGeometry()
    numbers = [place.x(), place.y(), place.width(), place.height(), int(window.isMaximized())]
    memory.keep(_key_of_screens(), numbers)
    memory.keep(_KEY, numbers)  # for screens that were never there before


def _kept(memory: Memory) -> list[int] | None:
    kept = memory.get(_key_of_screens(), memory.get(_KEY))
    is_valid = isinstance(kept, list) and len(kept) == 5 and all(isinstance(number, int) for number in kept)
    return kept if is_valid else None


def _screens() -> list[QRect]:
    """The free parts of the screens that are there now, the main one first."""
    main = QGuiApplication.primaryScreen()
    return [screen.availableGeometry() for screen in (main, *(screen for screen in QGuiApplication.screens() if screen is not main))]


def _key_of_screens() -> str:
    frames = [screen.geometry() for screen in QGuiApplication.screens()]
    return "/".join((_KEY, *sorted(f"{frame.x()},{frame.y()},{frame.width()},{frame.height()}" for frame in frames)))
