"""What is done with a paper on file: opened, printed, saved out, set aside, removed for good."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import PageFacts, page_facts
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.services.attachments import attachments
from pupil_desk.services.guard import Guard, confirmed, guard
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.papers.paper import ask_if_protected
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.pages.pupils.record.household_paper import PaperInPlace
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


class PaperActs(PaperInPlace):
    """The buttons beside «Add a paper», and the paper in the place of the list."""

    def __init__(self, part: SeveralPart[Attachment]) -> None:
        super().__init__(part, _("The paper"))
        self._papers, self._context = part, part.context
        self.open_button = button(_("Vie&w"), self.open_, icon_name="eye")
        self.copy_button = button(_("Sa&ve a copy…"), self.save_copy, icon_name="floppy-disk")
        self.aside_button = button(_("Set aside…"), self.set_aside, icon_name="archive")
        self.back_button = button(_("&Bring back"), self.bring_back, icon_name="arrow-counter-clockwise")
        self.remove_button = button(_("Remove for good…"), self.remove, "danger", icon_name="trash")
        self.open_button.setToolTip(_("Enter in the list"))
        self.buttons: tuple[QPushButton, ...] = (
            self.open_button,
            self.copy_button,
            self.aside_button,
            self.back_button,
            self.remove_button,
        )
        for widget in self.buttons:
            part.acts.addWidget(widget)

    def show_for(self, paper: Attachment | None) -> None:
        """The buttons that go with this paper; none for a new one."""
        aside = paper is not None and paper.set_aside_on is not None
        for widget in (self.open_button, self.copy_button):
            widget.setVisible(paper is not None)
        self.aside_button.setVisible(paper is not None and not aside)
        self.back_button.setVisible(aside)
        self.remove_button.setVisible(aside)
        for widget, action in (
            (self.copy_button, Action.SAVE_ATTACHMENT),
            (self.remove_button, Action.REMOVE_ATTACHMENT),
            (self.aside_button, Action.EDIT_RECORD),
            (self.back_button, Action.EDIT_RECORD),
        ):
            only_for(self._context.desk, action, widget)

    def _selected_paper(self) -> Attachment | None:
        """The paper that is meant, once what is typed is kept or given up."""
        if self._papers.dirty and not self._papers.may_leave():
            return None
        return self._papers.current_row

    def _paper_title(self, paper: Attachment) -> str:
        """The paper in a question: its title, and whose it is."""
        assert self._papers.record is not None
        return _("“{title}”, of {pupil}.").format(title=paper.title, pupil=self._papers.record.pupil.full_name)

    # -- the paper itself

    def open_(self) -> None:
        """Show the paper in the place of the list. That it was opened is logged, once in ten minutes."""
        paper = self._selected_paper()
        if paper is None:
            return
        desk = self._context.desk

        pupil_guard = guard(desk, [paper.pupil_id], "paper kept")

        def read(_job: object) -> tuple[bytes, tuple[PageFacts, ...]]:
            from pupil_desk.documents.pdf.attachment_pages import stamped

            data = stamped(attachments.pages_to_show(desk, paper), pupil_guard.stamp)
            return data, page_facts(data)

        self._context.jobs.run(self._papers, read, lambda shown: self._show(paper, *shown, pupil_guard), title=_("Opening the paper"))

    def _show(self, paper: Attachment, data: bytes, facts: Sequence[PageFacts], pupil_guard: Guard) -> None:
        if self._papers.current_row is None or self._papers.current_row.id != paper.id:
            return  # the person has gone on to another one
        desk = self._context.desk
        self.show_pdf(paper.title, data, lambda: attachments.log_print(desk, paper), guard=pupil_guard, saves=False, facts=facts)

    def save_copy(self) -> None:
        """Write a copy, which is not encrypted, where the person chooses."""
        paper = self._selected_paper()
        record = self._papers.record
        if paper is None or record is None:
            return
        text = _(
            "{paper} The copy is not encrypted: whoever has it can read it. That it is saved is logged, with your name. To look at the paper or to print it, open it here instead."
        )
        if not self._context.ask.confirm(
            _("Save a copy outside the unit’s file?"), text.format(paper=self._paper_title(paper)), _("Choose where…")
        ):
            return
        media = Media(paper.media_type)
        name = f"{record.pupil.ref}-{paper.kind}{media.ending}"
        path = self._context.ask.save_file(_("Where to save the copy"), name, ((media.words, f"*{media.ending}"),))
        pupil_guard = guard(self._context.desk, [paper.pupil_id], "paper kept, copy saved")
        if path is not None and ask_if_protected(self._context.ask, pupil_guard, _("Save the copy")):
            self._write(paper, path, pupil_guard)

    def _write(self, paper: Attachment, path: Path, pupil_guard: Guard) -> None:
        desk = self._context.desk

        def write(_job: object) -> None:
            attachments.save_copy(desk, paper, path)
            confirmed(desk, pupil_guard)

        message = _("The copy is saved. Delete it once it is no longer needed.")
        self._context.jobs.run(self._papers, write, lambda _none: self._context.banner.success(message), title=_("Saving the copy"))

    # -- out of use

    def set_aside(self) -> None:
        """Take the paper out of use, with the reason."""
        paper = self._selected_paper()
        if paper is None:
            return
        text = _(
            "{paper} It stays on file, at the end of the list, and a copy for the family still names it. A data officer can then remove it for good."
        )
        because = self._context.ask.text(
            _("Set this paper aside?"), text.format(paper=self._paper_title(paper)), _("Reason"), verb=_("Set it aside"), stay=_("Keep it")
        )
        if because is not None:
            self._papers.keep(self._papers.form, lambda: attachments.set_aside(self._context.desk, paper, because))

    def bring_back(self) -> None:
        """Take the paper into use again."""
        paper = self._selected_paper()
        if paper is not None:
            self._papers.keep(self._papers.form, lambda: attachments.bring_back(self._context.desk, paper))

    def remove(self) -> None:
        """Take the paper away for good, once the person has typed that it is meant."""
        paper = self._selected_paper()
        if paper is None:
            return
        text = _(
            "{paper} It goes from this file with all that is known of it, and cannot be brought back. Backups made before still hold it. That it was removed, and why it was set aside, stays on record."
        )
        is_confirmed = self._context.ask.confirm_typed(
            _("Remove this paper for good?"), text.format(paper=self._paper_title(paper)), _("remove"), _("Remove for good")
        )
        if is_confirmed:
            self._papers.keep(self._papers.form, lambda: attachments.remove(self._context.desk, paper))
