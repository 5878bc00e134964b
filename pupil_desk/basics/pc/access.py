"""Who can get at a folder on this PC: kept to this user and the administrators, and read back.

On Windows the folder's own access list, which nothing above it changes any more; elsewhere the mode of the folder.
"""

import logging
import os
import stat
import sys
from pathlib import Path

from pupil_desk.basics.words import _

_log = logging.getLogger(__name__)
_OWNER_ALONE = 0o700


def keep_to_staff(folder: Path) -> None:
    """Let in this user, the administrators and the system, and whom a technician named one by one; nobody else.

    A system that refuses, or a disk that keeps no such list, is logged: the file in the folder is encrypted all the same.
    """
    try:
        _keep(folder)
    except (OSError, ValueError) as error:
        _log_refusal(error)


def _log_refusal(error: Exception) -> None:
    """No name of a folder or an account: the error's own text has them."""
    number = getattr(error, "winerror", None) or getattr(error, "errno", None)
    _log.warning("access list not set: %s %s", type(error).__name__, number)


def others_with_access(folder: Path) -> list[str] | None:
    """The names of accounts that can get at a folder beyond this user, the administrators and the system; None: not readable."""
    try:
        return _accounts_let_in(folder)
    except (OSError, ValueError):
        return None


def close_to_many(folder: Path) -> list[str]:
    """Take a folder of the program's own away from accounts that nobody picked, such as everybody on this PC; returns whom.

    A person or a group whom somebody let in stays: nobody is thrown out unasked. A folder that is another user's is left as it is.
    """
    try:
        return _close_to_many(folder)
    except (OSError, ValueError) as error:
        _log_refusal(error)
        return []


def other_owner(folder: Path) -> str:
    """The name of the account that owns a folder, which can always let others in; empty for this user, an administrator, or where it cannot be read."""
    try:
        return _other_owner(folder)
    except (OSError, ValueError):
        return ""


def others_only_list(folder: Path) -> bool:
    """Whether all that others can do is see which files lie in a folder: they can neither read, change, add nor delete one.

    False where that is not known for certain, such as on Windows, or in a folder of somebody else's.
    """
    try:
        return _others_only_list(folder)
    except (OSError, ValueError):
        return False


def without_many(mode: int, *, group_was_picked: bool) -> int:
    """A mode without everybody on the PC, and without a group unless somebody picked it."""
    return mode & ~stat.S_IRWXO & ~(0 if group_was_picked else stat.S_IRWXG) | _OWNER_ALONE


def others_of_mode(mode: int, group: str, user: str) -> list[str]:
    """Whom the bits of a mode let in beside the owner. The group that bears the user's own name is theirs alone."""
    names = []
    if mode & stat.S_IRWXG and group != user:
        names.append(_("the group {name}").format(name=group))
    if mode & stat.S_IRWXO:
        names.append(_("everybody on this PC"))
    return names


if sys.platform == "win32":
    from pupil_desk.basics.pc import sddl, security_api

    def _keep(folder: Path) -> None:
        user = security_api.this_user()
        access_list = sddl.staff_only(user, sddl.entries_of(security_api.read(folder)))
        security_api.write(folder, access_list)
        now = sddl.others_in(sddl.entries_of(security_api.read(folder)), user)
        if set(now) - set(sddl.others_in(sddl.entries_of(access_list), user)):
            _log.warning("access list not kept by this disk")

    def _accounts_let_in(folder: Path) -> list[str]:
        accounts = sddl.others_in(sddl.entries_of(security_api.read(folder)), security_api.this_user())
        return [_label(account) for account in accounts]

    def _close_to_many(folder: Path) -> list[str]:
        before = sddl.others_in(sddl.entries_of(security_api.read(folder)), security_api.this_user())
        if not any(not sddl.is_particular(account) for account in before):
            return []
        _keep(folder)
        left = sddl.others_in(sddl.entries_of(security_api.read(folder)), security_api.this_user())
        return [_label(account) for account in before if account not in left]

    def _others_only_list(folder: Path) -> bool:
        return False

    def _other_owner(folder: Path) -> str:
        owner = sddl.owner_of(security_api.read(folder, security_api.OWNER))
        return "" if sddl.is_ours(owner, security_api.this_user()) else _label(owner)

    def _label(account: str) -> str:
        return sddl.account_label(account, *security_api.name_of(account))

else:
    import grp
    import pwd

    def _keep(folder: Path) -> None:
        folder.chmod(_OWNER_ALONE)

    def _accounts_let_in(folder: Path) -> list[str]:
        status = folder.stat()
        return others_of_mode(status.st_mode, _group(status.st_gid), _user(status.st_uid))

    def _close_to_many(folder: Path) -> list[str]:
        status, before = folder.stat(), _accounts_let_in(folder)
        if status.st_uid != os.geteuid():
            return []
        mode = stat.S_IMODE(status.st_mode)
        closed = without_many(mode, group_was_picked=status.st_gid != _first_group(status.st_uid))
        if closed != mode:
            folder.chmod(closed)
        left = _accounts_let_in(folder)
        return [name for name in before if name not in left]

    def _others_only_list(folder: Path) -> bool:
        inside = [path.lstat() for path in folder.iterdir()]
        return (
            not folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
            and not _other_owner(folder)
            and all(stat.S_ISREG(status.st_mode) and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO) for status in inside)
        )

    def _other_owner(folder: Path) -> str:
        owner = folder.stat().st_uid
        return "" if owner in (0, os.geteuid()) else _user(owner)

    def _first_group(user: int) -> int:
        """The group that every file of a user gets by itself; -1 for a user whom this PC does not know."""
        try:
            return pwd.getpwuid(user).pw_gid
        except KeyError:
            return -1

    def _group(number: int) -> str:
        try:
            return grp.getgrgid(number).gr_name
        except KeyError:
            return str(number)

    def _user(number: int) -> str:
        try:
            return pwd.getpwuid(number).pw_name
        except KeyError:
            return str(number)
