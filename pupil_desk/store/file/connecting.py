"""A file met by its key: whether it is the right key, the right file and the right slots; and one that is opened to be looked at alone."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from pupil_desk.basics.errors import CannotWrite, Damaged, NotOurs
from pupil_desk.basics.words import _
from pupil_desk.store.file import checks, engine, errors, migrate, upgrade
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.keyslots import derive, file_key
from pupil_desk.store.file.second_key.items import HeldKeys
from pupil_desk.store.file.vault import Vault


def connected(path: Path, vault_id: str, data_key: bytes, *, still: bool = False) -> Connection:
    """The file, by its key. Raises OldKeys if the key is another one, Damaged if it is the right one and the file cannot be read."""
    try:
        return engine.connect(path, derive(data_key, "db", vault_id), still=still)
    except Damaged as error:
        if engine.begins_with_salt(path, file_key(data_key, vault_id)):
            raise
        raise errors.other_keys(path) from error


def check_identity(con: Connection, path: Path, keys: KeyFile) -> None:
    if checks.identity(con, path) != keys.vault_id:
        raise NotOurs(_("The sign-in file beside {file} belongs to another file.").format(file=path.name))


def check_in_force(con: Connection, path: Path, keys: KeyFile, data_key: bytes) -> None:
    """The slots must be whole, and those that the file names; an older file names none."""
    if not keys.sealed_by(data_key):
        raise errors.altered_keys(path)
    named = checks.keys_in_force(con, path)
    if named and not named.names(keys):
        raise errors.older_keys(path) if keys.generation < named.generation else errors.altered_keys(path)


def open_to_look(path: Path, keys: KeyFile, data_key: bytes, app_version: str, held: HeldKeys) -> Vault:
    """A copy of the file, open to be looked at whatever is wrong with the file; the file itself, if there is no room for a copy."""
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(checks.copied(path))
        except CannotWrite:
            place = path
        why = _("The file is open to be looked at alone: nothing in it can be changed, and nothing is logged.")
        return open_copy(place, path, keys, data_key, app_version=app_version, why=why, held=held, stack=stack)


def open_copy(
    copy: Path,
    path: Path,
    keys: KeyFile,
    data_key: bytes,
    *,
    app_version: str,
    why: str,
    held: HeldKeys,
    stack: contextlib.ExitStack,
    first: Callable[[Vault], object] | None = None,
) -> Vault:
    """A copy, or the file at ``path`` itself, open to be looked at alone, for the reason ``why``; an older copy is brought up.

    ``first`` is done in a copy that is ours before that. ``held`` are the second keys of whoever looks. What is on the ``stack`` is let go once it is closed, or by the caller if this raises.
    """
    con = connected(copy, keys.vault_id, data_key, still=copy == path and first is None and not checks.has_changes_beside(path))
    stack.callback(con.close)
    check_identity(con, path, keys)
    check_in_force(con, path, keys, data_key)
    steps = migrate.steps_needed(con, path, migrate.scripts())
    upgrade.refuse_older_program(path, last=upgrade.last_version(con, path), now=app_version)
    if copy != path:
        migrate.apply(con, copy, steps)
    if first is not None:
        engine.settle(con, copy)
    ring = KeyRing(path, keys, data_key, held)
    vault = Vault(path, con, ring, note_head=lambda _vault: None, read_only="" if first else why, let_go=stack.pop_all().close)
    try:
        vault.guard()
        if first is not None:
            first(vault)
            vault.read_only = why
    except BaseException:
        vault.close()
        raise
    return vault
