"""Data protection: what was told to whom, breaches and their clock, what is kept and erased, and the papers that the law asks for."""

from functools import cached_property
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.ui.kit.context import Context, place_of
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.governance.breaches import Breaches
from pupil_desk.ui.pages.governance.keeping import Keeping
from pupil_desk.ui.pages.governance.papers import Papers
from pupil_desk.ui.pages.governance.told import ToldList

_TABS = ("told", "breaches", "keeping", "papers")
_CONCERNING = frozenset({"breach", "hold", "erasure", "export", "pupil", "notice", "letter", "settings", "disclosure"})


class Pane(Protocol):
    """What the page asks of each tab."""

    def refresh(self) -> None:
        """Read anew what is shown."""
        ...

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round, the one to begin with first."""
        ...

    def search(self) -> None:
        """Into the box that finds, where there is one."""
        ...

    def print_(self) -> None:
        """Print what is in view."""
        ...


class DataProtectionPage(Page):
    """Tasks: see who was told of a pupil; report a breach and follow its clock; erase what is due; print the record of processing."""

    name = "data-protection"
    title = _("Data protection")
    icon = "scales"
    group = LEAVING

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        text = _("What was told to others, what went wrong, how long things are kept, and the papers that the law asks for.")
        self.heading = Heading(self.title, text=text)
        self.told_list = ToldList(context)
        self.tabs = Tabs(self.title)
        self.tabs.addTab(self.told_list, _("&Told"))
        self.tabs.add_later("breaches", lambda: self.breaches, _("&Breaches"))
        self.tabs.add_later("keeping", lambda: self.keeping, _("&Keeping and erasing"))
        self.tabs.add_later("papers", lambda: self.papers, _("Paper&s"))
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        fill(self.column, self.heading, growing(self.tabs))

    @cached_property
    def breaches(self) -> Breaches:
        """Breaches and their clock."""
        breaches = Breaches(self.context)
        breaches.edited.connect(self.edited)
        return self.tabs.put("breaches", breaches)

    @cached_property
    def keeping(self) -> Keeping:
        """What is kept and erased."""
        return self.tabs.put("keeping", Keeping(self.context))

    @cached_property
    def papers(self) -> Papers:
        """The papers that the law asks for."""
        return self.tabs.put("papers", Papers(self.context))

    @property
    def pane(self) -> Pane:
        """The tab in view."""
        return cast("Pane", self.tabs.currentWidget())

    def on_show(self, object_id: str | None = None) -> None:
        """The tab in view as it is now; of a pupil, what is kept and may be erased; or a tab by its name, such as «breaches», perhaps at a line of it."""
        place = place_of(object_id or "")
        tab = place.part or place.object_id
        if object_id and tab not in _TABS:
            self.tabs.setCurrentWidget(self.keeping)
            self.keeping.go_to_pupil(object_id)
        else:
            if object_id:
                self.tabs.setCurrentIndex(_TABS.index(tab))
            self.refresh()
            if place.row_id and isinstance(pane := self.pane, Breaches | Keeping):
                pane.go_to_row(place.row_id)
        if QApplication.focusWidget() in (None, self):
            self.pane.panes()[0].setFocus()

    def refresh(self) -> None:
        self.pane.refresh()

    def on_change(self, changed: Changed) -> None:
        """Something was told, went wrong, was held or erased."""
        if changed.kinds & _CONCERNING and self.isVisible():
            self.refresh()

    @property
    def dirty(self) -> bool:
        """Whether a breach is being written and is not kept."""
        return made(self, "breaches") and self.breaches.dirty

    @property
    def _writes_breach(self) -> bool:
        return made(self, "breaches") and self.breaches.writing

    def save(self) -> bool:
        """Keep what is typed of a breach, wherever one is on the page."""
        return self.breaches.save() if self._writes_breach else True

    def discard(self) -> None:
        """Give up what is typed of a breach."""
        if made(self, "breaches"):
            self.breaches.discard()

    def put_back(self) -> None:
        """Esc: out of a paper or a form that is empty; out of one with something typed after a question."""
        if self._writes_breach:
            self.breaches.give_up()

    def draft(self) -> dict[str, Any] | None:
        """What is typed of a breach."""
        return self.breaches.draft() if made(self, "breaches") else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what was typed of a breach."""
        self.tabs.setCurrentWidget(self.breaches)
        self.breaches.take_draft(draft)

    def search(self) -> None:
        """Into the box that finds."""
        self.pane.search()

    def print_(self) -> None:
        """What is in view, as a paper."""
        self.pane.print_()

    def panes(self) -> list[QWidget]:
        """Those of the tab in view."""
        return self.pane.panes()
