"""The second key of restricted notes: made once somebody is named to read them, handed over by one who holds it, renewed when one loses it.

Whoever is named and whom the key can reach is given it when it is made. Later it is handed over only by somebody who holds it, at the page
Users; it comes to nobody by a role, nor by a new password from a data officer who does not hold it. Who loses it takes the old key along,
in older copies at least, so there is a new one then: for what is written from now on at once, and for what is there as soon as
somebody who holds the old one signs in. The recovery code holds it until three sheets are made of which two open it.
"""

from collections.abc import Iterable

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import data_key
from pupil_desk.store.file.second_key import cells
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import key_sheets, second_keys, under_second_key
from pupil_desk.store.tables import notes as store
from pupil_desk.store.tables import staff as staff_store
from pupil_desk.store.tables.second_keys import RESTRICTED_NOTES

CODE = ""  # what stands for the recovery code among the holders
MADE, GIVEN, RENEWED = "second-key", "second-key-handed-over", "second-key-renewed"  # as they stand in the log


def holders(vault: Vault) -> frozenset[str] | None:
    """The users who hold the key in force; None if there is none yet."""
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    return second_keys.holders(vault, key["id"]) - {CODE} if key is not None else None


def is_held(vault: Vault) -> bool:
    """Whether whoever signed in holds the key in force; so does everybody where there is none yet."""
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    return key is None or _holds(vault, key)


def _holds(vault: Vault, key: Row) -> bool:
    """Also that it is the private half of what the file keeps: another public half was put there by somebody else."""
    private = vault.held.keys.get(key["id"])
    return private is not None and cells.public_of(private).hex() == key["public"]


def waiting(vault: Vault) -> list[str]:
    """The users who are named to read, may sign in, and do not hold the key."""
    held_by = holders(vault)
    if held_by is None:
        return []
    reached = {slot.user for slot in second_keys.slots_of(vault, store.readers(vault))}
    return [user_id for user_id, row in store.readers(vault).items() if row["active"] and user_id in reached and user_id not in held_by]


def named(work: Work) -> None:
    """Somebody was named: the first key is made, or theirs handed over if whoever named them holds it."""
    vault = work.desk.vault
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    if key is None:
        _make(work, [*_named_users(vault), CODE], MADE)
    elif _holds(vault, key):
        _give(work, key, waiting(vault))


def taken_away(work: Work, member: StaffMember) -> None:
    """Somebody is no longer to hold the key: it is taken from their slot, there is a new one, and a new data key is due."""
    vault = work.desk.vault
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    if key is None or member.id not in second_keys.holders(vault, key["id"]):
        return
    others = second_keys.holders(vault, key["id"]) - {member.id}
    second_keys.take(vault, key["id"], member.id)
    _make(work, others, RENEWED)
    work.note(data_key.DUE, "unit", vault.vault_id, "somebody no longer reads restricted notes")


def _make(work: Work, user_ids: Iterable[str], action: str) -> None:
    """A new key for these, if it reaches anybody; what is there is encrypted under it as far as it can be read."""
    vault = work.desk.vault
    slots = second_keys.slots_of(vault, user_ids)
    if not any(slot.user for slot in slots):
        return
    second_keys.make(vault, RESTRICTED_NOTES, slots, moment=work.stamp, actor=work.actor)
    count = encrypt(vault, work.stamp)
    work.note(action, "unit", vault.vault_id, f"{count} texts encrypted")


def encrypt(vault: Vault, moment: str) -> int:
    """Encrypt under the key in force what is not yet and can be read; inside a transaction."""
    rooms = [what for what in under_second_key.ALL if what.room == RESTRICTED_NOTES]
    return sum(under_second_key.encrypt(vault, what, moment=moment) for what in rooms)


def _give(work: Work, key: Row, user_ids: Iterable[str]) -> None:
    for user_id in user_ids:
        second_keys.give(work.desk.vault, key["id"], [user_id])
        work.note(GIVEN, "staff", user_id)


def hand_over(desk: Desk, member: StaffMember) -> Changed:
    """Hand the key over to a user who is named and does not hold it. Raises WrongUse if whoever is at the desk does not hold it either."""
    desk.require(Action.READ_RECORD, "staff", member.id)
    key = second_keys.of_room(desk.vault, RESTRICTED_NOTES)
    if key is None or member.id not in waiting(desk.vault):
        raise WrongUse(_("{name} does not wait for the key of the restricted notes. Look again.").format(name=member.name))
    if not (_holds(desk.vault, key) and store.is_reader(desk.vault, desk.user.id)):
        raise WrongUse(who_hands_over(desk))
    with desk.act(Action.READ_RECORD, "staff", member.id, "key of the restricted notes handed over") as work:
        _give(work, key, [member.id])
    return Changed.of("staff", "note")


def who_hands_over(desk: Desk) -> str:
    """Who can hand the key over, in a sentence."""
    held_by = holders(desk.vault) or frozenset()
    names = [row["name"] for user_id, row in store.readers(desk.vault).items() if user_id in held_by and row["active"]]
    return _("Only somebody who holds the key of the restricted notes can hand it over: {names}.").format(
        names=join_words(names) or _("nobody at present")
    )


def to_be_given(desk: Desk) -> list[StaffMember]:
    """Those to whom the person at the desk can hand the key over: who are named and wait for it. Nobody for who does not hold it."""
    vault = desk.vault
    if vault.read_only or not (is_held(vault) and store.is_reader(vault, desk.user.id)):
        return []
    return [member for user_id in waiting(vault) if (member := staff_store.get(vault, user_id)) is not None]


def who_holds_it(desk: Desk) -> str:
    """Who holds the key and who waits for it, in a sentence or two."""
    vault = desk.vault
    held_by, named_rows = holders(vault), store.readers(vault)
    if held_by is None:
        return _("Restricted notes have no key of their own yet: it is made once somebody who can sign in is named to read them.")
    names = join_words([row["name"] for user_id, row in named_rows.items() if user_id in held_by]) or _("nobody at present")
    words = _("The key of the restricted notes is held by: {names}.").format(names=names)
    if waits := waiting(vault):
        others = join_words([named_rows[user_id]["name"] for user_id in waits])
        words += " " + _("Waiting until one of them hands it over: {names}.").format(names=others)
    return words


def keep_a_holder(vault: Vault, member: StaffMember) -> None:
    """Raises WrongUse if nobody else could open the restricted notes without this user."""
    held_by = holders(vault) or frozenset()
    if held_by == {member.id}:
        raise WrongUse(
            _(
                "{name} is the only one who holds the key of the restricted notes. Name somebody else for it first, and have {name} hand the key over."
            ).format(name=member.name)
        )


def keep_with_new_password(vault: Vault, member: StaffMember) -> None:
    """Raises WrongUse if a new password, given by somebody who does not hold the key, would take it from the last who does."""
    no_sheets = key_sheets.in_force(vault, RESTRICTED_NOTES) is None
    if no_sheets and not is_held(vault) and (holders(vault) or frozenset()) == {member.id}:
        raise WrongUse(
            _(
                "{name} is the only one who holds the key of the restricted notes, which a new password from you would lose. Sign in with the recovery code, and give {name} a new password there: then it is kept."
            ).format(name=member.name)
        )


def recovered(vault: Vault, member: StaffMember) -> None:
    """The recovery code gave a user a new password, inside its transaction: they have the key that the code holds, if they are named for it."""
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    if key is not None and _holds(vault, key) and store.is_reader(vault, member.id):
        second_keys.give(vault, key["id"], [member.id])
    vault.held.user = member.id


def settle(desk: Desk) -> None:
    """At a sign-in, inside its transaction: the first key if it is due, and under the key in force what this person can read."""
    vault = desk.vault
    work = Work(desk, desk.clock.now(), desk.user.id)
    key = second_keys.of_room(vault, RESTRICTED_NOTES)
    if key is None:
        if named_users := _named_users(vault):
            _make(work, [*named_users, CODE], MADE)
    elif _holds(vault, key):
        count = encrypt(vault, work.stamp)
        if count:
            work.note(RENEWED, "unit", vault.vault_id, f"{count} texts encrypted")
        if CODE not in second_keys.holders(vault, key["id"]) and key_sheets.in_force(vault, RESTRICTED_NOTES) is None:
            second_keys.give(vault, key["id"], [CODE])
    elif key["id"] in vault.held.keys:
        work.note("second-key-exchanged", "unit", vault.vault_id)
        vault.remark(
            _(
                "Somebody put another key of the restricted notes into the file: do not write any, and tell a data officer. The log names it."
            )
        )


def remark(desk: Desk) -> None:
    """After a sign-in: have who holds the key told who waits for it, and who waits, whom to ask."""
    vault = desk.vault
    waits = waiting(vault)
    if desk.user.id in waits:
        vault.remark(_("You are named to read restricted notes, and do not hold their key yet. {who}").format(who=who_hands_over(desk)))
    elif waits and is_held(vault) and store.is_reader(vault, desk.user.id):
        names = join_words([row["name"] for user_id, row in store.readers(vault).items() if user_id in waits])
        vault.remark(
            _("{names} may read restricted notes, and waits for you to hand over their key: on the page Users.").format(names=names)
        )


def _named_users(vault: Vault) -> list[str]:
    return [user_id for user_id, row in store.readers(vault).items() if row["active"]]
