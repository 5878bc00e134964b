"""Restoring a backup before any file is open: the PC is new, or its file is lost or damaged."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.files import make_folder
from pupil_desk.basics.words import _
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.backups import Verified
from pupil_desk.ui.entry.panel import Panel
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.words import label

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


_TO_RESTORE = (
    _("Restore a backup"),
    _(
        "A backup has its own sign-in: a data officer’s name, and the password of the day when it was made. The recovery code of that day opens it too."
    ),
    _("&Restore"),
)
_TO_LOOK = (
    _("Look something up in a backup"),
    _(
        "A backup has its own sign-in: the name of anybody who could sign in when it was made, and the password of that day. Nothing is restored, and no file is made."
    ),
    _("&Open it to look"),
)


class Restore(Panel):
    """The backup is chosen; a data officer signs in to it, or the recovery code of its day opens it. Or anybody looks something up in it.

    ``live`` is the office's own file as it was open last: beside it lies what was erased since. ``restored`` is called with the file, and with what is to be said of erasures that were carried out in it again; ``opened`` with the
    desk of whoever looks only.
    """

    help_place = "backup"

    def __init__(
        self,
        backup: Path,
        target: Path,
        jobs: Jobs,
        clock: Clock,
        restored: Callable[[Path, str], object],
        *,
        live: Path | None,
        opened: Callable[["Desk"], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(*_TO_RESTORE, self._restore)
        self._backup, self._target, self._live, self._jobs, self._clock = backup, target, live, jobs, clock
        self._restored, self._opened = restored, opened
        self.add(label(_("Backup: {name}").format(name=backup.name), "hint"))
        self.place = label(_("The restored file will be kept at {place}").format(place=target), "hint")
        self.add(self.place)
        self.name = self.field(_("Your &name"))
        self.password = self.field(_("Your &password"), secret=True)
        self.code = self.field(_("Or the recovery &code"), _("Leave the name and the password empty then"))
        self.look_only = TickBox(_("&Look something up in it only: nothing is restored"))
        self.add(self.look_only)
        self.look_only.toggled.connect(self._on_look_only)
        self.close_with()
        self.add_back(_("Back"), back)

    def _on_look_only(self, look_only: bool) -> None:
        self.is_for(*(_TO_LOOK if look_only else _TO_RESTORE))
        self.place.setVisible(not look_only)
        self.code.setEnabled(not look_only)

    def _entered(self) -> None:
        """Enter in the password restores; the code below it is another way, not a further step."""
        if self.password.hasFocus() and self.password.text():
            self._restore()
        else:
            super()._entered()

    def _restore(self) -> None:
        name, password, code = self.name.text().strip(), self.password.text(), self.code.text().strip()
        if self.look_only.isChecked():
            self._look(name, password)
            return
        if not code and not (name and password):
            self.say(_("Enter your name and your password, or the recovery code."))
            self.begin()
            return

        def work() -> Verified:
            make_folder(self._target.parent)
            restore = partial(backups.restore, self._backup, self._target, self._clock, live=self._live)
            return restore(recovery_code=code) if code else restore(name=name, password=password)

        self.password.clear()
        self.in_a_job(
            self._jobs,
            work,
            lambda restored: self._restored(self._target, " ".join(backups.erased_words(restored))),
            _("Restoring the backup"),
        )

    def _look(self, name: str, password: str) -> None:
        if not (name and password):
            self.say(_("Enter your name and your password of that day. The recovery code restores only."))
            self.begin()
            return
        look = partial(backups.open_to_look, self._backup, self._clock, name=name, password=password, live=self._live)
        self.password.clear()
        self.in_a_job(self._jobs, look, self._opened, _("Opening the backup"))
