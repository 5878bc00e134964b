"""Making a unit's file, and opening one: every refusal in its turn, each with its own words."""

import contextlib
import glob
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.clock import Clock, SystemClock, stamp
from pupil_desk.basics.errors import CannotWrite, Damaged, NotOurs, WrongPassword, WrongUse
from pupil_desk.basics.files import cannot_write
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, checks, engine, errors, keyfile, lockfile, migrate, passwords, schema, staging, tries, upgrade
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import KEY_BYTES, RECOVERY, STANDARD, USER, Cost, Slot, derive, wrap
from pupil_desk.store.file.vault import Vault, held_here


@dataclass(frozen=True, slots=True)
class Opened:
    """An unlocked file and how it was: ``kind`` is user or recovery; ``user_id`` is empty for the recovery code.

    ``wrong_before`` counts the wrong tries since somebody last signed in, for the log.
    """

    vault: Vault
    user_id: str
    kind: str
    wrong_before: int = 0


def create(
    path: Path,
    *,
    name: str,
    user_id: str,
    password: str,
    cost: Cost | None = None,
    app_version: str,
    training: bool = False,
    clock: Clock | None = None,
    fill: Callable[[Vault], object] = lambda _vault: None,
) -> tuple[Vault, str]:
    """A new file with its first user's slot; returns it open, and the recovery code, which is nowhere kept.

    ``fill`` puts the first rows in before the file is in its place; what it raises leaves no file. Raises WrongUse if
    there is a file already, CannotWrite. Whether the password is good enough is not asked here.
    """
    clock = clock or SystemClock()
    path = path.resolve()
    vault_id, data_key, code = str(uuid.uuid4()), secrets.token_bytes(KEY_BYTES), passwords.new_code()
    with staging.building(path) as place:
        keys = KeyFile(vault_id)
        for secret, user, kind in ((password, user_id, USER), (passwords.read_code(code), "", RECOVERY)):
            slot = wrap(data_key, secret, user=user, kind=kind, name=name, vault_id=vault_id, epoch=keys.epoch, cost=cost or STANDARD)
            keys = keys.with_slot(slot)
        try:
            staging.new_file(place)
        except OSError as error:
            raise cannot_write(error, path.parent) from error
        _lay_out(place, derive(data_key, "db", vault_id), vault_id, training=training, clock=clock)
        keyfile.write(place, keys)
        with open_with_key(place, keys, data_key, app_version=app_version, opened_by=name, clock=clock) as vault:
            fill(vault)
    try:
        return open_with_key(path, keys, data_key, app_version=app_version, opened_by=name, clock=clock), code
    except BaseException:
        for leftover in (*staging.companions(path), path):  # whose code nobody is told
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
        raise


def _lay_out(place: Path, raw_key: bytes, vault_id: str, *, training: bool, clock: Clock) -> None:
    con = engine.connect_new(place, raw_key)
    try:
        with errors.translated(place):
            con.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
            migrate.apply(con, place, migrate.scripts())
            con.execute(
                "INSERT INTO identity (only, vault_id, made_at, training) VALUES (1, ?, ?, ?)",
                (vault_id, stamp(clock.now()), int(training)),
            )
    finally:
        con.close()


def unlock(
    path: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    recovery_code: str | None = None,
    opened_by: str = "",
    clock: Clock | None = None,
) -> Opened:
    """Open with a name and password, or with the recovery code. ``opened_by`` is shown to a colleague who finds it in use.

    A file that an older program wrote is brought up, after a proved backup (``store.file.upgrade``). Raises WrongUse (no
    such file), InUse, WrongPassword, Damaged, NotOurs, NewerVersion, CannotWrite.
    """
    from pupil_desk import __version__

    clock = clock or SystemClock()
    path = path.resolve()
    if held_here(path):
        raise errors.in_use(path)
    engine.check_header(path)
    _refuse_if_held(path)
    copies = keyfile.copies(path)
    tries.check(path, clock.now())
    opening = [(keys, *_open_slot(keys, name, password, recovery_code)) for keys in copies]
    in_force = _in_force(path, copies, next((key for _keys, _slot, key in opening if key is not None), None))
    for keys, slot, data_key in opening:
        if keys == in_force and slot is not None and data_key is not None:
            vault = open_with_key(
                path, keys, data_key, app_version=__version__, opened_by=opened_by or name or "", clock=clock, upgraded_by=slot.user
            )
            return Opened(vault, slot.user, slot.kind, tries.right(path))
    tries.wrong(path, clock.now())
    raise wrong_credentials(recovery_code)


def _in_force(path: Path, copies: tuple[KeyFile, ...], data_key: bytes | None) -> KeyFile:
    """Which copy of the keys counts. They differ only after a kill, or a write that failed: then the unit's file says it."""
    if len(copies) == 1 or data_key is None:
        return copies[0]
    con = engine.connect(path, derive(data_key, "db", copies[0].vault_id))
    try:
        checksum = checks.keys_in_force(con, path)
    finally:
        con.close()
    return next((keys for keys in copies if keys.checksum == checksum), copies[0])


def _refuse_if_held(path: Path) -> None:
    """Say that a colleague has the file before a password is worked on; the lock file is asked, the engine decides."""
    holder = lockfile.holder(path)
    if holder is None or holder.has_ended:
        return
    with contextlib.suppress(Damaged):  # not in use: a key of zeros reads nothing
        engine.connect(path, bytes(KEY_BYTES)).close()


def _open_slot(keys: KeyFile, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot | None, bytes | None]:
    """The slot that was meant and the data key, if it opens. Raises WrongPassword for a code that cannot be one."""
    if recovery_code is not None:
        slot, secret = keys.of_recovery, passwords.read_code(recovery_code)
    elif name is not None and password is not None:
        slot, secret = keys.of_name(name), password
    else:
        raise WrongUse(_("A user name and a password, or the recovery code, is needed."))
    return slot, keys.unwrap(slot, secret) if slot else None


def credentials(keys: KeyFile, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot, bytes]:
    """The slot and the data key, for a backup, which keeps no count of tries. Raises WrongPassword, WrongUse."""
    slot, data_key = _open_slot(keys, name, password, recovery_code)
    if slot is None or data_key is None:
        raise wrong_credentials(recovery_code)
    return slot, data_key


def wrong_credentials(recovery_code: str | None) -> WrongPassword:
    """The words for it; they do not tell a wrong name from a wrong password."""
    if recovery_code is not None:
        return WrongPassword(_("This recovery code is not the one of this file. Look for a newer printed sheet."))
    return WrongPassword(_("The user name or the password is wrong. Type both again."))


def open_with_key(
    path: Path, keys: KeyFile, data_key: bytes, *, app_version: str, opened_by: str, clock: Clock, upgraded_by: str | None = None
) -> Vault:
    """The file opened, checked, brought up if it is older, and guarded. Raises what ``unlock`` raises.

    ``upgraded_by`` is the user in whose name a proved backup is made before a newer program writes anything, empty for
    the recovery code. None makes no backup: the file was made this moment, from nothing or from a backup that stays.
    """
    con = engine.connect(path, derive(data_key, "db", keys.vault_id))
    vault: Vault | None = None
    try:
        _check_identity(con, path, keys)
        steps = migrate.steps_needed(con, path, migrate.scripts())
        last = upgrade.last_version(con, path)
        upgrade.refuse_older_program(path, last=last, now=app_version)
        schema.check(con, path, derive(data_key, "schema-mac", keys.vault_id))
        engine.settle(con, path)
        vault = Vault(path, con, keys, data_key, anchor.write)
        lockfile.write(path, opened_by)
        if upgraded_by is None:
            migrate.apply(con, path, steps)
        elif upgrade.is_needed(steps, last=last, now=app_version):
            vault.upgraded = upgrade.bring_up(vault, con, steps, last=last, now=app_version, actor=upgraded_by, clock=clock)
        schema.seal(vault, con)
        vault.guard()
        _tidy(vault)
    except BaseException:
        if vault is None:
            con.close()
        else:
            vault.close()
        raise
    return vault


def _check_identity(con: Connection, path: Path, keys: KeyFile) -> None:
    if checks.identity(con, path) != keys.vault_id:
        raise NotOurs(_("The sign-in file beside {file} belongs to another file.").format(file=path.name))


def _tidy(vault: Vault) -> None:
    """Put right what a killed program left: one old or missing copy of the keys, a backup's working copy."""
    path = vault.path
    with contextlib.suppress(CannotWrite):
        keyfile.heal(path, vault.keys)
        vault.note_keys()
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{staging.COPY_ENDING}*"):
        with contextlib.suppress(OSError):
            left.unlink()
