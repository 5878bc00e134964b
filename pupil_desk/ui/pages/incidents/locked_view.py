"""A report that was saved under a lock: where it lies, its password until it is noted, and then that it was sent."""

from pathlib import Path

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.incidents.locked_report import LockedReport
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.passphrase import Passphrase, ShownSecret, all_noted
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label
from pupil_desk.ui.style import tokens

_NAME = _("Password of the report")


def secret_of(locked_file: LockedReport, folder: Path) -> ShownSecret:
    """Its password, with what it opens."""
    return ShownSecret(_NAME, f"{folder.name or folder}: {locked_file.name}", locked_file.password)


def locked_again_words(time: str) -> str:
    """What is said of a locked report that is in view again."""
    return _("The locked report that was in view at {time} is here again: record it as sent once it has gone.").format(time=time)


class LockedView(QWidget):
    """``sent_wanted`` comes to record the report as sent, ``closed`` on Done: each once the password is noted."""

    sent_wanted = Signal()
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.title, self.words = label(_("The locked report"), "subhead"), label("")
        explain = _("Tell it to whoever gets the file by another way, such as by telephone. It is kept nowhere.")
        self.password = Passphrase(_NAME, explain)
        self.sent_button = button(
            _("Record as sent by e-&mail…"), lambda: self._go_on(self.sent_wanted), "primary", icon_name="envelope-simple"
        )
        self.done_button = button(_("&Done"), lambda: self._go_on(self.closed))
        column_in(self, tokens.M, self.title, self.words, self.password, flow_of(self.sent_button, self.done_button), STRETCH)

    def show_written(self, locked_file: LockedReport, folder: Path) -> None:
        """Show what was written, and where."""
        self.words.setText(
            _("{file} is saved in {folder}. Attach it to an e-mail, then record it as sent.").format(
                file=locked_file.name, folder=folder.name or folder
            )
        )
        self.password.show_secret(locked_file.password, self.words.text())
        self.sent_button.setFocus()

    def show_again(self, words: str) -> None:
        """Show what was written, and where, after a lock: the password is shown by itself until it is noted."""
        self.words.setText(words)
        self.password.forget()
        self.sent_button.setFocus()

    def _go_on(self, signal: SignalInstance) -> None:
        if all_noted(self._context.ask, [self.password]):
            signal.emit()

    def forget(self) -> None:
        """Keep nothing of it."""
        self.password.forget()
        self.words.clear()
