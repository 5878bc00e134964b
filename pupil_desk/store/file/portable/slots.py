"""``slots.json`` of a backup: who may open it, told to nobody who cannot.

The slots beside a unit's file name members of staff by their ids and by a hash of the name that is quickly guessed at, and can be
counted. A backup leaves the building: in it each slot is in a box, all of one size, under a key stretched from that hash. Whoever knows
the name finds the box that it opens, and from there needs the password as ever. Boxes with nothing in them fill the row. All slots
together, which a restored file needs, are under a key of the data key.

What is left: whoever guesses at a name learns, at scrypt's price for each guess, whether somebody of that name signs in.
Earlier versions put the keys as they are beside the file into a backup; those are read as they were.
"""

import base64
import functools
import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any, Self

from pupil_desk.basics.errors import NewerVersion
from pupil_desk.basics.words import _
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import Cost, Slot, derive, is_never_written, name_hash

FORMAT, VERSION = "pupil-desk backup slots", 1
MOST_BYTES = 8 * 1024 * 1024
_FIELDS = frozenset({"format", "version", "vault", "cost", "boxes", "whole"})
_BOX, _ROW, _WHOLE = 2048, 16, 32 * 1024  # bytes of a box, boxes of a row, bytes of the whole: each is filled up to the next multiple
_NONCE_BYTES = 12
_NOBODY = "nobody"  # the kind of a slot that nothing opens


@dataclass(frozen=True, slots=True)
class SealedSlots:
    """The slots of a backup, closed. ``cost`` is that of the dearest, so that a wrong name takes as long as a wrong password."""

    vault_id: str
    cost: Cost
    boxes: tuple[bytes, ...]
    whole: bytes

    @classmethod
    def seal(cls, keys: KeyFile, key: bytes) -> Self:
        """The slots for a backup; ``key`` is that of the unit for this purpose."""
        texts = [json.dumps(slot.as_json()).encode("ascii") for slot in keys.slots]
        size = _up_to(max(map(len, texts), default=1), _BOX)
        boxes = [
            _closed(_key_of(slot.name_hash, keys.vault_id), text.ljust(size), keys.vault_id)
            for slot, text in zip(keys.slots, texts, strict=True)
        ]
        length = len(_closed(bytes(32), bytes(size), keys.vault_id))
        boxes += [secrets.token_bytes(length) for _each in range(_up_to(len(boxes), _ROW) - len(boxes))]
        text = keys.as_bytes()
        return cls(keys.vault_id, keys.cost, tuple(boxes), _closed(key, text.ljust(_up_to(len(text), _WHOLE)), keys.vault_id))

    def way_in(self, name: str | None) -> KeyFile:
        """The slot of whoever signs in by that name, if there is one; without a name, that of the recovery code."""
        cost = self.cost
        nobody = Slot(
            slot_id="",
            user="",
            kind=_NOBODY,
            name_hash="",
            kdf="",
            memory_kib=cost.memory_kib,
            passes=cost.passes,
            lanes=cost.lanes,
            salt="",
            nonce="",
            epoch=1,
            wrapped="",
        )
        key = _key_of("" if name is None else name_hash(name, self.vault_id), self.vault_id)
        opened = [text for box in self.boxes if (text := _opened(key, box, self.vault_id)) is not None]
        return KeyFile(self.vault_id, (nobody, *map(_slot, opened[:1])))

    def all(self, data_key: bytes) -> KeyFile | None:
        """All slots; None if they are not of this key."""
        try:
            text = _opened(derive(data_key, "backup-slots", self.vault_id), self.whole, self.vault_id)
            return KeyFile.from_bytes(text) if text is not None else None
        except (ValueError, TypeError):
            return None

    def as_bytes(self) -> bytes:
        """As they are written."""
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "vault": self.vault_id,
            "cost": [self.cost.memory_kib, self.cost.passes, self.cost.lanes],
            "boxes": [base64.b64encode(box).decode() for box in self.boxes],
            "whole": base64.b64encode(self.whole).decode(),
        }
        return json.dumps(facts, indent=1).encode("ascii") + b"\n"

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> Self:
        if type(data.get("version")) is int and data["version"] > VERSION:
            raise NewerVersion(_("This backup was made by a newer version of Pupil Desk. Install that version on this PC."))
        if set(data) != _FIELDS or not isinstance(data["boxes"], list) or not isinstance(data["cost"], list):
            raise ValueError("slots with other fields")
        if len(data["cost"]) != 3 or any(type(number) is not int or number <= 0 for number in data["cost"]):
            raise ValueError("a cost that is none")
        if not all(isinstance(text, str) for text in (data["vault"], data["whole"], *data["boxes"])):
            raise ValueError("a text of another type")
        cost = Cost(*data["cost"])
        if is_never_written(cost):
            raise ValueError("a cost that is never written")
        boxes = tuple(base64.b64decode(box, validate=True) for box in data["boxes"])
        return cls(str(uuid.UUID(data["vault"])), cost, boxes, base64.b64decode(data["whole"], validate=True))


@dataclass(frozen=True, slots=True)
class OpenSlots:
    """The slots of a backup of an earlier version: the keys as they were beside the file."""

    keys: KeyFile

    @property
    def vault_id(self) -> str:
        """The number of the file."""
        return self.keys.vault_id

    def way_in(self, _name: str | None) -> KeyFile:
        """All of them."""
        return self.keys

    def all(self, _data_key: bytes) -> KeyFile:
        """All of them."""
        return self.keys


type Slots = SealedSlots | OpenSlots


def read(text: bytes) -> Slots:
    """Slots from outside, of this version or an earlier one. Raises ValueError, TypeError, NewerVersion."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if isinstance(data, dict) and data.get("format") == FORMAT:
        return SealedSlots._from_json(data)
    return OpenSlots(KeyFile.from_bytes(text))


def _slot(text: bytes) -> Slot:
    return Slot.from_json(json.loads(text))


@functools.lru_cache(maxsize=1024)  # by the name and the file alone, so that each backup of a session need not do it again
def _key_of(hash_of_name: str, vault_id: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    salt = b"pupil-desk/backup-slots/1" + uuid.UUID(vault_id).bytes
    return Scrypt(salt=salt, length=32, n=2**14, r=8, p=1).derive(hash_of_name.encode())


def _closed(key: bytes, text: bytes, vault_id: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, uuid.UUID(vault_id).bytes)


def _opened(key: bytes, box: bytes, vault_id: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], uuid.UUID(vault_id).bytes)
    except (InvalidTag, ValueError):
        return None


def _up_to(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple
