"""What is done with papers of the sealed room: one is taken in with the entry in view, looked at, written out under a lock, taken out."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import PageFacts, page_facts
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import LONGEST_TITLE, SealedPaper
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.safeguarding import papers
from pupil_desk.services.safeguarding.papers import LockedFiles, PaperToSeal
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.dialogs import once_answered
from pupil_desk.ui.pages.safeguarding.view import FileView
from pupil_desk.ui.pages.safeguarding.words import kind_words
from pupil_desk.ui.pages.safeguarding.writing_out import write_paper

_KINDS = ((_("Papers and pictures"), "*.pdf *.jpg *.jpeg *.png *.txt"), (_("All files"), "*"))


class PaperActs:
    """Acts on the papers of the entry in view. ``show_paper`` makes the view of a paper be seen, ``show_locked`` what was written out."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        view: FileView,
        show_paper: Callable[[], Paper],
        show_locked: Callable[[LockedFiles, str, Path], None],
    ) -> None:
        self._context, self._page, self._view = context, page, view
        self._show_paper, self._show_locked = show_paper, show_locked
        view.papers.paper_opened.connect(self.open_)
        view.papers.written_out.connect(self.write_out)
        view.papers.taken_out.connect(self.take_out)

    def add(self) -> None:
        """Choose a file, look into it away from the screen, and keep it with the entry in view once its title is given."""
        history = self._view.history
        if history is None or history.struck:
            return
        path = self._context.ask.open_file(_("Which paper?"), _KINDS)
        if path is not None:
            self._context.jobs.run(
                self._page,
                lambda _job: papers.look_at(path),
                lambda paper: once_answered(self._page, partial(self._keep, history.now, paper)),
                title=_("Looking into the file"),
            )

    def _keep(self, entry: SafeguardingEntry, paper: PaperToSeal) -> None:
        if self._view.history is None or self._view.history.now.entry_id != entry.entry_id:
            return  # the person has gone on to something else meanwhile
        text = _(
            "It is kept with: {what} of {day}, about {pupil}. Lead and deputies alone can open it. The file that you chose stays where it is: delete it there once the paper is here."
        ).format(what=kind_words(entry.kind), day=show_date(entry.day), pupil=self._view.title.text())
        title = self._context.ask.text(
            _("Keep this paper?"), text, _("What the paper is"), value=paper.title, verb=_("Keep it"), check=_what_is_wrong
        )
        if title is not None:
            desk = self._context.desk
            self._context.keep(lambda: papers.add(desk, entry, replace(paper, title=title)), _("The paper is in the file."))

    def open_(self, paper: SealedPaper) -> None:
        """Show a paper in the place of the files. That the file was opened is logged."""
        file = self._view.file
        if file is None:
            return
        desk, pupil_id = self._context.desk, file.pupil_id
        pupil_guard = guard(desk, [pupil_id], "paper")

        def read(_job: object) -> tuple[bytes, tuple[PageFacts, ...]]:
            from pupil_desk.documents.pdf.attachment_pages import stamped

            data = stamped(papers.pages(desk, pupil_id, paper), pupil_guard.stamp)
            return data, page_facts(data)

        self._context.jobs.run(
            self._page, read, lambda shown: self._show(paper, pupil_id, *shown, pupil_guard), title=_("Opening the paper")
        )

    def _show(self, paper: SealedPaper, pupil_id: str, data: bytes, facts: tuple[PageFacts, ...], pupil_guard: Guard) -> None:
        if self._view.file is None or self._view.file.pupil_id != pupil_id or not self._view.isVisible():
            return  # the person has gone on to something else meanwhile
        desk = self._context.desk
        self._show_paper().show_pdf(
            paper.title, data, lambda: papers.log_printed(desk, pupil_id), guard=pupil_guard, saves=False, facts=facts
        )

    def write_out(self, paper: SealedPaper) -> None:
        """Write a paper into a folder, under a lock, once that is agreed to."""
        file, context = self._view.file, self._context
        if file is None:
            return
        pupil_id = file.pupil_id
        write_paper(
            context,
            self._page,
            title=paper.title,
            pupil=self._view.title.text(),
            protected=guard(context.desk, {pupil_id}, "paper"),
            write=lambda folder: papers.write_out(context.desk, pupil_id, paper, folder),
            show=self._show_locked,
        )

    def take_out(self, paper: SealedPaper) -> None:
        """Take a paper out of the entry in view, once that is agreed to."""
        history, context = self._view.history, self._context
        if history is None:
            return
        text = _("“{title}”, of {pupil}, goes into no pack any more. With what the entry said before it stays until the file is erased.")
        text = text.format(title=paper.title, pupil=self._view.title.text())
        if context.ask.confirm(_("Take the paper out?"), text, _("Take it out"), stay=_("Keep it")):
            context.keep(lambda: papers.take_out(context.desk, history.now, paper.id), _("The paper is taken out."))
            self._view.table.setFocus()


def _what_is_wrong(title: str) -> str:
    return (
        ""
        if 0 < len(title.strip()) <= LONGEST_TITLE
        else _("Enter what the paper is, in at most {longest} characters.").format(longest=LONGEST_TITLE)
    )
