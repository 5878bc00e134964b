"""Which lists have signs of pupils' badges, and who is told when one comes into view or goes: what the signs mean is said elsewhere."""

from typing import Protocol
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_HEARD = frozenset({QEvent.Type.Show, QEvent.Type.Hide})


class SignListener(Protocol):
    """Whoever explains signs, or no longer, as they come into view and go."""

    def look_again(self) -> None:
        """Something with signs has come into view, or has gone."""
        ...


class _Watch(QObject):
    """Hears when something comes into view or goes, and tells of it once all of the page is there."""

    def __init__(self) -> None:
        super().__init__()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(_tell_all)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _HEARD:
            self._soon.start()
        return False


_with_signs: WeakSet[QWidget] = WeakSet()
_told: WeakSet[SignListener] = WeakSet()
_watches: list[_Watch] = []  # the one there is, from the first list on


def explain_signs_of(view: QWidget) -> None:
    """While this is in view, its signs are explained in its window."""
    if not _watches:
        _watches.append(_Watch())
    _with_signs.add(view)
    view.installEventFilter(_watches[0])


def are_in_view(window: QWidget) -> bool:
    """Whether anything with signs is in view in a window."""
    return any(shiboken6.isValid(view) and view.isVisible() and view.window() is window for view in _with_signs)


def tell(listener: SignListener) -> None:
    """From now on tell this one, as long as there is it."""
    _told.add(listener)


def _tell_all() -> None:
    for listener in [one for one in _told if shiboken6.isValid(one)]:
        listener.look_again()
