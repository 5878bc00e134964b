"""The one next step after an act, where one looks: what it is, and the buttons that do it or lead there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.words import button, column_in, flow_of, label, without_sign
from pupil_desk.ui.style import tokens

type Act = tuple[str, Callable[[], object]]
"""A button's words, and what it does."""

_CALM = 500  # ms
_MOST = 3  # buttons


class NextAct(QFrame):
    """Hidden while nothing is left to do. The first of its ``buttons`` is the step itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._records = False
        self.words = label("")
        others = (button(_("Or"), partial(self._run, place)) for place in range(1, _MOST))
        self.buttons = (button(_("Next"), partial(self._run, 0), "primary"), *others)
        self._acts: Sequence[Act] = ()
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        column_in(self, tokens.S, self.words, flow_of(*self.buttons), left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self.hide()

    def offer(self, words: str, acts: Sequence[Act], *, records: bool = False) -> None:
        """Offer this step, by at most three buttons; with no words there is none. ``records`` is whether the first records something at once."""
        self._acts, self._records = acts, records
        self.words.setText(_("Next: {step}").format(step=words))
        self.setAccessibleName(self.words.text())
        for place, made in enumerate(self.buttons):
            made.setVisible(place < len(acts))
            if place < len(acts):
                made.setText(acts[place][0])
                made.setAccessibleName(without_sign(acts[place][0]))
        self.setVisible(bool(words))

    def take_focus(self) -> None:
        """The cursor goes to the step; where that records at once, to its words, from which Tab goes on: a stray Enter records nothing."""
        place = self if self._records else self.buttons[0]
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: bring_into_view(self) if worked_on_in(self.window()) is place else None)  # once it has its place

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes from the words to the step. They are no stop of Tab themselves, so that it knows no place for them."""
        if not forwards or worked_on_in(self.window()) is not self:
            return super().focusNextPrevChild(forwards)
        self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever went to something else and came back presses for what stands here now, however soon."""
        if not self.isHidden():
            self._calm.stop()
        super().hideEvent(event)

    def _run(self, place: int) -> None:
        """Do it; a second click that was meant for this step does not take the next, which may stand there by then."""
        if not self._calm.isActive() and place < len(self._acts):
            self._calm.start()
            self._acts[place][1]()
