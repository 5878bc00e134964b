"""What stands beside the words of the notice: what the law asks of them, what they would change, and how they would be printed.

What the law asks of the words, a line for each element: met, to be completed, or missing, and what to do.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.change import NoticeChange
from pupil_desk.domain.notices.check import CheckedElement, ElementStanding
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.services.notices import checklist, families, notice_editions, notice_papers
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.tabs import SteadyTabs, name_tabs
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_in, column_of, growing, label, set_look, show_words
from pupil_desk.ui.pages.notices.changed import Changes
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_WORDS = {ElementStanding.MET: _("There"), ElementStanding.TO_COMPLETE: _("To complete"), ElementStanding.MISSING: _("Missing")}
_SIGNS = {ElementStanding.MET: "check-circle", ElementStanding.TO_COMPLETE: "info", ElementStanding.MISSING: "warning-circle-fill"}
_ORDER = (ElementStanding.MISSING, ElementStanding.TO_COMPLETE, ElementStanding.MET)

_COLUMNS = (
    Column[CheckedElement](
        "standing",
        _("State"),
        lambda check: _WORDS[check.standing],
        width=14,
        longest=_WORDS[ElementStanding.TO_COMPLETE],
        icon=lambda check: _SIGNS[check.standing],
    ),
    Column[CheckedElement](
        "label", _("What the law asks"), lambda check: check.element.label, stretch=True, width=24, tip=lambda check: check.element.label
    ),
)


class LegalChecklist(QWidget):
    """What is missing first. Beneath the list: what to do, and by which article."""

    def __init__(self) -> None:
        super().__init__()
        empty = EmptyState(
            "check-circle", _("The law asks nothing of these words alone"), _("They go with the whole notice, and do not stand for it.")
        )
        self.table: Table[CheckedElement] = Table(_COLUMNS, name=_("What the law asks"), id_of=lambda check: check.element.key, empty=empty)
        self.table.setMinimumHeight(sized(tokens.HUGE * 2))
        self.count, self.todo, self.law = label("", "check"), label(""), label("", "muted")
        column_in(self, tokens.XS, self.count, growing(self.table), self.todo, self.law, top=tokens.S)
        self.table.current_changed.connect(self._on_row_changed)

    def show_checked(self, checked: Sequence[CheckedElement]) -> None:
        """Show these, what is missing first."""
        self.table.show_rows(sorted(checked, key=lambda check: _ORDER.index(check.standing)))
        missing = sum(check.standing is ElementStanding.MISSING for check in checked)
        to_complete = sum(check.standing is ElementStanding.TO_COMPLETE for check in checked)
        if missing:
            words = _("{things} missing: these words cannot be made current.").format(
                things=count_of(missing, _("thing is"), _("things are"))
            )
        elif to_complete:
            words = _("All that the law asks is there; {things} to complete.").format(
                things=count_of(to_complete, _("thing is"), _("things are"))
            )
        else:
            words = _("All that the law asks is there.")
        self.count.setText(words)
        set_look(self.count, "problem" if missing else "check" if to_complete else "understood")
        self.count.setVisible(bool(checked))
        current = self.table.current()
        if missing and (current is None or current.standing is not ElementStanding.MISSING):
            self.table.select(next(check.element.key for check in checked if check.standing is ElementStanding.MISSING))
        self._on_row_changed(self.table.current() if checked else None)

    def _on_row_changed(self, check: CheckedElement | None) -> None:
        show_words(self.todo, check.todo if check is not None else "")
        law = _("{article}. How sure we are of this rule: {sure}.")
        self.law.setText(
            law.format(article=_article(check.element.article), sure=_SURE.get(check.element.sure, check.element.sure))
            if check is not None
            else ""
        )
        self.law.setVisible(check is not None)


def _article(article: str) -> str:
    """With the law that a bare number is of."""
    words = _("UK GDPR Article {number}").format(number=article) if article[:1].isdigit() else article
    return capital(words)


_SURE = {"high": _("sure"), "medium": _("fairly sure")}


ASKED, PRINTED = 0, 2  # places of tabs


class NoticeChecks(SteadyTabs):
    """Three tabs of one text. ``word_changes`` is what it would change, and ``lacks`` how much the law still asks, as it was judged last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._in_time: CheckedElement | None = None
        self.word_changes: tuple[NoticeChange, ...] = ()
        self.lacks = 0  # things that the law asks and that are missing
        self.checklist, self.changes = LegalChecklist(), Changes()
        self.view = PdfView(_("The words as they would be printed"))
        self.blank = EmptyState("file", _("There is nothing to show yet"), _("Mend first what is said to be wrong beside the words."))
        self.printed_body = Body(self.view, self.blank)
        printed_tab = column_of(self.printed_body, spacing=None, top=tokens.S)
        name_tabs(self, _("What the law asks, what would change, or the paper"))
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
        self.lacks = sum(check.standing is ElementStanding.MISSING for check in checked)
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
