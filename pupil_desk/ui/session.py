"""One person's time at the desk: the window, drafts every few seconds, the lock, and the backup on the way out.

Locking ends this process, which held the key, and starts another that shows sign-in (security reference, 3.5): the key
cannot be wiped from a running process, so the process goes.
"""

import contextlib
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from pupil_desk.basics.errors import CannotWrite, Known
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services import backups, drafts, units
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.ask import Ask
from pupil_desk.ui.kit.idle import Idle
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.memory import Memory
from pupil_desk.ui.kit.mishaps import Mishaps
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.window import Window

_log = logging.getLogger(__name__)
_DRAFT_EVERY = 3_000  # ms
BACKUP_FOLDER = "backup/folder"


class DeskWindow(Window):
    """The window, whose closing is a signing out."""

    leaving: Callable[[], bool]

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        if event.isAccepted() and not self.leaving():
            event.ignore()


class Session(QObject):
    """Everything that lasts as long as one person is signed in."""

    def __init__(
        self,
        desk: Desk,
        pages: Sequence[type[Page]],
        jobs: Jobs,
        ask: Ask,
        memory: Memory,
        *,
        restart: Callable[[Path], None],
    ) -> None:
        super().__init__()
        self.desk, self._jobs, self._ask, self._memory, self._restart = desk, jobs, ask, memory, restart
        self.window = DeskWindow(pages, desk=desk, jobs=jobs, ask=ask, memory=memory, training=units.is_training(desk))
        self.window.leaving = self.sign_out
        self._mishaps = Mishaps(self.window.banner.problem, ask)
        self._mishaps.install()
        self._kept: dict[tuple[str, str], object] = {}
        self._drafts = QTimer(self)
        self._drafts.setInterval(_DRAFT_EVERY)
        self._drafts.timeout.connect(self.keep_drafts)
        self.idle = Idle(desk.settings.lock_minutes, self)
        self.idle.expired.connect(self.lock)
        self.idle.soon.connect(self.window.show_locking)
        self.window.lock_wanted.connect(self.lock)
        self.window.sign_out_wanted.connect(self.window.close)
        self.window.help_wanted.connect(lambda page: self.window.go("help", page))
        self.window.news.changed.connect(self._heard)

    def begin(self) -> None:
        """Show the window, offer a draft back to its author, and start to watch."""
        self._show_backup()
        self.window.go("home")
        self.window.show()
        self.idle.start()
        self._drafts.start()
        self._offer_draft()

    def _heard(self, changed: Changed) -> None:
        if "settings" in changed.kinds:
            self.idle.set_minutes(self.desk.settings.lock_minutes)
        if "backup" in changed.kinds:
            self._show_backup()

    def _show_backup(self) -> None:
        last = backups.last(self.desk)
        self.window.show_backup(last.at if last else None)

    # -- drafts

    def keep_drafts(self) -> None:
        """Keep what is typed and not saved; forget what has been saved or put back."""
        found: dict[tuple[str, str], dict[str, object]] = {}
        for page in self.window.open_pages:
            typed = page.draft() if page.dirty else None
            if typed is not None:
                found[(page.name, str(typed.get("id", "")))] = typed
        for place, typed in found.items():
            if self._kept.get(place) != typed:
                drafts.keep(self.desk, *place, typed)
        for place in self._kept.keys() - found.keys():
            drafts.forget(self.desk, *place)
        self._kept = dict(found)

    def _offer_draft(self) -> None:
        for draft in drafts.mine(self.desk):
            if self.window.go(draft.page, draft.object_id or None):
                self.window.page.take_draft(draft.typed)
                self._kept[(draft.page, draft.object_id)] = draft.typed
                self.window.banner.note(
                    _("What you had typed at {time} is back. Save it, or press Esc to put back what was.").format(
                        time=draft.at.strftime("%H:%M")
                    )
                )
                return

    # -- leaving

    def lock(self) -> None:
        """Keep the draft, close the file, end this process; another one shows sign-in."""
        for page in self.window.open_pages:
            page.close_popups()
        QApplication.clipboard().clear()
        try:
            self.keep_drafts()
        except CannotWrite as error:
            _log.warning("draft not kept at lock: %s", type(error).__name__)
        self._stop()
        path = self.desk.vault.path
        units.sign_out(self.desk, locked=True)
        self._restart(path)

    def sign_out(self) -> bool:
        """Make and prove a backup where the last one went, then close the file. False if the person rather stays."""
        self._drafts.stop()
        self.keep_drafts()
        if not self._back_up():
            self._drafts.start()
            return False
        self._stop()
        units.sign_out(self.desk)
        QApplication.quit()
        return True

    def _back_up(self) -> bool:
        kept = self._memory.get(BACKUP_FOLDER)
        if not isinstance(kept, str):
            return True
        try:
            backups.make(self.desk, Path(kept))
        except Known as error:
            text = _("The backup was not made. {why} Sign out without one?").format(why=error.message)
            return self._ask.confirm(_("No backup"), text, _("Sign out without a backup"))
        return True

    def _stop(self) -> None:
        self.idle.stop()
        self._drafts.stop()
        self._jobs.close()
        self._mishaps.remove()


def start_again(path: Path) -> None:
    """Start a new process of the program at sign-in for this file, and end this one."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "pupil_desk"]
    with contextlib.suppress(OSError):
        subprocess.Popen([*start, "--unit", str(path)], close_fds=True, start_new_session=True)
    QApplication.exit(0)
