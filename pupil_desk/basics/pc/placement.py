"""Where a unit's live file may lie: on a disk of this PC that no program copies elsewhere. A backup may go anywhere.

A file on the network can be opened by two PCs at once, one on a stick is pulled out in the middle of a write, and a
synchroniser puts older pages back or hands out copies. ``objection_of`` decides over facts, for Windows and Linux
alike, and is tested on either; ``placement_check`` asks the system and puts the two together.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath

LONGEST_NAME = 120  # characters of the file's own name, so that what lies beside it has room too
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {port + number for port in ("COM", "LPT") for number in "0123456789¹²³"}
)  # names of devices: Windows opens the device, whatever the ending and the folder
_NOT_IN_A_NAME = frozenset('<>:"|?*') | {chr(code) for code in range(32)}  # on Windows; a colon hides a second file
_SYNCHRONISED_NAMES = frozenset(
    {
        "dropbox",
        "google drive",
        "googledrive",
        "my drive",
        "shared drives",
        "iclouddrive",
        "icloud drive",
        "onedrive",
        "box",
        "box sync",
        "nextcloud",
        "owncloud",
        "pclouddrive",
        "megasync",
    }
)
_SYNCHRONISED_PATTERN = re.compile(r"onedrive - .+|dropbox \(.+\)|.+ dropbox")  # with the name of a firm or a person
_DEVICE_PREFIX = ("\\\\?\\", "\\\\.\\")


class Objection(StrEnum):
    """Why a live file may not be in a place."""

    REMOTE = "remote"
    REMOVABLE = "removable"
    DISC = "disc"
    SUBSTITUTED = "substituted"
    SYNCHRONISED = "synchronised"
    CLOUD_ONLY = "cloud-only"
    LINK = "link"
    BAD_NAME = "bad-name"


@dataclass(frozen=True, slots=True)
class PathFacts:
    """What the system says of a path.

    ``given_path`` is the absolute path as it was given; ``real`` where it leads, None if a link in it leads nowhere that
    can be told. ``volume`` is the objection to the drive or mount that holds it, if there is one. ``cloud_only``: the
    file, or a folder above it, may have its contents elsewhere. ``synchronised`` are the folders that a
    synchroniser of this PC has named as its own.
    """

    given_path: PurePath
    real: PurePath | None
    volume: Objection | None = None
    substituted: bool = False
    cloud_only: bool = False
    synchronised: tuple[PurePath, ...] = ()


def objection_of(facts: PathFacts) -> Objection | None:
    """The decision; what cannot be put right by another link or name comes first."""
    if is_bad_name(facts.given_path):
        return Objection.BAD_NAME
    if Objection.REMOTE in (facts.volume, _remote(facts.given_path), facts.real and _remote(facts.real)):
        return Objection.REMOTE
    if facts.real is None:
        return Objection.LINK
    if facts.volume is not None:
        return facts.volume
    if facts.substituted:
        return Objection.SUBSTITUTED
    if _is_synchronised(facts.given_path, facts) or _is_synchronised(facts.real, facts):
        return Objection.SYNCHRONISED
    return Objection.CLOUD_ONLY if facts.cloud_only else None


def is_bad_name(path: PurePath) -> bool:
    """Whether a path holds a name that Windows reads as something else, or the file's own name is too long.

    Folders are judged on Windows alone; the file's name everywhere, because files travel.
    """
    windows = isinstance(path, PureWindowsPath)
    names = path.parts[1:] if windows else path.parts[-1:]
    if windows and path.anchor.startswith("\\\\.\\"):
        return True  # a device, not a file
    return len(path.name) > LONGEST_NAME or any(_misread(name, windows=windows) for name in names)


def _misread(name: str, *, windows: bool) -> bool:
    if name in (".", ".."):
        return False
    stem = name.split(".", 1)[0].rstrip(" ").upper()
    return stem in _RESERVED or name.endswith((".", " ")) or (windows and any(character in _NOT_IN_A_NAME for character in name))


def _remote(path: PurePath) -> Objection | None:
    r"""A Windows path such as ``\\server\share\…``, or the same in the long form, is on the network."""
    anchor = path.anchor.upper()
    if not isinstance(path, PureWindowsPath) or not anchor.startswith("\\\\"):
        return None
    if anchor.startswith(_DEVICE_PREFIX) and not anchor[4:].startswith("UNC\\"):
        return None
    return Objection.REMOTE


def _is_synchronised(path: PurePath, facts: PathFacts) -> bool:
    if any(folder.parts[1:] and path.is_relative_to(folder) for folder in facts.synchronised):
        return True
    names = (name.casefold() for name in path.parent.parts[1:])
    return any(name in _SYNCHRONISED_NAMES or _SYNCHRONISED_PATTERN.fullmatch(name) for name in names)


def plain(path: str) -> PureWindowsPath:
    r"""A Windows path without the ``\\?\`` of its long form, so that two spellings of one place compare."""
    if path.upper().startswith("\\\\?\\UNC\\"):
        return PureWindowsPath("\\\\" + path[8:])
    if path.startswith("\\\\?\\") and path[5:6] == ":":
        return PureWindowsPath(path[4:])
    return PureWindowsPath(path)


def remote_or_removable(drive_type: int) -> Objection | None:
    """What the answer of Windows' GetDriveTypeW means; 3 is a disk that stays, 0, 1 and 6 say nothing against it."""
    return {2: Objection.REMOVABLE, 4: Objection.REMOTE, 5: Objection.DISC}.get(drive_type)


def longest_holding(real: PurePosixPath, folders: list[str]) -> int | None:
    """Of the mounted folders the one that holds the path, by its place in the list; the later one covers the earlier."""
    inside = [folder.rstrip("/") + "/" for folder in folders]  # all that hold one path begin alike, so the longest is the nearest
    holders = [(len(folder), index) for index, folder in enumerate(inside) if f"{real}/".startswith(folder)]
    return max(holders)[1] if holders else None
