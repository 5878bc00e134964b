"""The pages made so far, one of them in view. A page is made when it is first opened, and most are let go again while they stand at rest out of view.

A page's boxes take up to 20 MB, most of it for their dress: with every page kept, the window would grow to three times what it needs.
"""

import gc
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QStackedWidget, QWidget

from pupil_desk.basics.pc.memory import give_back
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.scroll import bring_into_view, bring_once_calm, on_bar, scrolled
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.style.look import undress

_READY = 1  # pages left last that stay as they are, besides those that last
_SOON = 5_000  # ms after a page came into view: nobody waits for anything by then


class PageStack(QStackedWidget):
    """``may_let_go`` says of a page, by its name, whether nothing may come back to it, such as a job or an Undo that is offered."""

    def __init__(self, types: Sequence[type[Page]], context: Context, may_let_go: Callable[[str], bool]) -> None:
        super().__init__()
        self._types = {page.name: page for page in types}
        self._context, self._may_let_go = context, may_let_go
        self._views: dict[str, tuple[Page, QScrollArea]] = {}  # the one that came into view last is the last
        self._stale: set[str] = set()  # pages made before other rules came into force
        self._has_gone = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._one_goes)

    @property
    def pages(self) -> list[Page]:
        """The pages made so far that are kept."""
        return [page for page, _view in self._views.values()]

    @property
    def page(self) -> Page:
        """The page in view."""
        return self.pages[-1]

    def focus_in(self, name: str) -> QWidget | None:
        """What had the focus in a page when it was left; None where the page has been let go."""
        return worked_on_in(self._views[name][0]) if name in self._views else None

    def make_anew_later(self) -> None:
        """Other rules are in force: the boxes of the pages offer the codes of those before."""
        self._stale |= self._views.keys()

    def turn_to(self, name: str) -> Page:
        """Bring a page into view, made for it where it is not there, or is stale and nothing would be lost with it."""
        came_before = self._views.pop(name, None)
        if came_before is not None and name in self._stale and self._can_go(name, *came_before):
            self._remove(name, came_before[1])
            came_before = None
        with self._context.making.of(self) as pause:
            self._views[name] = came_before = came_before or self._made(name, pause)
            self.setCurrentWidget(came_before[1])
        self._soon.start()
        return came_before[0]

    def show_worked_on(self) -> None:
        """Have what has the focus in the page be seen whole, once that is laid out; what scrolls in itself, as a list, sees to that itself."""
        QTimer.singleShot(0, self, self._show_worked_on)

    def _show_worked_on(self) -> None:
        part = worked_on_in(self.page)
        if part is None or isinstance(part, QAbstractScrollArea) or part.visibleRegion().boundingRect() == part.rect():
            return
        bring_once_calm(part, partial(bring_into_view, part), lambda: worked_on_in(self.page))

    def _can_go(self, name: str, page: Page, view: QScrollArea) -> bool:
        """Whether a page is out of view, nothing would be lost with it and nothing may come back to it."""
        return view is not self.currentWidget() and self._may_let_go(name) and not page.would_lose

    def _made(self, name: str, pause: Callable[[], None]) -> tuple[Page, QScrollArea]:
        """A page and its view: the window has a turn before it goes into the window, which dresses it, and another before it is shown."""
        page = self._types[name](self._context)
        pause()
        view = scrolled(page, gap=0)
        on_bar(view, page.leave_to_bar)
        self.addWidget(view)
        pause()
        return page, view

    def let_go(self) -> None:
        """Let go of the pages at rest that were left longest ago."""
        while self._let_one_go():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._clear_away()

    def _one_goes(self) -> None:
        """One at a time, and what they leave in memory after the last, each in a turn of its own: so the window never stops for long."""
        if self._context.making.is_under_way or self._let_one_go():
            self._soon.start()
        else:
            self._clear_away()

    def _let_one_go(self) -> bool:
        """Let go of one page; whether there was one. It goes in the window's next turn, so that one does not do both."""
        passing = [name for name, (page, _view) in list(self._views.items())[:-1] if not page.lasting]
        name = next((name for name in passing[:-_READY] if self._may_let_go(name) and self._views[name][0].at_rest), None)
        if name is None:
            return False
        self._remove(name, self._views.pop(name)[1])
        return True

    def _clear_away(self) -> None:
        """What is left of the pages that went: to look for it takes as long as for one page as for several."""
        if self._has_gone:
            self._has_gone = False
            gc.collect()
            give_back()

    def _remove(self, name: str, view: QScrollArea) -> None:
        self._has_gone = True
        self._stale.discard(name)
        self.removeWidget(view)
        undress(view)
        view.deleteLater()
