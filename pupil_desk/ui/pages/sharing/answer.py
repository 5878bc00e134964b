"""One question of the reply form: Restrict, Allow, or nothing said, each with its letter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.sharing import ALLOW, RESTRICT
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens


class Answer(QWidget):
    """What was said about one recipient. ``letter`` carries a letter that another question may know, ``done`` Enter."""

    changed = Signal()
    letter = Signal(str)
    done = Signal()

    def __init__(self, question: str, *, restrict: str, allow: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons = {
            RESTRICT: QRadioButton(restrict),
            ALLOW: QRadioButton(allow),
            "": QRadioButton(_("Nothing said")),
        }
        self._letters = {_letter(made.text()): key for key, made in self.buttons.items() if key}
        row = QWidget()
        line = FlowLayout(row, tokens.L)
        for made in self.buttons.values():
            self._group.addButton(made)
            line.addWidget(made)
            made.installEventFilter(self)
            made.setAccessibleName(f"{question}: {made.text().replace('&', '')}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(question, "label"))
        column.addWidget(row)
        self.setAccessibleName(question)
        self.buttons[""].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    @property
    def key(self) -> str:
        """«restrict», «allow», or empty."""
        return next(key for key, made in self.buttons.items() if made.isChecked())

    def set_key(self, key: str) -> None:
        """Choose."""
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

    def _toggled(self, _button: object, on: bool) -> None:
        if on:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Letters choose, and Enter goes on, while the cursor is on the answers."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
            return True
        if event.text().isalpha():
            self.letter.emit(event.text())
            return True
        return False


def _letter(words: str) -> str:
    return words[words.index("&") + 1].upper()
