"""Users: add a colleague, set a forgotten password anew, change one's own."""

from collections.abc import Callable, Sequence

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.notes import second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import staff, units
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import STRETCH, column_layout, fill, growing, row_layout
from pupil_desk.ui.pages.users.file_key import FileKey
from pupil_desk.ui.pages.users.restricted import KeyOfRoom, ReaderTick
from pupil_desk.ui.pages.users.shown_once import ShownOnce
from pupil_desk.ui.style import tokens


def _state(member: StaffMember) -> str:
    if not member.active:
        return _("Disabled")
    return _("Has a password to change") if member.must_change_password else _("May sign in")


_COLUMNS = (
    Column[StaffMember]("name", _("Name"), lambda member: member.name, width=30, longest="n" * 20),
    Column[StaffMember]("state", _("State"), _state, stretch=True, icon=lambda member: "check-circle" if member.active else "prohibit"),
)


def _hand_over(name: str) -> str:
    return _("Give this to {name}. It is shown only now, and is changed at the first sign-in.").format(name=name)


class UsersPage(Page):
    """Tasks: change my password; add a colleague; give one who forgot a new password; let a leaver in no more."""

    name = "users"
    title = _("Users")
    icon = "user-gear"
    group = UNIT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        manage = Action.MANAGE_USERS
        commands = (
            Command("own", _("My &password…"), self.change_own, Action.CHANGE_OWN_PASSWORD, icon="key"),
            Command("add", _("&Add a user…"), self.add, manage, icon="user-plus", shortcut=keys.NEW.sequence, primary=True),
            Command("anew", _("&New password…"), self.set_anew, manage, icon="arrow-counter-clockwise"),
            Command("role", _("Change &role…"), self.change_role, manage, icon="identification-card"),
            Command("disable", _("&Disable"), self.disable, manage, icon="prohibit"),
            Command("code", _("Recovery &code…"), self.new_code, manage, icon="lock-key"),
            Command("key", _("New &key…"), self.new_key, manage, icon="key"),
            Command("enable", _("&Let in again"), self.enable_again, manage, icon="check-circle"),
        )
        self.heading = Heading(
            _("Users"),
            commands,
            desk=context.desk,
            text=_("Each person has a name, a role and a password of their own. Nobody shares one."),
            most_buttons=len(commands),  # «Disable» and «Let in again» are never seen together
        )
        self.column.addWidget(self.heading)
        self.reader_tick = ReaderTick(context)
        self.lead_tick = ReaderTick(context, SAFEGUARDING_FILES)
        reader = self.reader_tick
        notes_column = Column[StaffMember]("restricted", _("Restricted notes"), reader.words_of, tip=reader.tip_of)
        role_column = Column[StaffMember]("role", _("Role"), self._role_words)
        self.table: ShortTable[StaffMember] = ShortTable(
            (_COLUMNS[0], role_column, notes_column, *_COLUMNS[1:]),
            name=_("Users"),
            id_of=lambda member: member.id,
            memory=context.memory,
            memory_key="users",
            stands_on_first=False,
        )
        self.shown_once: ShownOnce | None = None
        self.notes_key, self.file_key = KeyOfRoom(context, self._put_in_force), FileKey(context, self._make_code)
        self.safeguarding_key = KeyOfRoom(context, self._put_in_force, SAFEGUARDING_FILES)
        self.send = print_pdf
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.lead_to(*(self.heading.button_of(name) for name in ("role", "anew", "enable", "own")))
        notes = row_layout(self.reader_tick, growing(self.notes_key.words), spacing=tokens.L)
        leads = row_layout(self.lead_tick, growing(self.safeguarding_key.words), spacing=tokens.L)
        beneath = column_layout(notes, self.notes_key.buttons, leads, self.safeguarding_key.buttons, self.file_key.words)
        fill(self.column, self.table, beneath, STRETCH)

    def on_show(self, object_id: str | None = None) -> None:
        """The users as they are now; someone who may not manage them sees themselves."""
        desk = self.context.desk
        self.reader_tick.read()
        self.notes_key.refresh()
        self._show_leads()
        self.file_key.refresh()
        self.table.show_rows(staff.users(desk) if desk.may(Action.MANAGE_USERS) else [desk.user])
        self._enable()

    def _show_leads(self) -> None:
        """Who is safeguarding lead is asked where the files are kept here, or where somebody was named already."""
        desk = self.context.desk
        in_use = desk.settings.keeps_safeguarding or second_key.holders(desk.vault, SAFEGUARDING_FILES) is not None
        for part in (self.lead_tick, self.safeguarding_key.words, self.safeguarding_key.buttons):
            part.setVisible(in_use)
        if in_use:
            self.lead_tick.read()
            self.safeguarding_key.refresh()

    def _role_words(self, member: StaffMember) -> str:
        """The role, and the second one beside it."""
        return "; ".join(filter(None, (member.role.label, begun_small(self.lead_tick.words_of(member)))))

    def refresh(self) -> None:
        self.on_show()

    def on_change(self, changed: Changed) -> None:
        """Somebody was added or changed."""
        if "staff" in changed.kinds:
            self.on_show()
            self.table.size_columns()  # a second role is longer than what stood there

    def _enable(self) -> None:
        member = self.table.current()
        self.heading.enable("anew", member is not None and member.active, _("Choose a user who may sign in"))
        self.heading.enable("disable", member is not None and member.active, _("Choose a user who may sign in"))
        has_left = member is not None and not member.active
        self.heading.enable("enable", has_left, _("Choose a disabled user"))
        self.heading.show_command("disable", not has_left)  # one of the two fits the person chosen
        self.heading.show_command("enable", has_left)
        self.heading.enable("role", member is not None, _("Choose a user"))
        self.reader_tick.show_member(member)
        self.lead_tick.show_member(member)

    def change_own(self) -> None:
        """A new password of one's own, the old one first."""
        ask = self.context.ask
        old = ask.secret(_("Change my password"), _("First type the password you have now."), _("Present password"), verb=_("Go on"))
        if old is None:
            return
        new, desk, beside = self._new_password(_("Change my password")), self.context.desk, self.context.making.beside
        if new is not None and self.context.attempt(lambda: beside(lambda: staff.change_own_password(desk, old, new))) is not None:
            self.context.banner.success(_("Your password is changed."))
            text = _(
                "Whoever knew the old one, and had a copy of the file or of its sign-in data, could still read the file by it. A new key ends that."
            )
            self.file_key.ask_if_known(_("Could somebody else know your old password?"), text, "somebody may know a password")

    def _new_password(self, title: str) -> str | None:
        """A new password, typed twice; what is wrong with it is said before the question closes."""
        ask, names = self.context.ask, (self.context.desk.settings.name, self.context.desk.user.name)
        text = _("At least 14 characters, or four different words.")
        new = ask.secret(title, text, _("New password"), verb=_("Go on"), check=lambda password: units.weakness(password, *names))
        if new is None:
            return None
        return ask.secret(
            title,
            _("Type the new password once more."),
            _("New password again"),
            verb=_("Set the password"),
            check=lambda password: "" if password == new else _("The two passwords are not the same. Type it again."),
        )

    def add(self) -> None:
        """A colleague: name, role, and a first password, which the program makes up and shows once."""
        title = _("Add a user")
        name = self.context.ask.text(title, _("The name they will sign in with."), _("Name"), verb=_("Go on"))
        role = self._role(title) if name else None
        if not name or role is None:
            return
        new = self.context.attempt(lambda: staff.new_user(self.context.desk, name, role))
        member = self._put_in_force(new, _("First password"), _hand_over(name)) if new is not None else None
        if member is not None:
            self._say_done(Changed.of("staff"), _("{name} is added, and may sign in.").format(name=member.name))
            self.table.select(member.id)

    def _role(self, title: str) -> Role | None:
        choices = [Choice(role.value, role.label) for role in Role] + [Choice("", _("Cancel"))]
        text = _(
            "Office: records, notices, forms. Assistant head: also choices by telephone, lifting a protection. Data officer: everything. No role includes reading restricted notes or safeguarding files: that is ticked person by person."
        )
        answer = self.context.ask.choose(title, text, choices, safe="")
        return Role(answer) if answer else None

    def set_anew(self) -> None:
        """For a colleague who has forgotten theirs; asked with the name. One's own is changed with the old one."""
        member = self.table.current()
        new = self.context.attempt(lambda: staff.new_password(self.context.desk, member)) if member is not None else None
        if member is None or new is None:
            return
        text = _(
            "Pupil Desk makes up a new password and shows it. The one that {name} has now opens the file until you have noted the new one."
        )
        if not self.context.ask.confirm(
            _("A new password for {name}?").format(name=member.name), text.format(name=member.name), _("Make a new password")
        ):
            return
        changed = self._put_in_force(new, _("New password"), _hand_over(member.name))
        if changed is not None:
            self._say_done(
                changed, _("The new password of {name} is in force. The old one no longer opens the file.").format(name=member.name)
            )
            text = _(
                "If it was only forgotten, no. Whoever knew it, and had a copy of the file or of its sign-in data, could still read the file by it."
            )
            title = _("Could somebody else know the old password of {name}?").format(name=member.name)
            self.file_key.ask_if_known(title, text, "somebody may know a password")

    def enable_again(self) -> None:
        """Someone who was disabled comes back, with a new password."""
        member = self.table.current()
        new = self.context.attempt(lambda: staff.new_password_for_return(self.context.desk, member)) if member is not None else None
        if member is None or new is None:
            return
        text = _("Pupil Desk makes up a new password and shows it. {name} may sign in with it once you have noted it.").format(
            name=member.name
        )
        if not self.context.ask.confirm(_("Let {name} in again?").format(name=member.name), text, _("Make a new password")):
            return
        changed = self._put_in_force(new, _("New password"), _hand_over(member.name))
        if changed is not None:
            self._say_done(changed, _("{name} may sign in again.").format(name=member.name))
            self.table.setFocus()  # the button that was pressed is gone

    def disable(self) -> None:
        """Let someone in no more."""
        member = self.table.current()
        if member is None:
            return
        text = _(
            "{name} can no longer sign in, and the file gets a new key: what they knew or copied opens it no more. Put the sticks with backups in first: those get the key too. Copies and backups elsewhere still open with their old password."
        ).format(name=member.name)
        if not self.context.ask.confirm(
            _("Disable {name}?").format(name=member.name), text, _("Disable"), danger=True, stay=_("Leave as it is")
        ):
            return
        if self.context.keep(lambda: staff.disable(self.context.desk, member), _("{name} is disabled.").format(name=member.name)):
            self.table.setFocus()  # the button that was pressed is gone
            self.file_key.make()

    def new_key(self) -> None:
        """A new key for the file."""
        self.file_key.ask()

    def change_role(self) -> None:
        """Another role from now on."""
        member = self.table.current()
        role = self._role(_("Another role for {name}").format(name=member.name)) if member is not None else None
        if member is not None and role is not None:
            self.context.keep(
                lambda: staff.change_role(self.context.desk, member, role),
                _("The role of {name} is changed. It counts from their next sign-in.").format(name=member.name),
            )

    def new_code(self) -> None:
        """A new recovery code: the sheet is lost, or somebody saw it."""
        text = _(
            "Pupil Desk makes up a new code and shows it, to be printed. Once you have typed two groups of it back from the paper, the sheet in the envelope no longer opens this file: destroy it then, and not before. Backups made before still open with the old code."
        )
        text = f"{text} {second_key.lost_to_new_code(self.context.desk.vault)}".rstrip()
        if not self.context.ask.confirm(_("Make a new recovery code?"), text, _("Make a new code")) or not self._make_code():
            return
        text = _("Whoever has it, and a copy of the file or of its sign-in data, could still read the file by it. A new key ends that.")
        self.file_key.ask_if_known(_("Could somebody else have the old code?"), text, "somebody may have a recovery code")

    def _make_code(self) -> bool:
        """Whether a new code was shown, noted and put in force."""
        new = self.context.attempt(lambda: staff.new_recovery_code(self.context.desk))
        if new is None:
            return False
        words = _(
            "Print it twice: one sheet for the safe, in a sealed envelope; one for the proprietor or the authority. It is shown only now."
        )
        changed = self._put_in_force(new, _("Recovery code"), words, print_it=lambda: self._print_code(new.secret), typed_back=[new.secret])
        if changed is not None:
            self._say_done(changed, _("The new recovery code is in force. The old one no longer opens the file: destroy its sheets."))
        return changed is not None

    def _print_code(self, code: str) -> None:
        from pupil_desk.documents.papers import recovery_sheet
        from pupil_desk.documents.pdf.page import build_pdf

        desk = self.context.desk
        data = build_pdf(recovery_sheet.story(desk.settings.name, code, show_date(desk.today)), title=_("Recovery code"))
        self.context.attempt(lambda: self.send(data, self.shown_once or self, memory=self.context.memory))

    def close_popups(self) -> None:
        """A first password does not stay on the screen behind a lock."""
        if self.shown_once is not None:
            self.shown_once.reject()
        super().close_popups()

    def _put_in_force[T](
        self,
        new: staff.NewSecret[T],
        title: str,
        words: str,
        *,
        print_it: Callable[[], object] | None = None,
        typed_back: Sequence[str] = (),
    ) -> T | None:
        """Show it, and put it in force once it is noted; what it gives, or None if nothing has changed, which is said."""
        self.shown_once = dialog = ShownOnce(self, title, words, new.secret, print_it=print_it, typed_back=typed_back)
        was_noted = dialog.exec()
        dialog.deleteLater()
        self.shown_once = None
        if not was_noted:
            self.context.banner.note(new.unchanged)
            return None
        return self.context.attempt(lambda: self.context.making.beside(new.put_in_force))

    def _say_done(self, changed: Changed, words: str) -> None:
        self.context.news.tell(changed)
        self.context.banner.success(words)
