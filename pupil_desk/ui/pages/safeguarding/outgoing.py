"""What leaves the sealed room on the lead's word: the pack for the next lead, the chronology for a conference, and the receipt for the school before."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import concern_form
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.safeguarding.entry import EntryKind
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.safeguarding import chronology, figures, pack, papers, writing
from pupil_desk.services.safeguarding.papers import LockedFiles
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import ask_if_protected
from pupil_desk.ui.kit.papers.stories import show_story
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.passphrase import ShownSecret
from pupil_desk.ui.pages.safeguarding.view import FileView
from pupil_desk.ui.pages.safeguarding.writing_out import PaperOfRoom, write_paper


class Outgoing:
    """Acts on the file in view. ``show_paper`` makes the view of a paper be seen, the others what was written under a lock."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        view: FileView,
        *,
        show_pack: Callable[[LockedFiles, str, Path], None],
        show_written_out: Callable[[LockedFiles, str, Path], None],
        show_paper: Callable[[], PaperOfRoom],
    ) -> None:
        self._context, self._page, self._view = context, page, view
        self._show_pack, self._show_written_out, self._show_paper = show_pack, show_written_out, show_paper

    def make_pack(self) -> None:
        """Write the pack for the next lead into a folder, once that is agreed to."""
        file, context = self._view.file, self._context
        if file is None or not context.lets_out():
            return
        text = _(
            "Every entry of the file of {pupil} goes into one locked file, with what entries said before and with its papers. Give it to the safeguarding lead there, apart from the record, and the password by another way."
        )
        name = self._view.title.text()
        words = text.format(pupil=name)
        if struck := sum(history.struck for history in file.histories):
            entries = count_of(struck, _("struck-out entry"), _("struck-out entries"))
            words += " " + _("Of {entries} it has the kind, the day and the reason alone.").format(entries=entries)
        if not context.ask.confirm(_("Make the pack?"), words, _("Choose the folder")):
            return
        if not ask_if_protected(context.ask, guard(context.desk, {file.pupil_id}, "paper"), _("Choose the folder")):
            return
        folder = context.ask.folder(_("Where to write the pack"))
        if folder is None:
            return
        context.jobs.run(
            self._page,
            lambda _job: pack.write(context.desk, file.pupil_id, folder),
            lambda locked: self._show_pack(locked, name, folder),
            title=_("Writing the pack"),
            untold=lambda locked: context.not_kept.append(ShownSecret(_("Password of the pack"), locked.names[0], locked.password)),
        )

    def print_chronology(self) -> None:
        """The entries in view, the oldest first, for a conference."""
        file, desk = self._view.file, self._context.desk
        if file is None or not self._context.lets_out():
            return
        asked, protected = self._view.asked.asked, guard(desk, {file.pupil_id}, "chronology")
        self._show_made(
            chronology.TITLE, file.pupil_id, protected, lambda: chronology.chronology(desk, file.pupil_id, asked, stamp=protected.stamp)
        )

    def _show_made(self, title: str, pupil_id: str, protected: Guard, make: Callable[[], bytes]) -> None:
        """A paper about the pupil in view, to be looked at, printed, and written out under a lock; as a PDF that anybody opens it is not saved."""
        context, name = self._context, self._view.title.text()
        data = context.attempt(make)
        if data is None:
            return

        def write(folder: Path) -> LockedFiles:
            return papers.write_locked(context.desk, pupil_id, protected.paper_name, [(title, data)], folder)

        paper = self._show_paper()
        paper.offer_lock(
            lambda: write_paper(context, self._page, title=title, pupil=name, protected=protected, write=write, show=self._show_written_out)
        )
        paper.show_pdf(title, data, lambda: papers.log_printed(context.desk, pupil_id), guard=protected, saves=False)

    def show_figures(self) -> None:
        """The figures of a school year as a paper, once it is said of which."""
        context, this_year = self._context, school_year(self._context.desk.today)
        choices = [Choice(str(year), year_of(year).label) for year in (this_year, this_year - 1)]
        text = _("Small numbers are hidden, so that the paper can go to the management committee.")
        answer = context.ask.choose(_("Figures of which year?"), text, [*choices, Choice("", _("Cancel"))], safe="")
        story = context.attempt(lambda: figures.story(context.desk, int(answer))) if answer else None
        if story is not None:
            self._show_story(figures.TITLE, story)

    def show_blank_form(self) -> None:
        """A form for a concern, for who has no sign-in."""
        story = self._context.attempt(lambda: writing.blank_form(self._context.desk))
        if story is not None:
            self._show_story(concern_form.TITLE, story)

    def _show_story(self, title: str, story: Sequence[Block]) -> None:
        """On the page's paper; it names nobody of whom something must be kept from someone."""
        show_story(
            self._page,
            self._context,
            self._show_paper(),
            story=story,
            title=title,
            guard=guard(self._context.desk, set(), "paper"),
            bring_forward=lambda: None,
            on_printed=lambda: None,
        )

    def print_receipt(self) -> None:
        """The receipt for the school before, of the entry in view that its file has come."""
        history, context = self._view.history, self._context
        if history is None or history.now.kind != EntryKind.RECEIVED or not context.lets_out():
            return
        entry = history.now
        protected = guard(context.desk, {entry.pupil_id}, "receipt")
        self._show_made(pack.RECEIPT, entry.pupil_id, protected, lambda: pack.receipt(context.desk, entry.pupil_id, entry))
