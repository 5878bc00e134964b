"""The open file: its connection, its transactions, and the keys made from its data key.

One Vault is shared by the window's thread and the worker's: a transaction holds it from BEGIN to COMMIT, a query for
as long as it takes. Every SQL statement of the program goes through here.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from pupil_desk.basics.errors import CannotWrite, Known, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.store.file import engine, keyring, lockfile, passwords
from pupil_desk.store.file.engine import Connection, Guard, Params, Row
from pupil_desk.store.file.errors import StoreFault, translated
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.keyslots import RECOVERY, USER, Cost, Slot
from pupil_desk.store.file.lockfile import held_here
from pupil_desk.store.file.migrate import Upgrade
from pupil_desk.store.file.second_key.items import HeldKeys
from pupil_desk.store.file.while_unchanged import WhileUnchanged

__all__ = ["Row", "Upgrade", "Vault", "held_here"]

_HEAD_EVERY = 2.0  # seconds
_READ = " --read"  # the engine keeps statements prepared by their text, and asks the guard once: what reads is told apart by this


class Vault:
    """A unit's file, unlocked. Made by ``opening``; usable as a context manager that closes it.

    ``note_head`` notes on this PC how far the log has come: after a change, and before the file is closed. ``read_only`` says why
    nothing can be changed, and is empty where it can. ``let_go`` is called once it is closed.
    """

    def __init__(
        self,
        path: Path,
        con: Connection,
        ring: KeyRing,
        *,
        note_head: Callable[["Vault"], object],
        read_only: str = "",
        let_go: Callable[[], object] | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._let_go = let_go
        self.upgraded: Upgrade | None = None  # set as it is opened by a newer program for the first time
        self._remarks: list[str] = []
        self._con = con
        self._ring = ring
        self._lock = threading.RLock()
        self._in_transaction = False
        self._closed = False
        self.while_unchanged = WhileUnchanged(lambda: self._in_transaction)
        self._head_kept_at = -_HEAD_EVERY
        self._note_head = note_head
        self._guard = Guard()
        self._let_place_go = lockfile.hold(path, self)

    @property
    def vault_id(self) -> str:
        """The file's own number, a UUID, also in its keys and backups."""
        return self._ring.in_force.vault_id

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be done with it any more."""
        return self._closed

    @property
    def keys(self) -> KeyFile:
        """The slots as they are now."""
        return self._ring.in_force

    @property
    def remarks(self) -> list[str]:
        """Sentences for whoever signs in: what was done, or found, as the file was opened."""
        return [*([self.upgraded.sentence] if self.upgraded else []), *self._remarks]

    def remark(self, sentence: str) -> None:
        """Have whoever signs in told this."""
        self._remarks.append(sentence)

    @contextlib.contextmanager
    def transaction(self, *, changes: bool = True) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; anything raised inside rolls all of it back, a change of the keys too.

        One inside another is a StoreFault. Raises CannotWrite where the file is read only. One without ``changes`` only adds to the log.
        """
        if self.read_only:
            raise CannotWrite(self.read_only)
        with self._lock:
            if self._in_transaction:
                raise StoreFault("a transaction inside a transaction")
            committed = False
            try:
                with translated(self.path):
                    self._run("BEGIN IMMEDIATE")
                    self._in_transaction = True
                    try:
                        yield
                        self._run("COMMIT")
                        committed = True
                    except BaseException:
                        if self._con.in_transaction:  # a full disk has already rolled back
                            self._run("ROLLBACK")
                        raise
            finally:
                self._in_transaction = False
                if changes:
                    self.while_unchanged.forget()
                self._ring.settle(committed=committed)
            self._keep_head()

    def _keep_head(self) -> None:
        """Note the log's head on this PC, at most every other second: a -wal taken away after a crash then shows."""
        if time.monotonic() - self._head_kept_at >= _HEAD_EVERY:
            self._head_kept_at = time.monotonic()
            with contextlib.suppress(Known, StoreFault):  # what was saved is saved
                self._note_head(self)

    def execute(self, sql: str, params: Params = ()) -> int:
        """Change rows, inside a transaction; returns how many. Raises StoreFault outside one, or for a broken rule."""
        with self._lock, translated(self.path):
            self._must_be_in_transaction()
            return self._con.execute(sql, params).rowcount

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """The same statement for each row of values, inside a transaction; returns how many rows changed in all."""
        with self._lock, translated(self.path):
            self._must_be_in_transaction()
            return self._con.executemany(sql, rows).rowcount

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows of a query; each is a tuple whose columns have names too. Raises StoreFault for what would change a row."""
        with self._reading():
            return self._open().execute(sql + _READ, params).fetchall()

    def first_row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row of a query, or None. Raises StoreFault for what would change a row."""
        with self._reading():
            return self._open().execute(sql + _READ, params).fetchone()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """A statement prepared meanwhile may change nothing, nor may it later: by its ending it is no other's."""
        with self._lock, translated(self.path):
            self._guard.reading = True
            try:
                yield
            finally:
                self._guard.reading = False

    def _run(self, sql: str) -> None:
        self._open().execute(sql)

    def _open(self) -> Connection:
        if self._closed:
            raise StoreFault("the file is closed")
        if self._con.in_transaction and not self._in_transaction:  # could not be undone on a failing disk, and is not in the file
            self._con.execute("ROLLBACK")
        return self._con

    def _must_be_in_transaction(self) -> None:
        if not self._in_transaction:
            raise StoreFault("a change outside a transaction")
        self._open()

    def guard(self) -> None:
        """From now on no statement may change the shape of the file, attach another, or set a pragma; a query changes no row."""
        self._con.set_authorizer(self._guard.answer)

    def copy_into(self, target: Path) -> KeyFile:
        """A compact copy of this moment, under the same key, to an empty file, and the slots that go with it. Every commit so far is in it."""
        with self._lock, translated(target):
            if self._in_transaction:
                raise StoreFault("a copy inside a transaction")
            self._guard.copying = str(target)
            try:
                self._open().execute("VACUUM INTO ?", (str(target),))
            finally:
                self._guard.copying = None
            return self._ring.in_force

    def at_rest[T](self, look: Callable[[Connection], T]) -> T:
        """What ``look`` sees in the live file after all is in the main file, while nobody else works on it."""
        with self._lock, translated(self.path):
            self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return look(self._con)

    @contextlib.contextmanager
    def alone(self) -> Iterator[KeyRing]:
        """Nobody else works on the file meanwhile; gives its keys."""
        with self._lock:
            if self._in_transaction or self.read_only:
                raise StoreFault("alone inside a transaction, or on a file that is read only")
            self._open()
            yield self._ring

    def ring_of(self, copy: Path) -> KeyRing:
        """The present keys for a copy of the file, which forgets them when it is closed."""
        with self._lock:
            self._open()
            return self._ring.of_copy(copy)

    def exchange(self, put_in_place: Callable[[], object], ring: KeyRing) -> None:
        """Have another file put in the place of this one, closed, and open what is there by the keys that fit; closed for good if none can be."""
        with self._lock:
            self._open()
            try:
                try:
                    with translated(self.path):
                        self._con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                        self._con.close()
                    put_in_place()
                finally:
                    self._let_place_go()
                    self._open_again(ring, self._ring)
            except (Known, StoreFault, OSError):
                if self._closed or self._ring is not ring:
                    raise

    def _open_again(self, *rings: KeyRing) -> None:
        self._closed = True
        try:
            self._con, self._ring = keyring.connected_by(self.path, rings)
            engine.settle(self._con, self.path)
            self.guard()
            self._let_place_go = lockfile.hold(self.path, self)
            self._closed = False
        finally:
            if self._closed:
                self._con.close()  # one that is closed already stays so
                self._ring.forget()
                if self._let_go is not None:
                    self._let_go()

    def key(self, purpose: str) -> bytes:
        """The key for one purpose: audit-mac, manifest-mac, receipt-mac, schema-mac, draft; db for copies of the file itself."""
        with self._lock:
            self._open()
            return self._ring.key(purpose)

    def close(self) -> None:
        """Keep the log's head on this PC, close the file, forget the keys. A second call does nothing."""
        with self._lock:
            if self._closed:
                return
            try:
                if not self.read_only:
                    with contextlib.suppress(Known, StoreFault), translated(self.path):  # a failing disk must not keep it from being let go
                        self._note_head(self)
            finally:
                self._closed = True
                self._ring.forget()
                with contextlib.ExitStack() as last:
                    last.callback(self._let_place_go)  # whatever goes wrong, or nobody could open it before the program ends
                    if self._let_go is not None:
                        last.callback(self._let_go)
                    with translated(self.path):
                        self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    @property
    def held(self) -> HeldKeys:
        """Who signed in, and the second keys that they hold."""
        return self._ring.held

    # -- who may open it. The methods that change the keys belong inside a transaction, and hold when it does.

    def slot_users(self) -> frozenset[str]:
        """The members of staff who have a slot."""
        return frozenset(slot.user for slot in self.keys.slots if slot.kind == USER)

    def add_slot(self, user_id: str, name: str, password: str, cost: Cost | None = None) -> None:
        """Let one more person in, or give one a new name and password. Raises WrongUse if another has that name."""
        with self._lock:
            holder = self.newest_keys.of_name(name)
            if holder is not None and holder.user != user_id:
                raise WrongUse(_("Somebody else signs in by that name already. Choose another."))
            self._save(self.newest_keys.with_slot(self._ring.slot(password, user=user_id, kind=USER, name=name, cost=cost)))

    def change_password(self, user_id: str, name: str, password: str) -> None:
        """A new password in place of the old one, which no longer opens this file (it still opens older backups)."""
        if user_id not in self.slot_users():
            raise WrongUse(_("This member of staff has no way of signing in. Add one first."))
        self.add_slot(user_id, name, password)

    def check_password(self, user_id: str, password: str, *, now: datetime | None = None) -> bool:
        """Whether it is this person's password. Wrong ones count, and the delay applies (WrongPassword)."""
        return self._ring.opens(self.keys.of_user(user_id), password, now)

    def check_recovery_code(self, code: str, *, now: datetime | None = None) -> bool:
        """Whether it is this file's recovery code, which is not used up. Wrong ones count, and the delay applies (WrongPassword).

        Raises WrongPassword for what cannot be a code.
        """
        return self._ring.opens(self.keys.of_recovery, passwords.read_code(code), now)

    def drop_slot(self, user_id: str) -> None:
        """Let a person in no more. Their old password still opens copies taken before; only a new data key ends that."""
        if user_id in self.slot_users():
            self.change_slots(lambda keys: keys.without_user(user_id))

    def set_recovery_code(self, code: str) -> None:
        """A code of ``passwords.new_code`` in place of the one there was, which no longer opens this file."""
        self.change_slots(lambda keys: keys.with_slot(self._ring.slot(passwords.read_code(code), user="", kind=RECOVERY, name="")))

    def change_slots(self, change: Callable[[KeyFile], KeyFile]) -> None:
        """Put other slots in place of those there are."""
        with self._lock:
            self._save(change(self.newest_keys))

    def renew_slot(self, slot: Slot, name: str, secret: str) -> None:
        """Wrap a slot of an earlier version anew, at the same cost: its person has just signed in by that name and secret."""
        self.change_slots(lambda keys: keys.with_slot(self._ring.slot(secret, user=slot.user, kind=slot.kind, name=name, cost=slot.cost)))

    @property
    def newest_keys(self) -> KeyFile:
        """The slots as the transaction under way has them."""
        self._open()
        return self._ring.newest

    def _save(self, keys: KeyFile) -> None:
        """Write the keys to their first copy, and into the transaction that they are the ones. Raises CannotWrite, StoreFault."""
        self._must_be_in_transaction()
        self._name_keys(self._ring.write(keys))

    def _name_keys(self, keys: KeyFile) -> None:
        self.execute("UPDATE identity SET keys_checksum = ?, keys_generation = ?", (keys.checksum, keys.generation))

    def note_keys(self) -> None:
        """Have the file name the keys in force, if it does not yet: it is older, or this moment made."""
        row = self.first_row("SELECT keys_checksum, keys_generation FROM identity")
        if row is not None and tuple(row) != (self.keys.checksum, self.keys.generation):
            with self.transaction():
                self._name_keys(self.keys)
