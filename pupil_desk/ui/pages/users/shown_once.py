"""A password or recovery code that is shown once, and in force only when somebody says that it is noted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.help_text import answers_to_f1
from pupil_desk.ui.kit.talk.passphrase import Passphrase, same_group
from pupil_desk.ui.kit.words import STRETCH, button, column_in, label, name_label, passing_label, row_layout
from pupil_desk.ui.style import tokens


class ShownOnce(QDialog):
    """A password to be handed over, or a recovery code to be printed. Accepted by “I have noted it” alone; Esc, closing and a lock reject.

    ``typed_back`` are the codes, of a sheet or of several, that somebody proves to have on paper by typing two groups of each.

    No button answers to a stray Enter: the one that puts the secret in force is reached by its letter, Tab or a click.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        secret: str,
        *,
        print_it: Callable[[], object] | None = None,
        typed_back: Sequence[str] = (),
    ) -> None:
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
        self.boxes = [(QLineEdit(), code.split("-")) for code in typed_back]
        for number, (box, _groups) in enumerate(self.boxes, 1):
            of_sheet = _("Sheet &{number}: type its second and its last group, from the paper").format(number=number)
            name = name_label(of_sheet if len(typed_back) > 1 else _("Type the &second and the last group, from the paper"), box)
            column.addLayout(row_layout(name, box))
        self.problem = passing_label("problem")
        column.addWidget(self.problem)
        self.noted_button = button(_("I have &noted it"), self._check, "primary")
        self.cancel = button(_("Cancel"), self.reject)
        row = row_layout(STRETCH)
        for answer in (self.noted_button, self.cancel):
            answer.setAutoDefault(False)
            row.addWidget(answer)
        self.secret.copy.setAutoDefault(False)
        column.addLayout(row)
        self.setMinimumWidth(tokens.READING)
        answers_to_f1(self, lambda: "users")
        self.secret.secret.setFocus()

    def _check(self) -> None:
        for number, (box, groups) in enumerate(self.boxes, 1):
            if not same_group(box, groups[1] + groups[-1]):
                words = _("These are not the second and the last group of sheet {number}. Compare them with the paper.").format(
                    number=number
                )
                alone = _("These are not the second and the last group of the code. Compare them with the paper.")
                self.problem.setText(words if len(self.boxes) > 1 else alone)
                self.problem.show()
                announce(self, self.problem.text())
                box.setFocus()
                box.selectAll()
                return
        self.accept()

    def done(self, result: int) -> None:
        """Shown once: off the screen and the clipboard, whatever was answered."""
        self.secret.forget()
        super().done(result)
