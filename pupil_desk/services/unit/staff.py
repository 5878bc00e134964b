"""The users: adding one, a new password, disabling one. The last data officer cannot be lost, and nobody is locked out.

A password or code that the program makes up is first shown, and in force only once somebody has noted it: ``NewSecret``.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pupil_desk.basics.errors import CannotWrite, WrongPassword, WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role, StaffMember, checked_name
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import data_key, drafts
from pupil_desk.services.unit.standings import ADDED, DISABLED, ENABLED, GIVEN
from pupil_desk.store.file import passwords
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import staff as store

CODE_ANEW = "recovery code made anew"  # as the reason stands in the log


@dataclass(frozen=True, slots=True)
class NewSecret[T]:
    """A password or recovery code made up and in force nowhere: whoever asked for it shows it, has it noted, and puts it in force.

    Let go before that, by Esc, a lock or a kill, nothing has changed. ``unchanged`` says so in a sentence, and what
    holds instead.
    """

    secret: str = field(repr=False)
    unchanged: str
    _keep: Callable[[str], T]

    def put_in_force(self) -> T:
        """Somebody has noted it. Raises CannotWrite, saying that nothing has changed, and whatever may be refused by now."""
        with _else_said(self.unchanged):
            return self._keep(self.secret)


@contextlib.contextmanager
def _else_said(unchanged: str) -> Iterator[None]:
    """What cannot be written is told with what therefore still holds."""
    try:
        yield
    except CannotWrite as error:
        raise CannotWrite(f"{unchanged} {error.message}") from error


def users(desk: Desk) -> list[StaffMember]:
    """All users, those disabled too, by name."""
    desk.require(Action.MANAGE_USERS, "staff")
    return store.all_staff(desk.vault)


def add_user(desk: Desk, name: str, role: Role, password: str) -> StaffMember:
    """Add a member of staff with a first password, which is to be changed at the first sign-in. Raises WrongUse, NotAllowed."""
    name = _free_name(desk, name)
    passwords.require_good(password, of=(desk.settings.name, name))
    member = StaffMember(id=new_id(), name=name, role=role, must_change_password=True)
    with desk.act(
        Action.MANAGE_USERS, "staff", member.id, f"{ADDED} {role.value}", last=lambda: desk.vault.add_slot(member.id, name, password)
    ):
        store.add(desk.vault, member)
    return member


def new_user(desk: Desk, name: str, role: Role) -> NewSecret[StaffMember]:
    """A first password for a member of staff, who is added when it is put in force. Raises WrongUse, NotAllowed."""
    name = _free_name(desk, name)
    unchanged = _("{name} is not added: the password that was shown opens nothing.").format(name=name)
    return NewSecret(first_password(), unchanged, lambda password: add_user(desk, name, role, password))


def _free_name(desk: Desk, name: str) -> str:
    desk.require(Action.MANAGE_USERS, "staff")
    name = checked_name(name)
    if store.by_name(desk.vault, name):
        raise WrongUse(_("There is a user of that name already. Add an initial to tell the two apart."))
    return name


def set_password_anew(desk: Desk, member: StaffMember, password: str) -> Changed:
    """Give a colleague who has forgotten theirs a new password, to be changed at the next sign-in.

    Raises WrongUse for oneself: whoever is signed in changes their own with the old one, and is not locked out by mistake.
    """
    member = _colleague(desk, member)
    passwords.require_good(password, of=(desk.settings.name, member.name))
    with desk.act(
        Action.MANAGE_USERS, "staff", member.id, "password set anew", last=lambda: desk.vault.add_slot(member.id, member.name, password)
    ) as work:
        drafts.lose(work, member.id)
        store.save(desk.vault, dataclasses.replace(member, must_change_password=True))
    return Changed.of("staff")


def new_password(desk: Desk, member: StaffMember) -> NewSecret[Changed]:
    """A new password for a colleague who has forgotten theirs. Raises WrongUse for oneself or one who is disabled, NotAllowed."""
    member = _colleague(desk, member)
    unchanged = _("Nothing has changed: {name} still signs in with the old password. The one that was shown opens nothing.").format(
        name=member.name
    )
    return NewSecret(first_password(), unchanged, lambda password: set_password_anew(desk, member, password))


def _colleague(desk: Desk, member: StaffMember) -> StaffMember:
    member = _as_kept(desk, member)
    if member.id == desk.user.id:
        raise WrongUse(_("This is you. Change your own password with “My password…” above, which asks for the one you have."))
    if not member.active:
        raise WrongUse(_("{name} is disabled. Let them in again first.").format(name=member.name))
    second_key.keep_with_new_password(desk.vault, member)
    return member


def change_own_password(desk: Desk, old: str, new: str) -> StaffMember:
    """Change one's own password. Raises WrongPassword if the old one is not right, WrongUse for a weak new one.

    Raises CannotWrite, saying that the old one still holds, if the new one could not be put in force.
    """
    desk.require(Action.CHANGE_OWN_PASSWORD, "staff", desk.user.id)
    if not desk.vault.check_password(desk.user.id, old, now=desk.clock.now()):
        raise WrongPassword(_("The present password is wrong. Type it again."))
    passwords.require_good(new, of=(desk.settings.name, desk.user.name))
    if new == old:
        raise WrongUse(_("The new password is the old one. Choose another."))
    as_kept = required(
        store.get(desk.vault, desk.user.id), _("There is no such user any more. Look again.")
    )  # whose role may be another now
    member = dataclasses.replace(as_kept, must_change_password=False)
    with (
        _else_said(_("Your password is not changed: the old one still holds.")),
        desk.act(Action.CHANGE_OWN_PASSWORD, "staff", desk.user.id, last=lambda: desk.vault.change_password(member.id, member.name, new)),
    ):
        store.save(desk.vault, member)
    return member


def disable(desk: Desk, member: StaffMember) -> Changed:
    """Let a user in no more; a new key for the file is due then (``data_key``). Raises WrongUse for oneself or the last data officer."""
    member = _as_kept(desk, member)
    if member.id == desk.user.id:
        raise WrongUse(_("You cannot disable yourself. Ask another data officer."))
    _keep_an_officer(desk, member)
    second_key.keep_a_holder(desk.vault, member)
    with (
        _else_said(_("{name} is not disabled.").format(name=member.name)),
        desk.act(Action.MANAGE_USERS, "staff", member.id, DISABLED, last=lambda: desk.vault.drop_slot(member.id)) as work,
    ):
        store.save(desk.vault, dataclasses.replace(member, active=False))
        work.note(data_key.DUE, "unit", desk.vault.vault_id, "somebody was disabled")
        second_key.taken_away(work, member)
        drafts.lose(work, member.id)
    return Changed.of("staff")


def enable(desk: Desk, member: StaffMember, password: str) -> Changed:
    """Let a disabled user in again, with a new password."""
    member = _as_kept(desk, member)
    passwords.require_good(password, of=(desk.settings.name, member.name))
    with desk.act(
        Action.MANAGE_USERS, "staff", member.id, ENABLED, last=lambda: desk.vault.add_slot(member.id, member.name, password)
    ) as work:
        drafts.lose(work, member.id)
        store.save(desk.vault, dataclasses.replace(member, active=True, must_change_password=True))
    return Changed.of("staff")


def new_password_for_return(desk: Desk, member: StaffMember) -> NewSecret[Changed]:
    """A new password for a disabled user, who is let in again when it is put in force. Raises WrongUse, NotAllowed."""
    member = _as_kept(desk, member)
    unchanged = _("{name} is not let in again: the password that was shown opens nothing.").format(name=member.name)
    return NewSecret(first_password(), unchanged, lambda password: enable(desk, member, password))


def change_role(desk: Desk, member: StaffMember, role: Role) -> Changed:
    """Give a user another role. Raises WrongUse for the last data officer."""
    member = _as_kept(desk, member)
    if role is not Role.DATA_OFFICER:
        _keep_an_officer(desk, member)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, f"{GIVEN} {role.value}"):
        store.save(desk.vault, dataclasses.replace(member, role=role))
    return Changed.of("staff")


def _as_kept(desk: Desk, member: StaffMember) -> StaffMember:
    """The user as the file has them now, which a page may not have seen yet."""
    desk.require(Action.MANAGE_USERS, "staff", member.id)
    return required(store.get(desk.vault, member.id), _("There is no such user any more. Look again."))


def _keep_an_officer(desk: Desk, member: StaffMember) -> None:
    may_sign_in = desk.vault.slot_users()
    officers = [
        officer
        for officer in store.all_staff(desk.vault)
        if officer.active and officer.role is Role.DATA_OFFICER and officer.id in may_sign_in and officer.id != member.id
    ]
    if member.role is Role.DATA_OFFICER and not officers:
        raise WrongUse(_("This is the last data officer. Make somebody else one first."))


def new_recovery_code(desk: Desk) -> NewSecret[Changed]:
    """A new recovery code, because the sheet is lost or was seen. Once it is in force the old one is dead, save for older backups."""
    desk.require(Action.MANAGE_USERS, "unit", desk.vault.vault_id)

    def keep(code: str) -> Changed:
        with desk.act(Action.MANAGE_USERS, "unit", desk.vault.vault_id, CODE_ANEW, last=lambda: desk.vault.set_recovery_code(code)):
            pass
        return Changed.of("staff")

    unchanged = _(
        "Nothing has changed: the old recovery code still opens the file. Destroy every sheet with the code that was shown: it opens nothing."
    )
    return NewSecret(passwords.new_code(), unchanged, keep)


def first_password() -> str:
    """A password that the program makes up, to be handed over and changed: words, since it is read out."""
    return passwords.generate_passphrase(5)
