"""What was said or done about a consent: one of six, each with its letter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.consent import ASKED, EXCUSED, GIVEN, REFUSED, REMINDED, WITHDRAWN
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens

_LETTERS = {"Y": GIVEN, "N": REFUSED, "T": WITHDRAWN, "A": ASKED, "R": REMINDED, "E": EXCUSED}


class Answer(QWidget):
    """Radio buttons; with the cursor on them their first letters choose, and Enter goes on (``done``)."""

    changed = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons = {
            GIVEN: QRadioButton(_("Yes")), REFUSED: QRadioButton(_("No")), WITHDRAWN: QRadioButton(_("Takes the yes back")),
            ASKED: QRadioButton(_("Asked")), REMINDED: QRadioButton(_("Reminded")), EXCUSED: QRadioButton(_("Excused: need not be asked")),
            "": QRadioButton(_("Nothing said")),
        }  # fmt: skip
        name = _("What was said or done")
        row = QWidget()
        line = FlowLayout(row, tokens.XS)
        for made in self.buttons.values():
            self._group.addButton(made)
            line.addWidget(made)
            made.installEventFilter(self)
            made.setAccessibleName(f"{name}: {made.text()}")
        above = label(_("What was said or done (Y, N, T, A, R, E)"), "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(row)
        self.setAccessibleName(name)
        self.buttons[""].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    @property
    def key(self) -> str:
        """A code of «consent_step», or empty."""
        return next(key for key, made in self.buttons.items() if made.isChecked())

    def set_key(self, key: str) -> None:
        """Choose."""
        self.buttons[key].setChecked(True)

    def set_request(self, on: bool) -> None:
        """A request to be left out says yes and no in other words."""
        self.buttons[GIVEN].setText(_("Yes: left out") if on else _("Yes"))
        self.buttons[REFUSED].setText(_("No: takes part") if on else _("No"))

    def take_letter(self, text: str) -> bool:
        """Choose by letter, and stand there; False for a letter that is none of these."""
        key = _LETTERS.get(text.upper())
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
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
            return True
        return self.take_letter(event.text())
