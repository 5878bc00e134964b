"""Users: add a colleague, set a forgotten password anew, change one's own."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.staff import Role, StaffMember
from pupil_desk.services import staff, units
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.ask import Choice
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.passphrase import Passphrase
from pupil_desk.ui.kit.printing import print_pdf
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.table import Table
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.pages.users.readers import ReaderTick
from pupil_desk.ui.style import tokens


def _state(member: StaffMember) -> str:
    if not member.active:
        return _("Disabled")
    return _("Has a password to change") if member.must_change_password else _("May sign in")


_COLUMNS = (
    Column[StaffMember]("name", _("Name"), lambda member: member.name, width=30, longest="n" * 20),
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
    group = "unit"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        manage = Action.MANAGE_USERS
        commands = (
            Command("own", _("My &password…"), self.change_own, Action.CHANGE_OWN_PASSWORD, icon="key"),
            Command("add", _("&Add a user…"), self.add, manage, icon="user-plus", shortcut="Ctrl+N", primary=True),
            Command("anew", _("&New password…"), self.set_anew, manage, icon="arrow-counter-clockwise"),
            Command("role", _("Change &role…"), self.change_role, manage, icon="identification-card"),
            Command("disable", _("&Disable"), self.disable, manage, icon="prohibit"),
            Command("code", _("Recovery &code…"), self.new_code, manage, icon="lock-key"),
            Command("enable", _("&Let in again"), self.enable_again, manage, icon="check-circle"),
        )
        self.heading = Heading(
            _("Users"),
            commands,
            desk=context.desk,
            text=_("Each person has a name, a role and a password of their own. Nobody shares one."),
        )
        self.column.addWidget(self.heading)
        self.reader_tick = ReaderTick(context)
        self.table: Table[StaffMember] = Table(
            (*_COLUMNS[:2], self.reader_tick.column, *_COLUMNS[2:]), name=_("Users"), id_of=lambda member: member.id, memory=context.memory, memory_key="users"
        )
        self.shown_once: ShownOnce | None = None
        self.send = print_pdf
        self.table.moved.connect(lambda _row: self._enable())
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.reader_tick)

    def shown(self, object_id: str | None = None) -> None:
        """The users as they are now; someone who may not manage them sees themselves."""
        desk = self.context.desk
        self.reader_tick.read()
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
        out = member is not None and not member.active
        self.heading.enable("enable", out, _("Choose a disabled user"))
        self.heading.button_of("disable").setVisible(not out)  # one of the two fits the person chosen
        self.heading.button_of("enable").setVisible(out)
        self.heading.enable("role", member is not None, _("Choose a user"))
        self.reader_tick.show_member(member)

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
        """A new password, typed twice; what is wrong with it is said before the question closes."""
        ask, unit = self.context.ask, self.context.desk.settings.name
        text = _("At least 14 characters, or four different words.")
        new = ask.secret(
            title, text, _("New password"), verb=_("Go on"), check=lambda typed: units.weakness(typed, unit)
        )
        if new is None:
            return None
        return ask.secret(
            title,
            _("Type the new password once more."),
            _("New password again"),
            verb=_("Set the password"),
            check=lambda typed: "" if typed == new else _("The two passwords are not the same. Type it again."),
        )

    def add(self) -> None:
        """A colleague: name, role, and a first password, which the program makes up and shows once."""
        title = _("Add a user")
        name = self.context.ask.text(title, _("The name they will sign in with."), _("Name"), verb=_("Go on"))
        role = self._role(title) if name else None
        if not name or role is None:
            return
        password = staff.first_password()
        member = self.context.attempt(lambda: staff.add_user(self.context.desk, name, role, password))
        if member is not None:
            self.context.news.tell(Changed.of("staff"))
            self.table.select(member.id)
            self._show_password(member.name, password)

    def _role(self, title: str) -> Role | None:
        choices = [Choice(role.value, role.label) for role in Role] + [Choice("", _("Cancel"))]
        text = _(
            "Office: records, notices, forms. Assistant head: also choices by telephone, lifting a protection. Data officer: everything. No role includes reading restricted notes: that is ticked person by person."
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

    def new_code(self) -> None:
        """A new recovery code: the sheet is lost, or somebody saw it."""
        text = _(
            "The sheet in the envelope no longer opens this file then: print the new one and destroy the old. Backups made before still open with the old code."
        )
        if not self.context.ask.confirm(_("Make a new recovery code?"), text, _("Make a new code")):
            return
        code = self.context.attempt(lambda: staff.new_recovery_code(self.context.desk))
        if code is not None:
            words = _("Print it twice: one sheet for the safe, in a sealed envelope; one for the proprietor or the authority. It is shown only now.")
            self._show_once(ShownOnce(self, _("Recovery code"), words, code, print_it=lambda: self._print_code(code)))

    def _print_code(self, code: str) -> None:
        from pupil_desk.documents import recovery_sheet
        from pupil_desk.documents.page import build_pdf

        desk = self.context.desk
        data = build_pdf(recovery_sheet.story(desk.settings.name, code, show_date(desk.today)), title=_("Recovery code"))
        self.context.attempt(lambda: self.send(data, self.shown_once or self, memory=self.context.memory))

    def close_popups(self) -> None:
        """A first password does not stay on the screen behind a lock."""
        if self.shown_once is not None:
            self.shown_once.reject()
        super().close_popups()

    def _show_password(self, name: str, password: str) -> None:
        words = _("Give this to {name}. It is shown only now, and is changed at the first sign-in.").format(name=name)
        self._show_once(ShownOnce(self, _("First password"), words, password))

    def _show_once(self, dialog: "ShownOnce") -> None:
        self.shown_once = dialog
        dialog.exec()
        dialog.deleteLater()
        self.shown_once = None


class ShownOnce(QDialog):
    """A first password to be handed over, or a recovery code to be printed."""

    def __init__(
        self, parent: QWidget, title: str, text: str, secret: str, *, print_it: Callable[[], object] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shown-once")
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(label(title, "subhead"))
        column.addWidget(label(text))
        self.secret = Passphrase(title)
        column.addWidget(self.secret)
        self.secret.show_secret(secret)
        if print_it is not None:
            self.print_button = button(_("P&rint the sheet"), print_it, icon_name="printer")
            column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.done_button = button(_("&Done"), self.accept, "primary")
        self.done_button.setDefault(True)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(tokens.READING)
        self.done_button.setFocus()

    def done(self, result: int) -> None:
        """Shown once: off the screen and the clipboard."""
        self.secret.forget()
        super().done(result)
