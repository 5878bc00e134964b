"""Whether the disk that holds a folder is encrypted as a whole: BitLocker on Windows, dm-crypt (LUKS) on Linux.

Windows is asked by the property that puts the padlock on a drive in its own file window, which needs no
administrator. What decides is in plain functions over numbers and a tree of files, so that it is tested anywhere.
"""

import os
import sys
from enum import StrEnum
from pathlib import Path

from pupil_desk.basics.pc.drives import mounts_of

_CRYPT = "CRYPT-"  # how device-mapper begins the name of an encrypted device (dm-crypt's uuid, LUKS and plain)
_UNSEEN = ("loop", "nbd", "zram", "ram")  # what lies behind these is not in /sys


class DiskEncryption(StrEnum):
    """What is known of a disk. ``UNDER_WAY``: being encrypted now."""

    ON = "on"
    OFF = "off"
    UNDER_WAY = "under way"
    NOT_KNOWN = "not known"


# System.Volume.BitLockerProtection, as Windows' own property system words the numbers.
_BITLOCKER = {
    1: DiskEncryption.ON,
    2: DiskEncryption.OFF,
    3: DiskEncryption.UNDER_WAY,
    4: DiskEncryption.OFF,  # being decrypted
    5: DiskEncryption.OFF,  # suspended: the key lies on the disk, readable
    6: DiskEncryption.ON,  # locked
    7: DiskEncryption.OFF,  # cannot be encrypted
    8: DiskEncryption.OFF,  # waiting for activation: encrypted, with its key readable beside it
}


def state_of(path: Path) -> DiskEncryption:
    """Whether the volume that holds a path is encrypted; the path need not be there yet. Never raises."""
    existing = next((place for place in (path, *path.parents) if os.path.exists(place)), None)  # noqa: PTH110 - exists() of a Path raises where access is refused
    if existing is None:
        return DiskEncryption.NOT_KNOWN
    return _of_volume(existing)


def of_bitlocker(number: int | None) -> DiskEncryption:
    """What Windows' number means: on only where a thief of the disk reads nothing."""
    return _BITLOCKER.get(number, DiskEncryption.NOT_KNOWN) if number is not None else DiskEncryption.NOT_KNOWN


def of_block_device(sys_tree: Path, device: str) -> DiskEncryption:
    """What ``/sys`` tells of a block device, named by its numbers such as 253:0, and of those beneath it."""
    node = sys_tree / "dev" / "block" / device
    try:
        return _of_node(node.resolve(strict=True))
    except (OSError, UnicodeDecodeError, RuntimeError):  # RuntimeError: links that lead round in a ring
        return DiskEncryption.NOT_KNOWN


def _of_node(node: Path) -> DiskEncryption:
    if node.name.startswith(_UNSEEN):
        return DiskEncryption.NOT_KNOWN
    name = node / "dm" / "uuid"
    if name.is_file() and name.read_text(encoding="ascii").startswith(_CRYPT):
        return DiskEncryption.ON
    if (node / "partition").is_file():
        return _of_node(node.parent)
    slaves = node / "slaves"
    beneath = {_of_node(slave.resolve(strict=True)) for slave in slaves.iterdir()} if slaves.is_dir() else set()
    if not beneath:
        return DiskEncryption.OFF if (node / "device").exists() else DiskEncryption.NOT_KNOWN
    for answer in (DiskEncryption.OFF, DiskEncryption.NOT_KNOWN):  # a file may lie on any of them
        if answer in beneath:
            return answer
    return DiskEncryption.ON


def source_of(mounts: list[tuple[str, str]], path: Path) -> str | None:
    """The device under ``/dev`` of the mount that a path lies in, from (folder, device) in the order of mounting."""
    holding = [(folder, device) for folder, device in mounts if path.is_relative_to(folder)]
    if not holding:
        return None
    deepest = max(len(Path(folder).parts) for folder, _device in holding)
    device = [device for folder, device in holding if len(Path(folder).parts) == deepest][-1]
    return device if device.startswith("/dev/") else None


if sys.platform == "win32":

    def _of_volume(path: Path) -> DiskEncryption:
        from pupil_desk.basics.pc.bitlocker import protection_of

        return of_bitlocker(protection_of(path))

else:

    def _of_volume(path: Path) -> DiskEncryption:
        device = _device_of(path)
        return of_block_device(Path("/sys"), device) if device else DiskEncryption.NOT_KNOWN

    def _device_of(path: Path) -> str | None:
        """The numbers of the block device that holds a path; None for what has none, such as a network folder or an overlay."""
        try:
            number = path.stat().st_dev
            if os.major(number) == 0:  # some file systems (btrfs) show a number of their own: ask for their device
                mounts = mounts_of(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
                device = source_of([(mount.folder, mount.device) for mount in mounts], path.resolve())
                if device is None:
                    return None
                number = Path(device).stat().st_rdev
            return f"{os.major(number)}:{os.minor(number)}"
        except OSError:
            return None
