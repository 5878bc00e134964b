"""Whether the disk that holds a folder is encrypted as a whole: BitLocker on Windows, dm-crypt (LUKS) on Linux.

Windows is asked by the property that puts the padlock on a drive in its own file window, which needs no
administrator. What decides is in plain functions over numbers and a tree of files, so that it is tested anywhere.

Asking Windows for the BitLocker state of a volume, as its own file window does: no administrator, no other program.
"""

import os
import sys
from enum import StrEnum
from pathlib import Path

from pupil_desk.basics.pc.drives import mounts_of

if sys.platform == "win32":
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    _PROPERTY = "System.Volume.BitLockerProtection"
    _ISHELLITEM2 = (0x7E9FB0D3, 0x919F, 0x4307, bytes.fromhex("ab2e9b1860310c93"))
    _RELEASE, _GET_INT32 = 2, 16  # places in IShellItem2's table: 3 of IUnknown, 5 of IShellItem, then its own
    _APARTMENT = 2  # COINIT_APARTMENTTHREADED
    _LONGEST = 32_768

    class _Guid(ctypes.Structure):
        _fields_ = (("data1", wintypes.DWORD), ("data2", wintypes.WORD), ("data3", wintypes.WORD), ("data4", ctypes.c_ubyte * 8))

    class _PropertyKey(ctypes.Structure):
        _fields_ = (("format", _Guid), ("id", wintypes.DWORD))

    def protection_of(path: Path) -> int | None:
        """The number of System.Volume.BitLockerProtection of the volume that holds a path; None where Windows does not say."""
        try:
            with _com():
                return _ask(_volume_of(path))
        except (OSError, AttributeError):  # AttributeError: this Windows lacks a function
            return None

    def _volume_of(path: Path) -> str:
        """The folder where the path's volume is mounted, such as C:\\."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        get = kernel.GetVolumePathNameW
        get.argtypes, get.restype = (wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD), wintypes.BOOL
        volume = ctypes.create_unicode_buffer(_LONGEST)
        if not get(str(path), volume, len(volume)):
            raise ctypes.WinError(ctypes.get_last_error())
        return volume.value

    @contextmanager
    def _com() -> Iterator[None]:
        """COM on this thread, given back if it was we who took it; a thread that has it in the other way keeps that."""
        ole = ctypes.WinDLL("ole32")
        start, end = ole.CoInitializeEx, ole.CoUninitialize
        start.argtypes, start.restype = (ctypes.c_void_p, wintypes.DWORD), ctypes.c_long
        end.argtypes, end.restype = (), None
        was_started = start(None, _APARTMENT) >= 0
        try:
            yield
        finally:
            if was_started:
                end()

    def _ask(volume: str) -> int:
        create = ctypes.WinDLL("shell32").SHCreateItemFromParsingName
        create.argtypes = (wintypes.LPCWSTR, ctypes.c_void_p, ctypes.POINTER(_Guid), ctypes.POINTER(ctypes.c_void_p))
        create.restype = ctypes.HRESULT  # one that says «failed» raises OSError
        item, key = ctypes.c_void_p(), _key()
        create(volume, None, ctypes.byref(_guid()), ctypes.byref(item))
        if item.value is None:
            raise OSError(_PROPERTY)
        table = ctypes.cast(item, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        try:
            get = ctypes.WINFUNCTYPE(ctypes.HRESULT, ctypes.c_void_p, ctypes.POINTER(_PropertyKey), ctypes.POINTER(ctypes.c_int))(
                table[_GET_INT32]
            )
            number = ctypes.c_int()
            get(item, ctypes.byref(key), ctypes.byref(number))
            return number.value
        finally:
            ctypes.WINFUNCTYPE(wintypes.ULONG, ctypes.c_void_p)(table[_RELEASE])(item)

    def _key() -> _PropertyKey:
        """The property by its name: its numbers are Windows' own affair."""
        find = ctypes.WinDLL("propsys").PSGetPropertyKeyFromName
        find.argtypes, find.restype = (wintypes.LPCWSTR, ctypes.POINTER(_PropertyKey)), ctypes.HRESULT
        key = _PropertyKey()
        find(_PROPERTY, ctypes.byref(key))
        return key

    def _guid() -> _Guid:
        data1, data2, data3, data4 = _ISHELLITEM2
        return _Guid(data1, data2, data3, (ctypes.c_ubyte * 8).from_buffer_copy(data4))


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
