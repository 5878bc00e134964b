"""Users: add a colleague, set a forgotten password anew, change one's own."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.staff import Role, StaffMember
from pupil_desk.services import staff
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.ask import Choice
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.passphrase import Passphrase
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.table import Table
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens


def _state(member: StaffMember) -> str:
    if not member.active:
        return _("Disabled")
    return _("Has a password to change") if member.must_change_password else _("May sign in")


_COLUMNS = (
    Column[StaffMember]("name", _("Name"), lambda member: member.name, width=30),
    Column[StaffMember]("role", _("Role"), lambda member: member.role.label),
    Column[StaffMember](
        "state", _("State"), _state, stretch=True, icon=lambda member: "check-circle" if member.active else "prohibit"
    ),
)


class UsersPage(Page):
    """Tasks: change my password; add a colleague; give one who forgot a new password; let a leaver in no more."""

    name = "users"
    title = _("Users")
    icon = "user-gear"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        manage = Action.MANAGE_USERS
        commands = (
            Command("own", _("Change my &password…"), self.change_own, Action.CHANGE_OWN_PASSWORD, icon="key"),
            Command("add", _("&Add a user…"), self.add, manage, icon="user-plus", shortcut="Ctrl+N", primary=True),
            Command("anew", _("&New password for a colleague…"), self.set_anew, manage, icon="arrow-counter-clockwise"),
            Command("role", _("Change the &role…"), self.change_role, manage, icon="identification-card"),
            Command("disable", _("&Disable"), self.disable, manage, icon="prohibit"),
            Command("enable", _("&Let in again…"), self.enable_again, manage, icon="check-circle"),
        )
        self.heading = Heading(
            _("Users"),
            commands,
            desk=context.desk,
            text=_("Each person has a name, a role and a password of their own. Nobody shares one."),
        )
        self.column.addWidget(self.heading)
        self.table: Table[StaffMember] = Table(
            _COLUMNS, name=_("Users"), id_of=lambda member: member.id, memory=context.memory, memory_key="users"
        )
        self.table.moved.connect(lambda _row: self._enable())
        self.column.addWidget(self.table, 1)

    def shown(self, object_id: str | None = None) -> None:
        """The users as they are now; someone who may not manage them sees themselves."""
        desk = self.context.desk
        self.table.show_rows(staff.users(desk) if desk.may(Action.MANAGE_USERS) else [desk.user])
        self._enable()

    def refresh(self) -> None:
        """Look again."""
        self.shown()

    def heard(self, changed: Changed) -> None:
        """Somebody was added or changed."""
        if "staff" in changed.kinds:
            self.shown()

    def _enable(self) -> None:
        member = self.table.current()
        self.heading.enable("anew", member is not None and member.active, _("Choose a user who may sign in"))
        self.heading.enable("disable", member is not None and member.active, _("Choose a user who may sign in"))
        self.heading.enable("enable", member is not None and not member.active, _("Choose a disabled user"))
        self.heading.enable("role", member is not None, _("Choose a user"))

    def change_own(self) -> None:
        """A new password of one's own, the old one first."""
        ask = self.context.ask
        old = ask.secret(
            _("Change my password"), _("First type the password you have now."), _("Present password"), verb=_("Go on")
        )
        if old is None:
            return
        new = self._new_password(_("Change my password"))
        if (
            new is not None
            and self.context.attempt(lambda: staff.change_own_password(self.context.desk, old, new)) is not None
        ):
            self.context.banner.success(_("Your password is changed."))

    def _new_password(self, title: str) -> str | None:
        ask = self.context.ask
        new = ask.secret(
            title, _("At least 14 characters, or four different words."), _("New password"), verb=_("Go on")
        )
        if new is None:
            return None
        again = ask.secret(
            title, _("Type the new password once more."), _("New password again"), verb=_("Set the password")
        )
        if again is None:
            return None
        if again != new:
            self.context.banner.problem(_("The two new passwords are not the same. Nothing was changed."))
            return None
        return new

    def add(self) -> None:
        """A colleague: name, role, and a first password, which the program makes up and shows once."""
        title = _("Add a user")
        name = self.context.ask.text(title, _("The name they will sign in with."), _("Name"), verb=_("Go on"))
        role = self._role(title) if name else None
        if not name or role is None:
            return
        password = staff.first_password()
        if self.context.attempt(lambda: staff.add_user(self.context.desk, name, role, password)) is not None:
            self.context.news.tell(Changed.of("staff"))
            self._show_password(name, password)

    def _role(self, title: str) -> Role | None:
        choices = [Choice(role.value, role.label) for role in Role] + [Choice("", _("Cancel"))]
        text = _(
            "Office: records, notices, forms. Assistant head: also choices by telephone, restricted notes. Data officer: everything."
        )
        answer = self.context.ask.choose(title, text, choices, safe="")
        return Role(answer) if answer else None

    def set_anew(self) -> None:
        """For a colleague who has forgotten theirs."""
        member = self.table.current()
        if member is None:
            return
        password = staff.first_password()
        if self.context.keep(lambda: staff.set_password_anew(self.context.desk, member, password)):
            self._show_password(member.name, password)

    def enable_again(self) -> None:
        """Someone who was disabled comes back, with a new password."""
        member = self.table.current()
        if member is None:
            return
        password = staff.first_password()
        if self.context.keep(lambda: staff.enable(self.context.desk, member, password)):
            self._show_password(member.name, password)

    def disable(self) -> None:
        """Let someone in no more."""
        member = self.table.current()
        text = _(
            "They can no longer sign in here. Copies of the file that they took before still open with their old password."
        )
        if member is not None and self.context.ask.confirm(_("Disable this user?"), text, _("Disable"), danger=True):
            self.context.keep(lambda: staff.disable(self.context.desk, member), _("The user is disabled."))

    def change_role(self) -> None:
        """Another role from now on."""
        member = self.table.current()
        role = self._role(_("Change the role")) if member is not None else None
        if member is not None and role is not None:
            self.context.keep(
                lambda: staff.change_role(self.context.desk, member, role),
                _("The role is changed. It counts from their next sign-in."),
            )

    def _show_password(self, name: str, password: str) -> None:
        _ShownOnce(self, name, password).exec()


class _ShownOnce(QDialog):
    """A first password, to be handed over."""

    def __init__(self, parent: QWidget, name: str, password: str) -> None:
        super().__init__(parent)
        self.setObjectName("first-password")
        self.setWindowTitle(_("First password"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        column.setSpacing(tokens.M)
        column.addWidget(
            label(
                _("Give this to {name}. It is shown only now, and is changed at the first sign-in.").format(name=name)
            )
        )
        secret = Passphrase(_("Password"))
        secret.show_secret(password)
        column.addWidget(secret)
        done = button(_("&Done"), self.accept, "primary")
        done.setDefault(True)
        column.addWidget(done)
        self.setMinimumWidth(tokens.READING)
