"""Who may open and read what is in a room: named person by person by a data officer, whatever the role, and recorded for good.

Naming is not enough: restricted notes and safeguarding files are each encrypted under a second key, which only somebody who holds it can
hand over (``second_key``). To be named for the safeguarding files is to be safeguarding lead or deputy: a second role (``SecondRole``).
"""

from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.notes.rooms import NOTES, Room
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import notes as store
from pupil_desk.store.tables import staff


@dataclass(frozen=True, slots=True)
class RestrictedReader:
    """Someone named to read what is in a room: since when, by whom, and why."""

    user_id: str
    name: str
    since: datetime
    by: str
    reason: str


def named_readers(desk: Desk, room: Room = NOTES) -> dict[str, RestrictedReader]:
    """Everyone who is named, by user."""
    desk.require(Action.MANAGE_USERS, "staff")
    return {
        user_id: RestrictedReader(user_id, row["name"], local_time(row["at"]), row["by"] or "", row["reason"])
        for user_id, row in store.readers(desk.vault, room.name).items()
    }


def may_read(desk: Desk, room: Room = NOTES) -> bool:
    """Whether the person at the desk is named, and holds the second key if there is one. A role alone never gives it."""
    return store.is_reader(desk.vault, desk.user.id, room.name) and second_key.is_held(desk.vault, room)


def who_may_read(desk: Desk, room: Room = NOTES) -> str:
    """The names of those whom to ask, in words: «Sam Whitlock and Jo Carrow»."""
    holders = second_key.holders(desk.vault, room)
    readers = store.readers(desk.vault, room.name).items()
    names = [row["name"] for user_id, row in readers if row["active"] and (holders is None or user_id in holders)]
    return join_words(names) or _("nobody is named yet; a data officer names them under Users")


def set_reader(desk: Desk, member: StaffMember, *, may: bool, reason: str, room: Room = NOTES) -> Changed:
    """Name a user to read what is in a room, or no longer. Data officer only. Raises Refused (no reason), WrongUse."""
    desk.require(Action.MANAGE_USERS, "staff", member.id)
    reason = tidy(reason)
    refuse(() if reason else (Problem("reason", "missing", _("Enter the reason.")),))
    if staff.get(desk.vault, member.id) is None:
        raise WrongUse(_("There is no such user any more. Look again."))
    if store.is_reader(desk.vault, member.id, room.name) == may:
        return Changed.of()
    if not may:
        second_key.keep_a_holder(desk.vault, member, (room,))
    words = f"named to read {room.log_name}" if may else f"no longer to read {room.log_name}"
    with desk.act(Action.MANAGE_USERS, "staff", member.id, f"{words}: {reason}") as work:
        store.set_reader(desk.vault, member.id, may_read=may, reason=reason, moment=work.stamp, actor=work.actor, room=room.name)
        if may:
            second_key.named(work, room)
        else:
            second_key.taken_away(work, member, (room,))
    return Changed.of("staff", "note")
