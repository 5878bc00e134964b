"""Whether a unit's live file may lie at a path of this PC, and what people are told where it may not.

What this PC says of a path: its drive, the links in it, and the folders that synchronisers call their own.

Thin readers for ``placement``: what cannot be asked or read is taken as nothing against the place, and never stops
the program.
"""

import contextlib
import os
import stat
import sys
from pathlib import Path, PurePath, PurePosixPath

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.pc.drives import Mount, calls_itself_removable, mounts_of, sticks_of
from pupil_desk.basics.pc.placement import LONGEST_NAME, Objection, PathFacts, longest_holding, objection_of, plain, remote_or_removable
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _

_REMOTE_KINDS = frozenset(
    {
        "cifs",
        "smb3",
        "smbfs",
        "nfs",
        "nfs4",
        "ncpfs",
        "afs",
        "ceph",
        "davfs",
        "fuse.davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.gvfsd-fuse",
        "fuse.glusterfs",
    }
)
_DISC_KINDS = frozenset({"iso9660", "udf"})
_SYNCHRONISED_KINDS = frozenset({"fuse.onedriver", "fuse.google-drive-ocamlfuse", "fuse.kio-fuse", "fuse.pcloud"})


def facts_of(path: Path) -> PathFacts:
    """Everything that is asked about one path. The folders need not exist; the nearest that does is asked."""
    path_given = Path(os.path.normpath(path.absolute()))
    real = _real(path_given)
    if sys.platform == "win32":
        facts = _windows_facts(path_given, real)
    else:
        facts = PathFacts(path_given, real, _mounted(real) if real is not None else None)
    return facts


def _mounted(real: Path) -> Objection | None:
    with contextlib.suppress(OSError):
        text = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        return objection_to_mount(PurePosixPath(real), mounts_of(text))
    return None


def objection_to_mount(real: PurePosixPath, mounts: list[Mount]) -> Objection | None:
    """What is said against the mount that holds a path. The disk that the system itself runs from always stays."""
    index = longest_holding(real, [mount.folder for mount in mounts])
    if index is None:
        return None
    mount = mounts[index]
    if mount.kind in _REMOTE_KINDS:
        return Objection.REMOTE
    if mount.kind in _DISC_KINDS:
        return Objection.DISC
    if mount.kind in _SYNCHRONISED_KINDS:
        return Objection.SYNCHRONISED
    system_devices = {root.device for root in mounts if root.folder == "/"}
    return Objection.REMOVABLE if mount.device not in system_devices and sticks_of([mount], calls_itself_removable) else None


def _real(path: Path) -> Path | None:
    """Where a path leads, all links followed; None if a link remains: it goes in a circle, or cannot be read."""
    try:
        real = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path  # a drive that does not answer: opening it will say so
    for place in (real, *real.parents):
        with contextlib.suppress(OSError, ValueError):
            if _is_link(os.lstat(place)):
                return None
    return real


def _is_link(status: os.stat_result) -> bool:
    if sys.platform == "win32":
        stands_for_another = 0x20000000  # the bit of a reparse tag that says «this is another place's name»
        is_link = bool(
            status.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
            and status.st_reparse_tag & stands_for_another
            and status.st_reparse_tag != stat.IO_REPARSE_TAG_MOUNT_POINT  # a disk seen in a folder; a junction was followed
        )
    else:
        is_link = stat.S_ISLNK(status.st_mode)
    return is_link


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _RECALL = 0x00040000 | 0x00400000  # FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
    _CLOUD_TAG, _CLOUD_BITS = 0x9000001A, 0xFFFF0FFF  # IO_REPARSE_TAG_CLOUD … CLOUD_F, which differ in one digit
    _ROOTS_OF_CLOUDS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
    _ACCOUNTS = r"Software\Microsoft\OneDrive\Accounts"

    def _windows_facts(path: Path, real: Path | None) -> PathFacts:
        spelt = plain(str(path))
        target = plain(str(real)) if real is not None else spelt
        synchronised = [plain(folder) for folder in _known_synchronised()]
        for folder in list(synchronised):
            with contextlib.suppress(OSError, ValueError):
                synchronised.append(plain(os.path.realpath(folder)))
        return PathFacts(
            given_path=spelt,
            real=target if real is not None else None,
            volume=_volume(spelt) if _volume(spelt) is Objection.REMOTE else _volume(target),
            substituted=_is_substituted(spelt.drive),
            cloud_only=any(_is_cloud_only(place) for place in (target, *target.parents)),
            synchronised=tuple(synchronised),
        )

    def _volume(path: PurePath) -> Objection | None:
        """By the drive or the mounted disk that holds the path; asking for an empty drive shows no dialog."""
        with contextlib.suppress(OSError, AttributeError):
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.GetVolumePathNameW.argtypes = [wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD]
            kernel.GetVolumePathNameW.restype = wintypes.BOOL
            kernel.GetDriveTypeW.argtypes = [wintypes.LPCWSTR]
            kernel.GetDriveTypeW.restype = wintypes.UINT
            root = ctypes.create_unicode_buffer(32768)
            if not kernel.GetVolumePathNameW(str(path), root, len(root)):
                root.value = path.anchor
            return remote_or_removable(kernel.GetDriveTypeW(root.value))
        return None

    def _is_substituted(drive: str) -> bool:
        r"""Whether a drive letter was made by ``subst``: its device then begins with ``\??\``."""
        if len(drive) != 2:
            return False
        with contextlib.suppress(OSError, AttributeError):
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.QueryDosDeviceW.argtypes = [wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD]
            kernel.QueryDosDeviceW.restype = wintypes.DWORD
            device = ctypes.create_unicode_buffer(32768)
            if kernel.QueryDosDeviceW(drive, device, len(device)):
                return device.value.startswith("\\??\\")
        return False

    def _is_cloud_only(place: PurePath) -> bool:
        with contextlib.suppress(OSError, ValueError):
            status = os.lstat(place)
            return bool(status.st_file_attributes & _RECALL) or (status.st_reparse_tag & _CLOUD_BITS) == _CLOUD_TAG
        return False

    def _known_synchronised() -> list[str]:
        """The folders that OneDrive's variables and the registry name: OneDrive's accounts, and each maker's own root."""
        import winreg

        folders = [value for name, value in os.environ.items() if name.upper().startswith("ONEDRIVE") and value]
        for account in _keys(winreg.HKEY_CURRENT_USER, _ACCOUNTS):
            folders += _values(winreg.HKEY_CURRENT_USER, rf"{_ACCOUNTS}\{account}", only="UserFolder")
        for maker in _keys(winreg.HKEY_LOCAL_MACHINE, _ROOTS_OF_CLOUDS):
            folders += _values(winreg.HKEY_LOCAL_MACHINE, rf"{_ROOTS_OF_CLOUDS}\{maker}\UserSyncRoots")
        return [folder for folder in folders if ":" in folder or folder.startswith("\\\\")]

    def _keys(root: int, path: str) -> list[str]:
        import winreg

        names: list[str] = []
        with contextlib.suppress(OSError), winreg.OpenKey(root, path) as key:
            while True:  # EnumKey raises OSError after the last
                names.append(winreg.EnumKey(key, len(names)))
        return names

    def _values(root: int, path: str, only: str = "") -> list[str]:
        import winreg

        texts: list[str] = []
        with contextlib.suppress(OSError), winreg.OpenKey(root, path) as key:
            for index in range(winreg.QueryInfoKey(key)[1]):
                name, value, kind = winreg.EnumValue(key, index)
                if kind in (winreg.REG_SZ, winreg.REG_EXPAND_SZ) and (not only or name == only):
                    texts.append(winreg.ExpandEnvironmentStrings(str(value)))
        return texts


def objection_to(path: Path) -> Objection | None:
    """Why a unit's live file may not be at this path; None if it may. The file need not be there yet."""
    return objection_of(facts_of(path))


def require_good(path: Path, *, new: bool = False) -> None:
    """Raises WrongUse, saying why and what to do, where a unit's live file may not be. Changes nothing."""
    objection = objection_to(path)
    if objection is not None:
        raise WrongUse(sentence(objection, path, new=new))


def reason(objection: Objection, path: Path) -> str:
    """What is wrong with the place, for people."""
    sentence = {
        Objection.REMOTE: _("{folder} is on the network, where two PCs could write the unit’s file at once and damage it."),
        Objection.REMOVABLE: _(
            "{folder} is on a stick or a drive that can be pulled out, which could damage the unit’s file and lose work."
        ),
        Objection.DISC: _("{folder} is on a disc, where the unit’s file cannot be changed."),
        Objection.SUBSTITUTED: _("{folder} is on a drive letter that only stands for a folder, and it may be gone tomorrow."),
        Objection.SYNCHRONISED: _(
            "{folder} is copied to other computers or to the internet by a program such as OneDrive or Dropbox, which could damage the unit’s file and take the records out of the building."
        ),
        Objection.CLOUD_ONLY: _("{folder} is kept on the internet, and only fetched to this PC when it is used."),
        Objection.LINK: _("{folder} is reached by a link, and it cannot be told where that leads."),
        Objection.BAD_NAME: _(
            "A unit’s file cannot have the name {name}. It must have {longest} characters or fewer, not end in a dot or a blank, and be no name that Windows keeps for itself, such as CON or COM1."
        ),
    }[objection]
    return sentence.format(folder=path.parent, name=path.name, longest=LONGEST_NAME)


def sentence(objection: Objection, path: Path, *, new: bool = False) -> str:
    """What is wrong with the place, and what to do, for people. ``new``: a file is to be made there, not opened."""
    if not new and path.is_file():
        todo = _("Open it in the window, which offers to move it to {home}.")
    elif objection is Objection.BAD_NAME:
        todo = _("Choose another name, such as unit.pupildesk.")
    else:
        todo = _("Choose a folder on this PC’s own disk, such as {home}.")
    return f"{reason(objection, path)} {todo.format(home=home_of_data())}"
