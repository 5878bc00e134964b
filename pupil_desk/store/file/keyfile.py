"""``<file>.keys`` and ``<file>.keys.bak``: the slots on disk, in two copies, each with a checksum, a generation and a seal.

Plain JSON, useless without a password. The seal, under a key of the data key, covers all slots together: one put in from an older
copy breaks it. Each copy is written whole. A change is written to the first copy, put in force by the transaction that keeps
its checksum and generation in the unit's file (``vault``), and only then written to the second: a kill, or a full disk, between
the two leaves one new and one old, and the unit's file says which of them counts. One that it does not name is refused. A file
that names none, of an earlier version, takes the newest. Only the program that holds the unit's file open writes them.
"""

import contextlib
import hashlib
import hmac
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from pupil_desk.basics.errors import Damaged, NewerVersion
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _
from pupil_desk.store.file.keyslots import RECOVERY, STANDARD, USER, Cost, Slot, Unwrapped, canonical, derive, name_hash, sealed_to, unwrap

FORMAT, VERSION = "pupil-desk keys", 2
_FIRST = 1  # the version without a seal, whose slots hold the data key itself
MOST_BYTES = 1024 * 1024  # a thousand people's slots; a hostile file may not ask for more
_FIELDS = frozenset({"format", "version", "vault", "generation", "epoch", "slots", "checksum"})


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All the slots of one unit's file. Immutable: a change is a new one of the next generation."""

    vault_id: str
    slots: tuple[Slot, ...] = ()
    generation: int = 0
    epoch: int = 1
    seal: str = ""
    version: int = VERSION

    @property
    def cost(self) -> Cost:
        """What a new slot costs: as much as the dearest here."""
        return max((slot.cost for slot in self.slots), key=lambda cost: (cost.memory_kib * cost.passes, cost.lanes), default=STANDARD)

    def of_user(self, user: str) -> Slot | None:
        """The slot of a member of staff."""
        return next((slot for slot in self.slots if slot.kind == USER and slot.user == user), None)

    def of_name(self, name: str) -> Slot | None:
        """The slot of whoever signs in by that name, whatever its case and accents."""
        hash_of_name = name_hash(name, self.vault_id)
        return next((slot for slot in self.slots if slot.kind == USER and slot.name_hash == hash_of_name), None)

    @property
    def of_recovery(self) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind == RECOVERY), None)

    def like(self, slot: Slot) -> Slot | None:
        """The slot that the same person, or the recovery code, has here."""
        return self.of_user(slot.user) if slot.kind == USER else self.of_recovery

    def with_slot(self, new: Slot) -> Self:
        """With the user's (or the recovery code's) slot put in place of the one they had."""
        other_slots = tuple(slot for slot in self.slots if (slot.kind, slot.user) != (new.kind, new.user))
        return self._next(*other_slots, new)

    def without_user(self, user: str) -> Self:
        """With a member of staff's slot taken away."""
        other_slots = tuple(slot for slot in self.slots if slot.kind != USER or slot.user != user)
        return self._next(*other_slots)

    def _next(self, *slots: Slot) -> Self:
        return replace(self, slots=slots, generation=self.generation + 1, version=VERSION, seal="")

    def for_key(self, data_key: bytes) -> Self:
        """The same for another data key, in the next epoch. Who has a slot of an earlier version cannot be given it, and has none in these."""
        epoch = self.epoch + 1
        slots = (sealed_to(slot, data_key, vault_id=self.vault_id, epoch=epoch) for slot in self.slots if slot.public)
        return replace(self._next(*slots), epoch=epoch).sealed(data_key)

    def sealed(self, data_key: bytes) -> Self:
        """With the seal that makes it one whole."""
        return replace(self, seal=self._seal(data_key))

    def sealed_by(self, data_key: bytes) -> bool:
        """Whether all of it is as this unit's program wrote it. One of the first version bears no seal, and its checksum alone tells."""
        expected = "" if self.version == _FIRST else self._seal(data_key)
        return hmac.compare_digest(self.seal.encode("utf-8", "replace"), expected.encode())

    def _seal(self, data_key: bytes) -> str:
        return hmac.digest(derive(data_key, "keys-mac", self.vault_id), canonical(self._facts()), "sha256").hex()

    def unwrap(self, slot: Slot, secret: str) -> Unwrapped | None:
        """The data key and the slot's own, if the secret opens the slot."""
        return unwrap(slot, secret, self.vault_id)

    @property
    def checksum(self) -> str:
        """What tells these slots from any others: SHA-256 in hex, kept in the copies and in the unit's file."""
        return _checksum(self._data())

    def _facts(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": self.version,
            "vault": self.vault_id,
            "generation": self.generation,
            "epoch": self.epoch,
            "slots": [slot.as_json(first_form=self.version == _FIRST) for slot in self.slots],
        }

    def _data(self) -> dict[str, Any]:
        return self._facts() if self.version == _FIRST else {**self._facts(), "seal": self.seal}

    def as_bytes(self) -> bytes:
        """As it is written, with its checksum."""
        return json.dumps({**self._data(), "checksum": self.checksum}, indent=1).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """Slots from outside. Raises ValueError if damaged, NewerVersion if made by a later program."""
        try:
            data = json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        if not isinstance(data, dict) or data.get("format") != FORMAT or "version" not in data:
            raise ValueError("not a keys file")
        expected = _checksum({name: value for name, value in data.items() if name != "checksum"})
        if not hmac.compare_digest(str(data.get("checksum")).encode("utf-8", "replace"), expected.encode()):
            raise ValueError("the checksum does not match")
        if type(data["version"]) is int and data["version"] > VERSION:
            raise NewerVersion(_("The sign-in data was written by a newer version of Pupil Desk. Install that version on this PC."))
        first = type(data["version"]) is int and data["version"] == _FIRST
        if set(data) != (_FIELDS if first else _FIELDS | {"seal"}) or not isinstance(data["slots"], list):
            raise ValueError("a keys file with other fields")
        if any(type(data[name]) is not int for name in ("version", "generation", "epoch")) or data["version"] not in (_FIRST, VERSION):
            raise ValueError("a number of another type")
        if not all(isinstance(text, str) for text in (data["vault"], data.get("seal", ""))):
            raise ValueError("a text of another type")
        slots = tuple(_slot(slot, first_form=first) for slot in data["slots"])
        return cls(str(uuid.UUID(data["vault"])), slots, data["generation"], data["epoch"], data.get("seal", ""), data["version"])


def _slot(data: object, *, first_form: bool) -> Slot:
    if not isinstance(data, dict):
        raise TypeError("a slot that is no object")
    return Slot.from_json(data, first_form=first_form)


def _checksum(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def places(path: Path) -> tuple[Path, Path]:
    """Where the two copies for a unit's file lie."""
    return path.with_name(path.name + ".keys"), path.with_name(path.name + ".keys.bak")


def present(path: Path) -> bool:
    """Whether a unit's file has its slots beside it."""
    return any(place.exists() for place in places(path))


def read(path: Path) -> KeyFile:
    """The newest valid copy for the unit's file at ``path``. Raises Damaged if there is none, NewerVersion."""
    return copies(path)[0]


def copies(path: Path) -> tuple[KeyFile, ...]:
    """The valid copies for the unit's file at ``path``, the newest first; one alone if they are the same, as a rule.

    Raises Damaged if there is none, NewerVersion.
    """
    if not present(path):
        raise Damaged(
            _(
                "{unit} is not a Pupil Desk file, or its sign-in file {file} is missing. Put that back beside it, or restore a backup to a new file."
            ).format(file=places(path)[0].name, unit=path.name)
        )
    valid_copies = [copy for copy in map(_read_copy, places(path)) if copy is not None]
    if not valid_copies:
        raise Damaged(
            _("The sign-in file {file} has been damaged. Restore the latest backup to a new file; your password still opens it.").format(
                file=places(path)[0].name
            )
        )
    return tuple(sorted(dict.fromkeys(valid_copies), key=lambda copy: copy.generation, reverse=True))


def _read_copy(place: Path) -> KeyFile | None:
    try:
        with open(place, "rb") as file:
            text = file.read(MOST_BYTES + 1)
        return KeyFile.from_bytes(text) if len(text) <= MOST_BYTES else None
    except (OSError, ValueError, TypeError):
        return None


def write(path: Path, keys: KeyFile) -> None:
    """Write both copies, one after the other, so that no moment is without a valid one. Raises CannotWrite."""
    for place in places(path):
        _write_copy(place, keys)


def write_first(path: Path, keys: KeyFile) -> None:
    """Write the first copy alone: the change is in force once the unit's file says so, and the second follows. Raises CannotWrite."""
    _write_copy(places(path)[0], keys)


def heal(path: Path, keys: KeyFile) -> list[Path]:
    """Write each of the two copies again that is missing, damaged or another, and return those. Raises CannotWrite."""
    others = [place for place in places(path) if _read_copy(place) != keys]
    for place in others:
        _write_copy(place, keys)
    return others


def _write_copy(place: Path, keys: KeyFile) -> None:
    write_whole(place, keys.as_bytes(), replace=True)
    with contextlib.suppress(OSError):
        os.chmod(place, 0o600)
