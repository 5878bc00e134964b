"""A group of Home: its heading with the number of its things, and its card. What is later is folded until it is opened, which is remembered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.words import aligned, button, column_in, label
from pupil_desk.ui.pages.home.cards import Duty, When
from pupil_desk.ui.pages.home.duty_card import DutyCard
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon

_KEY = "home/later"


class DutyGroup(QWidget):
    """Hidden while it has nothing. ``card_made`` says that its lines are others, which the Tab key is to come to as one reads."""

    card_made = Signal()

    def __init__(self, when: When, memory: Memory) -> None:
        super().__init__()
        self.when, self._memory = when, memory
        self.duties: Sequence[Duty] = ()
        self.card: DutyCard | None = None
        self.heading = label("", "subhead")
        self.fold = button("", self._turn, "quiet")
        (self.heading if when is When.LATER else self.fold).hide()
        self._column = column_in(self, tokens.S, self.heading, aligned(self.fold))

    @property
    def is_open(self) -> bool:
        """Whether its card is shown."""
        return self.when is not When.LATER or bool(self._memory.get(_KEY, False))

    def show_duties(self, duties: Sequence[Duty]) -> None:
        """Show these, and put the cursor back where it was; what reads as what is in view stays as it is, and leads to these."""
        if self.card is not None and [duty.as_read for duty in duties] == [duty.as_read for duty in self.duties]:
            self.duties = duties
            self.card.lead_anew(duties)
            return
        self.duties = duties
        self.setVisible(bool(duties))
        words = _("{group}: {number}").format(group=self.when.value, number=sum(duty.count for duty in duties))
        self.heading.setText(words)
        self.fold.setText(words)
        self.fold.setAccessibleName(words)
        self._make_card()

    @property
    def stops(self) -> list[QWidget]:
        """What the Tab key comes to, as one reads."""
        fold = [self.fold] if self.when is When.LATER else []
        return [*fold, *(self.card.lines if self.card is not None else ())]

    def _turn(self) -> None:
        self._memory.keep(_KEY, not self.is_open)
        self._make_card()

    def _make_card(self) -> None:
        focused = self.card.focused if self.card is not None else ""
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        self.fold.setIcon(icon("caret-down" if self.is_open else "caret-right"))
        self.fold.setAccessibleDescription(_("Hide these lines") if self.is_open else _("Show these lines"))
        if self.is_open and self.duties:
            self.card = DutyCard(self.when.value, self.duties)
            self._column.addWidget(self.card)
            self.card.show()  # at once, so that the cursor can go there
            self.card_made.emit()
            if focused:
                self.card.focus_on(focused, Qt.FocusReason.OtherFocusReason)
