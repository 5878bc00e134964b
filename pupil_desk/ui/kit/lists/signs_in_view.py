"""Which signs of pupils' badges are in view, and who is told when others come or they go: what the signs mean is said elsewhere."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, Protocol
from weakref import WeakKeyDictionary, WeakSet

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QTableView, QWidget

type Tone = Literal["", "good", "check", "bad", "muted"]
type Sign = tuple[str, Tone]  # the name of an icon, and in which colour it is drawn
QUIET: Tone = "muted"  # of a sign where the list is about something else than the pupils in it

_HEARD = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.LayoutRequest})


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

    def look_soon(self) -> None:
        """A list has other rows, or others of them are in view."""
        self._soon.start()


_with_signs: WeakKeyDictionary[QWidget, Callable[[Any], Iterable[Sign]]] = WeakKeyDictionary()
_told: WeakSet[SignListener] = WeakSet()
_watches: list[_Watch] = []  # the one there is, from the first list on


def explain_signs_of[V: QWidget](view: V, signs: Callable[[V], Iterable[Sign]]) -> None:
    """While this is in view, the signs that it shows are explained in its window. ``signs`` gives them, as they are then; it does not hold the view."""
    if not _watches:
        _watches.append(_Watch())
    _with_signs[view] = signs
    view.installEventFilter(_watches[0])
    if isinstance(view, QTableView):
        bar = view.verticalScrollBar()
        for told in (view.model().modelReset, bar.valueChanged, bar.rangeChanged):
            told.connect(_watches[0].look_soon)


def rows_in_view(view: QTableView) -> range:
    """The places of the rows of a list that are in view, in part or whole."""
    if not (count := view.model().rowCount()):
        return range(0)
    last = view.rowAt(view.viewport().height() - 1)
    return range(max(0, view.rowAt(0)), (last if last >= 0 else count - 1) + 1)


def signs_in_window(window: QWidget) -> set[Sign]:
    """The signs that are in view in a window."""
    views = [
        (view, signs) for view, signs in _with_signs.items() if shiboken6.isValid(view) and view.isVisible() and view.window() is window
    ]
    return {sign for view, signs in views for sign in signs(view)}


def tell(listener: SignListener) -> None:
    """From now on tell this one, as long as there is it."""
    _told.add(listener)


def _tell_all() -> None:
    for listener in [each for each in _told if shiboken6.isValid(each)]:
        listener.look_again()
