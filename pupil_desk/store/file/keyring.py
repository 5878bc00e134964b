"""The keys of an open file: the data key, the keys made from it, and the slots in force or as a transaction under way has them."""

import contextlib
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import CannotWrite, Damaged
from pupil_desk.store.file import engine, keyfile, tries
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import KEY_BYTES, Cost, Slot, derive, file_key, wrap
from pupil_desk.store.file.second_key import items
from pupil_desk.store.file.second_key.items import HeldKeys

_log = logging.getLogger(__name__)


class KeyRing:
    """Held by a ``Vault``, which sees to it that the slots change inside a transaction and hold when it does."""

    def __init__(self, path: Path, keys: KeyFile, data_key: bytes, held: HeldKeys | None = None) -> None:
        self.in_force = keys
        self.held = held or HeldKeys()
        self._path = path
        self._to_be: KeyFile | None = None  # written to their first copy by the transaction under way
        self._data_key = data_key
        self._made_keys: dict[str, bytes] = {}

    @property
    def newest(self) -> KeyFile:
        """The slots as the transaction under way has them."""
        return self._to_be or self.in_force

    def key(self, purpose: str) -> bytes:
        """The key for one purpose."""
        if purpose not in self._made_keys:
            self._made_keys[purpose] = derive(self._data_key, purpose, self.in_force.vault_id)
        return self._made_keys[purpose]

    @property
    def file_key(self) -> bytes:
        """The key and the salt of a file made with them."""
        return file_key(self._data_key, self.in_force.vault_id)

    def successor(self) -> Self:
        """The keys of the next epoch: a new data key, in the slots of all who have one that can be given it."""
        data_key = secrets.token_bytes(KEY_BYTES)
        return type(self)(self._path, self.in_force.for_key(data_key), data_key, self.held.copy())

    def of_copy(self, copy: Path) -> Self:
        """The same keys for a copy of the file, to be forgotten when that is closed."""
        return type(self)(copy, self.in_force, self._data_key, self.held.copy())

    def slot(self, secret: str, *, user: str, kind: str, name: str, cost: Cost | None = None) -> Slot:
        """A new slot that the secret opens, by default as dear to guess as the dearest there is; with what second keys can be carried over."""
        keys = self.in_force
        slot = wrap(
            self._data_key, secret, user=user, kind=kind, name=name, vault_id=keys.vault_id, epoch=keys.epoch, cost=cost or keys.cost
        )
        return items.carried(self.newest.like(slot), slot, self.held.keys, keys.vault_id)

    def opens(self, slot: Slot | None, secret: str, now: datetime | None) -> bool:
        """Whether the secret opens a slot in force. A wrong one counts, and the delay applies (WrongPassword)."""
        where = tries.place(self._path)
        tries.begin(where, now or SystemClock().now())
        if slot is None or self.in_force.unwrap(slot, secret) is None:
            return False
        tries.right(where)
        return True

    def write(self, keys: KeyFile) -> KeyFile:
        """Seal the keys and write them to their first copy; returns them as written. Raises CannotWrite."""
        if self._to_be is None:
            keyfile.heal(self._path, self.in_force)  # the second copy must be whole before the first one changes
        self._to_be = keys.sealed(self._data_key)
        keyfile.write_first(self._path, self._to_be)
        return self._to_be

    def settle(self, *, committed: bool) -> None:
        """Both copies as the transaction left it: the new keys if it was committed, else those there were.

        What cannot be written now is at the next opening, which asks the file which copy counts.
        """
        if self._to_be is None:
            return
        if committed:
            self.in_force = self._to_be
        self._to_be = None
        try:
            keyfile.heal(self._path, self.in_force)
        except CannotWrite as error:
            _log.info("one copy of the keys is behind: %s", type(error).__name__)

    def forget(self) -> None:
        """No key is left."""
        self._made_keys.clear()
        self.held.keys.clear()
        self._data_key = b""


def connected_by(path: Path, rings: Sequence[KeyRing]) -> tuple[Connection, KeyRing]:
    """The file opened by those of the keys that fit. Raises Damaged if none do, and what ``engine.connect`` raises."""
    *others, last = rings
    for ring in others:
        with contextlib.suppress(Damaged):
            return engine.connect_again(path, ring.key("db")), ring
    return engine.connect_again(path, last.key("db")), last
