"""The installed copy of the program knows itself: its folder, whether its files are whole, and which older ones may go.

An installation is a folder, ROOT, with one folder for each version and ``current.txt``, which names the one in force::

    ROOT\\0.2.0\\Pupil Desk.exe …          ROOT\\0.2.0\\manifest.sha256
    ROOT\\current.txt                     written last, and whole

What is compared against the manifest is damage, not an attacker, who would write the manifest anew.
"""

import contextlib
import hashlib
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.places import ENDING
from pupil_desk.basics.words import _

_log = logging.getLogger(__name__)

MANIFEST = "manifest.sha256"  # in a version's folder: «<sha256>  <relative path with />», a line for each file
CURRENT = "current.txt"
PROGRAMS = ("Pupil Desk.exe", "pupil-desk.exe")
_VERSION_FOLDER = re.compile(r"\d+(\.\d+)*(-\d+)?", re.ASCII)  # the same version installed again is 0.2.0-2
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_STEP = 1024 * 1024  # bytes read at a time
_MOST_NAME = 200  # bytes read of current.txt
_DATA = (ENDING, ".pupilbackup")  # in the name of what people would weep for, wherever it lies


def program_folder() -> Path | None:
    """The version's own folder, which holds the .exe that runs; None for a checkout."""
    if not getattr(sys, "frozen", False):
        return None
    return Path(sys.executable).resolve().parent


# -- whether it is whole


@dataclass(frozen=True, slots=True)
class FilesCompared:
    """The program's files against their list: what is missing, changed or strange, a sentence each; how many the list names.

    ``built`` is the digest of the list, which names what was built; ``found`` that of the list as it would be of the files here.
    """

    faults: tuple[str, ...]
    count: int
    built: str
    found: str


def manifest_faults(folder: Path | None = None) -> list[str] | None:
    """What is missing, changed or strange among the program's files, a sentence each; None without a manifest.

    ``folder`` is the version's own unless told.
    """
    compared = compare_files(folder)
    return None if compared is None else list(compared.faults)


def compare_files(folder: Path | None = None, before_each: Callable[[int, int], None] = lambda _done, _of: None) -> FilesCompared | None:
    """Compare the program's files with their list; None without one. Links are not followed: a link is strange.

    ``before_each`` is told how many files of how many are done; what it raises ends the work.
    """
    folder = folder or program_folder()
    if folder is None or not (folder / MANIFEST).is_file():
        return None
    manifest = _read_manifest(folder / MANIFEST)
    if manifest is None:
        return FilesCompared((_("{name} cannot be read.").format(name=MANIFEST),), 0, "", "")
    faults, lines = [], []
    present = set(_names_below(folder))
    for done, (name, digest) in enumerate(manifest.items()):
        before_each(done, len(manifest))
        actual = _digest(folder / name) if name in present else None
        lines.append(f"{actual}  {name}\n")
        if name not in present:
            faults.append(_("{name} is missing.").format(name=name))
        elif actual is None:
            faults.append(_("{name} cannot be read.").format(name=name))
        elif actual != digest:
            faults.append(_("{name} was changed.").format(name=name))
    strange = sorted(present - manifest.keys() - {MANIFEST})
    faults += [_("{name} does not belong to the program.").format(name=name) for name in strange]
    lines += [f"{_digest(folder / name)}  {name}\n" for name in strange]
    found = hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    return FilesCompared(tuple(faults), len(manifest), _digest(folder / MANIFEST) or "", found)


def _read_manifest(place: Path) -> dict[str, str] | None:
    """Name -> digest; None if a line is not what it must be."""
    try:
        lines = place.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    matches = [_LINE.fullmatch(line) for line in lines]
    if not matches or None in matches:
        return None
    return {match[2]: match[1] for match in matches if match}


def _names_below(folder: Path, before: str = "") -> Iterator[str]:
    """Every file below, and every link or folder that cannot be looked into, by its path with /. Empty folders are nothing."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield before or "."
        return
    for entry in entries:
        if _is_plain_folder(entry):
            yield from _names_below(Path(entry.path), f"{before}{entry.name}/")
        else:
            yield before + entry.name


def _is_plain_folder(entry: os.DirEntry[str]) -> bool:
    """A folder itself: not a link to one, nor a junction."""
    return entry.is_dir(follow_symlinks=False) and not entry.is_junction()


def _digest(place: Path) -> str | None:
    """SHA-256 of a file, read piece by piece; None if it is no plain file or cannot be read."""
    if place.is_symlink():
        return None
    digest = hashlib.sha256()
    try:
        with open(place, "rb") as file:
            while piece := file.read(_STEP):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


# -- what an upgrade leaves behind


def remove_older() -> list[str]:
    """Remove the other version folders beside this one, if this one is in force; returns the names of those removed.

    Quiet, and as far as it goes: one that is running, or that may not be written, stays. While the installer runs,
    nothing is touched.
    """
    folder = program_folder()
    if folder is None or os.name != "nt":
        return []
    removed = remove_older_beside(folder, setup_runs)
    if removed:
        _log.info("older versions removed: %d", len(removed))
    return removed


def remove_older_beside(folder: Path, setup_runs: Callable[[], bool]) -> list[str]:
    """``remove_older`` for the version in ``folder``; ``setup_runs`` is asked before each, for the installer may start."""
    removed = []
    for old in older_beside(folder):
        if setup_runs():
            break
        with contextlib.suppress(OSError):
            if _remove(old):
                removed.append(old.name)
    return removed


def older_beside(folder: Path) -> list[Path]:
    """The folders beside this version that look like versions and are no links; none unless this one is in force."""
    root = folder.parent
    with contextlib.suppress(OSError):
        if _in_force(root) == folder.name and _VERSION_FOLDER.fullmatch(folder.name):
            own_names = {entry.name for entry in os.scandir(folder)}
            return sorted(
                Path(entry.path)
                for entry in os.scandir(root)
                if entry.name != folder.name
                and _VERSION_FOLDER.fullmatch(entry.name)
                and _is_plain_folder(entry)
                and _is_version(Path(entry.path), own_names)
            )
    return []


def _in_force(root: Path) -> str:
    """The name that ``current.txt`` holds; empty if it holds none."""
    with open(root / CURRENT, "rb") as file:
        return file.read(_MOST_NAME).decode("utf-8-sig", errors="replace").strip()


def _is_version(folder: Path, own_names: set[str]) -> bool:
    """Whether a folder holds our program, or nothing but what a half-unpacked one would."""
    with contextlib.suppress(OSError):
        names = {entry.name for entry in os.scandir(folder)}
        return not names.isdisjoint({*PROGRAMS, MANIFEST}) or names <= own_names
    return False


def _remove(folder: Path) -> bool:
    """Remove a version's folder, its programs first and its manifest last; whether it is gone. Leaves it whole if it runs or holds what is not ours.

    A removal cut short leaves no program that half works, and a folder that the next start knows for a version's.
    """
    names = list(_names_below(folder))
    files = [folder / name for name in names]
    its_own = _read_manifest(folder / MANIFEST)  # a half-unpacked one may have none yet
    if any(_forbids(place) for place in files) or (its_own is not None and set(names) - its_own.keys() - {MANIFEST}):
        return False
    programs = [folder / name for name in PROGRAMS if name in names]
    for place in programs:
        with open(place, "r+b"):  # refused by Windows while the program runs, and where we may not write
            pass
    for place in sorted(files, key=lambda place: (place not in programs, place.name == MANIFEST)):
        place.unlink()
    for below, _folders, _files in os.walk(folder, topdown=False):
        Path(below).rmdir()
    return True


def _forbids(place: Path) -> bool:
    """Whether a thing keeps its whole folder from being removed: no plain file, or somebody's data."""
    name = place.name.lower()
    return not place.is_file() or place.is_symlink() or place.is_junction() or any(part in name for part in _DATA)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _MUTEX = "Global\\PupilDeskSetup"  # held by the installer while it runs
    _SYNCHRONIZE = 0x0010_0000
    _NOT_THERE = 2  # ERROR_FILE_NOT_FOUND

    def setup_runs() -> bool:
        """Whether the installer runs on this PC, whoever started it; yes too if that cannot be told."""
        try:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            open_mutex, close = kernel.OpenMutexW, kernel.CloseHandle
        except (OSError, AttributeError):
            return True
        open_mutex.argtypes, open_mutex.restype = [wintypes.DWORD, wintypes.BOOL, wintypes.LPCWSTR], wintypes.HANDLE
        close.argtypes, close.restype = [wintypes.HANDLE], wintypes.BOOL
        mutex = open_mutex(_SYNCHRONIZE, False, _MUTEX)
        if mutex:
            close(mutex)
            return True
        return ctypes.get_last_error() != _NOT_THERE  # refused: it is there, and another user's

else:

    def setup_runs() -> bool:
        """Elsewhere there is no such installer."""
        return False
