"""A pack, or a paper, that was written for the receiving lead: where it lies, and its password until it is noted."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.safeguarding.papers import LockedFiles
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
        explain = _("Tell it to whoever gets the file by another way than the file, such as by telephone. It is kept nowhere.")
        self.password = Passphrase(_("Password of the file"), explain)
        self.done_button = button(_("Done"), self._close, "primary")
        column_in(self, tokens.M, self.title, self.words, self.password, flow_of(self.done_button), STRETCH)

    def show_pack(self, locked: LockedFiles, pupil: str, folder: Path) -> None:
        """Show what was written, and of whom."""
        words = _("{files} in {folder}, apart from the record. Once it has gone, enter it under “File sent on…”.")
        self._show(_("The pack for the next lead: {pupil}").format(pupil=pupil), words, locked, folder)

    def show_paper(self, locked: LockedFiles, paper: str, folder: Path) -> None:
        """Show that a paper was written out: which, and of whom."""
        self._show(_("Written out: {paper}").format(paper=paper), _("{files} in {folder}."), locked, folder)

    def _show(self, title: str, words: str, locked: LockedFiles, folder: Path) -> None:
        self.title.setText(title)
        self.words.setText(words.format(files=_names(locked.names), folder=folder.name or folder))
        self.password.show_secret(locked.password, self.words.text())
        self.done_button.setFocus()

    def _close(self) -> None:
        if all_noted(self._context.ask, [self.password]):
            self.password.forget()
            self.title.clear()
            self.closed.emit()


def _names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return _("{file} is written").format(file=names[0])
    return _("{files} are written, under one password,").format(files=", ".join(names))
