"""A password or recovery code that is shown once, and in force only when somebody says that it is noted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.words import STRETCH, button, column_in, label, row_layout
from pupil_desk.ui.style import tokens


class ShownOnce(QDialog):
    """A password to be handed over, or a recovery code to be printed. Accepted by “I have noted it” alone; Esc, closing and a lock reject.

    No button answers to a stray Enter: the one that puts the secret in force is reached by its letter, Tab or a click.
    """

    def __init__(self, parent: QWidget, title: str, text: str, secret: str, *, print_it: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shown-once")
        self.setWindowTitle(title)
        self.secret = Passphrase(title)
        column = column_in(
            self,
            tokens.M,
            label(title, "subhead"),
            label(text),
            label(_("It is not in force yet. It is once you press “I have noted it”; until then nothing has changed.")),
            self.secret,
            left=tokens.XL,
            top=tokens.XL,
            right=tokens.XL,
            bottom=tokens.L,
        )
        self.secret.show_secret(secret)
        if print_it is not None:
            self.print_button = button(_("P&rint the sheet"), print_it, icon_name="printer")
            self.print_button.setAutoDefault(False)
            column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.noted_button = button(_("I have &noted it"), self.accept, "primary")
        self.cancel = button(_("Cancel"), self.reject)
        row = row_layout(STRETCH)
        for answer in (self.noted_button, self.cancel):
            answer.setAutoDefault(False)
            row.addWidget(answer)
        self.secret.copy.setAutoDefault(False)
        column.addLayout(row)
        self.setMinimumWidth(tokens.READING)
        self.secret.secret.setFocus()

    def done(self, result: int) -> None:
        """Shown once: off the screen and the clipboard, whatever was answered."""
        self.secret.forget()
        super().done(result)
