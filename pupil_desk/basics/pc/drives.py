"""USB sticks and other drives that can be taken away: where they are, what they are called, how much room they have, what of ours is on them.

Linux reads ``/proc/mounts`` and asks ``/sys`` which disks are removable; Windows asks for its drive letters; macOS
lists ``/Volumes``. What decides is in plain functions over text, so that it is tested on any system.
"""

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.words import _

_STICK_FOLDERS = ("/run/media/", "/media/")  # where desktops mount what is plugged in
_READ_ONLY_DISCS = frozenset({"iso9660", "udf", "squashfs"})
_WINDOWS_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
_WRITE_PROTECTED = 0x0008_0000  # FILE_READ_ONLY_VOLUME of GetVolumeInformationW
_FAT = frozenset({"vfat", "msdos", "fat", "fat12", "fat16", "fat32"})  # as Linux and Windows call them
_LARGEST_ON_FAT = 4 * 1024**3 - 1  # bytes of one file
_RECEIPT, _BACKUP = "-receipt.txt", ".pupilbackup"
_NO_DIALOG = 0x0001  # SEM_FAILCRITICALERRORS: an empty card reader is no reason for a question on the screen


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive: its folder, the name people know it by, its free and whole size in bytes, whether it is write-protected, and its
    file system as the system calls it, «» where it does not say.
    """

    path: Path
    label: str
    free: int
    total: int
    read_only: bool = False
    kind: str = ""

    @property
    def largest(self) -> int | None:
        """How many bytes one file on it can have, where its file system sets a limit of its own."""
        return _LARGEST_ON_FAT if self.kind.casefold() in _FAT else None


type Plugged = tuple[Path, str, str, bool]
"""What a system says of a drive without asking the drive: its folder, label and file system, and whether it is write-protected."""


def plugged_in() -> tuple[Plugged, ...]:
    """What is plugged in now. Cheap: ask it every other second, and look at the drives again when the answer is another."""
    if sys.platform == "win32":
        drives = _windows()
    elif sys.platform == "darwin":
        volumes = sorted(Path("/Volumes").glob("*"))
        drives = [(path, path.name, "", False) for path in volumes if not path.is_symlink() and path.is_mount()]
    else:
        drives = _linux()
    return tuple(drives)


def removable_drives() -> list[Drive]:
    """The drives that can be taken away and are plugged in now, by label. One pulled while we look is left out."""
    drives = []
    for path, label, kind, read_only in plugged_in():
        with contextlib.suppress(OSError):
            size = shutil.disk_usage(path)
            drives.append(Drive(path, label or _("Removable drive"), size.free, size.total, read_only, kind=kind))
    return sorted(drives, key=lambda drive: (drive.label.casefold(), str(drive.path)))


def unfit(drive: Drive, size: int) -> str | None:
    """Why a file of so many bytes cannot go on a drive, as a sentence; None if it can, as far as one can tell before."""
    if drive.read_only:
        return _("{drive} is write-protected. Move the small switch on its side, or use another stick.").format(drive=drive.label)
    if drive.largest is not None and size > drive.largest:
        return _("{drive} takes no file of 4 GB or more. Use a stick that is formatted as exFAT or NTFS.").format(drive=drive.label)
    if size > drive.free:
        return _("There is not enough room on {drive}. Free some space, or use another stick.").format(drive=drive.label)
    return None


@dataclass(frozen=True, slots=True)
class Ours:
    """The names of what of ours lies in a folder: receipts, the files they are of, backups, and parts of writings that were cut short."""

    receipts: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def ours_in(folder: Path) -> Ours:
    """What of ours lies in a folder itself; nothing where it cannot be read."""
    try:
        return ours_of([path.name for path in folder.iterdir()])
    except OSError:
        return Ours()


def ours_of(names: Iterable[str]) -> Ours:
    """Of these names those of our files. A file is an export by the receipt beside it, whose name begins as its own does."""
    sorted_names = sorted(names)
    receipts = tuple(name for name in sorted_names if name.endswith(_RECEIPT))
    stems = tuple(name.removesuffix(_RECEIPT) for name in receipts)
    parts = tuple(name for name in sorted_names if name.endswith(".part"))
    exports = tuple(name for name in sorted_names if stems and name.startswith(stems) and name not in receipts and name not in parts)
    return Ours(receipts, exports, tuple(name for name in sorted_names if name.endswith(_BACKUP)), parts)


def drive_holding(folder: Path, drives: Iterable[Drive]) -> Drive | None:
    """The drive that a folder lies on, if it is one of these."""
    real = folder.resolve()
    holding = [drive for drive in drives if real.is_relative_to(drive.path.resolve())]
    return max(holding, key=lambda drive: len(drive.path.parts), default=None)


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of ``/proc/mounts``: the device, the folder it is seen in, the kind of file system, and whether it is write-protected."""

    device: str
    folder: str
    kind: str
    read_only: bool = False


def mounts_of(text: str) -> list[Mount]:
    """The mounts that a ``/proc/mounts`` names; blanks in it stand as octal, such as ``\\040``."""
    lines = (line.split() for line in text.splitlines())
    return [
        Mount(_unescaped(parts[0]), _unescaped(parts[1]), parts[2], "ro" in parts[3].split(",") if len(parts) > 3 else False)
        for parts in lines
        if len(parts) >= 3
    ]


def _unescaped(text: str) -> str:
    return re.sub(rb"\\([0-7]{3})", lambda escape: bytes([int(escape[1], 8) & 255]), os.fsencode(text)).decode("utf-8", "surrogateescape")


def sticks_of(mounts: Iterable[Mount], is_removable: Callable[[str], bool]) -> list[Mount]:
    """Of the mounts those of drives that can be taken away, each device once. ``is_removable`` is asked by device name, such as sdb1.

    A USB hard disk does not call itself removable; it is known by where desktops mount it.
    """
    sticks: dict[str, Mount] = {}
    for mount in mounts:
        device = mount.device.removeprefix("/dev/")
        if device == mount.device or mount.kind in _READ_ONLY_DISCS or device.startswith("loop"):
            continue
        if mount.folder.startswith(_STICK_FOLDERS) or is_removable(device):
            sticks.setdefault(device, mount)
    return list(sticks.values())


def label_of(mount: Mount, labels: Iterable[tuple[str, str]]) -> str:
    """The label of a mount's device from (label, device) of ``/dev/disk/by-label``, else the name of its folder."""
    for label, device in labels:
        if device == mount.device:
            return re.sub(r"\\x([0-9a-fA-F]{2})", lambda escape: chr(int(escape[1], 16)), label)
    return Path(mount.folder).name


def _linux() -> list[Plugged]:
    try:
        text = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return []
    labels = []
    with contextlib.suppress(OSError):
        labels = [(link.name, str(link.resolve())) for link in Path("/dev/disk/by-label").iterdir()]
    return [
        (Path(mount.folder), label_of(mount, labels), mount.kind, mount.read_only)
        for mount in sticks_of(mounts_of(text), calls_itself_removable)
    ]


def calls_itself_removable(device: str) -> bool:
    """Whether a partition's or disk's own disk has the kernel's mark of removable media."""
    place = Path("/sys/class/block") / device.replace("/", "!")
    with contextlib.suppress(OSError):
        real = place.resolve(strict=True)
        for folder in (real, real.parent):
            mark = folder / "removable"
            if mark.is_file():
                return mark.read_text(encoding="ascii").strip() == "1"
    return False


def letters_of(mask: int) -> list[str]:
    """The drives that the bits of GetLogicalDrives name: bit 0 is A."""
    return [f"{chr(ord('A') + bit)}:\\" for bit in range(26) if mask >> bit & 1]


def windows_label(letter: str, volume: str) -> str:
    """What Windows' own file window shows: «REGISTER (E:)»."""
    return f"{volume or _('Removable drive')} ({letter[:2]})"


if sys.platform == "win32":

    def _windows() -> list[Plugged]:
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        before = wintypes.DWORD()
        kernel.SetThreadErrorMode(_NO_DIALOG, ctypes.byref(before))
        try:
            drives = []
            for letter in letters_of(kernel.GetLogicalDrives()):
                if kernel.GetDriveTypeW(letter) != _WINDOWS_REMOVABLE:
                    continue
                name, kind, flags = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261), wintypes.DWORD()
                if kernel.GetVolumeInformationW(letter, name, len(name), None, None, ctypes.byref(flags), kind, len(kind)):
                    protected = bool(flags.value & _WRITE_PROTECTED)
                    drives.append((Path(letter), windows_label(letter, name.value), kind.value, protected))
            return drives
        finally:
            kernel.SetThreadErrorMode(before.value, None)
