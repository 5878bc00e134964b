"""What an export left: files, rows, who was left out, the password shown once, the receipt's text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.exports.export import ExportMade
from pupil_desk.ui.kit.passphrase import Passphrase
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.fonts import fixed_font
from pupil_desk.ui.style.look import percent

_SMALLER = 0.88  # a receipt's lines are long, and are to stay whole


class ReceiptText(QPlainTextEdit):
    """A receipt, to read and to copy from."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(fixed_font(round(percent() * _SMALLER)))
        self.setAccessibleName(_("The receipt"))
        self.setMinimumHeight(tokens.HUGE * 3)


class Result(QWidget):
    """``done`` comes when the person goes back to the exports."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label(_("The export is made"), "subhead")
        self.lines = label("")
        self.stick = label(
            _("Now take the stick out safely: close its windows, and ask the system to eject it."), "check"
        )
        explain = _(
            "Tell it to the receiver by another way than the file, such as by telephone. It is not kept, and not shown again."
        )
        self.password = Passphrase(_("Password of the file"), explain)
        self.receipt = ReceiptText()
        self.close_button = button(_("&Done"), self.done.emit, "primary")
        left, right = QVBoxLayout(), QVBoxLayout()
        for part in (self.title, self.lines, self.password, self.stick):
            left.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addStretch(1)
        left.addLayout(row)
        left.addStretch(1)
        right.addWidget(label(_("Receipt"), "label"))
        right.addWidget(self.receipt, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, tokens.M, 0, 0)
        outer.setSpacing(tokens.XL)
        outer.addLayout(left, 2)
        outer.addLayout(right, 3)
        for column in (left, right):
            column.setSpacing(tokens.M)

    def show_made(self, made: ExportMade, *, on_stick: bool) -> None:
        """Show it, with the password if there is one."""
        files = [_("File: {name}, {size} bytes").format(name=file.name, size=f"{file.bytes:,}") for file in made.files]
        lines = [
            *files,
            _("Receipt: {name}").format(name=made.receipt_path.name),
            _("Folder: {folder}").format(folder=made.receipt_path.parent),
            _("In it: {pupils}. Left out: {left}.").format(
                pupils=count_of(made.rows, _("pupil"), _("pupils")), left=len(made.left_out)
            ),
        ]
        self.lines.setText("\n".join(lines))
        self.stick.setVisible(on_stick)
        self.receipt.setPlainText(made.receipt_text)
        if made.password:
            self.password.show_secret(made.password)
            self.password.copy.setFocus()
        else:
            self.password.hide()
            self.close_button.setFocus()

    @property
    def showing_password(self) -> bool:
        """Whether a password stands there that is kept nowhere else."""
        return bool(self.password.secret.toPlainText())

    def forget(self) -> None:
        """Take the password off the screen."""
        self.password.forget()
        self.receipt.clear()
