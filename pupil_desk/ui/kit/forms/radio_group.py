"""Answers of which one holds: one stop of Tab, and Yes and No by their letters while the focus is on one of them."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from pupil_desk.basics.words import _

_ENDS: Final = ",.:"  # what may stand after Yes or No, as in “Yes: give it.”; “No answer” is none
_OTHER_KEYS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class RadioGroup(QButtonGroup):
    """Tab comes to the answer chosen, and to the first where none is; the arrows go on from there. Qt's own group lets Tab come to
    the first until somebody has been in it, whichever was chosen by the program."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._lettered: dict[str, QRadioButton] = {}
        self.buttonToggled.connect(self._place_stop)

    def add(self, answer: QRadioButton, words: str) -> None:
        """One more answer. ``words`` are what it reads, wherever they stand: one that begins with Yes or No has its first letter."""
        self.addButton(answer)
        answer.installEventFilter(self)
        self._place_stop()
        for one_word in (_("Yes"), _("No")):
            if words == one_word or words.startswith(tuple(one_word + end for end in _ENDS)):
                self._lettered[one_word[0].upper()] = answer

    def _place_stop(self, *_toggled: object) -> None:
        answers = self.buttons()
        stop = self.checkedButton() or next(iter(answers), None)
        for answer in answers:
            answer.setFocusPolicy(Qt.FocusPolicy.StrongFocus if answer is stop else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress or event.modifiers() & _OTHER_KEYS:
            return False
        answer = self._lettered.get(event.text().upper())
        if answer is None or not answer.isEnabled():
            return False
        answer.setFocus(Qt.FocusReason.OtherFocusReason)
        answer.click()
        return True
