"""What of a page is in view: the open tab, the part of a record, the day. After a lock the same is seen again."""

from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QTabBar, QWidget

from pupil_desk.ui.kit.watch.descendants import descendants

type KeptView = list[Any]  # of what kind it is, and what is in view there


@runtime_checkable
class HasViews(Protocol):
    """Shows one of several views, which it names as JSON would hold it."""

    def view_kept(self) -> Any:
        """What is in view."""
        ...

    def take_view(self, kept: Any) -> None:
        """Have that in view again, where there is such a view still."""
        ...


def views_on(page: QWidget) -> list[KeptView]:
    """What is in view on a page."""
    return [[type(part).__name__, part.currentIndex() if isinstance(part, QTabBar) else part.view_kept()] for part in _showing(page)]


def put_views(page: QWidget, kept: object) -> None:
    """Have the same in view again, the tab first: what lies within it is there once that is open."""
    for kind, view in kept if isinstance(kept, list) else ():
        part = next((part for part in _showing(page) if type(part).__name__ == kind), None)
        if isinstance(part, QTabBar):
            part.setCurrentIndex(min(view, part.count() - 1))
        elif part is not None:
            part.take_view(view)


def _showing(page: QWidget) -> list[Any]:
    """The tabs of a page, and what names its own view. What lies within that, such as the tab of the restricted notes, is not opened unasked."""
    in_view = [part for part in descendants(page, QWidget) if part.isVisibleTo(page)]
    namers = [part for part in in_view if isinstance(part, HasViews)]
    tabs = [part for part in in_view if isinstance(part, QTabBar) and not any(namer.isAncestorOf(part) for namer in namers)]
    return [*tabs[:1], *namers]
