"""One block of the card: a heading, and beneath it facts that each lead to the field in which they are changed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.services.pupils.card.facts import CardFact
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import column_in, label
from pupil_desk.ui.style import tokens


class CardBlock(QWidget):
    """Shows facts; the lines stay from one pupil to the next, so that turning pages makes no more of them."""

    def __init__(self, title: str, follow: Callable[[CardFact], object]) -> None:
        super().__init__()
        self._follow = follow
        self.facts: Sequence[CardFact] = ()
        self.lines: list[LinkLine] = []
        self.title = label(title, "muted")
        self.column = column_in(self, tokens.THIN, self.title, tokens.XS)  # over which the ring of the first line does not reach

    def show_facts(self, facts: Sequence[CardFact]) -> None:
        """These, and no block at all where there is none."""
        pause()
        self.facts = facts
        while len(self.lines) < len(facts):
            place = len(self.lines)
            line = LinkLine("", lambda place=place: self._follow(self.facts[place]), quiet=True)  # type: ignore[misc]  # a default is no type of a lambda
            self.lines.append(line)
            self.column.addWidget(line)
        for place, line in enumerate(self.lines):
            if place < len(facts):
                line.say(facts[place].words, facts[place].tone)
            line.setVisible(place < len(facts))
        self.setVisible(bool(facts))
