"""Radio buttons in a row, chosen by a letter while the cursor is on them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.words import column_in, label, without_sign
from pupil_desk.ui.style import tokens


class Lettered(QWidget):
    """``name`` says what is chosen, ``above`` stands over it; ``buttons`` are the words by key, the empty key nothing, and chosen at first.

    ``letters`` are the keys by capital letter. ``changed`` is told of each choice, ``finished`` of Enter.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, name: str, buttons: Mapping[str, str], letters: Mapping[str, str], *, above: str, gap: int) -> None:
        super().__init__()
        self._group, self._letters = RadioGroup(self), letters
        self.buttons = {key: QRadioButton(words) for key, words in buttons.items()}
        row = QWidget()
        line = FlowLayout(row, gap)
        for option in self.buttons.values():
            self._group.add(option, option.text())
            line.addWidget(option)
            option.installEventFilter(self)
            option.setAccessibleName(f"{name}: {without_sign(option.text())}")
        column_in(self, tokens.XS, label(above, "label"), row)  # over which the ring of the first answer does not reach
        self.setAccessibleName(name)
        self.buttons[""].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    @property
    def key(self) -> str:
        """What is chosen, or empty."""
        return next(key for key, option in self.buttons.items() if option.isChecked())

    def set_key(self, key: str) -> None:
        self.buttons[key].setChecked(True)

    def take_letter(self, letter: str) -> bool:
        """Choose by letter, and stand there; False for a letter that is none of these."""
        key = self._letters.get(letter.upper())
        if key is None:
            return False
        self.set_key(key)
        self.focus()
        return True

    def focus(self) -> None:
        """Put the cursor on what is chosen."""
        self.buttons[self.key].setFocus(Qt.FocusReason.OtherFocusReason)

    def type_letter(self, text: str) -> bool:
        """What is done with a key that is neither Enter nor a shortcut; False where nothing is."""
        return self.take_letter(text)

    def _toggled(self, _button: object, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Letters choose, and Enter goes on, while the cursor is on the buttons."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return True
        return self.type_letter(event.text())
