"""Three sheets for the key of a room: any two give it to somebody who is named and does not hold it.

Whoever holds the key makes them, for three people. From then on the recovery code opens the room no more. A new set ends the one before.
"""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.notes.rooms import NOTES, Room
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.staff import NewSecret
from pupil_desk.store.file.second_key import sheets
from pupil_desk.store.tables import key_sheets as store
from pupil_desk.store.tables import notes, second_keys


def new_sheets(desk: Desk, room: Room = NOTES) -> NewSecret[Changed]:
    """Three codes, one a line, in force once somebody has noted them. Raises WrongUse for who does not hold the key."""
    desk.require(Action.READ_RECORD, "unit", desk.vault.vault_id)
    _require_holder(desk, room)

    def keep(codes: str) -> Changed:
        _require_holder(desk, room)
        vault = desk.vault
        with desk.act(Action.READ_RECORD, "unit", vault.vault_id, f"sheets for the key of the {room.log_name} made") as work:
            store.make(vault, room.name, codes.split("\n"), moment=work.stamp, actor=work.actor)
            for number in second_keys.numbers(vault, room.name):
                if number in vault.held.keys:  # one that is held by the code alone stays with it: texts may stand under it still
                    store.put(vault, room.name, number, vault.held.keys[number])
                    second_keys.take(vault, number, second_key.CODE)
        return Changed.of("staff")

    unchanged = _(
        "No sheets were made. Destroy every sheet with a code that was shown: it opens nothing. Those of before, if any, still count."
    )
    return NewSecret("\n".join(sheets.new_codes()), unchanged, keep)


def may_make(desk: Desk, room: Room = NOTES) -> bool:
    """Whether the person at the desk holds the key, and so can make sheets."""
    vault = desk.vault
    is_reader = notes.is_reader(vault, desk.user.id, room.name)
    return not vault.read_only and second_keys.is_held(vault, room.name) and is_reader


def _require_holder(desk: Desk, room: Room) -> None:
    if not may_make(desk, room):
        raise WrongUse(_("Only somebody who holds {key} can make sheets for it.").format(key=room.key))


def made_on(desk: Desk, room: Room = NOTES) -> str:
    """The day on which the sheets that count were made; empty if there are none."""
    row = store.in_force(desk.vault, room.name)
    return show_date(local_time(row["at"]).date()) if row is not None else ""


def may_open(desk: Desk, room: Room = NOTES) -> bool:
    """Whether two sheets would give the key to the person at the desk: they are named, do not hold it, and there are sheets."""
    vault = desk.vault
    return not vault.read_only and desk.user.id in second_key.waiting(vault, room) and store.in_force(vault, room.name) is not None


def fault(desk: Desk, *codes: str, room: Room = NOTES) -> str:
    """What is wrong with the code of one sheet, by its check characters, or with those of two together; empty for nothing."""
    try:
        for code in codes:
            sheets.read_code(code)
        if len(codes) > 1:
            _opened(desk, room, *codes)
    except WrongPassword as error:
        return error.message
    return ""


def _opened(desk: Desk, room: Room, *codes: str) -> dict[str, bytes]:
    keys = store.opened(desk.vault, room.name, codes)
    if not keys:
        raise WrongPassword(_("These are not two of the three sheets that count. Compare both codes, and the day on the sheets."))
    return keys


def open_with(desk: Desk, first: str, second: str, room: Room = NOTES) -> Changed:
    """Give the key to the person at the desk, who is named, by the codes of two sheets. Raises WrongPassword, WrongUse."""
    desk.require(Action.READ_RECORD, "unit", desk.vault.vault_id)
    if not may_open(desk, room):
        raise WrongUse(_("The sheets give the key only to somebody who is {naming}, and does not hold it.").format(naming=room.naming))
    keys = _opened(desk, room, first, second)
    with desk.act(Action.READ_RECORD, "staff", desk.user.id, f"key of the {room.log_name} taken from two sheets"):
        for number, key in keys.items():
            desk.vault.held.keys[number] = key
            second_keys.give(desk.vault, number, [desk.user.id])
    return Changed.of("staff", "note")
