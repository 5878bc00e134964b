"""A paper for one household before it is printed, in the place of a part's list: a progress report, a letter.

A paper shown in the place of a part's list, and the list put back when it is closed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import PageFacts
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.translations.given import titled
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


class PaperInPlace:
    """Stands in for the list of a part while a paper is looked at; ``paper`` is the view of it."""

    def __init__(self, part: SeveralPart[Any], name: str) -> None:
        self._part = part
        self.paper = Paper(part.context, name, part)
        layout = part.layout()
        assert layout is not None
        layout.addWidget(self.paper)
        self.paper.hide()
        self.paper.closed.connect(self.close)

    def show_pdf(
        self,
        title: str,
        data: bytes,
        on_printed: Callable[[], object],
        *,
        guard: Guard,
        saves: bool = True,
        facts: Sequence[PageFacts] | None = None,
    ) -> None:
        """Show it, as ``Paper.show_pdf``."""
        self._part.list_area.hide()
        self.paper.show()
        self.paper.show_pdf(title, data, on_printed, guard=guard, saves=saves, facts=facts)

    def close(self) -> None:
        """Put the list back, and keep nothing of the paper in memory."""
        if self.paper.isHidden():
            return
        self.paper.clear()
        self.paper.hide()
        self._part.list_area.show()
        if self._part.isVisible():  # else another part has the cursor
            self._part.go_on()


@dataclass(frozen=True, slots=True)
class HouseholdPaperWords:
    """What a kind of paper is called where it is shown, asked for and made, and when there is nobody to send it to."""

    name: str
    nobody_words: str
    choice_hint: str
    making: str


class HouseholdPapers(PaperInPlace):
    """Shows a paper in the place of a part's list, and puts the list back when it is closed.

    ``on_printed`` logs that one was printed.
    """

    def __init__(self, part: SeveralPart[Any], words: HouseholdPaperWords, on_printed: Callable[[Desk, HouseholdPaper], object]) -> None:
        super().__init__(part, words.name)
        self._words, self._on_printed = words, on_printed

    def begin(self, pupil_id: str, papers: Callable[[Desk], Iterable[HouseholdPaper]]) -> None:
        """Make the paper; asks for which household where there are several."""
        context = self._part.context
        household_papers = context.attempt(lambda: list(papers(context.desk)))
        if household_papers is None:
            return
        if not household_papers:
            context.ask.tell(
                self._words.nobody_words, _("No contact with parental responsibility has an address on file. Add it among the contacts.")
            )
            return
        paper = self._household(household_papers)
        if paper is not None:
            self._make(paper, pupil_id)

    def _household(self, papers: Sequence[HouseholdPaper]) -> HouseholdPaper | None:
        if len(papers) == 1:
            return papers[0]
        choices = [
            Choice(str(place), titled(paper.letter.addressee, paper.language, paper.in_english_because))
            for place, paper in enumerate(papers)
        ]
        choices.append(Choice("none", _("Cancel")))
        key = self._part.context.ask.choose(_("For which household?"), self._words.choice_hint, choices, safe="none")
        return None if key == "none" else papers[int(key)]

    def _make(self, paper: HouseholdPaper, pupil_id: str) -> None:
        pupil_guard = guard(self._part.context.desk, [pupil_id], "letter", for_family=True)
        self._part.context.jobs.run(
            self._part,
            lambda _job: paper.pdf(pupil_guard.stamp),
            lambda data: self._show(paper, data, pupil_id, pupil_guard),
            title=self._words.making,
        )

    def _show(self, paper: HouseholdPaper, data: bytes, pupil_id: str, pupil_guard: Guard) -> None:
        if self._part.record is None or self._part.record.pupil.id != pupil_id:
            return
        desk, title = self._part.context.desk, titled(paper.title, paper.language, paper.in_english_because)
        self.show_pdf(title, data, lambda: self._on_printed(desk, paper), guard=pupil_guard)
