"""Who can get at a folder on this PC: kept to this user and the administrators, and read back.

On Windows the folder's own access list, which nothing above it changes any more; elsewhere the mode of the folder.
"""

import logging
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
        # No name of a folder or an account: the error's own text has them.
        number = getattr(error, "winerror", None) or getattr(error, "errno", None)
        _log.warning("access list not set: %s %s", type(error).__name__, number)


def others_with_access(folder: Path) -> list[str] | None:
    """The names of accounts that can get at a folder beyond this user, the administrators and the system; None: not readable."""
    try:
        return _accounts_let_in(folder)
    except (OSError, ValueError):
        return None


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
        return [sddl.account_label(account, *security_api.name_of(account)) for account in accounts]

else:
    import grp
    import pwd

    def _keep(folder: Path) -> None:
        folder.chmod(_OWNER_ALONE)

    def _accounts_let_in(folder: Path) -> list[str]:
        status = folder.stat()
        return others_of_mode(status.st_mode, _group(status.st_gid), _user(status.st_uid))

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
