"""A new unit's file and what lies beside it, built in a hidden folder and put in place only when whole."""

import contextlib
import errno
import filecmp
import glob
import itertools
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pupil_desk.basics.errors import CannotWrite, WrongUse
from pupil_desk.basics.files import cannot_write, check_room, take_name
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, keyfile, tries

BEFORE_NEW_KEY = "backup-before-new-key"  # the folder beside a unit's file with how it was before its present key
COPY_ENDING = ".copying"  # a backup's working copy; one left by a killed program is removed
_LEFT_BY_ENGINE = ("-wal", "-journal")


def companions(path: Path) -> tuple[Path, ...]:
    """Where everything lies that belongs to a unit's file and is of no use without it; not all of it need be there."""
    left = (path.with_name(path.name + ending) for ending in _LEFT_BY_ENGINE)
    return (*keyfile.places(path), anchor.place(path), tries.place(path), *left)


def take_away(path: Path) -> None:
    """Remove a closed file that nobody has worked in, with what belongs to it, the file first. What cannot be removed stays."""
    for left in (path, *companions(path)):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


@contextlib.contextmanager
def building(path: Path) -> Iterator[Path]:
    """A place to build the file that shall lie at ``path``; at the end it and its keys are moved there, the file last.

    If the block raises, or the program is killed, there is no file at ``path``. Raises WrongUse if one is there
    already, CannotWrite.
    """
    refuse_existing(path)
    stage = _stage(path)
    try:
        if stage.is_dir() and not stage.is_symlink():
            shutil.rmtree(stage)  # left by a copy that was killed
        stage.mkdir(mode=0o700)
    except OSError as error:
        raise cannot_write(error, path.parent) from error
    try:
        yield stage / path.name
        _move(stage, path)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _stage(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def clear(path: Path) -> None:
    """What a killed program left beside an open file: a working copy, half of one, and where it was built. What cannot be removed stays."""
    name = glob.escape(path.name)
    with contextlib.suppress(OSError):
        if _stage(path).is_dir() and not _stage(path).is_symlink():
            shutil.rmtree(_stage(path), ignore_errors=True)
    for pattern in (f".{name}.*{COPY_ENDING}*", f"{name}.*.part"):
        for left in path.parent.glob(pattern):
            with contextlib.suppress(OSError):
                left.unlink()


def refuse_existing(path: Path) -> None:
    """Raises WrongUse where a unit's file, or what the engine left of one, is already there; CannotWrite without a folder."""
    if not path.parent.is_dir():
        raise CannotWrite(_("The folder {folder} is not there. Make it first, or choose another.").format(folder=path.parent))
    for occupied in (path, *(path.with_name(path.name + ending) for ending in _LEFT_BY_ENGINE)):
        if os.path.lexists(occupied):
            raise WrongUse(
                _("{file} is already there. Choose another name; an existing file is never written over.").format(file=occupied.name)
            )


def copy_as_it_is(path: Path, folder: Path) -> Path:
    """Copy a closed file, and what lies beside it, into a new folder there; returns that folder. Raises CannotWrite, and leaves no half of it."""
    place = next(place for number in range(1, 1000) if not (place := folder / f"{path.stem} as it is {number}").exists())
    sources = [source for source in (path, *companions(path)) if source.exists()]
    check_room(folder, sum(source.stat().st_size for source in sources))
    try:
        place.mkdir(mode=0o700)
        for source in sources:
            shutil.copyfile(source, place / source.name)
        same = all(filecmp.cmp(source, place / source.name, shallow=False) for source in sources)
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        raise cannot_write(error, folder) from error
    if not same:
        shutil.rmtree(place, ignore_errors=True)
        raise cannot_write(OSError(errno.EIO, ""), folder)
    return place


def new_file(place: Path) -> None:
    """An empty file that only its owner may read."""
    os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextlib.contextmanager
def working_copy(path: Path) -> Iterator[Path]:
    """An empty file of ours in the unit's own folder, for a copy; always deleted if it is still there, with what the engine may leave beside it."""
    copy = path.with_name(f".{path.name}.{secrets.token_hex(8)}{COPY_ENDING}")
    try:
        try:
            new_file(copy)
        except OSError as error:
            raise cannot_write(error, copy.parent) from error
        yield copy
    finally:
        for left in (copy, copy.with_name(copy.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def flush(file: IO[bytes]) -> None:
    """Have a written file on the disk."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Have the folder's list of names on the disk. Not a thing on Windows, where it is done by the file system."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _aside(left: Path) -> Path:
    """The name under which stays what belongs to a file that was moved away, or renamed, and needs it: without its keys it opens no more."""
    return next(place for number in itertools.count(1) if not os.path.lexists(place := left.with_name(f"{left.name}.before-{number}")))


def _move(stage: Path, path: Path) -> None:
    source = stage / path.name
    parts = zip((*companions(source), source), (*companions(path), path), strict=True)
    placed, moved_aside = list[Path](), dict[Path, Path]()
    try:
        refuse_existing(path)
        for built_file, target in parts:
            if os.path.lexists(target):
                aside = _aside(target)
                take_name(target, aside)
                moved_aside[aside] = target
            if built_file.exists():
                take_name(built_file, target)
                placed.append(target)
    except BaseException as error:
        for target in placed:
            with contextlib.suppress(OSError):
                target.unlink()
        for aside, target in moved_aside.items():
            with contextlib.suppress(OSError):
                aside.rename(target)
        if isinstance(error, OSError):
            raise cannot_write(error, path.parent) from error
        raise
    flush_folder(path.parent)
