"""The tabs of the page of notices: to give, what was given, the editions, the words, letters and forms in other languages."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import made
from pupil_desk.ui.pages.notices.editions import Editions
from pupil_desk.ui.pages.notices.given import GivenNotices
from pupil_desk.ui.pages.notices.translations import PaperTranslations
from pupil_desk.ui.pages.notices.words import NoticeWords

GIVE, GIVEN, EDITIONS, WORDS, TRANSLATIONS = range(5)
WORDS_DRAFT, TRANSLATION_DRAFT = "words", "translation"


class NoticeTabs(Tabs):
    """The first tab is the page's own. ``edited`` comes from the words and the translations, ``edition_made`` from the words."""

    edited = Signal()
    edition_made = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(_("Giving, what was given, editions, words, translations"))
        self._context = context

    def begin_with(self, giving: QWidget) -> None:
        """Put the page's own part first."""
        self.addTab(giving, _("To gi&ve"))
        self.add_later("given_notices", lambda: self.given_notices, _("Given and a&cknowledged"))
        self.add_later("editions", lambda: self.editions, _("Ed&itions"))
        self.add_later("words", lambda: self.words, _("Words and chec&klist"))
        self.add_later("translations", lambda: self.translations, _("Translations"))

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

    @cached_property
    def translations(self) -> PaperTranslations:
        """Letters and forms in other languages."""
        translations = PaperTranslations(self._context)
        translations.edited.connect(self.edited)
        return self.put("translations", translations)

    @property
    def dirty_panes(self) -> list[NoticeWords | PaperTranslations]:
        """The parts in which something is typed and not saved."""
        panes: list[NoticeWords | PaperTranslations] = []
        if made(self, "words") and self.words.dirty:
            panes.append(self.words)
        if made(self, "translations") and self.translations.dirty:
            panes.append(self.translations)
        return panes

    def draft(self) -> dict[str, Any] | None:
        """What is typed in each of them, as JSON would hold it."""
        drafts = {WORDS_DRAFT if isinstance(pane, NoticeWords) else TRANSLATION_DRAFT: pane.draft() for pane in self.dirty_panes}
        return drafts or None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, and turn to it."""
        if (words_draft := draft.get(WORDS_DRAFT)) is not None:
            self.setCurrentIndex(WORDS)
            self.words.take_draft(words_draft)
        if (translation_draft := draft.get(TRANSLATION_DRAFT)) is not None:
            self.setCurrentIndex(TRANSLATIONS)
            self.translations.take_draft(translation_draft)

    @property
    def _pane(self) -> GivenNotices | Editions | NoticeWords | PaperTranslations | None:
        pane = self.currentWidget()
        return pane if isinstance(pane, GivenNotices | Editions | NoticeWords | PaperTranslations) else None

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
