"""Making a unit's file, and opening one: every refusal in its turn, each with its own words."""

import contextlib
import secrets
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from pupil_desk.basics.clock import Clock, SystemClock, stamp
from pupil_desk.basics.errors import CannotWrite, Damaged, Doubtful, Known, MadeClosed, OldKeys, WrongUse
from pupil_desk.basics.files import in_words
from pupil_desk.basics.words import _, join_words
from pupil_desk.store.file import (
    anchor,
    audit,
    checks,
    connecting,
    engine,
    errors,
    keyfile,
    keyslots,
    lockfile,
    migrate,
    passwords,
    schema,
    staging,
    tries,
    upgrade,
)
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.keyslots import KEY_BYTES, RECOVERY, STANDARD, USER, Cost, Slot, Unwrapped, file_key, wrap
from pupil_desk.store.file.second_key import items
from pupil_desk.store.file.second_key.items import HeldKeys
from pupil_desk.store.file.tries import Tries
from pupil_desk.store.file.vault import Vault, held_here

type OnOlder = Callable[[Vault, str, str], object]
"""Asked with the file, the user and what is missing, before anything is written; raises Doubtful unless they may go on."""


def refuse_older(_vault: Vault, _user_id: str, missing: str) -> None:
    """Nobody goes on. Raises Doubtful."""
    raise Doubtful(
        _(
            "{missing} Nothing has been written. Put the newest file back, or restore a backup; or a data officer, or whoever holds the recovery code, says why the file goes on from here."
        ).format(missing=missing),
        acceptable=True,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """An unlocked file and how it was: ``kind`` is user or recovery; ``user_id`` is empty for the recovery code.

    ``wrong_before`` are the wrong tries since somebody last signed in, for the log.
    """

    vault: Vault
    user_id: str
    kind: str
    wrong_before: Tries = Tries()


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
    there is a file already, CannotWrite: there is none then. Raises MadeClosed, with the code, if the file is in its place and
    could not be opened. Whether the password is good enough is not asked here.
    """
    clock = clock or SystemClock()
    path = path.resolve()
    vault_id, data_key, code = str(uuid.uuid4()), secrets.token_bytes(KEY_BYTES), passwords.new_code()
    with in_words(path.parent), staging.building(path) as place:
        keys = KeyFile(vault_id)
        for secret, user, kind in ((password, user_id, USER), (passwords.read_code(code), "", RECOVERY)):
            slot = wrap(data_key, secret, user=user, kind=kind, name=name, vault_id=vault_id, epoch=keys.epoch, cost=cost or STANDARD)
            keys = keys.with_slot(slot)
        keys = keys.sealed(data_key)
        staging.new_file(place)
        _lay_out(place, file_key(data_key, vault_id), vault_id, training=training, clock=clock)
        keyfile.write(place, keys)
        with open_with_key(place, keys, data_key, app_version=app_version, opened_by=name, clock=clock) as vault:
            fill(vault)
    try:
        return open_with_key(path, keys, data_key, app_version=app_version, opened_by=name, clock=clock, held=HeldKeys(user_id)), code
    except (Known, errors.StoreFault, OSError) as error:  # to take it away again may fail too: it is whole, and that is said
        words = _("{file} is made, and could not be opened just now. Keep its recovery code, and sign in.")
        raise MadeClosed(words.format(file=path.name), code) from error


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
    read_only: bool = False,
    on_older: OnOlder = refuse_older,
) -> Opened:
    """Open with a name and password, or with the recovery code. ``opened_by`` is shown to a colleague who finds it in use.

    A file that an older program wrote is brought up, after a proved backup (``store.file.upgrade``), and a slot of an earlier
    version wrapped anew. ``read_only``: whatever is wrong with it, to be looked at alone. ``on_older`` is asked before anything is
    written to a file whose last changes are missing. Raises WrongUse (no such file), InUse, WrongPassword, OldKeys, Doubtful,
    Damaged, NotOurs, NewerVersion, CannotWrite.
    """
    from pupil_desk import __version__

    clock = clock or SystemClock()
    path = path.resolve()
    if held_here(path):
        raise errors.in_use(path)
    engine.check_header(path)
    _refuse_if_held(path)
    copies = keyfile.copies(path)
    next_wrong = tries.begin(tries.place(path), clock.now())
    with ThreadPoolExecutor(1) as beside:  # the password takes longer than the file's bytes, and is worked on without them
        found = None if read_only else beside.submit(checks.Leaving, path)
        ways = [_Way(keys, *_open_slot(keys, name, password, recovery_code)) for keys in copies]
    if not any(way.opened for way in ways):
        raise errors.wrong_credentials(recovery_code, next_wrong)
    wrong_before = tries.take_back(tries.place(path))
    keys, slot, (data_key, private) = _in_force(path, ways)
    held = HeldKeys(slot.user, items.opened(slot, private, keys.vault_id))
    if found is None:
        return Opened(connecting.open_to_look(path, keys, data_key, __version__, held), slot.user, slot.kind)
    with in_words(path.parent):  # a disk that gives a page no more
        leaving = found.result()
    _look(path, leaving, keys, data_key)
    unlocked = partial(open_with_key, path, keys, data_key, app_version=__version__, clock=clock, held=held)
    vault = unlocked(opened_by=opened_by or name or "", upgraded_by=slot.user, on_older=on_older, leaving=leaving)
    if not slot.public:
        with contextlib.suppress(CannotWrite), vault.transaction():  # another time, then
            vault.renew_slot(slot, name or "", _meant(keys, name, password, recovery_code)[1])
    return Opened(vault, slot.user, slot.kind, wrong_before)


def _look(path: Path, leaving: checks.Leaving, keys: KeyFile, data_key: bytes) -> None:
    """Look at the file, unless it is found as it was checked. Raises what ``checks.look`` raises."""
    check_keys = checks.CheckKeys.of(data_key, keys.vault_id)
    if not leaving.is_as_checked(check_keys):
        checks.look(path, check_keys, connect=lambda place: connecting.connected(place, keys.vault_id, data_key))


@dataclass(frozen=True, slots=True)
class _Way:
    """A copy of the keys, the slot in it that was meant, and what is in it if it opens."""

    keys: KeyFile
    slot: Slot | None
    opened: Unwrapped | None


def _in_force(path: Path, ways: list[_Way]) -> tuple[KeyFile, Slot, Unwrapped]:
    """The way in that counts. Two copies differ only after a kill, or a write that failed: then the unit's file says which.

    A data key of another epoch opens nothing there. Raises OldKeys, Damaged.
    """
    opened = [(way.keys, way.slot, way.opened) for way in ways if way.slot is not None and way.opened is not None]
    if len(ways) == 1:
        return opened[0]
    for data_key in dict.fromkeys(way[2].data_key for way in opened):
        try:
            con = connecting.connected(path, ways[0].keys.vault_id, data_key)
        except OldKeys:
            continue
        try:
            named = checks.keys_in_force(con, path)
        finally:
            con.close()
        fitting = [
            way for way in opened if way[2].data_key == data_key and way[0].sealed_by(data_key) and (not named or named.names(way[0]))
        ]
        if fitting:
            return fitting[0]
        if named and any(named.names(way.keys) for way in ways):
            raise errors.old_secret(path)
    return opened[0]  # to be refused as it is opened


def _refuse_if_held(path: Path) -> None:
    """Say that a colleague has the file before a password is worked on; the lock file is asked, the engine decides."""
    holder = lockfile.holder(path)
    if holder is None or holder.has_ended:
        return
    with contextlib.suppress(Damaged):  # not in use: a key of zeros reads nothing
        engine.connect(path, bytes(KEY_BYTES)).close()


def _open_slot(keys: KeyFile, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot | None, Unwrapped | None]:
    """The slot that was meant and what is in it, if it opens. Raises WrongPassword for a code that cannot be one.

    A name that nobody has takes as long as a wrong password, so that the time does not tell who works here.
    """
    slot, secret = _meant(keys, name, password, recovery_code)
    if slot is None:
        keyslots.work_for_nothing(secret, keys.cost)
        return None, None
    return slot, keys.unwrap(slot, secret)


def _meant(keys: KeyFile, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot | None, str]:
    if recovery_code is not None:
        return keys.of_recovery, passwords.read_code(recovery_code)
    if name is not None and password is not None:
        return keys.of_name(name), password
    raise WrongUse(_("A user name and a password, or the recovery code, is needed."))


def credentials(keys: KeyFile, name: str | None, password: str | None, recovery_code: str | None) -> tuple[Slot, bytes]:
    """The slot and the data key, for a backup: tries at those of one unit count together on this PC. Raises WrongPassword, WrongUse."""
    where = tries.place_for_backups(keys.vault_id)
    next_wrong = tries.begin(where, SystemClock().now())
    slot, opened = _open_slot(keys, name, password, recovery_code)
    if slot is None or opened is None:
        raise errors.wrong_credentials(recovery_code, next_wrong)
    tries.right(where)
    return slot, opened.data_key


def open_with_key(
    path: Path,
    keys: KeyFile,
    data_key: bytes,
    *,
    app_version: str,
    opened_by: str,
    clock: Clock,
    upgraded_by: str | None = None,
    on_older: OnOlder = refuse_older,
    held: HeldKeys | None = None,
    leaving: checks.Leaving | None = None,
) -> Vault:
    """The file opened, compared with this PC's anchor, brought up if it is older, and guarded. Raises what ``unlock`` raises.

    ``upgraded_by`` is the user in whose name a proved backup is made before a newer program writes anything, empty for
    the recovery code. None makes no backup: the file was made this moment, from nothing or from a backup that stays. ``held`` are
    that user's second keys; ``leaving`` is how the file was found, if it was looked at.
    """
    leaving = leaving or checks.Leaving(path)
    con = connecting.connected(path, keys.vault_id, data_key)
    vault: Vault | None = None
    try:
        connecting.check_identity(con, path, keys)
        connecting.check_in_force(con, path, keys, data_key)
        steps = migrate.steps_needed(con, path, migrate.scripts())
        last = upgrade.last_version(con, path)
        upgrade.refuse_older_program(path, last=last, now=app_version)
        engine.settle(con, path)
        vault = Vault(path, con, KeyRing(path, keys, data_key, held), note_head=leaving.note, let_go=leaving.done)
        if missing := anchor.missing(vault):
            on_older(vault, upgraded_by or "", missing.message)
        leaving.begin(vault)
        lockfile.write(path, opened_by)
        if upgraded_by is None:
            migrate.apply(con, path, steps)
        elif upgrade.is_needed(steps, last=last, now=app_version):
            vault.upgraded = upgrade.bring_up(vault, con, steps, last=last, now=app_version, actor=upgraded_by, clock=clock)
        if steps or not leaving.found_as_checked:
            schema.seal(vault, con)
        vault.guard()
        _put_keys_right(vault, clock.now(), app_version)
        staging.clear(path)
    except BaseException:
        if vault is None:
            con.close()
        else:
            vault.close()
        raise
    return vault


def _put_keys_right(vault: Vault, moment: datetime, app_version: str) -> None:
    """Both copies of the keys are those in force. A kill, or who puts an old one back, leaves one that is not: logged, and told at sign-in."""
    with contextlib.suppress(CannotWrite):
        put_right = join_words([place.name for place in keyfile.heal(vault.path, vault.keys)])
        vault.note_keys()
        if put_right:
            facts = {"kind": "unit", "object_id": vault.vault_id, "reason": put_right, "app_version": app_version}
            with vault.transaction():
                audit.append(vault, moment=moment, user_id="", role="", action="sign-in-data-put-right", **facts)
            words = _(
                "{files} beside the unit’s file was missing, or not what is in force, and is put right. A power cut can leave it so. If there was none, somebody may have put an old copy there: ask who."
            )
            vault.remark(words.format(files=put_right))
