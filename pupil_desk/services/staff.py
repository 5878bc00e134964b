"""The users: adding one, a new password, disabling one. The last data officer cannot be lost."""

import dataclasses

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.staff import Role, StaffMember, checked_name
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import passwords
from pupil_desk.store import staff as store
from pupil_desk.store.rows import new_id


def users(desk: Desk) -> list[StaffMember]:
    """All users, those disabled too, by name."""
    desk.require(Action.MANAGE_USERS, "staff")
    return store.everyone(desk.vault)


def add_user(desk: Desk, name: str, role: Role, password: str) -> StaffMember:
    """Add a member of staff with a first password, which is to be changed at the first sign-in. Raises WrongUse, NotAllowed."""
    desk.require(Action.MANAGE_USERS, "staff")
    name = checked_name(name)
    if store.by_name(desk.vault, name):
        raise WrongUse(_("There is a user of that name already. Add an initial to tell the two apart."))
    passwords.require_good(password, unit_name=desk.settings.name)
    member = StaffMember(id=new_id(), name=name, role=role, must_change_password=True)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, f"added {role.value}",
                  last=lambda: desk.vault.add_slot(member.id, name, password)):  # fmt: skip
        store.add(desk.vault, member)
    return member


def set_password_anew(desk: Desk, member: StaffMember, password: str) -> Changed:
    """Give a colleague who has forgotten theirs a new password, to be changed at the next sign-in."""
    member = _as_kept(desk, member)
    passwords.require_good(password, unit_name=desk.settings.name)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, "password set anew",
                  last=lambda: desk.vault.change_password(member.id, member.name, password)):  # fmt: skip
        store.save(desk.vault, dataclasses.replace(member, must_change_password=member.id != desk.user.id))
    return Changed.of("staff")


def change_own_password(desk: Desk, old: str, new: str) -> StaffMember:
    """Change one's own password. Raises WrongPassword if the old one is not right, WrongUse for a weak new one."""
    desk.require(Action.CHANGE_OWN_PASSWORD, "staff", desk.user.id)
    if not desk.vault.check_password(desk.user.id, old, now=desk.clock.now()):
        raise WrongPassword(_("The present password is wrong. Type it again."))
    passwords.require_good(new, unit_name=desk.settings.name)
    if new == old:
        raise WrongUse(_("The new password is the old one. Choose another."))
    member = dataclasses.replace(desk.user, must_change_password=False)
    with desk.act(Action.CHANGE_OWN_PASSWORD, "staff", desk.user.id,
                  last=lambda: desk.vault.change_password(member.id, member.name, new)):  # fmt: skip
        store.save(desk.vault, member)
    return member


def disable(desk: Desk, member: StaffMember) -> Changed:
    """Let a user in no more. Raises WrongUse for oneself or the last data officer."""
    member = _as_kept(desk, member)
    if member.id == desk.user.id:
        raise WrongUse(_("You cannot disable yourself. Ask another data officer."))
    _keep_an_officer(desk, member)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, "disabled", last=lambda: desk.vault.drop_slot(member.id)):
        store.save(desk.vault, dataclasses.replace(member, active=False))
    return Changed.of("staff")


def enable(desk: Desk, member: StaffMember, password: str) -> Changed:
    """Let a disabled user in again, with a new password."""
    member = _as_kept(desk, member)
    passwords.require_good(password, unit_name=desk.settings.name)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, "enabled",
                  last=lambda: desk.vault.add_slot(member.id, member.name, password)):  # fmt: skip
        store.save(desk.vault, dataclasses.replace(member, active=True, must_change_password=True))
    return Changed.of("staff")


def change_role(desk: Desk, member: StaffMember, role: Role) -> Changed:
    """Give a user another role. Raises WrongUse for the last data officer."""
    member = _as_kept(desk, member)
    if role is not Role.DATA_OFFICER:
        _keep_an_officer(desk, member)
    with desk.act(Action.MANAGE_USERS, "staff", member.id, f"role {role.value}"):
        store.save(desk.vault, dataclasses.replace(member, role=role))
    return Changed.of("staff")


def _as_kept(desk: Desk, member: StaffMember) -> StaffMember:
    """The user as the file has them now, which a page may not have seen yet."""
    desk.require(Action.MANAGE_USERS, "staff", member.id)
    kept = store.get(desk.vault, member.id)
    if kept is None:
        raise WrongUse(_("There is no such user any more. Look again."))
    return kept


def _keep_an_officer(desk: Desk, member: StaffMember) -> None:
    may_sign_in = desk.vault.slot_users()
    others = [
        other
        for other in store.everyone(desk.vault)
        if other.active and other.role is Role.DATA_OFFICER and other.id in may_sign_in and other.id != member.id
    ]
    if member.role is Role.DATA_OFFICER and not others:
        raise WrongUse(_("This is the last data officer. Make somebody else one first."))


def new_recovery_code(desk: Desk) -> str:
    """Make a new recovery code, because the sheet is lost or was seen. The old one is dead, save for older backups."""
    made: list[str] = []
    with desk.act(Action.MANAGE_USERS, "unit", desk.vault.vault_id, "recovery code made anew",
                  last=lambda: made.append(desk.vault.new_recovery_code())):  # fmt: skip
        pass
    return made[0]


def first_password() -> str:
    """A password that the program makes up, to be handed over and changed: words, since it is read out."""
    return passwords.generate_passphrase(5)
