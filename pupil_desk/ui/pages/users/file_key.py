"""The key of the unit's file, on the page of users: since when it is, why a new one is due, and making one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.pc.drives import removable_drives
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import data_key
from pupil_desk.services.unit.data_key import DataKey, NewKey, OlderBackup
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import label

_BACKUP_FOLDER = "backup/folder"  # where the last backup went, as the page of backups remembers it
_LISTED = 5


class FileKey:
    """The words of it, and the acts. ``make_code`` makes a new recovery code, where that has to come first."""

    def __init__(self, context: Context, make_code: Callable[[], object]) -> None:
        self.context = context
        self._make_code = make_code
        self.words: QLabel = label("", "hint")
        self.words.setAccessibleName(_("The key of the file"))

    def refresh(self) -> None:
        """What is known of it now; nothing for who does not manage users."""
        desk = self.context.desk
        may = desk.may(Action.MANAGE_USERS)
        self.words.setVisible(may)
        if may:
            self.words.setText("\n".join(_words(data_key.state(desk), data_key.still_open(desk))))

    def ask_if_known(self, title: str, text: str, reason: str) -> None:
        """A password or code was changed: may somebody know the old one? Then the file is given a new key, by a data officer."""
        choices = (Choice("yes", _("Yes, make a new key"), "primary"), Choice("no", _("No")))
        if self.context.ask.choose(title, text, choices, safe="no") != "yes":
            return
        desk = self.context.desk
        if not self.context.keep(lambda: data_key.ask_for(desk, reason)):
            return
        if desk.may(Action.MANAGE_USERS):
            self.make()
        else:
            self.context.banner.success(_("Noted. Tell a data officer: the page Users offers them the new key."))

    def ask(self) -> None:
        """A new key because somebody wants one."""
        text = _(
            "Everybody keeps their password, and the recovery code stays. Passwords and codes that were changed, and copies of the sign-in file, open this file no more. Put the sticks with backups in first: those are given the new key too. Backups that are elsewhere still open with the passwords of their day."
        )
        if self.context.ask.confirm(_("Make a new key for the file?"), text, _("Make a new key")):
            self.make()

    def make(self) -> None:
        """Make it, after what stands in its way is settled."""
        desk = self.context.desk
        if data_key.state(desk).code_waits:
            text = _(
                "The recovery code on paper is from an earlier version of Pupil Desk, and would not open the file with its new key. Pupil Desk makes up a new code and shows it, to be printed. The new key comes after that."
            )
            if self.context.ask.confirm(_("A new recovery code first?"), text, _("Go on")):
                self._make_code()
        state = data_key.state(desk)
        if state.code_waits or not self._may_go_on(state):
            self.context.banner.note(_("No new key was made. It can be made at any time with “New key…”."))
            return
        folders = [drive.path for drive in removable_drives()]
        chosen = self.context.memory.get(_BACKUP_FOLDER)
        folders += [Path(chosen)] if isinstance(chosen, str) else []
        self.context.jobs.run(
            self.words,
            lambda _job: data_key.new_key(desk, folders=folders, leave_out=True),
            self._made,
            title=_("Giving the file a new key"),
        )

    def _may_go_on(self, state: DataKey) -> bool:
        """Whether nobody would lose their way in, or that is agreed to."""
        if not state.waiting:
            return True
        names = join_words([member.name for member in state.waiting])
        text = _(
            "{names} have not signed in since Pupil Desk was upgraded. With the new key their password no longer opens the file: give each a new one then, with “New password…”. Or wait until they have signed in once."
        )
        return self.context.ask.confirm(_("Go on without {names}?").format(names=names), text.format(names=names), _("Go on"), danger=True)

    def _made(self, new: NewKey) -> None:
        self.context.news.tell(new.changed)
        given = count_of(len(new.resealed), _("backup"), _("backups"))
        words = _("The file has a new key. Passwords and codes that were changed, and copies of the sign-in file, open it no more.")
        within = _("It was given to {backups} within reach.").format(backups=given) if new.resealed else _("No backup was within reach.")
        self.context.banner.success(f"{words} {within} {_('Make a backup now.')}")


def _words(state: DataKey, older: list[OlderBackup]) -> list[str]:
    words = [_("The file has its key number {number} since {day}.").format(number=state.epoch, day=show_date(state.since.date()))]
    if state.due:
        words.append(_("A new one is due: {reason}. Make it with “New key…”.").format(reason=state.due))
    if state.kept_before:
        words.append(data_key.KEPT_BEFORE)
    if older:
        beyond = [count_of(len(older) - _LISTED, _("more"), _("more"))] if len(older) > _LISTED else []
        lines = join_words([*(_line(backup) for backup in older[:_LISTED]), *beyond])
        text = _(
            "Older backups that the passwords and codes of their day still open: {lines}. Destroy what you do not need of them, or keep it locked away."
        )
        words.append(text.format(lines=lines))
    return words


def _line(older: OlderBackup) -> str:
    where = _("on a stick") if older.removable else older.path.name if older.path else _("in a folder")
    return _("{day} at {time} ({where})").format(day=show_date(older.moment.date()), time=older.moment.strftime("%H:%M"), where=where)
