"""Each user's role, and whether they may sign in, as the log tells it: the rows of the users alone could be rewritten.

Whoever takes the file's key out of the running program can write rows, but none of the log that would fit its chain.
So the users are compared with the log at each sign-in, and put right by it.
"""

from dataclasses import replace

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.unit.staff import Role, StaffMember, Standing
from pupil_desk.services.roles import Action
from pupil_desk.store.file import audit
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import staff as staff_store

ADDED, GIVEN, DISABLED, ENABLED = "added", "role", "disabled", "enabled"  # how the log's reasons begin; the first two go on with the role
NEW_UNIT = "new-unit"  # whose user is the first data officer


def users(vault: Vault) -> list[StaffMember]:
    """All users by name, each with the standing that the log gives them; one of whom it knows nothing may not sign in."""
    standings = _by_log(vault)
    return [_with(member, standings.get(member.id, Standing(member.role, active=False))) for member in staff_store.all_staff(vault)]


def user(vault: Vault, user_id: str) -> StaffMember | None:
    """The user of that identity, with the standing that the log gives them."""
    return next((member for member in users(vault) if member.id == user_id), None)


def bent(vault: Vault) -> list[StaffMember]:
    """The users whose rows are not as the log tells, each as the log tells."""
    kept = {member.id: member for member in staff_store.all_staff(vault)}
    return [member for member in users(vault) if member != kept[member.id]]


def sentence(members: list[StaffMember]) -> str:
    """What whoever signs in is told of users put right."""
    return _(
        "The list of users was changed by other means than Pupil Desk. It is again as the log tells: {users}. "
        "Ask who can get at this PC and knows a password."
    ).format(users=join_words([_in_words(member) for member in members]))


def _in_words(member: StaffMember) -> str:
    return _("{name} ({standing})").format(name=member.name, standing=member.role.label.lower() if member.active else _("disabled"))


def _with(member: StaffMember, standing: Standing) -> StaffMember:
    return replace(member, role=standing.role, active=standing.active)


def _by_log(vault: Vault) -> dict[str, Standing]:
    standings: dict[str, Standing] = {}
    for entry in audit.proved_entries(vault, (NEW_UNIT, Action.MANAGE_USERS.value)):
        if entry.action == NEW_UNIT:
            standings[entry.user_id] = Standing(Role.DATA_OFFICER)
        elif entry.reason.startswith(f"{ADDED} "):
            standings[entry.object_id] = Standing(Role(entry.reason.removeprefix(f"{ADDED} ")))
        elif before := standings.get(entry.object_id):
            standings[entry.object_id] = _after(before, entry.reason)
    return standings


def _after(before: Standing, reason: str) -> Standing:
    if reason.startswith(f"{GIVEN} "):
        return replace(before, role=Role(reason.removeprefix(f"{GIVEN} ")))
    return replace(before, active={DISABLED: False, ENABLED: True}.get(reason, before.active))
