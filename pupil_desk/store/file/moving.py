"""A closed unit's file moved to another folder, with all that belongs to it. No password is needed: nothing is opened.

Everything is copied first, read back and compared; then it takes its names, the file last; only then are the old ones
removed, the file first. A kill at any moment leaves a whole file in one place or in both, and a second try ends it.
"""

import contextlib
import errno
import glob
import hashlib
import itertools
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pupil_desk.basics.errors import CannotWrite, Known, WrongUse
from pupil_desk.basics.files import cannot_write, check_room, make_folder, pieces_of, sha256_of, write_pieces, write_whole
from pupil_desk.basics.words import _
from pupil_desk.store.file import engine, erased_ledger, errors, keyfile, lockfile, staging, upgrade
from pupil_desk.store.file.vault import held_here

_FOLDERS = (upgrade.FOLDER, staging.BEFORE_NEW_KEY)
_CHUNK = 1024 * 1024  # bytes
_FIRST_LOCK, _LOCKS = 0x40000000, 512  # the bytes that SQLite locks in a file that it has open, as its format says

type Sums = Mapping[str, str]
"""SHA-256 in hex of each file that is there, by what its name has after the unit's file's own: '' is the file itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the file is now, and what could not be removed where it was."""

    path: Path
    left: tuple[Path, ...] = ()


def open_elsewhere(path: Path) -> Known | None:
    """What the lock file says of another PC that has the file open. It may be one that was switched off, long ago."""
    holder = lockfile.holder(path)
    return errors.in_use(path) if holder is not None and holder.host != platform.node() else None


def sums_of(path: Path, file: IO[bytes] | None = None) -> Sums:
    """The sums of the unit's file and of what lies beside it. ``file`` is the open file, if this process has locked it."""
    sums = {}
    for part in (path, *staging.companions(path)):
        if part == path and file is not None:
            file.seek(0)
            sums[""] = _sum(file, path.parent)
        elif part.exists():
            with _reading(part) as part_file:
                sums[part.name.removeprefix(path.name)] = _sum(part_file, path.parent)
    return sums


def fits(sums: Sums, target: Path) -> bool:
    """Whether a file may be moved there: nothing of another one is there; at most a part, or all, of its own copy."""
    target_sums = sums_of(target)
    return all(sums.get(ending) == target_sum for ending, target_sum in target_sums.items()) and (
        "" not in target_sums or target_sums == sums
    )


def move(path: Path, target: Path, *, closed_elsewhere: bool = False) -> Moved:
    """Move a unit's file. ``closed_elsewhere``: somebody has made sure that no other PC works on it.

    Raises InUse, WrongUse (no such file, or another one is at ``target``), Damaged, NotOurs, CannotWrite. Nothing has been
    changed then where the file is.
    """
    if held_here(path):
        raise errors.in_use(path)
    engine.check_header(path)
    vault_id = keyfile.read(path).vault_id
    if not closed_elsewhere and (refusal := open_elsewhere(path)):
        raise refusal
    with kept_shut(path) as file:
        sums = sums_of(path, file)
        if not fits(sums, target):
            raise WrongUse(_("Another file is already at {place}. Nothing has been moved.").format(place=target))
        if not target.exists():
            _copy(path, file, sums, target)
        _bring_backups(path.parent, target.parent, vault_id)
        _bring_note(path, target)
        left = _removed(path) if os.name != "nt" else None
    if left is None:  # on Windows a file that is open here could not be removed
        left = _removed(path)
    return Moved(target, left)


def _copy(path: Path, file: IO[bytes], sums: Sums, target: Path) -> None:
    make_folder(target.parent)
    check_room(target.parent, sum(path.with_name(path.name + ending).stat().st_size for ending in sums))
    try:
        for half in staging.companions(target):
            half.unlink(missing_ok=True)  # of a copy that was killed: it fits, so the same bytes are still here
        with staging.building(target) as place:
            for ending, expected in sums.items():
                with contextlib.ExitStack() as stack:
                    source = file if not ending else stack.enter_context(_reading(path.with_name(path.name + ending)))
                    source.seek(0)
                    _copy_one(source, path.parent, place.with_name(place.name + ending), expected)
    except OSError as error:
        raise cannot_write(error, target.parent) from error


def _copy_one(source: IO[bytes], folder: Path, target: Path, expected: str) -> None:
    staging.new_file(target)
    with target.open("r+b") as copy:
        for chunk in _chunks(source, folder):
            copy.write(chunk)
        staging.flush(copy)
    with target.open("rb") as copy:
        if _sum(copy, target.parent) != expected:
            raise CannotWrite(
                _("The copy of {name} is not the same when it is read back. Nothing has been moved. Try again.").format(name=target.name)
            )


def _bring_backups(old: Path, new: Path, vault_id: str) -> None:
    """The backups that an upgrade or a new key made beside the file. One whose name is taken stays where it is, for it is no less good there."""
    for backup in sorted(backup for folder in _FOLDERS for backup in (old / folder).glob(f"*_{vault_id[:8]}_*.pupilbackup")):
        place = new / backup.parent.name / backup.name
        with contextlib.suppress(OSError):
            make_folder(place.parent)
            if not place.exists():
                write_pieces(place, pieces_of(backup), backup.stat().st_size)
            if sha256_of(place) == sha256_of(backup):
                backup.unlink()


def _bring_note(path: Path, target: Path) -> None:
    """The note of what was erased, under a name that is free: each that lies in the folder counts. One that cannot be brought stays."""
    note = erased_ledger.place(path)
    with contextlib.suppress(OSError, CannotWrite):
        if note.exists():
            places = (erased_ledger.place(target.with_name(f"{target.name}{-number or ''}")) for number in itertools.count())
            write_whole(next(place for place in places if not place.exists()), note.read_bytes())
            note.unlink()


def _removed(path: Path) -> tuple[Path, ...]:
    """Remove the old ones; returns those that are still there. If the file itself stays, so does what it needs."""
    left = []
    for part in (path, *staging.companions(path)):
        try:
            part.unlink(missing_ok=True)
        except OSError:
            left.append(part)
            if part == path:
                break
    else:
        lockfile.remove(path)
        _sweep(path)
        for folder in _FOLDERS:
            with contextlib.suppress(OSError):
                (path.parent / folder).rmdir()  # only if it is empty
    staging.flush_folder(path.parent)
    return tuple(left)


def _sweep(path: Path) -> None:
    """Remove what a killed program left half-written beside the file, which opening it would have done."""
    name = glob.escape(path.name)
    for pattern in (f".{name}.*{staging.COPY_ENDING}", f"{name}.*.part"):
        for half in path.parent.glob(pattern):
            with contextlib.suppress(OSError):
                half.unlink()


@contextlib.contextmanager
def kept_shut(path: Path) -> Iterator[IO[bytes]]:
    """The file, locked as the engine locks it, so that no program opens it meanwhile. Raises InUse if one has."""
    with _reading(path) as file:
        if not _lock(file):
            raise errors.in_use(path)
        yield file


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> bool:
        """A shared lock on the engine's bytes; False if the engine has them. It goes when the file is closed."""
        import ctypes
        import msvcrt
        from ctypes import wintypes

        class _At(ctypes.Structure):  # OVERLAPPED, which here only says where the locked bytes begin
            _fields_ = (
                ("internal", ctypes.c_size_t),
                ("internal_high", ctypes.c_size_t),
                ("offset", wintypes.DWORD),
                ("offset_high", wintypes.DWORD),
                ("event", wintypes.HANDLE),
            )

        fail_at_once, lock_errors = 0x1, (32, 33, 997)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_IO_PENDING
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.LockFileEx.argtypes = [wintypes.HANDLE, *[wintypes.DWORD] * 4, ctypes.POINTER(_At)]
        kernel.LockFileEx.restype = wintypes.BOOL
        overlapped = _At(offset=_FIRST_LOCK)
        locked = kernel.LockFileEx(msvcrt.get_osfhandle(file.fileno()), fail_at_once, 0, _LOCKS, 0, ctypes.byref(overlapped))
        return bool(locked) or ctypes.get_last_error() not in lock_errors

else:

    def _lock(file: IO[bytes]) -> bool:
        """A shared lock on the engine's bytes; False if the engine has them. It goes when the file is closed."""
        import fcntl

        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _LOCKS, _FIRST_LOCK)
        except OSError as error:  # any other: a file system without locks, where the engine cannot open the file either
            return error.errno not in (errno.EACCES, errno.EAGAIN)
        return True


def _reading(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise cannot_write(error, path.parent) from error


def _chunks(file: IO[bytes], folder: Path) -> Iterator[bytes]:
    try:
        while chunk := file.read(_CHUNK):
            yield chunk
    except OSError as error:
        raise cannot_write(error, folder) from error


def _sum(file: IO[bytes], folder: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(file, folder):
        digest.update(chunk)
    return digest.hexdigest()
