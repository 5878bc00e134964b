"""Files that appear under their name only when whole and read back."""

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.pc.access import close_to_many, keep_to_staff
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _, join_words

_SPARE = 5 * 1024 * 1024  # bytes left free after a write, so that the disk is not run to the last byte
_PIECE = 1024 * 1024  # bytes of a file in memory at a time
_HELD_BY_SCANNERS = os.name == "nt"  # a virus scanner or indexer may hold a new file for a moment on Windows
_RENAMES_AGAIN, _BETWEEN_RENAMES = 10, 0.1  # times, seconds


def write_whole(path: Path, data: bytes, *, replace: bool = False) -> str:
    """Write a file so that it is there whole or not at all; returns its SHA-256 in hex. Raises CannotWrite."""
    return write_pieces(path, (data,), len(data), replace=replace)


def write_pieces(path: Path, pieces: Iterable[bytes], size: int, *, replace: bool = False) -> str:
    """The same of a file of so many bytes that comes in pieces: no more of it than one is in memory.

    The bytes go to ``NAME.part``, are flushed to the medium, read back and compared, and only then take the name; the folder is flushed too.
    An existing file is refused unless ``replace``. Raises CannotWrite, and leaves no part behind.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists() and not replace:
            raise CannotWrite(_("{name} is already there. Choose another folder, or move the file away first.").format(name=path.name))
        check_room(path.parent, size)
        part.unlink(missing_ok=True)  # left by a copy that was killed
        digest = _write_and_flush(part, pieces)
        if sha256_of(part) != digest:
            raise CannotWrite(
                _("What was written to {folder} could not be read back the same. Use another stick or folder.").format(folder=path.parent)
            )
        take_name(part, path)
        _flush_folder(path, keep=replace)
    except OSError as error:
        raise cannot_write(error, path.parent) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return digest


def path_within(folder: Path, name: str) -> Path:
    """Where a file of that name lies in a folder that is there; the name may have folders of its own, which are made. Raises CannotWrite."""
    path = folder / name
    if path.parent != folder:
        check_room(folder, 0)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(error, folder) from error
    return path


def remove_within(folder: Path, path: Path) -> None:
    """Take a file away again, and the folders up to that one if nothing else is in them. Raises OSError where the file cannot be taken away."""
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder:
            return
        with contextlib.suppress(OSError):  # something else is in it
            parent.rmdir()


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, a megabyte at a time. Raises OSError."""
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def sha256_of(path: Path) -> str:
    """A file's SHA-256 in hex. Raises OSError."""
    import hashlib

    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()


def _write_and_flush(part: Path, pieces: Iterable[bytes]) -> str:
    import hashlib

    digest = hashlib.sha256()
    with open(part, "xb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _flush_folder(path: Path, *, keep: bool) -> None:
    """See that the new name reaches the medium; a file of whose name that is not sure goes again unless it is to be kept."""
    if os.name == "nt":  # Windows has no such call: a rename is written through with the file's own flush
        return
    try:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOTSUP):  # a file system that has no such call either
            return
        if not keep:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def take_name(part: Path, path: Path) -> None:
    """Give a whole file its name, in place of one that is there. Waits up to a second for what holds it on Windows.

    Raises CannotWrite if it is held longer, OSError for anything else.
    """
    for left in range(_RENAMES_AGAIN, -1, -1):
        try:
            os.replace(part, path)
            return
        except PermissionError as error:
            if not _HELD_BY_SCANNERS:
                raise
            if not left:
                raise CannotWrite(
                    _(
                        "{name} could not be written in {folder}: another program holds it, such as a virus scanner, or the folder is not yours. Wait a moment and try again."
                    ).format(name=path.name, folder=path.parent)
                ) from error
        time.sleep(_BETWEEN_RENAMES)


def check_room(folder: Path, size: int) -> None:
    """Raises CannotWrite if the folder is not there, is none, takes no files, or has no room for so many bytes."""
    if folder.exists() and not folder.is_dir():
        raise CannotWrite(_("{folder} is a file, not a folder. Choose a folder.").format(folder=folder))
    if not folder.is_dir():
        raise CannotWrite(
            _("The folder {folder} is not there. If it is on a stick, put the stick back in; else choose another folder.").format(
                folder=folder
            )
        )
    disk = shutil.disk_usage(folder)
    if not disk.total:  # no disk at all, such as a folder in which the system shows its own state
        raise cannot_write(OSError(errno.EROFS, ""), folder)
    if disk.free < size * 1.1 + _SPARE:
        raise CannotWrite(_("There is not enough room in {folder}. Free some space, or choose another folder.").format(folder=folder))


def cannot_write(error: OSError, folder: Path) -> CannotWrite:
    """What an operating system's refusal means for a person, and what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        sentence = _("The disk that holds {folder} is full. Free some space, or choose another folder.")
    elif error.errno == errno.EFBIG:
        sentence = _(
            "The file is too large for {folder}: many sticks take none of 4 GB or more. Use a stick that is formatted as exFAT or NTFS."
        )
    elif error.errno == errno.ENAMETOOLONG:
        sentence = _("The path of {folder}, with the name of the file, is too long. Choose a folder nearer to the top of the drive.")
    elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        sentence = _("Files cannot be written in {folder}. Choose a folder that is yours, or a stick without write protection.")
    elif error.errno in (errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOENT):
        sentence = _("{folder} can no longer be reached. Put the stick back in, or choose another folder.")
    else:
        sentence = _("{folder} could not be written. Try another folder or stick.")
    return CannotWrite(sentence.format(folder=folder))


@contextlib.contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """What the operating system refuses in the block, said to a person as a refusal to write in that folder. Raises CannotWrite."""
    try:
        yield
    except OSError as error:
        raise cannot_write(error, folder) from error


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """Make a folder as ``make_folder`` does; if what is done in it fails, what was made of it goes again."""
    with in_words(folder.parent):
        made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        make_folder(folder)
        yield
    except BaseException:
        for place in made:
            with contextlib.suppress(OSError):  # something is in it
                place.rmdir()
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it for a unit's file, and let in only this user and the administrators. Raises CannotWrite.

    A folder that was there is somebody's own, such as the Desktop, and is left as it is; the program's folder of data is closed to
    whom nobody picked.
    """
    try:
        existed_before = folder.is_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(error, folder.parent) from error
    if not existed_before:
        keep_to_staff(folder)
    elif folder.is_relative_to(home_of_data()):
        close_to_many(folder)


def close_own_folder(folder: Path) -> str:
    """Close a folder within the program's own for data to accounts that nobody picked; a sentence if that changed anything.

    The program makes that folder closed; a copy put back or a technician's hand may have opened it. Whom somebody let in by name stays.
    """
    closed_to = close_to_many(folder) if folder.is_relative_to(home_of_data()) else []
    if not closed_to:
        return ""
    words = _("The folder of the records could be opened by {names}. It is closed to them now; whom your technician let in by name stays.")
    return words.format(names=join_words(closed_to))
