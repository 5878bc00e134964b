"""Second keys: their public halves, and who holds the private ones."""

from collections.abc import Iterable

from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import Slot
from pupil_desk.store.file.second_key import cells, items
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id
from pupil_desk.store.tables import key_sheets

RESTRICTED_NOTES, SAFEGUARDING, OWN = "restricted_notes", "safeguarding", "own"
"""The rooms: what one key opens. What is in which stands in ``under_second_key``."""


def of_room(vault: Vault, room: str) -> Row | None:
    """The key of a room in force: ``id`` and ``public``; None if none was made yet."""
    return vault.first_row("SELECT id, public FROM second_key WHERE room = ? AND user_id IS NULL ORDER BY seq DESC LIMIT 1", (room,))


def began(vault: Vault, room: str) -> str | None:
    """When the first key of a room was made; None if none was yet."""
    row = vault.first_row("SELECT min(at) AS at FROM second_key WHERE room = ? AND user_id IS NULL", (room,))
    return row["at"] if row is not None else None


def is_held(vault: Vault, room: str) -> bool:
    """Whether whoever signed in holds the key of a room in force: the private half of what the file keeps, and no other. False for no key."""
    key = of_room(vault, room)
    private = vault.held.keys.get(key["id"]) if key is not None else None
    return key is not None and private is not None and cells.public_of(private).hex() == key["public"]


def numbers(vault: Vault, room: str) -> list[str]:
    """All keys of a room, those of before too."""
    return [row["id"] for row in vault.rows("SELECT id FROM second_key WHERE room = ? AND user_id IS NULL ORDER BY seq", (room,))]


def holders(vault: Vault, number: str) -> frozenset[str]:
    """The users whose slot holds a key, and "" if that of the recovery code does."""
    return frozenset(slot.user for slot in _slots(vault) if number in items.of_slot(slot))


def make(vault: Vault, room: str, slots: Iterable[Slot], *, moment: str, actor: str, user_id: str | None = None) -> Row:
    """A new key of a room, or of a person, in force at once and in these slots. Inside a transaction."""
    private, public = cells.new_pair()
    number = new_id()
    insert_row(vault, "second_key", id=number, room=room, user_id=user_id, public=public.hex(), at=moment, made_by=actor)
    _give(vault, number, private, slots)
    if user_id is None:
        key_sheets.put(vault, room, number, private)
    row = vault.first_row("SELECT id, public FROM second_key WHERE id = ?", (number,))
    assert row is not None
    return row


def own(vault: Vault, user_id: str, *, moment: str) -> Row | None:
    """A person's own key; made now if they have none that their slot holds. None for who has no slot, or one of an earlier version."""
    slot = vault.newest_keys.of_user(user_id)
    if slot is None or not slot.public:
        return None
    row = vault.first_row("SELECT id, public FROM second_key WHERE user_id = ? ORDER BY seq DESC LIMIT 1", (user_id,))
    if row is not None and row["id"] in items.of_slot(slot):
        return row
    return make(vault, OWN, (slot,), moment=moment, actor=user_id, user_id=user_id)


def give(vault: Vault, number: str, user_ids: Iterable[str]) -> None:
    """Put a key that whoever signed in holds into the slots of others; "" is the recovery code's. Inside a transaction."""
    wanted = frozenset(user_ids)
    _give(vault, number, vault.held.keys[number], [slot for slot in _slots(vault) if slot.user in wanted and slot.public])


def take(vault: Vault, number: str, user_id: str) -> None:
    """Take a key out of a person's slot; "" is the recovery code's. Inside a transaction."""
    slot = vault.newest_keys.of_user(user_id) if user_id else vault.newest_keys.of_recovery
    if slot is not None and number in items.of_slot(slot):
        vault.change_slots(lambda keys: keys.with_slot(items.without(slot, number)))


def slots_of(vault: Vault, user_ids: Iterable[str]) -> list[Slot]:
    """The slots of these users that a key can be put into; "" is the recovery code's."""
    wanted = frozenset(user_ids)
    return [slot for slot in _slots(vault) if slot.user in wanted and slot.public]


def _give(vault: Vault, number: str, private: bytes, slots: Iterable[Slot]) -> None:
    given = [items.given(slot, number, private, vault.vault_id) for slot in slots]

    def change(keys: KeyFile) -> KeyFile:
        for slot in given:
            keys = keys.with_slot(slot)
        return keys

    if given:
        vault.change_slots(change)
    if any(slot.user == vault.held.user for slot in given):
        vault.held.keys[number] = private


def _slots(vault: Vault) -> tuple[Slot, ...]:
    return vault.newest_keys.slots
