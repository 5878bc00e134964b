"""The one next step after an act, where one looks: what it is, and the buttons that do it or lead there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import button, column_in, flow_of, label
from pupil_desk.ui.style import tokens

type Act = tuple[str, Callable[[], object]]
"""A button's words, and what it does."""

_CALM = 500  # ms


class NextAct(QFrame):
    """Hidden while nothing is left to do. The first of its ``buttons`` is the step itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(_("Next"))
        self.words = label("")
        self.buttons = (button(_("Next"), partial(self._run, 0), "primary"), button(_("Or"), partial(self._run, 1)))
        self._acts: Sequence[Act] = ()
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        column_in(self, tokens.S, self.words, flow_of(*self.buttons), left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self.hide()

    def offer(self, words: str, acts: Sequence[Act]) -> None:
        """Offer this step, by at most two buttons; with no words there is none."""
        self._acts = acts
        self.words.setText(_("Next: {step}").format(step=words))
        for place, made in enumerate(self.buttons):
            made.setVisible(place < len(acts))
            if place < len(acts):
                made.setText(acts[place][0])
                made.setAccessibleName(acts[place][0])
        self.setVisible(bool(words))

    def _run(self, place: int) -> None:
        """Do it; a second click that was meant for this step does not take the next, which may stand there by then."""
        if not self._calm.isActive() and place < len(self._acts):
            self._calm.start()
            self._acts[place][1]()
