"""The second key of a room: made once somebody is named to read what is in it, handed over by one who holds it, renewed when one loses it.

Whoever is named and whom the key can reach is given it when it is made. Later it is handed over only by somebody who holds it, at the page
Users; it comes to nobody by a role, nor by a new password from a data officer who does not hold it. Who loses it takes the old key along,
in older copies at least, so there is a new one then: for what is written from now on at once, and for what is there as soon as
somebody who holds the old one signs in. The recovery code holds it until three sheets are made of which two open it.
"""

from collections.abc import Iterable

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, any_of, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notes.rooms import NOTES, ROOMS, Room
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import data_key
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import key_sheets, second_keys, under_second_key
from pupil_desk.store.tables import notes as store
from pupil_desk.store.tables import staff as staff_store

CODE = ""  # what stands for the recovery code among the holders
MADE, GIVEN, RENEWED = "second-key", "second-key-handed-over", "second-key-renewed"  # as they stand in the log


def holders(vault: Vault, room: Room = NOTES) -> frozenset[str] | None:
    """The users who hold the key in force; None if there is none yet."""
    key = second_keys.of_room(vault, room.name)
    return second_keys.holders(vault, key["id"]) - {CODE} if key is not None else None


def code_holds_it(vault: Vault, room: Room) -> bool:
    """Whether the recovery code holds the key in force."""
    key = second_keys.of_room(vault, room.name)
    return key is not None and CODE in second_keys.holders(vault, key["id"])


def is_held(vault: Vault, room: Room = NOTES) -> bool:
    """Whether whoever signed in holds the key in force; so does everybody where there is none yet."""
    key = second_keys.of_room(vault, room.name)
    return key is None or second_keys.is_held(vault, room.name)


def waiting(vault: Vault, room: Room = NOTES) -> list[str]:
    """The users who are named to read, may sign in, and do not hold the key."""
    held_by = holders(vault, room)
    if held_by is None:
        return []
    named_rows = store.readers(vault, room.name)
    reached = {slot.user for slot in second_keys.slots_of(vault, named_rows)}
    return [user_id for user_id, row in named_rows.items() if row["active"] and user_id in reached and user_id not in held_by]


def named(work: Work, room: Room = NOTES) -> None:
    """Somebody was named: the first key is made, or theirs handed over if whoever named them holds it."""
    vault = work.desk.vault
    key = second_keys.of_room(vault, room.name)
    if key is None:
        _make(work, room, [*_named_users(vault, room), CODE], MADE)
    elif second_keys.is_held(vault, room.name):
        _give(work, key, waiting(vault, room))


def taken_away(work: Work, member: StaffMember, rooms: Iterable[Room] = ROOMS) -> None:
    """Somebody is no longer to hold the key of a room: it is taken from their slot, there is a new one, and a new data key is due."""
    vault = work.desk.vault
    for room in rooms:
        key = second_keys.of_room(vault, room.name)
        if key is not None and member.id in second_keys.holders(vault, key["id"]):
            others = second_keys.holders(vault, key["id"]) - {member.id}
            second_keys.take(vault, key["id"], member.id)
            _make(work, room, others, RENEWED)
            work.note(data_key.DUE, "unit", vault.vault_id, f"somebody no longer reads {room.log_name}")


def _make(work: Work, room: Room, user_ids: Iterable[str], action: str) -> None:
    """A new key for these, if it reaches anybody; what is there is encrypted under it as far as it can be read."""
    vault = work.desk.vault
    slots = second_keys.slots_of(vault, user_ids)
    if not any(slot.user for slot in slots):
        return
    second_keys.make(vault, room.name, slots, moment=work.stamp, actor=work.actor)
    count = encrypt(vault, work.stamp, room)
    work.note(action, "unit", vault.vault_id, f"{count} texts encrypted")


def encrypt(vault: Vault, moment: str, room: Room = NOTES) -> int:
    """Encrypt under the key in force what is not yet and can be read; inside a transaction."""
    tables = [what for what in under_second_key.ALL if what.room == room.name]
    return sum(under_second_key.encrypt(vault, what, moment=moment) for what in tables)


def _give(work: Work, key: Row, user_ids: Iterable[str]) -> None:
    for user_id in user_ids:
        second_keys.give(work.desk.vault, key["id"], [user_id])
        work.note(GIVEN, "staff", user_id)


def hand_over(desk: Desk, member: StaffMember, room: Room = NOTES) -> Changed:
    """Hand the key over to a user who is named and does not hold it. Raises WrongUse if whoever is at the desk does not hold it either."""
    desk.require(Action.READ_RECORD, "staff", member.id)
    key = second_keys.of_room(desk.vault, room.name)
    if key is None or member.id not in waiting(desk.vault, room):
        raise WrongUse(_("{name} does not wait for {key}. Look again.").format(name=member.name, key=room.key))
    if not _may_hand_over(desk, room):
        raise WrongUse(who_hands_over(desk, room))
    with desk.act(Action.READ_RECORD, "staff", member.id, f"key of the {room.log_name} handed over") as work:
        _give(work, key, [member.id])
    return Changed.of("staff", "note")


def _may_hand_over(desk: Desk, room: Room) -> bool:
    return second_keys.is_held(desk.vault, room.name) and store.is_reader(desk.vault, desk.user.id, room.name)


def who_hands_over(desk: Desk, room: Room = NOTES) -> str:
    """Who can hand the key over, in a sentence."""
    names = holder_names(desk.vault, room)
    return _("Only somebody who holds {key} can hand it over: {names}.").format(
        key=room.key, names=join_words(names) or _("nobody at present")
    )


def holder_names(vault: Vault, room: Room) -> list[str]:
    """The names of those who are named, may sign in and hold the key."""
    held_by = holders(vault, room) or frozenset()
    return [row["name"] for user_id, row in store.readers(vault, room.name).items() if user_id in held_by and row["active"]]


def to_be_given(desk: Desk, room: Room = NOTES) -> list[StaffMember]:
    """Those to whom the person at the desk can hand the key over: who are named and wait for it. Nobody for who does not hold it."""
    vault = desk.vault
    if vault.read_only or not (is_held(vault, room) and store.is_reader(vault, desk.user.id, room.name)):
        return []
    return [member for user_id in waiting(vault, room) if (member := staff_store.get(vault, user_id)) is not None]


def who_holds_it(desk: Desk, room: Room = NOTES) -> str:
    """Who holds the key and who waits for it, in a sentence or two."""
    vault = desk.vault
    held_by, named_rows = holders(vault, room), store.readers(vault, room.name)
    if held_by is None:
        return room.no_key
    names = join_words([row["name"] for user_id, row in named_rows.items() if user_id in held_by]) or _("nobody at present")
    words = _("{key} is held by: {names}.").format(key=room.key_at_start, names=names)
    if waits := waiting(vault, room):
        others = join_words([named_rows[user_id]["name"] for user_id in waits])
        words += " " + _("Waiting until one of them hands it over: {names}.").format(names=others)
    return words


def keep_a_holder(vault: Vault, member: StaffMember, rooms: Iterable[Room] = ROOMS) -> None:
    """Raises WrongUse if nobody else could open a room without this user."""
    for room in rooms:
        if (holders(vault, room) or frozenset()) == {member.id}:
            raise WrongUse(
                _("{name} is the only one who holds {key}. Name somebody else for it first, and have {name} hand the key over.").format(
                    name=member.name, key=room.key
                )
            )


def keep_with_new_password(vault: Vault, member: StaffMember) -> None:
    """Raises WrongUse if a new password would take a key from the last who holds it: given by who does not hold it, or by a code that does not."""
    for room in ROOMS:
        no_sheets = key_sheets.in_force(vault, room.name) is None
        if no_sheets and not is_held(vault, room) and (holders(vault, room) or frozenset()) == {member.id}:
            with_code = _(
                "{name} is the only one who holds {key}, which a new password from you would lose. Sign in with the recovery code, and give {name} a new password there: then it is kept."
            )
            without_code = _(
                "{name} is the only one who holds {key}, and the recovery code does not hold it: a new password would lose it. Have {name} sign in once with the present password, which gives the code the key. If that is forgotten, a backup from before the recovery code was changed opens with the code of then."
            )
            words = with_code if code_holds_it(vault, room) else without_code
            raise WrongUse(words.format(name=member.name, key=room.key))


def lost_to_new_code(vault: Vault) -> str:
    """What a new recovery code will not open, as the one in force does, until somebody who holds the key signs in; empty for nothing."""
    lost = [room for room in ROOMS if code_holds_it(vault, room) and not is_held(vault, room)]
    texts_by_names = grouped((any_of(holder_names(vault, room)), _("the {texts}").format(texts=room.texts)) for room in lost)
    parts = [
        (_("{texts} until {names} has signed in once") if names else _("{texts}, of which nobody who can sign in holds the key")).format(
            texts=any_of(texts), names=names
        )
        for names, texts in texts_by_names.items()
    ]
    return _("The new code does not open {what}.").format(what="; ".join(parts)) if parts else ""


def recovered(vault: Vault, member: StaffMember, moment: str) -> None:
    """The recovery code gave a user a new password, inside its transaction: they have the keys that the code holds, if they are named for them."""
    for room in ROOMS:
        if store.is_reader(vault, member.id, room.name):
            for number in second_keys.numbers(vault, room.name):  # those of before too: texts may stand under them still
                if number in vault.held.keys:
                    second_keys.give(vault, number, [member.id])
            if second_keys.is_held(vault, room.name):
                encrypt(vault, moment, room)
    vault.held.user = member.id


def settle(desk: Desk) -> None:
    """At a sign-in, inside its transaction: the first key of a room if it is due, and under the key in force what this person can read."""
    work = Work(desk, desk.clock.now(), desk.user.id)
    for room in ROOMS:
        _settle(work, room)


def _settle(work: Work, room: Room) -> None:
    vault = work.desk.vault
    key = second_keys.of_room(vault, room.name)
    if key is None:
        if named_users := _named_users(vault, room):
            _make(work, room, [*named_users, CODE], MADE)
    elif second_keys.is_held(vault, room.name):
        count = encrypt(vault, work.stamp, room)
        if count:
            work.note(RENEWED, "unit", vault.vault_id, f"{count} texts encrypted")
        if CODE not in second_keys.holders(vault, key["id"]) and key_sheets.in_force(vault, room.name) is None:
            second_keys.give(vault, key["id"], [CODE])
    elif key["id"] in vault.held.keys:
        work.note("second-key-exchanged", "unit", vault.vault_id)
        vault.remark(
            _("Somebody put another key in the place of {key}: write none of these, and tell a data officer. The log names it.").format(
                key=room.key
            )
        )


def remark(desk: Desk) -> None:
    """After a sign-in: have who holds a key told who waits for it, and who waits, whom to ask."""
    vault = desk.vault
    for room in ROOMS:
        waits = waiting(vault, room)
        if desk.user.id in waits:
            words = _("You are {naming}, and do not hold {key} yet. {who}")
            vault.remark(words.format(naming=room.naming, key=room.key, who=who_hands_over(desk, room)))
        elif waits and _may_hand_over(desk, room):
            names = join_words([row["name"] for user_id, row in store.readers(vault, room.name).items() if user_id in waits])
            vault.remark(
                _("{names} may read {texts}, and waits for you to hand over the key: on the page Users.").format(
                    names=names, texts=room.texts
                )
            )


def _named_users(vault: Vault, room: Room) -> list[str]:
    return [user_id for user_id, row in store.readers(vault, room.name).items() if row["active"]]
