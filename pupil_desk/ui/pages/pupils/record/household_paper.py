"""A paper for one household before it is printed, in the place of a part's list: a progress report, a letter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.letters.addressed import HouseholdPaper
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.pages.pupils.record.paper_in_place import PaperInPlace
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What a kind of paper is called where it is shown, asked for and made, and when there is nobody to send it to."""

    name: str
    nobody: str
    each: str
    making: str


class HouseholdPapers(PaperInPlace):
    """Shows a paper in the place of a part's list, and puts the list back when it is closed.

    ``printed`` logs that one was printed about a pupil.
    """

    def __init__(self, part: SeveralPart[Any], words: PaperWords, printed: Callable[[Desk, str], object]) -> None:
        super().__init__(part, words.name)
        self._words, self._printed = words, printed

    def begin(self, pupil_id: str, papers: Callable[[Desk], Iterable[HouseholdPaper]]) -> None:
        """Make the paper; asks for which household where there are several."""
        context = self._part.context
        found = context.attempt(lambda: list(papers(context.desk)))
        if found is None:
            return
        if not found:
            context.ask.tell(
                self._words.nobody,
                _("No contact with parental responsibility has an address on file. Add it among the contacts."),
            )
            return
        chosen = self._household(found)
        if chosen is not None:
            self._make(chosen, pupil_id)

    def _household(self, found: Sequence[HouseholdPaper]) -> HouseholdPaper | None:
        if len(found) == 1:
            return found[0]
        choices = [Choice(str(place), paper.letter.addressee) for place, paper in enumerate(found)]
        choices.append(Choice("none", _("Cancel")))
        key = self._part.context.ask.choose(_("For which household?"), self._words.each, choices, safe="none")
        return None if key == "none" else found[int(key)]

    def _make(self, chosen: HouseholdPaper, pupil_id: str) -> None:
        from pupil_desk.documents.pdf.page import build_pdf

        held = guard(self._part.context.desk, [pupil_id], "letter", out=True)
        self._part.context.jobs.run(
            self._part,
            lambda _job: build_pdf(chosen.story, title=chosen.title, stamp=held.stamp),
            lambda data: self._show(chosen.title, data, pupil_id, held),
            title=self._words.making,
        )

    def _show(self, title: str, data: bytes, pupil_id: str, held: Guard) -> None:
        if self._part.record is None or self._part.record.pupil.id != pupil_id:
            return
        desk = self._part.context.desk
        self.show_pdf(title, data, lambda: self._printed(desk, pupil_id), guard=held)
