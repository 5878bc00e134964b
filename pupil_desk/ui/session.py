"""One person's time at the desk: the window, drafts every few seconds, the lock, and the backup on the way out.

Locking ends this process, which held the key, and starts another that shows sign-in (security reference, 3.5): the key
cannot be wiped from a running process, so the process goes.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pupil_desk.basics.errors import Known
from pupil_desk.basics.pc.drives import drive_holding, removable_drives
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.backup import backups, keeping
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import clock_doubt, drafts, units
from pupil_desk.ui.desk_window import DeskWindow
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.jobs import Job, Jobs
from pupil_desk.ui.kit.page import BESIDE, Page
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.talk.dialogs import Dialogs, Unanswered
from pupil_desk.ui.kit.talk.shown_again import NotNoted
from pupil_desk.ui.kit.talk.uncaught import UncaughtErrors
from pupil_desk.ui.kit.watch.clipboard import take_back
from pupil_desk.ui.kit.watch.cursor import cursor_on, put_cursor
from pupil_desk.ui.kit.watch.memory import SAY_AT_SIGN_IN, Memory, remember_place
from pupil_desk.ui.kit.watch.native_dialogs import cancel_native_dialogs
from pupil_desk.ui.kit.watch.session_watch import Idle, Left, SessionWatch
from pupil_desk.ui.kit.watch.views import put_views, views_on

_log = logging.getLogger(__name__)
_DRAFT_EVERY = 3_000  # ms
_VIEWS = "views"  # of that place: the open tab, the part of a record, the day
_CURSOR = "cursor"  # of a draft: where it stood in what was typed
_QUESTION = "question"  # kept like a draft: what was typed in a question that stood open
BACKUP_FOLDER = "backup/folder"


class Session(QObject):
    """Everything that lasts as long as one person is signed in."""

    def __init__(
        self, desk: Desk, pages: Sequence[type[Page]], jobs: Jobs, ask: Ask, memory: Memory, *, restart: Callable[[Path, str], None]
    ) -> None:
        super().__init__()
        self.desk, self._jobs, self._ask, self._memory, self._restart = desk, jobs, ask, memory, restart
        Form.looking_only = bool(desk.vault.read_only)  # before any page is made
        self.window = DeskWindow(pages, desk=desk, jobs=jobs, ask=ask, memory=memory, training=units.is_training(desk))
        self.window.leaving = self.sign_out
        if isinstance(ask, Dialogs):
            ask.stand_on(self.window)
            ask.help_place = self.window.help_place
        self._not_noted = NotNoted(self.window.context, self.window)
        self._uncaught = UncaughtErrors(self.window.banner.problem, ask)
        self._uncaught.install()
        self._drafts_kept: dict[tuple[str, str], object] = {}
        self._draft_offer: tuple[Page, str] | None = None  # the page with a draft put back, and what the banner says of it
        self._over = self._backing_up = False
        self._drafts = QTimer(self, interval=_DRAFT_EVERY)
        self._drafts.timeout.connect(self._look_for_drafts)
        self.idle = Idle(desk.settings.lock_minutes, self)
        self.idle.expired.connect(self.lock)
        self.idle.soon.connect(self.window.show_locking)
        self._watch = SessionWatch(self.window)
        self._watch.left.connect(self._on_left)
        self.window.lock_wanted.connect(self._lock_wanted)
        self.window.sign_out_wanted.connect(self.window.close)
        self.window.help_wanted.connect(lambda place: self.window.go("help", place))
        self.window.news.changed.connect(self._on_change)
        jobs.known_error.connect(self._on_known_error)

    def begin(self) -> None:
        """Show the window, offer a draft back to its author, and start to watch."""
        self._show_backup()
        self.window.go("home")
        self.window.show()
        self.idle.start()
        self._watch.start()
        self.window.making.turn()  # with its page it has a turn to itself, before another that was left comes in
        if self.desk.vault.remarks:
            self.window.banner.note(" ".join(self.desk.vault.remarks))
        if not self.desk.vault.read_only:
            self._drafts.start()
            self._go_on()

    def _on_change(self, changed: Changed) -> None:
        if "settings" in changed.kinds:
            self.idle.set_minutes(self.desk.settings.lock_minutes)
        if "backup" in changed.kinds:
            self._show_backup()

    def _show_backup(self) -> None:
        last = backups.last(self.desk)
        self.window.show_backup(last.moment if last else None)

    # -- drafts

    def _look_for_drafts(self) -> None:
        if self._jobs.busy or self.window.context.making.is_under_way or self.desk.vault.read_only:  # the window must not wait for the file
            return
        try:
            self.keep_drafts()
            if words := clock_doubt.note(self.desk):
                self.window.banner.note(words)
        except Known as error:
            _log.warning("draft not kept: %s", type(error).__name__)
            self.window.banner.problem(error)

    def keep_drafts(self, *, with_cursor: bool = False, at_end: bool = False) -> None:
        """Keep what is typed and not saved; forget what has been saved or put back. Raises CannotWrite.

        ``with_cursor``: and where the cursor stands in it, since the window goes. ``at_end``: what is open and not typed goes with it.
        """
        drafts_by_place: dict[tuple[str, str], dict[str, object]] = {}
        for page in self.window.open_pages:
            draft = page.draft() if page.dirty or (page.has_draft and not at_end) else None
            if draft is not None:
                if with_cursor and page is self.window.page:
                    draft[_CURSOR] = cursor_on(page)
                drafts_by_place[(page.name, str(draft.get("id") or ""))] = draft
        for place, draft in drafts_by_place.items():
            if self._drafts_kept.get(place) != draft:
                drafts.keep(self.desk, *place, draft)
        for place in self._drafts_kept.keys() - drafts_by_place.keys():
            drafts.forget(self.desk, *place)
        self._drafts_kept = dict(drafts_by_place)
        self._settle_offered()

    def _keep_place(self) -> None:
        """Keep where the person is, and what is typed in a question that stands open: the lock closes both. Raises CannotWrite."""
        page = self.window.page
        if page.name not in ({name for name, _object_id in self._drafts_kept} or {"home"}):  # nothing kept leads away from Home
            drafts.keep(
                self.desk, drafts.PLACE, "", {"page": page.name, "id": page.subject, _VIEWS: views_on(page), _CURSOR: cursor_on(page)}
            )
        if isinstance(self._ask, Dialogs) and self._ask.unanswered is not None:
            drafts.keep(self.desk, _QUESTION, "", asdict(self._ask.unanswered))

    def _go_on(self) -> None:
        """Lead back to where the lock came, and put back what was typed."""
        kept = drafts.own_drafts(self.desk)
        left = {draft.page: draft.typed for draft in kept if draft.page in (drafts.PLACE, _QUESTION, drafts.NOT_NOTED, *drafts.LOST)}
        for name in left.keys() - {drafts.NOT_NOTED}:
            drafts.forget(self.desk, name, "")
        place, question = left.get(drafts.PLACE), left.get(_QUESTION)
        said = [words for page, words in drafts.LOST.items() if page in left]
        if not self._offer_draft([draft for draft in kept if draft.page not in left], said) and place is not None:
            if self.window.go(str(place["page"]), str(place["id"]) or None):
                put_views(self.window.page, place.get(_VIEWS))
            self._put_cursor(place[_CURSOR])
        if question is not None and isinstance(self._ask, Dialogs):
            self._ask.unanswered = unanswered = Unanswered(**{name: str(words) for name, words in question.items()})
            said.append(_("What you had typed under “{title}” stands there again when you come to it.").format(title=unanswered.title))
        if said:
            self.window.banner.note(" ".join(filter(None, (self.window.banner.words, *said))))
        self._not_noted.show()

    def _offer_draft(self, kept: Sequence[drafts.FormDraft], sentences: list[str]) -> bool:
        """Put back the files that were open and the latest of what was typed; whether there was any such. One with nothing to keep goes; ``sentences`` grows."""
        for draft in sorted(kept, key=lambda draft: not draft.typed.get(BESIDE)):
            cursor = draft.typed.pop(_CURSOR, None)
            if self.window.go(draft.page, draft.object_id or None):
                sentences += [] if self.window.page.take_kept_draft(draft.typed) else [drafts.NOT_WHOLE]
                if self.window.page.has_draft:
                    self._drafts_kept[(draft.page, draft.object_id)] = draft.typed
                    self._say_back(draft.at)
                    self._put_cursor(cursor)
                    if draft.typed.get(BESIDE):
                        continue
                    return True
            drafts.forget(self.desk, draft.page, draft.object_id)
        return False

    def _put_cursor(self, cursor: object) -> None:
        if isinstance(cursor, dict):
            QTimer.singleShot(0, self, partial(put_cursor, self.window.page, cursor))  # once the page is laid out

    def _say_back(self, moment: datetime) -> None:
        words = self.window.page.back_words(moment.strftime("%H:%M"))
        words = " ".join((*self.desk.vault.remarks, words))  # the banner says one thing at a time
        self.window.banner.note(words)
        self._draft_offer = (self.window.page, words)
        self.window.page.edited.connect(self._settle_offered)

    def _settle_offered(self) -> None:
        """Once what was put back is saved, or gone again, nothing more is said of it."""
        if self._draft_offer is None:
            return
        page, words = self._draft_offer
        is_there = shiboken6.isValid(page)  # one with nothing left to keep may have been let go
        if is_there and page.has_draft:
            return
        self._draft_offer = None
        if is_there:
            page.edited.disconnect(self._settle_offered)
        if self.window.banner.words == words:
            self.window.banner.dismiss()

    # -- leaving

    def _lock_wanted(self) -> None:
        """The person asks for the lock: at once, with a password on a page kept for them. One that the file cannot keep is to be noted first."""
        if self._not_noted.can_keep(self.window.open_pages) or self.window.page.secrets_noted():
            self.lock()
        else:
            self.window.stay()

    def lock(self) -> None:
        """Close what stands over the window, keep the draft, close the file, end this process; another shows sign-in.

        Whatever goes wrong on the way, the file is closed and the process ends.
        """
        self._leave_at_once(restarts=True)

    def _on_known_error(self, error: Known) -> None:
        """What was typed for the act is not lost. Work on the file's key may have closed the file for good: nothing goes on but a new sign-in."""
        self._ask.end_answer(refused=True)
        if self.desk.vault.is_closed:
            self._memory.keep(SAY_AT_SIGN_IN, error.message)
            self._leave_at_once(restarts=True)

    def _on_left(self, reason: str) -> None:
        """The person left the PC; when its session ends, nobody is asked anything and no other process is started."""
        _log.info("left: %s", reason)
        self._leave_at_once(restarts=reason != Left.ENDING)

    def _leave_at_once(self, *, restarts: bool) -> None:
        if self._over:
            return
        if self.window.context.making.postpone(self, partial(self._leave_at_once, restarts=restarts)):
            return
        self._over = True
        self._close_what_stands_over()
        self.window.is_gone = True
        remember_place(self.window, self._memory)
        self.window.hide()
        self._stop()
        path = self.desk.vault.path
        acts: list[Callable[[], object]] = []
        if not self.desk.vault.read_only and not self.desk.vault.is_closed:
            acts = [partial(self.keep_drafts, with_cursor=True), *([self._keep_place] if restarts else [])]
        try:
            self._do_at_end(self._keep_secrets, *acts, partial(units.sign_out, self.desk, locked=restarts))
        finally:
            self.desk.vault.close()
            if restarts:
                self._restart(path, self.desk.user.name)
            else:
                QApplication.quit()

    def _close_what_stands_over(self) -> None:
        """Questions, dialogs of pages and of the printer, menus and pick lists: each may show a pupil's name."""
        for page in self.window.open_pages:
            page.close_popups()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        cancel_native_dialogs()

    def sign_out(self) -> None:
        """Make and prove a backup where the last one went, then close the file; the person may rather stay if that fails."""
        if self._over or self._backing_up:
            return
        folder_text = self._memory.get(BACKUP_FOLDER)
        if not isinstance(folder_text, str) or self.desk.vault.read_only:
            self._end()
            return
        self._backing_up = True
        self._hold(True)
        self.window.banner.note(_("Making the backup before you go…"))
        folder = Path(folder_text)

        def work(job: Job) -> Known | None:
            job.step(0, 1, _("Making the backup and opening it"))
            try:
                keeping.make_at_sign_out(self.desk, folder, removable=drive_holding(folder, removable_drives()) is not None)
            except Known as error:
                return error
            return None

        self._jobs.run(self, work, self._backed_up, title=_("Backup"), after=self._stay)

    def _backed_up(self, error: Known | None) -> None:
        if self._over:
            return
        self.window.banner.dismiss()
        if error is not None:
            text = _("{why} Sign out without a backup?").format(why=error.message)
            if not self._ask.confirm(_("No backup was made"), text, _("Sign out without one"), stay=_("Stay signed in")):
                if not self._over:
                    self.window.banner.problem(error)
                return
        self._end()

    def _stay(self) -> None:
        """Work on: the person stopped the backup, or would not go without one."""
        self._backing_up = False
        if not self._over:
            self._hold(False)
            self.window.stay()

    def _hold(self, busy: bool) -> None:
        """While the backup is made, nothing is changed that it would not hold."""
        for part in (self.window.stack, self.window.rail):
            part.setEnabled(not busy)

    def _end(self) -> None:
        if self._over:
            return
        self._over = True
        self._stop()
        try:
            self._do_at_end(self._keep_secrets, partial(self.keep_drafts, at_end=True), partial(units.sign_out, self.desk))
        finally:
            self.desk.vault.close()
            self.window.is_gone = True
            self.window.close()
            QApplication.quit()

    def _keep_secrets(self) -> None:
        """Of the passwords that were on a page, in view or not, those that cannot be kept are lost: the next sign-in says so."""
        if lost := self._not_noted.keep_or_tell(self.window.open_pages):
            self._memory.keep(SAY_AT_SIGN_IN, " ".join(filter(None, (self._memory.get(SAY_AT_SIGN_IN), lost))))

    @staticmethod
    def _do_at_end(*acts: Callable[[], object]) -> None:
        """Each by itself: where one cannot be done, the others are."""
        for act in acts:
            try:
                act()
            except Known as error:
                _log.warning("not done at the end: %s", type(error).__name__)

    def _stop(self) -> None:
        take_back()
        self.idle.stop()
        self._watch.stop()
        self._drafts.stop()
        self._jobs.close()
        self._uncaught.remove()
        Form.looking_only = False
