"""What is written into a folder under a lock, once that is agreed to; and the paper of the page, which is printed, or written out like that."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.guard import Guard
from pupil_desk.services.safeguarding.papers import LockedFiles
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import Paper, ask_if_protected
from pupil_desk.ui.kit.talk.passphrase import ShownSecret
from pupil_desk.ui.kit.words import button


class PaperOfRoom(Paper):
    """A paper in view. One that was made here can be written out under a lock too; one that is kept here has that in its list."""

    def __init__(self, context: Context) -> None:
        self._write: Callable[[], object] | None = None
        self.lock_button = button(_("Write out under a lock…"), self._write_out, icon_name="lock-key")
        super().__init__(context, _("The paper"), further=[self.lock_button])
        self.offer_lock(None)

    def offer_lock(self, write: Callable[[], object] | None) -> None:
        """``write`` writes what is in view out; None where that is done elsewhere."""
        self._write = write
        self.lock_button.setVisible(write is not None)

    def _write_out(self) -> None:
        if self._write is not None and self.view.data:
            self._write()


def write_paper(
    context: Context,
    page: QWidget,
    *,
    title: str,
    pupil: str,
    protected: Guard,
    write: Callable[[Path], LockedFiles],
    show: Callable[[LockedFiles, str, Path], None],
) -> None:
    """Write a paper about a pupil into a folder, under a lock, once that is agreed to; ``show`` is told what was written, of whom, and where."""
    if not context.lets_out():
        return
    text = _("“{title}”, of {pupil}, is written as a PDF that only its password opens. Tell the password by another way than the file.")
    if not context.ask.confirm(_("Write the paper out?"), text.format(title=title, pupil=pupil), _("Choose the folder")):
        return
    if not ask_if_protected(context.ask, protected, _("Choose the folder")):
        return
    folder = context.ask.folder(_("Where to write the paper"))
    if folder is None:
        return
    context.jobs.run(
        page,
        lambda _job: write(folder),
        lambda locked: show(locked, _("{title}, {pupil}").format(title=title, pupil=pupil), folder),
        title=_("Writing the paper"),
        untold=lambda locked: context.not_kept.append(ShownSecret(_("Password of the paper"), locked.names[0], locked.password)),
    )
