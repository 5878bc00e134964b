"""An update from a stick: looked at, asked about, copied to this PC, and put in place; or why it is not taken."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.pc import own_program
from pupil_desk.basics.words import _
from pupil_desk.services.program import updates
from pupil_desk.services.program.update_file import ENDING
from pupil_desk.services.program.updates import SYSTEM, WINDOWS, UpdateSeen
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.talk.dialogs import once_answered

FOLDER = "update/folder"  # where the last update was read from
_KINDS = ((_("Updates of Pupil Desk"), f"*{ENDING}"), (_("All files"), "*"))


class Updating(QObject):
    """The act of the page *This PC*, which owns it."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context

    def choose(self) -> None:
        """Choose an update, and have it looked at whole."""
        context = self._context
        start = context.memory.get(FOLDER)
        path = context.ask.open_file(_("Choose an update"), _KINDS, Path(start) if isinstance(start, str) else None)
        if path is None:
            return
        context.memory.keep(FOLDER, str(path.parent))
        context.banner.dismiss()
        desk = context.desk
        today, schema = desk.today, updates.form_of_file(desk)

        def work(job: Job) -> UpdateSeen:
            return updates.look(path, today=today, schema=schema, report=job.step)

        context.jobs.run(self, work, lambda seen: once_answered(self, partial(self._ask, seen)), title=_("Looking at the update"))

    def _ask(self, seen: UpdateSeen) -> None:
        context = self._context
        if SYSTEM == WINDOWS:
            how = _("You are signed out, Pupil Desk closes, and its installer starts. If that fails, this version stays as it is.")
        else:
            how = _("It goes into a folder beside this version, which stays as it is, and is tried there first.")
        if not context.ask.confirm(_("Update Pupil Desk?"), f"{seen.words}\n\n{how}", _("Update")):
            return
        done = self._start_installer if SYSTEM == WINDOWS else self._say_where
        context.jobs.run(self, lambda job: self._put(job, seen), done, title=_("Copying the update to this PC"))

    def _put(self, job: Job, seen: UpdateSeen) -> Path:
        updates.note_taken(self._context.desk, seen)
        copy = updates.take(seen, report=job.step)
        if SYSTEM == WINDOWS:
            return copy
        try:
            return updates.put_beside(copy, seen.update.version, lambda _line: job.step(0, 0, _("The new version checks itself")))
        finally:
            copy.unlink(missing_ok=True)

    def _start_installer(self, installer: Path) -> None:
        words, as_administrator = updates.installer_words(installer)
        own_program.start_at_end(words, as_administrator=as_administrator)
        self._context.banner.note(_("The installer starts as soon as you have signed out."))
        page = self.parent()
        if isinstance(page, QWidget):
            page.window().close()

    def _say_where(self, folder: Path) -> None:
        words = _("The new version is in {folder}. Sign out, and start Pupil Desk from there. Keep this version until you have done so.")
        self._context.banner.success(words.format(folder=folder))
