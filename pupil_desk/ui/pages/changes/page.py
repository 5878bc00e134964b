"""Changes: what was done last and by whom, undone here; in panes, each under its own tab."""

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.tabs import SteadyTabs, name_tabs, turned_by_keys
from pupil_desk.ui.kit.words import fill, growing
from pupil_desk.ui.pages.changes.read_in import ImportsView
from pupil_desk.ui.pages.changes.recent import RecentActs
from pupil_desk.ui.pages.changes.recycled import RecycleBin


class ChangesPane(Protocol):
    """What the page asks of each of its panes, a widget made with the page's context."""

    def refresh(self) -> None:
        """Read anew what is shown."""
        ...

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round, the one to begin with first."""
        ...


PANES: tuple[tuple[str, Callable[[Context], QWidget]], ...] = (
    (_("&Recent changes"), RecentActs),
    (_("Recycle &bin"), RecycleBin),
    (_("&Files read in"), ImportsView),
)  # the words of the tab, and the widget; each is a Pane


class ChangesPage(Page):
    """Tasks: see what was done last; see what one act changed; take back what was done by mistake."""

    name = "changes"
    title = _("Changes")
    icon = "arrow-u-up-left"
    group = UNIT
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        text = _("What was done with the pupils’ records, and a way to take it back. The history keeps both.")
        self.heading = Heading(_("Changes"), text=text)
        self.tabs = SteadyTabs()
        turned_by_keys(self.tabs)
        name_tabs(self.tabs, self.title)
        for words, make in PANES:
            self.tabs.addTab(make(context), words)
        self.tabs.setTabBarAutoHide(True)
        self.tabs.setFocusProxy(None)  # type: ignore[arg-type]  # Tab would end at the bar while it is hidden
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        fill(self.column, self.heading, growing(self.tabs))

    @property
    def pane(self) -> ChangesPane:
        return cast("ChangesPane", self.tabs.currentWidget())

    def on_show(self, object_id: str | None = None) -> None:
        """What is in view as it is now; where an act is named, that one among the recent ones, and so a file read in."""
        recent, read_in = self.tabs.widget(0), self.tabs.widget(2)
        if object_id is not None and isinstance(read_in, ImportsView) and read_in.show_import(object_id):
            self.tabs.setCurrentWidget(read_in)
            return
        if object_id is not None and isinstance(recent, RecentActs):
            self.tabs.setCurrentWidget(recent)
            recent.show_act(object_id)
            return
        self.refresh()
        if QApplication.focusWidget() in (None, self):
            self.pane.panes()[0].setFocus()

    def refresh(self) -> None:
        self.pane.refresh()

    def on_change(self, changed: Changed) -> None:
        """Any change of a record makes a further line."""
        if changed.kinds and self.isVisible():
            self.refresh()

    def panes(self) -> list[QWidget]:
        """Those of the pane in view."""
        return self.pane.panes()
