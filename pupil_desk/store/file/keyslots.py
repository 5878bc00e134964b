"""Key slots: the unit's data key, wrapped once for each person and once for the recovery code.

The data key is 32 random bytes and never changes with a password. A slot is that key under AES-256-GCM, with a key
that Argon2id makes from the password; every other field of the slot, and the file's own number, is bound in as
additional data, so that a slot moved to another person or file, or made cheaper to guess, no longer opens.
User names are not in a slot: it is found by a hash of the name.
"""

import hashlib
import json
import secrets
import time
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _

KEY_BYTES = 32
USER, RECOVERY = "user", "recovery"
_KDF = "argon2id"
_NONCE_BYTES, _SALT_BYTES = 12, 16
_MOST_PASSES, _MOST_LANES = 16, 16  # a hostile slot may not ask for more
_LEAST_MEMORY_KIB, _LEAST_PASSES = 64 * 1024, 3  # RFC 9106's uniformly safe floor
_PURPOSES = frozenset({"db", "audit-mac", "manifest-mac", "receipt-mac", "schema-mac", "draft"})


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
    """One way in. ``name_hash`` is empty for the recovery code; ``sgk`` holds the wrapped second key, for those who have it."""

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

    @property
    def cost(self) -> Cost:
        """What one guess at it costs."""
        return Cost(self.memory_kib, self.passes, self.lanes)

    def as_json(self) -> dict[str, Any]:
        """As it stands in the keys file."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """A slot from outside, every field's type and range checked. Raises ValueError."""
        if set(data) != set(cls.__slots__):
            raise ValueError("a slot with other fields")
        numbers = [data[name] for name in ("memory_kib", "passes", "lanes", "epoch")]
        texts = [data[name] for name in cls.__slots__ if name not in ("memory_kib", "passes", "lanes", "epoch", "sgk")]
        if not all(type(number) is int and number > 0 for number in numbers) or not all(isinstance(text, str) for text in texts):
            raise ValueError("a slot with a field of another type")
        if data["sgk"] is not None and not isinstance(data["sgk"], str):
            raise ValueError("a second key of another type")
        return cls(**data)


def derive(data_key: bytes, purpose: str, vault_id: str) -> bytes:
    """The key for one purpose (32 bytes): HKDF-SHA256 of the data key, salted with the file's number."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if purpose not in _PURPOSES:
        raise ValueError(f"no key is made for {purpose}")
    return HKDF(SHA256(), KEY_BYTES, salt=uuid.UUID(vault_id).bytes, info=b"pupil-desk/1/" + purpose.encode()).derive(data_key)


def name_hash(name: str, vault_id: str) -> str:
    """What a slot is found by: not the name, and different in every file."""
    return hashlib.sha256(uuid.UUID(vault_id).bytes + fold(name).encode("utf-8", "surrogatepass")).hexdigest()


def wrap(data_key: bytes, secret: str, *, user: str, kind: str, name: str, vault_id: str, epoch: int, cost: Cost) -> Slot:
    """A new slot that ``secret`` (a password, or a recovery code without its hyphens) opens."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if cost.memory_kib < _LEAST_MEMORY_KIB or cost.passes < _LEAST_PASSES:
        raise ValueError("a slot cheaper to guess than the floor")
    salt, nonce = _new_salt(), secrets.token_bytes(_NONCE_BYTES)
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
    )
    sealed = AESGCM(_stretch(_password_bytes(secret), salt, cost)).encrypt(nonce, data_key, _sealed_fields(slot, vault_id))
    return Slot(**{**slot.as_json(), "wrapped": sealed.hex()})


def unwrap(slot: Slot, secret: str, vault_id: str) -> bytes | None:
    """The data key, or None if the secret does not open this slot (or the slot was tampered with).

    Raises Damaged, before any memory is taken, for a slot that asks for more than we ever write.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cost = slot.cost
    work = cost.memory_kib * cost.passes
    too_long = work > _MOST_WORK or cost.passes > _MOST_PASSES or cost.lanes > _MOST_LANES
    too_dear = cost.memory_kib > _MOST_MEMORY_KIB or too_long
    if slot.kdf != _KDF or too_dear or cost.memory_kib < 8 * cost.lanes:
        raise Damaged(_("The sign-in data of this file has been altered. Restore the latest backup to a new file."))
    try:
        salt, nonce, wrapped = (bytes.fromhex(text) for text in (slot.salt, slot.nonce, slot.wrapped))
        if len(salt) != _SALT_BYTES or len(nonce) != _NONCE_BYTES:
            return None
        key = AESGCM(_stretch(_password_bytes(secret), salt, cost)).decrypt(nonce, wrapped, _sealed_fields(slot, vault_id))
    except (InvalidTag, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _new_salt() -> bytes:
    return secrets.token_bytes(_SALT_BYTES)


def _stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib).derive(secret)


def _password_bytes(secret: str) -> bytes:
    """The bytes of a password: NFC, since keyboards differ in how they compose an accented letter."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")


def _sealed_fields(slot: Slot, vault_id: str) -> bytes:
    """What the seal also covers: every field but the sealed ones, and the file's number."""
    fields = {name: value for name, value in slot.as_json().items() if name not in ("wrapped", "sgk")}
    return canonical({**fields, "vault": vault_id})


def canonical(data: Mapping[str, Any]) -> bytes:
    """One spelling for the same JSON: sorted names, no blanks, ASCII."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
