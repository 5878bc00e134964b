"""Signing in: a name and a password, in one step; and what comes after a first or a forgotten password."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import CannotWrite, Damaged, Doubtful, Known
from pupil_desk.basics.words import _
from pupil_desk.ui.entry.panel import Others, Panel
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.watch.making import making_of
from pupil_desk.ui.kit.words import aligned, button, column_in, column_of, label, name_label, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

if TYPE_CHECKING:  # sign-in is painted before these are read
    from pupil_desk.domain.unit.staff import StaffMember
    from pupil_desk.services.desk import Desk
    from pupil_desk.services.unit.staff import NewSecret
    from pupil_desk.services.unit.units import Recovered

type Next = Callable[["Desk"], object]


def passwords_differ() -> str:
    """What is said when a password was not typed the same twice."""
    return _("The two passwords are not the same. Type it again.")


class SignIn(Panel):
    """The file is known; the person says who they are. ``hint`` tells the open secret of the training unit."""

    def __init__(
        self,
        path: Path,
        jobs: Jobs,
        clock: Clock,
        on_opened: Next,
        links: Others,
        *,
        hint: str = "",
        choose: Callable[[], Path | None] = lambda: None,
    ) -> None:
        super().__init__(_("Sign in"), hint, _("Sign in"), self._sign_in)
        self._path, self._jobs, self._clock, self._on_opened, self._hint = path, jobs, clock, on_opened, hint
        where = label(_("File: {name}, in {folder}").format(name=path.name, folder=path.parent), "hint")
        self.add(where)
        self.name = self.field(_("Your &name"))
        self.password = self.field(_("Your &password"), secret=True)
        self.doubts = Doubts(path, choose, self.say)
        self.doubts.hide()
        self.goes_through([self.doubts.reason])
        self.close_with(links, self.doubts)

    def unlock(self, name: str) -> None:
        """The window is locked, not closed: it says so, and on whom. Somebody else signs in here as ever."""
        kept = _("What was typed is kept, and comes back once {name} has typed the password.").format(name=name)
        hint = " ".join(filter(None, (kept, self._hint)))
        title = _("Pupil Desk is locked: {name}").format(name=name)

        def tell(typed: str) -> None:
            self.is_for(title, hint, _("Unlock") if typed.strip().casefold() == name.casefold() else _("Sign in"))

        self.name.textChanged.connect(tell)
        self.name.setText(name)  # the cursor then stands in the password

    def refused(self, why: Known) -> None:
        """A file that is not as it was left, or lies on a full disk, can still be looked at and copied; a data officer may go on with an older one."""
        super().refused(why)
        if isinstance(why, (Damaged, CannotWrite)):
            self.doubts.offer(why)

    def _sign_in(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        if not name:
            self.wants(self.name, _("Enter your name."))
        elif not password:
            self.wants(self.password, _("Enter your password."))
        else:
            self.password.clear()
            path, clock = self._path, self._clock
            read_only, going_on = self.doubts.look_only.isChecked(), self.doubts.reason.text()

            def signed_in() -> "Desk":
                from pupil_desk.services.unit import units

                return units.sign_in(path, name=name, password=password, clock=clock, read_only=read_only, going_on=going_on)

            self.in_a_job(self._jobs, signed_in, self._on_opened)


class Doubts(QWidget):
    """What can be done with a file that is not worked on: look at it, copy it as it is, or say why an older one goes on."""

    def __init__(self, path: Path, choose: Callable[[], Path | None], say: Callable[[str], object]) -> None:
        super().__init__()
        self._path, self._choose, self._say = path, choose, say
        self.look_only = TickBox(_("&Look at it only: nothing in it can be changed"))
        self.reason = QLineEdit(maxLength=200)
        self.reason.setMaximumWidth(sized(tokens.FIELD))
        self.reason.setAccessibleName(_("Why the file goes on from here"))
        self._going_on = column_of(name_label(_("Why the file &goes on from here (a data officer, for the log)"), self.reason), self.reason)
        self.copy = button(_("&Save a copy of it as it is…"), self._save_copy, "link")
        self.saved = label("", "check")
        self.saved.hide()
        column_in(self, tokens.S, self.look_only, self._going_on, aligned(self.copy), self.saved)

    def offer(self, why: Damaged | CannotWrite, *, by_code: bool = False) -> None:
        """Show what can be done: a copy can be made of any, and one that can be read is looked at, by whoever has a password."""
        self.look_only.setVisible(isinstance(why, (Doubtful, CannotWrite)) and not by_code)
        self._going_on.setVisible(isinstance(why, Doubtful) and why.acceptable)
        self.show()

    def _save_copy(self) -> None:
        from pupil_desk.services.unit import units

        folder = self._choose()
        if folder is None:
            return
        try:
            place = units.copy_as_it_is(self._path, folder)
        except Known as error:
            self._say(error.message)
        else:
            words = _("A copy of the file, with what belongs to it, is in {place}. It is as locked as the file itself.")
            show_words(self.saved, words.format(place=place))


class NewPassword(Panel):
    """A first password, or one set anew by a colleague, is changed before anything else."""

    def __init__(self, desk: "Desk", jobs: Jobs, on_opened: Next, back: Callable[[], object]) -> None:
        super().__init__(
            _("Choose your own password"),
            _("The password you signed in with was given to you. Choose one that only you know."),
            _("Change the password"),
            self._change,
        )
        self._desk, self._jobs, self._on_opened = desk, jobs, on_opened
        self.old = self.field(_("The password you were &given"), secret=True)
        self.new = self.field(_("Your &new password"), _("At least 14 characters, or four different words"), secret=True)
        self.repeat_field = self.field(_("The new password &again"), secret=True)
        self.close_with()
        self.add_back(_("Back to sign-in"), back)

    def _change(self) -> None:
        from pupil_desk.services.unit import staff, units

        old, new = self.old.text(), self.new.text()
        if not old:
            self.wants(self.old, _("Enter the password you were given."))
        elif weak := making_of(self).beside(lambda: units.weakness(new, self._desk.settings.name, self._desk.user.name)):
            self.wants(self.new, weak)
        elif new != self.repeat_field.text():
            self.wants(self.repeat_field, passwords_differ())
        else:
            self.old.clear()
            self.in_a_job(self._jobs, lambda: staff.change_own_password(self._desk, old, new), self._changed, _("Changing the password"))

    def _changed(self, member: "StaffMember") -> None:
        from pupil_desk.services.desk import Desk

        self._on_opened(Desk(self._desk.vault, member, self._desk.clock))


class RecoveryCode(Panel):
    """The printed code opens the file when nobody's password does."""

    help_place = "safety#The recovery code"

    def __init__(
        self,
        path: Path,
        jobs: Jobs,
        clock: Clock,
        recovered: Callable[["Recovered"], object],
        back: Callable[[], object],
        *,
        choose: Callable[[], Path | None] = lambda: None,
    ) -> None:
        super().__init__(
            _("I have forgotten my password"),
            _(
                "A data officer can give you a new one: ask them to sign in and open Users. If no data officer can sign in, use the recovery code. It was printed when the unit was set up, and lies in a sealed envelope. Using it gives one user a new password, and a new code takes its place."
            ),
            _("Open with the code"),
            self._open,
        )
        self._path, self._jobs, self._clock, self._recovered = path, jobs, clock, recovered
        self.code = self.field(_("&Recovery code"), _("Seven groups of four letters and digits"))
        self.doubts = Doubts(path, choose, self.say)
        self.doubts.hide()
        self.goes_through([self.doubts.reason])
        self.close_with((), self.doubts)
        self.add_back(_("Back to sign-in"), back)

    def refused(self, why: Known) -> None:
        """A file that is not as it was left can be copied, and whoever holds the code may go on with an older one."""
        super().refused(why)
        if isinstance(why, Damaged):
            self.doubts.offer(why, by_code=True)

    def _open(self) -> None:
        code = self.code.text()
        if not code.strip():
            self.wants(self.code, _("Enter the recovery code."))
            return
        from pupil_desk.services.unit import units

        path, clock, going_on = self._path, self._clock, self.doubts.reason.text()
        self.in_a_job(
            self._jobs, lambda: units.open_with_recovery_code(path, code, clock, going_on=going_on), self._recovered, _("Opening the file")
        )


class ResetPassword(Panel):
    """After the recovery code: whose password is new, and what it is."""

    def __init__(self, recovered: "Recovered", on_made: Callable[["NewSecret[Desk]"], object], back: Callable[[], object]) -> None:
        super().__init__(
            _("Set a new password"),
            _("Choose the user who gets a new password. The other users keep theirs."),
            _("Go on to the new code"),
            self._set,
        )
        from pupil_desk.ui.kit.forms.codebox import ChoiceBox

        self._recovered, self._on_made = recovered, on_made
        self._users = {user.id: user for user in recovered.users()}
        self.user = ChoiceBox(
            [(user.id, _("{name}, {role}").format(name=user.name, role=user.role.label.lower())) for user in self._users.values()],
            name=_("User"),
        )
        self.user.setMaximumWidth(sized(tokens.FIELD))
        name = name_label(_("&User"), self.user)
        self.add(name)
        self.add(self.user)
        self.new = self.field(_("&New password"), _("At least 14 characters, or four different words"), secret=True)
        self.repeat_field = self.field(_("The new password &again"), secret=True)
        self.close_with()
        self.add_back(_("Leave everything as it was"), back)

    def _set(self) -> None:
        from pupil_desk.services.unit import units

        member, new = self._users[self.user.key()], self.new.text()
        if weak := making_of(self).beside(lambda: units.weakness(new, self._recovered.unit_name, member.name)):
            self.wants(self.new, weak)
        elif new != self.repeat_field.text():
            self.wants(self.repeat_field, passwords_differ())
        else:
            self._on_made(self._recovered.new_password(member, new))
