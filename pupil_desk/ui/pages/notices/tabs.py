"""The tabs of the page: giving, what was given, the editions, and the words; each but the first looks after itself."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.pages.notices.editions import Editions
from pupil_desk.ui.pages.notices.given import GivenNotices
from pupil_desk.ui.pages.notices.words import NoticeWords

GIVE, GIVEN, EDITIONS, WORDS = range(4)


class NoticeTabs(Tabs):
    """The first tab is the page's own."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Giving, what was given, editions, words"))
        self.given_notices, self.editions, self.words = GivenNotices(context), Editions(context), NoticeWords(context)
        self._titles = (_("To gi&ve"), _("Given and a&cknowledged"), _("Ed&itions"), _("Words and chec&klist"))
        self.given_notices.opened.connect(lambda pupil_id: context.go("pupils", pupil_id))

    def begin_with(self, giving: QWidget) -> None:
        """Put the page's own part first."""
        for part, title in zip((giving, self.given_notices, self.editions, self.words), self._titles, strict=True):
            self.addTab(part, title)

    @property
    def _pane(self) -> GivenNotices | Editions | NoticeWords | None:
        return next((pane for pane in (self.given_notices, self.editions, self.words) if self.currentWidget() is pane), None)

    def refresh(self) -> bool:
        """Have the tab in view look again; False where it is the first, which the page sees to."""
        pane = self._pane
        if pane is not None:
            pane.refresh()
        return pane is not None

    def panes(self) -> list[QWidget]:
        """The parts of the tab in view that F6 goes round."""
        pane = self._pane
        return [self.tabBar(), *(pane.panes() if pane is not None else ())]
