"""The tabs of the page of notices: to give, what was given, the editions, the words."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import made
from pupil_desk.ui.pages.notices.editions import Editions
from pupil_desk.ui.pages.notices.given import GivenNotices
from pupil_desk.ui.pages.notices.words import NoticeWords

GIVE, GIVEN, EDITIONS, WORDS = range(4)


class NoticeTabs(Tabs):
    """The first tab is the page's own. ``edited`` and ``edition_made`` come from the words."""

    edited = Signal()
    edition_made = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(_("Giving, what was given, editions, words"))
        self._context = context

    def begin_with(self, giving: QWidget) -> None:
        """Put the page's own part first."""
        self.addTab(giving, _("To gi&ve"))
        self.add_later("given_notices", lambda: self.given_notices, _("Given and a&cknowledged"))
        self.add_later("editions", lambda: self.editions, _("Ed&itions"))
        self.add_later("words", lambda: self.words, _("Words and chec&klist"))

    @cached_property
    def given_notices(self) -> GivenNotices:
        """What was given."""
        given_notices = GivenNotices(self._context)
        given_notices.opened.connect(lambda pupil_id: self._context.go("pupils", pupil_id))
        return self.put("given_notices", given_notices)

    @cached_property
    def editions(self) -> Editions:
        """The editions there were."""
        return self.put("editions", Editions(self._context))

    @cached_property
    def words(self) -> NoticeWords:
        """The words of the notice."""
        words = NoticeWords(self._context)
        words.edited.connect(self.edited)
        words.edition_made.connect(self.edition_made)
        return self.put("words", words)

    @property
    def dirty(self) -> bool:
        """Whether words are typed and not saved."""
        return made(self, "words") and self.words.dirty

    @property
    def _pane(self) -> GivenNotices | Editions | NoticeWords | None:
        pane = self.currentWidget()
        return pane if isinstance(pane, GivenNotices | Editions | NoticeWords) else None

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
