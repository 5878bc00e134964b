"""The letter about a suspension before it is printed: for one household at a time, in the place of the list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.suspension import Suspension
from pupil_desk.services import suspension_letters
from pupil_desk.services.suspension_letters import LetterPaper
from pupil_desk.ui.kit.ask import Choice
from pupil_desk.ui.kit.paper import Paper
from pupil_desk.ui.pages.pupils.several import SeveralPart


class SuspensionLetter:
    """Shows the letter in the place of the list, and puts the list back when it is closed."""

    def __init__(self, part: SeveralPart[Suspension], around: QWidget) -> None:
        self._part, self._list = part, around
        self.paper = Paper(part.context, _("The letter about the suspension"), part)
        layout = part.layout()
        assert layout is not None
        layout.addWidget(self.paper)
        self.paper.hide()
        self.paper.closed.connect(self.close)

    def begin(self, suspension: Suspension) -> None:
        """Make the letter; asks for which household where there are several."""
        context = self._part.context
        found = context.attempt(
            lambda: list(suspension_letters.letters(context.desk, suspension.pupil_id, suspension.decision))
        )
        if found is None:
            return
        if not found:
            context.ask.tell(
                _("There is nobody to send a letter to"),
                _("No contact with parental responsibility has an address on file. Add it among the contacts."),
            )
            return
        chosen = self._household(found)
        if chosen is not None:
            self._make(chosen, suspension.pupil_id)

    def _household(self, found: Sequence[LetterPaper]) -> LetterPaper | None:
        if len(found) == 1:
            return found[0]
        choices = [Choice(str(place), paper.letter.addressee) for place, paper in enumerate(found)]
        choices.append(Choice("none", _("Cancel")))
        text = _("Each household has its own letter, addressed to it.")
        key = self._part.context.ask.choose(_("For which household?"), text, choices, safe="none")
        return None if key == "none" else found[int(key)]

    def _make(self, letter: LetterPaper, pupil_id: str) -> None:
        from pupil_desk.documents.page import build_pdf

        self._part.context.jobs.run(
            self._part,
            lambda _job: build_pdf(letter.story, title=letter.title),
            lambda data: self._show(letter.title, data, pupil_id),
            title=_("Making the letter"),
        )

    def _show(self, title: str, data: bytes, pupil_id: str) -> None:
        if self._part.record is None or self._part.record.pupil.id != pupil_id:
            return
        desk = self._part.context.desk
        self._list.hide()
        self.paper.show()
        self.paper.show_pdf(title, data, lambda: suspension_letters.printed(desk, pupil_id))

    def close(self) -> None:
        """Put the list back."""
        if self.paper.isHidden():
            return
        self.paper.clear()
        self.paper.hide()
        self._list.show()
        self._part.focus_first()
