"""Signing in: a name and a password, in one step; and what comes after a first or a forgotten password."""

from collections.abc import Callable
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import Known
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.staff import StaffMember
from pupil_desk.services import staff, units
from pupil_desk.services.desk import Desk
from pupil_desk.services.units import Recovered
from pupil_desk.ui.entry.panel import Panel
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.passphrase import Passphrase
from pupil_desk.ui.kit.words import button, label

type Next = Callable[[Desk], object]


def in_a_job[T](panel: Panel, jobs: Jobs, work: Callable[[], T], then: Callable[[T], object]) -> None:
    """Do what takes the time of a password away from the screen; what the world refuses is said on the panel."""

    def tried() -> T | Known:
        try:
            return work()
        except Known as error:
            return error

    def done(outcome: T | Known) -> None:
        panel.working(False)
        if isinstance(outcome, Known):
            panel.say(outcome)
            panel.begin()
        else:
            then(outcome)

    panel.say("")
    panel.working(True)
    jobs.run(panel, lambda _job: tried(), done, title=_("Signing in"))


class SignIn(Panel):
    """The file is known; the person says who they are."""

    def __init__(
        self, path: Path, jobs: Jobs, clock: Clock, opened: Next, others: list[tuple[str, Callable[[], object]]]
    ) -> None:
        super().__init__(_("Sign in"), "", _("Sign in"), self._sign_in)
        self._path, self._jobs, self._clock, self._opened = path, jobs, clock, opened
        self.add(label(_("File: {name}").format(name=path.name), "hint"))
        self.name = self.field(_("Your &name"))
        self.password = self.field(_("Your &password"), secret=True)
        self.close_with(others)

    def _sign_in(self) -> None:
        name, password = self.name.text(), self.password.text()
        if not name or not password:
            self.say(_("Enter your name and your password."))
            return
        self.password.clear()
        in_a_job(
            self,
            self._jobs,
            lambda: units.sign_in(self._path, name=name, password=password, clock=self._clock),
            self._opened,
        )


class NewPassword(Panel):
    """A first password, or one set anew by a colleague, is changed before anything else."""

    def __init__(self, desk: Desk, jobs: Jobs, opened: Next, *, old: str = "") -> None:
        super().__init__(
            _("Choose your own password"),
            _(
                "The password you signed in with was given to you. Choose one that only you know: at least 14 characters, or four different words."
            ),
            _("Change the password"),
            self._change,
        )
        self._desk, self._jobs, self._opened = desk, jobs, opened
        self.old = self.field(_("The password you were &given"), secret=True)
        self.old.setText(old)
        self.new = self.field(_("Your &new password"), secret=True)
        self.again = self.field(_("The new password &again"), secret=True)
        self.close_with()

    def _change(self) -> None:
        if self.new.text() != self.again.text():
            self.say(_("The two new passwords are not the same. Type the new one twice."))
            return
        old, new = self.old.text(), self.new.text()
        in_a_job(self, self._jobs, lambda: staff.change_own_password(self._desk, old, new), self._changed)

    def _changed(self, member: StaffMember) -> None:
        self._opened(Desk(self._desk.vault, member, self._desk.clock))


class RecoveryCode(Panel):
    """The printed code opens the file when nobody's password does."""

    def __init__(
        self, path: Path, jobs: Jobs, clock: Clock, recovered: Callable[[Recovered], object], back: Callable[[], object]
    ) -> None:
        super().__init__(
            _("Use the recovery code"),
            _(
                "The code was printed when the unit was set up, and lies in a sealed envelope. Using it gives one user a new password, and prints a new code."
            ),
            _("Open with the code"),
            self._open,
        )
        self._path, self._jobs, self._clock, self._recovered = path, jobs, clock, recovered
        self.code = self.field(_("&Recovery code"), _("Groups of four letters and digits"))
        self.close_with([(_("Back to sign-in"), back)])

    def _open(self) -> None:
        code = self.code.text()
        in_a_job(
            self, self._jobs, lambda: units.open_with_recovery_code(self._path, code, self._clock), self._recovered
        )


class ResetPassword(Panel):
    """After the recovery code: whose password is new, and what it is."""

    def __init__(self, recovered: Recovered, jobs: Jobs, done: Callable[[Desk, str], object]) -> None:
        super().__init__(
            _("Set a new password"),
            _("Choose a user and a new password: at least 14 characters, or four different words."),
            _("Set the password"),
            self._set,
        )
        self._recovered, self._jobs, self._done = recovered, jobs, done
        self._users = recovered.users()
        self.user = self.field(
            _("&User"), _("One of: {names}").format(names=", ".join(user.name for user in self._users))
        )
        self.new = self.field(_("&New password"), secret=True)
        self.again = self.field(_("The new password &again"), secret=True)
        self.close_with()

    def _set(self) -> None:
        member = next((user for user in self._users if fold(user.name) == fold(self.user.text())), None)
        if member is None:
            self.say(_("There is no user of that name. Type one of the names above the box."))
        elif self.new.text() != self.again.text():
            self.say(_("The two passwords are not the same. Type the new one twice."))
        else:
            new = self.new.text()
            in_a_job(
                self, self._jobs, lambda: self._recovered.set_password(member, new), lambda both: self._done(*both)
            )


class ShownCode(Panel):
    """The recovery code, once. It goes on only when two of its groups have been typed back from paper."""

    def __init__(self, code: str, desk: Desk, opened: Next, print_sheet: Callable[[], object]) -> None:
        super().__init__(
            _("Keep this recovery code"),
            _(
                "If every password is forgotten, only this code opens the unit’s file. Nobody else has it, and it is not shown again. Print it twice: one for the safe in a sealed envelope, one for the proprietor or the authority. Without it and without a password, everything is lost."
            ),
            _("Go on"),
            self._check,
        )
        self._groups, self._desk, self._opened = code.split("-"), desk, opened
        secret = Passphrase(_("Recovery code"), "")
        secret.show_secret(code)
        self.add(secret)
        self.add(button(_("P&rint the sheet"), print_sheet, icon_name="printer"))
        self.second = self.field(_("Type the &second group, from the paper"))
        self.last = self.field(_("Type the &last group, from the paper"))
        self.close_with()

    def _check(self) -> None:
        typed = [self.second.text().strip().upper(), self.last.text().strip().upper()]
        if typed == [self._groups[1], self._groups[-1]]:
            self._opened(self._desk)
        else:
            self.say(_("That is not what the sheet says. Look at the second and the last group of four."))
