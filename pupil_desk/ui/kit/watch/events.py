"""Events of the whole application, for whoever watches it: one filter hands on the few kinds that are asked for.

Every event of every widget passes a filter of the application, thousands of them while a page is made, and each filter costs as much again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class _Filter(QObject):
    """Asks the watchers of a kind, whoever came last first, as Qt does."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.watchers: dict[QEvent.Type, list[QObject]] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        watchers = self.watchers.get(event.type())
        return watchers is not None and any(watcher.eventFilter(watched, event) for watcher in tuple(watchers))


_filters: list[_Filter] = []  # the one there is, while anybody watches


def watch_events(watcher: QObject, *kinds: QEvent.Type) -> None:
    """From now on, ask the ``eventFilter`` of a watcher about each event of these kinds, wherever it goes."""
    app = QCoreApplication.instance()
    assert app is not None
    if not _filters:
        _filters.append(_Filter(app))
        app.installEventFilter(_filters[0])
    for kind in kinds:
        _filters[0].watchers.setdefault(kind, []).insert(0, watcher)


def watch_no_more(watcher: QObject) -> None:
    """Ask it no more; where nobody watches, nothing is filtered."""
    for found in _filters:
        found.watchers = {kind: left for kind, there in found.watchers.items() if (left := [one for one in there if one is not watcher])}
        if not found.watchers:
            _filters.clear()
            found.deleteLater()
            if (app := QCoreApplication.instance()) is not None:
                app.removeEventFilter(found)


@contextmanager
def unwatched(appearing: QObject) -> Iterator[None]:
    """While something is made and comes into view, ask nobody about each step of it: at the end the watchers hear, once, that it has appeared.

    No key and no click may be dealt with meanwhile.
    """
    app, filters = QCoreApplication.instance(), list(_filters)
    assert app is not None
    for found in filters:
        app.removeEventFilter(found)
    try:
        yield
    finally:
        for found in filters:
            if found in _filters:  # it may have been stopped meanwhile, as by a lock
                app.installEventFilter(found)
                found.eventFilter(appearing, QEvent(QEvent.Type.Show))
