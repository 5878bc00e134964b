"""What stands beside the words of the notice: what the law asks of them, what they would change, and how they would be printed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.change import NoticeChange
from pupil_desk.domain.notices.check import CheckedElement
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.services.notices import checklist, families, notice_editions, notice_papers
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.ui.kit.body import Body
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.pages.notices.asked import LegalChecklist
from pupil_desk.ui.pages.notices.changed import Changes
from pupil_desk.ui.style import tokens

ASKED, CHANGED, PRINTED = range(3)


class NoticeChecks(QTabWidget):
    """Three tabs of one text. ``word_changes`` is what it would change, as it was judged last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._in_time: CheckedElement | None = None
        self.word_changes: tuple[NoticeChange, ...] = ()
        self.checklist, self.changes = LegalChecklist(), Changes()
        self.view = PdfView(_("The words as they would be printed"))
        self.blank = EmptyState("file", _("There is nothing to show yet"), _("Mend first what stands in red beside the words."))
        self.printed_body = Body(self.view, self.blank)
        printed_tab = QWidget()
        column = column_in(printed_tab, top=tokens.S)
        column.addWidget(self.printed_body)
        self.setDocumentMode(True)
        for widget in (self, self.tabBar()):
            widget.setAccessibleName(_("What the law asks, what would change, or the paper"))
        for part, words in ((self.checklist, _("T&he law")), (self.changes, _("Chan&ges")), (printed_tab, _("&Printed"))):
            self.addTab(part, words)

    def refresh(self) -> None:
        """Ask again whether families were given the notice in time."""
        self._in_time = families.in_time(self._context.desk)

    def judge(self, prose: NoticeProse) -> tuple[Problem, ...]:
        """Say of what is typed what the law still asks, what would change and how it would be printed; what is wrong in it comes back."""
        desk, is_main = self._context.desk, prose.place == MAIN
        checked = checklist.checked(desk, prose.place, prose.front, prose.more)
        self.checklist.show_checked((*checked, self._in_time) if is_main and self._in_time else checked)
        self.word_changes = notice_editions.changes_of_words(desk, prose.front, prose.more) if is_main else ()
        reason = (
            _("The words are those of the edition that was given last.")
            if is_main
            else _("They make no edition of their own: they follow the English words.")
        )
        self.changes.show_changes(self.word_changes, none=_("Nothing would change"), reason=reason)
        problems = checklist.problems(desk, prose.place, prose.front, prose.more)
        if self.currentIndex() == PRINTED:
            self._print(prose, problems)
        return problems

    def _print(self, prose: NoticeProse, problems: Sequence[Problem]) -> None:
        self.view.clear()
        self.printed_body.setCurrentWidget(self.blank if problems else self.view)
        if not problems:
            data = self._context.attempt(lambda: notice_papers.file_of(notice_papers.draft(self._context.desk, prose)))
            if data:
                self.view.show_pdf(data)
