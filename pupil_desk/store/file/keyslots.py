"""Key slots: the unit's data key, sealed once for each person and once for the recovery code.

The data key is 32 random bytes. A slot has a pair of X25519 keys, made when its password is set. The private key stands in
it under AES-256-GCM, with a key that Argon2id makes from the password; the data key is sealed to the public one (HPKE). So
everybody can be given a new data key (another *epoch*) while nobody's password is known. Every other field of the slot, and
the file's own number, is bound in as additional data, so that a slot moved to another person or file, or made cheaper to guess,
no longer opens. User names are not in a slot: it is found by a hash of the name.

Earlier versions of the program had the password's key hold the data key itself. Such a slot, without a public key, still
opens, and cannot be given a new data key: it is wrapped anew when its person signs in.
"""

import hashlib
import json
import secrets
import time
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

KEY_BYTES = 32
USER, RECOVERY = "user", "recovery"
_KDF = "argon2id"
_NONCE_BYTES, _SALT_BYTES = 12, 16
_MOST_PASSES, _MOST_LANES = 16, 16  # a hostile slot may not ask for more
_LEAST_MEMORY_KIB, _LEAST_PASSES = 64 * 1024, 3  # RFC 9106's uniformly safe floor
_PURPOSES = frozenset({"db", "salt", "keys-mac", "audit-mac", "manifest-mac", "receipt-mac", "schema-mac", "backup-slots", "draft"})


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR = Cost(64 * 1024, 3, 2)
STANDARD = Cost(256 * 1024, 4, 2)
_STEPS = (FLOOR, Cost(128 * 1024, 3, 2), Cost(128 * 1024, 4, 2), STANDARD, Cost(256 * 1024, 6, 2), Cost(512 * 1024, 5, 2))
_MOST_MEMORY_KIB = max(cost.memory_kib for cost in _STEPS)  # nor for more than is ever written, in room or in time
_MOST_WORK = max(cost.memory_kib * cost.passes for cost in _STEPS)
_SLOWEST = 1.0  # seconds that a person waits for a right password


def calibrate(most_seconds: float = _SLOWEST) -> Cost:
    """The dearest cost that this PC pays within a second; never below the floor. Takes about two seconds."""
    affordable = FLOOR
    for cost in _STEPS:
        started = time.perf_counter()
        _stretch(b"calibration", b"\0" * _SALT_BYTES, cost)
        seconds = time.perf_counter() - started
        if seconds > most_seconds:
            break
        affordable = cost
        if seconds > most_seconds / 2:
            break
    return affordable


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. ``name_hash`` is empty for the recovery code; ``sgk`` holds the second keys of those who have any (``second_key``).

    ``wrapped`` is the private key that ``public`` goes with, and ``sealed`` the data key; in a slot of an earlier version both
    are empty and ``wrapped`` is the data key.
    """

    slot_id: str
    user: str
    kind: str
    name_hash: str
    kdf: str
    memory_kib: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    epoch: int
    wrapped: str
    sgk: str | None = None
    public: str = ""
    sealed: str = ""

    @property
    def cost(self) -> Cost:
        """What one guess at it costs."""
        return Cost(self.memory_kib, self.passes, self.lanes)

    def as_json(self, *, first_form: bool = False) -> dict[str, Any]:
        """As it stands in the keys file; ``first_form`` as it stood in one of the first version."""
        return {name: getattr(self, name) for name in self.__slots__ if not (first_form and name in _NOT_AT_FIRST)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, first_form: bool = False) -> Self:
        """A slot from outside, every field's type and range checked. Raises ValueError."""
        names = set(cls.__slots__) - (_NOT_AT_FIRST if first_form else set())
        if set(data) != names:
            raise ValueError("a slot with other fields")
        numbers = [data[name] for name in ("memory_kib", "passes", "lanes", "epoch")]
        texts = [data[name] for name in names - {"memory_kib", "passes", "lanes", "epoch", "sgk"}]
        if not all(type(number) is int and number > 0 for number in numbers) or not all(isinstance(text, str) for text in texts):
            raise ValueError("a slot with a field of another type")
        if data["sgk"] is not None and not isinstance(data["sgk"], str):
            raise ValueError("a second key of another type")
        return cls(**data)


_NOT_AT_FIRST = frozenset({"public", "sealed"})


def derive(data_key: bytes, purpose: str, vault_id: str) -> bytes:
    """The key for one purpose (32 bytes): HKDF-SHA256 of the data key, salted with the file's number."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if purpose not in _PURPOSES:
        raise ValueError(f"no key is made for {purpose}")
    return HKDF(SHA256(), KEY_BYTES, salt=uuid.UUID(vault_id).bytes, info=b"pupil-desk/1/" + purpose.encode()).derive(data_key)


def file_key(data_key: bytes, vault_id: str) -> bytes:
    """The raw key of a file and the salt that it is to begin with. By that it is known whose a file is, even if it cannot be read."""
    return derive(data_key, "db", vault_id) + derive(data_key, "salt", vault_id)[:_SALT_BYTES]


def name_hash(name: str, vault_id: str) -> str:
    """What a slot is found by: not the name, and different in every file."""
    return hashlib.sha256(uuid.UUID(vault_id).bytes + fold(name).encode("utf-8", "surrogatepass")).hexdigest()


def wrap(data_key: bytes, secret: str, *, user: str, kind: str, name: str, vault_id: str, epoch: int, cost: Cost) -> Slot:
    """A new slot that ``secret`` (a password, or a recovery code without its hyphens) opens."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if cost.memory_kib < _LEAST_MEMORY_KIB or cost.passes < _LEAST_PASSES:
        raise ValueError("a slot cheaper to guess than the floor")
    private, salt, nonce = X25519PrivateKey.generate(), _new_salt(), secrets.token_bytes(_NONCE_BYTES)
    slot = Slot(
        slot_id=str(uuid.uuid4()),
        user=user,
        kind=kind,
        name_hash=name_hash(name, vault_id) if kind == USER else "",
        kdf=_KDF,
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=salt.hex(),
        nonce=nonce.hex(),
        epoch=epoch,
        wrapped="",
        public=private.public_key().public_bytes_raw().hex(),
    )
    key = _stretch(_password_bytes(secret), salt, cost)
    wrapped = AESGCM(key).encrypt(nonce, private.private_bytes_raw(), _bound_to_password(slot, vault_id))
    return sealed_to(replace(slot, wrapped=wrapped.hex()), data_key, vault_id=vault_id, epoch=epoch)


def sealed_to(slot: Slot, data_key: bytes, *, vault_id: str, epoch: int) -> Slot:
    """The slot with another data key, which its password opens as it did the one before. Not for one without a public key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    public, slot = X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public)), replace(slot, epoch=epoch)
    return replace(slot, sealed=suite().encrypt(data_key, public, _bound_to_key(slot, vault_id)).hex())


def is_never_written(cost: Cost) -> bool:
    """Whether a guess would take more memory or time than we ever write for one, or less memory than its lanes need."""
    too_long = cost.memory_kib * cost.passes > _MOST_WORK or cost.passes > _MOST_PASSES or cost.lanes > _MOST_LANES
    return too_long or not 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB


class Unwrapped(NamedTuple):
    """What a secret opens: the data key, and the slot's private key, which opens its second keys; that is empty in one of an earlier version."""

    data_key: bytes
    private: bytes


def unwrap(slot: Slot, secret: str, vault_id: str) -> Unwrapped | None:
    """The keys in a slot, or None if the secret does not open it (or it was tampered with).

    Raises Damaged, before any memory is taken, for a slot that asks for more than we ever write.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if slot.kdf != _KDF:
        raise _altered()
    _refuse_what_is_never_written(slot.cost)
    try:
        salt, nonce, wrapped = (bytes.fromhex(text) for text in (slot.salt, slot.nonce, slot.wrapped))
        if len(salt) != _SALT_BYTES or len(nonce) != _NONCE_BYTES:
            return None
        key = AESGCM(_stretch(_password_bytes(secret), salt, slot.cost)).decrypt(nonce, wrapped, _bound_to_password(slot, vault_id))
        private, data_key = (key, _unsealed(slot, key, vault_id)) if slot.public else (b"", key)
    except (InvalidTag, ValueError):
        return None
    return Unwrapped(data_key, private) if len(data_key) == KEY_BYTES else None


def _unsealed(slot: Slot, private: bytes, vault_id: str) -> bytes:
    """The data key, by the slot's private key. Raises InvalidTag, ValueError."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return suite().decrypt(bytes.fromhex(slot.sealed), X25519PrivateKey.from_private_bytes(private), _bound_to_key(slot, vault_id))


def suite() -> "Suite":
    """HPKE (RFC 9180) in its base mode, with an encapsulated key of its own for each sealing."""
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def work_for_nothing(secret: str, cost: Cost) -> None:
    """Take the time of a guess where there is no slot to guess at. Raises Damaged, before any memory is taken, as ``unwrap`` does."""
    _refuse_what_is_never_written(cost)
    _stretch(_password_bytes(secret), _new_salt(), cost)


def _refuse_what_is_never_written(cost: Cost) -> None:
    if is_never_written(cost):
        raise _altered()


def _altered() -> Damaged:
    return Damaged(_("The sign-in data of this file has been altered. Restore the latest backup to a new file."))


def _new_salt() -> bytes:
    return secrets.token_bytes(_SALT_BYTES)


def _stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib).derive(secret)


def _password_bytes(secret: str) -> bytes:
    """The bytes of a password: NFC, since keyboards differ in how they compose an accented letter."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")


def _bound_to_password(slot: Slot, vault_id: str) -> bytes:
    """What the password's seal also covers: the file's number and every field, save those sealed and those that a new data key changes."""
    not_bound = {"wrapped", "sgk", "sealed", "epoch"} if slot.public else {"wrapped", "sgk", *_NOT_AT_FIRST}
    return canonical({**{name: value for name, value in slot.as_json().items() if name not in not_bound}, "vault": vault_id})


def _bound_to_key(slot: Slot, vault_id: str) -> bytes:
    """What the sealing of the data key also covers: whose it is, in which file and epoch."""
    return b"pupil-desk/2/slot" + canonical(
        {"vault": vault_id, "epoch": slot.epoch, "slot_id": slot.slot_id, "user": slot.user, "kind": slot.kind}
    )


def canonical(data: Mapping[str, Any]) -> bytes:
    """One spelling for the same JSON: sorted names, no blanks, ASCII."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
