"""The engine's errors, translated once. No other room ever sees one of them.

The driver's exception is not the standard library's ``sqlite3.Error``; it carries SQLite's own result code, and that
code decides. What the world did becomes ``Known`` with what to do; what we did wrong becomes ``StoreFault``.
"""

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, Known, OldKeys, WrongPassword
from pupil_desk.basics.words import _
from pupil_desk.store.file import keyfile, lockfile

_IN_USE = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
_DAMAGED = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
_UNWRITABLE = frozenset({"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN"})
_NO_ROOM = 128 * 1024  # bytes free below which an input/output error is called a full disk


class StoreFault(Exception):
    """A bug of ours met by the engine: wrong SQL, a broken constraint, an append-only table changed.

    The text names tables, columns and the engine's result code, never a value: what stands in quotation marks in
    the engine's own message may be somebody's words, and is left out.
    """


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Run statements on the file at ``path``; raises Known or StoreFault in place of the engine's own errors."""
    try:
        yield
    except driver.Error as error:
        raise _meaning(error, path) from error


def _meaning(error: Exception, path: Path) -> Known | StoreFault:
    name = str(getattr(error, "sqlite_errorname", "") or type(error).__name__)
    if name in _IN_USE:
        return in_use(path)
    if name in _DAMAGED:
        return damaged(path)
    if name in _UNWRITABLE:
        return unwritable(path)
    return StoreFault(f"{name}: {re.sub(r'"[^"]*"', '"…"', str(error))}")


def in_use(path: Path) -> InUse:
    """Another running copy of the program holds the file; who and since when, as far as its lock file tells."""
    holder = lockfile.holder(path)
    if holder is None:
        return InUse(_("{file} is open in another copy of Pupil Desk. Close it there first.").format(file=path.name))
    return InUse(
        _("{file} is open on {pc} by {who} since {since}: close it there first.").format(
            file=path.name, pc=holder.host, who=holder.who or holder.os_user, since=holder.since_shown
        )
    )


def damaged(path: Path) -> Damaged:
    """The password was right, and yet the file cannot be read."""
    return Damaged(
        _("{file} has been damaged: your password is right, but the file cannot be read. Restore the latest backup to a new file.").format(
            file=path.name
        )
    )


def older_keys(path: Path) -> OldKeys:
    """The slots beside the file are of before its last change of them, whoever's password opens one."""
    return OldKeys(
        _(
            "The sign-in file {keys} beside {file} is an older one and not in force. Put the newest {keys} back beside {file}, or restore the latest backup to a new file."
        ).format(keys=keyfile.places(path)[0].name, file=path.name)
    )


def altered_keys(path: Path) -> OldKeys:
    """The slots beside the file are not what the program wrote: an older slot was put in, or something changed."""
    return OldKeys(
        _(
            "The sign-in file {keys} beside {file} was altered, or put together from several: it is not in force. Put the newest {keys} back beside {file}, or restore the latest backup to a new file."
        ).format(keys=keyfile.places(path)[0].name, file=path.name)
    )


def other_keys(path: Path) -> OldKeys:
    """The password was right, and its data key is not the file's: it may also be that the file has been damaged at its beginning."""
    return OldKeys(
        _(
            "The sign-in file {keys} beside {file} does not fit it: it is from before {file} got a new key, or {file} has been damaged at its beginning. Put the newest {keys} back beside {file}, or restore the latest backup to a new file."
        ).format(keys=keyfile.places(path)[0].name, file=path.name)
    )


def old_secret(path: Path) -> OldKeys:
    """The password or code opens slots that lie beside the file and are not in force, and not those that are."""
    return OldKeys(_("This password or code did open {file} once, and is no longer in force. Use the newest one.").format(file=path.name))


def unwritable(path: Path) -> CannotWrite:
    """The disk is full, or the folder no longer takes anything."""
    free = None
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(path.parent).free
    if free is not None and free < _NO_ROOM:
        return CannotWrite(
            _("The disk that holds {folder} is full. Free some space and try again; what was saved before is safe.").format(
                folder=path.parent
            )
        )
    return CannotWrite(
        _("{file} cannot be written where it is. Check that the disk is there, has room and is not read-only, and try again.").format(
            file=path.name
        )
    )


def wrong_credentials(recovery_code: str | None, next_wrong: str = "") -> WrongPassword:
    """The words for it; they do not tell a wrong name from a wrong password. ``next_wrong`` is what is said of the next one."""
    if recovery_code is not None:
        words = _("This recovery code is not the one of this file. Look for a newer printed sheet.")
    else:
        words = _("The user name or the password is wrong. Check the name, and type the password again.")
    return WrongPassword(f"{words} {next_wrong}".strip())
