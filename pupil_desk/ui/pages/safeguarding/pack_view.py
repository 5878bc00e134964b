"""A pack that was written for the receiving lead: where it lies, and its password until it is noted."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.safeguarding.pack import PackWritten
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.passphrase import Passphrase, all_noted
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label
from pupil_desk.ui.style import tokens


class PackView(QWidget):
    """``closed`` comes once the password is noted."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.title, self.words = label(_("The pack for the next lead"), "title"), label("")
        explain = _("Tell it to the safeguarding lead there by another way than the file, such as by telephone. It is kept nowhere.")
        self.password = Passphrase(_("Password of the pack"), explain)
        self.done_button = button(_("Done"), self._close, "primary")
        column_in(self, tokens.M, self.title, self.words, self.password, flow_of(self.done_button), STRETCH)

    def show_pack(self, written: PackWritten, pupil: str, folder: Path) -> None:
        """Show what was written, and of whom."""
        self.title.setText(_("The pack for the next lead: {pupil}").format(pupil=pupil))
        words = _("{file} is written in {folder}, apart from the record. Once it has gone, enter it under “File sent on…”.")
        self.words.setText(words.format(file=written.name, folder=folder.name or folder))
        self.password.show_secret(written.password, self.words.text())
        self.done_button.setFocus()

    def _close(self) -> None:
        if all_noted(self._context.ask, [self.password]):
            self.password.forget()
            self.title.clear()
            self.closed.emit()
