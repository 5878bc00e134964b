"""Second keys in the slots of those who hold them.

A second key is a pair of X25519 keys. By the public one, which the unit's file keeps, anybody encrypts; the private one opens, and
stands in the slot of each person who holds it, sealed (HPKE) to the slot's own public key. So it can be handed to a person who is not at
the desk, and nothing opens it but that person's password: not the data key, and nobody else's password. What ``sgk`` of a slot holds is
JSON: the number of each second key, with the private key sealed. The seal over all slots covers it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pupil_desk.store.file.keyslots import KEY_BYTES, Slot, canonical, suite


@dataclass(slots=True)
class HeldKeys:
    """Who signed in, empty for the recovery code, and the second keys that they hold: number -> private key."""

    user: str = ""
    keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def copy(self) -> Self:
        """The same, to be forgotten by itself."""
        return replace(self, keys=dict(self.keys))


def of_slot(slot: Slot | None) -> Mapping[str, str]:
    """The second keys that a slot holds, each sealed."""
    try:
        items = json.loads(slot.sgk) if slot is not None and slot.sgk else {}
    except (ValueError, RecursionError):
        return {}
    return {str(number): str(sealed) for number, sealed in items.items()} if isinstance(items, dict) else {}


def given(slot: Slot, number: str, private: bytes, vault_id: str) -> Slot:
    """The slot holding one more second key. Not for one of an earlier version, which has no public key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    sealed = suite().encrypt(private, X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public)), _bound(slot, number, vault_id))
    return _with(slot, {**of_slot(slot), number: sealed.hex()})


def without(slot: Slot, number: str) -> Slot:
    """The slot without a second key."""
    return _with(slot, {other: sealed for other, sealed in of_slot(slot).items() if other != number})


def carried(old: Slot | None, new: Slot, held: Mapping[str, bytes], vault_id: str) -> Slot:
    """A person's new slot with the second keys of their old one, as far as whoever makes it holds them too."""
    for number in of_slot(old):
        if number in held:
            new = given(new, number, held[number], vault_id)
    return new


def opened(slot: Slot, private: bytes, vault_id: str) -> dict[str, bytes]:
    """The second keys that a slot holds, by its private key; one that was put in from elsewhere is none."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    keys = {}
    for number, sealed in of_slot(slot).items():
        try:
            key = suite().decrypt(bytes.fromhex(sealed), X25519PrivateKey.from_private_bytes(private), _bound(slot, number, vault_id))
        except (InvalidTag, ValueError):
            continue
        if len(key) == KEY_BYTES:
            keys[number] = key
    return keys


def _with(slot: Slot, items: Mapping[str, str]) -> Slot:
    return replace(slot, sgk=canonical(items).decode("ascii") if items else None)


def _bound(slot: Slot, number: str, vault_id: str) -> bytes:
    """What the sealing also covers: whose it is, in which file, and which second key."""
    return b"pupil-desk/2/second-key" + canonical(
        {"vault": vault_id, "slot_id": slot.slot_id, "user": slot.user, "kind": slot.kind, "number": number}
    )
